"""A proposal whose every text carries markup: it comes out as text, in pages, problem documents and images."""

import json
import re
from pathlib import Path
from xml.etree import ElementTree

import pytest
from flask.testing import FlaskClient

from layers.catalogue.model import load_catalogue
from tests.webapp.markup import Node, read_html
from tests.webapp.planted import MARKUP, PLANTED
from tests.words import LANGUAGES
from webapp.app import create_app

OWN_DATES = {"us-28-points": "2025-11-20", "ukraine-20-points": "2025-12-24"}
PAGES = ("map", "areas", "points")
ALLOWED_SCRIPTS = ("page-data", "/static/", "/scripts/")


@pytest.fixture(scope="module")
def planted(planted_root: Path) -> FlaskClient:
    """The application on proposals with markup in every text."""
    return create_app(load_catalogue(planted_root)).test_client()


@pytest.fixture(autouse=True)
def _kept_elsewhere(kept_elsewhere: Path) -> None:
    """Fragments of planted maps are not left among the others."""


def scripts(tree: Node) -> list[str]:
    """Every script of a page: its id, where it comes from, and its first words."""
    return [
        " ".join((node.attributes.get("id", ""), node.attributes.get("src", ""), node.words))
        for node in tree.all("script")
    ]


@pytest.mark.costly
@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize(
    "path", ["", *(f"{page}/{proposal}" for page in PAGES for proposal in ("us-28-points", "ukraine-20-points"))]
)
def test_pages_show_planted_markup_as_text(planted: FlaskClient, lang: str, path: str) -> None:
    answer = planted.get(f"/{lang}/{path}")
    assert answer.status_code == 200
    tree = read_html(answer.text)
    assert tree.words.count(PLANTED) + tree.words.replace("\u2011", "-").count(PLANTED) > 2
    assert all(any(part in script for part in ALLOWED_SCRIPTS) for script in scripts(tree))
    assert "<script>'" not in answer.text
    assert "49" not in tree.one("main").one("h1").words
    names = {name for node in tree.walk() for name in node.attributes}
    assert not {name for name in names if name.startswith("on") or not re.fullmatch(r"[a-zA-Z0-9-]+", name)}


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_map_is_labelled_with_the_title_as_it_is(planted: FlaskClient, lang: str) -> None:
    tree = read_html(planted.get(f"/{lang}/map/us-28-points").text)
    (chart,) = tree.all("div", class_="folium-map")
    assert chart["aria-label"].endswith(PLANTED)
    told = tree.page_data
    assert set(told) == {
        "layers",
        "zones",
        "about",
        "chiefTowns",
        "headlines",
        "texts",
        "dates",
        "day",
        "own",
        "asked",
        "page",
        "sharedLabels",
        "tools",
    }
    articles = {article["data-zone"]: article for article in tree.all("article")}
    assert articles
    assert set(told["about"]) == set(articles)
    for zone, about in told["about"].items():
        assert PLANTED in about["name"]
        assert articles[zone].one("h3").words == " ".join(about["name"].split())


@pytest.mark.parametrize("path", ["/en/map/nope", "/uk/map/%3Cscript%3E'%22", "/%3Cscript%3Ealert(1)/"])
def test_pages_of_errors_show_it_as_text(planted: FlaskClient, path: str) -> None:
    answer = planted.get(path)
    assert answer.status_code == 404
    tree = read_html(answer.text)
    assert tree.all("script") == []
    if "/map/" in path:
        assert PLANTED in tree.one("main").words
    if "script" in path:
        assert "<script>" in tree.one("main").words


def test_problem_documents_are_json_that_no_browser_takes_for_a_page(planted: FlaskClient) -> None:
    for path in ("/layers/<script>'\"/latest.geojson", "/images/us-28-points/latest.svg?lang=<script>'\""):
        answer = planted.get(path)
        assert answer.mimetype == "application/problem+json"
        assert "<script>'\"" in answer.get_json(force=True)["detail"]


@pytest.mark.costly
@pytest.mark.parametrize(
    ("proposal", "lang"), [("us-28-points", "en"), ("ukraine-20-points", "uk"), ("us-28-points", "zh-Hant")]
)
def test_images_carry_it_as_text(planted: FlaskClient, lang: str, proposal: str) -> None:
    answer = planted.get(f"/images/{proposal}/{OWN_DATES[proposal]}.svg?lang={lang}")
    assert answer.status_code == 200
    drawn = ElementTree.fromstring(answer.data)
    tags = {node.tag.rpartition("}")[2] for node in drawn.iter()}
    assert "script" not in tags
    assert "b" not in tags
    title = drawn.find("{http://www.w3.org/2000/svg}title")
    assert title is not None
    assert MARKUP in (title.text or "").replace("\u2060", "")


def test_layers_and_areas_carry_it_as_it_is(planted: FlaskClient) -> None:
    features = json.loads(planted.get("/layers/us-28-points/2025-11-20.geojson").data)["features"]
    assert all(feature["properties"]["name_uk"].endswith(PLANTED) for feature in features)
    assert PLANTED.replace('"', '""') in planted.get("/areas/us-28-points/2025-11-20.csv").text
