"""Scores as forecasting platforms compute them, each named as theirs; ours are in ``ledger.scoring``."""
