"""Names made of files' names: apart whatever the alphabet, alike for the days of one series."""

from dataclasses import replace
from datetime import date
from itertools import combinations
from pathlib import Path
from typing import Any
from unicodedata import normalize

import pytest
import shapely

from layers.control.importing import ImportRequest, import_control
from layers.control.stored import StoredMap
from layers.control.workspace import Workspace, check_name
from layers.embedded import EMBEDDED
from layers.errors import ControlError
from layers.readers.naming import LONGEST, LONGEST_TITLE, series_of, slug_of, title_of, written_name
from layers.reference.study_data import load_study_data

APART = (
    *("окуповано.geojson", "інша карта.geojson", "карта 🇺🇦.geojson", "карта 🇵🇱.geojson", "карта.geojson"),
    *("🇺🇦.kml", "🇵🇱.kml", "地圖.json", "地图.json", "מפה.kml", "نقشه.kml", "नक्शा.kml", "χάρτης.kml", "ხარიტა.kml"),
    *("Карта Ѣ.kml", "карта 北.kml", "карта 南.kml", "кий.kml", "кии.kml", "latest.kml", f"{EMBEDDED}.kml", "ß.kml"),
    "Assessed Russian Control of Terrain in Ukraine.geojson",
    "Assessed Russian Control of Terrain in Ukraine, older.geojson",
    *("окуповані території України за даними відкритих джерел А.kml", "x" * 200 + ".kml", "x" * 201 + ".kml"),
)


def test_every_name_has_its_own_series() -> None:
    slugs = {name: slug_of(Path(name)) for name in APART}
    assert [pair for pair in combinations(APART, 2) if slugs[pair[0]] == slugs[pair[1]]] == []
    assert all(check_name(slug) == slug and len(slug) <= LONGEST for slug in slugs.values())


@pytest.mark.parametrize(
    ("name", "slug"),
    [
        ("окуповано.geojson", "okupovano"),
        ("інша карта.geojson", "insha-karta"),
        ("Згорани, Юр’їв, Єнакієве.kml", "zghorany-yuriv-yenakiieve"),
        ("Ґалаґан щойно.kml", "galagan-shchoino"),
        ("объезд ы э.kml", "obezd-y-e"),
        ("Łódź é.kml", "lodz-e"),
        ("DeepState Map (1).geojson", "deepstate-map-1"),
        ("2025-11-20.geojson", "control"),
        ("---.geojson", "control"),
    ],
)
def test_ukrainian_is_written_as_passports_have_it(name: str, slug: str) -> None:
    assert slug_of(Path(name)) == slug


@pytest.mark.parametrize(
    "days",
    [
        ("карта 2025-11-20.geojson", "карта 2025-11-21.geojson"),
        ("map_20251120.geojson", "map-20251121.kml"),
        ("Front 20 Nov 2025.kml", "Front 3 Dec 2025.kml"),
        ("地圖 2025年11月20日.kml", "地圖 2025年11月21日.kml"),
        ("Карта 20.11.2025.kml", "карта_21.11.2025.kml"),
    ],
)
def test_days_of_one_series_have_one_name(days: tuple[str, str]) -> None:
    assert slug_of(Path(days[0])) == slug_of(Path(days[1]))
    assert series_of(days[0]) == series_of(days[1])


@pytest.mark.parametrize("name", ["інша карта й ї.geojson", "Ünï.kml", "が.kml"])
def test_the_way_in_which_a_disk_writes_letters_makes_no_difference(name: str) -> None:
    assert slug_of(Path(normalize("NFD", name))) == slug_of(Path(name))
    assert title_of(Path(normalize("NFD", name))) == title_of(Path(name)) == name


@pytest.mark.parametrize(
    ("name", "title"),
    [
        ("карта 🇺🇦.geojson", "карта.geojson"),
        ("map (1).geojson", "map (1).geojson"),
        ("地圖.json", "地圖.json"),
        ("за\u0301мок.kml", "за\u0301мок.kml"),
        ("a\nb\x1b[31m\u202e.kml", "a b [31m.kml"),
        ("❤️ карта №5.kml", "карта №5.kml"),
    ],
)
def test_titles_leave_signs_out(name: str, title: str) -> None:
    assert title_of(Path(name)) == title


