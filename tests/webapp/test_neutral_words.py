"""No text takes a side: what words a reader may not meet, in each language, wherever texts are written.

The words are in the ``language.toml`` of each language, so that whoever adds a language names them too; so are the keys
of the few texts that may use them.
"""

import ast
import json
import re
import tomllib
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from flask.testing import FlaskClient

from layers.catalogue.model import COMMITTED, load_catalogue
from layers.text.avoided_words import Avoided, allowed_problems, proposal_texts, read_avoided
from tests.words import LANGUAGES, property_text
from webapp.setup import ROOT

FOLDER = ROOT / "layers/languages"
WRITTEN = r'"(?:[^"\\\n]|\\.)*"|\'(?:[^\'\\\n]|\\.)*\'|`(?:[^`\\]|\\.)*`'  # a string in a script
SIGNS = re.compile(r"\{\{.*?\}\}|\{%.*?%\}|\{#.*?#\}|<(script|style)\b.*?</\1>", re.DOTALL)


@cache
def not_neutral(lang: str) -> re.Pattern[str]:
    """The words that a language avoids."""
    return read_avoided(FOLDER / lang).pattern


@cache
def allowed_texts(lang: str) -> frozenset[str]:
    """The texts of proposals that may use the words."""
    avoided = read_avoided(FOLDER / lang)
    return frozenset(text for key, text in proposal_texts(lang).items() if avoided.allows(key))


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
    """All texts of pages, images, charts, figures, refusals and proposals in a language, but the allowed ones."""
    for path in (FOLDER / lang / "texts.toml", FOLDER / lang / "figures.toml"):
        yield from flat(tomllib.loads(path.read_text("utf-8")))
    for path in sorted((ROOT / "layers").glob("*.toml")):
        filled = re.sub(r"= \{(date|polygons)\}", '= ""', path.read_text("utf-8"))  # blanks of drawn.toml
        yield from in_language(tomllib.loads(filled), lang)
    avoided = read_avoided(FOLDER / lang)
    yield from (text for key, text in proposal_texts(lang).items() if not avoided.allows(key))


def built_texts(lang: str) -> Iterator[str]:
    """What the finished data says in a language: the catalogue, and names and sentences of zones."""
    catalogue = load_catalogue(COMMITTED)
    yield from in_language(json.loads((COMMITTED / "catalog.json").read_bytes()), lang)
    for proposal in catalogue.proposals.values():
        for edition in proposal.editions.values():
            for zone in catalogue.areas(edition):
                yield from (property_text(lang, zone, name) for name in ("title", "name", "says", "open"))


def strings_of(path: Path) -> Iterator[str]:
    """The sentences that a program says, without its own notes: every string with a space in it."""
    tree = ast.parse(path.read_text("utf-8"))
    notes = {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr)}
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in notes:
            yield node.value


@pytest.mark.parametrize("lang", LANGUAGES)
def test_texts_are_neutral(lang: str) -> None:
    found = list(texts_of(lang))
    assert len(found) > 400
    published = list(in_language(tomllib.loads((ROOT / "layers/published.toml").read_text("utf-8")), lang))
    assert set(published) < set(found)
    assert len(published) > 20
    assert [text for text in found if not_neutral(lang).search(text)] == []


@pytest.mark.parametrize("lang", LANGUAGES)
def test_what_is_built_is_neutral(lang: str) -> None:
    found = [text for text in built_texts(lang) if text not in allowed_texts(lang)]
    assert len(found) > 100
    assert [text for text in found if not_neutral(lang).search(text)] == []


@pytest.mark.costly
@pytest.mark.parametrize("lang", LANGUAGES)
def test_alternative_texts_captions_and_charts_are_neutral(client: FlaskClient, lang: str) -> None:
    texts = (f"/images/{proposal_id}/latest.txt" for proposal_id in ("us-28-points", "ukraine-20-points"))
    for address in (*texts, "/timelines/us-28-points.svg"):
        answer = client.get(f"{address}?lang={lang}")
        assert answer.status_code == 200
        assert not_neutral(lang).findall(re.sub(r"<style.*?</style>|<[^>]*>", " ", answer.text, flags=re.DOTALL)) == []


@pytest.mark.parametrize("folder", ["geo", "layers", "webapp"])
def test_what_programs_say_is_neutral(folder: str) -> None:
    paths = [path for path in (ROOT / folder).rglob("*.py") if "readers" not in path.parts]  # those name their sources
    said = {text: path.name for path in paths for text in strings_of(path) if " " in text and "sans-serif" not in text}
    assert len(said) > 5
    assert {text: name for text, name in said.items() if not_neutral("en").search(text)} == {}


