"""Figures: drawn with matplotlib, without its global state; written as SVG, PNG or PDF, the same bytes each time."""
