"""Signs that images cannot show: one response in every form, and left out of words that come from files."""

import io
import json
import re
from dataclasses import replace
from datetime import date
from html import unescape
from pathlib import Path

import pytest
from click.testing import CliRunner
from flask.testing import FlaskClient
from pypdf import PdfReader

from layers.catalogue.model import Catalogue, Control
from layers.proposal.starting import starting_file
from tests.words import LANGUAGES, control_name
from webapp.cli import main
from webapp.errors import LimitError
from webapp.images import render_png, render_svg
from webapp.images.description.description import describe
from webapp.images.options.options import LONGEST, Options, read_options
from webapp.images.output.factsheet import render_factsheet
from webapp.images.output.pdf import render_pdf
from webapp.images.output.typst import typeset
from webapp.setup.stress import stressed_letters
from webapp.text.control_maps import outlines_name
from webapp.typography.fonts import WEIGHTS, typeface
from webapp.typography.signs import drawable, missing_signs

PROPOSAL, DAY = "us-28-points", "2025-11-20"
FORMS = ("svg", "png", "pdf", "txt", "json", "json?format=svg", "json?format=pdf")
STRESSED = "За\u0301мок, ї\u0301жа, Є\u0301вген"
FITTING = f"{STRESSED} и\u0306 (й) n\u0300 m\u0301 s\u0323 за\u00adмок\u200b №5"
REFUSED = (
    "q\u0303",  # a letter and a mark that the fonts have, but not together
    "а\u0301\u0301",
    "\u0301а",
    "1\u20dd",
    "а\u0483",
    "❤\ufe0f",
    "1\ufe0f\u20e3",
    "🇺🇦",
    "👩\u200d🌾",
    "a\u200db",
    "a\u200cb",
    "a\u200fb",
    "a\u202eb",
    "a\ufeffb",
    "a\u2060b",
    "שלום",
    "क्ष",
    "ก็",
    "x\U000e0100",
    "か\u3099\u3099",
    "\ue000",
)


def _address(form: str) -> str:
    return f"/images/{PROPOSAL}/{DAY}.{form.partition('?')[0]}"


@pytest.mark.parametrize("words", REFUSED, ids=ascii)
def test_a_title_is_refused_alike_in_every_form(client: FlaskClient, words: str) -> None:
    responses = [client.get(_address(form), query_string=_query(form, words)) for form in FORMS]
    assert {response.status_code for response in responses} == {400}
    assert len({response.json["detail"] for response in responses}) == 1  # type: ignore[index]
    assert "title: the fonts of the images have no " in str(responses[0].json["detail"])  # type: ignore[index]


def _query(form: str, words: str) -> dict[str, str]:
    named = form.partition("format=")[2]
    return {"title": words, **({"format": named} if named else {})}


@pytest.mark.parametrize("form", FORMS)
def test_a_stressed_title_is_drawn_in_every_form(client: FlaskClient, form: str) -> None:
    response = client.get(_address(form), query_string=_query(form, FITTING))
    assert response.status_code == 200
    if form == "pdf":
        assert STRESSED in PdfReader(io.BytesIO(response.data)).pages[0].extract_text()


@pytest.mark.parametrize("name", LONGEST)
def test_refusing_a_sign_costs_no_drawing_and_no_catalogue(name: str) -> None:
    with pytest.raises(LimitError, match="U\\+1F1FA") as refused:
        read_options({name: "карта 🇺🇦"}, LANGUAGES)
    assert refused.value.reason == "glyphs"


def test_many_signs_are_not_all_listed() -> None:
    with pytest.raises(LimitError) as refused:
        read_options({"title": "".join(chr(0x5D0 + number) for number in range(26))}, LANGUAGES)
    assert str(refused.value).count("U+") == 8


@pytest.mark.parametrize("ending", ["svg", "png", "pdf", "txt", "json"])
def test_the_command_refuses_alike(tmp_path: Path, ending: str) -> None:
    path = tmp_path / f"x.{ending}"
    result = CliRunner().invoke(main, ["image", PROPOSAL, "-o", str(path), "--title", "q\u0303"])
    assert result.exit_code == 1
    assert result.stderr == (
        "clausemap: title: the fonts of the images have no 'q\u0303' (U+0071 U+0303); write it without\n"
    )
    assert not path.exists()


@pytest.mark.parametrize("weight", WEIGHTS)
def test_the_table_of_signs_holds_for_both_weights(weight: int) -> None:
    assert typeface(weight).advances.keys() == typeface().advances.keys()
    assert typeface(weight).clusters == set(stressed_letters())


@pytest.mark.parametrize("weight", WEIGHTS)
def test_every_stressed_letter_is_a_letter_of_a_pdf(weight: int) -> None:
    words = " ".join(stressed_letters())
    assert missing_signs(words) == []
    assert "".join(_typeset(words, weight).split()) == "".join(words.split())


@pytest.mark.slow
@pytest.mark.parametrize("weight", WEIGHTS)
def test_every_sign_that_is_not_refused_can_be_typeset(weight: int) -> None:
    signs = [sign for code in typeface().advances if not missing_signs(sign := chr(code)) and sign.isprintable()]
    for first in range(0, len(signs), 500):
        words = " ".join(signs[first : first + 500])
        assert _typeset(words, weight)


