"""Ledgers for reports: two forecasters with voids, hedges, evidence and things overdue; and one whose texts attack."""

from __future__ import annotations

import csv
from pathlib import Path

from running import Quick

NAMES = (
    *("question_id", "title", "forecaster", "probability", "forecast_at", "opened_at", "deadline", "resolved_at"),
    *("outcome", "tags", "criteria", "source_url", "hedge", "term", "scale", "low", "high", "reason", "evidence"),
    "comment",
)
CLOCK = "2026-06-01T12:00:00Z"
SAID = ("0.1", "0.3", "0.5", "0.7", "0.9")
HOSTILE = (
    "<script>alert(1)</script>", "</script><script>x", '"><img src=x onerror=alert(1)>', "' onmouseover='x",
    "</title></svg><svg onload=x>", "<!-- --><b>", "]]>", "&lt;b&gt;&#60;", "javascript:alert(1)", "https://example.org/good",
    "https://evil.example/<b>", "data:text/html,x", "=cmd|' /C calc'!A0", "+1+1", "-2+3", "@SUM(A1)", "\t=1", "\r=1",
    "＝1+1", "'=1", "''", '=HYPERLINK("http://evil.example")', "[x](javascript:alert(1))", "![x](http://evil.example/p)",
    "<http://evil.example>", "http://evil.example www.evil.example", "| a | b |", "# h", "1. x", "- x", "`code`", "***",
    "$\\frac{1}{2}$", "$", "_x_ __y__", "\x1b]52;c;x\x07", "\x01\x08", "\u202egnp.exe", "\u200b\ufeff", "\u2028\u2029",
    "e" + "\u0301" * 20, "漢字テスト", "👩‍👩‍👧‍👦", "\ufffe\uffff", "_x0041_", "{{ 7*7 }}{% x %}", "%s{0}",
    "x" * 400, "字" * 200, "null", "NaN", "-1e999",
)  # fmt: skip


def row(**told: str) -> list[str]:
    """A row of the ledger's own CSV."""
    return [told.get(name, "") for name in NAMES]


def imported(quick: Quick, rows: list[list[str]], path: Path) -> None:
    """Begin a ledger with ``rows``."""
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(NAMES)
        writer.writerows(rows)
    quick("init")
    quick("import", path)


def two_forecasters(quick: Quick, folder: Path) -> None:
    """Forty questions, each forecast by Ann and most by Bo; some void, some late, some overdue, some open."""
    rows = []
    for at in range(40):
        said = SAID[at % 5]
        state = {37: ("", ""), 38: ("2026-03-01T00:00:00Z", "void"), 39: ("2026-03-01T00:00:00Z", "void")}
        settled = state.get(at, ("2026-03-01T00:00:00Z", str(int(at % 7 < 3))))
        about = {
            "question_id": f"q{at}", "title": f"Does {at} happen?", "opened_at": "2026-01-01T00:00:00Z",
            "deadline": f"2026-0{2 + at % 2}-15T00:00:00Z", "resolved_at": settled[0], "outcome": settled[1],
            "tags": f"t{at % 3};all", "source_url": "https://example.org/source",
            "evidence": f"https://example.org/{at}" if settled[1] in {"0", "1"} else "",
        }  # fmt: skip
        hedged = {"term": "likely", "scale": "icd-203", "low": "0.55", "high": "0.8", "hedge": "may well"}
        ann = about | {"forecaster": "Ann", "probability": said, "forecast_at": "2026-01-01T00:00:00Z"}
        rows.append(row(**ann, **(hedged if said == "0.7" else {})))
        if at % 4:
            bo = about | {"forecaster": "Bo", "probability": "0.4", "forecast_at": "2026-01-20T00:00:00Z"}
            rows.append(row(**bo))
    imported(quick, rows, folder / "two.csv")
    quick("add", "Is it open?", "60%", "--by", "2027-01-01", "--key", "later", clock=CLOCK)


def attacking(quick: Quick, folder: Path, texts: list[str]) -> None:
    """A question for each text, which stands wherever a text can; a third is settled."""
    rows = []
    for at, text in enumerate(texts):
        settled = ("2026-03-01T00:00:00Z", str(at // 3 % 2)) if at % 3 == 0 else ("", "")
        about = {
            "question_id": f"k{at}{text[:60]}", "title": f"{text}{at}",
            "forecaster": text.strip()[:150].strip() or f"f{at}",
            "probability": SAID[at % 5], "forecast_at": "2026-01-02T00:00:00Z", "opened_at": "2026-01-01T00:00:00Z",
            "deadline": "2026-04-01T00:00:00Z" if at % 2 else "2026-09-01T00:00:00Z", "resolved_at": settled[0],
            "outcome": settled[1], "tags": text.replace(";", ",").strip()[:80], "criteria": text, "source_url": text,
            "hedge": text, "reason": text, "evidence": text if settled[0] else "", "comment": text,
        }  # fmt: skip
        rows.append(row(**about))
    imported(quick, rows, folder / "attack.csv")
