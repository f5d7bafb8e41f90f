"""Interface texts: the same keys and blanks in every language, each used; figures and dates as each writes them."""

import re
from typing import get_args

import pytest
from babel import Locale

from layers.kinds.table import KINDS
from layers.products.registry import offered
from layers.proposal.model import ProposalFile, Recognition, Why
from tests.words import (
    LANGUAGES,
    area_text,
    date_text,
    interval_text,
    number_text,
    percent_text,
    plural,
    read_area,
    texts,
)
from webapp.images.options.options import EXTENTS, LABELS, LEGENDS, NAMED_SIZES, TEMPLATES, TEXTS, THEMES
from webapp.pages.filters import NAMES
from webapp.pages.images import SWITCHES
from webapp.pages.map import SPOKEN
from webapp.pages.problem import LISTED
from webapp.pages.tools import SAID as TOOLS_SAID
from webapp.pages.tools import TOOL_STATES
from webapp.setup import ROOT

ROOM = ROOT / "webapp"
VARIANTS = [variant for kind in KINDS.values() for variant in kind.variants]
PHRASED = [kind.key for kind in KINDS.values() if kind.phrased] + [one.key for one in VARIANTS if one.rank is not None]
WHOM = ("", "_others", "_international", "_unspecified")  # by whom something is recognised
FAMILIES = {  # asked for by a name that is put together
    "area": ("between", "short", "depending", "agreed", "whole", "one_map"),
    "maps": ("2", "3", "4", "5"),
    "said": ("contested_name", "contested_says", "contested_open", *SPOKEN),
    "kind": (*KINDS, *(one.key.replace("-", "_") for one in VARIANTS if one.named)),
    "images": (
        *("outcome_left_by_russia", "outcome_left_by_ukraine"),
        *(f"{what}_{change}" for what in ("held", "zones", "series") for change in ("more", "less", "same")),
        *("controls_differ", "controls_zones", "controls_same", "drafts_differ", "drafts_later", "drafts_earlier"),
    ),
    "image_words": (
        *(f"{words}_{key.replace('-', '_')}" for words in ("alt", "caption") for key in PHRASED),
        *("named_recognition", "named_recognition_de_jure", "named_freeze", "alt_pair", "alt_drafts"),
        *("alt_pair_sides", "alt_drafts_sides", "alt_difference", "alt_difference_one"),
        *("alt_same", "alt_same_one"),
    ),
    "filter": NAMES,
    "held": ("russia", "ukraine", "contested"),
    "download": ("svg", "png"),
    "data": tuple(product.name for product in offered()),
    "control": ("map_nzz",),
    "legal": ("ukraine",),
    "status": get_args(ProposalFile.model_fields["status"].annotation),
    "recognition": (
        *(
            f"{family}{mode}"
            for family in ("", "brief_")
            for mode in get_args(Recognition.model_fields["mode"].annotation)
        ),
        *(f"{family}by{whom}" for family in ("", "brief_") for whom in WHOM),
        *("brief_mixed", "state_US"),
    ),
    "error": ("heading_400", "heading_404", "heading_500", *(what.partition(" ")[0] for what in LISTED)),
    "nav": ("map", "areas", "timeline", "points", "images"),
    "kit": (
        *(f"size_{name.replace('-', '_')}" for name in (*NAMED_SIZES, "own")),
        *(f"theme_{name}" for name in THEMES),
        *(f"labels_{name}" for name in LABELS),
        *(f"text_{name}" for name in TEXTS),
        *(f"template_{name}" for name in TEMPLATES),
        *(f"legend_{name}" for name in LEGENDS),
        *(f"extent_{name.replace('-', '_')}" for name in (*EXTENTS, "own")),
        *SWITCHES,
    ),
    "timeline": (
        *(f"described_{kind}" for kind in ("band", "none", "single")),
        *(f"file_{form}" for form in ("csv", "xlsx", "json", "svg", "png")),
        *("from", "to"),
    ),
    "refusal": (
        *("switch_on", "switch_off", "without_legend", "without_plain", "side", "longest", "pixels", "scale", "sign"),
        *("glyphs", "degrees", "turned", "outside", "small", "beyond", "radius", "columns", "higher", "narrow"),
        *("framed", "url", "note", "notes", "towns", "unseen", "room"),
    ),
    "draw": tuple(key.removeprefix("draw.") for key in texts("en") if key.startswith("draw.")),
    "tools": (
        *TOOLS_SAID,
        *TOOL_STATES,
        *("contested_russia", "contested_ukraine", "to_russia", "to_ukraine", "found"),
        *(f"within_{kind.key}" for kind in KINDS.values() if kind.divides or kind.nested),
        *("within_recognition_de_jure", "within_withdrawal_ukraine", "within_unheld_recognised"),
    ),
    "compare": (
        *(f"leaves_{order}" for order in ("more", "only", "same", "none", "unclear")),
        *(f"moved_{cause}" for cause in ("days", "none", "alike", "controls", "controls_alike")),
        *("left", "right", "loading", "failed", "held_alone", "unheld_alone"),
        "held_by_russia",
        *("recognised", "frozen", "left_by_russia", "left_by_ukraine"),
    ),
    "legend": ("border", "coast", "oblasts"),
    "key": ("freeze_russia", "buffer_ukraine"),
    "published": ("nearly", "about", "over", *(f"why_{reason}" for reason in get_args(Why))),
    "map": (
        *("zoom_in", "zoom_out", "reset", "km", "m", "exactness", "black_sea", "sea_of_azov"),
        *("full", "leave_full", "two_fingers", "ctrl_wheel", "cmd_wheel"),
        *("zone_recognition", "zone_freeze", "zone_buffer", "zone_economic", "zone_withdrawal"),
        *("zone_withdrawal_ukraine", "zone_recognition_de_jure", "zone_buffer_over", "zone_economic_over"),
    ),
}
NBSP = "\u00a0"


