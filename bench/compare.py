"""Comparing two editions against ``geopandas.overlay(how="union")``, on the same zones in one run.

A difference with its low and high needs the union of both sides at each of the three levels of the control maps: the
rival makes one union a level, cuts it by oblast with a second overlay, as a table by oblast needs, and measures the
pieces. Ours makes the same pieces, measures them, and counts towns and people too. Both start from derived zones;
nothing is remembered from one pair to the next. Printed are the seconds of both and their ratio, for pairs on one date
and on two, the slowest pair, and the step to another date of one pair; the promises are at least 5 for all pairs
together, under 1 s, and under 0.1 s. Beside it stands the bare union, which has less than a comparison needs: no
oblasts, no towns, no people.
"""

import itertools
import sys
import time
from collections.abc import Callable
from functools import partial

import geopandas

from geo.measure import WGS84
from layers.build.edition import BuildSetting, DerivedEdition, derive, load_setting
from layers.comparing.comparison import compare_editions
from layers.comparing.pieces import forget_divisions
from layers.control_map import LEVELS
from layers.proposal.loading import load_proposal, proposal_ids
from layers.zones.derive import grounds_at

DAYS = ("2025-11-20", "2026-08-21")
STEPS = ("2025-12-01", "2025-12-11", "2025-12-24", "2026-01-01", "2026-01-09")
PROMISED_RATIO, PROMISED_S, PROMISED_STEP_S = 5.0, 1.0, 0.1
Pair = tuple[DerivedEdition, DerivedEdition]


def frame(edition: DerivedEdition, level: str) -> geopandas.GeoDataFrame:
    """The zones of an edition that have an area, as the rival takes them."""
    found = list(grounds_at(edition.setting.reference, edition.proposal, edition.day, level))
    names = {"id": [ground.id for ground in found]}
    return geopandas.GeoDataFrame(names, geometry=[ground.piece.geometry for ground in found], crs=4326)


def rival_seconds(pair: Pair, *, bare: bool = False) -> float:
    """One union a level, by oblast unless bare, each piece measured on the ellipsoid; reading is not counted."""
    oblasts = pair[0].setting.reference.oblasts
    units = geopandas.GeoDataFrame(
        {"oblast": list(oblasts)}, geometry=[one.outline for one in oblasts.values()], crs=4326
    )
    frames = [(frame(pair[0], level), frame(pair[1], level)) for level in LEVELS]

    def overlay() -> None:
        for one, other in frames:
            made = geopandas.overlay(one, other, how="union", keep_geom_type=True)
            if not bare:
                made = geopandas.overlay(made, units, how="intersection", keep_geom_type=True)
            made["area_m2"] = [abs(WGS84.geometry_area_perimeter(piece)[0]) for piece in made.geometry]

    return seconds(overlay)


def our_seconds(pair: Pair) -> float:
    """The whole comparison, with nothing divided before."""
    forget_divisions()
    return seconds(lambda: compare_editions(*pair))


def seconds(run: Callable[[], object]) -> float:
    """The seconds of the processor that something takes, which other programs do not lengthen."""
    start = time.process_time()
    run()
    return time.process_time() - start


def editions_of(setting: BuildSetting, day: str) -> list[DerivedEdition]:
    """All proposals on a date."""
    return [derive(load_proposal(name, setting.reference.names), day, setting) for name in proposal_ids()]


def step_seconds(setting: BuildSetting) -> float:
    """The slowest step of a pair to another date, whose control map is split already."""
    drafts = [load_proposal(name, setting.reference.names) for name in ("us-28-points", "ukraine-20-points")]
    slowest = 0.0
    for day in STEPS:
        pair = derive(drafts[0], day, setting), derive(drafts[1], day, setting)
        slowest = max(slowest, seconds(partial(compare_editions, *pair)))
    return slowest


def main() -> int:
    """Print both times; 1 if a promise is not met."""
    setting = load_setting()
    first, last = (editions_of(setting, day) for day in DAYS)
    groups = {"one date": list(itertools.combinations(first, 2)), "two dates": list(zip(first, last, strict=True))}
    compare_editions(*groups["one date"][0])  # what is read or united once for all pairs
    rival_seconds(groups["one date"][0])
    ours, theirs = list[float](), list[float]()
    for name, pairs in groups.items():
        own, rival = [our_seconds(pair) for pair in pairs], [rival_seconds(pair) for pair in pairs]
        bare = sum(rival_seconds(pair, bare=True) for pair in pairs)
        print(f"{name}, {len(pairs)} pairs: ours {sum(own):.2f} s, {told(own, sum(rival))}; bare {told(own, bare)}")
        ours, theirs = ours + own, theirs + rival
    ratio, step = sum(theirs) / sum(ours), step_seconds(setting)
    print(f"all {len(ours)} pairs: ratio {ratio:.1f}")
    print(f"slowest pair {max(ours):.2f} s; slowest step to another date {step * 1000:.0f} ms")
    return int(ratio < PROMISED_RATIO or max(ours) > PROMISED_S or step > PROMISED_STEP_S)


def told(own: list[float], rival_s: float) -> str:
    """The seconds of a rival, and how often ours go into them."""
    return f"geopandas.overlay {rival_s:.2f} s, {rival_s / sum(own):.1f} times as long"


if __name__ == "__main__":
    sys.exit(main())
