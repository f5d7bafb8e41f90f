"""An edition in memory, its key, and its files wherever they are written."""

import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest

from layers.build.edition import BuildSetting, derive, load_setting
from layers.build.sink import FolderSink
from layers.build.writing import edition_files, write_edition
from layers.catalogue.edition_key import code_version, edition_key
from layers.catalogue.model import COMMITTED, load_catalogue
from layers.errors import DateError
from layers.proposal.loading import load_proposal
from layers.reference.study_data import StudyData

PLAN, OWN_DATE = "us-28-points", "2025-11-20"


@pytest.fixture(scope="module")
def setting(study: StudyData) -> BuildSetting:
    """What all editions share."""
    return load_setting(study)


def test_what_is_derived_in_memory_is_what_the_build_has_written(setting: BuildSetting, tmp_path: Path) -> None:
    edition = derive(load_proposal(PLAN, setting.reference.names), OWN_DATE, setting)
    entry = write_edition(edition, FolderSink(tmp_path))
    written = {path.relative_to(tmp_path) for path in tmp_path.rglob("*") if path.is_file()}
    assert {str(path) for path in written} == set(edition_files(edition).contents)
    assert len(written) > 20
    for path in written:
        assert (tmp_path / path).read_bytes() == (COMMITTED / path).read_bytes(), path
    proposal = load_catalogue(COMMITTED).proposal(PLAN)
    assert entry == proposal.editions[OWN_DATE]


def test_the_last_control_map_on_or_before_a_date_is_taken(setting: BuildSetting) -> None:
    proposal = load_proposal(PLAN, setting.reference.names)
    between = derive(proposal, "2025-11-22", setting)
    assert (between.requested_as_of, between.as_of, between.control.as_of) == ("2025-11-22", OWN_DATE, OWN_DATE)
    assert between.zones == derive(proposal, OWN_DATE, setting).zones
    with pytest.raises(DateError):
        derive(proposal, "1999-01-01", setting)


def test_a_key_changes_with_data_proposal_date_and_code(monkeypatch: pytest.MonkeyPatch) -> None:
    version = load_catalogue(COMMITTED).data_version
    keys = {edition_key(version, PLAN, OWN_DATE)}
    keys |= {edition_key("other", PLAN, OWN_DATE), edition_key(version, "e3-2025-11", OWN_DATE)}
    keys |= {edition_key(version, PLAN, "2025-12-01")}
    monkeypatch.setattr("layers.catalogue.edition_key.code_version", lambda: "other")
    keys |= {edition_key(version, PLAN, OWN_DATE)}
    assert len(keys) == 5
    assert all(len(key) == 64 for key in keys)


def test_the_code_version_changes_with_a_module_and_a_package(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "geo").mkdir()
    module = tmp_path / "geo" / "overlay.py"
    monkeypatch.setattr("layers.catalogue.edition_key.ROOT", tmp_path)
    versions = []
    for text in ("one", "two"):
        module.write_text(text)
        versions.append(code_version.__wrapped__())
    monkeypatch.setattr("layers.catalogue.edition_key.version", lambda _: "0")
    assert len({*versions, code_version.__wrapped__()}) == 3


def test_the_data_version_covers_other_control_maps(setting: BuildSetting) -> None:
    assert (
        load_setting(replace(setting.study, control=replace(setting.study.control, version="other"))).version
        != setting.version
    )


def test_a_key_needs_no_geometry() -> None:
    code = "import sys; from layers.catalogue.edition_key import edition_key; edition_key('', '', '');" + (
        "sys.exit(bool({'shapely', 'numpy', 'pyproj', 'geopandas'} & set(sys.modules)))"
    )
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
