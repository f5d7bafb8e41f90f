"""No page in another language shows English where it should not: every page of the service is read for it."""

import json
import logging
import re
from collections.abc import Iterator
from functools import cache

import pytest
from flask import Flask
from flask.testing import FlaskClient

from layers.catalogue.model import COMMITTED, Catalogue
from layers.text.languages import suffix
from tests.webapp.markup import Node, read_html
from tests.words import LANGUAGES
from webapp.app import create_app

PROPOSALS = ("us-28-points", "ukraine-20-points")
OTHERS = tuple(lang for lang in LANGUAGES if lang != "en")
SAID = ("aria-label", "aria-description", "aria-roledescription", "aria-valuetext", "title", "alt", "placeholder")
FOR_PEOPLE = ("description", "og:title", "og:description", "og:image:alt", "twitter:title", "twitter:description")
UNREAD = {"script", "style", "code", "pre", "path", "rect"}
WORD = re.compile(r"\b[A-Za-z][A-Za-z'’-]{3,}")
IDS = re.compile(r"[a-z0-9]+([ -]+[a-z0-9]+)*")

# Names of publishers, sources, licences, forms of files and keys, which are written the same in every language.
NAMES = {
    "MM-DD",  # how a date is written, after a sign of another script
    "Datawrapper", "FlatGeobuf", "GDAL", "GeoParquet", "Google", "Observable", "Python", "SHA-", "SHA", "Shapefile",
    "MapLibre", "TopoJSON", "geopandas", "Atom",
    "Axios", "Backspace", "Censor", "Clausemap", "Control", "Ctrl", "DeepState", "Delete", "Earth", "Enter", "Escape",
    "GeoJSON", "Insert",
    "GeoNames", "GeoPackage", "IAEA", "Interfax-Ukraine", "JSON", "JavaScript", "Liveuamap", "NDTV", "Natural", "ODbL",
    "OpenStreetMap", "QGIS", "Reuters", "XLSX", "YYYY-MM-DD", "geoBoundaries",
    # publishers of figures, and who carried them
    "Anue", "BagNet", "Bird", "Black", "Citizen", "Devdiscourse", "ETtoday", "Europe", "Express", "ForUA", "Gazeta",
    "Group", "HuffPost", "Novaya",
    "Independent", "Kyiv", "Moscow", "Owl", "Portfolio", "ProTV", "Project", "Times", "collector", "online", "tirile",
    # publishers of proposals
    "Babel", "Banking", "Business", "China", "Daily", "Euromaidan", "Finance", "Financial", "Glavcom", "Global",
    "Irish", "Jamaica", "Jerusalem", "Kanal", "LIGA", "Liberty", "News", "Newsbeep", "NikVesti", "Observer", "Post",
    "Press", "Review", "START", "Standard", "Straits", "Telegraph", "Ukrinform", "York", "bdnews",
}  # fmt: skip


def pages(app: Flask, lang: str) -> list[str]:
    """The address of every page in a language, from what the application answers; the pages of images chosen twice."""
    found = []
    for rule in app.url_map.iter_rules():
        if "lang" not in rule.arguments or not {"lang", "proposal_id"} >= rule.arguments:
            continue
        for proposal in PROPOSALS if "proposal_id" in rule.arguments else ("",):
            found.append(rule.rule.replace("<lang>", lang).replace("<proposal_id>", proposal))
    images = f"/{lang}/images/{PROPOSALS[0]}"
    return [*found, f"{images}?size=own&width=700&height=900&extent=crimea&labels=few&theme=dark&title=%E4%B8%AD"]


def said(node: Node, lang: str) -> Iterator[str]:
    """All that an element says to a reader in the language of the page, to the eye and to a screen reader."""
    if node.tag in UNREAD or node.attributes.get("translate") == "no" or node.attributes.get("lang", lang) != lang:
        return
    for name, value in node.attributes.items():
        if name in SAID or (name == "value" and node.attributes.get("type") == "submit"):
            yield value
        if name == "content" and {node.attributes.get("name"), node.attributes.get("property")} & set(FOR_PEOPLE):
            yield value
        if name.startswith("data-") and " " in value and not IDS.fullmatch(value):
            yield value
    for child in node.inside:
        if isinstance(child, str):
            yield child
        else:
            yield from said(child, lang)


@cache
def towns() -> frozenset[str]:
    """The words in the Latin names of towns, which stand where a small town has no other."""
    features = json.loads((COMMITTED / "context/towns.geojson").read_bytes())["features"]
    names = [feature["properties"][f"name_{suffix(lang)}"] for feature in features for lang in LANGUAGES]
    return frozenset(word for name in names for word in WORD.findall(name))


