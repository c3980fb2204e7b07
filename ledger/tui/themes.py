"""Two themes of our own, ink on paper and paper on ink; their pairs of colours are tested against WCAG AA."""

from __future__ import annotations

from textual.theme import Theme

DARK, LIGHT = "ledger-dark", "ledger-light"

THEMES = (
    Theme(
        name=DARK,
        primary="#7fb4e6",
        secondary="#b7a3e0",
        accent="#e8b563",
        warning="#e8b563",
        error="#f08a8a",
        success="#8fce8f",
        foreground="#e4e4e0",
        background="#14171c",
        surface="#1a1e25",
        panel="#262c36",
        dark=True,
        variables={
            "quiet": "#9aa3ad", "due": "#e8b563", "cursor": "#2f4763", "cursor-text": "#ffffff", "track": "#5b6570",
            "input-selection-background": "#3d5a80", "border": "#4a5462", "border-blurred": "#363d48",
            "scrollbar": "#4a5462", "scrollbar-hover": "#5b6570", "scrollbar-active": "#7fb4e6",
            "scrollbar-background": "#1a1e25", "scrollbar-background-hover": "#1a1e25",
            "scrollbar-background-active": "#1a1e25", "scrollbar-corner-color": "#1a1e25",
        },
    ),
    Theme(
        name=LIGHT,
        primary="#1f5a94",
        secondary="#5d3f9c",
        accent="#8a5200",
        warning="#8a5200",
        error="#a32020",
        success="#1f6b2c",
        foreground="#1c1f23",
        background="#fbfaf7",
        surface="#f3f1ec",
        panel="#e6e3dc",
        dark=False,
        variables={
            "quiet": "#565d65", "due": "#8a5200", "cursor": "#cfe0f2", "cursor-text": "#10151b", "track": "#8d949c",
            "input-selection-background": "#b9d3ee", "border": "#a8a49a", "border-blurred": "#c9c5bb",
            "scrollbar": "#a8a49a", "scrollbar-hover": "#8d949c", "scrollbar-active": "#1f5a94",
            "scrollbar-background": "#e6e3dc", "scrollbar-background-hover": "#e6e3dc",
            "scrollbar-background-active": "#e6e3dc", "scrollbar-corner-color": "#e6e3dc",
        },
    ),
)  # fmt: skip
