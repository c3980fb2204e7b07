"""Dialogs: each asks for a few things and gives one result, or nothing where it was cancelled."""
