"""What can be done in the review."""

from __future__ import annotations

from ledger.tui.actions.action import Action

REVIEW = (
    Action("review.yes", "y", "Yes", "It happened: record that, and go on.", "outcome('yes')", shown=False),
    Action("review.no", "n", "No", "It did not happen: record that, and go on.", "outcome('no')", shown=False),
    Action("review.type", "percent_sign,slash,equals_sign", "Type it",
           "Type the outcome: a share such as 0.3 or 30%, a number, an option's name.", "field('answer')", shown=False),
    Action("review.supersede", "u", "Put in its place", "Put your outcome in the place of the one that stands.",
           "supersede", shown=False),
    Action("review.skip", "s", "Skip", "Leave it for later in this review.", "skip"),
    Action("review.undo", "z,backspace", "Undo", "Take back what was recorded last, step by step.", "undo"),
    Action("review.void", "v", "Void", "Annul the question, with the reason; nothing said of it is scored.",
           "field('void')"),
    Action("review.snooze", "w", "Put off", "Ask again later: tomorrow, in 2 weeks, 2027-03-01.", "field('snooze')"),
    Action("review.again", "a", "Again", "Set a day to look at it again, besides; the card stays.", "field('again')"),
    Action("review.known", "k", "Known since", "Say since when the outcome was known.", "field('known')", shown=False),
    Action("review.evidence", "e", "Evidence", "Say where the outcome can be read.", "field('evidence')", shown=False),
    Action("review.note", "t", "Note", "Add a note to the outcome.", "field('note')", shown=False),
    Action("review.back", "b", "Back", "Go back to the card before; from the end, to what was skipped.", "back"),
    Action("review.order", "o", "Order", "Order the rest by deadline or by source.", "order"),
    Action("review.open", "enter,d", "Open", "Open the question's page.", "open"),
    Action("review.more", "space", "More", "Read on where the card is longer than the screen.", "more", shown=False),
    Action("review.leave", "escape", "Leave", "Leave the field, or what stands as it is.", "leave", shown=False),
)  # fmt: skip
