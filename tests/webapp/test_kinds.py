"""A kind of zone is one row of the table and its texts in the languages; everything else asks the table."""

import json
import os
import re
import shutil
import subprocess
import sys
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from layers.derivations.registry import DERIVATIONS
from layers.kinds.table import KINDS, all_changed_looks, kind_of, made_by
from layers.proposal.starting import starting_file
from tests.words import INSTALLED
from webapp.setup import ROOT
from webapp.style.light import LOOKS, all_zone_styles
from webapp.style.themes import THEMES
from webapp.text.interface import has_text, text_key

PLAN, DAY, ZONE = "my-plan", "2025-11-20", "donetsk-frozen"
FILES = f"/layers/{PLAN}/{DAY}.geojson", f"/layers/{PLAN}/{DAY}/{ZONE}.geojson", "/static/map.bundle.css"
PAGES = f"/en/map/{PLAN}", f"/uk/map/{PLAN}", f"/en/areas/{PLAN}", f"/scripts/en/{PLAN}.js"
TEXTS = f"/images/{PLAN}/{DAY}.txt"

# The one row. All that comes after it is what a build and the service do anyway.
WITH_IT = """
import json, sys
from pathlib import Path
from layers.kinds.kind import Kind
from layers.kinds.style import Hatch, Looks, Paint, Style
from layers.kinds.table import KINDS, OF_OBLASTS

KINDS["corridor"] = Kind(
    key="corridor",
    shape="area",
    made_by=OF_OBLASTS,
    looks=Looks(
        Style("corridor", "#b7c9e8", Hatch("up", "#3f63a0", 6, 1.2), "#28457a", 0.8),
        dark=Paint("#24365a", "#8fb0ea", "#a9c4f2"),
    ),
    rank=2,
    phrased=True,
    divides=True,
)

import webapp.charts.cache, webapp.map.fragment
from layers.build.build import build
from layers.catalogue.model import load_catalogue
from tests.ground import keep_ground
from webapp.app import create_app
from webapp.images import render_svg
from webapp.images.options.options import Options
from webapp.disk_cache import DiskCache
from webapp.map import prepare_all

keep_ground()
place = Path(sys.argv[1])
webapp.map.fragment.PREPARED, webapp.charts.cache.PREPARED = DiskCache(place / "pages"), DiskCache(place / "charts")
build(place / "data", folder=place / "proposals")
catalogue = load_catalogue(place / "data")
prepare_all(catalogue)  # as a build does it: the service draws in other processes, which have not this row
client = create_app(catalogue).test_client()
found = {}
for url in sys.stdin.read().split():
    response = client.get(url)
    found[url] = [response.status_code, response.get_data(True)]
options = Options(theme="dark")  # drawn here for the same reason
found["picture"] = [200, render_svg(catalogue, sys.argv[2], None, options)]
print(json.dumps(found))
"""
WORDS = {
    "kind.corridor": {"en": "Safe corridor", "uk": "Безпечний коридор", "zh-Hant": "安全走廊"},
    "image_words.alt_corridor": {"en": "corridor, {area}", "uk": "коридор, {area}", "zh-Hant": "走廊，{area}"},
    "image_words.caption_corridor": {
        "en": "{area} would become a corridor", "uk": "{area} стали б коридором", "zh-Hant": "{area}將成為走廊"
    },
}  # fmt: skip


def write_languages(place: Path) -> None:
    """Write every language with the texts of the new kind."""
    for language in INSTALLED:
        tag, folder = language.tag, language.folder
        shutil.copytree(folder, place / tag)
        texts = (folder / "texts.toml").read_text("utf-8")
        for key, words in WORDS.items():
            table, name = key.split(".")
            texts = texts.replace(f"\n[{table}]\n", f'\n[{table}]\n{name} = "{words[tag]}"\n')
        (place / tag / "texts.toml").write_text(texts, "utf-8")


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    """The responses of a service with one more kind, which a proposal uses."""
    place = tmp_path_factory.mktemp("kind")
    write_languages(place / "languages")
    (place / "proposals").mkdir()
    plan = starting_file(PLAN, date.fromisoformat(DAY)).decode().replace('kind = "freeze"', 'kind = "corridor"')
    plan = re.sub(r'(?m)^clause = "1a".*$', 'clause = "1"', plan)  # a point: its zones go by the name of their kind
    (place / "proposals" / f"{PLAN}.toml").write_text(plan, "utf-8")
    done = subprocess.run(
        [sys.executable, "-c", WITH_IT, str(place), PLAN],
        input="\n".join((*FILES, *PAGES, TEXTS)), capture_output=True, text=True, cwd=ROOT, timeout=240, check=False,
        env=os.environ | {"CLAUSEMAP_LANGUAGES": str(place / "languages")},
    )  # fmt: skip
    assert done.returncode == 0, done.stderr[-3000:]
    return dict(json.loads(done.stdout.splitlines()[-1]))


