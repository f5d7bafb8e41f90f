"""Labels of any proposal in every language and size: on their own ground, apart, each clause named, in one place."""

import json
import subprocess
from collections.abc import Callable, Sequence
from functools import cache
from itertools import combinations
from typing import Any

import numpy as np
import pytest
import shapely
from shapely.geometry import shape

from layers.catalogue.model import Catalogue, Proposal, load_catalogue
from layers.kinds.table import KINDS
from tests.cases import case
from tests.webapp.test_hits import EQUATOR_PX, flat
from tests.words import LANGUAGES, language
from webapp.context import View, open_view, unserved
from webapp.map.first_view import first_view
from webapp.pages.clauses import read_key
from webapp.setup import ROOT
from webapp.setup.assets import node_command
from webapp.standalone.labels import labels
from webapp.text.zone_labels import zone_label
from webapp.text.zones import ZoneWords, read_zones
from webapp.typography.fonts import text_width

# Of the map itself in windows of these sizes and in frames, and how much of it tools cover from above.
SIZES_PX = {
    "320": (320, 286, 54), "360": (360, 373, 54), "390": (390, 404, 54), "768": (718, 687, 54), "844": (506, 278, 54),
    "1280": (796, 615, 14), "1920": (1232, 895, 14), "frame 320": (320, 202, 14), "frame 600": (600, 202, 14),
}  # fmt: skip
SIDE_PX = 14
WEIGHTS = (400, 500, 600, 700)
MOST_FOREIGN = 0.1
POINTS = ("town", "town big", "site")
CELL_PX = 3  # so exactly the page knows where the line is
LEADING_PX = 3  # of the box of a name above and below its letters
PROPOSALS = tuple(load_catalogue().proposals)[::-1]  # the best known first
Placed = tuple[str, float, float, float, float, str, str]  # zone, left, top, right, bottom, kind, text


def frame_of(bounds: Sequence[Sequence[float]], width: int, height: int, top: int) -> dict[str, Any]:
    """The zoom of a first view and the place of the map's upper left corner."""
    west, low, east, high = flat(np.array([[lon, lat] for lat, lon in bounds])).ravel()
    scale = min((width - 2 * SIDE_PX) / (east - west), (height - top - SIDE_PX) / (high - low))
    across, down = (west + east) / 2 - width / scale / 2, (low + high) / 2 + (height + top - SIDE_PX) / scale / 2
    return {"size": [width, height], "zoom": float(np.log2(scale * 360 / EQUATOR_PX)), "corner": [across, down]}


@cache
def letter_width(letter: str, weight: int) -> float:
    return text_width(letter, 1.0, 700 if weight > 500 else 400)  # between them there are no files


def labels_of(view: View) -> list[dict[str, Any]]:
    zones = {zone.id: zone for zone in read_zones(view)}
    shown = json.loads(view.catalogue.read(view.edition.products["display"]))["features"]
    display = view.catalogue.display
    ground = json.loads(view.catalogue.read(display["ground"]))["features"]
    towns = json.loads(view.catalogue.read(display[f"towns-{view.lang}"]))["towns"]
    return labels(view, zones, shown, ground, towns)


def shown_on(view: View) -> dict[str, Any]:
    """The labels of a map, and the zones and the line of contact on which names of others are read as theirs."""
    grounds = []
    clauses = {zone["id"]: zone["clause"] or "" for zone in view.catalogue.areas(view.edition)}
    for one in json.loads(view.catalogue.read(view.edition.products["display"]))["features"]:
        if KINDS[one["properties"]["kind"]].is_line_of_contact:
            grounds.append({"geometry": one["geometry"]})
        elif one["properties"]["partition"]:
            grounds.append({"like": f"{clauses[one['id']]} {one['properties']['kind']}", "geometry": one["geometry"]})
    return {"labels": labels_of(view), "grounds": grounds}


def placed(maps: list[dict[str, Any]], frames: list[dict[str, Any]]) -> list[list[list[Placed]]]:
    """Where the page's script places labels, by map and frame."""
    letters = set(json.dumps([one["labels"] for one in maps], ensure_ascii=False)) | {"\u00a0"}
    widths = {weight: {letter: letter_width(letter, weight) for letter in letters} for weight in WEIGHTS}
    given = json.dumps({"widths": widths, "frames": frames, "maps": maps})
    command = [*node_command(), "tests/scripts/placed.js"]
    said = subprocess.run(command, cwd=ROOT, input=given, capture_output=True, text=True, check=True).stdout
    found: list[list[list[Placed]]] = json.loads(said)
    return found


def foreign(view: View, names: list[Placed], frame: dict[str, Any]) -> list[tuple[str, float]]:
    """Labels that lie on zones of other clauses by more than a tenth, with how much of them does."""
    clauses = {zone["id"]: zone["clause"] for zone in view.catalogue.areas(view.edition)}
    features = json.loads(view.catalogue.read(view.edition.products["display"]))["features"]
    areas = {one["id"]: shape(one["geometry"]) for one in features if one["properties"]["partition"]}
    plane = {zone: shapely.transform(area, flat) for zone, area in areas.items()}
    scale, (west, north) = EQUATOR_PX * 2 ** frame["zoom"] / 360, frame["corner"]
    found = []
    for zone, left, top, right, bottom, *_ in names:
        if zone not in areas:
            continue
        box = shapely.box(west + left / scale, north - bottom / scale, west + right / scale, north - top / scale)
        others = [area for other, area in plane.items() if clauses[other] != clauses[zone] and area.intersects(box)]
        share = shapely.union_all(others).intersection(box).area / box.area if others else 0.0
        if share > MOST_FOREIGN:
            found.append((zone, round(share, 2)))
    return found


