"""What is not there or not allowed: a page for people, RFC 9457 for programs, never a traceback."""

import logging
import re
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from layers.catalogue.model import Catalogue
from layers.proposal.loading import proposal_ids
from tests.webapp.markup import read_html
from tests.words import LANGUAGES, text
from webapp.app import create_app
from webapp.images.options.options import NAMED_SIZES, THEMES

DAY = "2025-11-20"
PROPOSALS = list(proposal_ids())
UNKNOWN = [
    ("/layers/nope/2025-11-20.geojson", PROPOSALS, "nope"),
    ("/layers/nope/2025-11-20/crimea.geojson", PROPOSALS, "nope"),
    ("/areas/nope/latest.csv", PROPOSALS, "nope"),
    ("/areas/nope/latest.json", PROPOSALS, "nope"),
    ("/images/nope/latest.svg", PROPOSALS, "nope"),
    ("/images/nope/latest.png", PROPOSALS, "nope"),
    ("/context/rivers.geojson", ["oblasts", "neighbours", "abroad", "sea", "hydrography", "towns"], "rivers"),
    ("/display/rivers.geojson", "display", "rivers.geojson"),
    ("/display/towns-ru.json", "display", "towns-ru.json"),
    ("/display/ground.json", "display", "ground.json"),
    ("/display/nope/latest.geojson", PROPOSALS, "nope"),
    ("/towns/nope/latest.json", PROPOSALS, "nope"),
    ("/display/us-28-points/2020-01-01.geojson", "dates", "first is of 2024-08-01"),
    ("/towns/us-28-points/soon.json", "dates", "YYYY-MM-DD"),
    (f"/layers/us-28-points/{DAY}/donbas.geojson", "zones", "donbas"),
    ("/layers/us-28-points/2020-01-01.geojson", "dates", "first is of 2024-08-01"),
    ("/layers/us-28-points/2020-01-01/crimea.geojson", "dates", "first is of 2024-08-01"),
    ("/areas/us-28-points/2020-01-01.csv", "dates", "first is of 2024-08-01"),
    ("/images/us-28-points/2020-01-01.svg", "dates", "first is of 2024-08-01"),
    ("/layers/us-28-points/soon.geojson", "dates", "YYYY-MM-DD"),
    ("/layers/us-28-points/20251120.geojson", "dates", "YYYY-MM-DD"),
    ("/areas/us-28-points/2025-02-30.json", "dates", "YYYY-MM-DD"),
    ("/images/us-28-points/LATEST.png", "dates", "YYYY-MM-DD"),
]
ODD_PARTS = [
    "..",
    "../..",
    "%2e%2e%2f%2e%2e%2fapp.py",
    "..%5c..",
    "%00",
    "a%00.geojson",
    "%ff%fe",
    "%",
    "%zz",
    "{{7*7}}",
    "{x}",
    "%25s",
    "'\"<script>alert(1)</script>",
    "привіт",
    "頓內茨克",
    "\U0001f5fa",
    "%0d%0aX-Planted:%20yes",
    "a" * 20_000,
    ".",
    "-1",
    "None",
]
ODD_PLACES = [
    "/{}",
    "/{}/",
    "/en/{}",
    "/{}/map/us-28-points",
    "/en/map/{}",
    "/uk/areas/{}",
    "/zh-Hant/points/{}/",
    "/en/map/us-28-points?as_of={}",
    "/en/map/us-28-points?{}=1",
    "/layers/{}",
    "/layers/{}/latest.geojson",
    "/layers/us-28-points/{}.geojson",
    "/layers/us-28-points/latest/{}.geojson",
    "/areas/us-28-points/{}.csv",
    "/context/{}.geojson",
    "/display/{}.json",
    "/display/us-28-points/{}.geojson",
    "/towns/us-28-points/{}.json",
    "/static/{}",
    "/images/us-28-points/{}.svg",
    "/images/us-28-points/latest.svg?lang={}",
    "/images/us-28-points/latest.png?size={}",
    "/catalog.json/{}",
]
TRACES = re.compile(r"Traceback|File \"|site-packages|werkzeug|\.py\b.*line \d")


def problem(answer: TestResponse, status: int) -> dict[str, Any]:
    """The problem document of an answer, checked for what every one has."""
    assert answer.status_code == status
    assert answer.headers["Content-Type"] == "application/problem+json"
    assert answer.headers["Access-Control-Allow-Origin"] == "*"
    content = answer.get_json(force=True)
    assert isinstance(content, dict)
    assert content["status"] == status
    assert content["type"] == "about:blank"
    assert all(isinstance(content[key], str) and content[key] for key in ("title", "detail"))
    return content


