"""The page of images in a real Chromium: keyboard alone, a preview that follows, downloads, and without scripts."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import parse_qsl, urlsplit

import pytest

from tests.browser.kit import DAY, PAGE, PROPOSAL, READY, command_of, open_kit, run_command, wait_for
from tests.browser.opening import ContextOf
from webapp.images.options.options import READERS, SIZES

if TYPE_CHECKING:
    from playwright.sync_api import Page

HOSTILE = "<script>alert(1)</script> \"double\" 'single' & $(more) `so`"
SEEN = "one => getComputedStyle(one).outlineStyle !== 'none' || one.matches('.card input')"
NAMED = """() => { const one = document.activeElement;
  return [one.tagName, one.getAttribute("aria-label") || one.name || one.id || one.textContent.trim()]; }"""


@pytest.fixture
def page(context_of: ContextOf, live_server: str) -> Iterator[Page]:
    """A reader; at the end no page may have had an error or opened a dialogue."""
    opened = context_of(base_url=live_server, permissions=("clipboard-read", "clipboard-write")).new_page()
    opened.set_viewport_size({"width": 1280, "height": 900})
    errors: list[str] = []
    opened.on("pageerror", lambda error: errors.append(str(error)))
    opened.on("dialog", lambda dialogue: errors.append(dialogue.message))
    yield opened
    opened.close()
    assert errors == []


CHANGES = {
    "lang": ("Language of the image", "uk"),
    "theme": ("Colours", "dark"),
    "extent": ("Part of the map", "ukraine"),
    "labels": ("Names on the map", "few"),
    "legend": ("Key", "off"),
    "beside": ("Beside it", "2024-08-01"),
    "template": ("Template", "zoom"),
}
TYPED = {"title": "Title", "subtitle": "Subtitle", "credit": "Your credit"}
PLACED = {"highlight": ("Towns that stand out", "Kramatorsk"), "note": ("Notes on the map", "37.18,48.6:Here")}
TICKED = {
    "transparent": ("Transparent background", "on"),
    "plain": ("Map alone, without words", "on"),
    "inset": ("Inset map", "off"),
    "graticule": ("Grid of degrees", "on"),
    "areas": ("Areas in the legend", "off"),
}


def wait_for_all(page: Page, choices: Mapping[str, tuple[str, str]]) -> None:
    """Wait until the preview has the value of each of some fields."""
    for name, (_, value) in choices.items():
        wait_for(page, name, value)


@pytest.mark.slow
def test_the_preview_follows_every_choice(page: Page) -> None:
    """Several choices at a time, since each preview is drawn; those of before stay."""
    open_kit(page)
    followed = {"size", "zones", "clauses", "text", "scale"}
    page.locator("[name=size][value=square]").check()
    wait_for(page, "size", "square")
    assert page.evaluate("document.getElementById('kit-preview').naturalHeight") == SIZES["square"][1]
    for label, value in CHANGES.values():
        page.get_by_label(label, exact=True).select_option(value)
    wait_for_all(page, CHANGES)
    for label, _ in TICKED.values():
        page.get_by_label(label, exact=True).click()
    wait_for_all(page, TICKED)
    page.get_by_label("Map alone, without words").click()
    for label in TYPED.values():
        page.get_by_role("textbox", name=label, exact=True).fill("Words of ours")
    for label, value in PLACED.values():
        page.get_by_role("textbox", name=label, exact=True).fill(value)
    wait_for(page, "plain", None)
    wait_for_all(page, dict.fromkeys(TYPED, ("", "Words of ours")) | PLACED)
    chosen = {"zones": "crimea", "clauses": "21d"}
    for name, value in chosen.items():
        page.locator(f"[name='{name}[]'][value='{value}']").check()
    page.get_by_label("Text in the SVG").select_option("paths")
    for name, value in (chosen | {"text": "paths"}).items():
        wait_for(page, name, value)
    assert followed | set(CHANGES) | set(TICKED) | set(TYPED) | set(PLACED) == set(READERS)


@pytest.mark.wide
def test_another_day_and_a_size_of_ones_own(page: Page) -> None:
    open_kit(page)
    page.get_by_label("Control on").select_option("2026-08-21")
    page.wait_for_function(f"() => {READY} && document.getElementById('kit-preview').src.includes('/2026-08-21.png')")
    page.locator("[name=size][value=own]").check()
    page.get_by_label("Width").fill("900")
    page.get_by_label("Height").fill("600")
    wait_for(page, "size", "900x600")
    assert page.evaluate("document.getElementById('kit-preview').naturalWidth") == 900
    page.get_by_label("Resolution of the PNG").select_option("2")
    page.get_by_text("PNG: 1800 × 1200 pixels").wait_for()
    kept = dict(parse_qsl(urlsplit(page.url).query))
    assert kept == {"as_of": "2026-08-21", "size": "900x600", "scale": "2"}
    page.reload()
    page.wait_for_function(f"() => {READY}")
    assert command_of(page).endswith("--size 900x600 --scale 2 -o us-28-points_2026-08-21_900x600_en.png")


def test_the_keyboard_alone_changes_and_copies(page: Page) -> None:
    open_kit(page)
    page.evaluate("document.querySelectorAll('details').forEach(one => one.open = false)")
    page.keyboard.press("Tab")
    reached: list[tuple[str, str]] = []
    for _ in range(120):
        tag, name = page.evaluate(NAMED)
        if tag == "BODY":
            break
        reached.append((tag, name))
        assert page.evaluate(f"({SEEN})(document.activeElement)"), name
        if (tag, name) == ("INPUT", "size"):
            page.keyboard.press("ArrowRight")
        elif (tag, name) == ("SELECT", "theme"):
            page.keyboard.press("ArrowDown")
        elif (tag, name) in (("INPUT", "transparent"), ("SUMMARY", "Own words")):
            page.keyboard.press("Space")
        elif (tag, name) == ("INPUT", "title"):
            page.keyboard.type("By keyboard")
        elif (tag, name) == ("BUTTON", "Copy: Credit"):
            page.keyboard.press("Enter")
        page.keyboard.press("Tab")
    names = [name for _, name in reached]
    for name in ("PNG", "SVG", "PDF"):
        assert any(one.endswith(name) for one in names)
    for name in ("size", "as_of", "lang", "theme", "transparent", "plain", "title", "subtitle", "credit", "format"):
        assert names.count(name) == 1, name
    assert len([name for name in names if name.startswith("Copy: ")]) == 6
    wait_for(page, "title", "By keyboard")
    shown = dict(parse_qsl(urlsplit(page.locator("#kit-preview").get_attribute("src") or "").query))
    assert shown == {"size": "square", "theme": "dark", "transparent": "on", "title": "By keyboard"}
    assert page.locator("[data-copy-line]").inner_text() == "Copied: Credit"
    page.locator("#copy-caption").focus()
    assert (
        page.evaluate("navigator.clipboard.readText()")
        == page.get_by_role("textbox", name="Credit", exact=True).input_value()
    )


@pytest.mark.wide
@pytest.mark.parametrize("form", ["svg", "png"])
def test_what_is_downloaded_is_what_the_command_writes(page: Page, tmp_path: Path, form: str) -> None:
    open_kit(page, f"/uk/images/{PROPOSAL}?size=square&labels=few&format={form}")
    page.locator("#title").fill("Own words: «лапки», \"double\" and 'single' & <b>")
    wait_for(page, "title", page.locator("#title").input_value())
    with page.expect_download() as started:
        page.locator(f"[data-file={form}]").click()
    downloaded = Path(started.value.path()).read_bytes()
    run_command(page.locator("#copy-command").input_value(), tmp_path)
    (written,) = tmp_path.iterdir()
    assert written.suffix == f".{form}"
    assert written.read_bytes() == downloaded
    fetched = page.request.get(page.locator("#copy-address").input_value())
    assert fetched.body() == downloaded


@pytest.mark.wide
def test_own_words_are_nowhere_markup(page: Page, tmp_path: Path) -> None:
    open_kit(page)
    page.get_by_role("textbox", name="Title", exact=True).fill(HOSTILE)
    wait_for(page, "title", HOSTILE)
    embed = page.get_by_role("textbox", name="Embed code").input_value()
    page.set_content(embed)
    page.wait_for_function("() => document.images[0].complete && document.images[0].naturalWidth === 1200")
    assert page.evaluate("[...document.body.querySelectorAll('*')].map(one => one.tagName)") == [
        "FIGURE", "IMG", "FIGCAPTION",
    ]  # fmt: skip
    open_kit(page, f"{PAGE}?{urlsplit(page.evaluate('document.images[0].src')).query}&format=svg")
    assert page.locator("#title").input_value() == HOSTILE
    run_command(command_of(page), tmp_path)
    assert [path.name for path in tmp_path.iterdir()] == [f"{PROPOSAL}_{DAY}_en.svg"]


def test_a_refusal_is_told_beside_the_preview_and_goes_again(page: Page) -> None:
    open_kit(page)
    page.locator("[name=size][value=own]").check()
    page.get_by_label("Width").fill("100")
    page.locator("#size-refused", has_text="a side of 100 pixels; from 320 to 4,000 can be drawn").wait_for()
    assert page.get_by_role("alert").is_visible()
    assert page.get_by_label("Width").get_attribute("aria-describedby") == "side-limits size-refused"
    assert page.locator("#kit-files").evaluate("one => one.inert && one.querySelectorAll('a').length > 0")
    page.get_by_label("Width").fill("1000")
    wait_for(page, "size", "1000x675")
    assert not page.get_by_role("alert").is_visible()
    assert page.get_by_label("Width").get_attribute("aria-invalid") is None
    assert not page.locator("#kit-files").evaluate("one => one.inert")


def test_what_only_the_drawing_refuses_is_told_beside_its_field_too(page: Page) -> None:
    open_kit(page)
    page.get_by_role("textbox", name="Notes on the map").fill("10,10:Far away")
    page.locator("#note-refused", has_text="lies outside the map").wait_for()
    assert page.get_by_role("textbox", name="Notes on the map").get_attribute("aria-invalid") == "true"


def test_what_the_service_says_of_an_image_is_told_and_a_busy_one_is_asked_again(page: Page) -> None:
    open_kit(page)
    answers = [
        {"status": 503, "headers": {"Retry-After": "1"}, "json": {"detail": "busy"}},
        {"status": 400, "headers": {"Content-Language": "en"}, "json": {"detail": "legend needs 400 pixels"}},
    ]
    page.route("**/images/us-28-points/*.png?*", lambda route: route.fulfill(**answers.pop(0)))
    page.get_by_label("Colours").select_option("dark")
    page.get_by_text("legend needs 400 pixels").wait_for()
    assert answers == []
    assert page.locator("#kit-preview").is_visible()
    page.unroute("**/images/us-28-points/*.png?*")
    page.get_by_label("Colours").select_option("print")
    wait_for(page, "theme", "print")


def test_whoever_is_in_what_follows_stays_there(page: Page) -> None:
    open_kit(page)
    page.get_by_label("Title", exact=True).fill("Another")
    page.get_by_role("button", name="Copy: Command line").focus()
    wait_for(page, "title", "Another")
    page.keyboard.press("Enter")
    page.get_by_text("Copied: Command line").wait_for()
    assert "--title Another" in page.evaluate("navigator.clipboard.readText()")


def test_without_a_clipboard_the_text_is_selected(page: Page) -> None:
    page.add_init_script("Object.defineProperty(navigator, 'clipboard', { value: undefined })")
    open_kit(page)
    page.get_by_role("button", name="Copy: Alternative text").click()
    page.get_by_text("Selected: Alternative text").wait_for()
    selected = page.evaluate("[document.activeElement.selectionStart, document.activeElement.selectionEnd]")
    assert selected == [0, len(page.get_by_role("textbox", name="Alternative text").input_value())]


def test_the_address_that_is_open_stands_before_what_is_copied(page: Page, live_server: str) -> None:
    open_kit(page)
    for _ in range(2):
        assert (
            page.get_by_role("textbox", name="Address of the image").input_value().startswith(f"{live_server}/images/")
        )
        assert f'<img src="{live_server}/images/' in page.get_by_role("textbox", name="Embed code").input_value()
        page.get_by_label("Colours").select_option("dark")
        wait_for(page, "theme", "dark")
