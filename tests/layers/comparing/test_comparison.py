"""Compared editions: exact pieces that make up both sides, intervals level by level, figures of the files."""

from __future__ import annotations

import itertools
from functools import cache

import pytest
import shapely

from geo.measure import area_km2
from geo.overlay import GRID_DEG
from layers.build.edition import BuildSetting, DerivedEdition, derive, load_setting
from layers.comparing.comparison import EditionComparison, compare_editions
from layers.comparing.document import clause_rows, comparison_document, kind_rows, piece_features
from layers.control_map import LEVELS
from layers.proposal.loading import load_proposal, proposal_ids
from layers.zones.derive import grounds_at

DAYS = ("2024-08-01", "2025-11-20", "2026-08-21")
PAIRS = list(itertools.combinations(proposal_ids(), 2))
QUICK = (("us-28-points", "2025-11-20"), ("ukraine-20-points", "2026-08-21"))
EXACT_KM2 = 0.05  # vertices are rounded to 0.1 m


@cache
def setting() -> BuildSetting:
    return load_setting()


@cache
def edition(proposal_id: str, as_of: str) -> DerivedEdition:
    return derive(load_proposal(proposal_id, setting().reference.names), as_of, setting())


@cache
def compared() -> EditionComparison:
    return compare_editions(*(edition(*side) for side in QUICK))


def check_pieces(found: EditionComparison) -> None:
    """The pieces make up the union of the zones of both sides, and none lies over another."""
    zones = [
        ground.piece.geometry
        for side in (found.left, found.right)
        for ground in grounds_at(setting().reference, side.proposal, side.day, side.control.drawn)
    ]
    pieces = [piece.geometry for piece in found.drawn]
    union, together = (shapely.union_all(parts, grid_size=GRID_DEG) for parts in (zones, pieces))
    about = (found.left.proposal_id, found.left.as_of, found.right.proposal_id, found.right.as_of)
    assert area_km2(shapely.symmetric_difference(union, together)) < EXACT_KM2, about
    assert abs(sum(map(area_km2, pieces)) - area_km2(together)) < EXACT_KM2, about
    for which in ("left", "right"):
        check_side(found, which)
    if found.left.as_of == found.right.as_of:
        moved = found.sum_of(lambda piece: int(piece.changed_hands))
        assert moved.area_km2 < EXACT_KM2, about


def check_side(found: EditionComparison, which: str) -> None:
    """Each zone of a side has the area that its edition gives."""
    side: DerivedEdition = getattr(found, which)
    for zone in side.properties:
        if zone["area_km2"] is None or zone["kind"] == "contested":
            continue
        within = [piece for piece in found.drawn if zone["id"] in {one.id for one in getattr(piece, which).zones}]
        assert sum(piece.by_level[0] for piece in within) == pytest.approx(zone["area_km2"], abs=0.1), zone["id"]


def test_a_pair_is_exact() -> None:
    check_pieces(compared())


@pytest.mark.slow
@pytest.mark.parametrize("day", DAYS)
def test_every_pair_is_exact(day: str) -> None:
    for left, right in PAIRS:
        check_pieces(compare_editions(edition(left, day), edition(right, day)))


@pytest.mark.slow
def test_every_proposal_on_two_days_is_exact() -> None:
    for proposal_id in proposal_ids():
        for first, last in itertools.combinations(DAYS, 2):
            check_pieces(compare_editions(edition(proposal_id, first), edition(proposal_id, last)))


def test_an_edition_does_not_differ_from_itself() -> None:
    same = edition(*QUICK[0])
    found = compare_editions(same, same)
    assert found.differing == ()
    assert found.sum_of(lambda piece: piece.differs).area_km2 == 0
    assert all(row["difference_area_km2"] == 0 and row["difference_area_low_km2"] is None for row in kind_rows(found))


def test_sides_change_places() -> None:
    there, back = compared(), compare_editions(compared().right, compared().left)
    assert {piece.geometry.normalize() for piece in there.drawn} == {piece.geometry.normalize() for piece in back.drawn}
    forth = {row["kind"]: row["difference_area_km2"] for row in kind_rows(there)}
    assert forth == {row["kind"]: -row["difference_area_km2"] for row in kind_rows(back)}


def test_intervals_are_computed_level_by_level() -> None:
    """The difference at each level is measured anew: of two days, what is frozen later less what was before."""
    left, right = (edition("us-28-points", day) for day in DAYS[1:])
    row = next(row for row in kind_rows(compare_editions(left, right)) if row["kind"] == "freeze")
    by_level = []
    for level in LEVELS:
        frozen = [
            sum(ground.piece.area_km2 for ground in grounds_at(setting().reference, side.proposal, side.day, level)
                if ground.zone.kind == "freeze")
            for side in (left, right)
        ]  # fmt: skip
        by_level.append(frozen[1] - frozen[0])
    ends = row["difference_area_low_km2"], row["difference_area_high_km2"]
    assert ends == pytest.approx((min(by_level), max(by_level)), abs=0.1)


def test_rows_add_up_to_the_pieces() -> None:
    found = compared()
    document = comparison_document(found)
    assert sum(row["area_km2"] for row in clause_rows(found)) == pytest.approx(
        sum(piece.by_level[0] for piece in found.drawn), abs=1
    )
    differing = [feature.properties for feature in piece_features(found) if feature.properties["differs"]]
    assert document["differs"]["people_before_war"] == sum(row["people_before_war"] for row in differing)
    assert document["differs"]["area_km2"] == pytest.approx(sum(row["area_km2"] for row in differing), abs=1)
    assert len({feature.id for feature in piece_features(found)}) == len(found.drawn)


def test_a_table_says_which_draft_leaves_kramatorsk_where() -> None:
    (row,) = [
        row for row in clause_rows(compared())
        if "Kramatorsk" in row["largest_places_en"] and row["differs"]
    ]  # fmt: skip
    assert (row["left_clause"], row["left_kind"]) == ("21d", "buffer")
    assert row["right_clause"] == "14"
    assert row["right_kind"].startswith("unheld+economic")


def test_frames_have_the_pieces() -> None:
    import layers

    frame = layers.compare_editions("us-28-points@2025-11-20", "ukraine-20-points@2026-08-21")
    assert len(frame) == len(compared().drawn)
    assert frame.crs == "EPSG:4326"
    assert frame["people_before_war"].sum() == sum(piece.people.registered_before_war for piece in compared().drawn)
    assert frame.attrs["comparison"]["left"]["proposal"] == "us-28-points"
