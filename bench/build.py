"""The whole build of every date against one geopandas.overlay a zone and date, on the same data in one run.

The rival only cuts: one overlay for each zone with an area, each date and each of the three levels that
an interval needs, on frames that are read and split beforehand. Ours reads, checks, cuts, measures, and
writes every file. Printed are the seconds of both and their ratio; the promise is at least 3.
"""

import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Literal

import geopandas

from layers.build import build
from layers.catalogue import EVERY_DATE, load_catalogue
from layers.control import LEVELS
from layers.register import SOURCES

PROMISED_RATIO = 3.0
HOW: dict[str | None, Literal["intersection", "difference"]] = {"russia": "intersection", "ukraine": "difference"}


def ours() -> int:
    """Build every date into a folder that is thrown away; the number of files."""
    with tempfile.TemporaryDirectory() as folder:
        return build(Path(folder) / "data", every_date=True)


def rival() -> int:
    """One overlay a zone, date and level; the number of overlays."""
    oblasts = geopandas.read_file(SOURCES / "oblasts.geojson").set_index("iso", drop=False)
    control = geopandas.read_file(SOURCES / "control.geojson")
    done = 0
    for _, as_of, oblast, held_by in cut_zones():
        unit = oblasts.loc[[oblast], ["iso", "geometry"]]
        day = control[control["date"].astype(str).str[:10] == as_of]
        for level in LEVELS:
            cover = day.loc[day["level"] == level, ["level", "geometry"]]
            geopandas.overlay(unit, cover, how=HOW[held_by], keep_geom_type=True)
            done += 1
    return done


def cut_zones() -> list[tuple[str, str, str, str | None]]:
    """Every zone that is an oblast cut by control, on every date: id, date, oblast, who holds it."""
    catalogue = load_catalogue(EVERY_DATE)
    return [
        (zone["id"], edition.as_of, zone["oblast"], zone["held_by"])
        for proposal in catalogue.proposals.values()
        for edition in proposal.editions.values()
        for zone in catalogue.areas(edition)
        if zone["area_low_km2"] is not None and zone["oblast"]
    ]


def seconds(work: Callable[[], int]) -> tuple[float, int]:
    """How long a piece of work takes, and what it gives."""
    start = time.perf_counter()
    result = work()
    return time.perf_counter() - start, result


def main() -> int:
    """Measure both in turn, twice, and compare the faster run of each."""
    runs = [(seconds(ours), seconds(rival)) for _ in range(2)]
    (our_s, files), (rival_s, overlays) = (min(run[side] for run in runs) for side in (0, 1))
    print(f"clausemap build --all       {our_s:6.1f} s  {files} files, written")
    print(f"geopandas.overlay           {rival_s:6.1f} s  {overlays} overlays, nothing written")
    print(f"ratio                       {rival_s / our_s:6.1f}    promised: {PROMISED_RATIO}")
    return 0 if rival_s / our_s >= PROMISED_RATIO else 1


if __name__ == "__main__":
    sys.exit(main())
