"""What a worker does not do: import geopandas, folium or matplotlib, or make an answer twice."""

import gzip
import json
import subprocess
import sys
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

import brotli
import pytest
from click.testing import CliRunner

from layers.build import build as building
from layers.catalogue.model import Catalogue, Edition
from layers.tables.timeline import read_timeline
from tests.webapp.markup import read_html
from tests.words import LANGUAGES, language, text
from webapp.app import create_app
from webapp.charts import drawn_charts, read_sheet
from webapp.cli import main
from webapp.disk_cache import DiskCache
from webapp.errors import SetupError
from webapp.images.order import Order
from webapp.map import map_fragment
from webapp.map.parts import Fragment
from webapp.pages.templates import fill_template
from webapp.responses import compression
from webapp.responses.cache import ENTRY_BYTES, Finished, FinishedCache
from webapp.responses.prebuilt import compress, finish
from webapp.settings import Reporting, Tiles, read_settings

HEAVY = ("geopandas", "folium", "pandas", "shapely", "pyproj", "numpy", "matplotlib", "thorvg_python")
ASKS = """
import json, sys
import webapp.cli, webapp.server.workers  # as the command starts the service
from webapp.app import create_app
client = create_app().test_client()
answers = [client.get(path).status_code for path in json.loads(sys.argv[1])]
print(json.dumps([answers, [name for name in json.loads(sys.argv[2]) if name in sys.modules]]))
"""
LIGHT = [
    "/",
    "/en/",
    "/layers/us-28-points/latest.geojson",
    "/layers/us-28-points/2025-11-20/crimea.geojson",
    "/areas/us-28-points/latest.csv",
    "/areas/us-28-points/latest.json",
    "/context/oblasts.geojson",
    "/display/ground.geojson",
    "/display/towns-uk.json",
    "/display/us-28-points/latest.geojson",
    "/towns/us-28-points/latest.json",
    "/static/map.bundle.js",
    "/catalog.json",
    "/ogc/collections",
    "/ogc/collections/us-28-points_buffer/items?bbox=36,47,37,48",
    "/healthz",
    "/uk/areas/us-28-points",
    "/zh-Hant/points/us-28-points",
    "/static/page.css",
    "/en/map/us-28-points",
    "/uk/timeline/us-28-points",
    "/timelines/us-28-points.csv",
    "/timelines/us-28-points.json?from=2025-11-20",
    "/timelines/us-28-points.svg?lang=zh-Hant",
]


@pytest.mark.slow
def test_nothing_heavy_is_imported_to_answer(catalogue: Catalogue) -> None:
    proposal = catalogue.proposal("us-28-points")
    map_fragment(catalogue, proposal, language("en"))  # as a build makes both ready
    for lang in ("uk", "zh-Hant"):
        drawn_charts(read_sheet(catalogue, proposal, read_timeline(catalogue, proposal), language(lang)))
    asked = [sys.executable, "-c", ASKS, json.dumps(LIGHT), json.dumps(HEAVY)]
    said = subprocess.run(asked, capture_output=True, text=True, check=True, timeout=60)
    answers, imported = json.loads(said.stdout)
    assert answers == [302, *[200] * (len(LIGHT) - 1)]
    assert imported == []


def test_a_page_is_made_once(catalogue: Catalogue, monkeypatch: pytest.MonkeyPatch) -> None:
    client = create_app(catalogue).test_client()
    made: list[str] = []

    def counted(template: str, values: Mapping[str, object]) -> str:
        made.append(template)
        return fill_template(template, values)

    monkeypatch.setattr("webapp.pages.base.fill_template", counted)
    addresses = ["/en/map/us-28-points", "/uk/map/us-28-points", "/en/areas/us-28-points", "/en/"]
    first = [client.get(address).data for address in addresses]
    assert made == ["map.html", "map.html", "areas.html", "home.html"]
    for headers in ({}, {"Accept-Encoding": "gzip"}, {"Accept-Encoding": "gzip"}):
        again = [client.get(address, headers=headers).data for address in addresses]
        assert [gzip.decompress(data) if headers else data for data in again] == first
    assert len(made) == 4
    assert [create_app(catalogue).test_client().get(address).data for address in addresses] == first