@pytest.mark.parametrize("name", ["🇺🇦.geojson", "מפה.kml", "نقشه.kml", "नक्शा.json"])
def test_a_title_without_letters_that_are_set_is_that_of_the_series(name: str) -> None:
    assert title_of(Path(name)) == f"{slug_of(Path(name))}{Path(name).suffix}"


def test_a_long_title_keeps_its_ends() -> None:
    title = title_of(Path("а" * 150 + " кінець.geojson"))
    assert len(title) <= LONGEST_TITLE
    assert title.startswith("ааа")
    assert title.endswith(" кінець.geojson")


def test_bytes_that_are_no_letters_are_marks() -> None:
    path = Path("a\udcff.geojson")
    assert written_name(path) == "a?.geojson"
    assert title_of(path) == "a.geojson"
    assert check_name(slug_of(path)).startswith("a-")


def _stored(name: str, **provenance: Any) -> StoredMap:
    about = {"sha256": "0" * 64, "area_after_km2": 1.0, "publisher": None, **provenance}
    return StoredMap(name, "2025-11-20", "title", 1, "keep", {"held": shapely.box(37, 47, 38, 48)}, None, about)


@pytest.mark.parametrize(
    ("held", "new"),
    [
        ({"file": "кий 2025-11-20.kml"}, ("кии 2025-11-21.kml", None)),
        ({"file": "deepstate.geojson"}, ("deepstatemap_data_20251121.geojson", "DeepState")),
        ({"file": "x.geojson", "publisher": "DeepState"}, ("kyi.geojson", None)),
    ],
)
def test_the_name_of_another_maker_is_not_taken_unasked(tmp_path: Path, held: Any, new: tuple[str, str | None]) -> None:
    workspace = Workspace(tmp_path)
    workspace.put(_stored("kyi", **held))
    with pytest.raises(ControlError, match="name it with --name") as refused:
        workspace.check_maker("kyi", *new)
    assert refused.value.code == "name"
    assert len(str(refused.value).splitlines()) == 1


@pytest.mark.parametrize(
    ("held", "new"),
    [
        ({"file": "кий 2025-11-20.kml"}, ("Кий_2025-11-21.kml", None)),
        ({"file": "a.json", "publisher": "DeepState"}, ("b.json", "DeepState")),
        ({}, ("b.json", None)),
    ],
)
def test_further_days_of_one_maker_go_together(tmp_path: Path, held: Any, new: tuple[str, str | None]) -> None:
    workspace = Workspace(tmp_path)
    workspace.put(_stored("kyi", **held))
    workspace.check_maker("kyi", *new)
    workspace.check_maker("other", *new)


@pytest.mark.slow
def test_two_files_in_cyrillic_are_two_maps(shared: Path, tmp_path: Path) -> None:
    study, workspace = load_study_data(), Workspace(tmp_path / "kept")
    content = (shared / "samples/faults/00_good_base.geojson").read_bytes()
    wanted = ImportRequest(as_of="2025-11-20", accept_difference=True)
    for name in ("окуповано.geojson", "інша карта.geojson", "карта 🇺🇦.geojson"):
        path = tmp_path / name
        path.write_bytes(content)
        workspace.put(import_control(path, wanted, study, today=date(2026, 1, 1), kept=workspace).stored)
    assert len(workspace.names) == 3
    assert {"okupovano", "insha-karta"} <= set(workspace.names)
    path = tmp_path / "Окуповано!.geojson"
    path.write_bytes(content)
    with pytest.raises(ControlError, match=r"that of the maps read from 'окуповано\.geojson'"):
        import_control(path, wanted, study, today=date(2026, 1, 1), kept=workspace)
    named = replace(wanted, name="okupovano")
    assert import_control(path, named, study, today=date(2026, 1, 1), kept=workspace).stored.name == "okupovano"
