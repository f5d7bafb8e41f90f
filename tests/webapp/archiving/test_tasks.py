"""Tasks of an archive: the files are those of a build, what is there is left alone, and a failure is told."""

import json
from dataclasses import replace
from pathlib import Path

import psycopg
import pytest

from layers.archive.key import archive_key, shared_key
from layers.archive.object_store import ObjectStoreSink
from layers.archive.opening import open_place
from layers.archive.source import ArchiveSource, ChosenSource, choose_source, read_source, shared_contents
from layers.build.edition import derive
from layers.build.sink import FolderSink, Sink
from layers.build.writing import edition_files
from layers.catalogue.model import COMMITTED, EVERY_DATE
from layers.control.workspace import Workspace
from layers.errors import UnknownError
from layers.files import WritingError
from layers.reference.study_data import StudyData
from layers.text.languages import installed_languages
from tests.made_workspace import LATER, ONE
from webapp.archiving.tasks import ArchiveUnit, make_shared, make_unit
from webapp.archiving.wanted import WantedFiles
from webapp.images.options.options import Options
from webapp.images.order import Order, draw_order

PLAN, DAY = "us-28-points", "2025-11-20"
PLAIN = WantedFiles()


@pytest.fixture(scope="module")
def source() -> ChosenSource:
    """The included data."""
    return choose_source("embedded", Workspace(Path("nowhere")), ())


@pytest.fixture(scope="module")
def unit(source: ChosenSource) -> ArchiveUnit:
    """One edition."""
    return ArchiveUnit(source, DAY, (PLAN,))


def built(source: ArchiveSource) -> dict[str, bytes]:
    """The files of the edition as a build writes them."""
    order = read_source(source)
    return dict(edition_files(derive(order.proposal(PLAN), DAY, order.setting)).contents)


def count(to: str, unit: ArchiveUnit, wanted: WantedFiles = PLAIN) -> int:
    """How many files or rows a run writes."""
    (outcome,) = make_unit(to, wanted, unit, {})
    assert outcome.problem == ""
    return outcome.written.count


@pytest.mark.parametrize("where", ["folder", pytest.param("bucket", marks=pytest.mark.slow)])
def test_files_are_those_of_a_build_and_made_once(
    where: str, unit: ArchiveUnit, request: pytest.FixtureRequest
) -> None:
    to = f"{request.getfixturevalue('tmp_path' if where == 'folder' else 'bucket')}/archive"
    sink: Sink = FolderSink(Path(to)) if where == "folder" else ObjectStoreSink(to)
    files = built(unit.source)
    assert count(to, unit) == len(files)
    assert {path: sink.read(f"embedded/{path}") for path in files} == files
    assert count(to, unit) == 0
    changed = f"embedded/{PLAN}/{DAY}.geojson"
    sink.write(changed, files[f"{PLAN}/{DAY}.geojson"].replace(b"Donetsk", b"Donezk", 1))
    assert count(to, unit) == len(files)
    assert sink.read(changed) == files[f"{PLAN}/{DAY}.geojson"]
    sink.write(f"records/embedded/{PLAN}/{DAY}.json", b"damaged")
    assert count(to, unit) == len(files)
    assert count(to, unit, replace(PLAIN, formats=(".gpkg",))) == len(files) + 1
    assert (sink.read(f"embedded/layers/{PLAN}/{DAY}.gpkg") or b"").startswith(b"SQLite")


@pytest.mark.slow
def test_zones_are_rows_that_a_server_can_read(database: str, unit: ArchiveUnit) -> None:
    open_place(database).prepare()
    open_place(database).prepare()
    zones = json.loads(built(unit.source)[f"{PLAN}/{DAY}.geojson"])["features"]
    assert count(database, unit) == len(zones)
    assert count(database, unit) == 0
    with psycopg.connect(database) as connection:
        rows = connection.execute("SELECT zone, area_km2, ST_AsGeoJSON(geometry, 6), properties->>'name_uk' FROM zones")
        assert {row[0]: (row[1], row[3]) for row in rows} == {
            zone["id"]: (zone["properties"]["area_km2"], zone["properties"]["name_uk"]) for zone in zones
        }
        assert connection.execute("SELECT bool_and(ST_IsValid(geometry)) FROM zones").fetchone() == (True,)
        connection.execute("UPDATE zones SET geometry = ST_Translate(geometry, 1e-7, 0) WHERE kind = 'buffer'")
    assert count(database, unit) == len(zones)
    with psycopg.connect(database) as connection:
        connection.execute("DELETE FROM zones WHERE kind = 'buffer'")
    assert count(database, unit) == len(zones)
    assert count(database, unit) == 0


def test_an_edition_that_fails_is_told_and_the_others_are_made(source: ChosenSource, tmp_path: Path) -> None:
    failed, made = make_unit(str(tmp_path), PLAIN, ArchiveUnit(source, DAY, ("nobody's", PLAN)), {})
    assert failed.problem.startswith("unknown proposal 'nobody's'; known: ")
    assert failed.written.count == 0
    assert made.written.count == len(built(source))
    (early,) = make_unit(str(tmp_path), PLAIN, ArchiveUnit(source, "2020-01-01", (PLAN,)), {})
    assert early.problem.startswith("KeyError: '2020-01-01' (control_series.py:")


