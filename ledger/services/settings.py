"""The user's settings: one TOML file that is read at the start, written when something is changed, and never required.

A file that cannot be read, or a value that is none, is told and left as it is; the default goes on in its place.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, fields, replace
from pathlib import Path
from typing import Any

from ledger.domain.policies import Policy
from ledger.domain.text import quoted
from ledger.errors import InputError, LedgerError

FORMS = ("0-1", "0-2")
THEMES = ("auto", "ledger-dark", "ledger-light", "ansi-dark", "ansi-light")
QUIT, QUIT_KEY = "everywhere.quit", "ctrl+q"
"""The action and the key that no key map may change."""


@dataclass(frozen=True, slots=True)
class Settings:
    """What the user has chosen; ``None`` leaves it to the computer."""

    theme: str = "auto"
    """``auto`` follows the terminal's background where it tells one, and is dark else."""
    zone: str | None = None
    """The IANA zone in which plain days are read."""
    scale: str = "icd-203"
    """The verbal scale that a hedge is read on where none is named."""
    policy: str = Policy.TIME_AVERAGE.value
    forecaster: str | None = None
    """Under which name the user's own forecasts are kept."""
    form: str = "0-1"
    """The Brier score's form: 0 to 1, or the original 0 to 2."""
    compact: bool = False
    keys: Mapping[str, str] = field(default_factory=dict)
    """Keys by the name of the action: ``"review.yes" = "j"``."""


@dataclass(frozen=True, slots=True)
class Loaded:
    """Settings, and a line for each thing in the file that is not taken."""

    settings: Settings
    problems: tuple[str, ...] = ()


def settings_path() -> Path:
    """Where the file is; ``FORECAST_CONFIG`` names another."""
    import os

    if told := os.environ.get("FORECAST_CONFIG"):
        return Path(told)
    from platformdirs import user_config_path

    return user_config_path("forecast-ledger", appauthor=False) / "config.toml"


def load(path: Path) -> Loaded:
    """Read the file; where there is none, the defaults."""
    try:
        if not path.exists():
            return Loaded(Settings())
        import tomllib

        told = tomllib.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError) as problem:
        return Loaded(Settings(), (f"{path} is not read ({problem}); the defaults go on",))
    return read_settings(told, path)


def read_settings(told: Mapping[str, Any], path: Path) -> Loaded:
    """The settings in the tables of a file at ``path``, and what in them is none."""
    settings, problems = Settings(), []
    names = [one.name for one in fields(Settings)]
    for name, value in told.items():
        problem = _wrong(name, value, names)
        if problem is None and name == "keys":
            kept, more = _kept_keys(value)
            settings = replace(settings, keys=kept)
            problems += [f"{path}: {one}" for one in more]
        elif problem is None:
            settings = replace(settings, **{name: value})
        else:
            problems.append(f"{path}: {problem}")
    return Loaded(settings, tuple(problems))


def _wrong(name: str, value: object, names: list[str]) -> str | None:
    """What is wrong with one setting, if anything."""
    if name not in names:
        from ledger.domain.words import did_you_mean

        return f"{name!r} is no setting{did_you_mean(name, names) or '; there are ' + ', '.join(names)}"
    if name == "compact":
        return None if isinstance(value, bool) else f"compact = {value!r} is neither true nor false"
    if name == "keys":
        return None if _is_keys(value) else '[keys] takes lines such as: "review.yes" = "j"'
    if not isinstance(value, str):
        return f"{name} = {value!r} is no text"
    try:
        checked(name, value)
    except LedgerError as problem:
        return str(problem)
    return None


def checked(name: str, value: str) -> str:
    """The value of a setting in text as it is kept; raises ``InputError`` for one that is none."""
    from ledger.data_files import shipped_scales
    from ledger.domain.moments import zone_named
    from ledger.domain.words import needed_input

    allowed = {"theme": THEMES, "form": FORMS, "policy": tuple(Policy), "scale": shipped_scales()}.get(name)
    if allowed is not None and value not in allowed:
        raise InputError(f"{name} = {quoted(value)} is none of: {', '.join(allowed)}")
    if name == "zone":
        return zone_named(value).key
    return needed_input(value, name, "name one, or leave it out", limit=200)


def _is_keys(value: object) -> bool:
    return isinstance(value, dict) and all(isinstance(one, str) and one.strip() for one in value.values())


def _kept_keys(keys: Mapping[str, str]) -> tuple[dict[str, str], list[str]]:
    """A key map that leaves a way out, and what is not taken of the one that was told."""
    taken = {name: told for name, told in keys.items() if name == QUIT or QUIT_KEY in map(str.strip, told.split(","))}
    problems = [f"[keys] {name} = {quoted(told)}: {QUIT_KEY} always quits" for name, told in taken.items()]
    return {name: told for name, told in keys.items() if name not in taken}, problems


def resolved_theme(theme: str, environ: Mapping[str, str]) -> str:
    """The theme that ``auto`` means: light where ``COLORFGBG`` tells of a light background, dark else."""
    if theme != "auto":
        return theme
    background = environ.get("COLORFGBG", "").rpartition(";")[2]
    return "ledger-light" if background in {"7", "15"} else "ledger-dark"


def save(path: Path, settings: Settings) -> None:
    """Write what differs from the defaults; comments and lines that are no settings stay. Whole, or as it was.

    Raises ``StoreError`` where the file cannot be written, or is there and cannot be read.
    """
    from ledger.services.settings_writing import write

    write(path, settings)
