"""Texts of a proposal in the folder of a language, ``proposals/<id>.toml``, instead of in its own file.

Keys are those of the proposal's file: ``title``, ``points.8.note``, ``clauses.21a.label``, ``zones.<id>.says``; what
has neither an id nor a number goes by its position, ``sources.3.name``.
"""

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from layers.text.languages import DEFAULT, Languages
from layers.text.toml_files import read_toml

PROPOSALS = "proposals"


def add_translations(
    raw: Mapping[str, Any], name: str, languages: Languages, *, folder: str = PROPOSALS
) -> tuple[dict[str, Any], list[str]]:
    """Return the tables of a proposal with the texts of all languages, and what is wrong with those, one line each.

    A text that a language with a file of its own lacks is a problem that names the file and the key.

    Parameters
    ----------
    raw
        Tables of the proposal's file.
    name
        Name of the proposal's file without ``.toml``.
    languages
        Languages in which every text has to exist.
    folder
        Folder below the language's own folder that has the file with its texts; empty for none.
    """
    filled, problems = _copied(raw), []
    for language in languages:
        tag, path = language.tag, language.folder / folder / f"{name}.toml"
        if tag == DEFAULT or not _needed(filled, tag):
            continue
        own, wrong = _read(path)
        problems += [f"{path}: {one}" for one in (*wrong, *_fill(filled, own, tag))]
    return filled, problems


def texts_by_key(raw: Mapping[str, Any]) -> dict[str, dict[str, str]]:
    """Return every text of a proposal by its key, each by language tag."""
    return dict(_texts_in(raw, ""))


def _needed(raw: Any, tag: str) -> bool:
    """Whether the proposal's own file leaves a language to its folder: no text in it is in that language."""
    return not any(tag in text for _, text in _texts_in(raw, ""))


def _read(path: Path) -> tuple[dict[str, Any], list[str]]:
    try:
        return read_toml(path), []
    except FileNotFoundError:
        return {}, ["is missing; add it"]
    except (OSError, ValueError) as error:
        return {}, [f"cannot be read as TOML ({error}); mend the line that it names"]


def _fill(raw: Any, own: Mapping[str, Any], tag: str) -> Iterator[str]:
    """Put the texts of a language where they belong, and return what is missing and what belongs nowhere."""
    texts = dict(_texts_in(raw, ""))
    given = dict(_given_in(own, ""))
    for key, text in texts.items():
        if given.get(key):
            text[tag] = given[key]
        elif tag not in text:
            text[tag] = text[DEFAULT]  # reported below as missing: nothing is built
            yield f"{key}: is missing; add it"
    for key in given:
        if key not in texts:
            yield f"{key}: the proposal has no such text; check its spelling or take it out"


def _texts_in(raw: Any, prefix: str) -> Iterator[tuple[str, dict[str, str]]]:
    """Every text of a proposal by its key: the tables that have English."""
    if isinstance(raw, dict) and isinstance(raw.get(DEFAULT), str):
        yield prefix, raw
    elif isinstance(raw, dict):
        for name, value in raw.items():
            yield from _texts_in(value, f"{prefix}.{name}" if prefix else str(name))
    elif isinstance(raw, list):
        for place, value in enumerate(raw, 1):
            name = (value.get("id") or value.get("number") if isinstance(value, dict) else None) or place
            yield from _texts_in(value, f"{prefix}.{name}")


def _given_in(own: Any, prefix: str) -> Iterator[tuple[str, str]]:
    for name, value in own.items() if isinstance(own, dict) else ():
        key = f"{prefix}.{name}" if prefix else str(name)
        if isinstance(value, str):
            yield key, value
        else:
            yield from _given_in(value, key)


def _copied(raw: Any) -> Any:
    if isinstance(raw, dict):
        return {name: _copied(value) for name, value in raw.items()}
    return [_copied(value) for value in raw] if isinstance(raw, list) else raw
