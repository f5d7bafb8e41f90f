"""What is built: the same bytes each time, after the schema, readable by others, safe on failure."""

import csv
import hashlib
import io
import json
import shutil
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import geopandas
import pyogrio
import pytest
import shapely

from layers.build import build as building
from layers.catalogue.entries import BuiltFile
from layers.catalogue.model import COMMITTED, Catalogue, find_edition, load_catalogue
from layers.errors import BuildError, ProposalError
from layers.products.collection_members import all_zones
from layers.proposal.loading import PROPOSALS
from layers.reference.study_data import StudyData
from tests.layers.conftest import SCHEMA, SOME_DATES, VALIDATOR, proposals
from tests.words import property_text
from webapp.setup import ROOT


def files(catalogue: Catalogue) -> list[BuiltFile]:
    editions = [edition for proposal in catalogue.proposals.values() for edition in proposal.editions.values()]
    named = ("layer", "areas_csv", "areas_json", "towns", "display", "places")
    return [
        *catalogue.context.values(),
        *catalogue.display.values(),
        *(edition.products[name] for edition in editions for name in named),
        *(zone.file for edition in editions for zone in edition.zones.values()),
    ]


@pytest.mark.slow
def test_a_changed_missing_or_foreign_file_fails_the_check(tmp_path: Path) -> None:
    root = tmp_path / "data"
    shutil.copytree(COMMITTED, root)
    layer = root / "us-28-points/2025-11-20/donetsk-buffer.geojson"
    layer.write_bytes(layer.read_bytes().replace(b"5978", b"5979"))
    (root / "us-28-points/2025-11-20/crimea.geojson").unlink()
    (root / "stray.txt").write_text("")
    with pytest.raises(BuildError) as refusal:
        building.check_build(root)
    said = str(refusal.value)
    assert "us-28-points/2025-11-20/donetsk-buffer.geojson: differs" in said
    assert "us-28-points/2025-11-20/crimea.geojson: missing" in said
    assert "stray.txt: not among what the inputs give" in said


def test_the_catalogue_holds_every_file_with_its_sha256(committed: Catalogue) -> None:
    years = {year.path for proposal in committed.proposals.values() for year in proposal.years}
    listed = {file.path for file in files(committed)} | years | {"catalog.json"}
    there = {path.relative_to(COMMITTED).as_posix() for path in COMMITTED.rglob("*") if path.is_file()}
    assert listed == there
    for file in files(committed):
        content = committed.read(file)
        assert (hashlib.sha256(content).hexdigest(), len(content)) == (file.sha256, file.size_bytes)


def test_committed_files_are_the_same_among_all_dates(committed: Catalogue, every_date: Catalogue) -> None:
    for file in files(committed):
        assert every_date.read(file) == committed.read(file)
    assert committed.data_version == every_date.data_version


def test_every_proposal_has_every_date(every_date: Catalogue) -> None:
    assert len(every_date.proposals) == 9
    assert all(len(proposal.dates) == 57 for proposal in every_date.proposals.values())


@pytest.mark.costly
@pytest.mark.parametrize("as_of", [*reversed(SOME_DATES)])
def test_every_layer_follows_the_schema(every_date: Catalogue, as_of: str) -> None:
    for proposal in every_date.proposals.values():
        edition = proposal.edition_on(as_of)
        document = json.loads(every_date.read(edition.products["layer"]))
        VALIDATOR.validate(document)
        assert [feature["id"] for feature in document["features"]] == list(edition.zones)


def test_every_zone_file_is_its_feature_of_the_whole(committed: Catalogue) -> None:
    for proposal in committed.proposals.values():
        for edition in proposal.editions.values():
            whole = {
                feature["id"]: feature for feature in json.loads(committed.read(edition.products["layer"]))["features"]
            }
            for zone in edition.zones.values():
                document = json.loads(committed.read(zone.file))
                VALIDATOR.validate(document)
                assert document["features"] == [whole[zone.id]]


