"""The page of images: a form with every option, and addresses, files and texts that follow from it."""

import json
import shlex
from collections.abc import Mapping
from html import unescape
from pathlib import Path
from urllib.parse import parse_qsl, urlsplit

import pytest
from click.testing import CliRunner
from flask.testing import FlaskClient

from layers.catalogue.model import Catalogue
from tests.webapp.markup import Node, read_html
from tests.words import LANGUAGES, text
from webapp.app import create_app
from webapp.cli import main
from webapp.errors import SetupError
from webapp.images.options.options import LONGEST, READERS, SIZES, read_options, write_options
from webapp.settings import read_settings

PROPOSAL, DAY = "us-28-points", "2025-11-20"
PAGE = f"/en/images/{PROPOSAL}"
HOSTILE = "<script>alert(1)</script> \"double\" 'single' & $(more) `so` \\"

EVERYTHING = {
    "lang": "uk", "size": "square", "scale": "2", "theme": "dark", "zones": "crimea,sevastopol", "clauses": "21d",
    "extent": "donetsk-buffer", "labels": "few", "inset": "off", "graticule": "on", "title": "A title of ours",
    "subtitle": "And more", "credit": "The Paper", "legend": "off", "areas": "off", "transparent": "on", "plain": "on",
    "text": "paths", "template": "pair", "beside": "latest", "highlight": "Kramatorsk", "note": "37.18,48.6:Here",
}  # fmt: skip


def page_of(
    client: FlaskClient, query: Mapping[str, object] | None = None, *, status: int = 200, path: str = PAGE
) -> Node:
    answer = client.get(path, query_string=dict(query or {}))
    assert answer.status_code == status
    return read_html(answer.text)


def field(page: Node, name: str) -> str:
    """What a text to copy says, without the line break that HTML leaves out."""
    (inside,) = page.one("textarea", id=f"copy-{name}").inside
    assert isinstance(inside, str)
    return inside.removeprefix("\n")


def query_of(address: str) -> dict[str, str]:
    return dict(parse_qsl(urlsplit(address).query))


def test_the_form_has_every_option() -> None:
    assert set(EVERYTHING) == set(READERS)


def test_without_choices_all_is_as_the_options_say(client: FlaskClient) -> None:
    page = page_of(client)
    assert page.one("img", id="kit-preview")["src"] == f"/images/{PROPOSAL}/{DAY}.png"
    assert field(page, "command") == f"clausemap image {PROPOSAL} --as-of {DAY} -o {PROPOSAL}_{DAY}_en.png"
    assert page.one("div", class_="kit")["data-state"] == PAGE
    named = {
        node.attributes.get("name", "").rstrip("[]")
        for tag in ("input", "select", "textarea")
        for node in page.all(tag)
    }
    assert named >= set(READERS) | {"as_of", "width", "height", "degrees", "format"}


@pytest.mark.slow
def test_every_choice_is_in_all_that_follows_and_in_the_form(client: FlaskClient) -> None:
    page = page_of(client, {"as_of": "2026-01-15", **EVERYTHING})
    for link in page.all("a", download=""):
        if link["data-file"] != "factsheet":
            assert urlsplit(link["href"]).path == f"/images/{PROPOSAL}/2026-01-15.{link['data-file']}"
            assert query_of(link["href"]) == EVERYTHING
    assert query_of(page.one("a", data_file="factsheet")["href"]) == {"lang": "uk", "theme": "dark"}
    shown = query_of(page.one("img", id="kit-preview")["src"])
    assert shown == {name: value for name, value in EVERYTHING.items() if name != "scale"}
    state = page.one("div", class_="kit")["data-state"]
    assert query_of(state) == EVERYTHING | {"as_of": "2026-01-15"}
    again = client.get(state).text
    assert again == client.get(PAGE, query_string={"as_of": "2026-01-15", **EVERYTHING}).text
    for name in LONGEST:
        assert page.one("input", name=name)["value"] == EVERYTHING[name]
        assert page.one("input", name=name)["maxlength"] == str(LONGEST[name])
    chosen = {node["value"] for node in page.all("option") if "selected" in node.attributes}
    assert chosen == {"2026-01-15", "uk", "dark", "pair", "latest", "donetsk-buffer", "few", "off", "2", "paths", "png"}
    ticked = {(node["name"], node["value"]) for node in page.all("input") if "checked" in node.attributes}
    assert ticked == {
        ("size", "square"), ("transparent", "on"), ("plain", "on"), ("graticule", "on"),
        ("zones[]", "crimea"), ("zones[]", "sevastopol"), ("clauses[]", "21d"),
    }  # fmt: skip


