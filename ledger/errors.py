"""The one tree of errors.

Every failure that a user can cause is a ``LedgerError``; its message is one line that says what is
wrong, where, and what to do::

    LedgerError                 exit status 1
    ├── InputError              something typed, or a cell of a file, cannot be read
    │   └── FileInputError      the same with file, line and column
    ├── RefusedError            well formed, but a rule of the ledger forbids it
    │   └── AlreadySettledError the question has an outcome or is void, with what stands and since when
    ├── NotFoundError           an id, seed, scale or format that is not there (with the near ones)
    ├── StoreError              the ledger's file is missing, foreign, read-only, full, locked or newer
    ├── DamageError             exit status 3: the record does not verify
    │   └── DamagedFileError    the file that holds it cannot be read as it was written (a StoreError as well)
    ├── DeliveryError           a channel did not take a message; nothing is marked as said there
    ├── ScoringError            an array that a score is not defined for (with the element's index)
    └── Cancelled               somebody called off what was under way; nothing of it was written
"""

from __future__ import annotations

from dataclasses import dataclass


class LedgerError(Exception):
    """A failure that is told to people in one line."""

    exit_status = 1


class InputError(LedgerError, ValueError):
    """What was typed cannot be read."""


class FileInputError(InputError):
    """A cell, line or file that cannot be read, and where it stands."""

    def __init__(
        self, problem: str, *, file: str, line: int | None = None, column: str | None = None, unit: str = "line"
    ) -> None:
        """Say ``problem``, preceded by the file, the line (from 1, the header being line 1) and the column.

        ``unit`` is what ``line`` counts where that is not lines: then records, and a column is a field of them.
        """
        name = "column" if unit == "line" else "field"
        place = ", ".join(
            part
            for part in (file, f"{unit} {line}" if line is not None else "", f"{name} {column}" if column else "")
            if part
        )
        super().__init__(f"{place}: {problem}")
        self.problem, self.file, self.line, self.column = problem, file, line, column


class RefusedError(LedgerError):
    """Well formed, but a rule of the ledger forbids it; nothing was written."""


@dataclass(frozen=True, slots=True)
class Settlement:
    """The resolution that stands of a question: its entry, when that was recorded (µs), and what it says."""

    question: int
    entry: int
    recorded_at: int
    outcome: str | None
    """The outcome as people read it; ``None`` where the question was voided."""
    known_at: int | None
    """Since when the outcome was known (µs), where that was said."""
    note: str | None
    """The note, or the reason of a void."""


class AlreadySettledError(RefusedError):
    """A question was settled before, perhaps by somebody else a moment ago; ``stands`` is what."""

    def __init__(self, problem: str, stands: Settlement) -> None:
        """Say ``problem`` of what stands."""
        super().__init__(problem)
        self.stands = stands


class NotFoundError(LedgerError, LookupError):
    """Something was named that is not there."""


class StoreError(LedgerError):
    """The ledger's file cannot be opened, read or written."""


class DamageError(LedgerError):
    """The record does not verify."""

    exit_status = 3


class DamagedFileError(DamageError, StoreError):
    """The file that holds the record is damaged."""


class DeliveryError(LedgerError):
    """A channel did not take a message; what it says names the channel's trouble and none of its secrets."""


class ScoringError(LedgerError, ValueError):
    """An input that a score is not defined for; the message names the element."""


class Cancelled(LedgerError):  # noqa: N818 - asyncio has another CancelledError
    """What was under way was called off; nothing of it was written."""

    def __init__(self, said: str = "called off; nothing was written") -> None:
        """Say so; a caller that called it off has no need to."""
        super().__init__(said)