def body(made: dict[str, Any], url: str) -> str:
    status, content = made[url]
    assert status == 200, content[:300]
    return str(content)


def test_a_kind_is_one_row(made: dict[str, Any]) -> None:
    layer, zone, sheet = (body(made, url) for url in FILES)
    features = {one["id"]: one["properties"] for one in json.loads(layer)["features"]}
    assert features[ZONE]["kind"] == json.loads(zone)["features"][0]["properties"]["kind"] == "corridor"
    assert features[ZONE]["area_km2"] > 10_000  # derived, and measured

    assert "--corridor-fill:#b7c9e8" in sheet
    assert "--corridor-fill:#24365a" in sheet.partition("prefers-color-scheme:dark")[2]

    for url, words in zip(PAGES[:2], ("Safe corridor", "Безпечний коридор"), strict=True):
        page = body(made, url)
        assert re.search(rf'data-row="1-corridor".*?url\(#hatch-corridor\).*?{words}', page, re.DOTALL)
        assert f'"{ZONE}"' in page
    assert "Safe corridor" in body(made, PAGES[2])
    assert '"corridor":{"contact":false' in body(made, PAGES[3]) or '"corridor":{"pane"' in body(made, PAGES[3])

    picture, texts = body(made, "picture"), body(made, TEXTS)
    assert 'data-kind="corridor"' in picture
    assert "#24365a" in picture.split('data-legend="corridor"')[1].partition("</g>")[0]
    assert re.search(r"Under the proposal: corridor, about [\d,]+ km²", texts)
    assert re.search(r"about [\d,]+ km² \([\d,–]+\) would become a corridor", texts)


def test_kinds_and_derivations_agree() -> None:
    for name, derivation in DERIVATIONS.items():
        assert made_by(name)
        assert not derivation.partitions or all(KINDS[kind].divides for kind in made_by(name))
    for key, kind in KINDS.items():
        assert kind.key == kind.style.key == key
        assert set(kind.made_by) <= set(DERIVATIONS)
        assert kind.divides == any(DERIVATIONS[name].partitions for name in kind.made_by)


def test_every_kind_and_variant_has_its_texts_and_its_style_in_every_theme() -> None:
    variants = [variant for kind in KINDS.values() for variant in kind.variants]
    named = [*KINDS, *(variant.key for variant in variants if variant.named)]
    phrased = [key for key, kind in KINDS.items() if kind.phrased]
    phrased += [variant.key for variant in variants if variant.rank is not None]
    for lang in INSTALLED:
        assert all(has_text(lang, text_key("kind", key)) for key in named)
        for words in ("alt", "caption"):
            assert all(has_text(lang, text_key(f"image_words.{words}", key)) for key in phrased)
    assert set(LOOKS) == {*KINDS, *(variant.looks.style.key for variant in variants if variant.looks)}
    changed = {looks.style.key for looks in all_changed_looks()}
    for theme in THEMES.values():
        assert set(theme.styles) == {style.key for style in all_zone_styles()} | changed


def test_ranks_are_told_apart_where_a_text_on_an_image_names_the_kind() -> None:
    ranks = [kind.rank for kind in KINDS.values() if not kind.on_every_map]
    ranks += [variant.rank for kind in KINDS.values() for variant in kind.variants if variant.rank is not None]
    assert len(ranks) == len(set(ranks))


def test_an_unknown_kind_is_an_error() -> None:
    with pytest.raises(KeyError):
        kind_of({"kind": "moonbase"})


def test_no_list_of_kinds_stands_outside_the_table() -> None:
    for path in (*ROOT.glob("layers/**/*.py"), *ROOT.glob("webapp/**/*.py"), *ROOT.glob("webapp/static/**/*.js")):
        if "vendor" not in path.parts and path.parent.name != "kinds":
            found = set(
                re.findall(
                    r'"(recognition|freeze|buffer|economic|withdrawal|unheld|pullback)"', path.read_text("utf-8")
                )
            )
            assert found <= {"unheld"}, path  # a derivation and a side of the line have that name too
