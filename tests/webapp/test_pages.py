"""The pages in three languages: what they say, what they lead to, and that their figures are those of the files."""

import json
import re
from dataclasses import asdict, replace
from itertools import cycle, islice
from typing import Any
from urllib.parse import urlsplit

import pytest
from flask.testing import FlaskClient

from layers.catalogue.model import Catalogue, find_edition
from layers.text.languages import suffix
from tests.webapp.markup import Node, read_html
from tests.words import LANGUAGES, date_text, language, text
from webapp.context import View, open_view, unserved
from webapp.pages.dates import read_slider
from webapp.text.headlines import view_headline

PROPOSAL, OTHER = "us-28-points", "ukraine-20-points"
PAGES = ("map", "areas", "points")
TABS = ("map", "areas", "timeline", "points", "images")
OWN_DAY = {"en": "20 November 2025", "uk": "20 листопада 2025 року", "zh-Hant": "2025年11月20日"}
LOADS = {"script": "src", "img": "src", "link": "href", "iframe": "src", "source": "src", "use": "href"}
DASH = "–"


def tree_of(client: FlaskClient, path: str, **query: str) -> Node:
    """The tree of a page that answers 200."""
    answer = client.get(path, query_string=query or None)
    assert (answer.status_code, answer.headers["Content-Type"]) == (200, "text/html; charset=utf-8")
    return read_html(answer.text)


def number(shown: str) -> float:
    """A figure as it stands in a table."""
    return float(re.sub(r"[\s\u00a0\u202f]", "", shown.replace(",", "") if "." in shown or "," in shown else shown))


def rounding(area_km2: float, low_km2: float | None, high_km2: float | None) -> float:
    """How far a figure may lie from the area that it stands for: half a step, coarser where the interval is wide."""
    sizes = ((100_000, 1000), (10_000, 100), (100, 10), (10, 1))
    by_size = next((step for least, step in sizes if area_km2 >= least), 0.1)
    width = (high_km2 or 0.0) - (low_km2 or 0.0)
    by_interval = next((10.0**n for n in range(4, -2, -1) if width >= 10.0 ** (n + 1)), 0.0)
    return max(by_size, by_interval) / 2 + 0.0001


def zones_of(catalogue: Catalogue, proposal_id: str, as_of: str | None = None) -> list[dict[str, Any]]:
    edition = find_edition(catalogue.proposal(proposal_id), as_of)[1]
    return list(json.loads(catalogue.read(edition.products["areas_json"]))["zones"])


@pytest.mark.parametrize("lang", LANGUAGES)
def test_home_lists_the_proposals(client: FlaskClient, catalogue: Catalogue, lang: str) -> None:
    tree = tree_of(client, f"/{lang}/")
    assert tree.one("html")["lang"] == lang
    assert text(lang, "home.heading") in tree.one("title").words
    latest_first = sorted(catalogue.proposals.values(), key=lambda one: one.date, reverse=True)
    by_date = [f"/{lang}/map/{one.id}" for one in latest_first]
    assert [heading.one("a")["href"] for heading in tree.all("h3")] == by_date
    for proposal in catalogue.proposals.values():
        for name in ("title", "put_forward_by"):
            assert proposal.texts[name][lang] in tree.words
        assert date_text(lang, proposal.date) in tree.words
        assert text(lang, f"status.{proposal.status}") in tree.words
    images = tree.all("img")
    assert [image["src"].partition("?")[0] for image in images] == [
        f"/images/{one.id}/{one.own_date}.svg" for one in latest_first
    ]
    assert all(one.texts["short_title"][lang] in image["alt"] for one, image in zip(latest_first, images, strict=True))
    assert [image["loading"] for image in images] == ["eager", *["lazy"] * (len(images) - 1)]
    dark = [f"{image['src']}&theme=dark" for image in images]
    assert [source["srcset"] for source in tree.all("source", media="screen and (prefers-color-scheme: dark)")] == dark
    small = [source["srcset"] for source in tree.all("source", media="(max-width: 40rem)")]
    assert small == [image["src"].replace("labels=few", "labels=none") for image in images[1:]]


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("page", PAGES)
def test_every_page_says_what_it_is(client: FlaskClient, catalogue: Catalogue, page: str, lang: str) -> None:
    tree = tree_of(client, f"/{lang}/{page}/{PROPOSAL}")
    texts = catalogue.proposals[PROPOSAL].texts
    assert tree.one("html")["lang"] == lang
    headline = view_headline(open_view(unserved(catalogue, language(lang)), PROPOSAL))
    plain = {"title": texts["title"][lang], "headline": headline.short}
    assert plain["headline" if page == "map" else "title"].replace("\u00a0", " ") in tree.one("title").words
    assert headline.text.replace("\u00a0", " ") in tree.one("main").words.replace("\u2060", "")
    assert len(tree.all("h1")) == len(tree.all("main")) == 1
    statement = tree.one("p", role="note").words
    opening, around = text(lang, "statement.full" if page == "map" else "statement.page").split("{how_known}")
    assert statement.startswith(opening)
    assert around.partition("{")[0] in statement
    for part in (OWN_DAY[lang], texts["how_known"][lang], text(lang, "statement.source"), "68/262", "ES-11/4"):
        assert part in statement
    assert text(lang, "statement.short") in tree.one("aside", class_="strip").words
    current = [link["href"] for link in tree.all("a", aria_current="page")]
    assert current == [f"/{lang}/{page}/{PROPOSAL}"]


