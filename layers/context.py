"""What a map shows around the zones: oblasts, neighbours, land farther away, sea, river and towns, as GeoJSON."""

from collections.abc import Iterable
from pathlib import Path

from geo.geojson import Feature, feature_collection, read_features
from layers.ground import Ground
from layers.register import SOURCES
from layers.towns import Place, place_feature


def context_layers(ground: Ground, places: Iterable[Place], folder: Path = SOURCES) -> dict[str, bytes]:
    """The context layers by name, as finished GeoJSON bytes."""
    return {
        "oblasts": feature_collection(oblast.feature for oblast in ground.oblasts.values()),
        "neighbours": feature_collection(ground.neighbours),
        "abroad": feature_collection(read_features(folder / "abroad.geojson")),
        "sea": feature_collection([ground.sea]),
        "dnipro": feature_collection([Feature("dnipro", {"id": "dnipro"}, ground.rivers["dnipro"])]),
        "towns": feature_collection(place_feature(place) for place in places),
    }
