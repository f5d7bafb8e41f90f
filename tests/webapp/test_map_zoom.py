"""Zooming ends where the data end, and the map says how exact it is before that."""

import pytest

from tests.words import LANGUAGES, language
from webapp.map.folium_map import EXACTNESS_ZOOM, NEAREST_ZOOM, OPTIONS
from webapp.style.water import METRES_PER_PX_AT_0, zoom_of
from webapp.text.interface import text

PIXEL_MM = 0.28  # of OGC's map services


def test_the_nearest_zoom_is_about_1_to_500_000() -> None:
    metres_per_px = METRES_PER_PX_AT_0 / 2**NEAREST_ZOOM
    assert 1000 * metres_per_px / PIXEL_MM == pytest.approx(500_000, rel=0.1)
    assert zoom_of(metres_per_px) == pytest.approx(NEAREST_ZOOM)
    assert OPTIONS["maxZoom"] == NEAREST_ZOOM > EXACTNESS_ZOOM


@pytest.mark.parametrize("tag", LANGUAGES)
def test_how_exact_it_is_is_said_in_every_language(tag: str) -> None:
    assert "1" in text(language(tag), "map.exactness")
