"""How records of ``catalog.json`` are written where their form in the file is not their form in memory."""

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Annotated, Any, TypeVar

from pydantic import AfterValidator, Field, SerializerFunctionWrapHandler, WrapSerializer

Value = TypeVar("Value")
Omitted = Annotated[Value, Field(exclude_if=lambda value: not value)]  # not written where there is none
Left = Annotated[Value, Field(exclude=True)]  # never written: known to the process that has read the file


def _listed(values: Mapping[str, Any], write: SerializerFunctionWrapHandler) -> Any:
    return write(tuple(values.values()))


def _by_id(entries: Iterable[Any]) -> dict[str, Any]:
    return {entry.id: entry for entry in entries}


def _by_date(entries: Iterable[Any]) -> dict[str, Any]:
    return {entry.as_of: entry for entry in entries}


if TYPE_CHECKING:
    ById = Mapping[str, Value]
    ByDate = Mapping[str, Value]
else:  # a list in the file
    ById = Annotated[tuple[Value, ...], AfterValidator(_by_id), WrapSerializer(_listed)]
    ByDate = Annotated[tuple[Value, ...], AfterValidator(_by_date), WrapSerializer(_listed)]
