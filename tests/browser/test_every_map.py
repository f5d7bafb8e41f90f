"""Every map at every size and in every language: all zones in view, key and dates in the window, labels in place.

Languages take turns from size to size, and from proposal to proposal, so that every two of the three meet. Each is
opened in one size and resized to others, which gives the same map, as a test of its own shows.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

import pytest

from layers.catalogue.model import load_catalogue
from tests.browser.opening import DRAWN, NARROW, PHONE, TABLET, Opener, edition, shown_zones
from tests.browser.test_first_screen import check_embed, check_screen
from tests.browser.test_framing import check_first_view
from tests.browser.test_labels import LABELS, check_labels, move_to
from tests.cases import case
from tests.words import LANGUAGES
from webapp.jobs.editions import open_catalogue
from webapp.sharing.cards import embed_height

if TYPE_CHECKING:
    from playwright.sync_api import Page

pytestmark = pytest.mark.slow

Size = tuple[int, int]

PROPOSALS = tuple(load_catalogue().proposals)
SIZES = (NARROW, (360, 740), PHONE, TABLET, (844, 390), (1280, 800), (1920, 1080))
HIGH_FRAMES = ((320, 640), (600, 640), (800, 640))
FRAMES = (*HIGH_FRAMES, (320, 480), (600, 480), (844, 390), (1280, 800))  # not all parts need be in a low one
OEMBED_WIDTHS, LOW_PX = (240, 300, 320, 360, 401, 577, 705, 800), 320
DRAWN_AGAIN = "() => new Promise(seen => requestAnimationFrame(() => requestAnimationFrame(() => seen(true))))"
FITTED = """() => {
  const map = clausemap.theMap(), { clientWidth, clientHeight } = map.getContainer();
  return map.getSize().equals([clientWidth, clientHeight]);
}"""


def resize(page: Page, size: Size) -> None:
    """Give the window a size and wait until the map has its own."""
    page.set_viewport_size({"width": size[0], "height": size[1]})
    page.evaluate(DRAWN_AGAIN)
    page.wait_for_function(FITTED)
    page.evaluate(DRAWN_AGAIN)


# Labels whose letters overlap, and clauses that neither a label nor the key names.
AMISS = """() => {
  const { state } = clausemap;
  const texts = [...document.querySelectorAll(".map-labels text")].map((text) => [text, text.getBoundingClientRect()]);
  const inked = ({ left, top, right, bottom }) => [left, top + 4, right, bottom - 4];
  const meet = ([a, b, c, d], [e, f, g, h]) => a < g && e < c && b < h && f < d;
  const over = (box, at) => texts.slice(at + 1).filter(([, other]) => meet(inked(box), inked(other)));
  const pairs = texts.flatMap(([one, box], at) => over(box, at)
    .map(([other]) => `${one.textContent}/${other.textContent}`));
  const shown = [...document.querySelectorAll("[data-key]:not([hidden])")];
  const keys = shown.flatMap((entry) => entry.dataset.of.split(" "));
  const labels = texts.map(([text]) => text.dataset.labelFor);
  const named = new Set([...keys, ...labels].map((id) => state.zones.get(id)?.words.clause));
  const areas = [...state.zones.values()].filter(({ feature }) => feature.properties.partition);
  const clauses = areas.map(({ words }) => words.clause);
  return [pairs, [...new Set(clauses)].filter((clause) => clause && !named.has(clause))];
}"""
PLACES = """() => Object.fromEntries([...document.querySelectorAll(".map-labels .zone[data-label-for]")].map((text) => {
  const frame = clausemap.theMap().getContainer().getBoundingClientRect();
  const { left, top } = text.getBoundingClientRect();
  return [text.dataset.labelFor, [left - frame.left, top - frame.top]];
}))"""


@pytest.mark.wide
@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("proposal", PROPOSALS)
@pytest.mark.parametrize(
    ("path", "sizes"), [("/{}/map/{}", SIZES), ("/embed/{}/{}", HIGH_FRAMES)], ids=["page", "frame"]
)
def test_labels_hold_on_several_days_at_every_size(
    open_page: Opener, path: str, sizes: Sequence[Size], proposal: str, lang: str
) -> None:
    page = open_page(path.format(lang, proposal), sizes[0])
    dates = open_catalogue().proposal(proposal).dates
    for size in sizes:
        resize(page, size)
        kept: dict[str, list[float]] = {}
        for day in (dates[0], edition(proposal).as_of, dates[len(dates) // 2], dates[-1]):
            move_to(page, day)
            with case(size, day):
                check_labels(page, size[0])
                assert page.evaluate(AMISS) == [[], []]
                for zone, place in page.evaluate(PLACES).items():
                    assert place == pytest.approx(kept.setdefault(zone, place), abs=1), zone


def look_through(page: Page, address: str, sizes: Sequence[Size], check: Callable[[Page, Size], None]) -> None:
    """Open a map at the first of some sizes, and check what is there in it and in the others."""
    page.set_viewport_size({"width": sizes[0][0], "height": sizes[0][1]})
    page.goto(address)
    page.wait_for_selector(DRAWN)
    for size in sizes:
        resize(page, size)
        with case(address, size):
            check_first_view(page)
            check_labels(page, size[0])
            check(page, size)


@pytest.mark.sweep(1)
@pytest.mark.parametrize("proposal", PROPOSALS)
def test_a_page_holds_at_every_size(open_page: Opener, live_server: str, proposal: str) -> None:
    page = open_page("/healthz", drawn=False)
    for turn, lang in enumerate(LANGUAGES, PROPOSALS.index(proposal)):
        look_through(page, f"{live_server}/{lang}/map/{proposal}", in_turn(SIZES, turn), check_screen)
        with case(lang):
            assert shown_zones(page) == set(edition(proposal).zones)
            assert page.evaluate("document.documentElement.lang") == lang


@pytest.mark.sweep(1)
@pytest.mark.parametrize("proposal", PROPOSALS)
def test_a_frame_of_another_site_holds_at_every_size(open_page: Opener, live_server: str, proposal: str) -> None:
    page = open_page("/healthz", drawn=False)
    for turn, lang in enumerate(LANGUAGES, PROPOSALS.index(proposal)):
        look_through(page, f"{live_server}/embed/{lang}/{proposal}", in_turn(FRAMES, turn), check_frame)


def in_turn(sizes: Sequence[Size], turn: int) -> Sequence[Size]:
    """The sizes that are a language's."""
    return sizes[turn % len(LANGUAGES) :: len(LANGUAGES)]