def test_layers_follow_rfc_7946(committed: Catalogue) -> None:
    for file in files(committed):
        if not file.path.endswith(".geojson"):
            continue
        document = json.loads(committed.read(file))
        assert "crs" not in document
        for feature in document["features"]:
            geometry = shapely.from_geojson(json.dumps(feature["geometry"]))
            for part in shapely.get_parts(geometry):
                if part.geom_type == "Polygon":
                    assert part.exterior.is_ccw
                    assert not any(hole.is_ccw for hole in part.interiors)
            coordinates = shapely.get_coordinates(geometry)
            assert (abs(coordinates * 1e6 - (coordinates * 1e6).round()) < 1e-3).all()
            assert feature["bbox"] == pytest.approx(geometry.bounds, abs=1e-9)


def test_programs_call_a_layer_by_what_it_shows(committed: Catalogue) -> None:
    proposal = committed.proposal("us-28-points")
    _, edition = find_edition(proposal)
    title, source = proposal.texts["title"]["en"], f"on the control map of {edition.as_of} ({committed.control_source})"
    shown = {edition.products["layer"].path: ("us-28-points_2025-11-20", f"{title}: all zones {source}")}
    for zone, name in (("donetsk-buffer", "Donetsk buffer zone"), ("contact-line", None)):
        words = name or next(property_text("en", one, "name") for one in committed.areas(edition) if one["id"] == zone)
        shown[edition.zones[zone].file.path] = (f"us-28-points_{zone}_2025-11-20", f"{title}: {words} {source}")
    for path, (name, words) in shown.items():
        info = pyogrio.read_info(COMMITTED / path)
        assert info["layer_name"] == name
        assert info["layer_metadata"]["DESCRIPTION"] == f"{words}; a proposal, not in force."
    for path in ("context/oblasts", "context/towns", "display/ground"):
        assert pyogrio.read_info(COMMITTED / f"{path}.geojson")["layer_name"] == path.split("/")[1]


def test_the_first_field_with_a_name_is_that_of_the_zone(committed: Catalogue) -> None:
    for proposal in committed.proposals.values():
        _, edition = find_edition(proposal)
        fields = pyogrio.read_info(COMMITTED / edition.products["layer"].path)["fields"]
        assert next(field for field in fields if "name" in field) == "name_en"


def test_a_layer_of_another_control_map_is_called_by_it(study: StudyData) -> None:
    series = replace(study.control, source=replace(study.control.source, id="deepstate"))
    control = replace(study.control["2025-11-20"], citation="DeepState", sha256="0123456789abcdef")
    members = all_zones(replace(study, control=series), proposals()["us-28-points"], control)
    assert members["name"] == "us-28-points_2025-11-20_deepstate-01234567"
    assert "2025-11-20 (DeepState); a proposal" in members["description"]
    VALIDATOR.evolve(schema=SCHEMA["properties"]["name"]).validate(members["name"])


def test_other_programs_read_the_layers(committed: Catalogue) -> None:
    _, edition = find_edition(committed.proposal("us-28-points"))
    frame = geopandas.read_file(COMMITTED / edition.products["layer"].path)
    assert frame.crs == "EPSG:4326"
    assert len(frame) == len(edition.zones)
    assert frame.geometry.is_valid.all()
    buffer = frame.set_index("id").loc["donetsk-buffer"]
    planar_km2 = geopandas.GeoSeries([buffer.geometry], crs=4326).to_crs("EPSG:3035").area.iloc[0] / 1e6
    assert planar_km2 == pytest.approx(buffer["area_km2"], rel=0.001)


@pytest.mark.costly
@pytest.mark.parametrize("as_of", [SOME_DATES[-1], SOME_DATES[0]])
def test_tables_say_what_the_layers_say(every_date: Catalogue, as_of: str) -> None:
    for proposal in every_date.proposals.values():
        edition = proposal.edition_on(as_of)
        properties = [feature.properties for feature in every_date.store.features(edition.products["layer"].path)]
        assert every_date.areas(edition) == properties
        rows = list(csv.DictReader(io.StringIO(every_date.read(edition.products["areas_csv"]).decode())))
        assert [row["id"] for row in rows] == list(edition.zones)
        assert [float(row["area_km2"] or -1) for row in rows] == [
            -1 if entry["area_km2"] is None else entry["area_km2"] for entry in properties
        ]


