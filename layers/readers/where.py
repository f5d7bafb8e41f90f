"""Picking a class of a plain file by ``column=value``."""

from dataclasses import replace
from pathlib import Path

from layers.errors import ControlError
from layers.readers.document import Document

SHOWN = 20


def only(path: Path, document: Document, where: str, plain: bool) -> Document:
    """A document with only the features whose column has a value.

    Raises ControlError ``unknown-class`` where the format has classes of its own, and where there is no such column
    or value: the message lists what there is.
    """
    column, equals, value = (part.strip() for part in where.partition("="))
    if not plain:
        raise _refusal(path, "has classes that are known, which need no --where; leave it away")
    if not equals or not column:
        raise _refusal(path, f"'{where}' is no choice of a class; write it as column=value")
    columns = sorted({key for item in document.items for key in item.properties})
    if column not in columns:
        raise _refusal(path, f"no column '{column}'; there are: {_listed(columns)}")
    values = sorted({str(item.properties.get(column, "")).strip() for item in document.items})
    if value not in values:
        raise _refusal(path, f"no value '{value}' in the column '{column}'; there are: {_listed(values)}")
    chosen = tuple(item for item in document.items if str(item.properties.get(column, "")).strip() == value)
    return replace(document, items=chosen)


def _listed(names: list[str]) -> str:
    shown = ", ".join(name[:40] or "(empty)" for name in names[:SHOWN])
    return f"{shown} and {len(names) - SHOWN} more" if len(names) > SHOWN else shown or "none"


def _refusal(path: Path, message: str) -> ControlError:
    return ControlError("unknown-class", f"{path}: {message}")
