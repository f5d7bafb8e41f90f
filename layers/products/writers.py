"""A writer for each product: the bytes of a file from an edition.

What is heavy is imported inside the functions, so that a web worker that serves prebuilt files never loads it.
"""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from layers.files import json_bytes
from layers.products.edition import EditionContent
from layers.products.wanted import PLAIN

if TYPE_CHECKING:
    from layers.products.product import Product


def write_layer(edition: EditionContent) -> bytes:
    """The zones of an edition as GeoJSON (RFC 7946), with name and description."""
    from geo.geojson import feature_collection
    from layers.products.formats.zone_table import wanted_zones

    return feature_collection(edition.zones if edition.wanted == PLAIN else wanted_zones(edition), edition.members)


def write_geojson_sequence(edition: EditionContent) -> bytes:
    """The zones as a GeoJSON text sequence (RFC 8142)."""
    from layers.products.formats.geojson_sequence import geojson_sequence

    return geojson_sequence(edition)


def write_geopackage(edition: EditionContent) -> bytes:
    """The zones as a GeoPackage with styles."""
    from layers.products.formats.geopackage import geopackage

    return geopackage(edition)


def write_flatgeobuf(edition: EditionContent) -> bytes:
    """The zones as FlatGeobuf."""
    from layers.products.formats.flatgeobuf import flatgeobuf

    return flatgeobuf(edition)


def write_kml(edition: EditionContent) -> bytes:
    """The zones as KML with names, descriptions and fills."""
    from layers.products.formats.kml import kml

    return kml(edition)


def write_shapefile(edition: EditionContent) -> bytes:
    """The zones as a zipped Shapefile."""
    from layers.products.formats.shapefile import shapefile

    return shapefile(edition)


def write_geoparquet(edition: EditionContent) -> bytes:
    """The zones as GeoParquet."""
    from layers.products.formats.geoparquet import geoparquet

    return geoparquet(edition)


def write_topojson(edition: EditionContent) -> bytes:
    """The zones as TopoJSON, clockwise."""
    from layers.products.formats.topojson import topojson

    return topojson(edition)


def write_maplibre_style(edition: EditionContent) -> bytes:
    """The zones with a style for MapLibre."""
    from layers.products.formats.maplibre_style import maplibre_style

    return maplibre_style(edition)


def write_drawn_layer(edition: EditionContent) -> bytes:
    """The zones of an edition as GeoJSON for screens."""
    from geo.geojson import feature_collection

    return feature_collection(edition.drawn_zones, edition.drawn_members)


def write_areas_csv(edition: EditionContent) -> bytes:
    """The areas as CSV: one row a zone."""
    from layers.tables.areas import areas_csv

    return areas_csv(edition.properties, edition.languages, edition.maps, edition.wanted.lang)


def write_areas_xlsx(edition: EditionContent) -> bytes:
    """The rows of the CSV as a workbook."""
    from layers.tables.spreadsheets import areas_xlsx

    return areas_xlsx(edition.properties, edition.languages, edition.maps, edition.wanted.lang)


def write_areas_json(edition: EditionContent) -> bytes:
    """All properties of the zones as JSON."""
    from layers.text.languages import in_language

    zones = [in_language(zone, edition.languages, edition.wanted.lang) for zone in edition.properties]
    return json_bytes(_headed(edition) | {"zones": zones})


def write_towns(edition: EditionContent) -> bytes:
    """The towns in the zones of an edition as JSON."""
    from layers.places.registered import NOTE

    zones = [{"zone": zone, "towns": list(found)} for zone, found in edition.towns.items()]
    return json_bytes(_headed(edition) | {"zones": zones, "note": NOTE})


def write_places(edition: EditionContent) -> bytes:
    """Where every place that a search finds stands: a letter and a distance each, and the zones that have any."""
    control = edition.control_of_places
    found = {"held": control.held, "line_km": control.line_km, "zones": edition.places_in_zones}
    return json_bytes(_headed(edition) | found)


def write_bundle(products: "Sequence[Product]", edition: EditionContent) -> bytes:
    """Return all products in one zip file.

    Parameters
    ----------
    products
        Rows of the registry.
    edition
        The edition, derived or stored.
    """
    from layers.products.bundle import bundle

    return bundle(products, edition)


def _headed(edition: EditionContent) -> dict[str, object]:
    return {
        "proposal": edition.proposal_id,
        "requested_as_of": edition.requested_as_of,
        "as_of": edition.as_of,
        "control_source": edition.control_source,
    }
