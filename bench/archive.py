"""An archive of synthetic days: one worker against two, memory as days are added, and a plain loop on the same data.

Ours reads, derives, measures and writes every file of every proposal on each day, with a worker a process. The plain
loop has its frames in memory and its bands drawn; it calls geopandas.overlay for each zone of each proposal that
depends on control, at the three levels that a low and a high need, and writes nothing. Beside it stands what the loop
takes where it cuts once what several proposals have in common.

Promised are: 2 workers at least 1.7 times as fast as 1; below 1 GiB a worker; with 2 workers at least 5 times as many
days a second as the plain loop. Of 1,000 days or more also: at the end at most a tenth more memory than after the first
tenth of them, when what is remembered of earlier days has come to its limits.
``--days 1000`` takes about 4 GB of disk for as long as it runs; days are fewer by default.
"""

import argparse
import resource
import sys
import tempfile
import time
from collections.abc import Iterator
from functools import partial
from itertools import islice

import geopandas
from distributed import Client

from bench.build import Frames, Overlay, is_band, overlays_of, read_frames, rival, seconds
from bench.synthetic_days import SyntheticSource
from layers.archive.source import read_source
from layers.build.edition import derive
from webapp.archiving.running import ArchivePlan, opened_client, run_plan
from webapp.archiving.tasks import EditionOutcome, make_shared
from webapp.archiving.wanted import WantedFiles

DAYS, RIVAL_DAYS = 30, 2
SPEEDUP, RATIO = 1.7, 5.0
MOST_MIB, MOST_GROWTH, LONG = 1024, 1.1, 1000


def plan_of(to: str, days: int) -> ArchivePlan:
    """All proposals on so many days; what they share is there before the clock starts."""
    make_shared(to, SyntheticSource(1))
    return ArchivePlan(to, (SyntheticSource(days),), WantedFiles(), (), "", "9999")


def peak_mib() -> float:
    """The memory of a process at its height so far."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def drained(made: Iterator[EditionOutcome], count: int | None = None) -> int:
    """Take so many editions, or all; their number. Raises RuntimeError for one that failed."""
    taken = 0
    for one in islice(made, count):
        if one.problem:
            raise RuntimeError(f"{one.edition}: {one.problem}")
        taken += 1
    return taken


def most_mib(client: Client) -> float:
    """The memory of the worker that took most."""
    found: dict[str, float] = client.run(peak_mib)
    return max(found.values())


def measure(workers: int, days: int) -> tuple[float, float, float]:
    """Days a second, and the memory of a worker after a tenth of the days and after all, in MiB."""
    with tempfile.TemporaryDirectory() as to, opened_client(None, workers) as client:
        drained(run_plan(client, plan_of(to, 2 * workers)))  # every worker has read the sources
        plan = plan_of(to, days)
        start, made = time.perf_counter(), run_plan(client, plan)
        drained(made, plan.editions // 10)
        early_mib = most_mib(client)
        drained(made)
        return days / (time.perf_counter() - start), early_mib, most_mib(client)


def plain_loop(days: int) -> list[tuple[tuple[str, ...], Overlay]]:
    """What the rival has to cut on so many days, each with what it is, by which several proposals can share it."""
    order, given = read_source(SyntheticSource(days)), read_frames()
    overlays: list[tuple[tuple[str, ...], Overlay]] = []
    for as_of in order.dates:
        levels = order.setting.study.control[as_of].levels
        control = {(as_of, name): geopandas.GeoDataFrame(geometry=[shape], crs=4326) for name, shape in levels.items()}
        frames = Frames(given.oblasts, given.ukraine, control)
        for proposal in order.proposals:
            for zone in derive(proposal, as_of, order.setting).zones:
                known = zone.properties
                band = geopandas.GeoDataFrame(geometry=[zone.geometry], crs=4326) if is_band(known) else None  # type: ignore[arg-type]
                shape = zone.geometry.wkt if band is not None else str(known["oblast"] or known["kind"])
                cuts = overlays_of(frames, known, as_of, band)  # type: ignore[arg-type]  # a row of properties
                overlays += [((as_of, shape, cut.level, cut.how), cut) for cut in cuts]
    return overlays


def main() -> int:
    """Measure and compare; 1 where a promise is not kept."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--days", type=int, default=DAYS)
    days = max(parser.parse_args().days, 10)
    one, *_ = measure(1, max(days // 3, 10))
    two, early_mib, late_mib = measure(2, days)
    overlays = plain_loop(RIVAL_DAYS)
    plain, single = ([cut for _, cut in overlays], list(dict(overlays).values()))
    plain_s, single_s = (seconds(partial(rival, cuts))[0] / RIVAL_DAYS for cuts in (plain, single))
    print(f"1 worker                {one:7.3f} days/s")
    print(f"2 workers               {two:7.3f} days/s  {two / one:.2f} times 1 worker, promised {SPEEDUP}")
    print(f"memory of a worker      {early_mib:5.0f} MiB after {days // 10} days, {late_mib:.0f} MiB after {days}")
    print(f"plain geopandas.overlay {1 / plain_s:7.3f} days/s  2 workers {two * plain_s:.1f} times, promised {RATIO}")
    print(f"  what is common once   {1 / single_s:7.3f} days/s  2 workers {two * single_s:.1f} times")
    kept = (
        two / one >= SPEEDUP,
        late_mib < MOST_MIB and (days < LONG or late_mib <= MOST_GROWTH * early_mib),
        two * plain_s >= RATIO,
    )
    return 0 if all(kept) else 1


if __name__ == "__main__":
    sys.exit(main())
