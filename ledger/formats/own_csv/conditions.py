"""The conditions of a file's questions among themselves."""

from __future__ import annotations

from collections.abc import Mapping

from ledger.domain.kinds import Kind
from ledger.domain.text import quoted
from ledger.errors import FileInputError, InputError
from ledger.formats.own_csv.values import parse_mark
from ledger.formats.sheet import Sheet, SheetQuestion


def settle_conditions(sheet: Sheet) -> None:
    """Read every condition against the question that it names, where the file has that.

    One that names a question elsewhere is left to the ledger. Raises :class:`FileInputError` for an outcome
    that is not one of that question's, and for conditions that come back on themselves.
    """
    by_key = {question.key: question for question in sheet.questions}
    for question in sheet.questions:
        if question.condition is not None:
            question.condition = _read(question.condition, by_key, question, sheet.name)
    _refuse_loop(sheet, by_key)


def _read(
    told: tuple[str, str], by_key: Mapping[str, SheetQuestion], question: SheetQuestion, file: str
) -> tuple[str, str]:
    """Both may have ``=`` in them: the longest key that the file has is meant."""
    parts = "=".join(told).split("=")
    for cut in range(len(parts) - 1, 0, -1):
        key, outcome = "=".join(parts[:cut]).strip(), "=".join(parts[cut:]).strip()
        if key in by_key:
            return key, _outcome(outcome, by_key[key], question, file)
    key, outcome = told
    return key, _yes_or_no(outcome) or outcome


def _outcome(outcome: str, needed: SheetQuestion, question: SheetQuestion, file: str) -> str:
    if outcome in needed.options:
        return outcome
    plain = _yes_or_no(outcome)
    if needed.kind == Kind.BINARY and plain:
        return plain
    choices = " or ".join(map(quoted, needed.options[:6])) or "yes or no"
    problem = (
        f"{quoted(outcome)} is not an outcome that question {quoted(needed.key)} can be needed for: write {choices}"
    )
    if needed.kind == Kind.NUMERIC:
        problem = f"question {quoted(needed.key)} is numeric, and a condition needs yes, no or an option"
    raise FileInputError(problem, file=file, line=question.line, column="condition")


def _yes_or_no(outcome: str) -> str | None:
    try:
        return "yes" if parse_mark(outcome) else "no"
    except InputError:
        return None


def _refuse_loop(sheet: Sheet, by_key: Mapping[str, SheetQuestion]) -> None:
    """Follow each chain once; a question met again in its own chain closes a loop."""
    done: set[str] = set()
    for start in sheet.questions:
        chain: dict[str, None] = {}
        step: SheetQuestion | None = start
        while step is not None and step.key not in done:
            if step.key in chain:
                raise _loop([*chain, step.key], step, sheet.name)
            chain[step.key] = None
            step = by_key.get(step.condition[0]) if step.condition else None
        done.update(chain)


def _loop(chain: list[str], closing: SheetQuestion, file: str) -> FileInputError:
    around = [quoted(key) for key in chain[chain.index(closing.key) :]]
    shown = " → ".join(around if len(around) < 8 else [*around[:3], "…", *around[-3:]])
    problem = f"these conditions loop: {shown}; make one of these questions unconditional"
    return FileInputError(problem, file=file, line=closing.line, column="condition")