def test_an_image_is_drawn_once(catalogue: Catalogue, monkeypatch: pytest.MonkeyPatch) -> None:
    drawn: list[tuple[object, ...]] = []

    def draw(_: Catalogue, __: Edition, order: Order) -> bytes:
        drawn.append((order.proposal, order.requested, order.options.lang, order.options.size))
        return b"<svg/>"

    monkeypatch.setattr("webapp.routes.images.drawn_image", draw)
    client = create_app(catalogue).test_client()
    for query in ("", "?lang=en", "?lang=uk", "?size=1200x675", "?utm_source=x"):
        assert client.get(f"/images/us-28-points/2025-11-20.svg{query}").data == b"<svg/>"
    asked = [("us-28-points", "2025-11-20", lang, (1200, 675)) for lang in ("en", "uk")]
    assert drawn == asked


def test_the_cache_lets_the_oldest_go_and_never_overflows() -> None:
    cache = FinishedCache(room_bytes=2 * ENTRY_BYTES + 25)
    made: list[str] = []

    def ask(key: str, size: int = 10) -> Finished:
        def make() -> Finished:
            made.append(key)
            return finish(b"x" * size, "text/plain")

        return cache.get(key, make)

    for key in ("a", "b", "a", "c", "a", "b"):
        ask(key)
    assert made == ["a", "b", "c", "b"]
    assert len(cache) == 2
    huge = ENTRY_BYTES + 26
    assert len(ask("huge", huge).body) == huge
    ask("a")
    assert made == ["a", "b", "c", "b", "huge"]


def test_a_compressed_answer_is_the_same_each_time() -> None:
    plain = finish(b"x" * 1000, "text/plain", "x.txt")
    for coding, opened in (("br", brotli.decompress), ("gzip", gzip.decompress)):
        assert compress(plain, coding) == compress(plain, coding)
        assert opened(compress(plain, coding).body) == plain.body
        assert compress(plain, coding).etag == f"{plain.etag}-{coding}"


