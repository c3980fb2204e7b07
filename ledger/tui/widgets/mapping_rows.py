"""Which column of somebody's own table is what: a row for each field, changed with the arrow keys."""

from __future__ import annotations

from textual.app import ComposeResult
from textual.containers import Horizontal, VerticalScroll
from textual.message import Message
from textual.widgets import Static

from ledger.formats.mapping import FIELDS, ORDERS, UNITS, Columns
from ledger.formats.shown_mapping import Mapped
from ledger.tui.cells import shown
from ledger.tui.widgets.chooser import Chooser

NONE, AS_FOUND = "–", "as found"
_MANNERS = {"numbers are": UNITS, "3/4 is": ORDERS}
_SAID = {"dmy": "day/month", "mdy": "month/day"}


class MappingRows(VerticalScroll, can_focus=False):
    """Hidden until a table was looked at; says what is chosen, not what was guessed meanwhile."""

    DEFAULT_CSS = """
    MappingRows { height: auto; max-height: 8; display: none; scrollbar-size-vertical: 1; }
    MappingRows.-shown { display: block; }
    MappingRows Chooser { max-width: 36; }
    MappingRows .samples { width: 1fr; height: 1; padding: 0 1; color: $quiet; }
    MappingRows .samples { text-wrap: nowrap; text-overflow: ellipsis; }
    .-tall MappingRows { max-height: 17; }
    """

    class Changed(Message):
        """Somebody chose another column."""

        def __init__(self, mapping: Columns) -> None:
            """Keep all that is chosen now."""
            self.mapping = mapping
            super().__init__()

    def __init__(self) -> None:
        """Begin with no table."""
        super().__init__(id="mapping")
        self._header: tuple[str, ...] = ()

    async def show(self, mapped: Mapped | None) -> None:
        """Show a mapping; None where the file is no table."""
        self.set_class(mapped is not None, "-shown")
        if mapped is None:
            self._header = ()
            await self.remove_children()
            return
        if mapped.header != self._header:
            self._header = mapped.header
            await self.remove_children()
            await self.mount(*(_Row(name, label, choices) for name, label, choices in self._rows()))
        samples = {one.field: ", ".join(told for _, told in one.samples) for one in mapped.shown}
        for row in self.query(_Row):
            if row.field in FIELDS:
                row.tell(mapped.mapping.columns.get(row.field) or NONE, samples.get(row.field, FIELDS[row.field]))

    def _rows(self) -> list[tuple[str, str, list[str]]]:
        rows = [(field, field.replace("_", " "), [NONE, *self._header]) for field in FIELDS]
        return [
            *rows[:2],
            *(
                (name, name, [AS_FOUND, *(_SAID.get(one, one) for one in choices)])
                for name, choices in _MANNERS.items()
            ),
            *rows[2:],
        ]

    def clear(self) -> None:
        """Forget the table."""
        self.call_later(self.show, None)

    def on_chooser_chosen(self, message: Chooser.Chosen) -> None:
        """Tell all that is chosen."""
        message.stop()
        self.post_message(self.Changed(self.mapping))

    @property
    def mapping(self) -> Columns:
        """What the rows say: every field has its column or none."""
        chosen = {row.field: row.chooser.value for row in self.query(_Row)}
        meant = {said: one for one, said in _SAID.items()} | {one: one for one in UNITS}
        unit, order = (meant.get(chosen.get(name, AS_FOUND)) for name in _MANNERS)
        columns = {field: "" if chosen[field] == NONE else chosen[field] for field in FIELDS if field in chosen}
        return Columns(columns, unit=unit, order=order)


class _Row(Horizontal):
    """One field."""

    DEFAULT_CSS = "_Row { height: 1; }"

    def __init__(self, field: str, label: str, choices: list[str]) -> None:
        super().__init__(classes="line")
        self.field, self._label = field, label
        self.chooser = Chooser(choices, folded=True)
        self._samples = Static(markup=False, classes="samples")

    def compose(self) -> ComposeResult:
        yield Static(self._label, classes="name", markup=False)
        yield self.chooser
        yield self._samples

    def tell(self, column: str, samples: str) -> None:
        self.chooser.value = column
        self._samples.update(shown(samples))
