"""Every product in one table: a new format is one row here and one writer.

Build, catalogue, routes, page links, schema.org, error messages and ``clausemap export`` all read it.
"""

from collections.abc import Iterable

from layers.products import writers
from layers.products.media_types import CSV, GEOJSON, JSON, XLSX
from layers.products.product import Product

# In the order of catalog.json.
PRODUCTS: dict[str, Product] = {
    row.name: row
    for row in (
        Product(
            "layer",
            "/layers/{proposal}/{date}.geojson",
            GEOJSON,
            "{proposal}_{date}{tag}.geojson",
            writers.write_layer,
            path="{proposal}/{date}.geojson",
            title_key="download.layer",
            exports=(".geojson", ".json"),
        ),
        Product(
            "areas_csv",
            "/areas/{proposal}/{date}.csv",
            CSV,
            "{proposal}_areas_{date}{tag}.csv",
            writers.write_areas_csv,
            path="{proposal}/{date}/areas.csv",
            title_key="download.csv",
            exports=(".csv",),
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
        ),
        Product(
            "areas_xlsx",
            "/areas/{proposal}/{date}.xlsx",
            XLSX,
            "{proposal}_areas_{date}{tag}.xlsx",
            writers.write_areas_xlsx,
            title_key="download.xlsx",
            exports=(".xlsx",),
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


def linked() -> list[Product]:
    """Return the products that pages link to, in the order of the links."""
    return [product for product in for_readers() if product.title_key]


def exported() -> dict[str, Product]:
    """Return the products that ``clausemap export`` writes, by the ending of the file."""
    return {ending: product for product in for_readers() for ending in product.exports}


def endings(folder: str) -> tuple[str, ...]:
    """Return the endings of the products below a folder of the service, such as ``areas``."""
    found: Iterable[str] = (product.ending for product in for_readers() if product.folder == folder)
    return tuple(dict.fromkeys(found))
