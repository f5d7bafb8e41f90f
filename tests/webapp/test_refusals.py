"""What cannot be drawn is told in the reader's language, with its limit: on the page of images and to its script."""

import ast
import re
from urllib.parse import urlencode

import pytest
from flask.testing import FlaskClient

from tests.webapp.markup import read_html
from tests.words import LANGUAGES, number_text, refusal_text, text, texts
from webapp.errors import LimitError
from webapp.setup import ROOT

PROPOSAL = "us-28-points"
OTHERS = [lang for lang in LANGUAGES if lang != "en"]

# What is given, the number or word that a reader needs to mend it, and whether only the drawing finds out.
REFUSED = [
    ({"size": "5000x500"}, 4000),
    ({"size": "4000x4000", "scale": "4"}, 32),
    ({"scale": "9"}, 4),
    ({"title": "x" * 121}, 120),
    ({"title": "a\x07b"}, "U+0007"),
    ({"subtitle": "\u0e01"}, "U+0E01"),
    ({"extent": "1,2,3,x"}, "1,2,3,x"),
    ({"extent": "35,48,34,49"}, "35,48,34,49"),
    ({"extent": "0,48,1,49"}, "0,48,1,49"),
    ({"extent": "35,48,35.1,48.1"}, 20),
    ({"size": "320x320", "title": "x" * 100}, 320),
    ({"theme": "pink"}, "pink"),
    ({"zones": "nowhere"}, "nowhere"),
    ({"clauses": "99"}, "99"),
    ({"extent": "nowhere"}, "nowhere"),
    ({"legend": "perhaps"}, "perhaps"),
    ({"size": "vast"}, "vast"),
]  # fmt: skip


def _english(words: str) -> list[str]:
    """Words of English: Latin ones of four letters and more that are no value, name or address."""
    plain = re.sub(r"x{4,}|nowhere|perhaps|pink|vast|OpenStreetMap|GeoJSON", "", words)
    return re.findall(r"[A-Za-z]{4,}", plain)


@pytest.mark.sweep(12)
@pytest.mark.parametrize("lang", OTHERS)
@pytest.mark.parametrize(("given", "needed"), REFUSED)
def test_a_refusal_is_told_in_the_language_of_the_page(
    client: FlaskClient, given: dict[str, str], needed: int | str, lang: str
) -> None:
    page = client.get(f"/{lang}/images/{PROPOSAL}?{urlencode(given)}")
    image = client.get(f"/images/{PROPOSAL}/latest.svg?{urlencode(given)}", headers={"Accept-Language": lang})
    shown = read_html(page.text).one("p", id="kit-problem").one("span").words
    assert (image.status_code, image.headers["Content-Language"]) == (400, lang)
    told = image.get_json()
    detail = told["detail"]
    for one in sorted(told.get("known", ()), key=len, reverse=True):
        detail = detail.replace(one, "")  # programs are told what can be written
    for words in (shown, detail) if page.status_code == 400 else (detail,):
        assert (needed if isinstance(needed, str) else number_text(lang, needed)) in words.replace(" ", "\u00a0")
        assert _english(words) == []


@pytest.mark.parametrize(("given", "needed"), REFUSED)
def test_programs_are_told_in_english(client: FlaskClient, given: dict[str, str], needed: int | str) -> None:
    answer = client.get(f"/images/{PROPOSAL}/latest.svg?{urlencode(given)}")
    assert (answer.status_code, answer.headers["Content-Language"]) == (400, "en")
    assert str(needed) in answer.get_json()["detail"]


@pytest.mark.parametrize("extent", ["nowhere", "1,2,3,x", "35,48,34,49", "nan,44,40,52", "1e400,44,40,52", ",,,"])
def test_an_extent_is_refused_alike_in_every_form(client: FlaskClient, extent: str) -> None:
    stem = f"/images/{PROPOSAL}/latest"
    text_file, *others = (client.get(f"{stem}.{form}?extent={extent}") for form in ("txt", "svg", "json"))
    assert text_file.status_code == 400
    assert {other.data for other in others} == {text_file.data}


