"""Timelines by their address: the page in three languages, the files, and what is refused."""

import csv
import io
import json
import re
import struct
from itertools import pairwise
from xml.etree import ElementTree

import pytest
from flask.testing import FlaskClient

from layers.catalogue.model import Catalogue
from layers.tables.timeline import Timeline, read_timeline, timeline_csv, timeline_json
from tests.webapp.markup import Node, read_html
from tests.words import LANGUAGES, date_text, interval_text, plural, read_area, text
from webapp.app import create_app
from webapp.context import View
from webapp.pages.timeline import timeline_page

US, UA = "us-28-points", "ukraine-20-points"
TYPES = {
    "csv": "text/csv; charset=utf-8; header=present",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "json": "application/json",
    "svg": "image/svg+xml",
    "png": "image/png",
}


def tree_of(client: FlaskClient, path: str) -> Node:
    answer = client.get(path)
    assert (answer.status_code, answer.headers["Content-Type"]) == (200, "text/html; charset=utf-8")
    return read_html(answer.text)


@pytest.mark.costly
@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("proposal_id", [US, UA])
def test_the_page_has_a_chart_and_a_table_for_every_zone(
    client: FlaskClient, catalogue: Catalogue, proposal_id: str, lang: str
) -> None:
    tree = tree_of(client, f"/{lang}/timeline/{proposal_id}")
    timeline = read_timeline(catalogue, catalogue.proposal(proposal_id))
    charted = [series for series in timeline.all_series if not series.whole]
    figures = tree.all("figure")
    assert [figure["id"] for figure in figures] == [f"zone-{series.id}" for series in charted]
    for figure, series in zip(figures, charted, strict=True):
        assert figure.one("h3").words == series.names[lang]
        assert figure["aria-labelledby"] == figure.one("h3")["id"]
        rows = figure.one("tbody").all("tr")
        assert [row.one("th").words for row in rows] == [date_text(lang, row.as_of) for row in series.rows]
        for shown, row in zip(rows, series.rows, strict=True):
            cells = [cell.words for cell in shown.all("td")]
            if row.area_km2 is None:
                assert cells == [text(lang, "timeline.none"), "–"]
            else:
                whole = (row.area_km2, row.low_km2, row.high_km2)
                wanted = [read_area(lang, *whole).area, interval_text(lang, *whole)]
                assert cells == [" ".join(cell.split()) for cell in wanted]


@pytest.mark.parametrize("lang", LANGUAGES)
def test_charts_are_named_and_described_and_headings_are_in_order(client: FlaskClient, lang: str) -> None:
    tree = tree_of(client, f"/{lang}/timeline/{US}")
    ids = [node["id"] for node in tree.walk() if "id" in node.attributes]
    assert len(ids) == len(set(ids))
    for chart in (chart for figure in tree.all("figure") for chart in figure.all("svg")):
        first, second = [child for child in chart.inside if isinstance(child, Node)][:2]
        assert (first.tag, second.tag) == ("title", "desc")
        assert chart["aria-labelledby"].split() == [first["id"], second["id"]]
        assert (chart["role"], chart["lang"]) == ("img", lang)
        assert first.words
        assert second.words.endswith(("。", "."))
    levels = [int(node.tag[1]) for node in tree.walk() if re.fullmatch("h[1-6]", node.tag)]
    assert levels[0] == 1
    assert all(after - before <= 1 for before, after in pairwise(levels))
    assert all(cell["scope"] in ("row", "col") for cell in tree.all("th"))
    assert all(summary.words for summary in tree.all("summary"))
    assert len({summary.words for summary in tree.all("summary")}) == len(tree.all("summary"))
    (script,) = tree.all("script")  # charts.js, beside what needs none
    assert "defer" in script.attributes
    assert not tree.all("style")


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_page_says_how_to_read_it(client: FlaskClient, catalogue: Catalogue, lang: str) -> None:
    tree = tree_of(client, f"/{lang}/timeline/{US}")
    texts = catalogue.proposal(US).texts
    assert texts["title"][lang] in tree.one("head").one("title").words
    assert text(lang, "timeline.band") in tree.words
    assert text(lang, "timeline.reading", maps=plural(lang, "timeline.maps", 57)) in tree.words
    statement = tree.one("p", role="note").words
    for part in (texts["how_known"][lang], text(lang, "statement.source"), "68/262", "ES-11/4"):
        assert part in statement
    strip = tree.one("aside", class_="strip").words
    assert text(lang, "statement.short") in strip
    assert date_text(lang, "2024-08-01") in strip
    assert date_text(lang, "2026-08-21") in strip
    assert [link["href"] for link in tree.all("a", aria_current="page")] == [f"/{lang}/timeline/{US}"]


