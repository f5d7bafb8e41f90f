"""The house keeps its order: imports run one way, files and functions stay short, names say something."""

import ast
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from webapp.setup import ROOT

MAY_IMPORT = {
    "geo": {"geo"},
    "layers": {"geo", "layers"},
    "webapp": {"geo", "layers", "webapp"},
}
NEVER_KNOWS = {
    "geo": {"geopandas", "flask", "folium", "jinja2", "click", "pydantic"},
    "layers": {"flask", "folium", "jinja2", "click"},
    "webapp": {"geopandas"},
}
SAYS_NOTHING = {"utils", "util", "helpers", "helper", "common", "misc", "manager"}
MODULES = [path for room in MAY_IMPORT for path in sorted((ROOT / room).rglob("*.py")) if "vendor" not in path.parts]


def imported(path: Path) -> Iterator[str]:
    """The top-level names of all that a module imports, also inside functions."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (name.name.partition(".")[0] for name in node.names)
        elif isinstance(node, ast.ImportFrom) and node.level == 0:
            yield (node.module or "").partition(".")[0]


@pytest.mark.parametrize("path", MODULES, ids=lambda path: path.relative_to(ROOT).as_posix())
def test_imports_run_one_way(path: Path) -> None:
    room = path.relative_to(ROOT).parts[0]
    rooms = set(imported(path)) & {*MAY_IMPORT, "tests"}
    assert rooms <= MAY_IMPORT[room]
    assert not set(imported(path)) & NEVER_KNOWS[room]


@pytest.mark.parametrize("path", MODULES, ids=lambda path: path.relative_to(ROOT).as_posix())
def test_files_and_functions_stay_short(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    assert len(text.splitlines()) <= 300
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            assert (node.end_lineno or 0) - node.lineno < 40, node.name


def test_names_say_something() -> None:
    assert not {path.stem for path in MODULES} & SAYS_NOTHING


def test_the_repository_speaks_of_the_project_alone() -> None:
    listed = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, check=True).stdout.decode()
    for name in filter(None, listed.split("\0")):
        content = (ROOT / name).read_bytes() if (ROOT / name).is_file() else b""
        assert len(content) < 1_000_000, name
        if b"\0" not in content[:4096] and not name.startswith("tests/"):
            assert not [word for word in (b"/work/", b"/root/", b"/home/") if word in content], name