@pytest.mark.parametrize(("path", "known", "words"), UNKNOWN, ids=[row[0] for row in UNKNOWN])
def test_what_is_unknown_is_named_with_what_there_is(
    client: FlaskClient, catalogue: Catalogue, path: str, known: str | list[str], words: str
) -> None:
    content = problem(client.get(path), 404)
    assert words in content["detail"]
    proposal = catalogue.proposals["us-28-points"]
    drawn = [file.url.rpartition("/")[2] for file in catalogue.display.values()]
    lists = {"display": drawn, "dates": list(proposal.dates), "zones": list(proposal.editions[DAY].zones)}
    assert content["known"] == (lists[known] if isinstance(known, str) else known)


@pytest.mark.parametrize("suffix", ["svg", "png"])
@pytest.mark.parametrize(
    ("query", "known"),
    [
        ("lang=fr", list(LANGUAGES)),
        ("size=9", [*NAMED_SIZES, "WxH"]),
        ("theme=sepia", list(THEMES)),
        ("inset=yes", ["on", "off"]),
        ("clauses=21z", ["19", "21a", "21b", "21c", "21d", "23"]),
    ],
)
def test_an_option_of_an_image_that_does_not_exist(
    client: FlaskClient, suffix: str, query: str, known: list[str]
) -> None:
    content = problem(client.get(f"/images/us-28-points/{DAY}.{suffix}?{query}"), 400)
    assert content["title"] == "Bad Request"
    assert content["known"] == known


@pytest.mark.parametrize(
    ("query", "limit"),
    [
        ("size=9x9", "from 320 to 4000"),
        ("size=5000x700", "from 320 to 4000"),
        ("size=4000x4000&scale=2", "32 megapixels; at most 1.41"),
        ("scale=9", "from 1 to 4"),
        ("title=" + "a" * 121, "at most 120"),
        ("size=400x400&legend=full", "needs a height of"),
        ("extent=1,2,3,4", "only areas within"),
        ("title=%D8%A7", "no '\u0627' (U+0627)"),
        ("title=%00a", "the sign U+0000"),
        ("extent=10,38,55,58", "write a smaller one"),
    ],
)
def test_a_limit_of_an_image_is_named(client: FlaskClient, query: str, limit: str) -> None:
    content = problem(client.get(f"/images/us-28-points/{DAY}.svg?{query}"), 400)
    assert limit in content["detail"]


@pytest.mark.parametrize(
    "path",
    ["/layers", "/layers/", "/layers/x", "/areas/us-28-points/latest.ods", "/images/us-28-points/latest.gif",
     "/context/", "/static/", "/static/../app.py", "/static/vendor/leaflet", "/healthz/x", "/catalog.json/x/"],
)  # fmt: skip
def test_no_such_address_among_the_data(client: FlaskClient, path: str) -> None:
    assert problem(client.get(path), 404)["title"] == "Not Found"


@pytest.mark.parametrize("method", ["POST", "PUT", "PATCH", "DELETE"])
@pytest.mark.parametrize("path", [f"/layers/us-28-points/{DAY}.geojson", "/catalog.json", "/healthz", "/en/", "/"])
def test_nothing_can_be_written(client: FlaskClient, method: str, path: str) -> None:
    answer = client.open(path, method=method)
    assert answer.status_code == 405
    assert {name.strip() for name in answer.headers["Allow"].split(",")} >= {"GET", "HEAD"}
    if len(path) > 4:
        problem(answer, 405)
    else:
        assert answer.mimetype == "text/html"


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("page", ["map", "areas", "points"])
def test_an_unknown_proposal_has_a_page_that_lists_the_others(client: FlaskClient, lang: str, page: str) -> None:
    answer = client.get(f"/{lang}/{page}/nope", headers={"Accept-Language": "fr"})
    assert (answer.status_code, answer.mimetype) == (404, "text/html")
    tree = read_html(answer.text)
    assert tree.one("html")["lang"] == lang
    assert "nope" in tree.one("main").words
    assert tree.one("h1").words == text(lang, "error.heading_404")
    links = [link["href"] for link in tree.one("main").all("a")]
    assert links == [*(f"/{lang}/map/{name}" for name in PROPOSALS), f"/{lang}/"]
    assert [client.get(link).status_code for link in links] == [200] * len(links)


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("asked", ["2024-07-31", "1999-01-01", "soon", "2025-13-01", "20251120", "<b>", "٢٠٢٥-١١-٢٠"])
def test_a_day_that_cannot_be_shown_has_a_page_that_names_the_first(
    client: FlaskClient, catalogue: Catalogue, lang: str, asked: str
) -> None:
    answer = client.get(f"/{lang}/map/us-28-points", query_string={"as_of": asked})
    assert answer.status_code == 404
    tree = read_html(answer.text)
    main = tree.one("main")
    assert tree.one("html")["lang"] == lang
    assert main.one("h1").words == text(lang, "error.heading_400")
    assert text(lang, "error.date", name=asked, first="2024-08-01") in main.words
    days = [link["href"] for link in main.all("a")[:-1]]
    assert days == [f"/{lang}/map/us-28-points?as_of={day}" for day in catalogue.proposals["us-28-points"].dates]
    assert client.get(days[0]).status_code == 200


