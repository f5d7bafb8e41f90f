"""How wide words are in a terminal or a table."""

import unicodedata


def columns_of(words: str) -> int:
    """How many columns words take; Chinese letters take two."""
    return sum(2 if unicodedata.east_asian_width(letter) in {"W", "F"} else 1 for letter in words)