def asked_for() -> set[str]:
    """Every ``table.key`` that code and templates name."""
    files = [path for ending in ("*.py", "*.html", "*.j2", "*.js") for path in ROOM.rglob(ending)]
    files += [ROOT / f"layers/{name}.py" for name in ("text/figures", "proposal/placeholders", "tables/timeline")]
    files += (ROOT / "layers/products").glob("*.py")
    source = "\n".join(path.read_text("utf-8") for path in files if "vendor" not in path.parts)
    tables = {key.split(".")[0] for key in texts("en")}
    written = re.findall(r"""["']([a-z_]+)\.([a-z0-9_-]+)["']""", source)
    together = {f"{table}.{key}" for table, keys in FAMILIES.items() for key in keys}
    return together | {f"{table}.{key}" for table, key in written if table in tables}


def by_key(lang: str) -> dict[str, dict[str, str]]:
    """The texts of a language by ``table.key``, each by plural category; a text without plural forms by none."""
    found: dict[str, dict[str, str]] = {}
    for name, words in texts(lang).items():
        table, key, *category = name.split(".")
        found.setdefault(f"{table}.{key}", {})["".join(category)] = words
    return found


@pytest.mark.parametrize("lang", LANGUAGES)
def test_each_language_has_the_same_texts_with_the_same_blanks(lang: str) -> None:
    english, own = by_key("en"), by_key(lang)
    assert list(own) == list(english)
    for key, forms in own.items():
        blanks = set(re.findall(r"\{\w+\}", "".join(english[key].values())))
        for words in forms.values():
            assert words.strip() or key.startswith("format."), key
            assert set(re.findall(r"\{\w+\}", words)) == blanks, key


@pytest.mark.parametrize("lang", LANGUAGES)
def test_texts_with_plural_forms_have_exactly_those_of_the_language(lang: str) -> None:
    rule = Locale.parse(lang, sep="-").plural_form
    categories = {rule(count) for count in (*range(1001), 10**6)}
    tables = {key: set(forms) for key, forms in by_key(lang).items() if set(forms) != {""}}
    assert len(tables) >= 8
    assert {key: forms for key, forms in tables.items() if forms != categories} == {}
    assert set(tables) == {key for key, forms in by_key("en").items() if set(forms) != {""}}


