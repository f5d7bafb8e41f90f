"""A made-up language in a folder of its own: English with every text marked, and the plural forms of Polish."""

import csv
import json
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from layers.proposal.loading import PROPOSALS
from layers.proposal.published import PUBLISHED
from layers.proposal.undrawn import UNDRAWN
from layers.reference.register import SOURCES, read_rows
from layers.text.check import NAMED, forms_by_key
from layers.text.languages import FOLDER

TAG, MARK = "pl", "Ł "
PLURALS = ("one", "few", "many")
PATTERNS = {"format.date", "format.month", "format.none", "timeline.month", "timeline.day"}  # no words


def make_language(place: Path) -> Path:
    """Write the folder of the language below a place; it comes back."""
    folder = place / TAG
    (folder / "proposals").mkdir(parents=True)
    (folder / "language.toml").write_text('name = "Polski"\naccepts = ["szl"]\n', "utf-8")
    for name in ("figures.toml", "texts.toml"):
        _write(folder / name, dict(_marked_texts(FOLDER / "en" / name)))
    with (folder / "names.csv").open("w", encoding="utf-8", newline="") as file:
        rows = csv.writer(file)
        rows.writerow(["id", "name"])
        for table, key in NAMED:
            rows.writerows((row[key], MARK + row["name_en"]) for row in read_rows(SOURCES / table))
    for path in PROPOSALS.glob("*.toml"):
        texts = _english_in(tomllib.loads(path.read_text("utf-8")), ())
        _write(folder / "proposals" / path.name, {keys: MARK + words for keys, words in texts})
    for path, where in ((PUBLISHED, folder), (UNDRAWN, folder / "proposals")):
        texts = _english_in(tomllib.loads(path.read_text("utf-8")), ())
        _write(where / path.name, {keys: MARK + words for keys, words in texts})
    return folder


def _marked_texts(path: Path) -> Iterator[tuple[tuple[str, ...], str]]:
    for key, forms in forms_by_key(path).items():
        table, name = key.split(".")
        if "" not in forms:
            yield from (((table, name, category), MARK + forms["other"]) for category in PLURALS)
        else:
            marked = forms[""] if key in PATTERNS or table in {"format", "graticule"} else MARK + forms[""]
            yield (table, name), marked


def _english_in(raw: Any, keys: tuple[str, ...]) -> Iterator[tuple[tuple[str, ...], str]]:
    if isinstance(raw, dict) and isinstance(raw.get("en"), str):
        yield keys, raw["en"]
    elif isinstance(raw, dict):
        for name, value in raw.items():
            yield from _english_in(value, (*keys, name))
    elif isinstance(raw, list):
        for place, value in enumerate(raw, 1):
            name = (value.get("id") or value.get("number") if isinstance(value, dict) else None) or place
            yield from _english_in(value, (*keys, str(name)))


def _write(path: Path, texts: dict[tuple[str, ...], str]) -> None:
    lines = (f"{'.'.join(json.dumps(key) for key in keys)} = {json.dumps(words)}" for keys, words in texts.items())
    path.write_text("\n".join(lines) + "\n", "utf-8")
