"""How a score is taken: options that several commands share."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import click

POLICIES = ("time-average", "last", "first", "all")
RULES = ("brier", "brier-original", "log", "spherical")
DECOMPOSITIONS = ("corp", "murphy", "bins", "bias-corrected", "yates")

policy_option = click.option(
    "--policy", type=click.Choice(POLICIES), default=POLICIES[0], show_default=True, help="What counts."
)
rule_option = click.option(
    "--rule", type=click.Choice(RULES), default=RULES[0], show_default=True, help="What scores; all are losses."
)
_MEASURES = (
    rule_option,
    click.option(
        "--reference", metavar="WHAT", default="base-rate", show_default=True,
        help="What skill is against: base-rate, a constant (30%), forecaster:NAME, crowd-median, crowd-mean.",
    ),
    click.option(
        "--decomposition", type=click.Choice(DECOMPOSITIONS), default=DECOMPOSITIONS[0], show_default=True,
        help="What the score is made of.",
    ),
    click.option("--bins", metavar="HOW", help="Bins of forecasts: exact, width:10 or mass:10; a number is of width."),
)  # fmt: skip


def measure_options(function: Callable[..., Any]) -> Callable[..., Any]:
    """Add ``--rule``, ``--reference``, ``--decomposition`` and ``--bins``."""
    for option in reversed(_MEASURES):
        option(function)
    return function
