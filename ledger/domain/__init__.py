"""What a forecast is: kinds, statements, hedges, resolutions, conditions, timing. Standard library only."""
