"""A mapping made complete: what was said checked against the table, the rest guessed or asked for."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from ledger.data_files import load_scale, shipped_scales
from ledger.domain.scale_files import read_scale
from ledger.domain.scales import Scale
from ledger.domain.text import quoted, safe_text
from ledger.domain.words import did_you_mean
from ledger.errors import InputError
from ledger.formats.any_table import Table
from ledger.formats.given import Given
from ledger.formats.guessing import guess_columns
from ledger.formats.mapping import FIELDS, Columns
from ledger.formats.misread import Misread, first_misread
from ledger.formats.shown_mapping import Mapped, MappingError
from ledger.formats.table_dates import first_doubtful, order_of
from ledger.formats.table_values import RIGHT, Manner, is_word, read_outcome, scale_for, unit_of

TIMES = ("forecast_at", "deadline", "resolved_at", "opened_at")


@dataclass(frozen=True, slots=True)
class Settled:
    """A complete mapping."""

    mapping: Columns
    places: Mapping[str, int]
    """By field the place of its column."""
    manner: Manner


def settle(table: Table, given: Given, *, file: str) -> Settled:
    """The mapping of ``table``: as said, and where nothing is said, as guessed.

    Raises :class:`MappingError`, naming the columns there are and the option to write, where neither is enough.
    """
    said = given.mapping or Columns()
    named = {field: _column(field, name, table, file) if name else "" for field, name in said.columns.items()}
    mapping = replace(said, columns=guess_columns(table, named))
    asking = _Asking(table, mapping, file)
    asking.columns(given)
    manner, mapping = asking.manner(mapping)
    mapping = asking.dates(mapping)
    asking.outcomes(mapping)
    return Settled(mapping, {field: table.header.index(name) for field, name in mapping.columns.items()}, manner)


def _column(field: str, told: str, table: Table, file: str) -> str:
    if told in table.header:
        return told
    plain = " ".join(told.split()).casefold()
    alike = [name for name in table.header if name.casefold() == plain]
    if len(alike) == 1:
        return alike[0]
    problem = f"there is no column {quoted(told)}{did_you_mean(told, table.header)}; {_listed(table)}"
    raise MappingError(problem, file=file, mapped=Mapped(Columns(), tuple(table.header)))


def _listed(table: Table) -> str:
    more = ", …" if len(table.header) > 20 else ""
    return f"the columns are {', '.join(quoted(name, limit=30) for name in table.header[:20])}{more}"


class _Asking:
    """What is asked of the one who imports, where the table leaves it open."""

    def __init__(self, table: Table, mapping: Columns, file: str) -> None:
        self._table, self._file, self._mapping = table, file, mapping

    def _refuse(self, problem: str, line: int | None = None, column: str | None = None) -> MappingError:
        mapped = Mapped(self._mapping, tuple(self._table.header))
        return MappingError(problem, file=self._file, line=line, column=column, mapped=mapped)

    def _cells(self, field: str) -> list[tuple[int, str]]:
        name = self._mapping.columns.get(field)
        return [] if name is None else [(line, cell.strip()) for line, cell in self._table.column(name) if cell.strip()]

    def columns(self, given: Given) -> None:
        """Refuse a table that lacks what no forecast is without."""
        found = self._mapping.columns
        missing = [field for field in ("title", "probability") if field not in found]
        if not {"deadline", "outcome"} & found.keys() and given.deadline is None:
            missing.append("deadline")
        if missing:
            raise self._missing(missing, given)
        if not {"forecast_at", "opened_at"} & found.keys() and given.made_at is None and self._cells("probability"):
            self._look_closer(("forecast_at", "opened_at"), given)
            problem = 'no column says when the forecasts were made; name it with --map forecast_at="COLUMN", or claim a'
            raise self._refuse(f"{problem} day for all of them with --made-at DAY; {_listed(self._table)}")
        if not {"deadline", "resolved_at"} & found.keys() and given.deadline is None:
            self._look_closer(("deadline", "resolved_at"), given)
            problem = (
                'no column says until when; name it with --map deadline="COLUMN", or the time of the outcomes with'
            )
            raise self._refuse(f'{problem} --map resolved_at="COLUMN", or say --deadline DAY; {_listed(self._table)}')

    def _missing(self, missing: Sequence[str], given: Given) -> MappingError:
        if not self._table.rows:
            return self._refuse("there is a header and no row below it: a row for each forecast is expected")
        misread = [self._misread(field, given) for field in missing]
        absent = [field for field, found in zip(missing, misread, strict=True) if found is None]
        if not absent and misread[0] is not None:
            return self._refuse(misread[0].problem, misread[0].line, misread[0].column)
        lacking = " and ".join(f"{FIELDS[field]} ({field})" for field in absent)
        options = " ".join(f'--map {field}="COLUMN"' for field in absent)
        return self._refuse(f"no column was found for {lacking}; {_listed(self._table)}: write {options}")

    def _misread(self, field: str, given: Given) -> Misread | None:
        said = given.mapping is not None and field in given.mapping.columns
        return None if said else first_misread(self._table, field, self._mapping.columns.values())

    def _look_closer(self, fields: Sequence[str], given: Given) -> None:
        """Refuse the cell for which a column of that name was not taken, where there is one."""
        for field in fields:
            if (found := self._misread(field, given)) is not None and found.line is not None:
                raise self._refuse(found.problem, found.line, found.column)

    def manner(self, mapping: Columns) -> tuple[Manner, Columns]:
        """How the probabilities are written."""
        cells, name = self._cells("probability"), mapping.columns["probability"]
        unit = mapping.unit
        if unit is None:
            unit, lines = unit_of(cells, percent_named="%" in name or "percent" in name.casefold())
            if lines:
                both = f"line {lines[0]} has more than 1 and line {lines[1]} less: are these numbers percent?"
                choices = "--map probability.unit=percent, or fraction"
                raise self._refuse(f"column {quoted(name, limit=40)}: {both} Say {choices}")
        scale = self._scale([(line, cell) for line, cell in cells if is_word(cell)], mapping.scale)
        return Manner(unit, scale), replace(mapping, unit=unit, scale=scale.name if scale else None)

    def _scale(self, words: Sequence[tuple[int, str]], said: str | None) -> Scale | None:
        if said is not None:
            return read_scale(load_scale(said))
        if not words:
            return None
        scales = [read_scale(load_scale(name)) for name in shipped_scales()]
        distinct = {cell for _, cell in words}
        found = scale_for(distinct, scales)
        if len(found) == 1:
            return found[0]
        line, first = words[0]
        option = "--map probability.scale=" + (" or ".join(scale.name for scale in found or scales))
        if found:
            raise self._refuse(f"{quoted(first)} means something else on each scale: say {option}", line)
        stray = next((cell for cell in sorted(distinct) if not scale_for([cell], scales)), first)
        raise self._refuse(f"no scale has all the words of this column, such as {quoted(stray)}: say {option}", line)

    def dates(self, mapping: Columns) -> Columns:
        """Whether days of three numbers begin with the day or the month."""
        if mapping.order is not None:
            return mapping
        cells = [cell for field in TIMES for _, cell in self._cells(field)]
        try:
            order = order_of(cells)
        except InputError as error:
            raise self._refuse(str(error)) from None
        if order is None and (doubtful := first_doubtful(cells)):
            raise self._refuse(f"does {quoted(doubtful)} begin with the day or the month? Say --map dates=dmy, or mdy")
        return replace(mapping, order=order)

    def outcomes(self, mapping: Columns) -> None:
        """Refuse words whose meaning is not known, all of them at once."""
        unknown: Counter[str] = Counter()
        first: dict[str, int] = {}
        for line, cell in self._cells("outcome"):
            try:
                read_outcome(cell, mapping.outcomes)
            except InputError:
                unknown[cell] += 1
                first.setdefault(cell, line)
        if not unknown:
            return
        listed = ", ".join(f"{quoted(word, limit=30)} ({count}×)" for word, count in unknown.most_common(6))
        word, line = next(iter(first.items()))
        hint = ""
        if any(one.casefold() in RIGHT for one in unknown):
            hint = " (whether it happened, not whether the forecaster was right)"
        told = safe_text(" ".join(word.split()))[:30]
        choices = ", ".join(f'--map outcome.{meaning}="{told}"' for meaning in ("yes", "no", "void", "open"))
        raise self._refuse(f"what these outcomes mean is not known: {listed}; say of each{hint} {choices}", line)
