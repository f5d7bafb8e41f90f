"""The page of all proposals, and sources as links."""

from dataclasses import replace

import pytest
from flask.testing import FlaskClient

from layers.catalogue.entries import SourceEntry
from layers.catalogue.model import Catalogue
from layers.proposal.undrawn import load_undrawn
from tests.webapp.markup import Node, read_html
from tests.words import LANGUAGES, date_text, known_through, month_text, source_links, text
from webapp.app import create_app


def page(client: FlaskClient, lang: str, query: str = "") -> Node:
    answer = client.get(f"/{lang}/proposals{query}")
    assert answer.status_code == 200
    return read_html(answer.text)


def entries(tree: Node) -> list[Node]:
    return [item for listed in tree.all("ol", class_="listed") for item in listed.all("li")]


@pytest.mark.parametrize("lang", LANGUAGES)
def test_all_proposals_are_listed_in_order_of_date(client: FlaskClient, catalogue: Catalogue, lang: str) -> None:
    tree = page(client, lang)
    drawn, undrawn = tree.all("ol", class_="listed")
    proposals = sorted(catalogue.proposals.values(), key=lambda proposal: (proposal.date, proposal.id))
    assert [item["id"] for item in drawn.all("li")] == [proposal.id for proposal in proposals]
    assert [item["id"] for item in undrawn.all("li")] == [entry.id for entry in load_undrawn()]
    for item, proposal in zip(drawn.all("li"), proposals, strict=True):
        assert item.one("time")["datetime"] == proposal.date
        for words in (proposal.texts["summary"][lang], text(lang, f"status.{proposal.status}")):
            assert words in item.words
        links = [link["href"] for link in item.all("a") if link["href"].startswith("/")]
        assert links == [f"/{lang}/{name}/{proposal.id}" for name in ("map", "map", "areas", "points")]
    for item, entry in zip(undrawn.all("li"), load_undrawn(), strict=True):
        assert entry.reason.by_language()[lang] in item.words
        assert entry.put_forward_by.by_language()[lang] in item.words
        date = date_text(lang, entry.when) if entry.date else month_text(lang, entry.when)
        assert item.one("time").words == date


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_page_is_well_formed_and_led_to(client: FlaskClient, lang: str) -> None:
    tree = page(client, lang)
    assert len(tree.all("h1")) == 1
    assert len(tree.all("h2")) == 2
    assert len(tree.all("h3")) == len(entries(tree))
    ids = [item["id"] for item in entries(tree)]
    assert len(set(ids)) == len(ids)
    assert tree.all("a", class_="all")[0]["aria-current"] == "page"
    switch = tree.one("nav", class_="languages").all("a")
    assert [link["href"] for link in switch] == [f"/{tag}/proposals" for tag in LANGUAGES]
    for path in (f"/{lang}/", f"/{lang}/map/us-28-points", f"/{lang}/nowhere/x"):
        link = read_html(client.get(path).text).all("a", class_="all")[0]
        assert (link["href"], link.words) == (f"/{lang}/proposals", text(lang, "nav.proposals"))
        assert "aria-current" not in link.attributes


@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_proposal_older_than_the_maps_says_on_which_it_is_drawn(
    client: FlaskClient, catalogue: Catalogue, lang: str
) -> None:
    for item in entries(page(client, lang)):
        proposal = catalogue.proposals.get(item["id"])
        if proposal:
            first = proposal.control_dates[0]
            note = text(lang, "proposals.later", date=date_text(lang, first))
            assert (note in item.words) == (proposal.date < first)


@pytest.mark.parametrize("path", ["proposals", "points/us-28-points", "areas/us-28-points", "map/us-28-points"])
def test_sources_are_links_that_tell_nothing_of_this_page(client: FlaskClient, catalogue: Catalogue, path: str) -> None:
    links = read_html(client.get(f"/en/{path}").text).all("a", rel="noopener")
    known = {source.url for source in catalogue.proposals["us-28-points"].sources if source.url}
    assert known
    assert known <= {link["href"] for link in links}
    assert all(link["href"].startswith("https://") for link in links)


def test_a_source_is_safe_in_a_page() -> None:
    named = SourceEntry(dict.fromkeys(LANGUAGES, "A & <b>B</b>"), "2025-11-20")
    assert source_links("en", [named]) == "A &amp; &lt;b&gt;B&lt;/b&gt;, 20 November 2025"
    for url in ("javascript:alert(1)", "http://a.example", ""):
        assert "<a" not in source_links("en", [replace(named, url=url)])
    linked = known_through("en", [replace(named, url='https://a.example/"><script>'), named])
    assert linked.startswith(
        'Known through: <a href="https://a.example/&#34;&gt;&lt;script&gt;" rel="noopener">A &amp;'
    )
    assert linked.endswith("</a>, 20 November 2025; A &amp; &lt;b&gt;B&lt;/b&gt;, 20 November 2025")


def test_the_list_of_pages_has_it(catalogue: Catalogue) -> None:
    client = create_app(catalogue, base_url="https://maps.example.org").test_client()
    assert "<loc>https://maps.example.org/uk/proposals</loc>" in client.get("/sitemap.xml").text
    tree = read_html(client.get("/uk/proposals").text)
    assert tree.one("link", rel="canonical")["href"] == "https://maps.example.org/uk/proposals"
    tags = [link["hreflang"] for link in tree.all("link", rel="alternate")]
    assert tags == [*LANGUAGES, "x-default"]
