"""Tangled rings are found before anything has to be mended, and real outlines are none."""

from collections.abc import Callable

import numpy as np
import pytest
import shapely

from geo.crossings import MOST_ALL, MOST_OWN, find_tangle
from geo.repair import mend
from layers.reference.reference_data import load_reference_data

BOX = shapely.box(35, 47, 37, 49)


def array(*polygons: shapely.Polygon) -> np.ndarray:
    return np.array(polygons, dtype=object)


def at_random(vertices: int) -> shapely.Polygon:
    random = np.random.default_rng(vertices)
    return shapely.Polygon(np.column_stack([random.uniform(34, 38, vertices), random.uniform(47, 49, vertices)]))


def star(points: int, step: int) -> shapely.Polygon:
    turn = 2 * np.pi * np.arange(points) * step / points
    return shapely.Polygon(np.column_stack([36 + np.cos(turn), 48 + 0.6 * np.sin(turn)]))


def comb(teeth: int, turned: float = 0.0) -> shapely.Polygon:
    x, y = np.repeat(np.arange(teeth) / teeth, 2), np.tile([0.0, 0.0, 1.0, 1.0], teeth // 2)
    ring = np.vstack([np.column_stack([x, y]), [[1.01, 1.1], [-0.01, 1.1]]])
    turn = np.array([[np.cos(turned), np.sin(turned)], [-np.sin(turned), np.cos(turned)]])
    return shapely.Polygon(ring @ turn + [36, 47])


def spiral(vertices: int) -> shapely.Polygon:
    turn, reach = np.linspace(0, np.pi * vertices / 4, vertices), np.linspace(0.1, 1, vertices)
    out = np.column_stack([reach * np.cos(turn), reach * np.sin(turn)])
    ring = np.vstack([out, out[::-1] * (1 - 3.6 / vertices)])
    return shapely.Polygon(ring + np.array([36, 48]))


def spikes(times: int) -> shapely.Polygon:
    return shapely.Polygon([*[(35, 48), (36, 49)] * times, (36, 48)])


def nicked(times: int) -> shapely.Polygon:
    """A ring with many small loops that cross themselves, as a coast drawn too quickly has."""
    west = np.linspace(35, 36.9, times)
    steps = np.array([[0, 0], [1, 0.2], [1, -0.2], [0.4, 0.2], [1.2, 0]]) * 1.9 / times
    coast = np.vstack([np.array([start, 49]) + steps for start in west])
    return shapely.Polygon([(35, 47), *map(tuple, coast), (37.5, 49), (37.5, 47)])


@pytest.mark.parametrize(
    ("tangled", "own"),
    [
        (lambda: array(at_random(2_000)), True),
        (lambda: array(BOX, at_random(20_000)), True),
        (lambda: array(at_random(300_000)), True),
        (lambda: array(star(2_001, 1_000)), True),
        (lambda: array(spikes(10_000)), True),
        (lambda: array(spiral(20_000)), True),
        (lambda: array(comb(20_000, 0.6)), True),
        (lambda: lattice(400), False),
        (lambda: array(*(shapely.box(35 + step / 1e7, 47, 37, 49 + step / 1e7) for step in range(20_000))), False),
    ],
    ids=["random", "one of two", "large", "star", "spikes", "spiral", "comb", "lattice", "copies beside one another"],
)
def test_tangles_are_found(tangled: Callable[[], np.ndarray], own: bool) -> None:
    given = tangled()
    found = find_tangle(given)
    assert found is not None
    assert found.more_than >= min(MOST_OWN, MOST_ALL)
    assert (found.own, found.polygon) == (True, len(given) - 1) if own else not found.own


def lattice(strips: int) -> np.ndarray:
    step = 2 / strips
    across = [shapely.box(34, 47 + at * step, 38, 47 + (at + 0.5) * step) for at in range(strips)]
    along = [shapely.box(35 + at * step, 46, 35 + (at + 0.5) * step, 50) for at in range(strips)]
    return array(*across, *along)


@pytest.mark.parametrize(
    "given",
    [
        array(),
        array(BOX),
        array(BOX, BOX),
        array(star(7, 3), star(51, 25), at_random(200)),
        array(comb(1_000), comb(20_000)),
        array(comb(1_000, 0.6)),
        array(spiral(800)),
        array(nicked(3_000)),
        lattice(20),
        array(shapely.Polygon(np.repeat(shapely.get_coordinates(BOX), 1_000, axis=0))),
        array(*(shapely.box(x / 50, y / 50, (x + 1) / 50, (y + 1) / 50) for x in range(60) for y in range(60))),
    ],
)
def test_what_can_be_mended_is_no_tangle(given: np.ndarray) -> None:
    assert find_tangle(given) is None


def test_outlines_of_oblasts_are_none() -> None:
    parts = [part for oblast in load_reference_data().oblasts.values() for part in shapely.get_parts(oblast.outline)]
    assert find_tangle(array(*parts)) is None


def test_thousands_of_small_loops_are_mended() -> None:
    ring = nicked(3_000)
    assert not ring.is_valid
    mended = mend(array(ring))
    assert mended.repaired == 1
    assert mended.changed_km2 < 1


def test_every_meeting_of_edges_counts_once() -> None:
    """A lattice of n strips each way has 4 n² crossings, also where edges span several bands."""
    just_below, just_above = 158, 159  # 4 · 158² = 99,856
    assert find_tangle(lattice(just_below)) is None
    found = find_tangle(lattice(just_above))
    assert found is not None
    assert found.more_than == MOST_ALL
