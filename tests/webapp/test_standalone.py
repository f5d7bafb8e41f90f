"""A Folium map that stands alone: one file with its words, from Python and the command line, the same each time."""

import html
import json
import re
from datetime import date
from pathlib import Path

import folium
import pytest
from click.testing import CliRunner

from geo.errors import ClausemapError
from layers.catalogue.model import Catalogue, find_edition, load_catalogue
from layers.errors import DateError, UnknownError
from tests.webapp.markup import Node, read_html
from tests.webapp.planted import MARKUP, PLANTED
from tests.words import LANGUAGES, language
from webapp.cli import main
from webapp.context import open_view, unserved
from webapp.standalone import draw_map, folium_map, map_html
from webapp.text.headlines import view_headline

US, DAY = "us-28-points", "2025-11-20"
LOADING = ("src", "href", "srcset", "data", "action", "poster")


def page_of(drawn: folium.Map) -> str:
    return str(drawn.get_root().render())


def data_of(page: str) -> list[dict[str, object]]:
    """The features of every layer in a page."""
    found = re.findall(r"_add\((\{.*\})\);$", page, re.MULTILINE)
    return [feature for layer in found for feature in json.loads(layer)["features"]]


@pytest.fixture(scope="module")
def page() -> str:
    return page_of(folium_map(US, DAY))


@pytest.fixture(scope="module")
def tree(page: str) -> Node:
    return read_html(page)


def test_it_is_the_same_at_each_run_and_rendering(page: str) -> None:
    again = folium_map(US, date.fromisoformat(DAY), "en")
    assert page_of(again) == page_of(again) == page
    assert not re.search(r"[0-9a-f]{32}", page.partition("standalone(map_1")[0].rpartition("</head>")[2])


@pytest.mark.costly
@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("proposal_id", [US, "ukraine-20-points", "kellogg-2025-04"])
def test_its_words_are_those_of_the_language(catalogue: Catalogue, proposal_id: str, lang: str) -> None:
    texts = catalogue.proposal(proposal_id).texts
    tree = read_html(page_of(folium_map(proposal_id, language=lang)))
    assert tree.one("html")["lang"] == lang
    headline = view_headline(open_view(unserved(catalogue, language(lang)), proposal_id))
    assert tree.one("h1").words == " ".join(headline.text.split())
    assert " ".join(headline.short.split()) in tree.one("title").words
    assert texts["headline"][lang] in tree.one("p", class_="kicker").words
    assert "68/262" in tree.one("footer").words
    assert "CC BY 4.0" in tree.one("footer").words
    assert len(tree.one("section", class_="words").all("li")) > 5
    assert tree.all("svg", class_="swatch")


def test_it_loads_nothing_from_anywhere(page: str, tree: Node) -> None:
    assert not [node for node in tree.walk() if {*node.attributes} & {*LOADING}]
    assert not tree.all("link")
    assert not re.findall(r"url\((?![\"']?(?:data:|#))[^)]*\)", "".join(node.words for node in tree.all("style")))
    assert "@import" not in page
    assert "user-scalable" not in page
    assert len(page.encode()) < 700_000


def test_every_zone_is_there_with_a_tooltip(catalogue: Catalogue, page: str) -> None:
    _, edition = find_edition(catalogue.proposal(US), DAY)
    features = data_of(page)
    assert {one["id"] for one in features} >= {*edition.zones}
    (buffer,) = [one for one in features if one["id"] == "donetsk-buffer"]
    assert re.search(r"<b>[^<]+</b>Clause 21d<br>about 5,980 km²", str(buffer["properties"]))


def test_other_maps_of_folium_stay_as_they_are() -> None:
    before = (list(folium.Map.default_js), list(folium.Map.default_css))
    page_of(folium_map(US, DAY))
    assert (folium.Map.default_js, folium.Map.default_css) == before
    assert "leaflet" in str(before)


def test_a_notebook_shows_it_and_more_can_be_added() -> None:
    drawn = folium_map(US, DAY)
    assert isinstance(drawn, folium.Map)
    folium.Marker([48.0, 37.8], tooltip="here").add_to(drawn)
    shown = drawn._repr_html_()
    source = re.search(r'<iframe srcdoc="([^"]*)"', shown)
    assert source
    assert "<!DOCTYPE html>" in html.unescape(source[1])
    assert "marker_" in html.unescape(source[1])


def test_the_command_line_writes_the_same(tmp_path: Path, page: str) -> None:
    path = tmp_path / "map.html"
    done = CliRunner().invoke(main, ["export", US, "-o", str(path), "--as-of", DAY])
    assert done.exit_code == 0, done.output
    assert path.read_text("utf-8") == page
    done = CliRunner().invoke(main, ["export", US, "-o", str(path), "--zone", "donetsk-buffer", "--lang", "uk"])
    assert done.exit_code == 0, done.output
    chosen = path.read_text("utf-8")
    assert read_html(chosen).one("html")["lang"] == "uk"
    assert [one["id"] for one in data_of(chosen) if one["properties"]] == ["donetsk-buffer"]


@pytest.mark.parametrize(
    ("given", "error"),
    [
        (("nope",), UnknownError),
        ((US, DAY, "fr"), UnknownError),
        ((US, "1999-01-01"), DateError),
        ((US, "20.11.2025"), DateError),
    ],
)
def test_what_is_wrong_is_said(given: tuple[str, ...], error: type[ClausemapError]) -> None:
    with pytest.raises(error):
        folium_map(*given)


@pytest.fixture(scope="module")
def planted(planted_root: Path) -> Catalogue:
    """Proposals with markup in every text."""
    return load_catalogue(planted_root)


def test_planted_markup_stays_text(planted: Catalogue) -> None:
    view = open_view(unserved(planted, language("en")), US)
    page = map_html(view).decode()
    assert page_of(draw_map(view)) == page
    tree = read_html(page)
    assert tree.one("section", class_="words").words.count(PLANTED) > 10
    assert MARKUP in tree.one("title").words
    assert len(tree.all("script")) == 2
    assert "<script>'" not in page
    assert not re.search(r"(&|&amp;|u0026)49", page)  # what {{7*7}} would give
    for feature in data_of(page):
        properties = feature["properties"]
        assert isinstance(properties, dict)
        assert "<script" not in properties.get("tooltip", "")