def test_scripts_and_templates_are_neutral() -> None:
    scripts = sorted((ROOT / "webapp/static").rglob("*.js"))
    said = [text for path in scripts for text in re.findall(WRITTEN, path.read_text("utf-8"))]
    pages = [path for ending in ("*.html", "*.j2", "*.typ") for path in (ROOT / "webapp/templates").glob(ending)]
    said += [SIGNS.sub(" ", path.read_text("utf-8")) for path in pages]
    assert len(said) > 50
    for lang in LANGUAGES:
        assert [text for text in said if not_neutral(lang).search(text)] == []


@pytest.mark.parametrize("path", ["README.md", "layers/README.md"])
def test_what_is_written_for_users_is_neutral(path: str) -> None:
    plain = re.sub(r"```.*?```|`[^`]*`", "", (ROOT / Path(path)).read_text("utf-8"), flags=re.DOTALL)
    assert [found[0] for found in not_neutral("en").finditer(plain)] == []


@pytest.mark.parametrize(
    ("lang", "text"),
    [
        ("en", "Ground that Russia gained"), ("en", "the liberated part"), ("en", "new regions"), ("en", "lost land"),
        ("en", "would be returned"), ("en", "annexed territory"), ("en", "Pro-Russian separatists"), ("en", "Kiev"),
        ("en", "Ukraine would cede it"), ("en", "retook the town"), ("en", "aggression"), ("en", "disputed territory"),
        ("uk", "звільнена частина"), ("uk", "Повернення території"), ("uk", "нові регіони"), ("uk", "визволено село"),
        ("uk", "втрачені землі"), ("uk", "анексований Крим"), ("uk", "сепаратисти"), ("uk", "на росію"),
        ("uk", "загарбані землі"), ("uk", "відвоювали, або відбили"), ("uk", "здобутки"), ("uk", "спірні території"),
        ("zh-Hant", "俄方奪取之處"), ("zh-Hant", "併吞"), ("zh-Hant", "收復"), ("zh-Hant", "解放區"),
        ("zh-Hant", "割讓"), ("zh-Hant", "失地"), ("zh-Hant", "歸還"), ("zh-Hant", "分離主義者"), ("zh-Hant", "新領土"),
        ("zh-Hant", "乌克兰"),
    ],
)  # fmt: skip
def test_the_words_are_found(lang: str, text: str) -> None:
    assert not_neutral(lang).search(text)


@pytest.mark.parametrize(
    ("lang", "text"),
    [
        ("en", "non-aggression"), ("en", "again, closer, winter and window"), ("en", "Russian-held"),
        ("uk", "російські сили"), ("uk", "поворот на схід"), ("uk", "ненапад"),
        ("zh-Hant", "互不侵犯"), ("zh-Hant", "區分"),
    ],
)  # fmt: skip
def test_words_that_are_like_them_are_not(lang: str, text: str) -> None:
    assert not not_neutral(lang).search(text)


@pytest.mark.parametrize("lang", LANGUAGES)
def test_only_what_is_listed_may_use_the_words(lang: str) -> None:
    avoided = read_avoided(FOLDER / lang)
    allowed = {key for key in proposal_texts(lang) if avoided.allows(key)}
    assert allowed == {"us-28-points.points.20.text"}
    assert all(avoided.pattern.search(text) for text in allowed_texts(lang))  # or it would need no exception


def test_an_allowed_key_is_whole() -> None:
    avoided = Avoided(re.compile("x"), ("a-plan.points.2", "a-plan.zones.crimea.name"))
    listed = ("a-plan.points.2.text", "a-plan.points.2.note", "a-plan.zones.crimea.name")
    assert all(avoided.allows(key) for key in listed)
    others = ("a-plan.points.20.text", "a-plan.points.1.text", "b-plan.points.2.text", "a-plan.zones.crimea.says")
    assert not any(avoided.allows(key) for key in others)


def test_an_allowed_key_that_no_proposal_has_is_told(tmp_path: Path) -> None:
    listed = ("us-28-points.points.20", "us-28-points.points.2", "us-28-points.points.29", "us-29-points.points.2")
    (tmp_path / "language.toml").write_text(f'name = "Polski"\n[avoid]\nallowed = {list(listed)}\n', "utf-8")
    told = list(allowed_problems(tmp_path))
    assert [next(key for key in listed if repr(key) in problem) for problem in told] == list(listed[2:])
    assert all("avoid.allowed: no proposal has" in problem for problem in told)
    assert [list(allowed_problems(FOLDER / lang)) for lang in LANGUAGES] == [[], [], []]
