"""What a map shows around the zones: oblasts, neighbours, land farther away, sea, river and towns, as GeoJSON."""

from collections.abc import Iterator
from pathlib import Path

import shapely

from geo.geojson import Feature, feature_collection, read_features
from layers.ground import Ground
from layers.languages import LANGUAGES, language, source_name, suffix
from layers.register import SOURCES, read_rows

MAPPED_POPULATION = 5000
ZOOM_BY_POPULATION = ((600_000, 5), (200_000, 6), (90_000, 7), (40_000, 8), (15_000, 9))
LAST_ZOOM = 10
CURATED_LAST_ZOOM = 8
CENTRES_LAST_ZOOM = 6  # a town that an oblast is named after


def context_layers(ground: Ground, folder: Path = SOURCES) -> dict[str, bytes]:
    """The context layers by name, as finished GeoJSON bytes."""
    return {
        "oblasts": feature_collection(oblast.feature for oblast in ground.oblasts.values()),
        "neighbours": feature_collection(ground.neighbours),
        "abroad": feature_collection(read_features(folder / "abroad.geojson")),
        "sea": feature_collection([ground.sea]),
        "dnipro": feature_collection([Feature("dnipro", {"id": "dnipro"}, ground.rivers["dnipro"])]),
        "towns": feature_collection(_towns(ground, folder)),
    }


def _towns(ground: Ground, folder: Path) -> Iterator[Feature]:
    """Towns largest first: those with names in three languages, then the rest from 5,000 people."""
    centres = {oblast.names["en"] for oblast in ground.oblasts.values()}
    for row in sorted(read_rows(folder / "towns.csv"), key=_size):
        last = CENTRES_LAST_ZOOM if row["name_en"] in centres else CURATED_LAST_ZOOM
        yield _town(row, min(_zoom(row), last))
    for row in read_rows(folder / "places.csv"):
        if int(row["population"]) >= MAPPED_POPULATION:
            yield _town(row, max(_zoom(row), CURATED_LAST_ZOOM - 1))


def _size(row: dict[str, str]) -> tuple[int, int]:
    return -int(row["population"]), int(row["geonameid"])


def _zoom(row: dict[str, str]) -> int:
    population = int(row["population"])
    return next((zoom for least, zoom in ZOOM_BY_POPULATION if population >= least), LAST_ZOOM)


def _town(row: dict[str, str], min_zoom: int) -> Feature:
    properties = {
        "geonameid": int(row["geonameid"]),
        **{f"name_{suffix(tag)}": _name(row, tag) for tag in LANGUAGES},
        "population": int(row["population"]),
        "min_zoom": min_zoom,
    }
    return Feature(row["geonameid"], properties, shapely.Point(float(row["lon"]), float(row["lat"])))


def _name(row: dict[str, str], tag: str) -> str:
    """A town's name in a language, the Latin one where it has none, with the language's own apostrophe."""
    name = source_name(tag, row, row["geonameid"]) or row["name_en"]
    return name.replace("'", language(tag).apostrophe)
