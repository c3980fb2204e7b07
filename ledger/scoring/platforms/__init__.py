"""Scores as forecasting platforms compute them, each named as theirs; ours are in ``ledger.scoring``."""

from ledger.scoring.platforms import (
    fatebook,
    forecastbench,
    good_judgment,
    metaculus_baseline,
    metaculus_boards,
    metaculus_peer,
    metaculus_time,
    predictionbook,
)

__all__ = [
    "fatebook",
    "forecastbench",
    "good_judgment",
    "metaculus_baseline",
    "metaculus_boards",
    "metaculus_peer",
    "metaculus_time",
    "predictionbook",
]
