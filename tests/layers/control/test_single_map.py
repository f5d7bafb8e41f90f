"""A single control map behind a proposal: no interval anywhere, and every text says so."""

import csv
import hashlib
import io
from collections.abc import Mapping
from pathlib import Path
from typing import Any, cast

import pytest

from layers.build.build import make_contents
from layers.build.edition import derive, load_setting
from layers.build.writing import edition_files
from layers.catalogue.model import Catalogue
from layers.control.selection import ControlChoice, choose_study_data
from layers.control.workspace import Workspace
from layers.proposal.loading import load_proposal, proposal_ids
from tests.layers.control.conftest import DAY, FILES, TODAY, US, catalogue_of, made, square, zones

SAYS = {"en": "one map, no interval", "uk": "одна карта, без інтервалу", "zh_hant": "單一控制圖，無區間"}
OPEN = {"en": "one map, no interval", "uk": "одна карта, без інтервалу", "zh_hant": "單一地圖，無區間"}
WITHOUT_AREA = {"line", "site", "river", "country"}


@pytest.fixture(scope="module")
def built(desk: Workspace) -> Catalogue:
    """The 28 points on the map of DeepState."""
    return catalogue_of(ControlChoice(desk, "deepstate"))


@pytest.fixture(scope="module")
def found(built: Catalogue) -> list[dict[str, Any]]:
    return cast(list[dict[str, Any]], built.areas(built.proposal(US).editions[DAY]))


def test_low_and_high_are_null_everywhere(built: Catalogue, found: list[dict[str, Any]]) -> None:
    assert len(found) > 15
    assert {(zone["area_low_km2"], zone["area_high_km2"]) for zone in found} == {(None, None)}
    held = built.proposal(US).editions[DAY].held
    assert held.area_km2 > 114_000
    assert (held.area_low_km2, held.area_high_km2) == (None, None)


def test_every_zone_names_map_hash_and_licence(found: list[dict[str, Any]], shared: Path) -> None:
    sha256 = hashlib.sha256((shared / "samples/control" / FILES["deepstate"]).read_bytes()).hexdigest()
    source = f"deepstate: DeepState (sha256 {sha256[:12]}; one map, no interval), {DAY}"
    assert {zone["control_source"] for zone in found} == {source}
    assert {zone["control_sha256"] for zone in found} == {sha256}
    licence = "the maker of the control map decides (DeepState); outlines and texts CC BY 4.0"
    assert {zone["licence"] for zone in found} == {licence}


@pytest.mark.parametrize("language", SAYS)
def test_the_table_has_a_sentence_that_says_so(built: Catalogue, language: str) -> None:
    content = built.read(built.proposal(US).editions[DAY].products["areas_csv"]).decode("utf-8-sig")
    rows = [row for row in csv.DictReader(io.StringIO(content)) if row["kind"] not in WITHOUT_AREA]
    changing = [row for row in rows if row["id"] not in {"crimea", "sevastopol"}]
    assert len(changing) > 10
    assert all(SAYS[language] in row[f"figure_{language}"] for row in changing)
    assert {row["area_low_km2"] for row in rows} == {""}


@pytest.mark.slow
def test_what_the_texts_say_of_who_holds_the_ground(desk: Workspace) -> None:
    study = choose_study_data(ControlChoice(desk, "deepstate"), today=TODAY)
    setting = load_setting(study)
    for proposal_id in proposal_ids():
        edition = derive(load_proposal(proposal_id, study.reference.names), DAY, setting)
        layer = edition_files(edition).contents[f"{proposal_id}/{DAY}.geojson"].decode()
        assert [words for words in OPEN.values() if words not in layer] == []
        assert "{maps}" not in layer
        assert "{contested_rule}" not in layer


def test_ground_of_neither_side_is_contested_and_without_interval(desk: Workspace, tmp_path: Path) -> None:
    workspace = Workspace(tmp_path)
    held = desk.shelf("deepstate")[DAY].levels["held"]
    workspace.put(made(held, contested=square(36.3, 48.7, 0.1)))
    contested = zones(ControlChoice(workspace, "made"))["contested"]
    assert contested["area_km2"] == pytest.approx(82, abs=2)
    assert contested["area_low_km2"] is None
    assert contested["name_en"] == "Given to neither side by the map"
    for language, words in OPEN.items():
        assert words in contested[f"open_{language}"]


@pytest.mark.wide
def test_a_build_is_the_same_bytes_twice(desk: Workspace) -> None:
    def contents() -> Mapping[str, bytes]:
        return make_contents(every_date=True, study=choose_study_data(ControlChoice(desk, "deepstate"), today=TODAY))

    once = contents()
    assert once == contents()
    assert f"{US}/{DAY}/areas.csv" in once
