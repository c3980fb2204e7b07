"""A record as a report: one model of it, and the forms in which it is written and drawn."""
