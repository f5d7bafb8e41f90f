"""The frame of the context layers: land and sea are drawn inside it, sites must lie in it."""

WEST_DEG, SOUTH_DEG, EAST_DEG, NORTH_DEG = 20.0, 41.2, 45.5, 53.85

# What images of other shapes may show beyond it: land drawn coarsely.
ABROAD_WEST_DEG, ABROAD_SOUTH_DEG, ABROAD_EAST_DEG, ABROAD_NORTH_DEG = 4.0, 34.0, 60.0, 62.0
