"""One question: what is asked, what was said of it over time, what was decided, and why it scored as it did."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any

from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical, VerticalScroll

from ledger.domain.kinds import Status
from ledger.tui.actions import bindings
from ledger.tui.cells import shown
from ledger.tui.screens.question_doing import QuestionDoing
from ledger.tui.screens.question_lines import head_lines, link_words
from ledger.tui.screens.question_parts import (
    CRITERIA,
    DAYS,
    EDITS,
    ENTRIES,
    FACTS,
    OUTCOMES,
    PARTS,
    REDACTIONS,
    SNOOZES,
    STATEMENTS,
    TITLE,
    Part,
)
from ledger.tui.screens.question_reading import Read, read_question, read_why
from ledger.tui.screens.question_why import why_lines
from ledger.tui.widgets.history_list import HistoryList
from ledger.tui.widgets.link_list import LinkList
from ledger.tui.widgets.section import Section
from ledger.tui.widgets.spans import BAD, QUIET, Line, told
from ledger.tui.widgets.step_plot import StepPlot

if TYPE_CHECKING:
    from ledger.errors import LedgerError
    from ledger.services.browse_card import Card


class Reading(VerticalScroll, can_focus=False, inherit_bindings=False):
    """The page that scrolls; its keys are the screen's."""


class QuestionScreen(QuestionDoing):
    """Opened over the place that one came from."""

    PLACE = "question"
    HELP_TEXT = (
        "One question with its whole history. The plot shows every forecast over time: a letter where somebody "
        "spoke, a line while it stood, ░ its range, × what came too late to be scored, ◆ what happened. Tab goes "
        "from section to section, enter folds one or shows the whole of it, and opens a question in a list."
    )
    BINDINGS = bindings("question")
    CSS_PATH = "question.tcss"
    AUTO_FOCUS = ""

    def __init__(self, number: int) -> None:
        """Show the question ``number``."""
        super().__init__()
        self.number = number
        self.card = None

    def body(self) -> ComposeResult:
        """What is asked and said on the left, what was agreed and decided on the right, or all in one column."""
        with Reading(id="page"):
            yield HistoryList(id="head")
            with Horizontal(id="columns"):
                with Vertical(id="left"):
                    yield _section(CRITERIA)
                    yield Section("forecasts over time", StepPlot(), id="plot")
                    yield _section(STATEMENTS)
                with Vertical(id="right"):
                    yield Section("conditions", LinkList(), id="links")
                    yield _section(OUTCOMES)
                    yield Section("why this score", id="why")
                    for part in (FACTS, TITLE, EDITS, SNOOZES, DAYS, REDACTIONS, ENTRIES):
                        yield _section(part)

    @property
    def page(self) -> Reading:
        """What scrolls."""
        return self.query_one(Reading)

    def section(self, name: str) -> Section:
        """A section by its name."""
        return self.query_one(f"#{name}", Section)

    def reload(self) -> None:
        """Read the question again; the scroll is kept, as what is shown is changed in its place."""
        self.read(partial(read_question, number=self.number), self.show, group="question", otherwise=self._gone)

    def show(self, read: Read) -> None:
        """Show a question that was read."""
        card = self.card = read.card
        self.query_one("#head", HistoryList).show(lambda width, _: head_lines(card, width))
        for part in PARTS:
            section = self.section(part.name)
            section.tell(part.title(card), empty=not part.what(card))
            section.lines_list.show(partial(part.lines, card))
        self.query_one(StepPlot).show(read.plot)
        self.section("plot").tell("forecasts over time", empty=False)
        links = link_words(card)
        self.query_one(LinkList).show(links)
        self.section("links").tell("conditions", empty=not links)
        self._explain(card)

    def _explain(self, card: Card) -> None:
        settled = card.question.status is Status.RESOLVED
        why = self.section("why")
        if not settled:
            self.drop("why")
            why.tell("why this score", empty=True)
            return
        if why.is_empty:
            why.tell("why this score – computing …", empty=False)
        settings = self.program.settings
        job = partial(read_why, number=self.number, policy=settings.policy, form=settings.form)
        self.read(job, self._explained, group="why", otherwise=self._unexplained)

    def _explained(self, data: dict[str, Any]) -> None:
        why = self.section("why")
        why.tell("why this score", empty=False)
        why.lines_list.show(lambda width, whole: why_lines(data, width, whole=whole))

    def _unexplained(self, problem: LedgerError) -> None:
        words = shown(str(problem)).rpartition(": ")[2]
        why = self.section("why")
        why.tell("why this score", empty=False)
        why.lines_list.show(lambda width, _: list(told(words, width, QUIET)))

    def _gone(self, problem: LedgerError) -> None:
        """There is no such question, or it cannot be read."""
        self.card = None
        self.drop("why")
        for section in self.query(Section):
            section.tell(section.heading.words, empty=True)
        words = f"#{self.number} cannot be shown: {shown(str(problem))}"

        def lines(width: int, _: bool) -> list[Line]:
            return list(told(words, width, BAD))

        self.query_one("#head", HistoryList).show(lines)

    def on_link_list_followed(self, message: LinkList.Followed) -> None:
        """Open the question that this one hangs together with."""
        self.program.open_question(message.number)

    def action_back(self) -> None:
        """Go back."""
        self.dismiss()

    def action_scroll_by(self, lines: int) -> None:
        """Scroll some lines."""
        self.page.scroll_relative(y=lines, animate=False)

    def action_page(self, pages: int) -> None:
        """Scroll a page, less two lines."""
        self.page.scroll_relative(y=pages * max(1, self.page.size.height - 2), animate=False)

    def action_top(self) -> None:
        """Scroll to the beginning."""
        self.page.scroll_home(animate=False)

    def action_bottom(self) -> None:
        """Scroll to the end."""
        self.page.scroll_end(animate=False)

    def action_next(self) -> None:
        """Show the next question."""
        self._turn(self.number + 1)

    def action_previous(self) -> None:
        """Show the one before."""
        self._turn(self.number - 1)

    def _turn(self, number: int) -> None:
        end = "the last question" if number > self.number else "the first question"
        self.read(
            partial(read_question, number=number), partial(self._turned, number), group="question",
            otherwise=lambda _: self.program.say(f"#{self.number} is {end}"),
        )  # fmt: skip

    def _turned(self, number: int, read: Read) -> None:
        self.number = number
        self.section("why").tell("why this score", empty=True)
        for lines in self.query(HistoryList):
            lines.show_whole(whole=False)
        self.page.scroll_home(animate=False)
        self.show(read)


def _section(part: Part) -> Section:
    return Section(part.name, id=part.name)
