"""Lines are broken where a typesetter would break them."""

import re
from itertools import accumulate

import pytest
from hypothesis import given
from hypothesis import strategies as st

from layers.catalogue.model import Catalogue
from tests.words import language
from webapp.typography.fonts import BOLD, text_width
from webapp.typography.line_breaking import JOINER, NEVER_FIRST, NEVER_LAST, NO_BREAK, typographic, unbroken, wrap

CHINESE = "本圖僅為（某報）之草案的一種解讀，並非協議，亦未生效。「接觸線」以2025年11月20日為準；面積為估算值。"


@pytest.mark.parametrize("width", range(60, 400, 17))
def test_chinese_lines_begin_and_end_well(width: int) -> None:
    lines = wrap(CHINESE, width, 12, balanced=False)
    assert "".join(lines) == CHINESE
    assert not [line for line in lines[1:] if line[0] in NEVER_FIRST]
    assert not [line for line in lines[:-1] if line[-1] in NEVER_LAST]


def test_browsers_break_chinese_headings_between_words() -> None:
    assert unbroken("俄控部分約1,900平方公里") == "俄\u2060控部\u2060分約1,900\u2060平\u2060方\u2060公\u2060里"
    assert unbroken("про 5\u00a0980\u00a0км², of Donetsk") == "про 5\u00a0980\u00a0км², of Donetsk"


@given(st.lists(st.sampled_from(["лінія", "of", "contact", "про", "який", "—", "зона"]), min_size=1, max_size=30))
def test_no_word_is_lost_and_lines_fit(words: list[str]) -> None:
    lines = wrap(" ".join(words), 160, 13)
    assert " ".join(lines).split() == words
    assert all(text_width(line, 13) <= 160 for line in lines)


def test_headings_have_lines_of_like_length() -> None:
    text = "What point 21 of the 28-point draft would provide for towns"
    lines = wrap(text, 360, 24, BOLD)
    widths = [text_width(line, 24, BOLD) for line in lines]
    assert len(lines) == 2
    assert min(widths) / max(widths) > 0.7


def test_a_word_wider_than_the_line_stands_alone_or_is_broken() -> None:
    assert wrap("a Dnipropetrovsk b", 40, 13, whole=True) == ["a", "Dnipropetrovsk", "b"]
    lines = wrap("a Dnipropetrovsk b", 40, 13)
    assert "".join(lines).replace(" ", "") == "aDnipropetrovskb"
    assert all(text_width(line, 13) <= 40 for line in lines)


@pytest.mark.parametrize(
    ("text", "lang", "expected"),
    [
        ("Ukraine's", "en", "Ukraine’s"),
        ("Слов'янськ", "uk", "Слов’янськ"),
        ("on 20 November 2025 a line", "en", "on 20_November 2025 a line"),
        ("What point 21 would", "en", "What point_21_would"),
        ("пункт 21 проєкту з 28 пунктів", "uk", "пункт_21_проєкту з_28_пунктів"),
        ("CC BY 4.0", "en", "CC_BY_4.0"),
        ("вважалося б у Криму й на півдні", "uk", "вважалося_б у_Криму й_на_півдні"),
        ("5 км", "uk", "5_км"),
        ("提案 20", "zh-Hant", "提案 20"),
    ],
)
def test_words_that_belong_together(text: str, lang: str, expected: str) -> None:
    assert typographic(text, language(lang)).replace(NO_BREAK, "_") == expected


def test_a_row_of_dashes_is_broken_too() -> None:
    lines = wrap(" ".join(["лінія", *["—"] * 8]), 160, 13)
    assert all(text_width(line, 13) <= 160 for line in lines)


@pytest.mark.parametrize("width_px", range(220, 420, 20))
def test_no_line_of_a_chinese_headline_ends_inside_a_word(catalogue: Catalogue, width_px: int) -> None:
    chinese = catalogue.languages["zh-Hant"]
    for proposal in catalogue.proposals.values():
        words = proposal.texts["summary"]["zh-Hant"]
        ends = list(accumulate(map(len, wrap(words, width_px, 20))))
        for kept in chinese.unbroken:
            starts = [found.start() for found in re.finditer(kept, words)]
            assert not [end for end in ends for start in starts if start < end < start + len(kept)], (kept, words)


@pytest.mark.parametrize("width_px", range(180, 420, 20))
def test_a_chinese_date_stays_on_one_line(width_px: int) -> None:
    lines = wrap("頓內茨克緩衝區：2026年8月21日約5,200平方公里，較2024年8月1日的約10,700平方公里縮小", width_px, 20)
    assert all(any(date in line for line in lines) for date in ("2026年8月21日", "2024年8月1日"))


def test_browsers_break_no_chinese_date() -> None:
    assert unbroken("2026年8月21日").replace(JOINER, "_") == "2026_年_8_月_21_日"
