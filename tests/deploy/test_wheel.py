"""A wheel has everything that the service needs: it is installed and started where there is no checkout."""

import json
import subprocess
import urllib.request
from pathlib import Path

import pytest

from tests.conftest import free_port, wait_until_healthy
from tests.deploy.conftest import bare_environment

pytestmark = [pytest.mark.slow, pytest.mark.costly]
US = "us-28-points"
SERVED = (
    "/en/",
    f"/uk/map/{US}",
    f"/zh-Hant/timeline/{US}",
    f"/layers/{US}/2025-11-20.geojson",
    f"/layers/{US}/2026-01-01.geojson",  # derived of sources in the wheel
    f"/images/{US}/2025-11-20.png",
    f"/images/{US}/2025-11-20.pdf",
    "/static/vendor/leaflet/leaflet.js",
    "/static/page.css",
    "/readyz",
)


def test_the_service_runs_without_a_checkout(installed: Path, tmp_path: Path) -> None:
    port, said = free_port(), tmp_path / "said.txt"
    environment = bare_environment(CLAUSEMAP_CACHE=str(tmp_path / "cache"), PORT=str(port))
    where = [str(installed / "python"), "-c", "import webapp; print(webapp.__file__)"]
    found = subprocess.run(where, cwd=tmp_path, env=environment, check=True, capture_output=True, text=True, timeout=60)
    assert Path(found.stdout).is_relative_to(installed.parent), found.stdout
    with said.open("w") as sink:
        command = [str(installed / "clausemap"), "serve"]
        server = subprocess.Popen(command, cwd=tmp_path, env=environment, stdout=sink, stderr=subprocess.STDOUT)
    try:
        wait_until_healthy(f"http://127.0.0.1:{port}", server, said)
        for path in SERVED:
            with urllib.request.urlopen(f"http://127.0.0.1:{port}{path}", timeout=120) as answer:
                assert (answer.status, len(answer.read()) > 0) == (200, True), path
    finally:
        server.terminate()
        server.wait(timeout=20)
    assert "Traceback" not in said.read_text()


def test_the_command_line_runs_without_a_checkout(installed: Path, tmp_path: Path) -> None:
    command = [str(installed / "clausemap"), "areas", US, "--as-of", "2026-01-01", "--format", "json"]
    ended = subprocess.run(command, cwd=tmp_path, env=bare_environment(), check=True, capture_output=True, timeout=120)
    assert json.loads(ended.stdout)["zones"]
