"""Lists of proposals narrowed by the URL: who put them forward, their status, their year."""

from dataclasses import replace

import pytest
from flask.testing import FlaskClient

from layers.catalogue.model import Catalogue
from tests.webapp.markup import Node, read_html
from tests.words import LANGUAGES, text
from webapp.app import create_app
from webapp.pages.filters import FEWEST, NAMES


def listed(client: FlaskClient, path: str) -> set[str]:
    """The proposals that a page lists."""
    tree = read_html(client.get(path).text)
    ids = {item["id"] for items in tree.all("ol", class_="listed") for item in items.all("li")}
    return ids | {
        link["href"].split("/")[3].partition("?")[0] for heading in tree.all("h3") for link in heading.all("a")
    }


def fields(tree: Node) -> dict[str, dict[str, str]]:
    """The choices of the form by name, each with its label."""
    form = tree.one("form", class_="filters")
    return {field["name"]: {one["value"]: one.words for one in field.all("option")} for field in form.all("select")}


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("by=RU", {"putin-2024-06", "putin-2025-08"}),
        ("by=US&status=replaced", {"us-2025-04", "us-28-points"}),
        ("by=UA&year=2025", {"ukraine-20-points"}),
        ("year=2023", {"prabowo-2023-06"}),
        ("year=1999", set()),
        ("status=%3Cscript%3E", set()),
    ],
)
def test_a_query_narrows_the_list(client: FlaskClient, query: str, found: set[str]) -> None:
    assert listed(client, f"/en/?{query}") == found
    tree = read_html(client.get(f"/en/?{query}").text)
    assert (text("en", "filter.nothing") in tree.words) == (not found)
    assert "<script>" not in client.get(f"/en/?{query}").text.partition("<body>")[2].partition("<form")[0]


def test_the_register_narrows_what_is_not_drawn_too(client: FlaskClient, catalogue: Catalogue) -> None:
    chinese = {entry.id for entry in catalogue.undrawn if "CN" in entry.by}
    assert chinese
    assert listed(client, "/en/proposals?by=CN") == chinese
    assert listed(client, "/en/proposals?status=replaced") <= set(catalogue.proposals)


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_form_keeps_what_is_chosen(client: FlaskClient, catalogue: Catalogue, lang: str) -> None:
    tree = read_html(client.get(f"/{lang}/?status=replaced&year=").text)
    chosen = [one["value"] for one in tree.all("option") if "selected" in one.attributes]
    assert chosen == ["", "replaced", ""]
    form = fields(tree)
    assert tuple(form) == NAMES
    assert set(form["by"]) == {"", *(code for proposal in catalogue.proposals.values() for code in proposal.by)}
    assert form["status"]["replaced"] == text(lang, "status.replaced")
    assert list(form["year"]) == ["", *sorted({one.date[:4] for one in catalogue.proposals.values()}, reverse=True)]
    switch = [link["href"] for link in tree.one("nav", class_="languages").all("a")]
    assert switch == [f"/{tag}/?status=replaced" for tag in LANGUAGES]


def test_a_short_list_has_no_form(catalogue: Catalogue) -> None:
    few = dict(list(catalogue.proposals.items())[: FEWEST - 1])
    client = create_app(replace(catalogue, proposals=few, undrawn=())).test_client()
    for path in ("/en/", "/en/proposals"):
        assert not read_html(client.get(path).text).all("form")
