"""Archives on Dask: editions of all days, those that fail told at the end, and nothing lost with a killed worker."""

import os
import signal
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from distributed import Client, LocalCluster

from layers.archive.place import EditionName
from tests.archives import PLANS, damaged_files, planned
from webapp.archiving.running import opened_client, run_plan
from webapp.archiving.tasks import EditionOutcome
from webapp.cli import main


def clausemap(*words: object) -> Result:
    return CliRunner().invoke(main, list(map(str, words)))


def test_every_proposal_on_every_day(client: Client, tmp_path: Path) -> None:
    plan = planned(tmp_path, "2026-08-01")
    made = list(run_plan(client, plan))
    days = ("2026-08-01", "2026-08-21")
    assert {one.edition for one in made} == {EditionName("embedded", name, day) for name in PLANS for day in days}
    assert len(made) == plan.editions == 4
    assert all(one.written.count and not one.problem for one in made)
    assert damaged_files(tmp_path) == []
    assert not any(one.written.count for one in run_plan(client, plan))


@pytest.mark.slow
def test_a_worker_that_is_killed_loses_nothing(tmp_path: Path) -> None:
    plan = planned(tmp_path, "2026-07-01")
    made: list[EditionOutcome] = []
    with opened_client(None, 2) as client:
        for one in run_plan(client, plan):
            made.append(one)
            if len(made) == 1:
                os.kill(next(iter(client.run(os.getpid).values())), signal.SIGKILL)
    assert sorted(one.edition for one in made) == sorted({one.edition for one in made})
    assert len(made) == plan.editions == 8
    assert [one.problem for one in made if one.problem] == []
    assert damaged_files(tmp_path) == []


@pytest.mark.slow
def test_the_command_tells_what_it_did_and_what_it_could_not(tmp_path: Path) -> None:
    planned(tmp_path / "made", "")
    run = ("archive", "--to", tmp_path / "made", "--workers", 1, "--since", "2026-08-21", "--formats", "kml")
    done = clausemap(*run, "--proposal", PLANS[0])
    assert done.exit_code == 0, done.stderr
    assert f"{tmp_path}/made: 1 editions, 1 written (" in done.stderr
    (tmp_path / "made/embedded" / PLANS[1]).write_bytes(b"a file where a folder belongs")
    failed = clausemap(*run, "--proposal", PLANS[0], "--proposal", PLANS[1])
    assert failed.exit_code == 1
    assert f"embedded/{PLANS[1]}/2026-08-21: {tmp_path}/made/embedded/{PLANS[1]}" in failed.stderr
    assert "2 editions, 0 written (0 files or rows, 0.0 MB), 1 as they were, 1 failed" in failed.stderr


def test_what_cannot_be_asked_is_refused(tmp_path: Path) -> None:
    wrong = {
        ("--formats", "docx"): "'docx': list some of geojsonl, gpkg, ",
        ("--images", "svg,gif"): "'gif': list some of svg, png, pdf",
        ("--since", "soon"): "soon: write it as YYYY-MM-DD",
    }
    for words, told in wrong.items():
        refused = clausemap("archive", "--to", tmp_path, *words)
        assert refused.exit_code == 2
        assert told in refused.stderr
    assert "a database has zones" in clausemap("archive", "--to", "postgresql://x", "--formats", "kml").stderr
    unknown = clausemap("archive", "--to", tmp_path, "--proposal", "nobody")
    assert unknown.stderr.startswith("clausemap: unknown proposal 'nobody'; known: ")
    assert list(tmp_path.iterdir()) == []


@pytest.mark.slow
def test_a_cluster_by_its_address(tmp_path: Path) -> None:
    planned(tmp_path, "")
    run = ("archive", "--to", tmp_path, "--proposal", PLANS[0], "--since", "2026-08-21", "--scheduler")
    with LocalCluster(n_workers=1, threads_per_worker=2, dashboard_address=None) as cluster:
        done = clausemap(*run, cluster.scheduler_address)
    assert done.exit_code == 0, done.stderr
    assert damaged_files(tmp_path) == []
    gone = clausemap(*run, "tcp://127.0.0.1:1")
    assert gone.exit_code == 1
    assert gone.stderr.startswith("clausemap: --scheduler tcp://127.0.0.1:1: ")