@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_zone_that_the_day_has_not_is_answered_with_the_names_of_those_that_it_has(
    client: FlaskClient, lang: str
) -> None:
    page = read_html(client.get(f"/{lang}/images/{PROPOSAL}?zones=nowhere").text)
    ticks = {box["value"]: label.words for label in page.all("label", class_="tick") for box in label.all("input")}
    assert ticks["donetsk-buffer"] in page.one("p", id="kit-problem").words


def test_every_reason_that_the_code_gives_has_its_text() -> None:
    given = set()
    for path in (ROOT / "webapp").rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if not isinstance(node, ast.Call) or not isinstance(node.func, ast.Name):
                continue
            if node.func.id in {"LengthError", "LimitError", "PanelError"}:
                reasons = [one for one in ast.walk(node.args[1]) if isinstance(one, ast.Constant)]
                given |= {one.value for one in reasons if isinstance(one.value, str)}
    assert len(given) > 10
    written = {key.split(".")[1] for key in texts("en") if key.startswith("refusal.")}
    assert given <= written
    assert {one for one in written - given if not one.startswith(("without_", "switch_"))} == {
        "unknown",
        "option",
        "beside",
    }


@pytest.mark.parametrize(("count", "noun"), [(301, "піксель"), (302, "пікселі"), (305, "пікселів")])
def test_a_refusal_has_the_noun_of_its_number(count: int, noun: str) -> None:
    error = LimitError("too small", "side", size="x", count=count, least=320, most=4000)
    assert f"{count} {noun};" in str(refusal_text("uk", error, {}))


def test_other_errors_are_none_of_these() -> None:
    assert refusal_text("uk", OSError("gone"), {}) is None  # type: ignore[arg-type]
    assert text("uk", "refusal.option")


AT_FIELD = [
    ({"size": "own", "width": "100", "height": "600"}, "size", "width"),
    ({"title": "x" * 121}, "title", "title"),
    ({"theme": "pink"}, "theme", "theme"),
    ({"zones": "nowhere"}, "zones", "kit-zones"),
    ({"extent": "own", "degrees": "1,2,3,x"}, "extent", "degrees"),
    ({"highlight": "Kramatosk"}, "highlight", "highlight"),
    ({"note": "Here"}, "note", "note"),
    ({"template": "pair", "beside": "2001-01-01"}, "beside", "beside"),
    ({"graticule": "perhaps"}, "graticule", ""),
]


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize(("given", "option", "field"), AT_FIELD, ids=[one[1] for one in AT_FIELD])
def test_a_refusal_stands_beside_its_field(
    client: FlaskClient, given: dict[str, str], option: str, field: str, lang: str
) -> None:
    answer = client.get(f"/{lang}/images/{PROPOSAL}?{urlencode(given)}")
    page = read_html(answer.text)
    assert answer.status_code == 400
    told = page.one("span", id=f"{option}-refused").words
    assert told == page.one("p", id="kit-problem").one("span").words
    assert lang == "en" or not _english(re.sub(r"Kram\w+|Kamian\w+|Kras\w+|Brat\w+|Here", "", told))
    wrong = [node for node in page.walk() if node.attributes.get("aria-invalid") == "true"]
    assert f"{option}-refused" in wrong[0]["aria-describedby"].split()
    assert not field or field in [node.attributes.get("id") for node in wrong]
    assert not page.all("a", download="")  # the buttons wait


def test_an_option_that_there_is_not_is_refused_on_the_page_too(client: FlaskClient) -> None:
    answer = client.get(f"/en/images/{PROPOSAL}?tittle=x")
    assert answer.status_code == 400
    assert "there is no “tittle”. There are: lang, template" in read_html(answer.text).one("p", id="kit-problem").words
    told = client.get(f"/images/{PROPOSAL}/latest.svg?note=10,10:x").get_json()
    assert (told["option"], told["status"]) == ("note", 400)
