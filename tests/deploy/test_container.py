"""The Containerfile, line by line in a folder: installed, and run as its user on a file system that is read only."""

import json
import os
import re
import shlex
import shutil
import stat
import subprocess
import sys
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pytest
import yaml  # type: ignore[import-untyped]

from tests.conftest import free_port, wait_until_healthy
from tests.deploy.conftest import bare_environment, lend_packages
from webapp.limits import LAST_WORDS_S
from webapp.settings import VARIABLES, Settings
from webapp.setup import ROOT

FILE = ROOT / "deploy" / "Containerfile"
COMPOSE = yaml.safe_load((ROOT / "deploy" / "compose.yaml").read_text("utf-8"))
INSTRUCTIONS = re.findall(r"^([A-Z]+) (.*)$", FILE.read_text("utf-8"), re.MULTILINE)
PLACES = ("/opt/clausemap", "/wheels", "/var/cache/clausemap")
# mounts of its own: all is read only but for two folders; then the user without rights, and the program
CLOSED = """
mount --bind "$1" "$1" && mount --bind "$2" "$2" && mount -o remount,ro,bind / || exit 99
user=$3; shift 3
exec setpriv --reuid "$user" --regid "$user" --clear-groups --no-new-privs --bounding-set=-all "$@"
"""


def of(word: str) -> list[str]:
    """What follows an instruction, in the order of the file."""
    return [rest for name, rest in INSTRUCTIONS if name == word]


def test_what_is_set_is_known() -> None:
    (words,) = of("ENV")
    named = {word.split("=")[0] for word in words.split()} - {"PATH", "HOST", "PORT"}
    assert named <= set(VARIABLES)
    assert set(COMPOSE["services"]["clausemap"]["environment"]) <= set(VARIABLES)


def test_compose_names_files_that_exist_and_waits_for_a_stop() -> None:
    service, front = COMPOSE["services"]["clausemap"], COMPOSE["services"]["nginx"]
    assert ROOT / service["build"]["dockerfile"] == FILE
    assert (ROOT / "deploy" / front["volumes"][0].split(":")[0]).is_file()
    assert int(service["stop_grace_period"].removesuffix("s")) > Settings().stop_within_s + LAST_WORDS_S
    assert service["read_only"]
    assert service["volumes"] == [f"cache:{of('VOLUME')[0]}"]
    assert service["tmpfs"] == ["/tmp"]


def in_folder(text: str, folder: Path) -> str:
    """A line of the file with its places in a folder, and the Python of these tests."""
    for place in PLACES:
        text = text.replace(place, str(folder) + place)
    return text


def python_of_all() -> str:
    """A Python of this version that every user may run."""
    for path in (sys.executable, f"/usr/bin/python{sys.version_info.major}.{sys.version_info.minor}"):
        if Path(path).exists() and all(one.stat().st_mode & stat.S_IXOTH for one in Path(path).resolve().parents):
            return path
    return pytest.skip("no Python that another user may run")


@pytest.fixture(scope="module")
def container(wheel: Path, open_folder: Path) -> Path:
    """A folder in which the lines of the file were run; packages of the network are those of this environment."""
    folder = open_folder / "container"
    shutil.copytree(wheel.parent, folder / "wheels")
    for line in of("RUN"):
        if "--require-hashes" in line:  # would need the network
            lend_packages(folder / "opt" / "clausemap")
        else:
            command = in_folder(line, folder).replace("python -m venv", f"{shlex.quote(python_of_all())} -m venv", 1)
            subprocess.run(["sh", "-c", command], check=True, timeout=300, env=bare_environment(), capture_output=True)
    return folder


@pytest.fixture
def server(container: Path, tmp_path: Path) -> Iterator[tuple[dict[str, str], Path, Path]]:
    """The service as its lines start it: its variables, what it said on stdout, and on stderr."""
    if not (hasattr(os, "geteuid") and os.geteuid() == 0 and shutil.which("unshare") and shutil.which("setpriv")):
        pytest.skip("only root makes a file system read only, by unshare and setpriv of util-linux")
    ((user, _),) = [line.split(":") for line in of("USER")]
    cache, scratch = container / "var/cache/clausemap", container / "tmp"
    scratch.mkdir(mode=0o777)
    scratch.chmod(0o777)
    said, told = tmp_path / "stdout.txt", tmp_path / "stderr.txt"
    environment = bare_environment(TMPDIR=str(scratch), HOME="/nowhere")
    del environment["CLAUSEMAP_CACHE"]
    (set_words,) = of("ENV")
    environment |= dict(word.split("=", 1) for word in in_folder(set_words, container).split())
    environment |= {"PATH": environment["PATH"].replace("$PATH", os.environ["PATH"]), "PORT": str(free_port())}
    command = ["unshare", "-m", "sh", "-c", CLOSED, "sh", str(cache), str(scratch), user, *json.loads(of("CMD")[0])]
    with said.open("w") as sink, told.open("w") as errors:
        running = subprocess.Popen(command, env=environment, stdout=sink, stderr=errors, cwd="/")
    try:
        wait_until_healthy(f"http://127.0.0.1:{environment['PORT']}", running, told)
        yield environment, said, told
    finally:
        running.terminate()
        running.wait(timeout=30)


@pytest.mark.slow
def test_the_lines_run_as_a_user_on_a_file_system_that_is_read_only(server: tuple[dict[str, str], Path, Path]) -> None:
    environment, said, told = server
    for path in ("readyz", "en/map/us-28-points", "images/us-28-points/2025-11-20.png", "timelines/us-28-points.xlsx"):
        with urllib.request.urlopen(f"http://127.0.0.1:{environment['PORT']}/{path}", timeout=150) as answer:
            assert answer.status == 200, path
    assert all(json.loads(line)["id"] for line in said.read_text().splitlines())
    assert "Traceback" not in told.read_text()
    assert list(Path(environment["CLAUSEMAP_CACHE"]).rglob("*.cached"))
    check = json.loads(of("HEALTHCHECK")[0].partition("CMD ")[2])
    check[-1] = check[-1].replace(":8000", f":{environment['PORT']}")
    subprocess.run(check, env=environment, check=True, timeout=30)
    check[-1] = check[-1].replace("healthz", "nowhere")
    assert subprocess.run(check, env=environment, check=False, timeout=30, capture_output=True).returncode != 0
