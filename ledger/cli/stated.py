"""Options that say a forecast's value, gathered into one argument ``stated``."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import wraps
from typing import Any

import click

_VALUES = (
    click.option("--option", "options", metavar='"NAME=60%"', multiple=True, help="One option and its probability."),
    click.option("--quantile", "quantiles", metavar="LEVEL=VALUE", multiple=True, help="One quantile of a number."),
)
_WORDS = (
    click.option("--hedge", metavar="WORDS", help='The words of a verbal forecast, such as "might well".'),
    click.option("--term", metavar="TERM", help="The term of a scale that the words are read as."),
    click.option("--scale", metavar="NAME", help="The scale: icd-203, kent, ipcc-ar5, efsa, new-zealand."),
    click.option("--range", "range_", metavar="LOW-HIGH", help="A range given outright, such as 20-40%."),
)
_NUMBER = re.compile(r"[+-]?\.?[0-9]")


def stated_options(*, words: bool, defines: bool = False) -> Callable[[Callable[..., Any]], Callable[..., Any]]:
    """Add the options of a value; with ``words`` those of a verbal one.

    The command gets ``stated``, and where it ``defines`` a question also ``names``, those of the options.
    """

    def decorated(function: Callable[..., Any]) -> Callable[..., Any]:
        @wraps(function)
        def gathered(*args: Any, **given: Any) -> Any:
            from ledger.services.values import Stated

            refuse_empty(given["probability"])
            told = [option_told(one, needs_value=not defines) for one in given.pop("options")]
            stated = Stated(
                given.pop("probability"),
                tuple((name, value) for name, value in told if value is not None),
                tuple(quantile_told(one) for one in given.pop("quantiles")),
                *(given.pop(name, None) for name in ("hedge", "term", "scale", "range_")),
            )
            if defines:
                given["names"] = tuple(name for name, _ in told)
            return function(*args, stated=stated, **given)

        for option in reversed(_VALUES + (_WORDS if words else ())):
            option(gathered)
        return gathered

    return decorated


def refuse_empty(probability: str | None) -> None:
    """Refuse a probability that is there and empty, as from a shell variable that is not set."""
    from ledger.domain.probability import parse_probability

    if probability is not None and not probability.strip():
        parse_probability(probability)


def option_told(told: str, *, needs_value: bool) -> tuple[str, str | None]:
    """``Name=60%`` in two; where a value may lack, a name that has an ``=`` and no number after it is whole."""
    from ledger.domain.text import quoted
    from ledger.errors import InputError

    name, sign, value = told.rpartition("=")
    if sign and (needs_value or _NUMBER.match(value.strip())):
        return name.strip(), value.strip()
    if needs_value:
        raise InputError(f'--option {quoted(told)}: write the option and its probability, such as --option "Name=60%"')
    return told.strip(), None


def quantile_told(told: str) -> tuple[str, str]:
    """``0.05=10`` in two."""
    from ledger.domain.text import quoted
    from ledger.errors import InputError

    level, sign, value = told.partition("=")
    if not sign:
        raise InputError(f"--quantile {quoted(told)}: write the level and the value, such as --quantile 0.05=10")
    return level.strip(), value.strip()
