"""The forms of the documents of the API, as OpenAPI 3.0 writes schemas."""

from typing import Any

Schema = dict[str, Any]

TEXT: Schema = {"type": "string"}
NUMBERS: Schema = {"type": "array", "items": {"type": "number"}, "minItems": 4, "maxItems": 4}


def _object(properties: Schema, optional: tuple[str, ...] = ()) -> Schema:
    required = [name for name in properties if name not in optional]
    return {"type": "object", "required": required, "properties": properties}


def _list_of(schema: Schema) -> Schema:
    return {"type": "array", "items": schema}


def _ref(name: str) -> Schema:
    return {"$ref": f"#/components/schemas/{name}"}


LINKS = _list_of(_ref("link"))
INTERVAL: Schema = {"type": "array", "items": {"type": "string", "format": "date-time"}, "minItems": 2, "maxItems": 2}

SCHEMAS: Schema = {
    "link": _object({"rel": TEXT, "href": TEXT, "type": TEXT, "title": TEXT}),
    "landing": _object({"title": TEXT, "description": TEXT, "links": LINKS}),
    "conformance": _object({"conformsTo": _list_of(TEXT), "links": LINKS}),
    "openapi": _object({"openapi": TEXT, "info": {"type": "object"}, "paths": {"type": "object"}}),
    "collections": _object({"links": LINKS, "collections": _list_of(_ref("collection"))}),
    "collection": _object(
        {
            "id": TEXT,
            "title": TEXT,
            "description": TEXT,
            "itemType": {"type": "string", "enum": ["feature"]},
            "crs": _list_of(TEXT),
            "extent": _object(
                {
                    "spatial": _object({"bbox": _list_of(NUMBERS), "crs": TEXT}),
                    "temporal": _object({"interval": _list_of(INTERVAL), "trs": TEXT}),
                }
            ),
            "links": LINKS,
        }
    ),
    "features": _object(
        {
            "type": {"type": "string", "enum": ["FeatureCollection"]},
            "numberMatched": {"type": "integer", "minimum": 0},
            "numberReturned": {"type": "integer", "minimum": 0},
            "links": LINKS,
            "features": _list_of(_ref("feature")),
        }
    ),
    "feature": _object(
        {
            "type": {"type": "string", "enum": ["Feature"]},
            "id": TEXT,
            "bbox": NUMBERS,
            "properties": _object({"zone": TEXT, "as_of": {"type": "string", "format": "date"}}),
            "geometry": _object(
                {
                    "type": {"type": "string", "enum": ["Point", "MultiLineString", "MultiPolygon"]},
                    "coordinates": {"type": "array", "items": {}},
                }
            ),
            "links": LINKS,
        },
        optional=("links",),
    ),
    "problem": _object(
        {
            "type": TEXT,
            "title": TEXT,
            "status": {"type": "integer"},
            "detail": TEXT,
            "known": _list_of(TEXT),
            "option": TEXT,
        },
        optional=("known", "option"),
    ),
}
