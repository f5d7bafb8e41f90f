"""``/corrections``: page, list and Atom feed in each language, with the workspace's own corrections."""

import json
from datetime import datetime
from pathlib import Path
from xml.etree import ElementTree

import pytest
from flask.testing import FlaskClient

from layers.catalogue.model import Catalogue
from layers.corrections.loading import CORRECTIONS, load_corrections
from layers.errors import CorrectionError
from tests.webapp.markup import read_html
from tests.words import LANGUAGES
from webapp.app import create_app

ATOM = {"a": "http://www.w3.org/2005/Atom"}
LANG = "{http://www.w3.org/XML/1998/namespace}lang"
OWN = """
[[corrections]]
id = "our-own"
date = 2027-01-01
proposals = ["my-plan"]
title = { en = "Ours & <yours>" }
text = { en = "A “quoted” ]]> & <b>bold</b> claim\\nin two lines" }
"""
BASE = "https://maps.example.org/peace"


@pytest.fixture(scope="module")
def own_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("own") / "corrections.toml"
    path.write_text(OWN, encoding="utf-8")
    return path


@pytest.fixture(scope="module")
def reader(catalogue: Catalogue, own_file: Path) -> FlaskClient:
    return create_app(catalogue, base_url=BASE, workspace=own_file.parent).test_client()


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_page_has_every_correction_with_its_figures(client: FlaskClient, lang: str) -> None:
    page = read_html(client.get(f"/{lang}/corrections").text)
    shown = {one["id"]: one for one in page.one("ol", class_="listed").all("li")}
    found = load_corrections(CORRECTIONS)
    assert list(shown) == [one.id for one in found]
    for one in found:
        assert one.title[lang] in shown[one.id].words
        assert one.text[lang] in shown[one.id].words
        assert len([row for row in shown[one.id].all("tr") if row.all("td")]) == len(one.changes)
    assert "7,574.2" in client.get("/en/corrections").text
    (feed,) = (link for link in page.all("link") if link.attributes.get("type") == "application/atom+xml")
    assert client.get(feed["href"]).status_code == 200


def test_every_page_links_to_it(client: FlaskClient) -> None:
    for path in (
        "/uk/",
        "/uk/proposals",
        "/uk/data",
        "/uk/map/us-28-points",
        "/uk/areas/us-28-points",
        "/uk/corrections",
    ):
        assert 'href="/uk/corrections"' in client.get(path).text, path


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_feed_is_atom_by_its_rules(reader: FlaskClient, lang: str) -> None:
    answer = reader.get(f"/corrections/{lang}.atom")
    assert answer.content_type == "application/atom+xml"
    feed = ElementTree.fromstring(answer.data)
    assert feed.attrib[LANG] == lang
    entries = feed.findall("a:entry", ATOM)
    for element in (feed, *entries):  # RFC 4287, sections 4.1.1 and 4.1.2: exactly one of each
        for name in ("id", "title", "updated"):
            assert len(element.findall(f"a:{name}", ATOM)) == 1
        moment = element.findtext("a:updated", namespaces=ATOM) or ""
        assert datetime.fromisoformat(moment).utcoffset() is not None
    assert feed.findtext("a:author/a:name", namespaces=ATOM)
    ids = [one.findtext("a:id", namespaces=ATOM) for one in (feed, *entries)]
    assert len(set(ids)) == len(ids)
    assert all(one and one.startswith("urn:uuid:") for one in ids)
    assert feed.findtext("a:updated", namespaces=ATOM) == "2027-01-01T00:00:00Z"
    links = {link.attrib["rel"]: link.attrib["href"] for link in feed.findall("a:link", ATOM)}
    assert links == {"self": f"{BASE}/corrections/{lang}.atom", "alternate": f"{BASE}/{lang}/corrections"}
    for entry in entries:
        assert entry.find("a:content", ATOM) is not None
        (link,) = entry.findall("a:link", ATOM)
        assert link.attrib["href"].startswith(f"{BASE}/{lang}/corrections#")


