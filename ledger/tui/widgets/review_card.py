"""The card of a review: what was asked, what was said, by whom and when, what decides it."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from rich.style import Style
from rich.text import Text
from textual.app import ComposeResult
from textual.containers import VerticalScroll
from textual.widgets import Static

from ledger.domain.kinds import Status
from ledger.services.wording import counted, day_words, deadline_words, percent
from ledger.services.worth_words import condition_words, worth_words
from ledger.tui.cells import fit, shown, shown_lines
from ledger.tui.widgets.columns import SIGNS
from ledger.tui.widgets.forecast_bar import bar

if TYPE_CHECKING:
    from ledger.services.browse_card import Card
    from ledger.services.said_views import StatementView

BAR, KEY = 24, 28
SAID = 4
"""How many forecasters are told; the rest is on the question's page."""


class ReviewCard(VerticalScroll, can_focus=True):
    """Scrolls where the text is longer than the screen."""

    COMPONENT_CLASSES: ClassVar[set[str]] = {"review-card--quiet", "review-card--due", "review-card--bar"}
    DEFAULT_CSS = """
    ReviewCard { padding: 1 2 0 2; background: $background; scrollbar-size-vertical: 1; }
    .-short ReviewCard, .-compact ReviewCard { padding: 0 1; }
    ReviewCard > Static { height: auto; max-width: 104; }
    ReviewCard > .review-card--quiet { color: $quiet; }
    ReviewCard > .review-card--due { color: $due; }
    ReviewCard > .review-card--bar { color: $primary; }
    """

    def compose(self) -> ComposeResult:
        """One text."""
        yield Static(markup=False)

    def show(self, card: Card, *, fresh: bool = True) -> None:
        """Show a question; one that was there already keeps its place."""
        told = _told(card, self._style("quiet"), self._style("due"), self._style("bar"))
        self.query_one(Static).update(told)
        if fresh:
            self.scroll_home(animate=False)

    def say(self, text: str) -> None:
        """Show a text of ours, its first line in bold."""
        head, _, rest = text.partition("\n")
        self.query_one(Static).update(Text.assemble((head, "bold"), "\n", rest))
        self.scroll_home(animate=False)

    def more(self) -> None:
        """Read on, and at the end begin again."""
        if self.max_scroll_y and self.scroll_y >= self.max_scroll_y:
            self.scroll_home(animate=False)
        else:
            self.scroll_page_down(animate=False)

    def _style(self, part: str) -> Style:
        return self.get_component_rich_style(f"review-card--{part}", partial=True)


def _told(card: Card, quiet: Style, due: Style, filled: Style) -> Text:
    asked, text = card.question, Text(overflow="fold")
    when = deadline_words(asked.deadline, asked.zone, asked.status, card.now)
    if asked.status is Status.DUE:
        when += f" ({day_words(asked.deadline, asked.zone)})"
    text.append(f"#{asked.number} {_named(card)}", quiet)
    text.append(f"{SIGNS[asked.status]} {when}\n", due if asked.status is Status.DUE else quiet)
    text.append(shown_lines(asked.title) + "\n", "bold")
    _append_said(text, card, quiet, filled)
    if asked.condition is not None:
        text.append(f"\nOnly if {shown(condition_words(asked.condition))}\n")
    days = [day_words(one.at, one.zone) for one in card.look_again if one.stands and one.at is not None]
    if days:
        text.append(f"\nTo look at again on {', '.join(days)}\n", quiet)
    if card.criteria:
        text.append("\nWhat decides it\n", quiet).append(shown_lines(card.criteria) + "\n")
    if card.dependants:
        told = ", ".join(f"#{one.number} (if {shown(one.outcome)})" for one in card.dependants[:8])
        more = f" and {len(card.dependants) - 8} more" if len(card.dependants) > 8 else ""
        text.append(f"\nHanging on it: {told}{more}\n", quiet)
    if asked.source is not None:
        text.append(f"\nFrom {shown(asked.source.label)}", quiet)
    text.rstrip()
    return text


def _named(card: Card) -> str:
    return f"{fit(shown(card.question.key), KEY).rstrip()} · " if card.question.key else "· "


def _append_said(text: Text, card: Card, quiet: Style, filled: Style) -> None:
    last = {unit.last for unit in card.units if unit.last is not None}
    standing = [one for one in card.statements if one.entry in last]
    for one in standing[-SAID:][::-1]:
        text.append("\n")
        _append_statement(text, card, one, quiet, filled)
    if len(standing) > SAID:
        text.append(f"and {counted(len(standing) - SAID, 'forecaster')} more: d opens the question\n", quiet)
    if not standing:
        text.append("\nNobody's forecast of it stands: whatever happened, nothing is scored.\n", quiet)


def _append_statement(text: Text, card: Card, one: StatementView, quiet: Style, filled: Style) -> None:
    text.append(f"{shown(one.forecaster)}, {day_words(one.made_at, card.question.zone)}")
    text.append(f" “{shown(one.hedge)}”" if one.hedge else "")
    text.append(f" = {shown(one.term)} ({shown(one.scale)})" if one.term else "", quiet)
    text.append("\n")
    worth = one.counted
    if worth.probability is not None:
        text.append(bar(worth.probability, worth.low, worth.high, BAR), filled)
        text.append(f"  {shown(worth_words(worth))}")
    elif worth.options:
        _append_options(text, worth.options, filled)
    else:
        text.append(shown(worth_words(worth)))
    earlier = sum(other.forecaster == one.forecaster for other in card.statements) - 1
    text.append(f"  after {counted(earlier, 'earlier one', 'earlier ones')}" if earlier else "", quiet)
    text.append("\n")


def _append_options(text: Text, options: tuple[tuple[str, str], ...], filled: Style) -> None:
    for at, (name, value) in enumerate(options):
        text.append("\n" if at else "").append(fit(shown(name), 20) + " ")
        text.append(bar(float(value), None, None, BAR), filled).append(f"  {percent(float(value))}")
