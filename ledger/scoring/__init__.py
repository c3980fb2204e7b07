"""Forecast scoring: rules, decomposition, calibration, resampling and comparison, from the tally. Knows no database.

Usable by itself: ``from ledger import scoring``. Start with ``Tally.count(forecast=..., outcome=...).card()``, or with
a rule such as ``brier_score(forecast=..., outcome=...)``. Scores are losses, taken by keyword; a figure that is not
defined is ``None`` with its reason. ``scoring.platforms`` has the scores that forecasting sites compute, as theirs.
"""

from ledger.scoring import platforms
from ledger.scoring.advice import Advice, advise
from ledger.scoring.bands import CorpCurve, McbTest, corp_curve, mcb_test
from ledger.scoring.bias_correction import Corrected, bias_corrected, specs_verification
from ledger.scoring.bins import bin_edges, bin_points
from ledger.scoring.calibration_error import CalibrationError, calibration_error
from ledger.scoring.calibration_tests import CalibrationTest, hosmer_lemeshow, spiegelhalter, u_test
from ledger.scoring.card import Card
from ledger.scoring.comparison import Comparison, Paired, SignTest, bootstrap_mean, compare, pair_by_question, sign_test
from ledger.scoring.consistency_bars import ConsistencyBars, consistency_bars
from ledger.scoring.cox import Cox, cox
from ledger.scoring.decomposition import Corp, Rule, Yates, corp, yates
from ledger.scoring.diebold_mariano import DieboldMariano, diebold_mariano
from ledger.scoring.discrimination import Discrimination, discrimination
from ledger.scoring.e_values import EValues, compare_by_betting
from ledger.scoring.independence import why_dependent
from ledger.scoring.intervals import jeffreys_interval, wilson_interval
from ledger.scoring.isotonic import isotonic_fit
from ledger.scoring.mean_score import MeanScore, mean_score
from ledger.scoring.meanings import Meaning, word_meanings
from ledger.scoring.murphy import Murphy, murphy
from ledger.scoring.murphy_diagram import murphy_diagram
from ledger.scoring.points import PARTS, Points
from ledger.scoring.poisson import Replicates, poisson_replicates
from ledger.scoring.references import Skill, base_rate, base_rate_skill, constant_skill, skill_score
from ledger.scoring.reliability import Reliability, ReliabilityPoint, reliability
from ledger.scoring.resampled_figures import resample_statistic
from ledger.scoring.resampling import Resampled, resample
from ledger.scoring.rules import brier_score, elementary_score, log_score, ranked_probability_score, spherical_score
from ledger.scoring.rules_interval import central_interval, coverage, interval_score
from ledger.scoring.rules_numeric import crps, pinball_score, weighted_interval_score
from ledger.scoring.smooth_error import SmoothError, smooth_calibration_error
from ledger.scoring.standing import Standing, crowd_at, crowd_over_time
from ledger.scoring.tally import Tally
from ledger.scoring.time_average import TimeAverage, UnitScores, time_average, unit_scores
from ledger.scoring.watching import Watch, watch, watch_stream
from ledger.scoring.why import StatementPart, Why, why_this_score
from ledger.scoring.words import partition_score, score_range, term_of, voronoi_weights

__all__ = [
    "PARTS",
    "Advice",
    "CalibrationError",
    "CalibrationTest",
    "Card",
    "Comparison",
    "ConsistencyBars",
    "Corp",
    "CorpCurve",
    "Corrected",
    "Cox",
    "DieboldMariano",
    "Discrimination",
    "EValues",
    "McbTest",
    "MeanScore",
    "Meaning",
    "Murphy",
    "Paired",
    "Points",
    "Reliability",
    "ReliabilityPoint",
    "Replicates",
    "Resampled",
    "Rule",
    "SignTest",
    "Skill",
    "SmoothError",
    "Standing",
    "StatementPart",
    "Tally",
    "TimeAverage",
    "UnitScores",
    "Watch",
    "Why",
    "Yates",
    "advise",
    "base_rate",
    "base_rate_skill",
    "bias_corrected",
    "bin_edges",
    "bin_points",
    "bootstrap_mean",
    "brier_score",
    "calibration_error",
    "central_interval",
    "compare",
    "compare_by_betting",
    "consistency_bars",
    "constant_skill",
    "corp",
    "corp_curve",
    "coverage",
    "cox",
    "crowd_at",
    "crowd_over_time",
    "crps",
    "diebold_mariano",
    "discrimination",
    "elementary_score",
    "hosmer_lemeshow",
    "interval_score",
    "isotonic_fit",
    "jeffreys_interval",
    "log_score",
    "mcb_test",
    "mean_score",
    "murphy",
    "murphy_diagram",
    "pair_by_question",
    "partition_score",
    "pinball_score",
    "platforms",
    "poisson_replicates",
    "ranked_probability_score",
    "reliability",
    "resample",
    "resample_statistic",
    "score_range",
    "sign_test",
    "skill_score",
    "smooth_calibration_error",
    "specs_verification",
    "spherical_score",
    "spiegelhalter",
    "term_of",
    "time_average",
    "u_test",
    "unit_scores",
    "voronoi_weights",
    "watch",
    "watch_stream",
    "weighted_interval_score",
    "why_dependent",
    "why_this_score",
    "wilson_interval",
    "word_meanings",
    "yates",
]
