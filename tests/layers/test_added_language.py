"""Adding a language is one folder: all is built and answered in it, and what it lacks is told by file and key.

Two proposals are built, since each is built like the others.
"""

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from layers.proposal.loading import PROPOSALS
from layers.text.check import language_problems
from tests.layers.conftest import VALIDATOR
from tests.made_language import MARK, TAG, make_language
from webapp.setup import ROOT

WITH_IT = """
import json, sys
from pathlib import Path
import layers.catalogue.model, webapp.charts.cache, webapp.cli, webapp.map.fragment
from click.testing import CliRunner
from layers.build.build import build
from layers.catalogue.model import load_catalogue
from tests.ground import keep_ground
from webapp.app import create_app
from webapp.disk_cache import DiskCache

keep_ground()
root, place = Path(sys.argv[1]), Path(sys.argv[2])
webapp.map.fragment.PREPARED, webapp.charts.cache.PREPARED = DiskCache(place / "pages"), DiskCache(place / "charts")
build(root, folder=place / "proposals")
layers.catalogue.model.EVERY_DATE = root
client = create_app(load_catalogue(root)).test_client()
answers = {}
for address in sys.stdin.read().split():
    answer = client.get(address, headers={"Accept-Language": "szl, en;q=0.5"})
    answers[address] = [answer.status_code, answer.headers.get("Location"), answer.get_data(True)]
told = CliRunner().invoke(webapp.cli.main, ["areas", "us-28-points", "--lang", "pl"])
print(json.dumps({"answers": answers, "command": [told.exit_code, told.stdout]}))
"""
DAY = "2025-11-20"
PAGES = (
    "/pl/", "/pl/map/us-28-points", "/pl/areas/us-28-points", "/pl/points/us-28-points", "/pl/images/us-28-points",
    f"/pl/timeline/us-28-points?from={DAY}&to={DAY}", "/pl/map/ukraine-20-points", "/pl/areas/ukraine-20-points",
    "/embed/pl/us-28-points",
)  # fmt: skip
FILES = (
    f"/layers/us-28-points/{DAY}.geojson", f"/areas/us-28-points/{DAY}.csv", "/catalog.json", "/context/towns.geojson",
    f"/images/us-28-points/{DAY}.svg?lang=pl", f"/images/us-28-points/{DAY}.txt?lang=pl",
    f"/timelines/us-28-points.csv?from={DAY}&to={DAY}", f"/timelines/us-28-points.svg?from={DAY}&to={DAY}&lang=pl",
    "/", "/pl/nowhere", "/pl/images/us-28-points?size=10x10",
)  # fmt: skip


def run(code: str, place: Path, *given: str, said: str = "") -> "subprocess.CompletedProcess[str]":
    """A program that knows the languages of a place besides the project's own."""
    environ = os.environ | {"CLAUSEMAP_LANGUAGES": str(place)}
    command = [sys.executable, "-c", code, *given]
    return subprocess.run(
        command, input=said, capture_output=True, text=True, cwd=ROOT, env=environ, timeout=240, check=False
    )


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where the operator's own languages are."""
    found = tmp_path_factory.mktemp("languages")
    make_language(found)
    return found


