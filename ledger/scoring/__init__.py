"""Scores from the tally: rules, decomposition, calibration, resampling. Knows no database."""
