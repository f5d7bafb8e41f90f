"""Whatever a file holds: a map that is sound, or a refusal that says why; never another error."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from shapely.geometry.base import BaseGeometry

from geo.errors import ClausemapError
from layers.control.checks.cleaning import CleanMap, clean
from layers.findings import Finding
from layers.readers import read_control
from tests.layers.control.checks.conftest import is_sound

NUMBERS = st.one_of(st.integers(), st.floats(), st.booleans(), st.none(), st.text(max_size=3))
NEAR = st.tuples(st.floats(21, 41), st.floats(43, 53)).map(list)
ANYWHERE = st.one_of(NEAR, st.lists(NUMBERS, max_size=4))
RINGS = st.lists(st.lists(NEAR, max_size=9), min_size=1, max_size=3)
BROKEN_RINGS = st.lists(st.lists(ANYWHERE, max_size=6), max_size=3)
KINDS = st.sampled_from(["Polygon", "MultiPolygon", "Point", "GeometryCollection", "Nonsense"])
NAMES = st.sampled_from(["Occupied", "ОРДЛО", "Unknown status", "nochange", "ru", "", "2025-11-20"])
JSON = st.recursive(NUMBERS, lambda inner: st.lists(inner, max_size=4) | st.dictionaries(NAMES, inner, max_size=3))


def features(geometries: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
    properties = st.dictionaries(
        st.sampled_from(["name", "type", "date", "level", "layer_type"]), NAMES | JSON, max_size=2
    )
    feature = st.fixed_dictionaries({"type": st.just("Feature"), "properties": properties, "geometry": geometries})
    return st.lists(feature, max_size=4).map(lambda items: {"type": "FeatureCollection", "features": items})


POLYGONS = st.fixed_dictionaries({"type": st.just("Polygon"), "coordinates": RINGS})
GARBAGE = st.one_of(
    JSON,
    features(st.fixed_dictionaries({"type": KINDS, "coordinates": BROKEN_RINGS | JSON, "geometries": JSON})),
    features(JSON),
    st.fixed_dictionaries({"areas": BROKEN_RINGS | JSON, "units": JSON}),
    st.fixed_dictionaries({"value": features(POLYGONS) | JSON}),
)


@pytest.fixture(scope="module")
def read(tmp_path_factory: pytest.TempPathFactory, ukraine: BaseGeometry) -> Callable[[bytes], CleanMap | Finding]:
    """A cleaned map or the refusal."""
    path: Path = tmp_path_factory.mktemp("garbage") / "map"

    def run(content: bytes) -> CleanMap | Finding:
        path.write_bytes(content)
        try:
            return clean(read_control(path), ukraine)
        except ClausemapError as error:
            return Finding("refused", "refused", str(error))

    return run


Read = Callable[[bytes], CleanMap | Finding]
SLOWLY = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])


@SLOWLY
@given(document=GARBAGE)
def test_garbage_is_a_map_or_refused(read: Read, document: Any) -> None:
    result = read(json.dumps(document).encode())
    assert isinstance(result, Finding) or is_sound(result.held)


@SLOWLY
@given(document=features(POLYGONS))
def test_a_cleaned_map_is_sound(read: Read, document: Any) -> None:
    result = read(json.dumps(document).encode())
    if isinstance(result, CleanMap):
        assert is_sound(result.held)
        assert is_sound(result.contested)
        assert result.inside_km2 <= result.area_after_km2 + 0.1


@SLOWLY
@given(
    start=st.sampled_from([b"", b"PK\x03\x04", b"<", b"<kml>", b"\x00\x00\x27\x0a", b"SQLite format 3\x00"]),
    rest=st.binary(),
)
def test_noise_is_refused(read: Read, start: bytes, rest: bytes) -> None:
    assert isinstance(read(start + rest), Finding)
