"""Every kind of answer says which version of the data it speaks of, in itself or in its header, and pages in words."""

import re

from flask.testing import FlaskClient

from layers.catalogue.model import Catalogue
from tests.webapp.markup import read_html
from tests.words import LANGUAGES, text

US, DAY = "us-28-points", "2025-11-20"
TABS = ("map", "areas", "timeline", "points", "images")
PAGES = (
    *(f"/{lang}/" for lang in LANGUAGES),
    *(f"/{lang}/{tab}/{US}" for lang in LANGUAGES for tab in TABS),
    *(f"/embed/{lang}/{US}" for lang in LANGUAGES),
    "/en/map/nope",
    "/embed/en/nope",
)
CARRYING = (
    f"/layers/{US}/{DAY}.geojson",
    f"/layers/{US}/{DAY}/donetsk-buffer.geojson",
    f"/areas/{US}/{DAY}.csv",
    f"/areas/{US}/{DAY}.json",
    f"/timelines/{US}.csv",
    f"/timelines/{US}.json",
    f"/timelines/{US}.svg",
    f"/images/{US}/{DAY}.svg",
    f"/images/{US}/{DAY}.json?format=svg",
    "/catalog.json",
    "/healthz",
)
BINARY = (f"/images/{US}/{DAY}.png", f"/timelines/{US}.png", f"/images/{US}/{DAY}.pdf")
OTHERS = (
    f"/images/{US}/{DAY}/factsheet.pdf",
    f"/images/{US}/{DAY}.txt",
    "/context/oblasts.geojson",
    f"/scripts/en/{US}.js",
)


def test_a_page_says_it_in_its_head_and_in_words(client: FlaskClient, catalogue: Catalogue) -> None:
    for path in PAGES:
        tree = read_html(client.get(path).text)
        assert tree.one("meta", name="clausemap:data-version")["content"] == catalogue.data_version, path
        if tree.all("footer"):
            words = text(tree.one("html")["lang"], "site.version", version=catalogue.data_version)
            assert words in tree.all("footer")[-1].words


def test_data_and_drawings_carry_it(client: FlaskClient, catalogue: Catalogue) -> None:
    for path in CARRYING:
        assert catalogue.data_version in client.get(path).text, path


def test_a_file_of_an_image_carries_it_among_its_words(client: FlaskClient, catalogue: Catalogue) -> None:
    for path in BINARY:
        assert f"Clausemap, data {catalogue.data_version}".encode() in client.get(path).data, path


def test_every_answer_has_it_in_its_header(client: FlaskClient, catalogue: Catalogue) -> None:
    for path in (*PAGES, *CARRYING, *BINARY, *OTHERS, "/layers/nope", "/static/page.css", "/"):
        assert client.get(path).headers["X-Data-Version"] == catalogue.data_version, path


def test_a_version_is_something_that_a_header_can_hold(catalogue: Catalogue) -> None:
    assert re.fullmatch(r"[A-Za-z0-9._-]+", catalogue.data_version)
