"""The house keeps its order: imports run one way and in no circle, names say something."""

import ast
import subprocess
from collections.abc import Iterable, Iterator
from functools import cache
from graphlib import CycleError, TopologicalSorter
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


def name_of(path: Path) -> str:
    """The dotted name of a module."""
    return ".".join(path.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__")


NAMES = {name_of(path): path for path in MODULES}


@cache
def imported(path: Path) -> tuple[str, ...]:
    """The dotted names of all that a module imports, also inside functions."""
    return tuple(_imports(path))


def _imports(path: Path) -> Iterator[str]:
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (name.name for name in node.names)
        elif isinstance(node, ast.ImportFrom) and node.level == 0:
            parent = node.module or ""
            yield from (full if (full := f"{parent}.{name.name}") in NAMES else parent for name in node.names)


def siblings(source: str, target: str) -> tuple[str, str] | None:
    """The two files or folders of one folder between which an import runs; None for a folder and what is in it."""
    ours, theirs = source.split("."), target.split(".")
    same = next((at for at, (one, other) in enumerate(zip(ours, theirs, strict=False)) if one != other), None)
    return None if same is None else (".".join(ours[: same + 1]), ".".join(theirs[: same + 1]))


def arrows(modules: Iterable[Path] = MODULES) -> dict[str, set[str]]:
    """Which files and folders import which others of the same folder, at every depth."""
    found: dict[str, set[str]] = {}
    for path in modules:
        for target in imported(path):
            between = siblings(name_of(path), target) if target in NAMES else None
            if between:
                found.setdefault(between[0], set()).add(between[1])
    return found


def test_imports_run_one_way() -> None:
    for path in MODULES:
        house, tops = path.relative_to(ROOT).parts[0], {name.partition(".")[0] for name in imported(path)}
        assert tops & {*MAY_IMPORT, "tests"} <= MAY_IMPORT[house], path
        assert not tops & NEVER_KNOWS[house], path


def test_no_two_files_or_folders_import_each_other_in_a_circle() -> None:
    TopologicalSorter(arrows()).prepare()


def test_a_circle_would_be_found() -> None:
    with pytest.raises(CycleError):
        TopologicalSorter({**arrows(), "geo.errors": {"geo.measure"}, "geo.measure": {"geo.errors"}}).prepare()


def test_every_folder_says_what_it_holds() -> None:
    for folder in {path.parent for path in MODULES}:
        assert ast.get_docstring(ast.parse((folder / "__init__.py").read_text(encoding="utf-8"))), folder


def test_names_say_something() -> None:
    assert not {path.stem for path in MODULES} & SAYS_NOTHING


def test_no_two_public_classes_have_one_name() -> None:
    found: dict[str, list[str]] = {}
    for path in MODULES:
        for node in ast.parse(path.read_text(encoding="utf-8")).body:
            if isinstance(node, ast.ClassDef) and not node.name.startswith("_"):
                found.setdefault(node.name, []).append(name_of(path))
    assert not {name: modules for name, modules in found.items() if len(modules) > 1}


def test_the_repository_speaks_of_the_project_alone() -> None:
    listed = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, check=True).stdout.decode()
    for name in filter(None, listed.split("\0")):
        content = (ROOT / name).read_bytes() if (ROOT / name).is_file() else b""
        assert len(content) < 1_000_000, name
        if b"\0" not in content[:4096] and not name.startswith("tests/"):
            assert not [word for word in (b"/work/", b"/root/", b"/home/") if word in content], name
