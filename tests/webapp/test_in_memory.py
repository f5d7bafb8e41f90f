"""One edition with other control maps or boundaries is derived in memory: the same bytes, and no folder."""

from pathlib import Path
from unittest.mock import Mock

import pytest
from click.testing import CliRunner

from layers.build.edition import derive, load_setting
from layers.build.memory import catalogue_in_memory
from layers.build.sink import MemorySink
from layers.catalogue.model import COMMITTED, Catalogue, find_edition, load_catalogue
from layers.control.workspace import Workspace
from layers.products.registry import PRODUCTS
from layers.products.stored import StoredEdition, read_product
from layers.proposal.loading import load_proposal
from layers.reference.study_data import load_study_data
from tests.made_workspace import ONE
from webapp.cli import main
from webapp.commands import options
from webapp.images import render_svg
from webapp.images.options.options import Options

PLAN, AS_OF = "us-28-points", "2025-11-20"


@pytest.fixture(scope="module")
def in_memory() -> Catalogue:
    """The catalogue of the 28 points on their own date, derived and not read."""
    study = load_study_data()
    return catalogue_in_memory(derive(load_proposal(PLAN, study.reference.names), AS_OF, load_setting(study)))


def stored(catalogue: Catalogue, requested: str = AS_OF) -> StoredEdition:
    """The edition of a catalogue."""
    asked, entry = find_edition(catalogue.proposal(PLAN), requested)
    return StoredEdition(catalogue, entry, PLAN, asked)


@pytest.mark.parametrize("extent", ["south-east", "donetsk-buffer"])
def test_an_image_from_memory_is_that_from_files(in_memory: Catalogue, extent: str) -> None:
    chosen = Options(extent=extent)
    assert render_svg(in_memory, PLAN, AS_OF, chosen) == render_svg(load_catalogue(COMMITTED), PLAN, AS_OF, chosen)


def test_every_product_from_memory_is_that_from_files(in_memory: Catalogue) -> None:
    built = load_catalogue(COMMITTED)
    for product in PRODUCTS.values():
        one, other = (read_product(stored(catalogue, "2025-11-22"), product) for catalogue in (in_memory, built))
        assert one == other, product.name
    for path in (built.context["sea"].path, built.display["ground"].path):
        assert in_memory.store.read(path) == built.store.read(path)


def test_what_is_not_read_is_not_written(monkeypatch: pytest.MonkeyPatch) -> None:
    study = load_study_data()
    monkeypatch.setattr("geo.geojson.join_features", lambda *_: pytest.fail("written as GeoJSON"))
    monkeypatch.setattr("layers.products.writers.join_features", lambda *_: pytest.fail("written"), raising=False)
    catalogue = catalogue_in_memory(derive(load_proposal(PLAN, study.reference.names), AS_OF, load_setting(study)))
    assert render_svg(catalogue, PLAN, AS_OF, Options()).startswith("<svg")


def test_where_names_stand_is_worked_out_once(in_memory: Catalogue, monkeypatch: pytest.MonkeyPatch) -> None:
    labelled = Mock(return_value=b"{}")
    monkeypatch.setattr("layers.labels.places.label_places", labelled)
    render_svg(catalogue_in_memory(in_memory.memory.edition), PLAN, AS_OF, Options())
    labelled.assert_called_once()


def test_an_edition_in_memory_is_written_for_processes_that_read_it(in_memory: Catalogue) -> None:
    with options.in_folder(in_memory) as root:
        written = {path.relative_to(root).as_posix(): path.read_bytes() for path in root.rglob("*.*")}
        assert load_catalogue(root).proposal(PLAN).dates == (AS_OF,)
    assert not root.exists()
    sink = MemorySink()
    in_memory.memory.write(sink)
    assert written == sink.files


@pytest.mark.slow
def test_a_command_with_other_ground_writes_its_file_alone(
    built_workspace: Workspace, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object, **__: object) -> None:
        pytest.fail("a temporary folder")

    monkeypatch.setattr("layers.labels.places.label_places", lambda study: b"{}")  # dear to find, and not looked at
    monkeypatch.setattr("tempfile.TemporaryDirectory", refuse)
    monkeypatch.setattr("tempfile.mkdtemp", refuse)
    outlines = load_catalogue(COMMITTED).context["oblasts"].path
    given = ["--boundaries", str(COMMITTED / outlines), "--control", ONE, "--workspace", str(built_workspace.root)]
    for command, name in (("image", "map.svg"), ("areas", "areas.csv")):
        done = CliRunner().invoke(main, [command, PLAN, "-o", str(tmp_path / name), *given])
        assert done.exit_code == 0, done.output
    assert sorted(path.name for path in tmp_path.iterdir()) == ["areas.csv", "map.svg"]
