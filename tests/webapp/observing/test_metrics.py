"""Metrics: all workers added, also those that ended, in the text format of Prometheus."""

import json
import os
import re
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Mapping
from pathlib import Path

import pytest

from tests.conftest import free_port, served
from tests.documentation.pages import inline_code, page, table
from webapp.observing.counts import BOUNDS_S, RequestCounts, series
from webapp.observing.metrics import METRICS, NEWEST, Exporter, document
from webapp.observing.snapshots import Snapshot, Snapshots

ROW = re.compile(r'[a-z_]+(\{[a-z_]+="[^"]*"(,[a-z_]+="[^"]*")*\})? -?[\d.e+]+')


@pytest.fixture
def ended() -> int:
    """The number of a process that has ended."""
    process = subprocess.Popen([sys.executable, "-c", ""])
    process.wait()
    return process.pid


def leave(folder: Path, process: int, **parts: Mapping[str, float]) -> None:
    (folder / f"{process}.json").write_text(json.dumps(parts))


def test_requests_are_counted_by_route_status_and_time() -> None:
    counts = RequestCounts()
    for took_s in (0.001, 0.005, 0.3, 100):
        counts.add("/layers", 200, took_s)
    counts.add("/layers", 404, 0.001)
    found = counts.series
    assert found['clausemap_requests_total{route="/layers",status="200"}'] == 4
    buckets = [found[series("clausemap_request_seconds_bucket", route="/layers", le=le)] for le in (*BOUNDS_S, "+Inf")]
    assert buckets == [3, 3, 3, 4, 4, 4, 4, 5]
    assert found['clausemap_request_seconds_count{route="/layers"}'] == 5
    assert found['clausemap_request_seconds_sum{route="/layers"}'] == pytest.approx(100.307)


def test_counters_of_a_worker_that_ended_stay_and_its_gauges_go(tmp_path: Path, ended: int) -> None:
    leave(tmp_path, os.getpid(), counters={"a": 1}, gauges={"b": 1}, latest={"c": 1})
    leave(tmp_path, os.getppid(), counters={"a": 2, "d": 1}, gauges={"b": 2}, latest={"c": 3})
    leave(tmp_path, ended, counters={"a": 4}, gauges={"b": 4}, latest={"c": 9})
    snapshots = Snapshots(tmp_path)
    for _ in range(2):
        assert snapshots.added() == Snapshot({"a": 7, "d": 1}, {"b": 3}, {"c": 3})
    assert len(list(tmp_path.iterdir())) == 2


def test_the_document_is_one_that_prometheus_reads(tmp_path: Path) -> None:
    counts = RequestCounts()
    counts.add("/layers", 200, 0.1)
    gauges = {series("clausemap_workers", control="embedded", data_version="2-a"): 2}
    leave(tmp_path, os.getpid(), counters=counts.series, gauges=gauges, latest={series(NEWEST, control="x"): 0})
    text = Exporter(("127.0.0.1", free_port()), tmp_path).page().decode()
    rows = [row for row in text.splitlines() if not row.startswith("#")]
    assert all(ROW.fullmatch(row) for row in rows), rows
    assert 'clausemap_workers{control="embedded",data_version="2-a"} 2' in rows
    assert any(row.startswith('clausemap_newest_control_map_age_seconds{control="x"} 1') for row in rows)
    assert text.count("# TYPE clausemap_request_seconds histogram") == 1
    assert all(row.split()[2] in METRICS for row in text.splitlines() if row.startswith("#"))
    assert document({}) == ""


def test_metrics_are_on_their_own_address_and_nothing_else_is(tmp_path: Path) -> None:
    port = free_port()
    Exporter(("127.0.0.1", port), tmp_path)
    with urllib.request.urlopen(f"http://127.0.0.1:{port}/metrics", timeout=5) as answer:
        assert answer.headers["Content-Type"].startswith("text/plain; version=0.0.4")
    with pytest.raises(urllib.error.HTTPError, match="404"):
        urllib.request.urlopen(f"http://127.0.0.1:{port}/", timeout=5)


def test_every_metric_is_documented() -> None:
    rows = table(page("operating.md"), "metric")
    listed = {name: row[1:] for row in rows for name in inline_code(row[0])}
    assert listed == {name: [kind, about] for name, (kind, about) in METRICS.items()}


@pytest.mark.slow
def test_a_service_counts_and_logs_in_all_workers(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    port, log = free_port(), tmp_path / "log"
    monkeypatch.setenv("CLAUSEMAP_METRICS", f"127.0.0.1:{port}")
    monkeypatch.setenv("CLAUSEMAP_ACCESS_LOG", str(log))
    monkeypatch.setenv("CLAUSEMAP_CACHE", str(tmp_path / "cache"))
    with served(tmp_path / "said.txt", "--workers", "2") as address:
        for _ in range(40):
            urllib.request.urlopen(f"{address}/layers/us-28-points/2025-11-20.geojson", timeout=20).close()
        urllib.request.urlopen(f"{address}/images/us-28-points/2025-11-20.svg?title=x", timeout=60).close()
        found = settled(port)
    assert found['clausemap_requests_total{route="/layers",status="200"}'] == 40
    assert found['clausemap_made_total{kind="image"}'] == 1
    assert found["clausemap_disk_cache_bytes"] > 1000
    assert [value for name, value in found.items() if name.startswith("clausemap_workers")] == [2]
    lines = [json.loads(line) for line in log.read_bytes().splitlines()]
    assert sum(line["path"].startswith("/layers/") for line in lines) == 40
    assert len({line["id"] for line in lines}) == len(lines)
    assert not any("address" in line for line in lines)


def settled(port: int) -> dict[str, float]:
    """The metrics once two workers have written all of theirs."""
    layers, images = (f'clausemap_requests_total{{route="/{name}",status="200"}}' for name in ("layers", "images"))
    deadline = time.monotonic() + 20
    while time.monotonic() < deadline:
        text = urllib.request.urlopen(f"http://127.0.0.1:{port}/metrics", timeout=5).read().decode()
        found = {row.rpartition(" ")[0]: float(row.rpartition(" ")[2]) for row in text.splitlines() if row[0] != "#"}
        if found.get(layers) == 40 and found.get(images):
            return found
        time.sleep(0.05)
    return pytest.fail(f"never counted: {found}")