@pytest.mark.parametrize(
    ("page", "query", "lang"),
    [
        (page, query, LANGUAGES[(row + column) % len(LANGUAGES)])
        for row, page in enumerate(PAGES)
        for column, query in enumerate(["", "?as_of=2026-01-15", "?as_of=latest"])
    ],
)
def test_the_language_switch_keeps_page_and_day(client: FlaskClient, page: str, query: str, lang: str) -> None:
    tree = tree_of(client, f"/{lang}/{page}/{PROPOSAL}{query}")
    switch = tree.one("nav", class_="languages").all("a")
    assert [link["href"] for link in switch] == [f"/{tag}/{page}/{PROPOSAL}{query}" for tag in LANGUAGES]
    assert [link["lang"] for link in switch] == list(LANGUAGES)
    assert [link.words for link in switch] == ["English", "Українська", "繁體中文"]
    assert [link["lang"] for link in switch if "aria-current" in link.attributes] == [lang]
    tabs = tree.one("nav", class_="tabs").all("a")
    assert [link["href"] for link in tabs] == [f"/{lang}/{tab}/{PROPOSAL}{query}" for tab in TABS]


@pytest.mark.parametrize("proposal_id", [PROPOSAL, OTHER])
def test_a_day_is_chosen_in_a_form(client: FlaskClient, catalogue: Catalogue, proposal_id: str) -> None:
    proposal = catalogue.proposals[proposal_id]
    form = tree_of(client, f"/en/areas/{proposal_id}").one("form")
    assert (form["method"], form["action"]) == ("get", f"/en/areas/{proposal_id}")
    select = form.one("select", name="as_of")
    assert form.one("label")["for"] == select["id"]
    days = [option["value"] for option in select.all("option")]
    assert days == sorted({*proposal.dates, proposal.date}, reverse=True)
    assert [option["value"] for option in select.all("option") if "selected" in option.attributes] == [proposal.date]
    for day in (days[0], days[-1]):
        assert date_text("en", day) in tree_of(client, form["action"], as_of=day).one("p", role="note").words


