"""What is read is read light: neither the models nor the number libraries are loaded for it."""

from __future__ import annotations

import json
import pkgutil
import subprocess
import sys

import ledger.domain
import ledger.journal
import ledger.storage.reading

HEAVY = {"sqlalchemy", "sqlmodel", "alembic", "pydantic", "numpy", "scipy", "pandas", "dateparser"}


def loaded(modules: list[str]) -> set[str]:
    """The modules that are there after ``modules`` were imported in a fresh interpreter."""
    told = f"import json, sys, {', '.join(modules)}; print(json.dumps(sorted(sys.modules)))"
    done = subprocess.run([sys.executable, "-c", told], capture_output=True, text=True, timeout=60, check=True)
    found: set[str] = set(json.loads(done.stdout))
    return found


def test_the_reading_path_loads_neither_models_nor_numbers() -> None:
    reading = [f"ledger.storage.reading.{one.name}" for one in pkgutil.iter_modules(ledger.storage.reading.__path__)]
    services = [f"ledger.services.{name}" for name in ("browse", "browse_card", "browse_journal", "opening", "bounds")]
    found = loaded([*reading, *services, "ledger.storage.sqlite", "ledger.storage.location"])
    assert set(reading) < found
    assert not found & HEAVY


def test_the_domain_and_the_journal_load_the_standard_library_alone() -> None:
    for package in (ledger.domain, ledger.journal):
        modules = [f"{package.__name__}.{one.name}" for one in pkgutil.iter_modules(package.__path__)]
        assert not loaded(modules) & (HEAVY | {"sqlite3", "click", "rich", "platformdirs"})
