"""A wheel of this checkout, made and installed once."""

import os
import shutil
import subprocess
import sys
import sysconfig
import tarfile
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from webapp.setup import ROOT


def build(kind: str, source: Path, into: Path) -> Path:
    """Build a distribution as ``python -m build`` does, without its environment of its own; its file."""
    command = [sys.executable, "-m", "hatchling", "build", "-t", kind, "-d", str(into)]
    subprocess.run(command, cwd=source, check=True, capture_output=True, timeout=300)
    (file,) = into.iterdir()
    return file


@pytest.fixture(scope="session")
def open_folder() -> Iterator[Path]:
    """A folder that every user of the machine may read."""
    folder = Path(tempfile.mkdtemp(prefix="clausemap-"))
    folder.chmod(0o755)
    yield folder
    shutil.rmtree(folder)


@pytest.fixture(scope="session")
def wheel(open_folder: Path) -> Path:
    """The wheel of a source distribution."""
    with tarfile.open(build("sdist", ROOT, open_folder / "sdist")) as archive:
        archive.extractall(open_folder / "source", filter="data")
    (source,) = (open_folder / "source").iterdir()
    return build("wheel", source, open_folder / "wheel")


@pytest.fixture(scope="session")
def installed(wheel: Path, open_folder: Path) -> Path:
    """A new environment with the wheel, and with the packages of this one; its folder of programs."""
    place = open_folder / "environment"
    subprocess.run([sys.executable, "-m", "venv", "--without-pip", str(place)], check=True, timeout=60)
    python = place / "bin" / "python"
    pip = [sys.executable, "-m", "pip", "--python", str(python), "--disable-pip-version-check", "install"]
    subprocess.run([*pip, "--quiet", "--no-index", "--no-deps", str(wheel)], check=True, timeout=300)
    lend_packages(place)
    return python.parent


def lend_packages(environment: Path) -> None:
    """Let a new environment have the packages of this one, in the place of those that the network would give."""
    (packages,) = environment.glob("lib/python*/site-packages")
    (packages / "others.pth").write_text(sysconfig.get_path("purelib") + "\n")


def bare_environment(**more: str) -> dict[str, str]:
    """The variables of this process without those that lead Python to the checkout."""
    return {name: value for name, value in os.environ.items() if not name.startswith("PYTHON")} | more
