"""An archive is served: its catalogue names the days on which every edition was made."""

from pathlib import Path

import pytest
from click.testing import CliRunner
from distributed import Client

from layers.catalogue.looking import damaged_files
from layers.catalogue.model import load_catalogue
from tests.archives import PLANS, planned
from webapp.app import create_app
from webapp.archiving.running import run_plan, write_catalogues
from webapp.archiving.tasks import EditionOutcome
from webapp.cli import main
from webapp.commands.catalogues import archived_roots
from webapp.errors import SetupError
from webapp.jobs.editions import open_catalogue
from webapp.server.serving import load_application

DAYS = ("2026-08-01", "2026-08-21")


@pytest.mark.slow
def test_an_archive_is_served(client: Client, tmp_path: Path) -> None:
    plan = planned(tmp_path, DAYS[0])
    made = list(run_plan(client, plan))
    write_catalogues(client, plan, made)
    (root,) = archived_roots(tmp_path)
    catalogue = open_catalogue(root)
    assert catalogue.deriver, "what is compared is computed from the sources"
    assert list(damaged_files(catalogue)) == []
    assert {name: one.dates for name, one in catalogue.proposals.items()} == dict.fromkeys(PLANS, DAYS)
    reader = load_application((root,)).test_client()
    for plan_id in PLANS:
        for page in ("map", "areas", "timeline"):
            answer = reader.get(f"/en/{page}/{plan_id}")
            assert answer.status_code == 200, page
        layer = reader.get(f"/layers/{plan_id}/{DAYS[1]}.geojson")
        assert layer.data == (tmp_path / f"embedded/{plan_id}/{DAYS[1]}.geojson").read_bytes()
    assert reader.get("/en/").status_code == reader.get("/en/data").status_code == 200
    assert reader.get("/readyz").status_code == 200
    assert reader.get(f"/layers/{PLANS[0]}/2025-11-20.geojson").status_code == 404

    failed = [EditionOutcome(made[0].edition._replace(as_of=DAYS[0]), problem="no"), *made[1:]]
    write_catalogues(client, plan, failed)
    assert load_catalogue(root).control_dates == DAYS[1:]
    assert create_app(load_catalogue(root)).test_client().get(f"/en/map/{PLANS[0]}").status_code == 200


def test_what_is_no_archive_is_refused(tmp_path: Path) -> None:
    with pytest.raises(SetupError, match="no catalogue in it"):
        archived_roots(tmp_path)
    both = CliRunner().invoke(main, ["serve", "--archive", str(tmp_path), "--control", "embedded"])
    assert both.exit_code in (1, 2)


def test_the_included_control_maps_come_first(tmp_path: Path) -> None:
    for name in ("a", "embedded", "z"):
        (tmp_path / name).mkdir()
        (tmp_path / name / "catalog.json").touch()
    assert [root.name for root in archived_roots(tmp_path)] == ["embedded", "a", "z"]
