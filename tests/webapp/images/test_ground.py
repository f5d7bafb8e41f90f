"""The ground below the zones: what is Russian-held on the day, waters by scale, one line of contact."""

from itertools import product
from typing import Any

import pytest
import shapely

from layers.catalogue.model import COMMITTED, load_catalogue
from layers.kinds.table import kind_of
from tests.webapp.images.conftest import Picture, picture_of
from webapp.images.options.zones import chosen_zones
from webapp.style.legend import legend_entries
from webapp.style.light import HELD_GROUND, zone_styles

CATALOGUE = load_catalogue(COMMITTED)
PROPOSALS = tuple(CATALOGUE.proposals)
CHOICES: tuple[dict[str, Any], ...] = (
    {},
    {"extent": "ukraine"},
    {"extent": "22,48,26,51"},  # far from what is held
    {"extent": "33,44.5,36,46", "zones": ("contested",)},
    {"size": (640, 800)},
)
HARDLY_SEEN_PX2, SEEN_PX2 = 15.0, 150.0


def seen_px2(picture: Picture) -> float:
    """How much of what is Russian-held is seen beside the zones that are drawn in full, in square pixels."""
    scene, chosen = picture.drawing.scene, chosen_zones(picture.options, picture.zones)
    full = [zone.shape for zone in scene.zones if zone.id in chosen and zone.properties["kind"] != "held"]
    free = shapely.difference(scene.frame.clip(scene.held), shapely.buffer(shapely.union_all(full), 2.0))
    return float(shapely.area(free))


def check_key(picture: Picture) -> None:
    rows = [row for group in picture.words.groups for row in group.rows if row.key == HELD_GROUND]
    seen = seen_px2(picture)
    if seen >= SEEN_PX2:
        assert len(rows) == 1
    elif seen <= HARDLY_SEEN_PX2:
        assert not rows
    for row in rows:
        assert not row.figure  # that of the whole country is not that of the frame


@pytest.mark.costly
@pytest.mark.parametrize("choice", range(len(CHOICES)))
def test_the_key_names_what_is_held_where_it_is_seen(choice: int) -> None:
    check_key(picture_of("us-28-points", "own", "en", **CHOICES[choice]))


@pytest.mark.sweep(9)
@pytest.mark.slow
@pytest.mark.parametrize(("proposal", "choice"), list(product(PROPOSALS, range(len(CHOICES)))))
def test_the_key_of_every_proposal_names_what_is_held_where_it_is_seen(proposal: str, choice: int) -> None:
    check_key(picture_of(proposal, "own", "uk", **CHOICES[choice]))


def test_what_is_held_is_tinted_below_pale_zones_up_to_the_coast() -> None:
    scene = picture_of("us-28-points", "own", "en", zones=("donetsk-buffer",), extent="ukraine").drawing.scene
    held = shapely.union_all([zone.shape for zone in scene.zones if zone.properties["held_by"] == "russia"])
    assert shapely.area(shapely.difference(held, scene.held)) < 0.001 * shapely.area(held)
    assert shapely.area(shapely.difference(scene.held, scene.land)) < 1.0


@pytest.mark.parametrize("proposal", PROPOSALS)
def test_there_is_one_line_of_contact_in_one_style(proposal: str) -> None:
    for edition in CATALOGUE.proposal(proposal).editions.values():
        zones = CATALOGUE.areas(edition)
        lines = [zone["id"] for zone in zones if kind_of(zone).is_line_of_contact]
        assert lines
        assert len({zone_styles(zones)[line] for line in lines}) == 1
        entries = [entry for entry in legend_entries(zones) if entry.kind.is_line_of_contact]
        assert [sorted(zone["id"] for zone in entry.zones) for entry in entries] == [sorted(lines)]


def test_waters_come_with_the_scale() -> None:
    wide, near = (
        {one.id for one in picture_of("us-28-points", "own", "en", extent=extent).drawing.scene.waters}
        for extent in ("ukraine", "donetsk-buffer")
    )
    assert wide >= {"dnipro", "siverskyi-donets", "oskil", "kakhovka-reservoir"}
    assert "oskil-reservoir" not in wide
    assert near >= {"siverskyi-donets", "oskil-reservoir"}
    assert len(near - wide) > 2