def test_other_data_on_a_worker_is_refused(source: ChosenSource, tmp_path: Path) -> None:
    (outcome,) = make_unit(str(tmp_path), PLAIN, ArchiveUnit(replace(source, version="2-other"), DAY, (PLAN,)), {})
    assert outcome.problem.startswith("the catalogue is of version 2-other, the sources are of ")


@pytest.mark.slow
def test_places_that_refuse_say_so(bucket: str) -> None:
    with pytest.raises(WritingError, match=r"^127.0.0.1/none: .*refused.*; see to the database, run again$"):
        open_place("postgresql://nobody:secret@127.0.0.1:1/none").prepare()
    with pytest.raises(WritingError, match="Protocol not known: nowhere; name a folder, or a URL such as s3://"):
        ObjectStoreSink("nowhere://archive").read("anything")
    with pytest.raises(WritingError, match=r"^s3://absent/one: .*; see to the bucket and its keys, and run again$"):
        ObjectStoreSink("s3://absent").write("one", b"")
    assert ObjectStoreSink(bucket).read("absent") is None


def test_a_day_that_is_added_changes_no_other(source: ChosenSource) -> None:
    order = read_source(source)
    study, proposal = order.setting.study, order.proposal(PLAN)
    fewer = replace(study, control=replace(study.control, dates=study.control.dates[:-1]))
    key = archive_key(study, proposal, DAY)
    assert archive_key(fewer, proposal, DAY) == key
    assert shared_key(fewer) == shared_key(study)
    renamed = proposal.model_copy(update={"date": study.control.dates and proposal.date.replace(day=1)})
    others = {archive_key(study, renamed, DAY), archive_key(study, proposal, study.control.dates[-1])}
    assert key not in others | {archive_key(study, proposal, DAY, (".gpkg",))}
    assert len(others) == 2


def test_what_editions_share_is_made_once_from_some_days_of_a_long_series(
    source: ChosenSource, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    seen: list[tuple[str, ...]] = []

    def labelled(study: StudyData) -> bytes:
        seen.append(study.control.dates)
        return b"{}"

    monkeypatch.setattr("layers.labels.places.label_places", labelled)
    monkeypatch.setattr("layers.archive.source.LABELLED_DAYS", 3)
    shared = make_shared(str(tmp_path), source)
    dates = read_source(source).setting.study.control.dates
    assert seen == [(dates[0], dates[len(dates) // 2], dates[-1])]
    assert make_shared(str(tmp_path), source) == shared
    assert len(seen) == 1
    assert (tmp_path / "embedded/context/oblasts.geojson").read_bytes() == shared["context/oblasts.geojson"]
    assert set(shared) == set(shared_contents(read_source(source)))


@pytest.mark.slow
def test_images_are_those_of_the_service(unit: ArchiveUnit, tmp_path: Path) -> None:
    options = (Options(lang="uk"), Options(lang="uk", theme="dark"))
    wanted = WantedFiles(forms=("svg",), options=options)
    shared = make_shared(str(tmp_path), unit.source)
    (outcome,) = make_unit(str(tmp_path), wanted, unit, shared)
    assert outcome.problem == ""
    root = EVERY_DATE if (EVERY_DATE / "catalog.json").is_file() else COMMITTED
    for one, name in zip(options, ("uk", "uk_theme-dark"), strict=True):
        drawn = draw_order(Order(root, installed_languages(), PLAN, DAY, "svg", one))
        stem = tmp_path / f"embedded/images/{PLAN}/{DAY}_{name}"
        assert stem.with_name(f"{stem.name}.svg").read_bytes() == drawn
        assert "Альтернативний текст" in stem.with_name(f"{stem.name}.txt").read_text("utf-8")
    (again,) = make_unit(str(tmp_path), wanted, unit, shared)
    assert again.written.count == 0
    (other,) = make_unit(str(tmp_path), wanted, unit, {**shared, "display/labels.json": b"{}"})
    assert other.written.count > 0


def test_a_name_that_is_no_control_map(tmp_path: Path) -> None:
    with pytest.raises(UnknownError, match="unknown control map 'none'; known: embedded"):
        choose_source("none", Workspace(tmp_path), ())


@pytest.mark.slow
def test_control_maps_of_a_workspace(built_workspace: Workspace, tmp_path: Path) -> None:
    source = choose_source(ONE, built_workspace, ())
    (outcome,) = make_unit(str(tmp_path), PLAIN, ArchiveUnit(source, LATER, (PLAN,)), {})
    assert outcome.problem == ""
    built = built_workspace.built(ONE) / f"{PLAN}/{LATER}.geojson"
    assert (tmp_path / f"{ONE}/{PLAN}/{LATER}.geojson").read_bytes() == built.read_bytes()