def test_a_form_that_was_sent_is_understood_as_a_browser_sends_it(client: FlaskClient) -> None:
    sent = {
        "size": "own", "width": "500", "height": "900", "extent": "own", "degrees": "30,44,40,50",
        "zones[]": ["crimea", "donetsk-buffer"], "inset": ["off", "on"], "legend": ["off"], "title": "", "scale": "1",
    }  # fmt: skip
    page = page_of(client, sent)
    assert query_of(page.one("a", data_file="svg")["href"]) == {
        "size": "500x900", "zones": "crimea,donetsk-buffer", "extent": "30,44,40,50", "legend": "off",
    }  # fmt: skip
    assert page.one("input", name="degrees")["value"] == "30,44,40,50"
    assert page.one("input", name="width")["value"] == "500"
    assert "checked" in page.one("input", name="size", value="own").attributes


def test_the_command_is_read_as_the_same_options(client: FlaskClient) -> None:
    given = EVERYTHING | {"title": HOSTILE, "extent": "22,44,40,50"}
    command = shlex.split(field(page_of(client, given), "command"))
    parsed = main.commands["image"].make_context("image", command[2:])
    words = {name: value for name, value in parsed.params.items() if name in READERS and value is not None}
    assert read_options(words, LANGUAGES) == read_options(given, LANGUAGES)
    assert parsed.params["as_of"] == DAY


@pytest.mark.parametrize("form", ["png", "svg", "pdf"])
def test_address_command_and_embed_code_are_of_the_form_that_was_chosen(client: FlaskClient, form: str) -> None:
    page = page_of(client, {"format": form, "size": "story", "theme": "print"})
    assert field(page, "address") == f"/images/{PROPOSAL}/{DAY}.{form}?size=story&theme=print"
    assert field(page, "command").endswith(f" -o {PROPOSAL}_{DAY}_story_print_en.{form}")
    image = read_html(field(page, "embed")).one("img")
    assert urlsplit(image["src"]).path.endswith(".svg" if form == "svg" else ".png")
    assert (image["width"], image["height"]) == ("1080", "1920")


@pytest.mark.parametrize("lang", LANGUAGES)
def test_texts_are_in_the_language_of_the_image(client: FlaskClient, lang: str) -> None:
    page = page_of(client, {"lang": lang})
    for name in ("caption", "alt", "credit-line"):
        assert page.one("textarea", id=f"copy-{name}")["lang"] == lang
    embedded = read_html(field(page, "embed")).one("figure")
    assert embedded["lang"] == lang
    assert embedded.one("img")["alt"] == field(page, "alt")
    said = embedded.one("figcaption").words
    for name in ("caption", "credit-line"):
        assert " ".join(field(page, name).split()) in said
    assert page.one("img", id="kit-preview")["alt"] == field(page, "alt")


@pytest.mark.parametrize("lang", LANGUAGES)
def test_an_image_has_the_language_of_the_page_until_another_is_chosen(client: FlaskClient, lang: str) -> None:
    page = page_of(client, path=f"/{lang}/images/{PROPOSAL}")
    expected = {} if lang == "en" else {"lang": lang}
    assert query_of(page.one("a", data_file="png")["href"]) == expected
    assert page.one("div", class_="kit")["data-state"] == f"/{lang}/images/{PROPOSAL}"
    other = page_of(client, {"lang": "en"}, path=f"/{lang}/images/{PROPOSAL}")
    assert query_of(other.one("a", data_file="png")["href"]) == {}
    assert query_of(other.one("div", class_="kit")["data-state"]) == ({} if lang == "en" else {"lang": "en"})
    switch = other.one("nav", class_="languages").all("a")
    assert all(query_of(link["href"]) == query_of(other.one("div", class_="kit")["data-state"]) for link in switch)


def test_own_words_are_nowhere_markup(client: FlaskClient) -> None:
    page = page_of(client, {"title": HOSTILE, "credit": HOSTILE, "subtitle": HOSTILE, "format": "svg"})
    assert [script["src"].split("?")[0] for script in page.all("script")] == ["/static/kit.js"]
    assert page.one("input", name="title")["value"] == HOSTILE
    assert HOSTILE in shlex.split(field(page, "command"))
    embed = field(page, "embed")
    assert "<script" not in embed
    tree = read_html(embed)
    assert [node.tag for node in tree.walk()] == ["figure", "img", "figcaption"]
    assert query_of(unescape(tree.one("img")["src"]))["title"] == HOSTILE


