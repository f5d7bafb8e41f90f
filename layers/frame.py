"""The frame of the context layers: land and sea are drawn inside it, sites must lie in it."""

WEST_DEG, SOUTH_DEG, EAST_DEG, NORTH_DEG = 20.0, 41.2, 45.5, 53.85