@pytest.mark.parametrize("path", ["/fr/", "/fr", "/EN/", "/zh-TW/", "/fr/map/us-28-points", "/humans.txt"])
def test_an_unknown_language_has_a_page_in_one_that_the_reader_accepts(client: FlaskClient, path: str) -> None:
    answer = client.get(path, headers={"Accept-Language": "uk"})
    assert (answer.status_code, answer.mimetype) == (404, "text/html")
    assert answer.headers["Vary"] == "Accept-Language"
    tree = read_html(answer.text)
    assert tree.one("html")["lang"] == "uk"
    assert path.split("/")[1] in tree.one("main").words
    assert [link["href"] for link in tree.one("main").all("a")][:3] == ["/en/", "/uk/", "/zh-Hant/"]


@pytest.mark.parametrize("path", ["/en/nope", "/uk/map", "/zh-Hant/map/us-28-points/x/", "/en/map/us-28-points/x"])
def test_an_unknown_page_is_told_in_its_language(client: FlaskClient, path: str) -> None:
    answer = client.get(path, headers={"Accept-Language": "fr"})
    lang = path.split("/")[1]
    assert answer.status_code == 404
    assert text(lang, "error.page") in read_html(answer.text).one("main").words


@pytest.mark.parametrize("place", ODD_PLACES)
def test_odd_addresses_are_refused_in_peace(client: FlaskClient, place: str) -> None:
    for part in ODD_PARTS:
        answer = client.get(place.format(part))
        assert answer.status_code in {200, 308, 400, 404, 414}, part
        assert re.match(r"/\w", answer.headers.get("Location", "/en/")), part
        assert "X-Planted" not in answer.headers
        assert "alert(1)</script>" not in answer.text or answer.mimetype == "application/problem+json"
        assert not TRACES.search(answer.text), part


@pytest.fixture
def broken(catalogue: Catalogue, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture) -> FlaskClient:
    """An application whose files have gone."""
    app: Flask = create_app(catalogue)
    caplog.set_level(logging.CRITICAL, "webapp")

    def gone(*_: object) -> bytes:
        raise FileNotFoundError("/secret/place")

    monkeypatch.setattr(Catalogue, "read", gone)
    return app.test_client()


def test_what_breaks_inside_is_not_told_outside(broken: FlaskClient) -> None:
    layer = broken.get(f"/layers/us-28-points/{DAY}.geojson")
    assert "secret" not in problem(layer, 500)["detail"]
    page = broken.get("/uk/areas/us-28-points")
    assert (page.status_code, page.mimetype) == (500, "text/html")
    assert text("uk", "error.server") in read_html(page.text).one("main").words
    for answer in (layer, page):
        assert "secret" not in answer.text
        assert not TRACES.search(answer.text)
        assert answer.headers["Cache-Control"] == "no-store"


LAYERS = [".geojson", ".geojsonl", ".gpkg", ".fgb", ".kml", ".shp.zip", ".parquet", ".topojson", ".style.json"]


@pytest.mark.parametrize(
    ("path", "known"),
    [
        ("/images/us-28-points/2025-11-20.gif", [".svg", ".png", ".pdf", ".geojson", ".json", ".txt"]),
        ("/layers/us-28-points/2025-11-20/crimea.json", LAYERS),
        ("/layers/us-28-points/2025-11-20.gml", LAYERS),
        ("/data/us-28-points/2025-11-20.tar", [".zip"]),
        ("/areas/us-28-points/2025-11-20.ods", [".csv", ".xlsx", ".json"]),
    ],
)
def test_an_address_with_another_ending_is_told_what_there_is(client: FlaskClient, path: str, known: list[str]) -> None:
    answer = client.get(path)
    assert (answer.status_code, answer.mimetype) == (404, "application/problem+json")
    problem = answer.get_json()
    assert problem["known"] == known
    assert path in problem["detail"]
    assert known[0] in problem["detail"]