def test_words_of_an_operator_are_escaped_everywhere(reader: FlaskClient) -> None:
    entry = ElementTree.fromstring(reader.get("/corrections/uk.atom").data).find("a:entry", ATOM)
    assert entry is not None
    content, title = (entry.find(f"a:{name}", ATOM) for name in ("content", "title"))
    assert content is not None
    assert title is not None
    assert (title.text, title.attrib[LANG]) == ("Ours & <yours>", "en")
    assert content.text == "A “quoted” ]]> & <b>bold</b> claim\nin two lines"
    page = reader.get("/uk/corrections").text
    assert "Ours &amp; &lt;yours&gt;" in page
    assert "<b>bold" not in page
    assert read_html(page).one("li", id="our-own").one("h2")["lang"] == "en"
    first = reader.get("/corrections/uk.json").json["corrections"][0]  # type: ignore[index]
    assert (first["title"], first["date"], first["proposals"]) == ("Ours & <yours>", "2027-01-01", ["my-plan"])


def test_feeds_are_the_same_wherever_they_are_served(client: FlaskClient, reader: FlaskClient) -> None:
    ids = [
        {one.text for one in ElementTree.fromstring(of.get("/corrections/en.atom").data).iter(f"{{{ATOM['a']}}}id")}
        for of in (client, reader)
    ]
    assert ids[0] < ids[1]
    assert client.get("/corrections/en.atom").data == client.get("/corrections/en.atom").data


@pytest.mark.parametrize(
    ("accept", "accepted", "to"),
    [
        ("text/html,*/*;q=0.8", "uk", "/uk/corrections"),
        ("application/json", "zh-Hant", "/corrections/zh-Hant.json"),
        ("application/atom+xml", "fr", "/corrections/en.atom"),
    ],
)
def test_its_short_address_leads_on(client: FlaskClient, accept: str, accepted: str, to: str) -> None:
    answer = client.get("/corrections", headers={"Accept": accept, "Accept-Language": accepted})
    assert (answer.status_code, answer.headers["Location"]) == (302, to)


def test_an_unknown_language_or_form_is_told(client: FlaskClient) -> None:
    unknown, other = client.get("/corrections/xx.atom"), client.get("/corrections/en.rss")
    assert unknown.json["known"] == list(LANGUAGES)  # type: ignore[index]
    assert other.json["known"] == [".json", ".atom"]  # type: ignore[index]
    assert (unknown.status_code, other.status_code) == (404, 404)


def test_a_service_does_not_start_with_a_file_that_has_faults(catalogue: Catalogue, tmp_path: Path) -> None:
    path = tmp_path / "corrections.toml"
    path.write_text(OWN.replace("date = 2027-01-01", ""), encoding="utf-8")
    with pytest.raises(CorrectionError, match=r"corrections\.our-own\.date: is missing"):
        create_app(catalogue, workspace=tmp_path)


def test_search_engines_and_portals_learn_of_the_latest_correction(reader: FlaskClient) -> None:
    page = read_html(reader.get("/uk/areas/ukraine-20-points").text)
    described = json.loads("".join(map(str, page.one("script", type="application/ld+json").inside)))
    assert described["correction"]["@type"] == "CorrectionComment"
    assert described["correction"]["datePublished"] == "2026-11-27"
    assert described["correction"]["url"] == f"{BASE}/uk/corrections#pull-back-bands"
    portal = {one["dct:identifier"]: one for one in reader.get("/catalog.jsonld").json["dcat:dataset"]}  # type: ignore[index]
    assert portal["ukraine-20-points"]["dct:modified"]["@value"] == "2026-11-27"
    assert {note["@language"] for note in portal["ukraine-20-points"]["adms:versionNotes"]} == set(LANGUAGES)
    assert "dct:modified" not in portal["e3-2025-11"]