@pytest.mark.costly
@pytest.mark.parametrize(
    ("lang", "asked", "as_of"),
    [
        ("en", "2025-11-20", "2025-11-20"),
        ("uk", "2025-11-22", "2025-11-20"),
        ("zh-Hant", "2024-08-01", "2024-08-01"),
        ("en", "2025-01-01", "2024-12-14"),
        ("zh-Hant", "2099-12-31", "2026-08-21"),
    ],
)
def test_the_last_control_map_on_or_before_the_day_is_shown(
    client: FlaskClient, lang: str, asked: str, as_of: str
) -> None:
    """Languages take turns; on another day than the map's each of them says so."""
    tree = tree_of(client, f"/{lang}/areas/{PROPOSAL}", as_of=asked)
    shown = date_text(lang, as_of)
    assert shown in tree.one("p", role="note").words
    assert shown in tree.all("caption")[0].words
    note = text(lang, "day.requested", requested=date_text(lang, asked), as_of=shown)
    assert [node.words.startswith(note) for node in tree.all("p", class_="note")] == ([] if asked == as_of else [True])
    downloads = [link["href"] for link in tree.one("section", class_="downloads").all("a")]
    assert downloads[0] == f"/layers/{PROPOSAL}/{asked}.geojson"
    (areas,) = (link for link in downloads if link.endswith(".json"))
    answer = client.get(areas).get_json()
    assert (answer["requested_as_of"], answer["as_of"]) == (asked, as_of)
    assert [client.head(link).status_code for link in downloads[:4]] == [200] * 4


def test_latest_and_no_day(client: FlaskClient, catalogue: Catalogue) -> None:
    newest = date_text("en", catalogue.proposals[PROPOSAL].dates[-1])
    assert newest in tree_of(client, f"/en/map/{PROPOSAL}", as_of="latest").one("p", role="note").words
    assert client.get(f"/en/map/{PROPOSAL}?as_of=").data == client.get(f"/en/map/{PROPOSAL}").data


@pytest.mark.parametrize("page", PAGES)
def test_without_a_day_nobody_is_said_to_have_asked(client: FlaskClient, catalogue: Catalogue, page: str) -> None:
    """Languages take turns, other ones from page to page."""
    turns = islice(cycle(LANGUAGES), PAGES.index(page), None)
    for proposal, lang in zip(catalogue.proposals.values(), turns, strict=False):
        as_of = find_edition(proposal)[1].as_of
        dates = {"requested": date_text(lang, proposal.date), "as_of": date_text(lang, as_of)}
        notes = " ".join(p.words for p in tree_of(client, f"/{lang}/{page}/{proposal.id}").all("p", class_="note"))
        keys = ("requested", "own_requested", "own_before")
        told = {key for key in keys if notes.startswith(text(lang, f"day.{key}", **dates))}
        other_day = "own_requested" if as_of < proposal.date else "own_before"
        assert told == (set() if as_of == proposal.date else {other_day})


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_points_say_whether_all_are_covered(client: FlaskClient, catalogue: Catalogue, lang: str) -> None:
    for proposal in catalogue.proposals.values():
        key = "points.covered" if "coverage_note" in proposal.texts else "points.heading"
        assert tree_of(client, f"/{lang}/points/{proposal.id}").one("h1").words == text(lang, key)


@pytest.mark.parametrize(("date", "which"), [("2025-11-20", ""), ("2025-11-22", "_map"), ("2023-06-03", "_first")])
@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_slider_names_the_map_for_the_proposals_date(
    catalogue: Catalogue, lang: str, date: str, which: str
) -> None:
    proposal = replace(catalogue.proposals[PROPOSAL], date=date)
    edition = find_edition(proposal, "latest")[1]
    slider = read_slider(View(unserved(catalogue, language(lang)), proposal, edition.as_of, edition))
    own = proposal.dates[0] if which == "_first" else "2025-11-20"
    assert slider.own_text == text(lang, f"dates.own{which}")
    assert slider.own_line == text(lang, f"legend.own_line{which}", date=date_text(lang, own))


