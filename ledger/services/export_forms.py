"""The formats that ``export`` writes, in one table: the command line and the terminal UI offer these and no others."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class ExportForm:
    """One format that the ledger goes out in."""

    name: str
    """What ``--format`` calls it."""
    ending: str
    """The end of a file's name that chooses it unasked, with its dot; empty where only its name does."""
    label: str
    """What it is, in a few words, after its name."""
    carries: str
    """What of the ledger is in it, and what is not, in one sentence."""
    whole: bool = False
    """Whether it holds the whole ledger always, so that no filter goes with it."""
    binary: bool = False
    """Whether it is no text, so that no terminal shows it."""


EXPORT_FORMS = (
    ExportForm("csv", ".csv", "the forecasts", "A CSV holds questions, statements and outcomes."),
    ExportForm(
        "xlsx",
        ".xlsx",
        "the same as a workbook",
        "A workbook holds what a CSV does, with numbers and times.",
        binary=True,
    ),
    ExportForm(
        "parquet",
        ".parquet",
        "the same as Parquet",
        "Parquet holds what a CSV does, with types and zones.",
        binary=True,
    ),
    ExportForm("jsonl", ".jsonl", "the whole journal", "The journal as JSON Lines loses nothing.", whole=True),
    ExportForm(
        "fatebook",
        "",
        "what Fatebook's spreadsheet import takes",
        "Fatebook takes yes-or-no forecasts, without names, words, ranges and withdrawals.",
    ),
    ExportForm("ics", ".ics", "a calendar", "A calendar holds the deadlines and reviews that are to come."),
)
EXPORT_NAMES = tuple(form.name for form in EXPORT_FORMS)


def export_form(name: str) -> ExportForm | None:
    """The format that ``--format`` calls ``name``."""
    return next((form for form in EXPORT_FORMS if form.name == name), None)


def form_of_file(name: str) -> ExportForm:
    """The format that a file's name asks for, compressed or not; CSV where it asks for none."""
    plain = name.lower().removesuffix(".gz")
    return next((form for form in EXPORT_FORMS if form.ending and plain.endswith(form.ending)), EXPORT_FORMS[0])
