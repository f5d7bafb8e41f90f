"""What a page says of its day and of the maps behind it; and that only a page with a map speaks of "this map"."""

import re

import pytest
from flask.testing import FlaskClient

from layers.catalogue.model import Catalogue, find_edition
from tests.webapp.markup import read_html
from tests.words import LANGUAGES, date_text, map_name, text

PAGES = ("map", "areas", "points")
WITHOUT_MAP = ("areas", "points", "images")
CHARTS = "timeline/us-28-points"  # names of zones are those of the areas, and to measure all dates of all takes long
THIS_MAP = {
    "en": re.compile(r"\bthis map\b|\bthe map (?:above|below)\b", re.IGNORECASE),
    "uk": re.compile(r"\bц(?:я|ю|ій|ієї|ією) карт", re.IGNORECASE),
    "zh-Hant": re.compile("[本此]地?圖|[這本]張地?圖|這份地?圖"),
}
OWN_DAYS = {  # what stands where the proposal's own date has no control map
    "prabowo-2023-06": (
        "own_before",
        {
            "en": "The control maps begin on 1 August 2024; there is none for 3 June 2023, the proposal’s date.",
            "uk": "Перша карта контролю — станом на 1 серпня 2024 року; на 3 червня 2023 року, дату пропозиції, "
            "карти немає.",
            "zh-Hant": "最早的控制圖為2024年8月1日，提案日期2023年6月3日沒有控制圖。",
        },
    ),
    "kellogg-2025-04": (
        "own_requested",
        {
            "en": "There is no control map for 11 April 2025, the proposal’s date; this page uses the latest one "
            "before it, of 2 April 2025.",
            "uk": "На 11 квітня 2025 року, дату пропозиції, карти контролю немає; використано останню перед цією датою "
            "— станом на 2 квітня 2025 року.",
            "zh-Hant": "提案日期2025年4月11日沒有控制圖，本頁採用之前最近的一份（2025年4月2日）。",
        },
    ),
}


def notes(client: FlaskClient, path: str) -> str:
    """The notes of a page, one after the other."""
    answer = client.get(path)
    assert answer.status_code == 200, path
    return " ".join(note.words for note in read_html(answer.text).all("p", class_="note"))


@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_proposal_whose_date_has_no_control_map_says_which_is_shown(
    client: FlaskClient, catalogue: Catalogue, lang: str
) -> None:
    for proposal_id, (key, words) in OWN_DAYS.items():
        proposal = catalogue.proposals[proposal_id]
        as_of = find_edition(proposal)[1].as_of
        asked, shown = date_text(lang, proposal.date), date_text(lang, as_of)
        assert text(lang, f"day.{key}", requested=asked, as_of=shown) == words[lang]
        assert (as_of < proposal.date) == (key == "own_requested")
        for page in PAGES:
            assert notes(client, f"/{lang}/{page}/{proposal_id}").startswith(words[lang])
        assert words[lang] not in notes(client, f"/{lang}/areas/{proposal_id}?as_of={as_of}")


@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_proposal_on_its_own_day_says_nothing_of_another(
    client: FlaskClient, catalogue: Catalogue, lang: str
) -> None:
    proposal = catalogue.proposals["ukraine-20-points"]
    assert find_edition(proposal)[1].as_of == proposal.date == "2025-12-24"
    assert [notes(client, f"/{lang}/{page}/{proposal.id}") for page in PAGES] == [""] * len(PAGES)


@pytest.mark.parametrize("page", PAGES)
@pytest.mark.parametrize(
    ("lang", "told"),
    [
        (
            "en",
            "Not all three maps were up to date on this day. Unchanged for three days or more: NZZ on Liveuamap (since "
            "27 November 2025).",
        ),
        (
            "uk",
            "Цього дня не всі три карти були оновлені. Без змін три дні або довше: NZZ на Liveuamap (з 27 листопада "
            "2025 року).",
        ),
        ("zh-Hant", "當日三份控制圖並非都是最新；三天以上沒有變動的有：NZZ（Liveuamap）（自2025年11月27日起）。"),
    ],
)
def test_a_map_that_had_not_changed_for_three_days_is_named(
    client: FlaskClient, page: str, lang: str, told: str
) -> None:
    assert notes(client, f"/{lang}/{page}/us-28-points?as_of=2025-12-01") == told
    assert notes(client, f"/{lang}/{page}/us-28-points?as_of=2025-11-20") == ""


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_areas_link_to_the_three_maps(client: FlaskClient, catalogue: Catalogue, lang: str) -> None:
    read = catalogue.control.read
    assert [one.id for one in read] == ["deepstate", "uacontrolmap", "nzz"]
    named = {one.url: map_name(lang, one) for one in read}
    for proposal_id in catalogue.proposals:
        tree = read_html(client.get(f"/{lang}/areas/{proposal_id}").text)
        shown = {link["href"]: link.words for link in tree.one("main").all("a") if link["href"] in named}
        assert shown == named, proposal_id


@pytest.mark.costly
@pytest.mark.parametrize("lang", LANGUAGES)
def test_only_a_page_with_a_map_speaks_of_this_map(client: FlaskClient, catalogue: Catalogue, lang: str) -> None:
    found = {}
    for address in (CHARTS, *(f"{page}/{proposal_id}" for proposal_id in catalogue.proposals for page in WITHOUT_MAP)):
        answer = client.get(f"/{lang}/{address}")
        assert answer.status_code == 200
        said = re.sub(r"<textarea.*?</textarea>", "", answer.text, flags=re.DOTALL)  # texts that go with the image
        if said_so := THIS_MAP[lang].findall(said):
            found[address] = said_so
    assert found == {}


@pytest.mark.parametrize(
    ("lang", "words"),
    [("en", "This map is one reading"), ("uk", "Ця карта є"), ("uk", "на цій карті"), ("zh-Hant", "本圖是")],
)
def test_this_map_is_found(lang: str, words: str) -> None:
    assert THIS_MAP[lang].search(words)
