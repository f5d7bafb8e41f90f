"""What answers of every kind tell browsers, and what pages are made of: no script, no style and no host of others."""

import re

import pytest
from flask.testing import FlaskClient

from layers.catalogue.model import Catalogue
from tests.webapp.markup import Node, read_html
from tests.words import LANGUAGES
from webapp.app import create_app
from webapp.static_files import FOLDERS

US = "us-28-points"
TABS = ("map", "areas", "timeline", "points", "images")
PAGES = (
    *(f"/{lang}/" for lang in LANGUAGES),
    *(f"/{lang}/{tab}/{id}" for lang in LANGUAGES for tab in TABS for id in (US, "ukraine-20-points")),
    f"/en/timeline/{US}?from=2025-11-20&to=2025-11-20",
    f"/en/images/{US}?size=1x1",
    "/en/map/nope",
    f"/uk/areas/{US}?as_of=1999-01-01",
    "/fr/",
)
EMBEDS = (*(f"/embed/{lang}/{US}" for lang in LANGUAGES), "/embed/en/nope", f"/embed/uk/{US}?as_of=1999-01-01")
DATA = (
    f"/layers/{US}/latest.geojson",
    f"/areas/{US}/2025-11-20.csv",
    f"/areas/{US}/2025-11-20.json",
    f"/timelines/{US}.csv",
    f"/timelines/{US}.svg",
    f"/images/{US}/2025-11-20.svg",
    f"/images/{US}/2025-11-20.json?format=svg",
    f"/scripts/en/{US}.js",
    "/context/oblasts.geojson",
    "/catalog.json",
    "/ogc/conformance",
    "/ogc/nope",
    "/healthz",
    "/static/page.css",
    "/static/icon.svg",
    "/static/nope",
    f"/layers/{US}/1999-01-01.geojson",
    "/oembed?url=https%3A%2F%2Fexample.org",
    "/robots.txt",
    "/sitemap.xml",
)
NO_COOKIES = ("localStorage", "sessionStorage", "indexedDB", "document.cookie", "serviceWorker", "sendBeacon")
LOADING = {"script": "src", "img": "src", "iframe": "src", "source": "src", "image": "href", "use": "href"}


def policy(header: str) -> dict[str, str]:
    """The directives of a policy by name."""
    parts = (rule.strip().partition(" ") for rule in header.split(";"))
    return {name: value for name, _, value in parts}


def loaded(tree: Node) -> list[str]:
    """What a page loads as soon as it is opened."""
    found = [node[LOADING[node.tag]] for node in tree.walk() if LOADING.get(node.tag, "") in node.attributes]
    found = [address for address in found if not address.startswith("#")]
    sheets = [link["href"] for link in tree.all("link") if {"stylesheet", "icon"} & set(link["rel"].split())]
    return found + sheets


def test_a_page_runs_and_loads_only_what_is_a_file_of_the_service(client: FlaskClient) -> None:
    for path in (*PAGES, *EMBEDS):
        answer = client.get(path)
        rules = policy(answer.headers["Content-Security-Policy"])
        assert rules["default-src"] == "'none'", path
        assert {rules[name] for name in ("style-src", "img-src", "connect-src", "font-src")} == {"'self'"}, path
        assert rules["script-src"] == "'self'", path
        assert "unsafe" not in answer.headers["Content-Security-Policy"], path
        tree = read_html(answer.text)
        assert {node.attributes.get("type") for node in tree.all("script") if "src" not in node.attributes} <= {
            "application/json",
            "application/ld+json",
        }
        assert tree.all("style") == [], path
        names = {name for node in tree.walk() for name in node.attributes}
        assert {name for name in names if name.startswith("on") or name == "style"} == set(), path
        assert [address for address in loaded(tree) if not re.match(r"/\w", address)] == [], path


