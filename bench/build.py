"""The whole build of every date against geopandas.overlay, on the same data in one run.

The rival cuts each zone that depends on control with one ``geopandas.overlay`` a zone and date, at each of the three
levels that a figure with its low and high needs; what zones of several proposals have in common, it cuts once. Its
frames are read and split, and its bands are drawn, before the clock starts; it measures and writes nothing. Ours reads,
checks, cuts, draws the bands, measures and writes every file of every proposal.
Printed are the seconds of both, of the clock and of processors, and their ratios; the promise is at least 3 by the
clock. What one level alone would take the rival is printed beside it.
"""

import os
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

import geopandas
import pandas

from layers.build.build import build
from layers.catalogue.model import EVERY_DATE, load_catalogue
from layers.control_map import LEVELS
from layers.reference.register import SOURCES
from layers.zone_properties import ZoneProperties

PROMISED_RATIO = 3.0
How = Literal["intersection", "difference"]


@dataclass(frozen=True)
class Overlay:
    """One call of the rival: two frames, and what to make of them."""

    level: str
    one: geopandas.GeoDataFrame
    other: geopandas.GeoDataFrame
    how: How


def ours() -> int:
    """Build every date into a folder that is thrown away; the number of files."""
    with tempfile.TemporaryDirectory() as folder:
        return build(Path(folder) / "data", every_date=True)


def rival(overlays: list[Overlay]) -> int:
    """Make all overlays; their number."""
    for overlay in overlays:
        geopandas.overlay(overlay.one, overlay.other, how=overlay.how, keep_geom_type=True)
    return len(overlays)


@dataclass(frozen=True)
class Frames:
    """What the rival cuts: oblasts by code, Ukraine as one, held territory by day and level."""

    oblasts: dict[str, geopandas.GeoDataFrame]
    ukraine: geopandas.GeoDataFrame
    control: dict[tuple[str, str], geopandas.GeoDataFrame]


def read_frames() -> Frames:
    """Read and split the sources."""
    oblasts = geopandas.read_file(SOURCES / "oblasts.geojson")[["iso", "geometry"]]
    control = pandas.concat(map(geopandas.read_file, sorted((SOURCES / "control").glob("*.geojson"))))
    days = control["date"].astype(str).str[:10]
    return Frames(
        {iso: geopandas.GeoDataFrame(oblasts[oblasts["iso"] == iso]) for iso in oblasts["iso"]},
        geopandas.GeoDataFrame(oblasts.dissolve()[["geometry"]]),
        {
            (day, level): geopandas.GeoDataFrame(control.loc[(days == day) & (control["level"] == level), ["geometry"]])
            for day in days.unique()
            for level in LEVELS
        },
    )


def is_band(zone: ZoneProperties) -> bool:
    """Whether a zone lies along the line of contact, at a distance, and not simply on one side of it."""
    return zone["kind"] == "pullback" or (zone["kind"] == "buffer" and zone["oblast"] is None)


def overlays_of(frames: Frames, zone: ZoneProperties, as_of: str, band: geopandas.GeoDataFrame | None) -> list[Overlay]:
    """The overlays that one zone needs on one day: one a level, one in all for contested territory, none for others."""
    if zone["kind"] == "contested":
        return [Overlay("majority", frames.control[as_of, "any"], frames.control[as_of, "agreed"], "difference")]
    if zone["held_by"] is None and band is not None:
        return [Overlay(level, band, frames.ukraine, "intersection") for level in LEVELS]
    if zone["area_low_km2"] is None:
        return []
    whole = frames.oblasts[str(zone["oblast"])] if band is None else band
    return [Overlay(level, whole, frames.control[as_of, level], how_of(zone)) for level in LEVELS]


def how_of(zone: ZoneProperties) -> How:
    """How a zone is cut from the held territory of a day."""
    return "difference" if zone["held_by"] == "ukraine" else "intersection"


def all_overlays() -> list[Overlay]:
    """What the rival has to cut: every zone that depends on control, on every date, at every level, each once."""
    frames, catalogue = read_frames(), load_catalogue(EVERY_DATE)
    overlays: dict[tuple[str, ...], list[Overlay]] = {}
    for proposal in catalogue.proposals.values():
        for edition in proposal.editions.values():
            drawn = geopandas.read_file(catalogue.root / edition.products["layer"].path).set_index("id")
            for zone in catalogue.areas(edition):
                band = geopandas.GeoDataFrame(drawn.loc[[zone["id"]], ["geometry"]]) if is_band(zone) else None
                what = zone["oblast"] or zone["kind"] if band is None else band.geometry.iloc[0].wkt
                key = (edition.as_of, what, how_of(zone))
                overlays[key] = overlays.get(key) or overlays_of(frames, zone, edition.as_of, band)
    return [overlay for cuts in overlays.values() for overlay in cuts]


def seconds(work: Callable[[], int]) -> tuple[float, float, int]:
    """How long a piece of work takes, on the clock and of all processors together, and what it gives."""
    start, used = time.perf_counter(), processor_s()
    result = work()
    return time.perf_counter() - start, processor_s() - used, result


def processor_s() -> float:
    """The processor time of this process and of those that it has waited for."""
    return sum(os.times()[:4])


def main() -> int:
    """Measure both in turn, three times, and compare the faster run of each."""
    overlays = all_overlays()
    one_level = [overlay for overlay in overlays if overlay.level == "majority"]
    runs = [(seconds(ours), seconds(lambda: rival(overlays)), seconds(lambda: rival(one_level))) for _ in range(3)]
    (our_s, our_cpu_s, files), (rival_s, rival_cpu_s, done), (single_s, _, _) = (
        min(run[side] for run in runs) for side in range(3)
    )
    print(f"clausemap build --all       {our_s:6.1f} s  {our_cpu_s:6.1f} s of processors  {files} files, written")
    print(f"geopandas.overlay           {rival_s:6.1f} s  {rival_cpu_s:6.1f} s of processors  {done} overlays")
    print(f"  at one level, no interval {single_s:6.1f} s")
    print(f"ratio of processor time     {rival_cpu_s / our_cpu_s:6.1f}")
    print(f"ratio                       {rival_s / our_s:6.1f}    promised: {PROMISED_RATIO}")
    return 0 if rival_s / our_s >= PROMISED_RATIO else 1


if __name__ == "__main__":
    sys.exit(main())
