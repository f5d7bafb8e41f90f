"""The API as an OpenAPI 3.0 document, which programs read for page sizes and filters."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from layers.products.media_types import GEOJSON, JSON
from webapp.ogc import documents
from webapp.ogc.query import CHOOSING, FILTERS, FORM, FORMS, LIMIT, MOST, OF_ALL, PAGING
from webapp.ogc.schemas import SCHEMAS
from webapp.ogc.service import Collection, Service

Parameters = Sequence[Mapping[str, Any]]

PROBLEM = "application/problem+json"
_DAY = r"(?!0000)\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])"
_TIME = r"([01]\d|2[0-3]):[0-5]\d:[0-5]\d(\.\d+)?([Zz]|[+-]([01]\d|2[0-3]):[0-5]\d)"
_MOMENT = rf"{_DAY}(T|[Tt]{_TIME})?"
_NUMBERS = {"type": "array", "items": {"type": "number"}}

_SAID: dict[str, tuple[str, dict[str, Any]]] = {
    "limit": (
        f"Features of a page; more than {MOST} are taken as {MOST}.",
        {"type": "integer", "minimum": 1, "maximum": MOST, "default": LIMIT},
    ),
    "offset": ("Features to leave out before the first one.", {"type": "integer", "minimum": 0, "default": 0}),
    "bbox": (
        "Features with a place in this box: west, south, east, north in degrees; with heights, which are ignored.",
        {**_NUMBERS, "oneOf": [{"minItems": sides, "maxItems": sides} for sides in (4, 6)]},
    ),
    "datetime": (
        "Features on the control maps of a day, or of days between two, which may be open (`..`).",
        {"type": "string", "pattern": rf"^({_MOMENT}|{_MOMENT}/(\.\.)?|(\.\.)?/{_MOMENT}|{_MOMENT}/{_MOMENT})$"},
    ),
    "zone": ("The id of the zone, the same on all dates.", {"type": "string"}),
    "clause": ("The clause, such as `21d`.", {"type": "string"}),
    "oblast": ("The oblast by its code (ISO 3166-2), such as `UA-14`.", {"type": "string"}),
    FORM: ("JSON, or a page; without it what `Accept` says.", {"type": "string", "enum": list(FORMS)}),
    "held_by": ("Who holds the zone on the date.", {"type": "string"}),
    "recognition_mode": ("How Russian control would be recognised.", {"type": "string"}),
}


def openapi(service: Service) -> dict[str, Any]:
    """The OpenAPI document, with a path for each collection; without filters where the API is a folder of files."""
    return {
        "openapi": "3.0.3",
        "info": {
            "title": documents.TITLE,
            "description": documents.ABOUT,
            "version": service.catalogue.data_version,
            "license": {"name": service.catalogue.licence},
        },
        "servers": [{"url": service.root}],
        "paths": dict(_paths(service)),
        "components": {
            "parameters": {name: _parameter(name) for name in _listed(service)},
            "responses": {name: _problem(words) for name, words in _PROBLEMS.items()},
            "schemas": SCHEMAS,
        },
    }


REFUSALS, NOT_FOUND = {"400": "Invalid", "414": "TooLong"}, {"404": "NotFound"}
_PROBLEMS = {
    "Invalid": "A parameter that does not exist or has a value that it cannot have; the problem lists what there is.",
    "NotFound": "No such feature; the problem lists what there is.",
    "TooLong": "An address that is too long; the problem says how long it may be.",
}


def _listed(service: Service) -> tuple[str, ...]:
    """The parameters of features, those of every document last."""
    return (*PAGING, *CHOOSING, *((*FILTERS, *OF_ALL) if service.filters else ()))


def _parameter(name: str) -> Mapping[str, Any]:
    words, schema = _SAID[name]
    exploded = {"style": "form", "explode": False} if name == "bbox" else {}
    return {"name": name, "in": "query", "description": words, "required": False, "schema": schema, **exploded}


def _problem(words: str) -> Mapping[str, Any]:
    return {"description": words, "content": {PROBLEM: {"schema": _schema("problem")}}}


def _schema(name: str) -> Mapping[str, str]:
    return {"$ref": f"#/components/schemas/{name}"}


def _paths(service: Service) -> Iterator[tuple[str, Mapping[str, Any]]]:
    of_features = [_shared(name) for name in _listed(service)]
    of_all = [_shared(name) for name in OF_ALL if service.filters]
    yield "/", _get("landing", "The landing page", JSON, "landing", of_all)
    yield "/conformance", _get("conformance", "Conformance classes", JSON, "conformance", of_all)
    yield "/api", _get("api", "This document", documents.OPENAPI, "openapi", of_all)
    yield "/collections", _get("collections", "All collections", JSON, "collections", of_all)
    for one in service.collections.values():
        yield from _collection_paths(one, of_features, of_all)


def _shared(name: str) -> Mapping[str, Any]:
    return {"$ref": f"#/components/parameters/{name}"}


def _collection_paths(
    shown: Collection, of_features: Parameters, of_all: Parameters
) -> Iterator[tuple[str, Mapping[str, Any]]]:
    path, name, words = f"/collections/{shown.id}", shown.id, shown.title
    feature_id = {"name": "featureId", "in": "path", "required": True, "schema": {"type": "string"}}
    yield path, _get(name, f"{words}: the collection", JSON, "collection", of_all)
    yield f"{path}/items", _get(f"{name}_items", f"{words}: features", GEOJSON, "features", of_features)
    one = _get(f"{name}_feature", f"{words}: a feature", GEOJSON, "feature", [feature_id, *of_all])
    yield f"{path}/items/{{featureId}}", one


def _get(name: str, words: str, media_type: str, schema: str, parameters: Parameters) -> Mapping[str, Any]:
    """An operation: its id, what it gives, in which media type and by which schema, and its parameters."""
    answers = {media_type: {"schema": _schema(schema)}, documents.HTML: {"schema": {"type": "string"}}}
    refusals = {**REFUSALS, **(NOT_FOUND if schema == "feature" else {})}
    return {
        "get": {
            "operationId": name,
            "summary": words,
            "parameters": parameters,
            "responses": {
                "200": {"description": words, "content": answers},
                **{status: {"$ref": f"#/components/responses/{problem}"} for status, problem in refusals.items()},
            },
        }
    }
