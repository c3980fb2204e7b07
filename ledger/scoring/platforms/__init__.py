"""Scores as forecasting platforms compute them, each named as theirs; ours are in ``ledger.scoring``."""

from ledger.scoring.platforms.fatebook import FatebookScore, combine_options, fatebook_scores
from ledger.scoring.platforms.forecastbench import Adjusted, brier_index, difficulty_adjusted, mean_difference
from ledger.scoring.platforms.good_judgment import (
    Accuracy,
    DailyForecasts,
    accuracy_scores,
    daily_forecasts,
    ordered_score,
)
from ledger.scoring.platforms.metaculus_baseline import (
    CLIP,
    baseline_score,
    choice_baseline_score,
    choice_probability,
    continuous_baseline_score,
)
from ledger.scoring.platforms.metaculus_boards import (
    global_peer,
    legacy_average,
    recency_weights,
    tournament_take,
    weighted_median,
)
from ledger.scoring.platforms.metaculus_peer import (
    geometric_mean,
    log_probability,
    peer_of_logs,
    peer_score,
    relative_score,
)
from ledger.scoring.platforms.metaculus_time import OverTime, baseline_over_time, peer_over_time
from ledger.scoring.platforms.predictionbook import PredictionBookScore, cleodora_score, predictionbook_score

__all__ = [
    "CLIP",
    "Accuracy",
    "Adjusted",
    "DailyForecasts",
    "FatebookScore",
    "OverTime",
    "PredictionBookScore",
    "accuracy_scores",
    "baseline_over_time",
    "baseline_score",
    "brier_index",
    "choice_baseline_score",
    "choice_probability",
    "cleodora_score",
    "combine_options",
    "continuous_baseline_score",
    "daily_forecasts",
    "difficulty_adjusted",
    "fatebook_scores",
    "geometric_mean",
    "global_peer",
    "legacy_average",
    "log_probability",
    "mean_difference",
    "ordered_score",
    "peer_of_logs",
    "peer_over_time",
    "peer_score",
    "predictionbook_score",
    "recency_weights",
    "relative_score",
    "tournament_take",
    "weighted_median",
]