@pytest.mark.sweep(1)
@pytest.mark.parametrize("proposal", PROPOSALS)
def test_the_height_that_oembed_promises_is_enough(open_page: Opener, live_server: str, proposal: str) -> None:
    page = open_page("/healthz", drawn=False)
    for lang in LANGUAGES:
        page.goto(f"{live_server}/embed/{lang}/{proposal}")
        for width in OEMBED_WIDTHS:
            page.set_viewport_size({"width": width, "height": LOW_PX})
            page.evaluate(DRAWN_AGAIN)
            with case(lang, width):
                assert LOW_PX < page.evaluate("document.body.scrollHeight") <= embed_height(width)


def check_frame(page: Page, size: Size) -> None:
    if size in HIGH_FRAMES:
        check_embed(page, size[1])


@pytest.mark.wide
def test_a_resized_page_is_as_one_opened_at_that_size(open_page: Opener) -> None:
    page = open_page(f"/en/map/{PROPOSALS[0]}", SIZES[0])
    for size in SIZES:
        page.set_viewport_size({"width": size[0], "height": size[1]})
        page.reload()
        page.wait_for_selector(DRAWN)
        opened = page.evaluate(LABELS)
        resize(page, (1000, 700))
        resize(page, size)
        with case(size):
            assert page.evaluate(LABELS) == opened
