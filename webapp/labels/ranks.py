"""Priorities of labels on the map page and the map that stands alone: the lower number is placed first."""

RANKS = {
    "zone": 1,
    "site": 2,
    "chief_town": 2.5,
    "large_town": 3.5,
    "water": 5,
    "town": 10,
    "river": 20,
    "region": 30,
    "country": 40,
}
