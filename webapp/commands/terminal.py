"""Tables on the terminal, and as files for other programs."""

import sys
from pathlib import Path

import click

from layers.products.registry import PRODUCTS
from layers.text.width import columns_of

TABLES = {row.ending[1:]: row for row in PRODUCTS.values() if row.folder == "areas"}  # by the form of the table
ENDINGS = tuple(f".{form}" for form in TABLES)


def table_form(form: str, output: Path | None) -> str:
    """Return the format of a table: by the ending of the file to write, else as given.

    Parameters
    ----------
    form
        Format of the option: ``table``, ``csv``, ``json`` or ``xlsx``.
    output
        File to write; None for stdout.

    Raises
    ------
    UsageError
        For an ending that is none of a table or differs from the format, and for a spreadsheet on a terminal.
    """
    if output is None:
        if form == "xlsx" and sys.stdout.isatty():
            raise click.UsageError("XLSX is not for terminals; name a file with -o")
        return form
    ending = output.suffix.lower()
    if ending not in ENDINGS or form not in ("table", ending[1:]):
        named = f".{form}" if form in TABLES else ", ".join(ENDINGS)
        raise click.UsageError(f"{output}: name the file with {named}")
    return ending[1:]


def give_table(content: bytes, output: Path | None) -> None:
    """Write a table to a file, or to stdout.

    Parameters
    ----------
    content
        Bytes of the table.
    output
        File to write; None for stdout.

    Raises
    ------
    WritingError
        If the file cannot be written.
    """
    from layers.files import write_bytes

    if output is None:
        click.echo(content, nl=False)
    else:
        write_bytes(output, content)


def print_table(rows: list[list[str]]) -> None:
    """Columns side by side; the last one is not padded."""
    widths = [max(columns_of(row[column]) for row in rows) for column in range(len(rows[0]) - 1)]
    for row in rows:
        cells = [cell + " " * (width - columns_of(cell)) for cell, width in zip(row, widths, strict=False)]
        click.echo("  ".join([*cells, row[-1]]))