def copy_proposals(folder: Path, *names: str) -> None:
    """Some of the proposals in a folder of their own."""
    folder.mkdir()
    for name in names:
        shutil.copy(PROPOSALS / f"{name}.toml", folder)


def test_a_proposal_with_errors_leaves_the_old_build(tmp_path: Path) -> None:
    root, proposals = tmp_path / "data", tmp_path / "proposals"
    copy_proposals(proposals, "us-28-points")
    building.build(root, folder=proposals)
    before = {path: path.read_bytes() for path in root.rglob("*.*") if path.is_file()}
    plan = proposals / "us-28-points.toml"
    plan.write_text(plan.read_text().replace('clause = "21d"', 'clause = "21x"'))
    with pytest.raises(ProposalError, match=r"us-28-points\.toml: 1 to mend\n  zones\.donetsk-buffer\.clause"):
        building.build(root, folder=proposals)
    assert {path: path.read_bytes() for path in root.rglob("*.*") if path.is_file()} == before


def changed_plan(folder: Path, *changes: tuple[str, str]) -> Path:
    """A folder with the 28-point proposal, changed."""
    proposals = folder / "proposals"
    copy_proposals(proposals, "us-28-points")
    plan = proposals / "us-28-points.toml"
    text = plan.read_text(encoding="utf-8")
    for old, new in changes:
        assert old in text
        text = text.replace(old, new, 1)
    plan.write_text(text, encoding="utf-8")
    return proposals


@pytest.mark.parametrize(
    ("old", "new", "words"),
    [
        ('id = "zaporizhzhia-unheld"', 'id = "withdrawal-kharkiv"', "2 entries give this zone; leave one"),
        (
            'oblasts = ["UA-40"]',
            'oblasts = ["UA-43"]',
            r"sevastopol\.derivation: UA-43, held part, is in zones\.crimea too",
        ),
        ('"UA-23", "UA-48"], minimum', '"UA-48"], minimum', r"UA-23, held part, is in zones\.zaporizhzhia-frozen too"),
    ],
)
def test_the_same_zone_or_ground_twice_is_refused(tmp_path: Path, old: str, new: str, words: str) -> None:
    proposals = changed_plan(tmp_path, (old, new))
    with pytest.raises(ProposalError, match=words):
        building.build(tmp_path / "data", folder=proposals)


def test_a_folder_without_proposals_is_refused(tmp_path: Path) -> None:
    with pytest.raises(BuildError, match="holds no proposals"):
        building.build(tmp_path / "data", folder=tmp_path)


def test_a_further_proposal_is_one_more_file(tmp_path: Path) -> None:
    root, proposals = tmp_path / "data", tmp_path / "proposals"
    copy_proposals(proposals, "us-28-points")
    text = (proposals / "us-28-points.toml").read_text()
    (proposals / "another-plan.toml").write_text(text.replace('id = "us-28-points"', 'id = "another-plan"'))
    building.build(root, folder=proposals)
    another = load_catalogue(root).proposal("another-plan")
    assert list(another.editions["2025-11-20"].zones) == list(
        load_catalogue(root).proposal("us-28-points").editions["2025-11-20"].zones
    )


@pytest.mark.slow
def test_a_full_disk_while_building_leaves_the_old_build(tmp_path: Path) -> None:
    root = tmp_path / "data"
    root.mkdir()
    (root / "catalog.json").write_text("before")
    code = (
        "import resource, signal, sys; from pathlib import Path; from layers.build.build import build;"
        "from geo.errors import ClausemapError;"
        "signal.signal(signal.SIGXFSZ, signal.SIG_IGN);"
        "resource.setrlimit(resource.RLIMIT_FSIZE, (50000, 50000))\n"
        "try: build(Path(sys.argv[1]))\n"
        "except ClausemapError as error: sys.exit(str(error))"
    )
    done = subprocess.run(
        [sys.executable, "-c", code, str(root)], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert done.returncode == 1
    assert "could not be written" in done.stderr
    assert "Traceback" not in done.stderr
    assert [path.name for path in tmp_path.rglob("*")] == ["data", "catalog.json"]
    assert (root / "catalog.json").read_text() == "before"