def _typeset(words: str, weight: int) -> str:
    """What is read out of a PDF of an SVG with a line of words."""
    escaped = words.replace("&", "&amp;").replace("<", "&lt;")
    svg = (
        '<svg xmlns="http://www.w3.org/2000/svg" width="9000" height="60" font-family="Noto Sans">'
        f'<text x="9" y="40" font-size="12" font-weight="{weight}">{escaped}</text></svg>'
    )
    given = {"title": "x", "alt": "x", "statement": "x", "software": "x", "width": 9000, "height": 60}
    made = typeset("image.typ", {"svg": svg, **given, "lang": "uk", "region": "UA"})
    return PdfReader(io.BytesIO(made)).pages[0].extract_text()


@pytest.mark.parametrize(
    ("words", "shown"),
    [
        ("карта 🇺🇦.geojson", "карта.geojson"),
        ("інша (🕊) карта", "інша () карта"),
        ("x\u0303y", "xy"),
        ("за\u0301мок", "за\u0301мок"),
        ("и\u0306", "й"),
        ("a\x1bb", "ab"),
        ("מפה", ""),
        ("two  spaces\nand a line", "two  spaces\nand a line"),
    ],
)
def test_words_from_files_are_shown_without_what_cannot_be(words: str, shown: str) -> None:
    assert drawable(words) == shown


@pytest.fixture(scope="module")
def odd(catalogue: Catalogue) -> Catalogue:
    """A catalogue whose words come from people: names of files, a proposal's own texts."""
    proposal = catalogue.proposal(PROPOSAL)
    odd = "🕊\u200d q\u0303"
    texts = {key: {tag: f"{words} {odd}" for tag, words in one.items()} for key, one in proposal.texts.items()}
    return replace(
        catalogue,
        control=Control("karta", "карта 🇺🇦 за\u0301мку.geojson", 1, ("додано 👩\u200d🌾.kml",)),
        boundary_source="межі \x1b🗺\ufe0f.geojson (sha256 0123456789ab)",
        proposals={**catalogue.proposals, PROPOSAL: replace(proposal, texts=texts)},
    )


@pytest.mark.slow
@pytest.mark.parametrize("lang", LANGUAGES)
def test_names_of_files_are_the_same_in_images_and_texts(odd: Catalogue, lang: str) -> None:
    svg = render_svg(odd, PROPOSAL, DAY, Options(lang=lang, size=(1123, 1400)))
    words = unescape(" ".join(re.findall(r">([^<>]+)<", svg)))
    assert missing_signs(words) == []
    assert "карта за\u0301мку.geojson" in control_name(lang, odd.control)
    assert outlines_name(odd) == "межі.geojson"
    proposal = odd.proposal(PROPOSAL)
    edition = proposal.editions[DAY]
    described = describe(odd, proposal, DAY, edition, Options(lang=lang))
    assert "карта за\u0301мку.geojson" in described.credit
    assert missing_signs(described.credit) == []


@pytest.mark.slow
@pytest.mark.parametrize("text", ["live", "paths"])
def test_words_of_people_break_no_image(odd: Catalogue, text: str) -> None:
    options = Options(lang="uk", size=(1123, 1400), text=text)
    assert render_png(odd, PROPOSAL, DAY, options).startswith(b"\x89PNG")
    assert render_pdf(odd, PROPOSAL, DAY, options).startswith(b"%PDF")


@pytest.mark.slow
def test_words_of_people_break_no_fact_sheet(odd: Catalogue) -> None:
    read = PdfReader(io.BytesIO(render_factsheet(odd, PROPOSAL, DAY, Options(lang="uk"))))
    assert "карта за\u0301мку.geojson" in " ".join(page.extract_text() for page in read.pages)


def test_a_name_of_which_nothing_is_left_is_the_id_of_the_map() -> None:
    assert control_name("en", Control("control-1a2b3c", "מפה", 1)) == "control-1a2b3c"


def test_a_proposal_is_refused_with_the_key_of_each_text(tmp_path: Path) -> None:
    path = tmp_path / "my-plan.toml"
    text = starting_file("my-plan", date(2025, 11, 20)).decode()
    assert '"Title of the proposal"' in text
    path.write_text(text.replace('"Title of the proposal"', '"The 🕊 pla\u0303n q\u0303"'), "utf-8")
    result = CliRunner().invoke(main, ["proposals", "check", str(path)])
    assert result.exit_code == 1
    assert result.stdout == (
        "title.en: the fonts of the images have no '🕊' (U+1F54A), 'q\u0303' (U+0071 U+0303); write it without\n"
    )


def test_a_stressed_proposal_passes(tmp_path: Path) -> None:
    path = tmp_path / "my-plan.toml"
    text = starting_file("my-plan", date(2025, 11, 20)).decode()
    path.write_text(text.replace('"Title of the proposal"', json.dumps(STRESSED, ensure_ascii=False)), "utf-8")
    assert CliRunner().invoke(main, ["proposals", "check", str(path)]).exit_code == 0