@pytest.mark.slow
def test_building_every_date_makes_map_pages_and_charts_ready(
    catalogue: Catalogue, kept_elsewhere: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    packed: list[Catalogue] = []
    two = {key: catalogue.proposals[key] for key in ("us-28-points", "ukraine-20-points")}
    monkeypatch.setattr("webapp.cli.load_catalogue", lambda _: replace(catalogue, proposals=two))
    monkeypatch.setattr(building, "build_every_date", lambda progress: 7)
    monkeypatch.setattr(compression, "pack_all", packed.append)
    old = DiskCache(kept_elsewhere)
    old.write("of-another-version", b"{}")
    built = CliRunner().invoke(main, ["build", "--all"])
    assert built.exit_code == 0, built.output
    assert "7 files in layers/cache, 6 map pages and 6 sets of charts ready" in built.stderr
    assert old.read("of-another-version") is None
    for folder in (kept_elsewhere, kept_elsewhere.with_name("charts")):
        assert len([path for path in folder.rglob("*") if path.is_file()]) == len(two) * len(LANGUAGES)
    monkeypatch.setattr("webapp.map.folium_map.draw", None)  # all are there, so that none is drawn
    monkeypatch.setattr("webapp.charts.cache.draw_charts", None)
    for proposal in two.values():
        timeline = read_timeline(catalogue, proposal)
        for lang in LANGUAGES:
            assert map_fragment(catalogue, proposal, language(lang)).start
            assert drawn_charts(read_sheet(catalogue, proposal, timeline, language(lang)))
    assert [one.data_version for one in packed] == [catalogue.data_version]


def test_building_to_serve_makes_map_pages_ready_and_leaves_charts_to_the_service(
    catalogue: Catalogue, kept_elsewhere: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    packed: list[Catalogue] = []
    one = replace(catalogue, proposals={"us-28-points": catalogue.proposals["us-28-points"]})
    monkeypatch.setattr("webapp.cli.load_catalogue", lambda _: one)
    monkeypatch.setattr(building, "build_to_serve", lambda progress: 5)
    monkeypatch.setattr(compression, "pack_all", packed.append)
    built = CliRunner().invoke(main, ["build", "--newest"])
    assert built.exit_code == 0, built.output
    assert "5 files in layers/cache, 3 map pages ready" in built.stderr
    assert packed == [one]
    assert not kept_elsewhere.with_name("charts").exists()
    for other in ("--all", "--check"):
        refused = CliRunner().invoke(main, ["build", "--newest", other])
        assert refused.exit_code == 2
        assert "do not go together" in refused.stderr


def test_what_is_built_to_serve_is_the_own_and_the_newest_date() -> None:
    order = building.read_order(newest=True)
    newest = order.setting.study.control.dates[-1]
    own = building.read_order().wanted
    assert order.wanted == {name: (*days, newest) for name, days in own.items()}


def test_a_fragment_is_read_where_it_is_kept_and_mended_where_it_is_broken(
    catalogue: Catalogue, kept_elsewhere: Path
) -> None:
    proposal = catalogue.proposal("us-28-points")
    made = map_fragment(catalogue, proposal, language("uk"))
    (path,) = kept_elsewhere.glob("*/*")
    stored = json.dumps({"sheets": "1", "body": "2", "scripts": "3", "start": "4"}).encode()
    DiskCache(kept_elsewhere).write(path.stem, stored)
    assert map_fragment(catalogue, proposal, language("uk")) == Fragment("1", "2", "3", "4")
    for broken in (b"", b"{}", stored, path.read_bytes()[:-1]):
        path.write_bytes(broken)
        assert map_fragment(catalogue, proposal, language("uk")) == made
    assert map_fragment(catalogue, proposal, language("en")) != made


def test_a_folder_that_cannot_be_written_only_costs_time(
    catalogue: Catalogue, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "file").write_text("")
    monkeypatch.setattr("webapp.map.fragment.PREPARED", DiskCache(tmp_path / "file" / "pages"))
    assert "createMap(" in map_fragment(catalogue, catalogue.proposal("us-28-points"), language("en")).start


def test_readers_are_told_where_to_report_an_error(catalogue: Catalogue, monkeypatch: pytest.MonkeyPatch) -> None:
    page, shown = "https://example.org/report?of=map", text("uk", "nav.report")
    assert read_settings({}).report is None
    assert read_settings({"CLAUSEMAP_REPORT": page}).report == Reporting(page)
    assert read_settings({"CLAUSEMAP_REPORT": "mailto:a.b@example.org"}).report == Reporting("a.b@example.org")
    for wrong in ("us", "a@b", "javascript:alert(1)", "ftp://example.org", "https://a b", 'https://x/"><script>'):
        with pytest.raises(SetupError, match="CLAUSEMAP_REPORT"):
            read_settings({"CLAUSEMAP_REPORT": wrong})
    paths = ("/uk/", "/uk/proposals", "/uk/map/us-28-points", "/uk/nowhere")
    monkeypatch.delenv("CLAUSEMAP_REPORT", raising=False)
    client = create_app(catalogue).test_client()
    assert not any(shown in client.get(path).text for path in paths)
    monkeypatch.setenv("CLAUSEMAP_REPORT", "errors@example.org")
    client = create_app(catalogue).test_client()
    for path in paths:
        footer = read_html(client.get(path).text).one("footer", class_="site")
        link = next(link for link in footer.all("a") if link.words == shown)
        assert link["href"].startswith("mailto:errors@example.org?subject=Clausemap%20/")
        assert {"DeepState", "UA Control Map"} <= {link.words for link in footer.all("a")}


def test_tiles_come_with_an_attribution_or_not_at_all(
    catalogue: Catalogue, kept_elsewhere: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    address = "https://tiles.example.org/{z}/{x}/{y}.png"
    both = {"CLAUSEMAP_TILES_URL": address, "CLAUSEMAP_TILES_ATTRIBUTION": "Them"}
    assert read_settings({}).tiles is None
    assert read_settings(both).tiles == Tiles(address, "Them")
    for wrong in (
        {"CLAUSEMAP_TILES_URL": address},
        {"CLAUSEMAP_TILES_ATTRIBUTION": "Them"},
        {"CLAUSEMAP_TILES_URL": "ftp://x/{z}/{x}/{y}", "CLAUSEMAP_TILES_ATTRIBUTION": "Them"},
        {"CLAUSEMAP_TILES_URL": "https://tiles.example.org/", "CLAUSEMAP_TILES_ATTRIBUTION": "Them"},
    ):
        with pytest.raises(SetupError, match="CLAUSEMAP_TILES"):
            read_settings(wrong)
    monkeypatch.setenv("CLAUSEMAP_TILES_URL", address)
    monkeypatch.setenv("CLAUSEMAP_TILES_ATTRIBUTION", "<b>Them & co</b>")
    client = create_app(catalogue).test_client()
    shown = client.get("/en/map/us-28-points").text
    assert "tiles.example.org" in client.get("/scripts/en/us-28-points.js").text
    assert "&lt;b&gt;Them &amp; co&lt;/b&gt;" in shown
    assert "<b>Them" not in shown
