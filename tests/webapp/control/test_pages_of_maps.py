"""A service with several control maps: what its pages say of each, and that none forgets the chosen one."""

from urllib.parse import urlsplit

import pytest
from flask.testing import FlaskClient

from layers.catalogue.model import Catalogue
from layers.embedded import EMBEDDED
from tests.made_workspace import COMPLETED, DAY, LATER, ONE, SEVERAL
from tests.webapp.control.conftest import (
    NAMES,
    PAGES,
    PROPOSAL,
    WORDS_OF_SEVERAL,
    asked_of,
    own_addresses,
    page,
    read_json,
)
from tests.words import LANGUAGES, date_text, plural, text
from webapp.app import create_app


@pytest.mark.costly
@pytest.mark.sweep(10)
@pytest.mark.parametrize("name", [ONE, SEVERAL])
@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("where", [*(f"{name}/{PROPOSAL}" for name in PAGES), ""])
def test_every_way_on_keeps_the_control_map(client: FlaskClient, where: str, lang: str, name: str) -> None:
    tree = page(client, f"/{lang}/{where}?control={name}")
    assert tree.one("html")["lang"] == lang
    addresses = own_addresses(tree)
    assert len(addresses) > 8
    assert {asked_of(address).get("control", [""])[0] for address in addresses} == {name}
    switch = [link["href"] for link in tree.one("nav", class_="languages").all("a")]
    assert [urlsplit(address).path.split("/")[1] for address in switch] == list(LANGUAGES)


@pytest.mark.parametrize("query", ["", f"?control={EMBEDDED}"])
def test_who_names_no_control_map_gets_the_first(client: FlaskClient, query: str) -> None:
    tree = page(client, f"/en/map/{PROPOSAL}{query}")
    assert text("en", "statement.source") in tree.one("p", role="note").words
    kept = {address for address in own_addresses(tree) if "control=" in address}
    assert bool(kept) == bool(query)


@pytest.mark.costly
@pytest.mark.parametrize("where", ["map", "areas", "timeline"])
def test_the_form_offers_every_control_map(client: FlaskClient, where: str) -> None:
    tree = page(client, f"/en/{where}/{PROPOSAL}?control={ONE}")
    choice = tree.one("select", name="control")
    assert [option["value"] for option in choice.all("option")] == list(NAMES)
    assert [option["value"] for option in choice.all("option") if "selected" in option.attributes] == [ONE]
    assert [option.words for option in choice.all("option")] == [
        "Clausemap’s reading of three maps",
        f"{ONE}: Made Map, one map",
        f"{COMPLETED}: Short Map completed with Made Map, one map",
        f"{SEVERAL}: A + B + C, 3 maps",
    ]
    assert tree.one("label", for_="control").words == "according to"


def test_a_service_with_one_control_map_offers_no_choice(catalogue: Catalogue) -> None:
    alone = create_app(catalogue).test_client()
    tree = page(alone, f"/en/map/{PROPOSAL}")
    assert not tree.all("select", name="control")
    assert "controls" not in read_json(alone, "/catalog.json")


@pytest.mark.sweep(8)
@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("where", PAGES)
@pytest.mark.parametrize("proposal", [PROPOSAL, "ukraine-20-points"])
def test_a_single_map_is_said_to_be_one(client: FlaskClient, proposal: str, where: str, lang: str) -> None:
    tree = page(client, f"/{lang}/{where}/{proposal}?control={ONE}")
    said = tree.one("main").words
    for select in tree.all("select", name="control"):
        said = said.replace(select.words, "")
    assert not [words for words in WORDS_OF_SEVERAL[lang] if words in said]
    assert text(lang, "control.source_one", name="Made Map") in said
    assert text(lang, "control.other_licence") in said or where != "map"
    assert text(lang, "control.zones_one", name="Made Map") in tree.one("footer").words
    assert text(lang, "download.licence") not in tree.words
    if where == "areas":
        assert {cell.words for cell in tree.all("td", data_label=text(lang, "table.interval"))} == {"–"}
        assert text(lang, "control.contested_one") in said
        assert not tree.all("table", class_="outlines")


@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_completed_map_names_what_it_was_completed_with(client: FlaskClient, lang: str) -> None:
    tree = page(client, f"/{lang}/areas/{PROPOSAL}?control={COMPLETED}&as_of={LATER}")
    named = text(lang, "control.completed", name="Short Map", added="Made Map")
    assert text(lang, "control.source_one", name=named) in tree.one("p", role="note").words


@pytest.mark.parametrize("lang", LANGUAGES)
def test_several_maps_have_an_interval(client: FlaskClient, lang: str) -> None:
    tree = page(client, f"/{lang}/areas/{PROPOSAL}?control={SEVERAL}")
    cells = [cell.words for cell in tree.all("td", data_label=text(lang, "table.interval"))]
    assert [cell for cell in cells if "–" in cell and cell != "–"]
    maps = plural(lang, "control.control_maps", 3)
    assert text(lang, "control.source_several", name="A + B + C", maps=maps) in tree.one("p", role="note").words
    assert text(lang, "table.note_interval") in tree.words
    assert not tree.all("table", class_="outlines")


@pytest.mark.parametrize("lang", LANGUAGES)
def test_published_figures_stand_only_beside_a_map_of_about_that_day(client: FlaskClient, lang: str) -> None:
    shown = _ours(client, f"/{lang}/areas/{PROPOSAL}?control={ONE}", lang)
    assert not any(words.startswith(text(lang, "published.no_map")) for words in shown)
    assert sum(date_text(lang, DAY) in words for words in shown) > 6
    assert sum(date_text(lang, LATER) in words for words in shown) > 6
    later = _ours(client, f"/{lang}/areas/{PROPOSAL}?control={COMPLETED}&as_of={LATER}", lang)
    assert sum(words.startswith(text(lang, "published.no_map")) for words in later) == 6  # of the draft's own date
    assert sum(date_text(lang, LATER) in words for words in later) == len(later) - 6


def _ours(client: FlaskClient, address: str, lang: str) -> list[str]:
    """Our figures beside published ones, each with its control map."""
    tables = page(client, address).all("table", class_="published")
    return [cell.words for table in tables for cell in table.all("td", data_label=text(lang, "site.name"))]


@pytest.mark.slow
@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_timeline_of_one_date_is_a_table(client: FlaskClient, lang: str) -> None:
    tree = page(client, f"/{lang}/timeline/{PROPOSAL}?control={SEVERAL}")
    assert not tree.one("main").all("figure")
    assert text(lang, "timeline.one_date", date=date_text(lang, DAY)) in tree.words
    rows = tree.one("table", class_="areas").one("tbody").all("tr")
    assert len(rows) > 8
    files = [link["href"] for link in tree.one("section", class_="downloads").all("a")]
    assert [urlsplit(address).path.rsplit(".")[-1] for address in files] == ["csv", "xlsx", "json"]
    for form in ("svg", "png"):  # who asks for the drawing gets it
        assert client.get(f"/timelines/{PROPOSAL}.{form}?control={SEVERAL}&lang={lang}").status_code == 200
