"""Every product in one table: a new format is one row here and one writer.

Build, catalogue, routes, page links, schema.org, error messages and ``clausemap export`` all read it.
"""

from collections.abc import Iterable
from functools import partial

from layers.products import writers
from layers.products.media_types import (
    CSV,
    FLATGEOBUF,
    GEOJSON,
    GEOJSON_SEQUENCE,
    GEOPACKAGE,
    JSON,
    KML,
    PARQUET,
    TOPOJSON,
    XLSX,
    ZIP,
)
from layers.products.product import Product, Writer
from layers.products.wanted import DEGREES, PROJECTED

LAYER_OPTIONS, TABLE_OPTIONS = ("crs", "lang"), ("lang",)


def _format(
    name: str,
    ending: str,
    media_type: str,
    write: Writer,
    about: str,
    projections: tuple[int, ...] = (DEGREES,),
    title_key: str = "",
) -> Product:
    """A layer in a format that no build stores: written when it is first requested."""
    return Product(
        name,
        f"/layers/{{proposal}}/{{date}}{ending}",
        media_type,
        f"{{proposal}}_{{date}}{{tag}}{ending}",
        write,
        title_key=title_key,
        exports=(ending,),
        about=about,
        varies=True,
        projections=projections,
        options=LAYER_OPTIONS,
    )


_FORMATS = (
    _format(
        "geojson_sequence",
        ".geojsonl",
        GEOJSON_SEQUENCE,
        writers.write_geojson_sequence,
        "GeoJSON text sequence (RFC 8142)",
    ),
    _format(
        "geopackage",
        ".gpkg",
        GEOPACKAGE,
        writers.write_geopackage,
        "GeoPackage: a layer for each shape, with its style for QGIS",
        PROJECTED,
        "download.geopackage",
    ),
    _format("flatgeobuf", ".fgb", FLATGEOBUF, writers.write_flatgeobuf, "FlatGeobuf with a spatial index", PROJECTED),
    _format("kml", ".kml", KML, writers.write_kml, "KML with names, descriptions and fills"),
    _format(
        "shapefile",
        ".shp.zip",
        ZIP,
        writers.write_shapefile,
        "zipped Shapefile: one for each shape, with tables of its short names and of long texts",
        PROJECTED,
    ),
    _format("geoparquet", ".parquet", PARQUET, writers.write_geoparquet, "GeoParquet 1.1", PROJECTED),
    _format(
        "topojson",
        ".topojson",
        TOPOJSON,
        writers.write_topojson,
        "TopoJSON: an object for each shape, clockwise as d3, Observable and Datawrapper want it",
    ),
    _format(
        "maplibre",
        ".style.json",
        JSON,
        writers.write_maplibre_style,
        "MapLibre style with the zones in it, and the colours and hatches of the map page",
    ),
)

# What people open, which the bundle has.
_FILES = (
    Product(
        "layer",
        "/layers/{proposal}/{date}.geojson",
        GEOJSON,
        "{proposal}_{date}{tag}.geojson",
        writers.write_layer,
        path="{proposal}/{date}.geojson",
        title_key="download.layer",
        exports=(".geojson", ".json"),
        about="GeoJSON (RFC 7946)",
        varies=True,
        options=LAYER_OPTIONS,
    ),
    *_FORMATS,
    Product(
        "areas_csv",
        "/areas/{proposal}/{date}.csv",
        CSV,
        "{proposal}_areas_{date}{tag}.csv",
        writers.write_areas_csv,
        path="{proposal}/{date}/areas.csv",
        title_key="download.csv",
        exports=(".csv",),
        about="areas as a table, with each as a sentence ready for print",
        options=TABLE_OPTIONS,
    ),
    Product(
        "areas_json",
        "/areas/{proposal}/{date}.json",
        JSON,
        "{proposal}_areas_{date}{tag}.json",
        writers.write_areas_json,
        path="{proposal}/{date}/areas.json",
        title_key="download.json",
        for_programs=True,
        about="all properties without geometry",
        options=TABLE_OPTIONS,
    ),
    Product(
        "areas_xlsx",
        "/areas/{proposal}/{date}.xlsx",
        XLSX,
        "{proposal}_areas_{date}{tag}.xlsx",
        writers.write_areas_xlsx,
        title_key="download.xlsx",
        exports=(".xlsx",),
        about="the table for spreadsheets",
        options=TABLE_OPTIONS,
    ),
)

# In the order of catalog.json.
PRODUCTS: dict[str, Product] = {
    row.name: row
    for row in (
        *_FILES,
        Product(
            "bundle",
            "/data/{proposal}/{date}.zip",
            ZIP,
            "{proposal}_{date}{tag}.zip",
            partial(writers.write_bundle, _FILES),
            title_key="download.bundle",
            exports=(".zip",),
            about="all layers and tables, with README, licence, citation, hashes and the proposal file",
            projections=PROJECTED,
            options=LAYER_OPTIONS,
        ),
        Product(
            "towns",
            "/towns/{proposal}/{date}.json",
            JSON,
            "{proposal}_towns_{date}{tag}.json",
            writers.write_towns,
            path="{proposal}/{date}/towns.json",
        ),
        Product(
            "places",
            "/places/{proposal}/{date}.json",
            JSON,
            "{proposal}_places_{date}{tag}.json",
            writers.write_places,
            path="{proposal}/{date}/places.json",
            later=True,
        ),
        Product(
            "display",
            "/display/{proposal}/{date}.geojson",
            GEOJSON,
            "{proposal}_display_{date}{tag}.geojson",
            writers.write_drawn_layer,
            path="display/{proposal}/{date}.geojson",
            changes_with_code=True,
        ),
    )
}

IMAGES = ("svg", "png")  # the forms of an edition's image that the catalogue lists

# Written once for each zone, from an edition of that zone alone.
ZONE_LAYER = Product(
    "zone",
    "/layers/{proposal}/{date}/{zone}.geojson",
    GEOJSON,
    "{proposal}_{zone}_{date}{tag}.geojson",
    writers.write_layer,
    path="{proposal}/{date}/{zone}.geojson",
)


def for_readers() -> list[Product]:
    """Return all products in the order in which people are offered them: what programs read comes last."""
    return sorted(PRODUCTS.values(), key=lambda product: product.for_programs)


def listed() -> dict[str, Product]:
    """Return the products that the catalogue has in each edition, by name; the others it has once, as templates."""
    return {name: product for name, product in PRODUCTS.items() if product.is_listed}


def linked() -> list[Product]:
    """Return the products that pages link to, in the order of the links."""
    return [product for product in for_readers() if product.title_key]


def offered() -> list[Product]:
    """Return the files that people use elsewhere, in the order of the table: layers and tables, then all in one."""
    return [*_FILES, PRODUCTS["bundle"]]


def exported() -> dict[str, Product]:
    """Return the products that ``clausemap export`` writes, by the ending of the file."""
    return {ending: product for product in for_readers() for ending in product.exports}


def endings(folder: str) -> tuple[str, ...]:
    """Return the endings of the products below a folder of the service, such as ``areas``."""
    found: Iterable[str] = (product.ending for product in for_readers() if product.folder == folder)
    return tuple(dict.fromkeys(found))
