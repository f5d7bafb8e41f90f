"""Tables on the terminal."""

import unicodedata

import click


def print_table(rows: list[list[str]]) -> None:
    """Columns side by side; the last one is not padded."""
    widths = [max(_columns(row[column]) for row in rows) for column in range(len(rows[0]) - 1)]
    for row in rows:
        cells = [cell + " " * (width - _columns(cell)) for cell, width in zip(row, widths, strict=False)]
        click.echo("  ".join([*cells, row[-1]]))


def _columns(words: str) -> int:
    """How many columns words take in a terminal; Chinese letters take two."""
    return sum(2 if unicodedata.east_asian_width(letter) in {"W", "F"} else 1 for letter in words)
