"""Tables on the terminal."""

import click


def print_table(rows: list[list[str]]) -> None:
    """Columns side by side; the last one, which may hold wide letters, is not padded."""
    widths = [max(len(row[column]) for row in rows) for column in range(len(rows[0]) - 1)]
    for row in rows:
        cells = [cell.ljust(width) for cell, width in zip(row, widths, strict=False)]
        click.echo("  ".join([*cells, row[-1]]))
