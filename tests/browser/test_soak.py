"""Long use: every page, every proposal drawn, and many steps of the slider, without an error or a remainder."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import cycle, islice
from statistics import median
from typing import TYPE_CHECKING, Any

import pytest

from layers.catalogue.model import find_edition, load_catalogue
from layers.proposal.loading import proposal_ids
from tests.browser.opening import ContextOf
from tests.browser.pages import DESK, DRAWN, PAGES, PROPOSAL
from tests.words import LANGUAGES

if TYPE_CHECKING:
    from playwright.sync_api import CDPSession, Page, Response

pytestmark = pytest.mark.slow

STEPS, FAR = 56, 14  # four times there and back over a quarter of the dates
STEP_MS = 150
MOST_GROWTH = 1.1
SLIDER = "[data-dates] input[type=range]"

# How long each step takes, from the key until the frame after the map says that it shows the date.
WATCH = """() => {
  const map = document.querySelector(".folium-map[data-day]");
  let pressed = 0;
  window.steps = [];
  addEventListener("keydown", () => { pressed = performance.now(); }, true);
  new MutationObserver(() => requestAnimationFrame(() => window.steps.push(
    {date: map.dataset.day, ms: performance.now() - pressed}))).observe(map, {attributeFilter: ["data-day"]});
}"""

# How many steps there were, and where the slider is.
PLACE = "slider => [window.steps.length, document.querySelector(slider).value]"


@pytest.fixture
def page(context_of: ContextOf, live_server: str) -> Iterator[Page]:
    """A page in which nothing may go wrong: no error in the console, no failed request."""
    opened = context_of(base_url=live_server).new_page()
    opened.set_viewport_size({"width": DESK[0], "height": DESK[1]})
    wrong: list[str] = []

    def check(answer: Response) -> None:
        if answer.status >= 400:
            wrong.append(f"{answer.status} {answer.url}")

    opened.on("console", lambda message: wrong.append(message.text) if message.type in {"error", "warning"} else None)
    opened.on("pageerror", lambda error: wrong.append(str(error)))
    opened.on(
        "requestfailed",  # what is not there yet is given up where the page is left
        lambda request: None if request.failure == "net::ERR_ABORTED" else wrong.append(request.url),
    )
    opened.on("response", check)
    yield opened
    opened.close()
    assert wrong == []


@pytest.mark.wide
def test_every_page_without_an_error(page: Page) -> None:
    """Languages take turns."""
    names = [name for name, address in PAGES.items() if address.status == 200]
    for lang, name in zip(cycle(LANGUAGES), names, strict=False):
        PAGES[name].open(page, lang)


@pytest.mark.wide
@pytest.mark.parametrize("proposal_id", proposal_ids())
def test_the_map_is_drawn_at_dates_of_every_proposal(page: Page, proposal_id: str) -> None:
    """Every eighth date of one proposal; of the others the first, their own and the newest."""
    proposal = load_catalogue().proposal(proposal_id)
    dates = proposal.control_dates
    assert len(dates) == 57
    some = dates[::8] if proposal_id == PROPOSAL else dates[:1]
    dates = tuple(sorted({*some, find_edition(proposal)[1].as_of, dates[-1]}))
    for day in dates:
        page.goto(f"/en/map/{proposal_id}?as_of={day}")
        page.wait_for_selector(DRAWN)
        shapes = page.locator("[data-zone-shape]")
        shown = set(shapes.evaluate_all("all => all.map(one => one.dataset.zoneShape)"))
        assert shown == set(find_edition(proposal, day)[1].zones), day


@pytest.mark.wide
def test_many_steps_of_the_slider_are_quick_and_leave_nothing_behind(page: Page) -> None:
    PAGES["map"].open(page, "en")
    page.wait_for_selector(".folium-map[data-day]")
    page.evaluate(WATCH)
    page.locator(SLIDER).focus()
    places = int(page.locator(SLIDER).get_attribute("max") or 0)
    there_and_back = ["ArrowLeft"] * places + ["ArrowRight"] * places
    walk(page, there_and_back)
    dates = [step["date"] for step in steps(page)][-places:]
    assert dates == sorted(dates)
    assert set(load_catalogue().proposal(PROPOSAL).control_dates[1:]) <= set(dates)
    devtools = page.context.new_cdp_session(page)
    before = in_use(devtools)
    walk(page, list(islice(cycle(["ArrowLeft"] * FAR + ["ArrowRight"] * FAR), STEPS)))
    taken = [step["ms"] for step in steps(page)]
    assert len(taken) == STEPS
    assert median(taken) < STEP_MS
    after = in_use(devtools)
    assert {name: (before[name], most) for name, most in after.items() if most > before[name] * MOST_GROWTH} == {}


def walk(page: Page, keys: list[str]) -> None:
    """Press keys one after another, each once the one before has taken effect or cannot have any."""
    page.evaluate("window.steps = []")
    for key in keys:
        done, place = page.evaluate(PLACE, SLIDER)
        page.keyboard.press(key)
        if page.evaluate(PLACE, SLIDER)[1] != place:
            page.wait_for_function("done => window.steps.length > done", arg=done, polling=10)


def steps(page: Page) -> list[dict[str, Any]]:
    """The steps so far: the date that was shown, and the milliseconds that it took."""
    taken: list[dict[str, Any]] = page.evaluate("window.steps")
    return taken


def in_use(devtools: CDPSession) -> dict[str, float]:
    """What the page holds after its garbage is gone: bytes of scripts' objects, elements, listeners."""
    devtools.send("Performance.enable")
    for _ in range(3):
        devtools.send("HeapProfiler.collectGarbage")
    metrics = {row["name"]: row["value"] for row in devtools.send("Performance.getMetrics")["metrics"]}
    return {name: metrics[name] for name in ("JSHeapUsedSize", "Nodes", "JSEventListeners")}