@pytest.mark.parametrize(
    ("page", "proposal_id", "as_of", "lang"),
    [
        (page, proposal_id, as_of, LANGUAGES[(row + column) % len(LANGUAGES)])
        for row, page in enumerate(["map", "areas"])
        for column, (proposal_id, as_of) in enumerate([(PROPOSAL, None), (OTHER, None), (PROPOSAL, "2024-08-01")])
    ],
)
def test_the_table_has_the_figures_of_the_file(
    client: FlaskClient, catalogue: Catalogue, lang: str, page: str, proposal_id: str, as_of: str | None
) -> None:
    tree = tree_of(client, f"/{lang}/{page}/{proposal_id}", **({"as_of": as_of} if as_of else {}))
    asked = as_of or catalogue.proposals[proposal_id].date
    zones = zones_of(catalogue, proposal_id, as_of)
    with_area = [zone for zone in zones if zone["area_km2"] is not None]
    without = [zone for zone in zones if zone["area_km2"] is None]
    areas, others, *_ = (table for table in tree.all("table") if "areas" in table["class"].split())
    for table, expected in ((areas, with_area), (others, without)):
        rows = table.one("tbody").all("tr")
        assert len(rows) == len(expected)
        for row, zone in zip(rows, expected, strict=True):
            assert row.one("th").words.startswith(zone[f"name_{suffix(lang)}"])
            assert row.one("td", class_="code").words == (zone["clause"] or DASH)
            if zone["area_km2"] is not None:
                check_area(row, zone, lang)
    files = [f"/layers/{proposal_id}/{asked}/{zone['id']}.geojson" for zone in with_area + without]
    assert {*files} <= {link["href"] for link in tree.all("a", download="")}
    assert client.head(files[0]).status_code == 200


def check_area(row: Node, zone: dict[str, Any], lang: str) -> None:
    """The area and the interval in a row, against the zone's properties."""
    shown = row.one("td", data_label=text(lang, "table.area")).words
    interval = row.one("td", data_label=text(lang, "table.interval")).words
    area, low, high = zone["area_km2"], zone["area_low_km2"], zone["area_high_km2"]
    within = rounding(area, low, high)
    assert number(shown) == pytest.approx(area, abs=within)
    if low is None or low == high:
        assert interval == DASH
        return
    ends = [number(end) for end in interval.split(DASH)]
    assert ends[0] < ends[1]
    assert ends == [pytest.approx(low, abs=within), pytest.approx(high, abs=within)]


@pytest.mark.parametrize("page", ["map", "areas"])
@pytest.mark.parametrize(
    ("lang", "cells"),
    [
        ("en", ["5,980", "5,550–6,390", "22.5%"]),
        ("uk", ["5\u00a0980", "5\u00a0550–6\u00a0390", "22,5\u00a0%"]),
        ("zh-Hant", ["5,980", "5,550–6,390", "22.5%"]),
    ],
)
def test_the_buffer_as_each_language_writes_it(
    client: FlaskClient, catalogue: Catalogue, page: str, lang: str, cells: list[str]
) -> None:
    source = client.get(f"/{lang}/{page}/{PROPOSAL}").text
    name = next(zone for zone in zones_of(catalogue, PROPOSAL) if zone["id"] == "donetsk-buffer")[
        f"name_{suffix(lang)}"
    ]
    row = next(part for part in source.split("<tr") if f">{name}<" in part)
    for cell in cells:
        assert f">{cell}<" in row


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_last_line_is_all_russian_held_ground(client: FlaskClient, catalogue: Catalogue, lang: str) -> None:
    held = find_edition(catalogue.proposal(PROPOSAL))[1].held
    row = tree_of(client, f"/{lang}/areas/{PROPOSAL}").one("tfoot").one("tr")
    check_area(row, asdict(held), lang)
    assert number(row.one("td", data_label=text(lang, "table.area")).words) == pytest.approx(115_180, rel=0.005)


