"""The languages that every text of the project exists in: one folder each, in ``languages`` or the operator's folder.

A folder is named by the language's tag. It has ``language.toml`` (name, locale), ``figures.toml`` (how figures and
dates are written), ``texts.toml`` (pages and images) and, for what proposals and sources lack in the language,
``names.csv`` and ``proposals/<id>.toml``.
"""

import csv
import os
import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from layers.errors import LanguageError

FOLDER = Path(__file__).parents[1] / "languages"
ELSEWHERE = "CLAUSEMAP_LANGUAGES"  # a folder of the operator's with more of them
DEFAULT = "en"
TAG = re.compile(r"[a-z]{2,3}(-[A-Z][a-z]{3})?(-[A-Z]{2})?")


@dataclass(frozen=True)
class Language:
    """A language as in its ``language.toml``.

    ``locale`` is Babel's, usually the tag itself; ``accepts`` are further tags of readers that lead to it; ``region``
    is the region whose typographic forms it prints; ``ties_short_words`` joins words of one or two letters to the next
    one; ``apostrophe`` is the one in names of towns.
    """

    tag: str
    folder: Path
    name: str
    locale: str = ""
    accepts: tuple[str, ...] = ()
    region: str | None = None
    ties_short_words: bool = False
    apostrophe: str = "'"


def folders() -> dict[str, Path]:
    """Return the folder of each language by its tag: English first, then the others by tag."""
    places = [FOLDER, *([Path(os.environ[ELSEWHERE])] if os.environ.get(ELSEWHERE) else [])]
    found = {path.parent.name: path.parent for place in places for path in sorted(place.glob("*/language.toml"))}
    return {tag: found[tag] for tag in sorted(found, key=lambda tag: (tag != DEFAULT, tag))}


FOLDERS: Mapping[str, Path] = folders()
LANGUAGES = tuple(FOLDERS)


@cache
def language(tag: str) -> Language:
    """A language by its tag. Raises LanguageError that says what of its file cannot be used."""
    return read_language(FOLDERS[tag])


def read_language(folder: Path) -> Language:
    """Return the language of a folder. Raises LanguageError that says what in its file cannot be used."""
    path = folder / "language.toml"
    if not TAG.fullmatch(folder.name):
        raise LanguageError(f"{folder}: is no tag of a language; name the folder like pl or pt-BR")
    try:
        raw: dict[str, Any] = tomllib.loads(path.read_text("utf-8"))
    except (OSError, ValueError) as error:
        raise LanguageError(f"{path}: cannot be read as TOML ({error}); mend the line that it names") from error
    raw.pop("avoid", None)
    if not raw.get("name"):
        raise LanguageError(f"{path}: name: is missing; add what the language calls itself")
    own = {"locale": folder.name} | raw | {"accepts": tuple(raw.get("accepts", ()))}
    try:
        return Language(folder.name, folder, **own)
    except TypeError as error:
        raise LanguageError(f"{path}: holds a key that no language has ({error}); take it out") from error


@cache
def names_of(tag: str) -> Mapping[str, str]:
    """Return names that the sources lack in a language, by code of oblast or country and by GeoNames id of town."""
    path = FOLDERS[tag] / "names.csv"
    rows = rows_of(path) if path.is_file() else []
    return {row["id"]: row["name"] for row in rows if row.get("id") and row.get("name")}


def rows_of(path: Path) -> list[dict[str, str]]:
    """Return the rows of a table of names."""
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def source_name(tag: str, row: Mapping[str, Any], key: str) -> str | None:
    """Return the name of a row of a source in a language: from the row, else from the language's own list.

    Parameters
    ----------
    tag
        Language tag.
    row
        The row.
    key
        Column of its code or id.
    """
    own = row.get(f"name_{suffix(tag)}")
    return str(own) if own else names_of(tag).get(key)


def text_files() -> dict[str, Path]:
    """All files of all languages whose bytes are in what is built, beside the proposals and the sources.

    Each by its language and its name there, wherever the folder of languages lies.
    """
    patterns = ("names.csv", "published.toml", "proposals/*.toml")
    return {
        f"{tag}/{path.relative_to(folder).as_posix()}": path
        for tag, folder in FOLDERS.items()
        for pattern in patterns
        for path in sorted(folder.glob(pattern))
    }


def flat(key: str, text: Mapping[str, str] | None) -> dict[str, str | None]:
    """Return a localised text as flat properties: ``name_en``, ``name_uk``, ``name_zh_hant``; None for none.

    Parameters
    ----------
    key
        Name of the property without the language.
    text
        The text by language tag, or None.
    """
    return {f"{key}_{suffix(tag)}": text[tag] if text else None for tag in LANGUAGES}


def suffix(tag: str) -> str:
    """Return a language as the ending of a property or column: ``zh_hant``."""
    return tag.lower().replace("-", "_")