def written(script: str) -> Iterator[str]:
    """The sentences in a script: its strings with a space in them."""
    for found in re.findall(r'"(?:[^"\\\n]|\\.)*"', script):
        text = json.loads(found)
        if " " in text and not IDS.fullmatch(text) and not text.startswith("<"):
            yield text


def english(page: str, lang: str, *, script: bool = False) -> set[str]:
    """Latin words of four letters and more that stand in a page or script and are no names."""
    texts = written(page) if script else said(read_html(page), lang)
    words = {word for text in texts for word in WORD.findall(re.sub(r"\{\w+\}", "", text))}
    return words - NAMES - towns()


@pytest.mark.costly
@pytest.mark.parametrize("lang", OTHERS)
def test_no_page_shows_english(app: Flask, client: FlaskClient, lang: str) -> None:
    addresses = pages(app, lang)
    assert len(addresses) > 10
    found = {}
    for address in addresses:
        answer = client.get(address, follow_redirects=True)
        assert answer.status_code == 200, address
        script = answer.mimetype == "text/javascript"
        assert script or read_html(answer.text).one("html")["lang"] == lang
        found[address] = english(answer.text, lang, script=script)
    assert {address: words for address, words in found.items() if words} == {}


@pytest.mark.parametrize("lang", OTHERS)
@pytest.mark.parametrize(
    ("path", "status"),
    [
        ("nowhere", 404),
        ("map/0000", 404),
        ("map/us-28-points?as_of=1999-01-01", 404),
        ("map/us-28-points?as_of=13", 404),
        ("map/us-28-points?control=0000", 404),
        ("timeline/us-28-points?from=2026-01-01&to=2025-01-01", 404),
        ("images/us-28-points?size=10x10", 400),
        ("images/us-28-points?theme=0000", 400),
        ("images/us-28-points?extent=0000&zones=0000", 400),
    ],
)
def test_no_page_of_an_error_shows_english(client: FlaskClient, path: str, status: int, lang: str) -> None:
    answer = client.get(f"/{lang}/{path}")
    assert (answer.status_code, answer.mimetype) == (status, "text/html")
    assert english(answer.text, lang) - {"nowhere"} == set()


@pytest.mark.parametrize("lang", OTHERS)
def test_nor_does_one_that_could_not_be_made(
    catalogue: Catalogue, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture, lang: str
) -> None:
    caplog.set_level(logging.CRITICAL, "webapp")
    monkeypatch.setattr(Catalogue, "read", lambda *_: 1 / 0)
    answer = create_app(catalogue).test_client().get(f"/{lang}/areas/us-28-points")
    assert answer.status_code == 500
    assert english(answer.text, lang) == set()


@pytest.mark.slow
@pytest.mark.parametrize("lang", OTHERS)
@pytest.mark.parametrize("proposal_id", PROPOSALS)
def test_no_image_shows_english(client: FlaskClient, proposal_id: str, lang: str) -> None:
    addresses = [
        f"/images/{proposal_id}/latest.txt",
        f"/images/{proposal_id}/latest.svg",
        f"/timelines/{proposal_id}.svg",
    ]
    for address in addresses:
        answer = client.get(f"{address}?lang={lang}")
        assert answer.status_code == 200
        shown = re.sub(r"<(style|metadata|defs)\b.*?</\1>|<[^>]*>|https?://\S+", " ", answer.text, flags=re.DOTALL)
        assert set(WORD.findall(shown)) - NAMES == set(), address


@pytest.mark.parametrize("lang", OTHERS)
def test_a_language_that_is_none_is_told_in_the_one_that_is_accepted(client: FlaskClient, lang: str) -> None:
    answer = client.get("/xx/", headers={"Accept-Language": lang})
    assert answer.status_code == 404
    assert english(answer.text, lang) == set()


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_names_of_other_languages_are_marked_as_theirs(client: FlaskClient, lang: str) -> None:
    page = read_html(client.get(f"/{lang}/images/us-28-points").text)
    own = {"en": "English", "uk": "Українська", "zh-Hant": "繁體中文"}
    for tag, name in own.items():
        named = [node for node in page.walk() if node.tag in {"a", "option"} and node.words == name]
        assert len(named) >= 2
        assert {node.attributes.get("lang") for node in named} == {tag}


def test_english_is_found_wherever_it_stands() -> None:
    page = '<p lang="en">Left alone</p><p aria-label="Close it">x</p><img alt="Map of it"><code>zone</code>'
    page += "Legend of {name} <b>Clausemap</b>"
    assert english(f'<html lang="uk">{page}</html>', "uk") == {"Close", "Legend"}
