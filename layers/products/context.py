"""What a map shows around the zones: oblasts, neighbours, land farther away, sea, river and towns, as GeoJSON."""

from collections.abc import Callable, Iterable, Sequence

from geo.geojson import Feature, feature_collection, read_features
from layers.products import collection_members
from layers.reference.gazetteer import Place, place_feature
from layers.reference.ground import Ground
from layers.reference.register import SOURCES

FEATURES: dict[str, Callable[[Ground, Sequence[Place]], Iterable[Feature]]] = {
    "oblasts": lambda ground, _: (oblast.feature for oblast in ground.oblasts.values()),
    "neighbours": lambda ground, _: ground.neighbours,
    "abroad": lambda _ground, _: read_features(SOURCES / "abroad.geojson"),
    "sea": lambda ground, _: [ground.sea],
    "dnipro": lambda ground, _: [Feature("dnipro", {"id": "dnipro"}, ground.rivers["dnipro"])],
    "towns": lambda _, places: (place_feature(place) for place in places),
}


def context_layer(name: str, ground: Ground, places: Sequence[Place]) -> bytes:
    """A context layer by its name, a key of ``FEATURES``, as GeoJSON."""
    return feature_collection(FEATURES[name](ground, places), collection_members.context_layer(name, ground))
