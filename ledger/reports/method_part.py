"""The method with its formulas and references, and how to check the record."""

from __future__ import annotations

from ledger.reports.document import Code, Facts, Listing, Part, Prose, Section, Words
from ledger.reports.model import About, Report

METHOD: tuple[tuple[str, Words], ...] = (
    ("Brier score", (Code("(p − o)²"), (", p the probability, o the outcome: 1 for yes, 0 for no, a share for markets "
     "that settle so. Half form, 0 to 1, lower is better; the original form (Brier 1950) is twice that."))),
    ("Unit", "One forecaster on one question. Each average is over units, weighted as the policy says."),
    ("Time average", (Code("Σ wⱼ (pⱼ − o)² ÷ Σ wⱼ"), (", wⱼ the part of the question's scheduled life, from the "
     "earlier of its opening and the first statement to its deadline, for which statement j stood. The actual life "
     "would reward leaning to what can only happen early."))),
    ("Truncated score", "Weight times mean score of a unit: time without a forecast counts as 0."),
    ("Interval", ("95 %, percentile, 1,000 resamples of questions with all their statements, seed 1: statements on one "
     "question share its outcome.")),
    ("Skill", (Code("1 − Brier ÷ (r (1 − r))"), (", r the weighted base rate of these very questions. In sample, which "
     "flatters the base rate; and a skill score is no mean of a proper score."))),
    ("Components", (Code("Brier = miscalibration − discrimination + uncertainty"), (", by isotonic regression (CORP), "
     "without bins."))),
    ("Reliability diagram", ("Ten bins of equal width. Bars: Wilson's intervals where statements are independent, else "
     "resampled questions. Band: what calibrated forecasts of this size would show in 95 of 100 records.")),
    ("Hedges", ("A word is read as a range of a named scale. Its best value is scored; beside it stand the least and "
     "the greatest score that the range allows.")),
    ("Late", "A statement at or after the close, the earlier of deadline and outcome, is kept and never scored."),
    ("Log score", (Code("−ln(probability of what happened)"), ", in nats, lower is better.")),
)  # fmt: skip
REFERENCES = (
    "Brier, G. W. (1950). Verification of forecasts expressed in terms of probability. Monthly Weather Review 78, 1–3.",
    (
        "Bröcker, J. and Smith, L. A. (2007). Increasing the reliability of reliability diagrams. Weather and "
        "Forecasting 22, 651–661."
    ),
    (
        "Dimitriadis, T., Gneiting, T. and Jordan, A. I. (2021). Stable reliability diagrams for probabilistic "
        "classifiers. PNAS 118, e2016191118."
    ),
    (
        "Gneiting, T. and Raftery, A. E. (2007). Strictly proper scoring rules, prediction, and estimation. Journal of "
        "the American Statistical Association 102, 359–378."
    ),
    (
        "Wilson, E. B. (1927). Probable inference, the law of succession, and statistical inference. Journal of the "
        "American Statistical Association 22, 209–212."
    ),
)
COMPARED: tuple[tuple[str, Words], ...] = (
    ("Difference", "Mean over the common questions of the first forecaster's score less the second's."),
    ("Diebold–Mariano", "Its statistic with Harvey, Leybourne and Newbold's small-sample correction, Student's t."),
    ("E-value", "A bet against a hypothesis, valid whenever one looks: 1 is no evidence, 20 is strong."),
)


def method_section(report: Report) -> Section:
    """Formulas and references."""
    pairs = METHOD + (COMPARED if report.comparison is not None else ())
    return Section("method", "Method", (Facts(pairs), Part("References", (Listing(REFERENCES),))))


def check_section(about: About) -> Section:
    """How to check it, by whoever holds the ledger."""
    items: tuple[Words, ...] = (
        ("Ask for the journal: ", Code("forecast export --format jsonl"), (" writes every entry in order, and each "
         "is chained to the one before by SHA-256.")),
        ("Run ", Code("forecast verify"), ": it recomputes the chain, tells the book anew and names what differs."),
        (f"After entry {about.entry:,} the head must be ", Code(about.head), "."),
        ("A checkpoint that was kept or published earlier shows also that nothing was cut off or written anew: ",
         Code('forecast verify --checkpoint "…"'), "."),
        ("This report again, from the same ledger: ", Code(f"forecast report --as-of {about.entry}"), (", with the "
         "filters, policy and form that it names; statuses are then those at the time of that entry.")),
    )  # fmt: skip
    told = "Nothing here asks to be believed: the figures follow from the journal, and the journal can be checked."
    return Section("check", "How to check it", (Prose(told), Listing(items)))
