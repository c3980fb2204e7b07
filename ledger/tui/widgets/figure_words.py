"""What each figure of a card says, and its formula in words."""

from __future__ import annotations

from collections.abc import Mapping

EXPLAINED: Mapping[str, str] = {
    "brier": (
        "How far the forecasts were from what happened: the mean of (probability − outcome)², the outcome being 1 "
        "where it happened and 0 where it did not. Lower is better. In the form 0–1 a perfect record has 0, and "
        "always saying 50 % has 0.25; the original form 0–2 adds up both sides, yes and no, and is twice that."
    ),
    "brier_interval": (
        "Where the Brier score would lie in 95 of 100 records like this one: questions are drawn again with "
        "replacement, 1,000 times, and the middle 95 % of the scores are taken. All that was said on a question is "
        "drawn together, as it shares one outcome."
    ),
    "range": (
        "A hedge such as “unlikely” is a range and not a number. The least and the greatest Brier score "
        "that the ranges allow: each forecast at the end nearest to what happened, and at the end farthest from it."
    ),
    "skill_score": (
        "1 − Brier ÷ uncertainty: how much better than always saying the base rate of these very questions. "
        "1 is perfect, 0 is no better than the base rate, and below 0 is worse. Higher is better."
    ),
    "miscalibration": (
        "What the score would gain if every stretch of forecasts were replaced by how often it happened (CORP: the "
        "rising step curve that fits best). Lower is better; Brier = miscalibration − discrimination + uncertainty."
    ),
    "discrimination": (
        "How well the forecasts tell what happens from what does not, once they are recalibrated: uncertainty minus "
        "the score of the recalibrated forecasts. Higher is better; 0 says nothing that the base rate does not say."
    ),
    "uncertainty": (
        "Base rate × (1 − base rate): the score of always saying the base rate. It tells how hard the "
        "questions were, whoever forecasts them, and is greatest at 50 %."
    ),
    "log_score": (
        "The mean of −ln(the probability given to what happened), in nats. Lower is better, 0.693 is always 50 %. "
        "One forecast of 0 % for what happened, or 100 % for what did not, makes it infinite."
    ),
    "coverage": (
        "How much of the questions' scheduled life, from their opening to their deadline, a forecast stood. "
        "The time-average policy weighs each statement by the time it stood."
    ),
    "base_rate": "How often what was forecast happened, weighted as the score is.",
    "n": (
        "How many units are scored: a unit is one forecaster on one question. Under the policy “all” it "
        "counts every statement."
    ),
    "ece": (
        "The calibration error over the bins of the diagram: the distance of what was said from how often it "
        "happened, averaged over the forecasts. Lower is better; it depends on the bins."
    ),
    "mce": "The largest distance of what was said from how often it happened, among the bins of the diagram.",
    "cox_intercept": (
        "A logistic regression of what happened on the log odds of what was said: 0 is calibrated; above 0 more "
        "happened than was said."
    ),
    "cox_slope": (
        "The slope of the same regression: 1 is calibrated, below 1 is overconfident, above 1 is too cautious."
    ),
    "spiegelhalter_p": (
        "Spiegelhalter's test: the chance of a Brier score as far from what calibrated forecasts expect as this one. "
        "Small, such as below 0.05, speaks against calibration. It needs independent rows."
    ),
    "auc": (
        "The chance that a question that happened was given a higher probability than one that did not. 0.5 is "
        "guessing, 1 is perfect. Higher is better."
    ),
    "right_side": "The share of forecasts on the right side of 50 %, those at 50 % counting half. Higher is better.",
    "truncated_score": (
        "For fewer than ten units: weight times score, divided by units, so that time without a forecast counts as "
        "0. Read it beside coverage."
    ),
}
