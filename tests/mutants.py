"""Which changes of a module its tests notice.

``python tests/mutants.py ledger/scoring/bins.py tests/scoring/test_bins.py``: mutmut (of the ``measure`` extra) makes
the mutants. The tests are collected once, in a copy of the checkout; each mutant then runs in a fork, the quickest
tests first, those that reach the changed function only, up to the first that fails. Prints what survived; MUTATIONS.md
says why it may.
"""

from __future__ import annotations

import ast
import contextlib
import difflib
import inspect
import json
import os
import random
import re
import shutil
import signal
import sys
import tempfile
import types
from collections import Counter
from functools import wraps
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).resolve().parent.parent
EXAMPLES, CHILDREN = 60, 2
PROFILE = f"""
from hypothesis import HealthCheck, Phase
settings.register_profile("mutants", derandomize=True, max_examples={EXAMPLES}, deadline=None, database=None,
    phases=(Phase.explicit, Phase.generate), suppress_health_check=list(HealthCheck))
settings.load_profile("mutants")
"""
CONTROL = "control__mutmut_0"
OPTIONS = [
    "-pno:cacheprovider",
    "-pno:xdist",
    "-pno:benchmark",
    "-oaddopts=--strict-markers",
    "-mnot slow",
    "--rootdir=.",
]
switch = types.SimpleNamespace(active="", reached=None)


def trampoline(mutants: dict[str, Any], is_classmethod: bool = False) -> Any:
    """Call the mutant that is switched on instead of the original, and note which function was reached."""

    def decorate(function: Any) -> Any:
        def call(*args: Any, **kwargs: Any) -> Any:
            original = mutants["_mutmut_orig"]
            if switch.reached is not None:
                switch.reached.add(original.__name__.replace("__mutmut_orig", ""))
            chosen = mutants.get(switch.active, original)
            if is_classmethod:
                return getattr(args[0], chosen.__name__)(*args[1:], **kwargs)
            return chosen(*args, **kwargs)

        def generate(*args: Any, **kwargs: Any) -> Any:
            return (yield from call(*args, **kwargs))

        return wraps(function)(generate if inspect.isgeneratorfunction(function) else call)

    return decorate


def prepare(module: str, copy: Path) -> tuple[str, list[str]]:
    """Copy the checkout, put all mutants into the module, and go there; give its text and the mutants' names."""
    for part in ("ledger", "tests", "db", "pyproject.toml"):
        work = shutil.copytree if (ROOT / part).is_dir() else shutil.copy
        work(ROOT / part, copy / part)
    settings = copy / "tests/conftest.py"
    settings.write_text(settings.read_text().replace("\nROOT = ", PROFILE + "\nROOT = ", 1))
    (copy / "lib").mkdir()  # what mutmut wants to see where it is started
    os.chdir(copy)
    (copy / "pyproject.toml").rename(copy / "kept.toml")
    from mutmut.mutation.file_mutation import mutate_file_contents

    made = mutate_file_contents(module, (copy / module).read_text())
    (copy / "kept.toml").rename(copy / "pyproject.toml")
    stand_in = types.ModuleType("mutants_trampoline")
    stand_in.wrap_in_trampoline, stand_in.MutantDict = trampoline, dict  # type: ignore[attr-defined]
    sys.modules["mutants_trampoline"] = stand_in
    text = made.code.replace("from mutmut.mutation.trampoline import", "from mutants_trampoline import")
    (copy / module).write_text(text)
    sys.path[:0] = [str(copy)]
    return text, list(made.mutant_names)


class Session:
    """Runs the collected tests: once to see what they reach, then for each mutant."""

    def __init__(self, names: list[str]) -> None:
        self.names, self.results, self.running = names, {}, {}
        self.failed, self.took = False, 0.0

    def pytest_runtest_logreport(self, report: Any) -> None:
        self.took += report.duration
        self.failed |= report.failed

    def fails(self, item: Any) -> bool:
        self.failed, self.took = False, 0.0
        item.config.hook.pytest_runtest_protocol(item=item, nextitem=None)
        return self.failed

    def survey(self, items: list[Any]) -> None:
        """Run all tests unchanged, in a fork, so that no cache remembers; write what each reached and how long."""
        reached = []
        for item in items:
            switch.reached = set()
            if self.fails(item):
                print(f"{item.nodeid} fails without any change", file=sys.stderr)
                os._exit(3)
            reached.append([sorted(switch.reached), self.took])
        Path("survey.json").write_text(json.dumps(reached))
        os._exit(0)

    def pytest_runtestloop(self, session: Any) -> bool:
        if not (child := os.fork()):
            self.survey(session.items)
        if os.waitpid(child, 0)[1]:
            os._exit(3)
        told = json.loads(Path("survey.json").read_text())
        cost = {item: took for item, (_, took) in zip(session.items, told, strict=True)}
        covers: dict[str, list[Any]] = {"control": session.items}
        for item, (functions, _) in zip(session.items, told, strict=True):
            for function in functions:
                covers.setdefault(function, []).append(item)
        for name in (CONTROL, *self.names):
            items = sorted(covers.get(re.sub(r"__mutmut_\d+$", "", name), []), key=cost.__getitem__)
            if not items:
                self.results[name] = "no tests"
                continue
            while len(self.running) >= CHILDREN:
                self.reap()
            if not (child := os.fork()):
                self.attempt(name, items, sum(map(cost.__getitem__, items)))
            self.running[child] = name
        while self.running:
            self.reap()
        return True

    def attempt(self, name: str, items: list[Any], seconds: float) -> None:
        signal.alarm(int(30 + 15 * seconds))
        nothing = os.open(os.devnull, os.O_WRONLY)
        os.dup2(nothing, 1)
        os.dup2(nothing, 2)
        switch.active = name
        os._exit(any(map(self.fails, items)))

    def reap(self) -> None:
        child, status = os.wait()
        self.results[self.running.pop(child)] = "survived" if status == 0 else "killed"


def difference(text: str, name: str) -> str:
    """Show what a mutant changes."""
    pair = (re.sub(r"\d+$", "orig", name), name)
    functions = (one for one in ast.walk(ast.parse(text)) if isinstance(one, ast.FunctionDef))
    found = {one.name: one for one in functions if one.name in pair}
    lines = difflib.unified_diff(*(ast.unparse(found[one]).splitlines()[1:] for one in pair), n=0, lineterm="")
    return "\n".join(f"    {line}" for line in lines if line[:2] not in ("--", "++", "@@"))


def main() -> None:
    """Run the mutants of one module against some tests; of many, ``--sample`` takes so many by lot."""
    sample = int(sys.argv.pop(1).removeprefix("--sample=")) if sys.argv[1].startswith("--sample=") else None
    module, *tests = sys.argv[1:]
    with tempfile.TemporaryDirectory() as folder, contextlib.chdir(folder):
        text, names = prepare(module, Path(folder))
        drawn = names if sample is None or sample >= len(names) else random.Random(1).sample(names, sample)
        session = Session(drawn)
        sys.argv = ["pytest"]
        with Path(os.devnull).open("w") as nothing, contextlib.redirect_stdout(nothing):
            pytest.main([*OPTIONS, *tests], plugins=[session])
    if session.results.pop(CONTROL, "") != "survived":
        sys.exit("without any change the tests fail in a fork")
    for name, result in session.results.items():
        if result != "killed":
            print(f"{name}: {result}\n{difference(text, name)}")
    print(f"{module}: {dict(Counter(session.results.values()))} of {len(names)}")


if __name__ == "__main__":
    main()
