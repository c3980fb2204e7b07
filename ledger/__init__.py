"""Forecast Ledger: forecasts kept with their words, outcomes recorded, scores that can be checked."""

__version__ = "0.1.0"
