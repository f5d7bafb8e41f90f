"""PDF: of its size, titled, tagged, with our fonts, text that can be searched, the same bytes each time."""

import hashlib
import io
import re
import subprocess
import sys
from typing import Any

import pytest
from pypdf import PdfReader

from layers.catalogue.model import Catalogue, Proposal
from tests.webapp.images.conftest import PROPOSALS, picture_of
from tests.words import LANGUAGES, language, left_open, property_text, text
from webapp.context import open_view, unserved
from webapp.images.options.options import PRINTS, SIZES, THEMES, Options
from webapp.images.output.factsheet import MAP_SIZE, render_factsheet
from webapp.images.output.pdf import page_pt, render_pdf
from webapp.setup import ROOT
from webapp.text.zones import read_zones

DRAW = """
import hashlib
from layers.catalogue.model import load_catalogue
from webapp.images.description.open_questions import left_open
from webapp.images.options.options import Options
from webapp.images.output.pdf import render_pdf
print(hashlib.sha256(render_pdf(load_catalogue(), "us-28-points", None, Options(lang="uk"))).hexdigest())
"""


def _read(pdf: bytes) -> PdfReader:
    return PdfReader(io.BytesIO(pdf))


def _words(reader: PdfReader) -> str:
    return _bare("".join(page.extract_text() for page in reader.pages))


def _bare(words: str) -> str:
    """Words without any space, be it as narrow as that which a reader puts into Chinese."""
    return "".join(words.replace("\u200b", "").split())


@pytest.mark.costly
@pytest.mark.parametrize("lang", LANGUAGES)
def test_its_text_is_found_and_its_fonts_are_in_it(catalogue: Catalogue, lang: str) -> None:
    picture = picture_of("us-28-points", "own", lang)
    reader = _read(render_pdf(catalogue, "us-28-points", None, picture.options))
    found = _words(reader)
    for setting in picture.layout.settings():
        for line in setting.lines:
            assert _bare(line) in found
    assert _fonts(reader)
    assert all("NotoSans" in name for name in _fonts(reader))


@pytest.mark.parametrize("lang", LANGUAGES)
def test_names_of_seas_and_countries_are_found_in_one_piece(catalogue: Catalogue, lang: str) -> None:
    picture = picture_of("us-28-points", "own", lang)
    settings = [label.spot.setting for label in picture.drawing.labels]
    spaced = [line for one in settings if one.lettering.letter_space_px for line in one.lines]
    assert spaced
    found = _read(render_pdf(catalogue, "us-28-points", None, picture.options)).pages[0].extract_text()
    for line in spaced:
        assert line in found


def _fonts(reader: PdfReader) -> set[str]:
    objects: list[Any] = [reader.get_object(number) for number in range(1, int(reader.trailer["/Size"]))]  # type: ignore[call-overload]
    return {str(one["/BaseFont"]) for one in objects if isinstance(one, dict) and "/BaseFont" in one}


@pytest.mark.costly
@pytest.mark.parametrize("size", SIZES)
def test_it_is_as_large_as_the_image(catalogue: Catalogue, size: str) -> None:
    page = _read(render_pdf(catalogue, "us-28-points", None, Options(size=SIZES[size]))).pages[0]
    width, height = SIZES[size]
    wanted = page_pt(SIZES["print"]) if size == "print" else (width * 0.75, height * 0.75)
    assert (float(page.mediabox.width), float(page.mediabox.height)) == pytest.approx(wanted, abs=0.01)


def test_sizes_for_print_are_as_wide_as_they_say_and_their_text_can_be_read() -> None:
    for name, (size, wide_mm) in PRINTS.items():
        width, height = page_pt(size)
        assert width / 72 * 25.4 == pytest.approx(wide_mm, abs=0.01), name
        assert width / height == pytest.approx(size[0] / size[1], abs=0.001)
        assert 14 * width / size[0] >= 6.9, name  # points
    assert page_pt(PRINTS["a3"][0]) == pytest.approx((1190.55, 841.89), abs=0.7)


def test_it_is_titled_tagged_and_described(catalogue: Catalogue) -> None:
    picture = picture_of("us-28-points", "own", "zh-Hant")
    reader = _read(render_pdf(catalogue, "us-28-points", None, picture.options))
    assert reader.metadata is not None
    assert reader.metadata.title == picture.words.headline
    assert "68/262" in str(reader.metadata.subject)
    assert reader.metadata.creation_date is None
    assert reader.trailer["/Root"]["/MarkInfo"]["/Marked"]  # type: ignore[index]  # a dictionary of the format
    assert str(reader.trailer["/Root"]["/Lang"]) == "zh-TW"  # type: ignore[index]


def test_it_says_that_screen_readers_can_read_it(catalogue: Catalogue) -> None:
    for made in (
        render_pdf(catalogue, "us-28-points", None, Options()),
        render_factsheet(catalogue, "us-28-points", None, Options()),
    ):
        metadata = _read(made).trailer["/Root"]["/Metadata"].get_data()  # type: ignore[index]  # a dictionary of the format
        assert b"<pdfuaid:part>1</pdfuaid:part>" in metadata


