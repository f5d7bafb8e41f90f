"""Requests as clients write them: slashes, queries, misspelt options, URLs that are too long."""

import re
from urllib.parse import urlsplit

import pytest
from flask.testing import FlaskClient

from layers.catalogue.model import Catalogue
from webapp.app import create_app
from webapp.images.options.options import LONGEST, LONGEST_EXTENT, READERS
from webapp.limits import LONGEST_URL
from webapp.query import ADDED

US, DAY = "us-28-points", "2025-11-20"
BASE = "https://maps.example.org/peace"
IMAGE, RECORD, SHEET = f"/images/{US}/{DAY}.svg", f"/images/{US}/{DAY}.json", f"/images/{US}/{DAY}/factsheet.pdf"
TIMELINE = f"/timelines/{US}.csv"
SLASHED = (
    f"/en/map/{US}",
    f"/zh-Hant/timeline/{US}",
    "/uk/proposals",
    f"/embed/en/{US}",
    f"/layers/{US}/latest.geojson",
    f"/layers/{US}/{DAY}/crimea.geojson",
    f"/areas/{US}/{DAY}.csv",
    f"/images/{US}/{DAY}/factsheet.pdf",
    "/context/towns.geojson",
    "/static/vendor/leaflet/leaflet.js",
    "/catalog.json",
    "/healthz",
    "/robots.txt",
    "/oembed",
)


