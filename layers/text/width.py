"""How wide text is in a terminal or a table."""

import unicodedata


def columns_of(words: str) -> int:
    """Return how many columns a text takes; Chinese characters take two."""
    return sum(2 if unicodedata.east_asian_width(letter) in {"W", "F"} else 1 for letter in words)
