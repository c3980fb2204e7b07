"""What the ledgers of the tests hold."""

from __future__ import annotations

SEED = "korybko-2024-11-11"
"""The shipped set."""

MIXED = (
    ("add", "Will it rain in Bern?", "60%", "--by", "2027-01-01", "--key", "rain"),
    ("add", "Who wins?", "--kind", "choice", "--option", "Ann=60%", "--option", "Bo=40%", "--by", "2027-01-01",
     "--key", "who"),
    ("add", "How well does it go?", "--kind", "ordered", "--option", "badly=10%", "--option", "so so=30%",
     "--option", "well=60%", "--by", "2027-01-01", "--key", "how"),
    ("add", "How many come?", "--kind", "numeric", "--quantile", "0.25=10", "--quantile", "0.5=12", "--quantile",
     "0.75=20.5", "--by", "2027-01-01", "--key", "many"),
    ("add", "Is it over?", "7:3", "--by", "2026-05-01", "--made-at", "2026-04-01", "--key", "over"),
    ("add", "Do they cheer?", "1/8", "--by", "2027-02-01", "--key", "cheer", "--if", "who=Bo", "--tag", "loud"),
    ("resolve", "over", "yes"),
)  # fmt: skip
"""Questions of every kind: open, waiting and resolved."""