@pytest.fixture(scope="module")
def prefixed(catalogue: Catalogue) -> FlaskClient:
    """The application below a path."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("CLAUSEMAP_BASE_URL", BASE)
        return create_app(catalogue).test_client()


@pytest.mark.parametrize("path", SLASHED)
def test_a_slash_at_the_end_leads_to_the_url_without(client: FlaskClient, path: str) -> None:
    for query in ("", "?as_of=latest&off=a,b&x=%2F%20", "?a=1&a=2"):
        for answer in (client.get(f"{path}/{query}"), client.head(f"{path}/{query}")):
            assert (answer.status_code, answer.location) == (308, path + query)
    assert client.get(f"{path}//").location == path


@pytest.mark.parametrize(
    ("path", "query"), [("/uk", "control=x"), ("/en", "as_of=2026-01-01&a=%26"), ("/zh-Hant", "utm_source=a+b")]
)
def test_a_language_without_its_slash_keeps_the_query(client: FlaskClient, path: str, query: str) -> None:
    answer = client.get(f"{path}?{query}")
    assert (answer.status_code, answer.location) == (308, f"{path}/?{query}")


@pytest.mark.parametrize("path", ["/en//", "/uk///"])
def test_a_start_page_keeps_one_slash(client: FlaskClient, path: str) -> None:
    answer = client.get(f"{path}?control=x")
    assert (answer.status_code, answer.location) == (308, f"{path.rstrip('/')}/?control=x")


def test_the_root_keeps_the_query(client: FlaskClient) -> None:
    answer = client.get("/?control=x&utm_source=%D0%B0", headers={"Accept-Language": "uk"})
    assert (answer.status_code, answer.location) == (302, "/uk/?control=x&utm_source=%D0%B0")
    assert answer.headers["Cache-Control"] == "no-cache"


@pytest.mark.parametrize(
    ("asked", "location"),
    [
        ("/peace/", "/peace/en/?a=1"),
        ("/", "/peace/en/?a=1"),
        ("/peace/uk", "/peace/uk/?a=1"),
        (f"/peace/en/map/{US}/", f"/peace/en/map/{US}?a=1"),
        ("/catalog.json/", "/peace/catalog.json?a=1"),
    ],
)
def test_redirects_stay_below_the_path(prefixed: FlaskClient, asked: str, location: str) -> None:
    assert prefixed.get(f"{asked}?a=1").location == location


@pytest.mark.parametrize(
    "path",
    ["//evil.example/", "//evil.example/en/map/x/", "/\\evil.example/", "/%5cevil.example/", "/.//evil.example/",
     "/en/map//evil.example/", "/en/map/\\evil.example/", "/en/map/%0d%0aX-Planted:1/", "/layers/", "/fr/", "/en//"],
)  # fmt: skip
def test_no_slash_leads_elsewhere(client: FlaskClient, prefixed: FlaskClient, path: str) -> None:
    for asked in (client, prefixed):
        answer = asked.get("/", environ_overrides={"PATH_INFO": path, "QUERY_STRING": "x=//evil.example"})
        location = urlsplit(answer.headers.get("Location", "/en/"))
        assert (location.scheme, location.netloc) == ("", "")
        assert location.path.startswith(("/en/", "/peace/en/"))
        assert not set("\\\r\n") & set(answer.headers.get("Location", ""))
        assert "X-Planted" not in answer.headers


def test_nothing_that_is_written_is_redirected(client: FlaskClient) -> None:
    assert client.post(f"/en/map/{US}/").status_code in {404, 405}


def test_oembed_takes_the_url_with_a_slash(prefixed: FlaskClient) -> None:
    for path in (f"/en/map/{US}", f"/embed/uk/{US}"):
        plain, slashed = (
            prefixed.get("/oembed", query_string={"url": f"{BASE}{path}{end}?as_of=2026-01-01"}) for end in ("", "/")
        )
        assert (slashed.status_code, slashed.data) == (200, plain.data)


@pytest.mark.parametrize(
    ("path", "name", "known"),
    [
        (IMAGE, "tittle", set(READERS)),
        (IMAGE.replace(".svg", ".png"), "Size", set(READERS)),
        (IMAGE.replace(".svg", ".pdf"), "language", set(READERS)),
        (IMAGE.replace(".svg", ".txt"), "as_of", set(READERS)),
        (IMAGE, "format", set(READERS)),
        (RECORD, "form", {*READERS, "format"}),
        (SHEET, "size", {"lang", "theme"}),
        (SHEET, "themes", {"lang", "theme"}),
        (TIMELINE, "since", {"lang", "from", "to"}),
        (TIMELINE.replace(".csv", ".svg"), "as_of", {"lang", "from", "to"}),
    ],
)
def test_a_misspelt_option_is_refused_with_the_known_names(
    client: FlaskClient, path: str, name: str, known: set[str]
) -> None:
    for query in (f"{name}=square", f"lang=uk&{name}="):
        answer = client.get(f"{path}?{query}")
        assert (answer.status_code, answer.mimetype) == (400, "application/problem+json")
        told = answer.get_json()
        assert set(told["known"]) == known
        assert f"'{name}'" in told["detail"]


def test_a_misspelt_option_is_told_in_the_language_of_the_reader(client: FlaskClient) -> None:
    for lang in ("uk", "zh-Hant"):
        answer = client.get(f"{IMAGE}?tittle=x", headers={"Accept-Language": lang})
        assert answer.headers["Content-Language"] == lang
        assert "tittle" in answer.get_json()["detail"]


def test_a_long_name_is_not_repeated_in_full(client: FlaskClient) -> None:
    answer = client.get(f"{IMAGE}?{'z' * 5000}=1")
    assert answer.status_code == 400
    assert len(answer.data) < 1000


@pytest.mark.parametrize("path", [IMAGE.replace(".svg", ".txt"), TIMELINE])
def test_what_mailings_and_caches_add_is_let_through(client: FlaskClient, path: str) -> None:
    plain = client.get(path)
    campaigns = ("utm_source", "utm_campaign", "utm_anything", "UTM_Source", "pk_campaign", "mtm_source")
    for name in ("v", *sorted(ADDED), *campaigns, "ScCid"):
        answer = client.get(f"{path}?{name}=x")
        assert (answer.status_code, answer.data) == (200, plain.data), name


def test_pages_pass_over_names_that_they_do_not_know(client: FlaskClient) -> None:
    for path in (f"/en/areas/{US}", f"/en/map/{US}", "/en/"):
        assert client.get(f"{path}?tittle=x").status_code == 200


@pytest.mark.parametrize("path", ["/robots.txt", "/en/", IMAGE, "/static/page.css", f"/embed/uk/{US}", "/nope"])
def test_a_url_that_is_too_long_is_refused_in_one_line(client: FlaskClient, path: str) -> None:
    answer = client.get(f"{path}?control={'9' * 60_000}")
    assert answer.status_code == 414
    assert re.search(r"\b8[,\s]?000\b", answer.text)
    assert "99999" not in answer.text
    assert client.get(f"/{'a' * 20_000}").status_code == 414
    assert client.get(f"/en/?x={'a' * (LONGEST_URL - 10)}").status_code == 200


def test_all_options_of_an_image_fit_in_chinese(client: FlaskClient, catalogue: Catalogue) -> None:
    zones = catalogue.proposals[US].editions[DAY].zones
    query = {name: "頓" * most for name, most in LONGEST.items()} | {"zones": ",".join(zones)}
    assert client.get(f"/en/images/{US}", query_string=query).status_code in {200, 400}


@pytest.mark.parametrize("form", ["svg", "txt", "json", "pdf"])
def test_an_extent_of_endless_digits_is_refused(client: FlaskClient, form: str) -> None:
    extent = f"31.{'0' * 2000}1,46,38,50"
    answer = client.get(f"/images/{US}/{DAY}.{form}?extent={extent}")
    assert answer.status_code == 400
    assert answer.get_json()["detail"] == f"extent: {len(extent)} characters; at most {LONGEST_EXTENT} fit"
    page = client.get(f"/en/images/{US}?extent=own&degrees={extent}")
    assert page.status_code == 400
