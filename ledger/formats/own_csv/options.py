"""The options of a question, met row by row, and which of them happened."""

from __future__ import annotations

from ledger.domain.text import quoted
from ledger.formats.own_csv.row import LONGEST_NAME, CellError, Row
from ledger.formats.own_csv.values import VOID
from ledger.formats.sheet import SheetQuestion


class Options:
    """What the rows of one question of a kind with options say of them."""

    __slots__ = ("_places", "_question", "_told")

    def __init__(self, question: SheetQuestion) -> None:
        """``question.options`` is filled in the order in which they are met."""
        self._question = question
        self._places: dict[str, int] = {}
        self._told: dict[int | None, str | None] = {}

    def take(self, row: Row, outcome: str | None) -> int | None:
        """The place of the row's option, None without one; ``outcome`` is what the row says of it.

        Raises :class:`CellError` when an earlier row said otherwise.
        """
        name = row.text("option", limit=LONGEST_NAME)
        place = None if name is None else self._places.setdefault(name, len(self._places))
        if name is not None and place == len(self._question.options):
            self._question.options.append(name)
        if place is None and outcome not in {None, VOID}:
            raise CellError(
                "this is the outcome of an option, but the row names none: name it, or empty this", "outcome"
            )
        if self._told.setdefault(place, outcome) != outcome:
            which = f"option {quoted(name)}" if name is not None else "the question"
            raise CellError(f"an earlier row has another outcome for {which}: make them the same", "outcome")
        return place

    def settle(self) -> str | None:
        """The outcome of the question: the option whose outcome is 1, ``void``, or None while it is open.

        Raises :class:`CellError` when there is no option, or not just one happened.
        """
        key, told = quoted(self._question.key), [self._told.get(place) for place in range(len(self._places))]
        if not told:
            raise CellError(f"question {key} has no options: give each a row of its own", "option")
        if VOID in {*told, self._told.get(None)}:
            if {*told} != {VOID}:
                raise CellError(f"question {key} is void for some rows and not for others: say void in all", "outcome")
            return VOID
        happened = [name for name, outcome in zip(self._question.options, told, strict=True) if outcome == "yes"]
        if len(happened) > 1 or ("no" in told and not happened):
            count = "more than one option" if happened else "no option"
            raise CellError(f"question {key} has {count} with outcome 1: exactly one happened", "outcome")
        return happened[0] if happened else None