@pytest.fixture(scope="module")
def made(place: Path, tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    """What is answered with the language in its place."""
    folder = tmp_path_factory.mktemp("made")
    (folder / "proposals").mkdir()
    for name in ("us-28-points.toml", "ukraine-20-points.toml"):
        shutil.copy(PROPOSALS / name, folder / "proposals")
    done = run(WITH_IT, place, str(folder / "data"), str(folder), said="\n".join((*PAGES, *FILES)))
    assert done.returncode == 0, done.stderr[-2000:]
    return dict(json.loads(done.stdout.splitlines()[-1]))


def answered(made: dict[str, Any], address: str, status: int = 200) -> str:
    assert made["answers"][address][0] == status
    return str(made["answers"][address][2])


@pytest.mark.sweep(1)
@pytest.mark.slow
@pytest.mark.parametrize("page", PAGES)
def test_every_page_is_there_in_it(made: dict[str, Any], page: str) -> None:
    shown = answered(made, page)
    assert '<html lang="pl"' in shown
    assert shown.count(MARK.strip()) > 40 or page == "/pl/"
    if not page.startswith("/embed/"):  # an embed has no switch of languages
        assert 'hreflang="pl"' in shown
        assert ">Polski<" in shown


@pytest.mark.slow
def test_layers_and_tables_have_its_names(made: dict[str, Any]) -> None:
    layer = json.loads(answered(made, f"/layers/us-28-points/{DAY}.geojson"))
    VALIDATOR.validate(layer)
    zones = layer["features"]
    for zone in zones:
        for name in ("title", "name", "says", "open"):
            assert zone["properties"][f"{name}_pl"].startswith(MARK)
    held = next(zone for zone in zones if zone["id"] == "donetsk-held")["properties"]
    assert held["oblast_name_pl"] == f"{MARK}Donetsk"
    assert f"{MARK}Where the control maps disagree, territory counts" in held["open_pl"]
    header, *rows = answered(made, f"/areas/us-28-points/{DAY}.csv").splitlines()
    assert {"name_pl", "figure_pl"} <= set(header.split(","))
    assert any(f"{MARK}about" in row for row in rows)
    assert "name_pl" in answered(made, f"/timelines/us-28-points.csv?from={DAY}&to={DAY}")
    assert json.loads(answered(made, "/catalog.json"))["languages"] == ["en", "pl", "uk", "zh-Hant"]


@pytest.mark.slow
def test_a_town_without_a_name_in_it_has_its_latin_one(made: dict[str, Any]) -> None:
    towns = json.loads(answered(made, "/context/towns.geojson"))["features"]
    names = {town["properties"]["name_en"]: town["properties"]["name_pl"] for town in towns}
    assert names["Luhansk"] == f"{MARK}Luhansk"
    assert names["Lviv"] == "Lviv"


@pytest.mark.slow
def test_images_charts_and_refusals_are_in_it(made: dict[str, Any]) -> None:
    for address in FILES[4:6]:
        assert MARK.strip() in answered(made, address)
    assert MARK.strip() in answered(made, f"/timelines/us-28-points.svg?from={DAY}&to={DAY}&lang=pl")
    assert f"{MARK}Page not found" in answered(made, "/pl/nowhere", 404)
    assert f"{MARK}Size 10x10" in answered(made, "/pl/images/us-28-points?size=10x10", 400)


@pytest.mark.slow
def test_a_reader_who_accepts_it_is_led_to_it(made: dict[str, Any]) -> None:
    assert made["answers"]["/"][:2] == [302, "/pl/"]


@pytest.mark.slow
def test_the_command_line_has_it(made: dict[str, Any]) -> None:
    code, said = made["command"]
    assert code == 0
    assert f"{MARK}Crimea" in said


def test_a_folder_that_is_whole_has_no_problems(place: Path) -> None:
    checked = (
        "from layers.text.check import check_languages; from layers.text.languages import installed_languages;"
        "check_languages(installed_languages())"
    )
    assert run(checked, place).returncode == 0


def test_all_that_a_language_lacks_is_told_at_once_and_nothing_is_built(tmp_path: Path) -> None:
    folder = make_language(tmp_path)
    texts = folder / "texts.toml"
    lines = texts.read_text("utf-8").splitlines()
    kept = [line for line in lines if not line.startswith(('"nav"."map"', '"control"."maps"."few"'))]
    kept = [line.replace("{title}", "{other}") if line.startswith('"map"."label"') else line for line in kept]
    texts.write_text("\n".join([*kept, '"nav"."mapp" = "x"']), "utf-8")
    names = folder / "names.csv"
    names.write_text(
        "".join(line for line in names.read_text("utf-8").splitlines(True) if "UA-14" not in line), "utf-8"
    )
    (folder / "figures.toml").unlink()
    done = run("from layers.build.build import make_contents; make_contents()", tmp_path)
    for told in (
        f"{texts}: nav.map: is missing", f"{texts}: control.maps.few: is missing", f"{texts}: nav.mapp: no such text",
        f"{texts}: map.label: must have {{date}}, {{title}}", f"{folder / 'figures.toml'}: is missing",
        f"{names}: UA-14: is missing; add a row for Donetsk", "LanguageError: languages: 6 to mend",
    ):  # fmt: skip
        assert told in done.stderr


def test_a_text_of_a_proposal_that_is_missing_is_told_by_file_and_key(tmp_path: Path) -> None:
    path = make_language(tmp_path) / "proposals/us-28-points.toml"
    lines = path.read_text("utf-8").splitlines()
    gone = ('"title"', '"zones"."crimea"."says"', '"points"."8"."note"')
    path.write_text("\n".join([*(line for line in lines if not line.startswith(gone)), '"zones"."cry" = "x"']), "utf-8")
    done = run("from layers.build.build import make_contents; make_contents()", tmp_path)
    for key in ("title", "zones.crimea.says", "points.8.note"):
        assert f"{path}: {key}: is missing; add it" in done.stderr
    assert f"{path}: zones.cry: the proposal has no such text" in done.stderr
    assert "4 to mend" in done.stderr


def test_data_that_were_built_without_the_language_are_refused(place: Path) -> None:
    done = run("from layers.catalogue.model import *; load_catalogue(COMMITTED)", place)
    assert "built without the language pl; run 'clausemap build --all'" in done.stderr


@pytest.mark.parametrize(
    ("written", "told"),
    [
        ("locale = 'pl'", "name: is missing"),
        ("name = 'X'\nlocale = 'qq'", "locale: "),
        ("name = 'X'\ncolour = 'red'", "colour: is no key of a language; take it out"),
        ("name = ", "cannot be read as TOML"),
    ],
)
def test_a_language_file_that_cannot_be_used(tmp_path: Path, written: str, told: str) -> None:
    folder = tmp_path / TAG
    folder.mkdir()
    (folder / "language.toml").write_text(written, "utf-8")
    (problem,) = language_problems(folder)
    assert str(folder / "language.toml") in problem
    assert told in problem


def test_a_folder_that_is_named_by_no_tag(tmp_path: Path) -> None:
    folder = tmp_path / "Polish"
    folder.mkdir()
    (folder / "language.toml").write_text("name = 'Polski'", "utf-8")
    assert list(language_problems(folder)) == [f"{folder}: is no tag of a language; name the folder like pl or pt-BR"]