def test_words_are_text_also_where_an_svg_would_have_paths(catalogue: Catalogue) -> None:
    assert render_pdf(catalogue, "us-28-points", None, Options(text="paths")) == render_pdf(
        catalogue, "us-28-points", None, Options()
    )


def test_free_text_is_text_and_never_code(catalogue: Catalogue) -> None:
    title = '#panic("x") ] $ \\ " <b> Ґанок'
    reader = _read(render_pdf(catalogue, "us-28-points", None, Options(title=title)))
    assert reader.metadata is not None
    assert reader.metadata.title == title
    assert "".join(title.split()) in _words(reader)


@pytest.mark.slow
def test_the_same_bytes_twice_and_in_another_process(catalogue: Catalogue) -> None:
    first = render_pdf(catalogue, "us-28-points", None, Options(lang="uk"))
    assert render_pdf(catalogue, "us-28-points", None, Options(lang="uk")) == first
    drawn = subprocess.run([sys.executable, "-c", DRAW], cwd=ROOT, capture_output=True, text=True, check=True)
    assert drawn.stdout.strip() == hashlib.sha256(first).hexdigest()


@pytest.mark.sweep(3)
@pytest.mark.slow
@pytest.mark.parametrize("turn", range(len(LANGUAGES)))
@pytest.mark.parametrize("proposal", PROPOSALS)
def test_a_fact_sheet_has_a_few_pages_with_all_that_it_needs(catalogue: Catalogue, proposal: str, turn: int) -> None:
    """Its own date in every language, and another date and theme in each."""
    lang = LANGUAGES[turn]
    other_day = ("first", "latest")[(turn + PROPOSALS.index(proposal)) % 2]
    for day, theme in (("own", "light"), (other_day, THEMES[turn % len(THEMES)])):
        picture = picture_of(proposal, day, lang, theme=theme)
        reader = _read(render_factsheet(catalogue, proposal, picture.requested, picture.options))
        assert 2 <= len(reader.pages) <= 5
        found = _words(reader)
        for words in (picture.words.headline, picture.words.lead, text(lang, "method.heading"), "68/262"):
            assert "".join(words.split()) in found
        for zone in picture.zones:
            if zone["area_km2"] is not None:
                name = property_text(lang, zone, "name")
                assert "".join(name.split()) in found, zone["id"]
        for clause in {zone["clause"] for zone in picture.zones if zone["clause"]}:
            assert "".join(_heading(picture.proposal, clause, lang).split()) in found


def test_no_letter_of_a_fact_sheet_is_below_9_points() -> None:
    template = (ROOT / "webapp/templates/factsheet.typ").read_text()
    assert min(map(float, re.findall(r"size: ([\d.]+)pt", template))) >= 9
    assert 14 * (210 - 2 * 15) / 25.4 * 72 / MAP_SIZE[0] >= 9


@pytest.mark.slow
def test_the_second_page_says_alone_that_nothing_is_in_force(catalogue: Catalogue) -> None:
    for lang in LANGUAGES:
        picture = picture_of("us-28-points", "own", lang)
        second = _read(render_factsheet(catalogue, "us-28-points", None, picture.options)).pages[1].extract_text()
        assert "".join(picture.words.lead.split()) in "".join(second.split())


def test_what_is_open_names_the_zones_that_it_is_said_of(catalogue: Catalogue) -> None:
    parts = left_open("en", read_zones(open_view(unserved(catalogue, language("en")), "ukraine-20-points")))
    subjects = {sentence: part.subject for part in parts for sentence in part.words.split(". ")}
    assert subjects["Shown is what is Russian-held on the control map’s date."] == "Russia would withdraw"
    assert len(subjects) == sum(len(part.words.split(". ")) for part in parts)


@pytest.mark.costly
@pytest.mark.parametrize("proposal", PROPOSALS)
def test_clauses_stand_in_the_order_of_the_proposal(catalogue: Catalogue, proposal: str) -> None:
    picture = picture_of(proposal, "own", "en")
    pages = _read(render_factsheet(catalogue, proposal, None, picture.options)).pages[1:]
    last = "\n".join(page.extract_text() for page in pages)
    named = {zone["clause"] for zone in picture.zones if zone["clause"]}
    clauses = sorted(named, key=lambda name: (int(name[:2].rstrip("abcd")), name))
    places = [last.index("\n" + _heading(picture.proposal, clause, "en") + "\n") for clause in clauses]
    assert places == sorted(places)


def _heading(proposal: Proposal, clause: str, lang: str) -> str:
    """What stands over a clause, or over a point that has none."""
    if any(one.id == clause for one in proposal.clauses):
        return text(lang, "legend.clause", id=clause)
    return text(lang, "legend.point", number=clause)