def test_nothing_but_an_embed_may_be_framed(client: FlaskClient) -> None:
    for path in (*PAGES, *DATA):
        answer = client.get(path)
        assert policy(answer.headers["Content-Security-Policy"])["frame-ancestors"] == "'none'", path
        assert answer.headers["X-Frame-Options"] == "DENY", path


def test_an_embed_may_be_framed_by_everybody(client: FlaskClient) -> None:
    for path in EMBEDS:
        answer = client.get(path)
        assert policy(answer.headers["Content-Security-Policy"])["frame-ancestors"] == "*", path
        assert "X-Frame-Options" not in answer.headers, path
        assert answer.headers["Cross-Origin-Resource-Policy"] == "cross-origin", path


def test_every_answer_carries_the_same_rules_and_no_cookie(client: FlaskClient) -> None:
    for path in (*PAGES, *EMBEDS, *DATA):
        headers = client.get(path).headers
        assert headers["X-Content-Type-Options"] == "nosniff", path
        assert headers["Referrer-Policy"] == "strict-origin-when-cross-origin", path
        assert "geolocation=()" in headers["Permissions-Policy"], path
        assert "Set-Cookie" not in headers, path


def test_data_runs_nothing_and_may_be_used_by_other_sites(client: FlaskClient) -> None:
    for path in DATA:
        headers = client.get(path).headers
        rules = policy(headers["Content-Security-Policy"])
        assert "script-src" not in rules, path
        assert rules["default-src"] == "'none'", path
        assert headers["Cross-Origin-Resource-Policy"] == "cross-origin", path


def test_a_pdf_runs_nothing_and_leaves_its_viewer_alone(client: FlaskClient) -> None:
    rules = policy(client.get(f"/images/{US}/2025-11-20.pdf").headers["Content-Security-Policy"])
    assert rules == {"script-src": "'none'", "base-uri": "'none'", "frame-ancestors": "'none'"}


def test_what_did_not_change_keeps_its_rules(client: FlaskClient) -> None:
    first = client.get("/en/")
    again = client.get("/en/", headers={"If-None-Match": first.headers["ETag"]})
    assert again.status_code == 304
    for name in ("Content-Security-Policy", "X-Frame-Options", "X-Data-Version"):  # browsers take them over
        assert again.headers[name] == first.headers[name]


@pytest.mark.parametrize(
    ("url", "allowed"),
    [
        ("https://tiles.example.org/{z}/{x}/{y}.png", "'self' data: https://tiles.example.org"),
        ("https://{s}.tiles.example.org:8443/{z}/{x}/{y}.png", "'self' data: https://*.tiles.example.org:8443"),
        ("https://a;script-src *,/{z}/{x}/{y}.png", "'self' data: https:"),
        ("/tiles/{z}/{x}/{y}.png", "'self' data:"),
    ],
)
def test_the_host_of_tiles_is_the_only_other(
    catalogue: Catalogue, monkeypatch: pytest.MonkeyPatch, url: str, allowed: str
) -> None:
    monkeypatch.setenv("CLAUSEMAP_TILES_URL", url)
    monkeypatch.setenv("CLAUSEMAP_TILES_ATTRIBUTION", "Them")
    header = create_app(catalogue).test_client().get("/en/").headers["Content-Security-Policy"]
    rules = policy(header)
    assert rules["img-src"] == allowed
    assert rules["script-src"] == "'self'"
    assert rules["connect-src"] == "'self'"


def test_no_script_of_the_project_keeps_anything_in_a_browser_or_asks_another_host() -> None:
    scripts = sorted(FOLDERS[""].rglob("*.js"))
    assert scripts
    for path in scripts:
        source = path.read_text("utf-8")
        assert [word for word in NO_COOKIES if word in source] == [], path.name
        assert set(re.findall(r"https?://[^\"]*", source)) <= {"http://www.w3.org/2000/svg"}, path.name
        assert re.findall(r"innerHTML|outerHTML|insertAdjacentHTML|document\.write|\beval\(|new Function", source) == []
