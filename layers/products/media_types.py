"""The media types of the products, as their responses name them."""

GEOJSON = "application/geo+json"
CSV = "text/csv; charset=utf-8; header=present"
JSON = "application/json"
GEOJSON_SEQUENCE = "application/geo+json-seq"
TOPOJSON = "application/topo+json"
KML = "application/vnd.google-earth.kml+xml"
GEOPACKAGE = "application/geopackage+sqlite3"
FLATGEOBUF = "application/flatgeobuf"
PARQUET = "application/vnd.apache.parquet"
ZIP = "application/zip"
SVG = "image/svg+xml"
PNG = "image/png"
PDF = "application/pdf"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"

DATED_IN_PLACE = frozenset({GEOJSON, CSV, JSON})  # text in which ``as_requested`` finds the date that was requested


def is_text(media_type: str) -> bool:
    """Whether a media type is text, so that a response with it is worth compressing."""
    kind = bare(media_type)
    return kind.startswith("text/") or kind.endswith(("json", "json-seq", "xml", "javascript"))


def bare(media_type: str) -> str:
    """Return a media type without its parameters, such as ``charset``."""
    return media_type.partition(";")[0]
