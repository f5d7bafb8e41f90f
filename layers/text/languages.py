"""The languages that every text of the project exists in: one folder each, in ``languages`` or the operator's folder.

A folder is named by the language's tag. It has ``language.toml`` (name, locale), ``figures.toml`` (how figures and
dates are written), ``texts.toml`` (pages and images) and, for what proposals and sources lack in the language,
``names.csv`` and ``proposals/<id>.toml``.
"""

import csv
import os
import re
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from layers.errors import LanguageError, UnknownError
from layers.text.toml_files import read_toml

FOLDER = Path(__file__).parents[1] / "languages"
ELSEWHERE = "CLAUSEMAP_LANGUAGES"  # a folder of the operator's with more of them
DEFAULT = "en"
TEXT, TEXTS = "must be a text in quotes", "must be a list of texts"
EXPECTED = {
    "name": TEXT, "locale": TEXT, "region": TEXT, "apostrophe": TEXT, "accepts": TEXTS, "unbroken": TEXTS,
    "ties_short_words": "must be true or false",
}  # fmt: skip
TAG = re.compile(r"[a-z]{2,3}(-[A-Z][a-z]{3})?(-[A-Z]{2})?")


@dataclass(frozen=True)
class Language:
    """A language as in its ``language.toml``.

    ``locale`` is Babel's, usually the tag itself; ``accepts`` are further tags of readers that lead to it; ``region``
    is the region whose typographic forms it prints; ``ties_short_words`` joins words of one or two letters to the next
    one; ``apostrophe`` is the one in names of towns; ``unbroken`` are words of a script without spaces inside which no
    line of a heading ends.
    """

    tag: str
    folder: Path
    name: str
    locale: str = ""
    accepts: tuple[str, ...] = ()
    region: str | None = None
    ties_short_words: bool = False
    apostrophe: str = "'"
    unbroken: tuple[str, ...] = ()

    def __str__(self) -> str:
        """The tag, as paths, queries and markup have it."""
        return self.tag


@dataclass(frozen=True)
class Languages:
    """The languages of a build or a service: English first, then the others by their tags.

    Whoever writes texts is given one of them; none is known by itself, so that two services of one process may differ.
    """

    read: tuple[Language, ...]

    @property
    def tags(self) -> tuple[str, ...]:
        """Their tags, in the same order."""
        return tuple(language.tag for language in self.read)

    @property
    def default(self) -> Language:
        """English."""
        return self[DEFAULT]

    def only(self, tags: Collection[str]) -> "Languages":
        """Those of the languages that have one of the tags."""
        return Languages(tuple(language for language in self.read if language.tag in tags))

    def __getitem__(self, tag: str) -> Language:
        """The language of a tag. Raises UnknownError that lists the tags."""
        found = next((language for language in self.read if language.tag == tag), None)
        if found is None:
            raise UnknownError("language", tag, self.tags)
        return found

    def __iter__(self) -> Iterator[Language]:
        return iter(self.read)


def read_languages(elsewhere: Path | None = None) -> Languages:
    """The project's languages, and those of a folder with further ones; its own take the place of the project's.

    Raises LanguageError that says what of which file cannot be used.
    """
    found = {path.name: path for place in (FOLDER, elsewhere) if place for path in language_folders(place)}
    return Languages(tuple(read_language(found[tag]) for tag in sorted(found, key=lambda tag: (tag != DEFAULT, tag))))


def installed_languages(environ: Mapping[str, str] = os.environ) -> Languages:
    """The project's languages and those of the folder that the operator names. Raises LanguageError."""
    named = environ.get(ELSEWHERE, "").strip()
    return read_languages(Path(named) if named else None)


def language_folders(place: Path) -> list[Path]:
    """The folders of languages in a folder, by name."""
    return [path.parent for path in sorted(place.glob("*/language.toml"))]


def read_language(folder: Path) -> Language:
    """Return the language of a folder. Raises LanguageError that says what in its file cannot be used."""
    path = folder / "language.toml"
    if not TAG.fullmatch(folder.name):
        raise LanguageError(f"{folder}: is no tag of a language; name the folder like pl or pt-BR")
    try:
        raw = read_toml(path)
    except (OSError, ValueError) as error:
        raise LanguageError(f"{path}: cannot be read as TOML ({error}); mend the line that it names") from error
    raw.pop("avoid", None)
    if not raw.get("name"):
        raise LanguageError(f"{path}: name: is missing; add what the language calls itself")
    for key, value in raw.items():
        if not _fits(key, value):
            raise LanguageError(f"{path}: {key}: {EXPECTED.get(key, 'is no key of a language; take it out')}")
    own: dict[str, Any] = {key: tuple(value) if isinstance(value, list) else value for key, value in raw.items()}
    return Language(folder.name, folder, **{"locale": folder.name} | own)


def _fits(key: str, value: object) -> bool:
    """Whether a language has a key, with a value like this."""
    if key in ("accepts", "unbroken"):
        return isinstance(value, list) and all(isinstance(one, str) for one in value)
    return key in EXPECTED and isinstance(value, bool if key == "ties_short_words" else str)


@cache
def names_of(language: Language) -> Mapping[str, str]:
    """Return names that the sources lack in a language, by code of oblast or country and by GeoNames id of town."""
    path = language.folder / "names.csv"
    rows = rows_of(path) if path.is_file() else []
    return {row["id"]: row["name"] for row in rows if row.get("id") and row.get("name")}


def rows_of(path: Path) -> list[dict[str, str]]:
    """Return the rows of a table of names."""
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def source_name(language: Language, row: Mapping[str, Any], key: str) -> str | None:
    """Return the name of a row of a source in a language: from the row, else from the language's own list.

    Parameters
    ----------
    language
        Language of the text.
    row
        Names in the languages of the sources, by column such as ``name_uk``.
    key
        Code or id under which the language's own list has the name.

    Returns
    -------
    The name; None if neither has one.
    """
    own = row.get(f"name_{suffix(language.tag)}")
    return str(own) if own else names_of(language).get(key)


def text_files(languages: Languages) -> dict[str, Path]:
    """All files of all languages whose bytes are in what is built, beside the proposals and the sources.

    Each by its language and its name there, wherever the folder of languages lies.
    """
    patterns = ("names.csv", "published.toml", "proposals/*.toml")
    return {
        f"{language.tag}/{path.relative_to(language.folder).as_posix()}": path
        for language in languages
        for pattern in patterns
        for path in sorted(language.folder.glob(pattern))
    }


def flat(key: str, text: Mapping[str, str | None]) -> dict[str, str | None]:
    """Return a text by language as flat properties, such as ``name_en`` and ``name_zh_hant``.

    Parameters
    ----------
    key
        Name of the property without a language.
    text
        The text by language tag.
    """
    return {f"{key}_{suffix(tag)}": words for tag, words in text.items()}


@cache
def suffix(tag: str) -> str:
    """Return a language as the ending of a property or column: ``zh_hant``."""
    return tag.lower().replace("-", "_")


def in_language(properties: Mapping[str, Any], languages: Languages, tag: str) -> Mapping[str, Any]:
    """Return properties with the texts of one language alone, whose names then have no ending; all without a tag.

    Parameters
    ----------
    properties
        Properties of a zone, or values by the names of columns.
    languages
        The languages that they have.
    tag
        Tag of the language to keep; empty for all.
    """
    if not tag:
        return properties
    others = tuple(f"_{suffix(other)}" for other in languages.tags if other != tag)
    own = f"_{suffix(languages[tag].tag)}"
    return {name.removesuffix(own): value for name, value in properties.items() if not name.endswith(others)}
