"""Flask's request is known at the edge alone: a page is a function of a context and its views."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest
from flask import has_app_context
from flask.testing import FlaskClient
from werkzeug.datastructures import MultiDict

from layers.catalogue.model import Catalogue
from layers.tables.timeline import read_timeline
from tests.words import language
from webapp.app import create_app
from webapp.context import Context, View, open_view
from webapp.pages.home import home_page
from webapp.pages.images import kit_page, read_chosen
from webapp.pages.map import embed_page, map_page
from webapp.pages.proposal import areas_page, points_page
from webapp.pages.proposals import proposals_page
from webapp.pages.timeline import timeline_page
from webapp.setup import ROOT
from webapp.site import EXTENSION, Site
from webapp.text.zones import read_zones

BASE = "https://maps.example.org/peace"
EDGE = ("app", "before_request", "current_request", "error_log", "headers", "problem_handlers", "routes")
STARTS_THE_SERVICE = ("server/serving", "publishing/making")  # they import the factory
KNOWS_NO_REQUEST = {"Flask", "Request", "Response"}  # classes, handed in by whoever has one
MODULES = sorted((ROOT / "webapp").rglob("*.py"))
OWN, OTHER, DATE = "us-28-points", "ukraine-20-points", "2026-01-01"


def place_of(path: Path) -> str:
    return path.relative_to(ROOT / "webapp").with_suffix("").as_posix()


def at_the_edge(place: str) -> bool:
    return place.split("/", maxsplit=1)[0] in EDGE


def imports_of(source: str) -> Iterator[str]:
    """Every name that a module imports, in full, also inside functions."""
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Import):
            yield from (name.name for name in node.names)
        elif isinstance(node, ast.ImportFrom):
            yield from (f"{node.module}.{name.name}" for name in node.names)


def known_of_requests(source: str) -> set[str]:
    """What a module imports of Flask besides classes, and of the modules at the edge."""
    names = set(imports_of(source))
    flask = {name for name in names if name.split(".")[0] == "flask" and name.split(".")[-1] not in KNOWS_NO_REQUEST}
    return flask | {name for name in names if name.startswith("webapp.") and at_the_edge(name.split(".")[1])}


def test_only_the_edge_knows_the_request() -> None:
    for path in MODULES:
        place = place_of(path)
        known = known_of_requests(path.read_text("utf-8"))
        if place in STARTS_THE_SERVICE:
            known -= {"webapp.app.create_app"}
        assert at_the_edge(place) or not known, place


@pytest.mark.parametrize(
    "source",
    [
        "from flask import request",
        "from flask import Response, g",
        "import flask",
        "def late():\n    from flask import current_app",
        "from webapp.current_request import current_site",
    ],
)
def test_whoever_knows_the_request_is_found(source: str) -> None:
    assert known_of_requests(source)


@pytest.fixture(scope="module")
def reader(catalogue: Catalogue) -> FlaskClient:
    """A reader of a service whose URL is known and has a path."""
    return create_app(catalogue, base_url=BASE).test_client()


@pytest.fixture
def context(reader: FlaskClient) -> Context:
    """What the pages of that service are made with in Ukrainian; no application is at work."""
    assert not has_app_context()
    site: Site = reader.application.extensions[EXTENSION]
    return Context(alike(site.catalogue, site), language("uk"), site.catalogue)


def alike(catalogue: Catalogue, site: Site) -> Site:
    """A site of its own with what that of the service was given."""
    return Site(catalogue, site.tiles, base_url=BASE, corrections=site.corrections)


def served(reader: FlaskClient, path: str) -> str:
    response = reader.get(f"/peace{path}")
    assert response.status_code == 200
    return response.text


def timeline_of(view: View, requested: str | None) -> str:
    return timeline_page(view, requested, read_timeline(view.catalogue, view.proposal))


def kit_of(view: View, requested: str | None) -> str:
    return kit_page(view, requested, read_chosen(MultiDict(), view))


PAGES = {
    "map": map_page,
    "areas": areas_page,
    "timeline": timeline_of,
    "points": points_page,
    "images": kit_of,
}


@pytest.mark.parametrize("page", PAGES)
@pytest.mark.parametrize("requested", [None, DATE])
def test_a_page_is_the_same_without_a_request(
    reader: FlaskClient, context: Context, page: str, requested: str | None
) -> None:
    query = f"?as_of={requested}" if requested else ""
    made = PAGES[page](open_view(context, OWN, requested), requested)
    assert made == served(reader, f"/uk/{page}/{OWN}{query}")


def test_lists_and_embeds_are_the_same_without_a_request(reader: FlaskClient, context: Context) -> None:
    assert home_page(context, {}) == served(reader, "/uk/")
    assert proposals_page(context, {}) == served(reader, "/uk/proposals")
    assert embed_page(open_view(context, OWN), None) == served(reader, f"/embed/uk/{OWN}")


def test_a_page_on_a_named_control_map_is_the_same_without_a_request(reader: FlaskClient, catalogue: Catalogue) -> None:
    site: Site = reader.application.extensions[EXTENSION]
    named = Context(alike(catalogue, site), language("en"), catalogue, control=catalogue.control.id)
    made = areas_page(open_view(named, OWN), None)
    assert made == served(reader, f"/en/areas/{OWN}?control={catalogue.control.id}")


def test_one_context_has_two_editions(reader: FlaskClient, context: Context) -> None:
    own, other = open_view(context, OWN), open_view(context, OTHER, DATE)
    zones, others = read_zones(own), read_zones(other)
    assert {zone.layer_url.split("/")[3] for zone in zones} == {OWN}
    assert {zone.layer_url.split("/")[3] for zone in others} == {OTHER}
    assert {zone.id for zone in zones} != {zone.id for zone in others}
    assert areas_page(own, None) == served(reader, f"/uk/areas/{OWN}")
    assert areas_page(other, DATE) == served(reader, f"/uk/areas/{OTHER}?as_of={DATE}")
    assert read_zones(own) == zones


def test_two_services_in_one_process_have_their_own_urls(catalogue: Catalogue, reader: FlaskClient) -> None:
    plain = create_app(catalogue).test_client()
    assert "/peace" not in plain.get(f"/en/areas/{OWN}").text
    assert "/peace" in served(reader, f"/en/areas/{OWN}")
    assert "/peace" not in plain.get(f"/en/points/{OWN}").text