@pytest.mark.slow
@pytest.mark.parametrize("proposal_id", [US, UA])
def test_a_range_is_chosen_in_a_form(client: FlaskClient, catalogue: Catalogue, proposal_id: str) -> None:
    tree = tree_of(client, f"/en/timeline/{proposal_id}?as_of=latest&from=2025-11-16&to=2025-12-05")
    form = tree.one("form")
    assert (form["method"], form["action"]) == ("get", f"/en/timeline/{proposal_id}")
    assert [label["for"] for label in form.all("label")] == ["from", "to"]
    days = list(catalogue.proposal(proposal_id).control_dates)
    for name, order, chosen in (("from", days, "2025-11-20"), ("to", days[::-1], "2025-12-01")):
        select = form.one("select", name=name)
        assert select["id"] == name
        assert [option["value"] for option in select.all("option")] == order
        assert [option["value"] for option in select.all("option") if "selected" in option.attributes] == [chosen]
    assert form.one("input", type="hidden")["value"] == "latest"
    for figure in tree.all("figure"):
        assert len(figure.one("tbody").all("tr")) == 3
    switch = tree.one("nav", class_="languages").all("a")
    kept = "?as_of=latest&from=2025-11-20&to=2025-12-01"
    assert [link["href"] for link in switch] == [f"/{lang}/timeline/{proposal_id}{kept}" for lang in LANGUAGES]
    tabs = tree.one("nav", class_="tabs").all("a")
    assert [link["href"] for link in tabs][2] == f"/en/timeline/{proposal_id}?as_of=latest"


@pytest.mark.costly
@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("query", ["", "?from=2025-11-20&to=2026-01-01"])
def test_the_files_of_the_page_are_there(client: FlaskClient, lang: str, query: str) -> None:
    tree = tree_of(client, f"/{lang}/timeline/{US}{query}")
    links = [link["href"] for link in tree.one("section", class_="downloads").all("a")]
    assert [re.findall(r"\.(\w+)", link)[0] for link in links] == list(TYPES)
    for link, (form, media_type) in zip(links, TYPES.items(), strict=True):
        answer = client.get(link)
        assert (answer.status_code, answer.headers["Content-Type"]) == (200, media_type)
        assert answer.headers["Access-Control-Allow-Origin"] == "*"
        days = "2025-11-20_2026-01-01" if query else "2024-08-01_2026-08-21"
        drawn = f"_{lang}" if form in ("svg", "png") else ""
        disposition = answer.headers["Content-Disposition"]
        assert disposition == f'inline; filename="{US}_timeline_{days}{drawn}.{form}"'
        assert client.get(link, headers={"If-None-Match": answer.headers["ETag"]}).status_code == 304
        packed = client.get(link, headers={"Accept-Encoding": "gzip"})
        assert ("Content-Encoding" in packed.headers) == (form not in ("png", "xlsx"))


def test_the_tables_are_those_of_the_catalogue(client: FlaskClient, catalogue: Catalogue) -> None:
    timeline = read_timeline(catalogue, catalogue.proposal(US))
    assert client.get(f"/timelines/{US}.csv").data == timeline_csv(timeline)
    assert client.get(f"/timelines/{US}.json").data == timeline_json(timeline)
    rows = list(csv.DictReader(io.StringIO(client.get(f"/timelines/{US}.csv?from=2025-11-20&to=2025-11-20").text)))
    (buffer,) = [row for row in rows if row["zone"] == "donetsk-buffer"]
    figures = [round(float(buffer[name])) for name in ("area_km2", "area_low_km2", "area_high_km2")]
    assert figures == [5978, 5551, 6393]
    assert {row["as_of"] for row in rows} == {"2025-11-20"}
    assert json.loads(client.get(f"/timelines/{UA}.json?to=2024-08-31").data)["dates"] == ["2024-08-01", "2024-08-15"]


def test_ranges_that_come_to_the_same_maps_are_one_answer(client: FlaskClient) -> None:
    tags = {
        client.get(f"/timelines/{US}.svg{query}").headers["ETag"]
        for query in ("", "?lang=en", "?from=2024-01-01", "?from=2024-08-01&to=latest", "?from=&to=")
    }
    assert len(tags) == 1
    assert tags.isdisjoint({client.get(f"/timelines/{US}.svg?lang=uk").headers["ETag"]})


