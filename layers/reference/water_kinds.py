"""The kinds of the hydrography: rivers as lines, standing water and the beds of drained reservoirs as areas."""

RIVER = "river"
STANDING = ("lagoon", "lake", "reservoir")
DRAINED = "reservoir-bed"
