"""Days a second of a timeline against a plain loop of geopandas.overlay, on the same data in one run.

Both give, for every day, the area of the held and of the other part of every oblast at every level of the control map,
and the contested territory. Ours derives the zones of the 28-point proposal with all properties, cut by cut across
threads; the rival overlays all oblasts with each level at once and measures with the same function. Reading is not
timed. Two sets of data: the embedded maps on the embedded oblasts, and maps as publishers make them on OpenStreetMap's
oblasts (files beside the repository; left out where they are missing). Promised are 5 and 3 times as many days.
"""

import sys
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

import geopandas

from geo.measure import area_km2, forget_areas
from geo.overlay import forget_cuts
from layers.boundaries.reading import read_boundaries
from layers.build.measuring import measure_days
from layers.control.importing import ImportRequest, import_control
from layers.control_map import ControlMap
from layers.proposal.loading import load_proposal
from layers.proposal.model import ProposalFile
from layers.reference.control_series import ControlSeries
from layers.reference.reference_data import load_reference_data
from layers.reference.study_data import StudyData, load_study_data

SAMPLES = Path(__file__).parents[2] / "shared" / "samples"
FILES = ("deepstate-mirror_2025-11-20.geojson", "uacontrolmap_2025-11-20.json")
TIMES = 3
SAMPLE_DAYS = 6


@dataclass(frozen=True)
class Task:
    """Control maps by day on some oblasts, and the ratio that is promised on them."""

    name: str
    study: StudyData
    promised: float


def ours(study: StudyData, proposal: ProposalFile) -> int:
    """Zones, their areas and the total of every day; the number of figures."""
    return sum(len(day.zones) for day in measure_days(study, proposal, study.control.dates))


def rival(oblasts: geopandas.GeoDataFrame, frames: Mapping[str, Mapping[str, geopandas.GeoDataFrame]]) -> int:
    """The same by overlays of whole frames; the number of figures."""
    figures = 0
    for levels in frames.values():
        for frame in levels.values():
            for how in ("intersection", "difference"):
                parts = geopandas.overlay(oblasts, frame, how=how, keep_geom_type=True)
                figures += sum(1 for part in parts.geometry if area_km2(part) > 0)
        if len(levels) > 1:
            between = geopandas.overlay(levels["any"], levels["agreed"], how="difference", keep_geom_type=True)
            parts = geopandas.overlay(oblasts, between, how="intersection", keep_geom_type=True)
            figures += sum(1 for part in parts.geometry if area_km2(part) > 0)
    return figures


def embedded() -> Task:
    """All days at three levels on Natural Earth."""
    return Task("embedded maps", load_study_data(), 5.0)


def samples() -> Task | None:
    """Days as publishers draw them, on OpenStreetMap's oblasts."""
    if not SAMPLES.is_dir():
        return None
    study = load_study_data()
    read = [
        import_control(SAMPLES / "control" / name, ImportRequest(), study, today=date(2026, 1, 1)) for name in FILES
    ]
    maps = [one.stored.control for one in read]
    days = {f"2025-11-{number + 1:02}": maps[number % len(maps)] for number in range(SAMPLE_DAYS)}
    control: dict[str, ControlMap] = {day: replace(one, as_of=day) for day, one in days.items()}
    outlines = read_boundaries(SAMPLES / "boundaries" / "adm1_osm_land.geojson", study.reference.oblasts).oblasts
    reference = replace(study.reference, oblasts=outlines)
    series = ControlSeries(tuple(control), lambda day, _: control[day], study.control.source)
    return Task("sample maps, OSM oblasts", StudyData(reference, series), 3.0)


def frames_of(study: StudyData) -> tuple[geopandas.GeoDataFrame, dict[str, dict[str, geopandas.GeoDataFrame]]]:
    """What the rival overlays: the oblasts, and a frame a day and level."""
    outlines = [oblast.outline for oblast in study.reference.oblasts.values()]
    oblasts = geopandas.GeoDataFrame({"iso": list(study.reference.oblasts)}, geometry=outlines, crs=4326)
    frames = {
        day: {
            level: geopandas.GeoDataFrame(geometry=[held], crs=4326)
            for level, held in study.control[day].levels.items()
        }
        for day in study.control.dates
    }
    return oblasts, frames


def seconds(work: Callable[[], int]) -> float:
    """How long a piece of work takes from cold: no cut and no area is remembered."""
    forget_areas()
    forget_cuts()
    start = time.perf_counter()
    work()
    return time.perf_counter() - start


def compare(task: Task, proposal: ProposalFile) -> bool:
    """Measure both in turn, take the faster run of each, print; whether the promise is kept."""
    oblasts, frames = frames_of(task.study)
    runs = [
        (seconds(lambda: ours(task.study, proposal)), seconds(lambda: rival(oblasts, frames))) for _ in range(TIMES)
    ]
    our_s, rival_s = (min(run[side] for run in runs) for side in (0, 1))
    days = len(task.study.control.dates)
    print(f"{task.name:26} ours {days / our_s:7.1f} days/s   geopandas.overlay {days / rival_s:7.1f} days/s", end="   ")
    print(f"ratio {rival_s / our_s:5.1f}, promised {task.promised:.0f}")
    return rival_s / our_s >= task.promised


def main() -> int:
    """Both sets of data; 1 where a promise is not kept."""
    proposal = load_proposal("us-28-points", load_reference_data().names)
    tasks = [task for task in (embedded(), samples()) if task is not None]
    if len(tasks) == 1:
        print("sample maps: not beside the repository, left out")
    kept = [compare(task, proposal) for task in tasks]
    return 0 if all(kept) else 1


if __name__ == "__main__":
    sys.exit(main())