def test_tables_are_kept_for_good_by_their_version_and_drawings_are_not(
    client: FlaskClient, catalogue: Catalogue
) -> None:
    version = f"?v={catalogue.data_version}"
    assert "immutable" in client.get(f"/timelines/{US}.csv{version}").headers["Cache-Control"]
    assert "immutable" not in client.get(f"/timelines/{US}.svg{version}").headers["Cache-Control"]


@pytest.mark.costly
@pytest.mark.parametrize("lang", LANGUAGES)
def test_drawings_in_each_language(client: FlaskClient, lang: str) -> None:
    drawn = ElementTree.fromstring(client.get(f"/timelines/{UA}.svg?lang={lang}").data)
    assert (drawn.attrib["lang"], drawn.attrib["width"]) == (lang, "1200")
    png = client.get(f"/timelines/{UA}.png?lang={lang}").data
    assert struct.unpack(">II", png[16:24]) == (2400, 2 * int(drawn.attrib["height"]))


@pytest.mark.parametrize(
    ("address", "status", "known"),
    [
        (f"/timelines/{US}.csv?from=2025-11-21&to=2025-11-22", 404, "2024-08-01"),
        (f"/timelines/{US}.svg?from=yesterday", 404, "2024-08-01"),
        (f"/timelines/{US}.png?lang=de", 400, "uk"),
        ("/timelines/nowhere.json", 404, US),
        (f"/timelines/{US}.pdf", 404, ".svg"),
    ],
)
def test_what_is_refused(client: FlaskClient, address: str, status: int, known: str) -> None:
    answer = client.get(address)
    assert (answer.status_code, answer.content_type) == (status, "application/problem+json")
    assert known in answer.get_json()["known"]


@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_page_of_no_range_leads_to_the_dates(client: FlaskClient, lang: str) -> None:
    answer = client.get(f"/{lang}/timeline/{US}?from=2026-01-01&to=2025-01-01")
    assert answer.status_code == 404
    tree = read_html(answer.text)
    assert "2026-01-01" in tree.words
    links = [link["href"] for link in tree.one("main").all("a") if "from=" in link["href"]]
    assert links[0] == f"/{lang}/timeline/{US}?from=2024-08-01"
    assert client.get(links[-1]).status_code == 200
    assert client.get(f"/{lang}/timeline/nowhere").status_code == 404


def test_a_page_is_made_once_for_the_same_maps(catalogue: Catalogue, monkeypatch: pytest.MonkeyPatch) -> None:
    made: list[object] = []

    def counted(view: View, requested: str | None, timeline: Timeline, zone: str) -> str:
        made.append(timeline.dates)
        return timeline_page(view, requested, timeline, zone)

    monkeypatch.setattr("webapp.routes.pages.timeline_page", counted)
    client = create_app(catalogue).test_client()
    for query in ("", "?from=2024-01-01", "?to=2030-01-01", "?nothing=1"):
        assert client.get(f"/en/timeline/{US}{query}").status_code == 200
    assert len(made) == 1


def test_a_chart_stands_alone_where_its_zone_is_named(client: FlaskClient) -> None:
    page = client.get(f"/en/timeline/{US}?zone=donetsk-buffer").get_data(as_text=True)
    assert [figure["id"] for figure in read_html(page).all("figure")] == ["zone-donetsk-buffer"]
    assert f"/embed/en/{US}/timeline/donetsk-buffer" in page  # the code for other sites
    assert "How to read the charts" in page[page.index("<figure") :]
    assert client.get(f"/en/timeline/{US}?zone=nowhere").status_code == 404


@pytest.mark.parametrize("theme", ["light", "dark", "auto"])
def test_a_chart_can_be_framed_in_a_theme(client: FlaskClient, theme: str) -> None:
    response = client.get(f"/embed/en/{US}/timeline/donetsk-buffer?theme={theme}")
    assert response.status_code == 200
    assert "frame-ancestors *" in response.headers["Content-Security-Policy"]
    page = response.get_data(as_text=True)
    assert ("page.bundle.css" if theme == "auto" else f"page.{theme}.css") in page
    assert "A proposal, not in force" in page
    assert client.get(f"/embed/en/{US}/timeline/nowhere").status_code == 404
