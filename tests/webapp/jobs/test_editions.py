"""Editions that no build has written: the same bytes as built, derived once, whatever happens meanwhile."""

import json
import os
import re
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from functools import partial
from pathlib import Path
from threading import Event

import pytest

from layers.catalogue.entries import BuiltFile, HeldOnDate
from layers.catalogue.inputs import Inputs
from layers.catalogue.model import COMMITTED, EVERY_DATE, Catalogue, Edition, load_catalogue
from layers.errors import BuildError
from layers.products.registry import PRODUCTS
from layers.tables.timeline import read_timeline, timeline_csv
from tests.cases import case
from tests.conftest import skip_unless_ci
from tests.webapp.markup import read_html
from webapp.app import create_app
from webapp.disk_cache import DiskCache
from webapp.errors import BusyError
from webapp.jobs import editions, jobs
from webapp.jobs.editions import JobDeriver, open_catalogue, serve_catalogue

PLAN, DAY = "kellogg-2025-04", "2026-08-21"  # the newest date, which no proposal has as its own
WAIT_S = 60


@pytest.fixture(autouse=True)
def empty(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[DiskCache]:
    """An empty cache on disk, and nothing in memory."""
    cache = DiskCache(tmp_path / "results")
    monkeypatch.setattr(jobs, "_cache", lambda: cache)
    _forget()
    yield cache
    _forget()


def _forget() -> None:
    for kept in (editions._edition, editions._areas, editions._held):
        kept.cache_clear()


@pytest.fixture(scope="module")
def built() -> Catalogue:
    """What the set-up builds: the newest date, and every date for the slow tests."""
    if not (EVERY_DATE / "catalog.json").is_file():
        skip_unless_ci("not set up; `make setup` builds the newest date")
    return load_catalogue(EVERY_DATE)


@pytest.fixture
def fresh() -> Catalogue:
    """What a fresh clone serves: the committed editions, all else derived."""
    return serve_catalogue(COMMITTED)


@pytest.fixture
def here(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Work of the pool is done in this process; the names of what was done."""
    done: list[str] = []

    def run(work: "partial[bytes]", limit_s: float) -> bytes:
        done.append(work.func.__name__)
        return work()

    monkeypatch.setattr(jobs, "run_in_process", run)
    return done


def _files(edition: Edition) -> list[str]:
    files = [*edition.products.values(), *(zone.file for zone in edition.zones.values())]
    return [file.path for file in files if file.path]


def _without_later(edition: Edition) -> Edition:
    """An entry without hash and size of what is not derived along with the edition."""
    later = {name: BuiltFile(file.url, file.path) for name, file in edition.products.items() if PRODUCTS[name].later}
    return replace(edition, products={**edition.products, **later})


def _same(built: Catalogue, fresh: Catalogue, proposal_id: str, day: str) -> None:
    derived, ahead = fresh.proposal(proposal_id).edition_on(day), built.proposal(proposal_id).editions[day]
    assert _without_later(derived) == _without_later(ahead)
    for path in _files(ahead):
        assert fresh.store.read(path) == (built.root / path).read_bytes(), path


def test_what_is_derived_is_what_is_built_to_the_byte(built: Catalogue, fresh: Catalogue, here: list[str]) -> None:
    assert DAY not in fresh.proposal(PLAN).editions
    _same(built, fresh, PLAN, DAY)
    assert fresh.proposal(PLAN).dates == fresh.control_dates
    assert here == ["_derive", "_derive_file"]


def test_what_no_page_waits_for_is_derived_when_it_is_requested(fresh: Catalogue, here: list[str]) -> None:
    client = create_app(fresh).test_client()
    assert client.get(f"/en/map/{PLAN}?as_of={DAY}").status_code == 200
    assert here == ["_derive"]
    for _ in range(2):
        assert client.get(f"/places/{PLAN}/{DAY}.json").get_json()["as_of"] == DAY
    assert here == ["_derive", "_derive_file"]
    with pytest.raises(FileNotFoundError):
        fresh.store.read(f"{PLAN}/{DAY}/nothing.json")


@pytest.mark.wide
def test_every_date_is_derived_as_it_is_built(built: Catalogue, fresh: Catalogue, here: list[str]) -> None:
    """Every second date of one proposal, these taking turns: each of them on every eighteenth date."""
    for place, proposal in enumerate(built.proposals.values()):
        for day in proposal.dates[2 * place :: 18]:
            with case(proposal.id, day):
                _same(built, fresh, proposal.id, day)


@pytest.mark.slow
def test_figures_of_every_date_are_those_of_the_build(built: Catalogue, fresh: Catalogue, here: list[str]) -> None:
    tables = [timeline_csv(read_timeline(one, one.proposal("us-28-points"), DAY)) for one in (built, fresh)]
    assert tables[0] == tables[1]
    for day, edition in built.proposal(PLAN).editions.items():
        assert fresh.held_on(day) == HeldOnDate(edition.held, edition.held_by_oblast)
    assert here == ["_measure", "_hold"]


@pytest.mark.slow
def test_a_timeline_is_that_of_the_build(built: Catalogue, fresh: Catalogue, here: list[str]) -> None:
    """Of one proposal; ``tests/layers/control/test_measuring.py`` measures some dates of each."""
    tables = [timeline_csv(read_timeline(one, one.proposal(PLAN))) for one in (built, fresh)]
    assert tables[0] == tables[1]


PAGES = (
    f"/en/map/{PLAN}?as_of={DAY}",
    f"/uk/areas/{PLAN}?as_of={DAY}",
    f"/layers/{PLAN}/{DAY}.geojson",
    f"/display/{PLAN}/{DAY}.geojson",
    f"/areas/{PLAN}/{DAY}.csv",
    f"/images/{PLAN}/{DAY}.svg",
    f"/en/timeline/us-28-points?from={DAY}&to={DAY}",
)


@pytest.mark.costly
@pytest.mark.parametrize("path", PAGES)
def test_a_fresh_clone_answers_as_if_every_date_were_built(
    built: Catalogue, fresh: Catalogue, here: list[str], path: str
) -> None:
    answers = [create_app(one).test_client().get(path) for one in (serve_catalogue(built.root), fresh)]
    assert [one.status_code for one in answers] == [200, 200]
    said = [_without_versions(one.text) for one in answers]
    assert said[0] == said[1]


def _without_versions(page: str) -> str:
    """A page without the versions of layers in URLs, which are of their bytes or of what they are derived from."""
    return re.sub(r'(/display/[^?]*\?v=|"20\d\d":")[0-9a-f]{12}', r"\1", page)


def test_the_catalogue_names_the_files_of_every_date(fresh: Catalogue, here: list[str]) -> None:
    client = create_app(fresh).test_client()
    document = json.loads(client.get("/catalog.json").data)
    (plan,) = (entry for entry in document["proposals"] if entry["id"] == PLAN)
    told = sorted(entry["as_of"] for entry in (*plan["editions"], *plan["on_demand"]))
    assert told == document["control_dates"]
    (entry,) = (entry for entry in plan["on_demand"] if entry["as_of"] == DAY)
    for name in ("layer", "areas_csv", "areas_json", "towns", "display"):
        assert set(entry[name]) == {"url"}
        assert client.get(entry[name]["url"]).status_code == 200


def test_the_display_layer_of_a_date_is_cached_for_good(fresh: Catalogue, here: list[str]) -> None:
    client = create_app(fresh).test_client()
    zones = read_html(client.get(f"/en/map/{PLAN}").text).page_data["zones"]
    url = zones["url"].format(date=DAY, version=zones["versions"][DAY[:4]])
    assert "immutable" in client.get(url).headers["Cache-Control"]
    assert "immutable" not in client.get(url + "0").headers["Cache-Control"]


def test_unknown_dates_are_refused_as_before(fresh: Catalogue, here: list[str]) -> None:
    client = create_app(fresh).test_client()
    for wrong in ("1999-01-01", "2025-02-30", "yesterday"):
        assert client.get(f"/layers/{PLAN}/{wrong}.geojson").status_code == 404
    assert here == []


def test_what_is_requested_by_many_at_once_is_derived_once(fresh: Catalogue, monkeypatch: pytest.MonkeyPatch) -> None:
    begun, go, count = Event(), Event(), []

    def run(work: Callable[[], bytes], limit_s: float) -> bytes:
        count.append(work)
        begun.set()
        go.wait(WAIT_S)
        return work()

    monkeypatch.setattr(jobs, "run_in_process", run)
    with ThreadPoolExecutor(8) as readers:
        asked = [readers.submit(fresh.proposal(PLAN).edition_on, DAY) for _ in range(8)]
        begun.wait(WAIT_S)
        go.set()
        assert all(one.result(WAIT_S).as_of == DAY for one in asked)
    assert len(count) == 1
    _forget()  # as another worker, or the same after a restart
    assert fresh.proposal(PLAN).edition_on(DAY) == asked[0].result()
    assert len(count) == 1


def test_two_processes_derive_it_once(fresh: Catalogue, here: list[str], empty: DiskCache) -> None:
    fresh.proposal(PLAN).edition_on(DAY)
    (kept,) = (path for path in empty.folder.rglob("*") if path.is_file())
    other = open_catalogue(COMMITTED)  # as a process of the pool has it
    _forget()
    assert other.proposal(PLAN).edition_on(DAY) == fresh.proposal(PLAN).edition_on(DAY)
    assert here == ["_derive"]
    assert [path for path in empty.folder.rglob("*") if path.is_file()] == [kept]


def _die(*_: object) -> bytes:
    os.kill(os.getpid(), signal.SIGKILL)
    return b""


@pytest.mark.wide
def test_a_process_that_is_killed_leaves_nothing_wrong(
    built: Catalogue, fresh: Catalogue, monkeypatch: pytest.MonkeyPatch, empty: DiskCache
) -> None:
    with monkeypatch.context() as patch:
        patch.setattr(editions, "_derive", _die)
        with pytest.raises(BusyError, match="try again"):
            fresh.proposal(PLAN).edition_on(DAY)
    assert [path for path in empty.folder.rglob("*") if path.is_file()] == []
    _same(built, fresh, PLAN, DAY)  # by the pool itself


def test_a_damaged_file_is_derived_again(built: Catalogue, fresh: Catalogue, here: list[str], empty: DiskCache) -> None:
    fresh.proposal(PLAN).edition_on(DAY)
    (kept,) = (path for path in empty.folder.rglob("*") if path.is_file())
    kept.write_bytes(kept.read_bytes()[:-1])
    _forget()
    _same(built, fresh, PLAN, DAY)
    assert here == ["_derive", "_derive", "_derive_file"]


def test_a_cache_without_room_costs_time_and_nothing_else(
    built: Catalogue, fresh: Catalogue, here: list[str], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    full = DiskCache(tmp_path / "full", 1000)
    monkeypatch.setattr(jobs, "_cache", lambda: full)
    _same(built, fresh, PLAN, DAY)
    assert here == ["_derive", "_derive_file"]
    assert not any(path.is_file() for path in full.folder.rglob("*"))


@pytest.mark.slow
def test_the_cache_holds_no_more_than_its_room(
    fresh: Catalogue, here: list[str], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    small = DiskCache(tmp_path / "small", 300_000)
    monkeypatch.setattr(jobs, "_cache", lambda: small)
    for day in fresh.control_dates[-3:]:
        if day not in fresh.proposal(PLAN).editions:
            fresh.proposal(PLAN).edition_on(day)
    kept = [path.stat().st_size for path in small.folder.rglob("*") if path.is_file()]
    assert 1 <= len(kept) < 3
    assert sum(kept) <= 300_000


def test_sources_that_have_changed_since_are_told(fresh: Catalogue, here: list[str]) -> None:
    deriver = JobDeriver(Inputs("2-older", fresh.languages), jobs.job_result)
    with pytest.raises(BuildError, match="of version 2-older, the sources are of"):
        deriver.edition(PLAN, DAY)


def test_other_folders_have_what_was_built(tmp_path: Path, fresh: Catalogue) -> None:
    (tmp_path / "catalog.json").write_bytes((COMMITTED / "catalog.json").read_bytes())
    with pytest.raises(BuildError, match="is not built"):
        serve_catalogue(tmp_path).proposal(PLAN).edition_on(DAY)


LIGHT = f"""
import sys
from layers.catalogue.model import COMMITTED
from webapp.app import create_app
from webapp.jobs.editions import serve_catalogue
from webapp.jobs.pool import close_pool

if __name__ == "__main__":
    client = create_app(serve_catalogue(COMMITTED)).test_client()
    assert client.get("/layers/{PLAN}/{DAY}.geojson").status_code == 200
    close_pool()
    sys.exit(", ".join({{"geopandas", "shapely", "numpy", "pandas", "folium", "matplotlib"}} & set(sys.modules)) or 0)
"""


@pytest.mark.slow
def test_a_web_worker_stays_light(tmp_path: Path) -> None:
    script = tmp_path / "light.py"
    script.write_text(LIGHT)
    environment = {**os.environ, "CLAUSEMAP_CACHE": str(tmp_path), "PYTHONPATH": os.pathsep.join(sys.path)}
    done = subprocess.run([sys.executable, str(script)], env=environment, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (0, "")


def test_a_turn_that_needs_another_result_does_not_wait_for_itself(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(jobs, "run_in_process", lambda work, limit_s: work())
    inner = jobs.Job("inner", partial(bytes, 3))
    monkeypatch.setattr(jobs.QUEUE, "max_begun", 1)
    assert jobs.take_turn("outer", lambda: jobs.job_result(inner)) == bytes(3)


@pytest.mark.slow
def test_the_pool_derives_what_it_draws(fresh: Catalogue) -> None:
    client = create_app(fresh).test_client()
    assert client.get("/timelines/us-28-points.svg?from=2025-03-01&to=2025-03-31").status_code == 200
