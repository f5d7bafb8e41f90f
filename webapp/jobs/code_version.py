"""The version of the code behind a result: modules by the import graph, the files that they read, and packages."""

import hashlib
import re
from collections.abc import Iterable, Iterator
from functools import cache
from importlib.metadata import version
from pathlib import Path

from layers.text.languages import FOLDER, Languages

ROOT = Path(__file__).parents[2]
HOUSES = ("geo", "layers", "webapp")
FONTS = "webapp/vendor/fonts/*"
IMPORT = re.compile(rb"^[ \t]*(?:from ([\w.]+) import (\([^)]*\)|[^\n]*)|import ([\w.]+))", re.MULTILINE)
NAME = re.compile(rb"\w+")


@cache
def code_version(modules: tuple[str, ...], files: tuple[str, ...] = (), packages: tuple[str, ...] = ()) -> str:
    """Return a text that changes with the code of modules, of all that they import, and of what they read.

    The texts of the project's languages always count; those of added languages have ``texts_version``.

    Parameters
    ----------
    modules
        Names of modules, such as ``webapp.images.order``.
    files
        Patterns of paths below the repository, such as templates.
    packages
        Names of distributions whose versions shape the result.
    """
    digest = hashlib.sha256()
    for path in files_behind(modules, files):
        digest.update(_sha256(path))
    return "\n".join([digest.hexdigest(), *(f"{name} {version(name)}" for name in packages)])


@cache
def texts_version(languages: Languages) -> str:
    """Return what changes with the texts of languages."""
    files = (path for language in languages for path in sorted(language.folder.glob("*.toml")))
    return hashlib.sha256(b"".join(map(_sha256, files))).hexdigest()


def files_behind(modules: Iterable[str], files: Iterable[str]) -> list[Path]:
    """Return the files of modules, of all that they import, of patterns and of the project's languages.

    Parameters
    ----------
    modules
        Names of modules, such as ``webapp.images.order``.
    files
        Patterns of paths below the repository.

    Returns
    -------
    Paths, sorted, each once.
    """
    texts = FOLDER.glob("*/*.toml")
    return sorted({*module_files(modules), *texts, *(path for pattern in files for path in ROOT.glob(pattern))})


def module_files(modules: Iterable[str]) -> set[Path]:
    """Return the files of modules and of everything of the project that they import, also inside functions."""
    found: dict[str, Path] = {}
    todo = list(modules)
    while todo:
        name = todo.pop()
        path = None if name in found else _file(name)
        if path is not None:
            found[name] = path
            todo += (*_imported(path), name.rpartition(".")[0])
    return set(found.values())


@cache
def _file(module: str) -> Path | None:
    """Return the file of a module of the project, None for other names."""
    if module.partition(".")[0] not in HOUSES:
        return None
    place = ROOT.joinpath(*module.split("."))
    return next((path for path in (place / "__init__.py", place.with_suffix(".py")) if path.is_file()), None)


@cache
def _imported(path: Path) -> tuple[str, ...]:
    return tuple(_names(path.read_bytes()))


def _names(source: bytes) -> Iterator[str]:
    """Yield each module that is imported; a name that is imported from a package may be one, too."""
    for package, names, module in IMPORT.findall(source):
        yield (package or module).decode()
        yield from (f"{package.decode()}.{name.decode()}" for name in NAME.findall(names))


@cache
def _sha256(path: Path) -> bytes:
    return hashlib.sha256(path.read_bytes()).digest()
