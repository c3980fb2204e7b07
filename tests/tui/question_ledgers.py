"""Questions with a history, for pictures of them: every kind, all that can happen, and two hundred statements."""

from __future__ import annotations

import random
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

from ledger import clock
from ledger.services.adding import Asked, add
from ledger.services.browse import card
from ledger.services.correcting import correct
from ledger.services.editing import Changes, edit, redact
from ledger.services.opening import opened
from ledger.services.settling import reopen, resolve
from ledger.services.snoozing import snooze
from ledger.services.starting import initialise
from ledger.services.stating import update, withdraw
from ledger.services.values import Stated
from ledger.storage.location import Location

START = datetime(2026, 1, 5, 9, tzinfo=UTC)
SAYS = "Yes if no strike across the line is confirmed by {} of Reuters, AP, AFP and the BBC."
Event = tuple[float, Callable[[Location], object]]
"""The day, counted from the beginning, and what is recorded then."""


def silent(_: str) -> None:
    """Say nothing."""


def said(probability: str) -> Stated:
    """A probability."""
    return Stated(probability=probability)


def options(*pairs: str) -> Stated:
    """``Name=60%`` …"""
    return Stated(options=tuple((one.partition("=")[0], one.partition("=")[2]) for one in pairs))


def quantiles(*pairs: str) -> Stated:
    """``0.5=12`` …"""
    return Stated(quantiles=tuple((one.partition("=")[0], one.partition("=")[2]) for one in pairs))


def histories(path: Path, crowd: int = 200) -> Location:
    """#1 settled with everything, #2 a choice, #3 ordered, #4 a number, #5 nothing said, #6 a crowd's statements."""
    location = Location(path)
    told = [*_questions(), *_story(), *_other_kinds(), *_crowd(crowd)]
    with clock.set_to(START):
        initialise(location, None, silent)
    for day, event in sorted(told, key=lambda one: one[0]):
        with clock.set_to(START + timedelta(days=day)):
            event(location)
    return location


def _question(title: str, by: str, stated: Stated, **more: object) -> Event:
    asked = Asked(title, by, zone="UTC", stated=stated, forecaster="Anna", **more)  # type: ignore[arg-type]
    return 0, lambda location: add(location, asked, silent)


def _questions() -> list[Event]:
    seats, winners = ("none", "one to five", "more"), ("Bauer", "Cohen", "Diaz")
    return [
        _question("Will the ceasefire hold to the end of June?", "2026-06-30", said("70%"), key="ceasefire",
                  criteria=SAYS.format("two"), tags=("war", "truce"), source="https://example.org/report"),
        _question("Who wins the runoff?", "2026-12-13", options("Bauer=50%", "Cohen=30%", "Diaz=20%"), kind="choice",
                  options=winners),
        _question("How many seats change hands?", "2026-12-13", options("none=20%", "one to five=50%", "more=30%"),
                  kind="ordered", options=seats),
        _question("How many observers are sent?", "2026-12-31", quantiles("0.05=100", "0.5=300", "0.95=900"),
                  kind="numeric"),
        _question("Will somebody ask?", "2026-12-31", Stated(), condition="1=yes"),
        _question("Will the crowd be right?", "2026-12-31", said("50%"), key="crowd"),
    ]  # fmt: skip


def _says(day: float, number: int, who: str, stated: Stated, reason: str | None = None) -> Event:
    return day, lambda location: update(location, f"#{number}", stated, silent, forecaster=who, reason=reason)


def _story() -> list[Event]:
    worded = Stated(hedge="there is a real chance", term="roughly even chance", scale="icd-203")
    prolonged = Changes(deadline="2026-07-31", tags=("war",))
    return [
        _says(20, 1, "Ben", worded),
        _says(41, 1, "Anna", said("8%"), "the talks go well"),
        (42, lambda to: correct(to, "#1", said("80%"), "typed 8 for 80", silent, forecaster="Anna")),
        (60, lambda to: edit(to, "#1", Changes(criteria=SAYS.format("three")), "two agencies share a desk", silent)),
        (61, lambda to: withdraw(to, "#1", silent, forecaster="Ben", reason="joined the mission")),
        (80, lambda to: edit(to, "#1", prolonged, "the truce was prolonged", silent)),
        _says(120, 1, "Anna", said("90%")),
        _says(121, 1, "Cleo", said("60%"), "a name to forget"),
        (122, lambda to: redact(to, _entry_of(to, "Cleo"), "she asked for it", silent)),
        (210, lambda to: snooze(to, "#1", "2026-08-20", "the report is not out", silent, zone="UTC")),
        (230, lambda to: resolve(to, "#1", "no", silent, known_at="2026-07-20", zone="UTC",
                                 evidence="https://example.org/strike")),
        (231, lambda to: reopen(to, "#1", "the report was withdrawn", silent)),
        (240, lambda to: resolve(to, "#1", "yes", silent, known_at="2026-07-31", zone="UTC", note="all three say so")),
        _says(241, 1, "Ben", said("99%")),
    ]  # fmt: skip


def _entry_of(location: Location, forecaster: str) -> str:
    with opened(location) as book:
        return next(f"entry:{one.entry}" for one in card(book, "#1").statements if one.forecaster == forecaster)


def _other_kinds() -> list[Event]:
    told: list[Event] = []
    for at, (first, second, third) in enumerate(((40, 40, 20), (35, 55, 10), (20, 70, 10)), 1):
        middle = 300 + 40 * at
        told += [
            _says(60 * at, 2, "Anna", options(f"Bauer={first}%", f"Cohen={second}%", f"Diaz={third}%")),
            _says(50 * at, 3, "Ben", options(f"none={third}%", f"one to five={second}%", f"more={first}%")),
            _says(70 * at, 4, "Anna", quantiles(
                f"0.05={middle - 150 + 20 * at}", f"0.5={middle}", f"0.95={900 - 120 * at}")),
        ]  # fmt: skip
    return [*told, _says(150, 4, "Ben", quantiles("0.1=600", "0.5=700", "0.9=800"))]


def _crowd(statements: int) -> list[Event]:
    chance = random.Random(7)
    return [
        _says(1 + at * 300 / statements, 6, f"Voice {1 + at % 29}", said(f"{chance.randint(3, 97)}%"))
        for at in range(1, statements)
    ]
