"""What an import brought, or would bring: in sentences, and as data."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from ledger.domain.instants import format_instant
from ledger.domain.text import quoted
from ledger.formats.sheet import FIRST_FEW, OWN, Remark, Sheet
from ledger.services.reconciling import Plan
from ledger.services.waiting_outcomes import Waiting, waiting_words
from ledger.services.wording import counted

_SORTS = {"dropped": "left out", "derived": "derived", "assumed": "assumed", "warning": "note"}
_MOST_CHANGES = 20


def said_of(plan: Plan, *, dry_run: bool) -> list[str]:
    """What came in, and what was there already."""
    sheet = plan.sheet
    old = len(sheet) - plan.statements
    would = "would add" if dry_run else "added"
    added = f"{counted(sum(plan.new), 'question')} and {counted(plan.statements, 'statement')}"
    said = [f"{sheet.name}: {would} {added}"]
    if old:
        said.append(f"{counted(old, 'statement was', 'statements were')} there already")
    return [*said, *_coming(plan)] if dry_run and sheet.form not in OWN else said


def notices_of(plan: Plan, *, dry_run: bool, supersede: bool, waiting: Sequence[Waiting] = ()) -> list[str]:
    """What was read into the file, what differs, and what to know of its outcomes."""
    sheet = plan.sheet
    notices = [*sheet.notes, *(remark_words(remark, sheet.unit) for remark in sheet.remarks)]
    for change in plan.changes[:_MOST_CHANGES]:
        question = sheet.questions[change.at]
        verb = "adds" if change.adds else "differs in"
        place = f"{sheet.unit} {question.line}"
        notices.append(f"{place}: {question.key} {verb} {change.field}: {change.before} → {change.after}")
    if dry_run and not supersede and any(not change.adds for change in plan.changes):
        notices.append("without --supersede this import is refused")
    untimed = (at for at, one in plan.outcomes.items() if one.text != "void" and sheet.questions[at].known_at is None)
    if unsaid := sum(1 for _ in untimed):
        closed = "that question closed at its" if unsaid == 1 else "those questions closed at their"
        notices.append(f"{counted(unsaid, 'outcome')} came without resolved_at: {closed} deadline")
    return [*notices, *waiting_words(sheet, waiting)]


def remark_words(remark: Remark, unit: str) -> str:
    """A remark in one line: ``left out: 3 × bets that were cancelled (records 4, 9, 12)``."""
    sort = _SORTS[remark.sort]
    if not remark.count:
        return f"{sort}: {remark.what}"
    places = ", ".join(f"{line}{f' {field}' if field else ''}" for line, field in remark.first)
    more = ", …" if remark.count > len(remark.first) else ""
    several = "s" if len(remark.first) > 1 else ""
    where = f" ({unit}{several} {places}{more})" if places else ""
    return f"{sort}: {remark.count:,} × {remark.what}{where}"


def _coming(plan: Plan) -> list[str]:
    """The first few questions that are new, each with how it would stand."""
    sheet = plan.sheet
    counts = Counter(sheet.question_of)
    new = [at for at, is_new in enumerate(plan.new) if is_new]
    lines = [f"new: {_question_words(sheet, at, counts[at])}" for at in new[:FIRST_FEW]]
    return [*lines, f"and {len(new) - FIRST_FEW:,} questions more"] if len(new) > FIRST_FEW else lines


def _question_words(sheet: Sheet, at: int, statements: int) -> str:
    question = sheet.questions[at]
    outcome = f", outcome {question.outcome}" if question.outcome is not None else ""
    by = format_instant(question.deadline)
    return f"{quoted(question.title)} by {by}, {counted(statements, 'statement')}{outcome}"


def data_of(plan: Plan, *, dry_run: bool) -> dict[str, object]:
    """The counts, and every remark with its first few places, for JSON."""
    sheet = plan.sheet
    data: dict[str, object] = {
        "dry_run": dry_run, "questions": sum(plan.new), "statements": plan.statements,
        "already_there": len(sheet) - plan.statements, "changes": len(plan.changes),
    }  # fmt: skip
    if sheet.form in OWN:
        return data
    data["format"] = sheet.form
    if sheet.mapped is not None:
        data["columns"] = dict(sheet.mapped.mapping.columns)
        data["left_over"] = list(sheet.mapped.left_over)
    for sort in ("dropped", "derived", "assumed", "warning"):
        data[sort] = [_remark_data(remark, sheet.unit) for remark in sheet.remarks if remark.sort == sort]
    return data


def _remark_data(remark: Remark, unit: str) -> dict[str, object]:
    first = [{unit: line, "field": field} for line, field in remark.first]
    return {"what": remark.what, "count": remark.count, "first": first}
