"""The style for MapLibre: valid by its own validator, with each zone in its colour and hatch."""

import base64
import io
import json
import re
import subprocess
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from PIL import Image

from layers.kinds.style import Hatch
from layers.kinds.table import looks_of
from layers.products.formats.hatch_image import hatch_url
from layers.products.formats.maplibre_style import HATCHES, SOURCE
from layers.products.registry import PRODUCTS
from layers.products.wanted import WantedLayer
from tests.conftest import skip_unless_ci
from tests.layers.test_formats import CATALOGUE, PLAN, edition_of
from webapp.setup import ROOT
from webapp.setup.assets import node_command

VALIDATOR = ROOT / "node_modules/@maplibre/maplibre-gl-style-spec/dist/gl-style-validate.mjs"
EXAMPLE = ROOT / "docs/maplibre.html"


def style_of(proposal: str = PLAN, wanted: WantedLayer | None = None) -> dict[str, Any]:
    edition = edition_of(proposal, wanted) if wanted else edition_of(proposal)
    return dict(json.loads(PRODUCTS["maplibre"].write(edition)))


@pytest.mark.parametrize("proposal", CATALOGUE.proposals)
@pytest.mark.costly
def test_it_is_valid(proposal: str, tmp_path: Path) -> None:
    if not VALIDATOR.is_file():
        skip_unless_ci("MapLibre's validator is not installed: make test")
    path = tmp_path / "style.json"
    path.write_text(json.dumps(style_of(proposal)), "utf-8")
    said = subprocess.run([*node_command(), VALIDATOR, path], capture_output=True, text=True, check=False)
    assert (said.returncode, said.stdout, said.stderr) == (0, "", "")


def test_every_zone_has_its_colour_and_its_hatch() -> None:
    style = style_of()
    features = style["sources"][SOURCE]["data"]["features"]
    assert [one["id"] for one in features] == [zone.id for zone in edition_of().zones]
    for zone in (one["properties"] for one in features):
        drawn = [layer for layer in style["layers"] if zone["id"] in layer["filter"][2][1]]
        paint = {name: value for layer in drawn for name, value in layer["paint"].items()}
        look = looks_of(zone).style
        assert paint.get("fill-color", paint.get("circle-color")) == look.fill
        assert paint.get("fill-pattern") == (look.key if look.hatch else None)
        assert (look.hatch is None) or look.key in style["metadata"][HATCHES]["images"]


def test_lines_and_places_lie_over_areas() -> None:
    kinds = [layer["type"] for layer in style_of()["layers"] if not layer["id"].endswith("outline")]
    assert kinds == sorted(kinds, key=["fill", "line", "circle"].index)


def test_names_of_one_language_leave_the_style_as_it_is() -> None:
    own, every = style_of(wanted=WantedLayer(lang="uk")), style_of()
    assert own["layers"] == every["layers"]
    assert "name" in own["sources"][SOURCE]["data"]["features"][0]["properties"]


@pytest.mark.parametrize("form", ["horizontal", "vertical", "up", "down", "dots"])
def test_a_hatch_covers_what_the_style_says(form: Any) -> None:
    hatch = Hatch(form, "#336699", 7, 1.5)
    url = hatch_url(hatch, 2)
    picture = np.asarray(Image.open(io.BytesIO(base64.b64decode(url.partition(",")[2]))).convert("RGBA"))
    assert picture[..., :3].reshape(-1, 3).tolist() == [[0x33, 0x66, 0x99]] * picture[..., 0].size
    covered = np.pi * (1.5 / 2 / 7) ** 2 if form == "dots" else 1.5 / 7
    assert picture[..., 3].mean() / 255 == pytest.approx(covered, rel=0.05)


def test_the_example_reads_what_there_is() -> None:
    page = EXAMPLE.read_text("utf-8")
    addresses = re.findall(r"\$\{SERVICE\}(/[^`]+)", page)
    assert addresses == [f"/layers/{PLAN}/2025-11-20.style.json", "/context/oblasts.geojson"]
    assert HATCHES in page