@pytest.mark.parametrize(
    ("lang", "words"),
    [
        ("en", {0: "0 maps", 1: "1 map", 2: "2 maps", 21: "21 maps", 1000: "1,000 maps"}),
        ("uk", {1: "1 карта", 2: "2 карти", 5: "5 карт", 11: "11 карт", 14: "14 карт", 21: "21 карта", 23: "23 карти"}),
        ("zh-Hant", {1: "1份地圖", 3: "3份地圖", 21: "21份地圖"}),
    ],
)
def test_a_noun_goes_by_its_number(lang: str, words: dict[int, str]) -> None:
    assert {count: plural(lang, "control.maps", count) for count in words} == words


def test_the_texts_of_a_language_are_in_it() -> None:
    in_words = {
        key
        for key, forms in by_key("en").items()
        if any(re.search(r"[a-z]{4}", re.sub(r"\{\w+\}", "", words)) for words in forms.values())
    }
    for lang, letters in (("uk", "[а-яіїєґ]"), ("zh-Hant", "[\u4e00-\u9fff]")):
        own = by_key(lang)
        missing = {key for key in in_words if not all(re.search(letters, words) for words in own[key].values())}
        assert missing <= {"site.name", "map.region", "statement.source", "statement.source_maps", "control.map_nzz"}


def test_every_text_is_used_and_every_text_asked_for_is_there() -> None:
    assert set(by_key("en")) - asked_for() == set()
    files = {key for key in asked_for() if key.endswith((".html", ".css", ".js"))}
    assert asked_for() - files - set(by_key("en")) == set()


@pytest.mark.parametrize(
    ("lang", "words"),
    [("en", "1 August 2024"), ("uk", "1 серпня 2024 року"), ("zh-Hant", "2024年8月1日")],
)
def test_dates(lang: str, words: str) -> None:
    assert date_text(lang, "2024-08-01") == words


@pytest.mark.parametrize(
    ("lang", "whole", "parts", "share", "small"),
    [
        ("en", "115,180", "1,234.5", "22.5%", "0.04%"),
        ("uk", f"115{NBSP}180", f"1{NBSP}234,5", f"22,5{NBSP}%", f"0,04{NBSP}%"),
        ("zh-Hant", "115,180", "1,234.5", "22.5%", "0.04%"),
    ],
)
def test_numbers(lang: str, whole: str, parts: str, share: str, small: str) -> None:
    assert number_text(lang, 115_180) == whole
    assert number_text(lang, 1234.5, 1) == parts
    assert percent_text(lang, 22.5) == share
    assert percent_text(lang, 0.04) == small
    assert percent_text(lang, None) == "–"


@pytest.mark.parametrize(
    ("area", "low", "high", "shown"),
    [
        (5978.6, 5539.0, 6397.2, ("5,980", "5,540", "6,400")),
        (5978.6, None, None, ("5,980", None, None)),
        (131.7, 131.7, 131.7, ("130", None, None)),
        (131.7, 131.2, 133.9, ("132", "131", "134")),  # to ten, low and high would be the same
        (26_586.0, 26_585.9, 26_586.1, ("26,586.0", "26,585.9", "26,586.1")),
        (45.4, 44.6, 51.0, ("45", "45", "51")),
        (7.25, 5.0, 9.96, ("7.2", "5.0", "10.0")),
        (0.0, 0.0, 3.2, ("0.0", "0.0", "3.2")),
    ],
)
def test_areas_are_rounded_and_keep_an_interval_that_is_one(
    area: float, low: float | None, high: float | None, shown: tuple[str, str | None, str | None]
) -> None:
    figure = read_area("en", area, low, high)
    assert (figure.area, figure.low, figure.high) == shown


def test_an_interval_in_words_and_none_where_there_is_none() -> None:
    assert area_text("en", 5978.6, 5539.0, 6397.2) == "about 5,980 km², between 5,540 and 6,400"
    assert area_text("en", 5978.6, 5978.6, 5978.6) == "about 5,980 km²"
    assert interval_text("en", 5978.6, 5539.0, 6397.2) == "5,540–6,400"
    assert interval_text("en", 5978.6) == interval_text("en", 5978.6, 5978.6, 5978.6) == "–"
