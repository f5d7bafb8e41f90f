"""Picking classes of a plain file by ``column=value``."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from layers.errors import ControlError
from layers.findings import some_of
from layers.readers.document import Document, Item

SHOWN = 20
BETWEEN = "|"
EVERY = "*"


def only(path: Path, document: Document, where: str, plain: bool) -> Document:
    """Return a document with only the features whose column has a value.

    Parameters
    ----------
    path
        Path of the file, for error messages.
    document
        The parsed file: its features, and the CRS and dates that it states.
    where
        One condition ``COLUMN=VALUE`` per line, all of which have to be met. Several values are separated by ``|``,
        ``*`` is any value; a folder is given by its path or one part of it.
    plain
        Whether the format has no classes of its own; else ``where`` is refused.

    Raises
    ------
    ControlError
        ``unknown-class`` if the format has classes of its own, or if there is no such column or value; the message
        lists those that exist.
    """
    if not plain:
        raise _refusal(path, "has classes that are known, which need no --where; leave it away")
    for choice in where.splitlines():
        document = _chosen(path, document, choice)
    return document


def columns_of(where: str | None) -> frozenset[str]:
    """The columns by which a choice is made."""
    return frozenset(choice.partition("=")[0].strip() for choice in (where or "").splitlines())


def named(where: str) -> str:
    """A choice in one line."""
    return " and ".join(where.splitlines())


def _chosen(path: Path, document: Document, where: str) -> Document:
    column, equals, value = (part.strip() for part in where.partition("="))
    if not equals or not column:
        raise _refusal(path, f"'{where}' is no choice of a class; write it as column=value")
    columns = sorted({key for item in document.items for key in item.properties})
    if column not in columns:
        raise _refusal(path, f"no column '{column}'; there are: {_listed(columns)}")
    if value == EVERY:
        return document
    values = {_value(item, column) for item in document.items}
    fitting: set[str] = set()
    for one in [value] if value in values else [part.strip() for part in value.split(BETWEEN)]:
        fits = _fitting(one, column, values)
        if not fits:
            raise _refusal(path, f"no value '{one}' in the column '{column}'; there are: {_listed(sorted(values))}")
        fitting |= fits
    return replace(document, items=tuple(item for item in document.items if _value(item, column) in fitting))


def _fitting(value: str, column: str, values: set[str]) -> set[str]:
    """The values that are meant by one: itself, a folder that it is a part of, or one in other capitals."""
    meant: tuple[Callable[[str], bool], ...] = (
        lambda other: other == value,
        lambda other: column == "folder" and value in other.split("/"),
        lambda other: other.casefold() == value.casefold(),
    )
    return next((fits for test in meant if (fits := set(filter(test, values)))), set())


def _value(item: Item, column: str) -> str:
    return str(item.properties.get(column, "")).strip()


def _listed(names: list[str]) -> str:
    return some_of([name[:40] or "(empty)" for name in names], SHOWN) or "none"


def _refusal(path: Path, message: str) -> ControlError:
    return ControlError("unknown-class", f"{path}: {message}")