@pytest.mark.parametrize(
    ("given", "words"),
    [
        ({"size": "own"}, "Shape: there is no “x”"),
        ({"size": "5000x500"}, "a side of 5,000 pixels; from 320 to 4,000"),
        ({"title": "x" * 121}, "at most 120 fit"),
        ({"theme": "pink"}, "There are: Light, Dark, Greyscale with hatching."),
        ({"size": "4000x4000", "scale": "4"}, "32 megapixels"),
        ({"note": "10,10:Far away"}, "“Far away” lies outside the map"),
    ],
)
def test_what_cannot_be_read_is_told_on_the_page_which_keeps_the_choices(
    client: FlaskClient, given: dict[str, str], words: str
) -> None:
    page = page_of(client, {"labels": "few", **given}, status=400)
    told = page.one("p", id="kit-problem")
    assert "hidden" not in told.attributes
    assert text("en", "kit.problem") in told.words
    assert words in told.words
    assert page.all("img", id="kit-preview") == []
    assert query_of(page.one("div", class_="kit")["data-state"])["labels"] == "few"
    assert "hidden" in page_of(client).one("p", id="kit-problem").attributes


def test_zones_that_the_day_has_not_can_be_taken_away(client: FlaskClient) -> None:
    page = page_of(client, {"zones": "crimea,nowhere"}, status=400)
    assert "nowhere" in page.one("p", id="kit-problem").words
    assert "checked" in page.one("input", name="zones[]", value="nowhere").attributes


def test_files_that_are_linked_are_there(client: FlaskClient) -> None:
    page = page_of(client, {"lang": "uk", "labels": "few"})
    for name in ("svg", "png"):
        assert client.head(page.one("a", data_file=name)["href"]).status_code == 200


def test_the_base_address_stands_before_what_is_copied(catalogue: Catalogue, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CLAUSEMAP_BASE_URL", "https://maps.example.org/of")
    client = create_app(catalogue).test_client()
    page = read_html(client.get(PAGE, headers={"Host": "evil.example"}).text)
    address = f"https://maps.example.org/of/images/{PROPOSAL}/{DAY}.png"
    assert field(page, "address") == address
    assert read_html(field(page, "embed")).one("img")["src"] == address
    assert page.one("img", id="kit-preview")["src"].startswith("/of/images/")


def test_no_address_is_taken_from_the_host_of_a_request(client: FlaskClient) -> None:
    assert "evil.example" not in client.get(PAGE, headers={"Host": "evil.example"}).text


@pytest.mark.parametrize("url", ["", "https://maps.example.org", "http://127.0.0.1:8000", "https://example.org/a/b"])
def test_a_base_address_is_read(url: str) -> None:
    assert read_settings({"CLAUSEMAP_BASE_URL": url}).base_url == url


@pytest.mark.parametrize(
    "url", ["maps.example.org", "https://maps.example.org/", "ftp://x", "https://", "https://x/?a", 'https://x/">']
)
def test_a_base_address_that_is_none_is_refused(url: str) -> None:
    with pytest.raises(SetupError, match="CLAUSEMAP_BASE_URL"):
        read_settings({"CLAUSEMAP_BASE_URL": url})


@pytest.mark.parametrize("size", SIZES)
def test_every_preset_can_be_chosen(client: FlaskClient, size: str) -> None:
    page = page_of(client, {"size": size})
    image = page.one("img", id="kit-preview")
    assert (int(image["width"]), int(image["height"])) == SIZES[size]
    assert query_of(image["src"]) == write_options(read_options({"size": size}, LANGUAGES))


@pytest.mark.slow
def test_the_record_of_the_command_line_says_what_the_page_says(client: FlaskClient, tmp_path: Path) -> None:
    page = page_of(client, {"lang": "zh-Hant", "size": "square", "title": "自訂標題"})
    command = shlex.split(field(page, "command"))[1:-1]
    path = tmp_path / "a.json"
    assert CliRunner().invoke(main, [*command, str(path)]).exit_code == 0
    record = json.loads(path.read_bytes())
    assert record["url"] == page.one("a", data_file="png")["href"]
    assert (record["alt"], record["caption"]) == (field(page, "alt"), field(page, "caption"))
    assert record["credit"] == field(page, "credit-line")
