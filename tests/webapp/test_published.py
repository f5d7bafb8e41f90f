"""Figures that others published, beside ours on the page of areas."""

import pytest
from flask.testing import FlaskClient

from layers.catalogue import COMMITTED, load_catalogue
from layers.languages import LANGUAGES
from tests.webapp.markup import Node, read_html
from webapp.app import create_app
from webapp.language import text

EXPECTED = [
    ("Donetsk buffer zone", "nearly 5,000 km²", "AFP, 20 November 2025", "+980 km² (+20%)"),
    ("Chernihiv oblast, Russian-held", "20 km²", "AFP, 20 November 2025", "−20 km² (−100%)"),
    ("All Russian-held ground in Ukraine", "19.3% of Ukraine", "AFP, 20 November 2025", "−0.1 percentage points"),
    (
        "All Russian-held ground in Ukraine",
        "116,165 km² (19.25% of Ukraine)",
        "DeepState, 1 January 2026",
        "−400 km² (−0.4%)",
    ),
    ("All Russian-held ground in Ukraine", "114,500 km² (19% of Ukraine)", "Reuters, August 2025", "−800 km² (−0.7%)"),
]


def rows(page: str) -> list[Node]:
    """The rows of published figures on a page."""
    return read_html(page).one("table", class_="published").one("tbody").all("tr")


def cells(row: Node) -> list[str]:
    """The words of a row, cell by cell."""
    return [cell.words for cell in row.walk() if cell.tag in {"th", "td"}]


def test_each_published_figure_stands_beside_ours(client: FlaskClient) -> None:
    page = client.get("/en/areas/us-28-points").text
    shown = {tuple(cells(row)[place] for place in (0, 1, 2, 4)) for row in rows(page)}
    assert shown >= set(EXPECTED)
    assert len(rows(page)) == 9
    assert "on ISW data, controlled and claimed ground together; carried by NDTV 9678999 (21 November 2025)" in page


def test_ours_is_of_the_control_map_of_that_day_whatever_day_the_page_shows(client: FlaskClient) -> None:
    own, later = (rows(client.get(f"/en/areas/us-28-points{query}").text) for query in ("", "?as_of=2026-08-01"))
    assert [cells(row) for row in own] == [cells(row) for row in later]
    assert "control map of 1 January 2026" in cells(own[7])[3]
    assert "control map of 1 August 2025" in cells(own[8])[3]


@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_day_that_is_not_built_is_told(lang: str) -> None:
    page = create_app(load_catalogue(COMMITTED)).test_client().get(f"/{lang}/areas/us-28-points").text
    ours = [cells(row)[3] for row in rows(page)]
    assert [text(lang, "published.not_built") in words for words in ours] == [False] * 7 + [True] * 2


def test_a_proposal_without_published_figures_has_no_such_table(client: FlaskClient) -> None:
    assert read_html(client.get("/en/areas/ukraine-20-points").text).all("table", class_="published") == []
