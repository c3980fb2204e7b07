"""Draws ``docs/forecast.svg``: what the real program prints of the shipped article's ledger, some of it settled.

``python docs/picture.py`` writes the picture; with ``--check`` it only compares, and fails where they differ.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from html import escape
from pathlib import Path

HERE = Path(__file__).parent
FORECAST = Path(sys.executable).with_name("forecast")
CLOCK = "2026-02-01T09:00:00Z"
SETTLED = {
    "front-collapses": "no",
    "cuban-like-crisis": "no",
    "russia-maximum-victory": "no",
    "poland-commits-troops": "no",
    "us-joins-mission": "no",
    "israel-or-iran-strikes": "yes",
}
"""Outcomes made up for the picture, so that every part of a score has something to show."""

CHARACTER, LINE, MARGIN = 8.4, 18, 16
COLOURS = {"1": "font-weight:bold", "2": "opacity:.7", "31": "fill:#e06c75", "32": "fill:#98c379", "33": "fill:#e5c07b",
           "34": "fill:#61afef", "35": "fill:#c678dd", "36": "fill:#56b6c2"}  # fmt: skip


def main() -> int:
    """Draw or compare; the exit status."""
    with tempfile.TemporaryDirectory() as folder:
        picture = drawn(session(Path(folder) / "ledger.db"))
    target = HERE / "forecast.svg"
    if "--check" in sys.argv:
        same = target.read_text(encoding="utf-8") == picture
        sys.stdout.write("the picture is current\n" if same else "the picture is stale: run python docs/picture.py\n")
        return 0 if same else 1
    target.write_text(picture, encoding="utf-8")
    return 0


def session(ledger: Path) -> list[str]:
    """The lines of a short session with the real program."""
    run(ledger, "init", "--seed", "korybko-2024-11-11")
    for key, outcome in SETTLED.items():
        run(ledger, "resolve", key, outcome)
    lines: list[str] = []
    for command in (["due"], ["score", "--by", "term"]):
        lines += [f"\x1b[1m$ forecast {' '.join(command)}\x1b[0m", *run(ledger, *command).splitlines(), ""]
    return lines[:-1]


def run(ledger: Path, *arguments: str) -> str:
    """What the program prints, in colour, 110 columns wide."""
    told = {"FORECAST_LEDGER": str(ledger), "FORECAST_CLOCK": CLOCK, "FORECAST_ZONE": "UTC", "FORCE_COLOR": "1",
            "COLUMNS": "110", "PATH": os.environ["PATH"]}  # fmt: skip
    done = subprocess.run([FORECAST, *arguments], env=told, capture_output=True, text=True, check=True)  # noqa: S603
    return done.stdout


def drawn(lines: list[str]) -> str:
    """An SVG of terminal lines."""
    width = round(2 * MARGIN + CHARACTER * max(len(plain(line)) for line in lines))
    height = 2 * MARGIN + LINE * len(lines)
    rows = "\n".join(
        f'<text x="{MARGIN}" y="{MARGIN + LINE * at + 13}" xml:space="preserve">{spans(line)}</text>'
        for at, line in enumerate(lines)
    )
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" role="img" '
        'aria-label="A terminal: what is due, and the score of the article by term">\n'
        f'<rect width="{width}" height="{height}" rx="8" fill="#1e222a"/>\n'
        '<g fill="#d7dae0" font-family="ui-monospace, SFMono-Regular, Menlo, Consolas, monospace" font-size="14">\n'
        f"{rows}\n</g>\n</svg>\n"
    )


def plain(line: str) -> str:
    """A line without its colours."""
    return "".join(part.partition("m")[2] if at else part for at, part in enumerate(line.split("\x1b[")))


def spans(line: str) -> str:
    """A line's parts, each in its colour, and each at its own column so that no font shifts it."""
    parts, column, style = [], 0, ""
    for at, part in enumerate(line.split("\x1b[")):
        codes, text = part.split("m", 1) if at else ("", part)
        if at:
            style = ";".join(COLOURS[code] for code in codes.split(";") if code in COLOURS)
        if text:
            shown = f' style="{style}"' if style else ""
            parts.append(f'<tspan x="{MARGIN + CHARACTER * column:.1f}"{shown}>{escape(text)}</tspan>')
        column += len(text)
    return "".join(parts)


if __name__ == "__main__":
    raise SystemExit(main())
