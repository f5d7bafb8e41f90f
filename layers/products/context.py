"""What a map shows around the zones: oblasts, neighbours, land farther away, seas, waters, towns, as GeoJSON."""

from collections.abc import Callable, Iterable, Sequence

from geo.geojson import Feature, feature_collection, read_features
from layers.places.gazetteer import Place, place_feature
from layers.products import collection_members
from layers.products.water import water_features
from layers.reference.reference_data import ReferenceData
from layers.reference.register import SOURCES

FEATURES: dict[str, Callable[[ReferenceData, Sequence[Place]], Iterable[Feature]]] = {
    "oblasts": lambda reference, _: (oblast.feature for oblast in reference.oblasts.values()),
    "neighbours": lambda reference, _: reference.neighbours,
    "abroad": lambda _ground, _: read_features(SOURCES / "abroad.geojson"),
    "sea": lambda reference, _: [reference.sea],
    "hydrography": lambda reference, _: water_features(reference),
    "towns": lambda _, places: (place_feature(place) for place in places),
}


def context_layer(name: str, reference: ReferenceData, places: Sequence[Place]) -> bytes:
    """Return a context layer as GeoJSON.

    Parameters
    ----------
    name
        A key of ``FEATURES``.
    reference
        Reference data: oblasts, neighbours, sea, rivers.
    places
        Towns, largest first.
    """
    return feature_collection(FEATURES[name](reference, places), collection_members.context_layer(name, reference))
