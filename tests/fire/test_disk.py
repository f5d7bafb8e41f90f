"""Folders that fill, vanish, change or become read-only under the running service, and a clock that is set."""

import json
import shutil
import subprocess
import sys
import urllib.error
import urllib.request
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path

import pytest

from tests.fire import servers
from tests.fire.servers import US, body, server_in, status, until
from tests.made_workspace import ONE, SEVERAL, made_workspace

NEW = f"/images/{US}/2025-11-20.svg?size=1201x701"
MADE = (NEW, f"/layers/{US}/2026-01-01.geojson", f"/timelines/{US}.xlsx")  # drawn, derived, written
OF_A_FILE = """
import sys, time
from pathlib import Path
right, clock = time.time, Path("{clock}")
time.time = lambda: right() + float(clock.read_text() or 0)
if __name__ == "__main__":
    from webapp.cli import main
    main(sys.argv[1:])
"""


@contextmanager
def mounted(folder: Path, *how: str) -> Iterator[None]:
    """Have something mounted on a folder; the test is skipped where that is not allowed."""
    folder.mkdir(exist_ok=True)
    done = subprocess.run(["mount", *how, str(folder)], capture_output=True, text=True, check=False)
    if done.returncode:
        pytest.skip(f"nothing can be mounted here: {done.stderr.strip()}")
    try:
        yield
    finally:
        subprocess.run(["umount", "--lazy", str(folder)], check=True)


@pytest.fixture(scope="module")
def expected(tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes]:
    """What an undisturbed service gives."""
    with server_in(tmp_path_factory.mktemp("cache")) as (address, _):
        return {path: body(f"{address}{path}") for path in MADE}


@pytest.mark.slow
def test_a_disk_that_fills_is_no_readers_trouble(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, expected: dict[str, bytes]
) -> None:
    """What is made is sent though it cannot be stored; the log has whole lines again when there is room."""
    disk, log = tmp_path / "disk", tmp_path / "disk" / "access.jsonl"
    with mounted(disk, "-t", "tmpfs", "-o", "size=64k", "tmpfs"):
        monkeypatch.setenv("CLAUSEMAP_ACCESS_LOG", str(log))
        with server_in(disk) as (address, _):
            filling = disk / "filling"
            fill(filling)
            assert {path: body(f"{address}{path}") for path in MADE} == expected
            assert {path: body(f"{address}{path}") for path in MADE} == expected
            assert not [path for path in disk.rglob(".*") if path.is_file() and path.stat().st_size]
            assert not list(disk.rglob("*.cached"))
            filling.unlink()
            assert status(f"{address}/en/") == (200, None)
            until(lambda: '"path": "/en/"' in log.read_text())
        assert json.loads(log.read_text().splitlines()[-1])["path"] == "/en/"


def fill(path: Path) -> None:
    """Write into a file until nothing fits on its disk."""
    with path.open("wb", buffering=0) as file:
        try:
            while file.write(b"x" * 100):
                pass
        except OSError:
            return


@pytest.mark.slow
def test_a_cache_that_becomes_read_only_is_used_and_not_missed(tmp_path: Path, expected: dict[str, bytes]) -> None:
    (tmp_path / "results").mkdir()
    with server_in(tmp_path) as (address, _):
        assert body(f"{address}{NEW}") == expected[NEW]
        with mounted(tmp_path / "results", "--bind", str(tmp_path / "results")):
            subprocess.run(["mount", "-o", "remount,ro,bind", str(tmp_path / "results")], check=True)
            assert {path: body(f"{address}{path}") for path in MADE} == expected


@pytest.mark.slow
def test_layers_that_vanish_or_change_are_refused_until_they_are_back(tmp_path: Path) -> None:
    made_workspace(tmp_path / "workspace")
    shutil.rmtree(tmp_path / "workspace" / "control" / SEVERAL)
    options = ("--workspace", str(tmp_path / "workspace"), "--control", ONE, "--accept-difference")
    with server_in(tmp_path, *options) as (address, _):
        (built,) = (tmp_path / "workspace" / "built").glob(f"{ONE}*")
        layers = [f"{address}/layers/{name}/2025-11-18.geojson" for name in (US, "putin-2024-06")]
        assert status(f"{address}/readyz") == (200, None)
        built.rename(tmp_path / "aside")
        assert [refused(layer) for layer in layers] == [503, 503]
        assert status(f"{address}/healthz") == (200, None)
        until(lambda: status(f"{address}/readyz")[0] == 503)
        (tmp_path / "aside").rename(built)
        assert [status(layer)[0] for layer in layers] == [200, 200]
        until(lambda: status(f"{address}/readyz")[0] == 200)
        file = built / "putin-2024-06" / "2025-11-18" / "areas.csv"
        file.write_bytes(file.read_bytes()[:100])
        assert refused(f"{address}/areas/putin-2024-06/2025-11-18.csv") == 503
        assert [status(layer)[0] for layer in layers] == [200, 200]


def refused(address: str) -> int:
    """The status of a response that is a problem document."""
    with pytest.raises(urllib.error.HTTPError) as error:
        urllib.request.urlopen(address, timeout=90)
    assert json.loads(error.value.read())["status"] == error.value.code
    return error.value.code


@pytest.mark.slow
def test_a_clock_that_is_set_delays_and_ends_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, expected: dict[str, bytes]
) -> None:
    """By ten days forward, and back by twenty, while images are drawn."""
    clock, program = tmp_path / "clock", tmp_path / "clausemap"
    clock.write_text("0")
    program.write_text(f"#!{sys.executable}\n{OF_A_FILE.format(clock=clock)}")
    program.chmod(0o755)
    monkeypatch.setattr(servers, "CLAUSEMAP", str(program))
    images = [f"/images/{US}/2025-11-20.png?size={1300 + number}x700" for number in range(8)]
    with server_in(tmp_path) as (address, _), ThreadPoolExecutor(len(images)) as readers:
        assert body(f"{address}{NEW}") == expected[NEW]
        asked = [readers.submit(status, f"{address}{image}") for image in images]
        for days in (10, -10):
            clock.write_text(str(days * 86_400))
            assert {path: body(f"{address}{path}") for path in MADE} == expected
            assert status(f"{address}/readyz") == (200, None)
        assert {one.result() for one in asked} == {(200, None)}
