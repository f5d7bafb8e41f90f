"""The resources of the API by path: the one table that the service and a published folder read."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from layers.errors import UnknownError
from layers.files import json_bytes
from layers.products.media_types import GEOJSON, JSON
from webapp.ogc import documents
from webapp.ogc.openapi import openapi
from webapp.ogc.query import OF_ALL, PARAMETERS, Query
from webapp.ogc.service import Service

ITEMS = "items"
LANDING = ""


@dataclass(frozen=True)
class Resource:
    """A document of the API: its path below the landing page, its media type, its parameters, and its bytes."""

    path: str
    media_type: str
    write: Callable[[Query], bytes]
    parameters: tuple[str, ...] = OF_ALL


_ALONE: dict[str, tuple[str, Callable[[Service], documents.Document]]] = {
    LANDING: (JSON, documents.landing),
    "api": (documents.OPENAPI, openapi),
    "conformance": (JSON, documents.conformance),
    "collections": (JSON, documents.collections),
}


def find_resource(service: Service, path: str) -> Resource:
    """Return a resource by its path below the landing page, which itself has the path ``""``.

    Parameters
    ----------
    service
        Catalogue and URL of the API, with its collections.
    path
        Path without the ending of a format such as ``.json``.

    Raises
    ------
    UnknownError
        If there is no such resource; lists those there are.
    """
    if path in _ALONE:
        media_type, write = _ALONE[path]
        return Resource(path, media_type, lambda _: json_bytes(write(service)))
    first, *below = path.split("/")
    if first != "collections":
        raise UnknownError("document", path, tuple(name for name in _ALONE if name))
    shown = service.collection(below[0])
    match below[1:]:
        case []:
            return Resource(path, JSON, lambda _: json_bytes(documents.collection(service, shown)))
        case ["items"]:
            return Resource(path, GEOJSON, lambda query: documents.items(service, shown, query), PARAMETERS)
        case ["items", feature_id]:
            one = shown.feature(feature_id)
            return Resource(path, GEOJSON, lambda _: documents.feature(service, shown, one))
    raise UnknownError(f"document of {shown.id}", "/".join(below[1:]), (ITEMS,))


def resource_paths(service: Service) -> Iterator[str]:
    """Yield the path of every resource, all features among them; a published folder has a file for each."""
    yield from _ALONE
    for one in service.collections.values():
        yield f"collections/{one.id}"
        yield f"collections/{one.id}/{ITEMS}"
        yield from (f"collections/{one.id}/{ITEMS}/{feature.id}" for feature in one.features)
