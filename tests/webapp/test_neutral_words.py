"""No text takes a side: what words a reader may not meet, in each language, wherever texts are written."""

import re
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from layers import control_words, timeline
from layers.languages import LANGUAGES
from webapp.setup import ROOT

NOT_NEUTRAL = {
    "en": (
        r"\b(re)?gain(s|ed|ing)?\b", r"\blos(e|es|ing|t|s|ses)\b", r"\breturn(s|ed|ing)?\b", r"\bliberat", r"\bannex",
        r"\bseparatis", r"\brebel", r"\bnew (region|territor)", r"\b(re)?captur", r"\bseiz", r"\bconquer",
        r"\b(un)?freed\b", r"\bsurrender", r"\bso-called\b", r"\bregime\b", r"\bterroris",
    ),
    "uk": (
        r"\bздобу", r"\bвтра[тч]", r"\bповерн", r"\bзвільн", r"\bанекс", r"\bсепарат", r"\bнов(і|их) (регіон|територ)",
        r"\bзахоп", r"\bзавойов", r"\bвідвойов", r"\bкапітул", r"\bтак зван", r"\bрежим", r"\bповстан", r"\bворо[гж]",
        r"\bокупант", r"\bагрес", r"\bприєдн",
    ),
    "zh-Hant": (
        "奪", "收復", "光復", "解放", "失去", "失守", "喪失", "歸還", "收回", "併吞", "吞併", "兼併", "併入", "分離",
        "分裂", "新領土", "新地區", "攻占", "攻佔", "淪陷", "敵", "所謂", "政權", "叛",
    ),
}  # fmt: skip
FOLDERS = {
    "en": ("webapp/languages/en/texts.toml", "layers/wording/en.toml"),
    "uk": ("webapp/languages/uk/texts.toml", "layers/wording/uk.toml"),
    "zh-Hant": ("webapp/languages/zh-Hant/texts.toml", "layers/wording/zh-Hant.toml"),
}


def flat(table: Any) -> Iterator[str]:
    """Every text below a table."""
    if isinstance(table, str):
        yield table
    elif isinstance(table, dict | list):
        for part in table.values() if isinstance(table, dict) else table:
            yield from flat(part)


def in_language(table: Any, lang: str) -> Iterator[str]:
    """Every text below a table that stands under the name of a language."""
    if isinstance(table, dict):
        if isinstance(table.get(lang), str):
            yield table[lang]
        for part in table.values():
            yield from in_language(part, lang)
    elif isinstance(table, list):
        for part in table:
            yield from in_language(part, lang)


def texts_of(lang: str) -> Iterator[str]:
    """All texts of pages, images, charts, figures, proposals and zones in a language."""
    for name in FOLDERS[lang]:
        yield from flat(tomllib.loads((ROOT / name).read_text("utf-8")))
    for path in sorted((ROOT / "layers/proposals").glob("*.toml")):
        yield from in_language(tomllib.loads(path.read_text("utf-8")), lang)
    written = [value for module in (control_words, timeline) for name, value in vars(module).items() if name.isupper()]
    yield from in_language(written, lang)


@pytest.mark.parametrize("lang", LANGUAGES)
def test_texts_are_neutral(lang: str) -> None:
    found = list(texts_of(lang))
    assert len(found) > 400
    words = re.compile("|".join(NOT_NEUTRAL[lang]), re.IGNORECASE)
    assert [text for text in found if words.search(text)] == []


@pytest.mark.parametrize("path", ["README.md", "layers/README.md"])
def test_what_is_written_for_users_is_neutral(path: str) -> None:
    words = re.compile("|".join(NOT_NEUTRAL["en"]), re.IGNORECASE)
    plain = re.sub(r"```.*?```|`[^`]*`", "", (ROOT / Path(path)).read_text("utf-8"), flags=re.DOTALL)
    assert words.findall(plain) == []


@pytest.mark.parametrize(
    ("lang", "text"),
    [
        ("en", "Ground that Russia gained"), ("en", "the liberated part"), ("en", "new regions"),
        ("uk", "звільнена частина"), ("uk", "Повернення території"), ("uk", "нові регіони"),
        ("zh-Hant", "俄方奪取之處"), ("zh-Hant", "併吞"), ("zh-Hant", "收復"),
    ],
)  # fmt: skip
def test_the_words_are_found(lang: str, text: str) -> None:
    assert re.search("|".join(NOT_NEUTRAL[lang]), text, re.IGNORECASE)
