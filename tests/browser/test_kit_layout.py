"""The page of images without scripts, on a phone, in three languages and under another control map."""

from __future__ import annotations

from urllib.parse import parse_qsl, urlsplit

import pytest

from tests.browser.kit import PAGE, PROPOSAL, command_of, open_kit, wait_for
from tests.browser.opening import ContextOf
from tests.made_workspace import ONE
from tests.words import LANGUAGES, text


def test_without_scripts_the_form_shows_the_image(context_of: ContextOf, live_server: str) -> None:
    page = context_of(java_script_enabled=False, base_url=live_server).new_page()
    page.goto(PAGE)
    page.locator("[name=size][value=square]").check()
    page.get_by_label("Colours").select_option("dark")
    page.locator("summary", has_text="Map").click()
    page.get_by_label("Inset map").uncheck()
    page.get_by_role("button", name="Show").click()
    image = page.locator("#kit-preview")
    assert dict(parse_qsl(urlsplit(image.get_attribute("src") or "").query)) == {
        "size": "square", "theme": "dark", "inset": "off",
    }  # fmt: skip
    assert page.get_by_label("Colours").input_value() == "dark"
    assert not page.get_by_label("Inset map").is_checked()
    assert "--size square --theme dark --inset off" in command_of(page)
    page.close()


@pytest.mark.wide
@pytest.mark.parametrize("lang", LANGUAGES)
def test_nothing_scrolls_sideways_and_the_preview_stays_in_sight(
    context_of: ContextOf, live_server: str, lang: str
) -> None:
    page = context_of(base_url=live_server).new_page()
    page.set_viewport_size({"width": 390, "height": 844})
    open_kit(page, f"/{lang}/images/{PROPOSAL}?size=story&extent=own&degrees=30,44,40,50")
    for width in (390, 1280):
        page.set_viewport_size({"width": width, "height": 844})
        assert page.evaluate("document.documentElement.scrollWidth") == width
        preview, form = page.locator("#kit-preview").bounding_box(), page.locator("#kit-form").bounding_box()
        assert preview
        assert form
        if width == 390:
            assert preview["y"] + preview["height"] < form["y"]
        else:
            assert preview["x"] + preview["width"] < form["x"]
    page.locator(".ticks").last.scroll_into_view_if_needed()
    moved = page.locator("#kit-preview").bounding_box()
    assert moved
    assert 0 <= moved["y"] < moved["y"] + moved["height"] <= 844
    for label in (text(lang, "kit.theme"), text(lang, "kit.lang"), text(lang, "kit.title")):
        assert page.get_by_label(label, exact=True).count() == 1
    page.close()


@pytest.mark.wide
def test_another_control_map_is_kept_in_all_that_follows(context_of: ContextOf, workspace_server: str) -> None:
    page = context_of(base_url=workspace_server).new_page()
    open_kit(page, f"{PAGE}?as_of=2025-11-18&control={ONE}")
    page.get_by_label("Colours").select_option("dark")
    wait_for(page, "theme", "dark")
    wait_for(page, "control", ONE)
    for name in ("png", "svg", "pdf", "factsheet", "txt", "json"):
        assert f"control={ONE}" in (page.locator(f"[data-file={name}]").get_attribute("href") or "")
    assert f"--control {ONE}" in command_of(page)
    assert f"control={ONE}" in page.url
    assert page.get_by_label("according to").input_value() == ONE
    page.close()
