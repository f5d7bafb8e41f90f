"""Coordinate reference systems and axes of the files that are read."""
