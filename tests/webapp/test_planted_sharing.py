"""Markup in names of control maps, tiles' credit and addresses: what other sites are given shows it as text."""

import json
import re
from dataclasses import replace
from pathlib import Path
from xml.etree import ElementTree

import pytest
from flask.testing import FlaskClient

from layers.catalogue.model import Control, load_catalogue
from layers.comparing.since_rows import WAYS
from layers.text.languages import suffix
from tests.webapp.markup import Node, read_html
from tests.webapp.planted import MARKUP, PLANTED
from tests.words import LANGUAGES
from webapp.app import create_app
from webapp.context import own_view, unserved
from webapp.sharing.line_feed import line_feed

BASE = "https://maps.example.org/peace"
TILES = "https://tiles.example.org/{z}/{x}/{y}.png?'\"><script>{%x{{7*7}}"
US, OWN = "us-28-points", "own"
TABS = ("map", "areas", "points", "images")  # a timeline would need every date
STATE = ("zone", "clause", "off", "view", "title", "as_of", "lang", "size", "format", "from", "control")
ATOM = "{http://www.w3.org/2005/Atom}"
FEED_TAGS = {"feed", "title", "id", "updated", "author", "name", "link", "entry", "content", "rights", "generator"}
DATA_TYPES = {"application/json", "application/ld+json"}


@pytest.fixture(scope="module")
def planted(planted_root: Path) -> FlaskClient:
    """The application on proposals, another control map and tiles with markup in every text."""
    first = load_catalogue(planted_root)
    own = replace(first, control=Control(OWN, PLANTED, 1, (PLANTED,)), control_source=PLANTED, boundary_source=PLANTED)
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("CLAUSEMAP_BASE_URL", BASE)
        patch.setenv("CLAUSEMAP_TILES_URL", TILES)
        patch.setenv("CLAUSEMAP_TILES_ATTRIBUTION", PLANTED)
        return create_app(first, {OWN: own}).test_client()


@pytest.fixture(autouse=True)
def _kept_elsewhere(kept_elsewhere: Path) -> None:
    """Fragments of planted maps are not left among the others."""


def harmless(page: str) -> Node:
    """The tree of a page in which nothing planted became an element, an attribute or a script."""
    tree = read_html(page)
    names = {name for node in tree.walk() for name in node.attributes}
    assert not {name for name in names if name.startswith("on") or not re.fullmatch(r"[a-zA-Z0-9:-]+", name)}
    for script in tree.all("script"):
        if "src" not in script.attributes:
            assert script["type"] in DATA_TYPES
            json.loads("".join(map(str, script.inside)))
        else:
            assert script["src"].startswith(("/peace/static/", "/peace/scripts/"))
    assert "<script>'" not in page
    assert "49" not in tree.one("head").one("title").words
    return tree


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("path", [f"{{}}/{tab}" for tab in TABS] + ["embed/{}"])
@pytest.mark.parametrize("control", ["", f"?control={OWN}"])
def test_pages_and_embeds_tell_other_sites_what_was_planted_as_text(
    planted: FlaskClient, lang: str, path: str, control: str
) -> None:
    answer = planted.get(f"/{path.format(lang)}/{US}{control}")
    assert answer.status_code == 200
    tree = harmless(answer.text)
    told = {node.attributes.get("property", ""): node.attributes.get("content", "") for node in tree.all("meta")}
    assert MARKUP in told["og:title"]
    assert MARKUP in told["og:image:alt"]
    assert tree.one("head").one("title").words.count(MARKUP) == 1
    if control and "points" not in path:
        assert PLANTED in tree.words
    for script in tree.all("script", type="application/ld+json"):
        data = json.loads("".join(map(str, script.inside)))
        assert PLANTED in data["name"]
        assert not control or PLANTED in {source["name"] for source in data["isBasedOn"]}


@pytest.mark.parametrize("lang", LANGUAGES)
def test_oembed_gives_a_frame_and_nothing_else(planted: FlaskClient, lang: str) -> None:
    url = f"{BASE}/{lang}/map/{US}?control={OWN}&zone=%22%3E%3Cscript%3E&view=%27%22%3C"
    answer = planted.get("/oembed", query_string={"url": url})
    assert (answer.status_code, answer.mimetype) == (200, "application/json")
    (frame,) = read_html(answer.get_json()["html"]).walk()
    assert frame.tag == "iframe"
    assert set(frame.attributes) == {"src", "title", "width", "height", "loading", "style", "allow"}
    assert MARKUP in frame["title"]
    assert re.fullmatch(r"https://[\w./?=&%-]+", frame["src"])


def test_what_starts_a_map_holds_planted_words_inside_strings(planted: FlaskClient) -> None:
    script = planted.get(f"/scripts/en/{US}.js")
    assert script.mimetype == "text/javascript"
    assert re.findall("[<&]|(?<!=)>", script.text) == []
    (tiles,) = re.findall(r'L\.tileLayer\(("(?:[^"\\]|\\.)*")\)', script.text)
    assert json.loads(tiles) == TILES


@pytest.mark.parametrize("path", [f"/en/{tab}/{US}" for tab in TABS] + [f"/embed/uk/{US}", "/en/", "/oembed"])
@pytest.mark.parametrize("name", STATE)
def test_a_planted_query_is_text_or_refused(planted: FlaskClient, path: str, name: str) -> None:
    answer = planted.get(path, query_string={name: PLANTED})
    assert answer.status_code in {200, 400, 404, 501}
    if answer.mimetype == "text/html":
        harmless(answer.text)
    else:
        assert answer.mimetype == "application/problem+json"
    for header in ("Content-Security-Policy", "X-Data-Version", "Cache-Control"):
        assert "script>" not in answer.headers[header]


@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_feed_of_changes_carries_it_as_text(planted_root: Path, lang: str) -> None:
    catalogue = load_catalogue(planted_root)
    view = own_view(unserved(catalogue, catalogue.languages[lang]), catalogue.proposal(US))
    figures = {f"{way}{end}_km2": 2.5 for way in WAYS for end in ("", "_low", "_high")}
    named = {f"oblast_name_{suffix(tag)}": PLANTED for tag in LANGUAGES}
    row = {"as_of": "2025-12-01", **figures, "oblasts": [{"oblast": "UA-14", **named, **figures}]}
    feed = ElementTree.fromstring(line_feed(view, None, {"since": view.edition.as_of, "maps": [row]}))
    texts = ["".join(node.itertext()) for node in feed.iter()]
    assert MARKUP in "".join(feed.findtext(f"{ATOM}title", ""))
    assert any(PLANTED in words for words in texts)
    assert {node.tag.removeprefix(ATOM) for node in feed.iter()} <= FEED_TAGS
