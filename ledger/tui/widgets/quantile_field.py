"""Quantiles on one line, and the curve they imply."""

from __future__ import annotations

from functools import partial

from textual.app import ComposeResult

from ledger.services.reading_ahead import QuantilesAhead, quantiles_ahead
from ledger.tui.widgets.quantile_curve import QuantileCurve
from ledger.tui.widgets.reading_field import ReadingField


class QuantileField(ReadingField):
    """``10%=120, 50%=150, 90%=200``, and below it the curve."""

    READS = True

    def __init__(self, *, id: str | None = None) -> None:  # noqa: A002 - Textual's own word
        """Begin empty."""
        super().__init__("Quantiles", placeholder="10%=120, 50%=150, 90%=200", id=id)

    def compose(self) -> ComposeResult:
        """The line, its meaning, the curve."""
        yield from super().compose()
        yield QuantileCurve()

    def read_now(self) -> None:
        """Read the quantiles; nothing draws nothing."""
        if self.value:
            self.work(partial(quantiles_ahead, self.value), self._drawn, group="reading", otherwise=self.refused)
        else:
            self.drop("reading")
            self._drawn(None)

    def _drawn(self, read: QuantilesAhead | None) -> None:
        self.query_one(QuantileCurve).draw(() if read is None else read.points)
        self.echo("" if read is None else read.words)
