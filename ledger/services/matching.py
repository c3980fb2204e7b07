"""Questions of a sheet that the ledger has already: of the same kind, their options in the ledger's order."""

from __future__ import annotations

from ledger.domain.text import quoted
from ledger.formats.sheet import Sheet, SheetQuestion
from ledger.storage.driver import Driver


def match_kinds(driver: Driver, sheet: Sheet, numbers: list[int], new: list[bool]) -> None:
    """Lay vectors and options out as the ledger has them; raises ``FileInputError`` for another kind or option."""
    if all(new):
        return
    kinds: dict[int, str] = dict(driver.all("SELECT id, kind FROM question"))
    ordered: dict[int, list[str]] = {}
    for at, question in enumerate(sheet.questions):
        kind = question.kind if new[at] else kinds[numbers[at]]
        if kind != question.kind:
            problem = f"{quoted(question.key)} is {kind} in the ledger, {question.kind} here: make them the same"
            raise sheet.refuse(problem, question.line, "kind")
        if question.options and not new[at]:
            named = _options(driver, numbers[at], sheet, question)
            if named != question.options:
                ordered[at] = named
    _lay_out(sheet, ordered)


def _options(driver: Driver, number: int, sheet: Sheet, question: SheetQuestion) -> list[str]:
    """The names of the ledger's options, or where they were redacted those of the file, in its order."""
    sql = "SELECT name FROM question_option WHERE question_id = ? ORDER BY position"
    stored = [name for (name,) in driver.all(sql, (number,))]
    if None in stored:
        unknown = question.options[len(stored) :]
        stored = question.options + [""] * (len(stored) - len(question.options))
    else:
        unknown = [name for name in question.options if name not in stored]
    if unknown:
        problem = f"{quoted(question.key)} has no option {quoted(unknown[0])} in the ledger"
        raise sheet.refuse(problem, question.line, "option")
    return stored


def _lay_out(sheet: Sheet, ordered: dict[int, list[str]]) -> None:
    """Give each vector a place for every option of the ledger; an option that is not named has probability 0."""
    for place, extra in sheet.extras.items() if ordered else ():
        at = sheet.question_of[place]
        if at in ordered and extra.vector is not None:
            said = dict(zip(sheet.questions[at].options, extra.vector, strict=True))
            extra.vector = tuple(said.get(name, "0") for name in ordered[at])
    for at, named in ordered.items():
        sheet.questions[at].options = named
