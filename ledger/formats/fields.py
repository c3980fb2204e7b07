"""One record of a foreign file, a row or a JSON object, read field by field; what is wrong is told with its place."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from decimal import Decimal
from typing import TypeVar

from ledger.domain.instants import Instant
from ledger.domain.probability import Probability, parse_probability
from ledger.domain.text import quoted
from ledger.errors import FileInputError, InputError
from ledger.formats.building import SheetBuilder
from ledger.formats.told_times import Epoch, read_epoch, read_time

_Read = TypeVar("_Read")
_PERCENT = Decimal(100)


class Fields:
    """A record: its fields by name, its number in the file, and the way to it for messages."""

    __slots__ = ("_builder", "_way", "line", "values")

    def __init__(self, values: Mapping[str, object], builder: SheetBuilder, line: int, way: str = "") -> None:
        """``way`` is put before the names of fields: ``forecasts[2].``."""
        self.values, self._builder, self.line, self._way = values, builder, line, way

    def refuse(self, problem: str, name: str) -> FileInputError:
        """The error of the field ``name``."""
        return self._builder.refuse(problem, self.line, self._way + name)

    def text(self, *names: str) -> str | None:
        """What the first of these fields that says anything says, as text; None where none does."""
        for name in names:
            value = self.values.get(name)
            if isinstance(value, bool):
                return str(value).lower()
            if isinstance(value, (str, int, Decimal)):
                said = value if isinstance(value, str) else _plain(value)
                if said.strip():
                    return said.strip()
            elif value is not None:
                raise self.refuse("text was expected here", name)
        return None

    def needed(self, name: str) -> str:
        """The same of a field that may not be empty."""
        said = self.text(name)
        if said is None:
            raise self.refuse("this may not be empty", name)
        return said

    def read(self, name: str, parse: Callable[[str], _Read]) -> _Read | None:
        """What ``parse`` makes of a field, None where it is empty; its :class:`InputError` comes with the place."""
        said = self.text(name)
        if said is None:
            return None
        try:
            return parse(said)
        except FileInputError:
            raise
        except InputError as error:
            raise self.refuse(str(error), name) from None

    def probability(self, name: str, *, percent: bool = False) -> Probability | None:
        """A probability between 0 and 1, or in percent with or without its sign."""
        return self.read(name, percentage if percent else parse_probability)

    def time(self, *names: str, end: bool = False, epoch: Epoch | None = None) -> Instant | None:
        """An instant, of the first of these fields that has one; a plain day is its end with ``end``."""
        name = next((name for name in names if self.text(name) is not None), names[0])
        if epoch is not None:
            return self.read(name, lambda said: read_epoch(said, epoch))
        zone = self._builder.given.zone
        told = self.read(name, lambda said: read_time(said, zone, end=end))
        if told is None:
            return None
        if told.without == "time":
            part = "end" if end else "beginning"
            self._builder.plain_days.add(told.instant)
            self._builder.remark("assumed", f"days without a time are the {part} of that day in {zone}", self.line)
        elif told.without == "zone" and not self._builder.given.zone_said:
            self._builder.remark("assumed", f"times without a zone are {zone}: --zone says another", self.line)
        return told.instant

    def one_of(self, name: str, words: Mapping[str, _Read]) -> _Read | None:
        """What a word stands for, case aside; None where the field is empty."""
        said = self.text(name)
        if said is None:
            return None
        if said.casefold() not in words:
            listed = ", ".join(word for word in words if word)
            raise self.refuse(f"{quoted(said)} is none of: {listed}", name)
        return words[said.casefold()]

    def inner(self, name: str) -> Fields:
        """An object in a field; one without fields where there is none."""
        value = self.values.get(name)
        if value is not None and not isinstance(value, dict):
            raise self.refuse("an object was expected here", name)
        return Fields(value or {}, self._builder, self.line, f"{self._way}{name}.")

    def inners(self, name: str) -> Iterator[Fields]:
        """The objects of a list in a field."""
        for at, value in enumerate(self.items(name)):
            if not isinstance(value, dict):
                raise self.refuse("an object was expected here", f"{name}[{at}]")
            yield Fields(value, self._builder, self.line, f"{self._way}{name}[{at}].")

    def items(self, name: str) -> list[object]:
        """A list in a field; an empty one where there is none."""
        value = self.values.get(name)
        if value is not None and not isinstance(value, list):
            raise self.refuse("a list was expected here", name)
        return value or []


def _plain(number: int | Decimal) -> str:
    """A number as it would be typed; an exponent stays, so that nobody is made to write out a million zeros."""
    return str(number) if isinstance(number, int) or number.is_zero() else str(number).replace("E", "e")


def percentage(text: str) -> Probability:
    """The probability of ``70`` or ``70%``."""
    return replace(parse_probability(text if text.rstrip().endswith("%") else f"{text}%"), typed=None)


def records_of(value: object, builder: SheetBuilder, way: str) -> Iterator[Fields]:
    """The objects of a list at the top, or under a key of the object there, numbered from 1 as records."""
    if not isinstance(value, list):
        raise builder.refuse(f"a list of records was expected at {way}")
    for line, one in enumerate(value, 1):
        if not isinstance(one, dict):
            raise builder.refuse("an object was expected", line)
        yield Fields(one, builder, line)
