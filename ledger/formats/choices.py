"""Sets of options with probabilities, as several trackers give them: yes or no, or one of several."""

from __future__ import annotations

from collections.abc import Sequence

from ledger.domain.kinds import Kind
from ledger.domain.probability import Probability
from ledger.domain.text import quoted
from ledger.errors import InputError
from ledger.formats.building import SheetBuilder
from ledger.formats.sheet import Extra
from ledger.formats.vectors import vector

YES_NO = ({"yes", "no"}, {"true", "false"})


def yes_of(options: Sequence[str]) -> int | None:
    """Which of two options is the yes of a yes-or-no question; None where they are something else."""
    lower = [option.casefold() for option in options]
    if len(lower) == 1 and lower[0] == "yes":
        return 0
    if len(lower) == 2 and set(lower) in YES_NO:
        return 0 if lower[0] in {"yes", "true"} else 1
    return None


def kind_of(options: Sequence[str]) -> tuple[Kind, list[str]]:
    """The kind of a question with such options, and the options that it keeps."""
    return (Kind.BINARY, []) if yes_of(options) is not None else (Kind.CHOICE, list(options))


def state_choice(
    builder: SheetBuilder, place: int, who: str, made_at: int, stated: Sequence[tuple[str, Probability]], line: int,
    extra: Extra,
) -> None:  # fmt: skip
    """State ``stated``, options with probabilities, of the question in ``place``; what is no forecast of it is told."""
    question = builder.sheet.questions[place]
    names = [name for name, _ in stated]
    if question.kind == Kind.BINARY:
        yes = yes_of(names)
        if yes is None:
            raise builder.refuse(f"{', '.join(map(quoted, names))} is no yes or no", line)
        plain = extra if (extra.comment or extra.reason) else None
        builder.state(place, who, made_at, stated[yes][1], line, plain)
        return
    if unknown := next((name for name in names if name not in question.options), None):
        raise builder.refuse(f"the question has no option {quoted(unknown)}", line)
    told = {name: probability.decimal for name, probability in stated}
    try:
        extra.vector, brought = vector([told.get(name, "0") for name in question.options])
    except InputError as error:
        raise builder.refuse(str(error), line) from None
    if brought:
        builder.remark("derived", "probabilities of options brought to a sum of 1, from rounded ones", line)
    builder.state(place, who, made_at, None, line, extra)
