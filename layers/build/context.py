"""What a map shows around the zones: oblasts, neighbours, land farther away, sea, river and towns, as GeoJSON."""

from collections.abc import Iterable
from pathlib import Path

from geo.geojson import Feature, feature_collection, read_features
from layers.build.collection_members import context_layer
from layers.reference.gazetteer import Place, place_feature
from layers.reference.ground import Ground
from layers.reference.register import SOURCES


def context_layers(ground: Ground, places: Iterable[Place], folder: Path = SOURCES) -> dict[str, bytes]:
    """Return the context layers by name, as GeoJSON bytes.

    Parameters
    ----------
    ground
        Reference data with oblasts, neighbours, sea and rivers.
    places
        The towns.
    folder
        Folder of the sources.
    """
    layers: dict[str, Iterable[Feature]] = {
        "oblasts": (oblast.feature for oblast in ground.oblasts.values()),
        "neighbours": ground.neighbours,
        "abroad": read_features(folder / "abroad.geojson"),
        "sea": [ground.sea],
        "dnipro": [Feature("dnipro", {"id": "dnipro"}, ground.rivers["dnipro"])],
        "towns": (place_feature(place) for place in places),
    }
    return {name: feature_collection(features, context_layer(name, ground)) for name, features in layers.items()}