def crossing(view: View, names: list[Placed], frame: dict[str, Any], beside_px: float = 0.0) -> set[str]:
    """Names of towns and sites through whose letters, or so near beside them, the line of contact runs."""
    features = json.loads(view.catalogue.read(view.edition.products["display"]))["features"]
    drawn = [shape(one["geometry"]) for one in features if KINDS[one["properties"]["kind"]].is_line_of_contact]
    line = shapely.transform(shapely.union_all(drawn), flat)
    scale, (west, north) = EQUATOR_PX * 2 ** frame["zoom"] / 360, frame["corner"]
    return {
        words
        for _, left, top, right, bottom, kind, words in names
        if kind in POINTS
        and shapely.box(
            west + (left - beside_px) / scale,
            north - (bottom - LEADING_PX + beside_px) / scale,
            west + (right + beside_px) / scale,
            north - (top + LEADING_PX - beside_px) / scale,
        ).intersects(line)
    }


def overlapping(names: list[Placed]) -> list[tuple[Placed, Placed]]:
    return [
        (one, other)
        for one, other in combinations(names, 2)
        if one[1] < other[3] and other[1] < one[3] and one[2] < other[4] and other[2] < one[4]
    ]


def unnamed(view: View, names: list[Placed]) -> set[str | None]:
    """Clauses with an area that neither a label nor the key names."""
    zones: list[ZoneWords] = list(read_zones(view))
    key = read_key(view, zones)
    here = {name[0] for name in names} | {zone.id for row in (*key.entries, *key.signs) for zone in row.zones}
    treated = [zone for zone in zones if zone_label(view.lang, view.proposal, zone.properties)]
    return {zone.clause for zone in treated} - {zone.clause for zone in zones if zone.id in here}


def views(catalogue: Catalogue, proposal: Proposal, day: str | None) -> list[View]:
    return [open_view(unserved(catalogue, language(lang)), proposal.id, day) for lang in LANGUAGES]


def frames_of(catalogue: Catalogue, proposal: Proposal) -> list[dict[str, Any]]:
    bounds = first_view(catalogue, proposal)
    return [frame_of(bounds, *size) for size in SIZES_PX.values()]


@pytest.mark.costly
@pytest.mark.parametrize("proposal_id", PROPOSALS)
def test_labels_lie_on_their_own_ground_apart_and_name_every_clause(catalogue: Catalogue, proposal_id: str) -> None:
    proposal = catalogue.proposal(proposal_id)
    frames, shown = frames_of(catalogue, proposal), views(catalogue, proposal, None)
    for view, by_frame in zip(shown, placed([shown_on(view) for view in shown], frames), strict=True):
        for name, frame, names in zip(SIZES_PX, frames, by_frame, strict=True):
            assert overlapping(names) == [], (view.lang, name)
            assert foreign(view, names, frame) == [], (view.lang, name)
            assert unnamed(view, names) == set(), (view.lang, name)
            assert crossing(view, names, frame) == set(), (view.lang, name)


@pytest.mark.sweep(3)
@pytest.mark.slow
@pytest.mark.parametrize("proposal_id", PROPOSALS)
def test_labels_keep_their_places_on_all_days(catalogue: Catalogue, proposal_id: str) -> None:
    """At all sizes; languages take turns from day to day, and so do sizes where shares are measured."""
    turns = [(day, LANGUAGES[turn % len(LANGUAGES)]) for turn, day in enumerate(catalogue.proposal(proposal_id).dates)]
    check_days(catalogue, proposal_id, turns, lambda turn, size: turn % len(SIZES_PX) == size)


@pytest.mark.wide
@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("proposal_id", PROPOSALS)
def test_labels_hold_on_all_days_in_each_language_at_all_sizes(
    catalogue: Catalogue, proposal_id: str, lang: str
) -> None:
    turns = [(day, lang) for day in catalogue.proposal(proposal_id).dates]
    check_days(catalogue, proposal_id, turns, lambda turn, size: True)


def check_days(
    catalogue: Catalogue, proposal_id: str, turns: list[tuple[str, str]], measured: Callable[[int, int], bool]
) -> None:
    """Labels lie apart on days in languages, and where measured on their own ground.

    Those of zones lie in one place on all days; those of sites until the line comes under them.
    """
    frames = frames_of(catalogue, catalogue.proposal(proposal_id))
    shown = [open_view(unserved(catalogue, language(lang)), proposal_id, day) for day, lang in turns]
    first: dict[tuple[str, str, str], Placed] = {}
    for turn, (view, by_frame) in enumerate(
        zip(shown, placed([shown_on(view) for view in shown], frames), strict=True)
    ):
        for size, (name, frame, names) in enumerate(zip(SIZES_PX, frames, by_frame, strict=True)):
            with case(view.edition.as_of, view.lang.tag, name):
                if measured(turn, size):
                    assert foreign(view, names, frame) == []
                    assert crossing(view, names, frame) == set()
                    assert unnamed(view, names) == set()
                assert overlapping(names) == []
                for one in (one for one in names if one[0]):
                    key = (view.lang.tag, name, one[0])
                    kept = first.setdefault(key, one)
                    if kept[5] == "site" and crossing(view, [kept], frame, CELL_PX):
                        first[key] = one  # the line has come under its name, which therefore moves
                    else:
                        assert one[1:5] == pytest.approx(kept[1:5], abs=1), one[0]
