"""The one table of priorities of labels, for the map page, the map that stands alone and images: lower goes first."""

RANKS = {"zone": 1, "site": 2, "large_town": 3, "water": 5, "town": 10, "river": 20, "region": 30, "country": 40}
