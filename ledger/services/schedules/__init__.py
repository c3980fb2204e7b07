"""Schedules: the computer's own timer runs ``forecast remind``; one module for each kind of timer."""