@pytest.mark.slow
@pytest.mark.parametrize(("proposal_id", "lang"), [(PROPOSAL, "en"), (OTHER, "uk"), (PROPOSAL, "zh-Hant")])
def test_links_within_a_page_and_to_other_pages_lead_somewhere(
    client: FlaskClient, proposal_id: str, lang: str
) -> None:
    known: dict[str, set[str]] = {}
    for page in PAGES:
        tree = tree_of(client, f"/{lang}/{page}/{proposal_id}")
        ids = [node["id"] for node in tree.walk() if "id" in node.attributes]
        assert len(ids) == len(set(ids))
        known[f"/{lang}/{page}/{proposal_id}"] = set(ids)
        for link in tree.all("a"):
            target = urlsplit(link["href"])
            if target.netloc:  # a source
                assert target.scheme == "https"
                continue
            path = target.path or f"/{lang}/{page}/{proposal_id}"
            if path not in known:
                answer = client.get(path)
                assert answer.status_code == 200, path
                known[path] = (
                    set(re.findall(r' id="([^"]+)"', answer.text)) if answer.mimetype == "text/html" else set()
                )
            place = "" if "=" in target.fragment else target.fragment  # what a script reads is no place
            assert not place or place in known[path], link["href"]


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_zone_is_told_in_words_on_the_map_page(client: FlaskClient, catalogue: Catalogue, lang: str) -> None:
    tree = tree_of(client, f"/{lang}/map/{PROPOSAL}")
    legend = tree.one("section", class_="legend")
    opened = [link["data-opens"] for link in legend.all("a")]
    zones = zones_of(catalogue, PROPOSAL)
    assert sorted(opened) == sorted(zone["id"] for zone in zones)
    switched = " ".join(box["data-zones"] for box in legend.all("input")).split()
    assert sorted(switched) == sorted(opened)
    for zone in zones:
        article = tree.one("article", id=f"zone-{zone['id']}")
        for key in ("name", "says", "open"):
            assert plain(zone[f"{key}_{suffix(lang)}"]) in article.words
        if zone["held_by"]:
            held = text(lang, "held.on", held=text(lang, f"held.{zone['held_by']}"), date=OWN_DAY[lang])
            assert held in article.words
        if zone["legal_status"]:
            assert text(lang, "legal.ukraine") in article.words


def plain(words: str) -> str:
    """Words as they are read out of a page, where a space is a space."""
    return words.replace("\u00a0", " ")


@pytest.mark.parametrize("lang", LANGUAGES)
def test_all_28_points_are_told(client: FlaskClient, catalogue: Catalogue, lang: str) -> None:
    proposal = catalogue.proposals[PROPOSAL]
    tree = tree_of(client, f"/{lang}/points/{PROPOSAL}")
    shown = tree.one("ol").words
    assert [node["value"] for node in tree.one("ol").all("li") if "value" in node.attributes] == [
        str(point.number) for point in proposal.points
    ]
    assert len(proposal.points) == 28
    for point in proposal.points:
        assert plain(point.text[lang]) in shown
        assert plain((point.note or {}).get(lang, "")) in shown
    for clause in proposal.clauses:
        assert clause.says[lang] in tree.one("div", id=f"clause-{clause.id}").words


@pytest.mark.parametrize("path", ["/en/", "/fr/", *(f"/uk/{page}/{PROPOSAL}" for page in PAGES)])
def test_a_page_loads_nothing_from_another_host(client: FlaskClient, path: str) -> None:
    source = client.get(path).text
    for node in read_html(source).walk():
        address = node.attributes.get(LOADS.get(node.tag, ""), "")
        assert not urlsplit(address).netloc, node
        assert not urlsplit(address).scheme, node
        assert "url(" not in node.attributes.get("style", "")
    loading = re.sub(r'<a href="https://[^"]*"', "", source)  # sources are linked and not loaded
    assert not re.search(r"@import|(?:https?:)?//(?!www\.w3\.org/)[a-z0-9-]+\.[a-z]", loading)


def test_styles_and_scripts_name_no_other_host() -> None:
    from webapp.static_files import known_assets

    for name, path in known_assets().items():
        if path.suffix == ".css":
            assert not re.search(r"@import|url\(['\"]?(?:https?:)?//", path.read_text()), name
        if path.suffix == ".js" and not name.startswith("vendor"):
            assert not re.search(r"(?:https?:)?//(?!www\.w3\.org/)[a-z0-9-]+\.[a-z]", path.read_text()), name


@pytest.mark.parametrize("path", ["/en/", *(f"/zh-Hant/{page}/{PROPOSAL}" for page in PAGES)])
def test_a_page_is_compressed_and_known_again(client: FlaskClient, path: str) -> None:
    plain, packed = client.get(path), client.get(path, headers={"Accept-Encoding": "gzip"})
    assert (packed.headers["Content-Encoding"], packed.headers["Vary"]) == ("gzip", "Accept-Encoding")
    assert packed.headers["ETag"] != plain.headers["ETag"]
    again = client.get(path, headers={"If-None-Match": plain.headers["ETag"]})
    assert (again.status_code, again.data) == (304, b"")
    assert plain.headers["Cache-Control"] == "no-cache"
