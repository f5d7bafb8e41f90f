"""The service over an archive of ten years of daily control maps and 50 proposals, beside one of 27 days and 9.

The archive is made from real editions at other dates; of their files there are those that are asked for, as hard links.
Both are served by one worker each and asked in turn for what nobody has asked before: steps of the slider (the page of
a date with its layer of zones), pages of areas, and layers. Times are processor time of the worker, so that what else
the machine does counts less. Promised are, of the archive: less than 2 s of processor time from the start to the first
response, less than 150 MB of a worker's own memory after requests over all proposals and years, map pages of less than
250 kB, and steps that take at most 1.25 times as long as with 27 days. Times of pages of areas and of layers are only
printed: of an archive most are the first of their year, whose file is hashed then.

``--days 365 --proposals 20`` makes another one, ``--quick`` a year of it, in less than a minute.
"""

import argparse
import json
import os
import random
import re
import sys
import tempfile
import urllib.request
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import partial
from itertools import groupby
from pathlib import Path

from bench.servers import ROOT, Server, free_port, running
from layers.catalogue.model import (
    EVERY_DATE,
    Catalogue,
    Proposal,
    load_catalogue,
    read_edition,
    write_document,
    write_edition,
)
from layers.catalogue.years import YEAR, year_file
from layers.files import link_or_copy

NEWEST = date(2026, 6, 30)
SMALL = 27, 9  # days and proposals
LARGE, QUICK = (3650, 50), (365, 50)
STEPS, WALKED, ASKED, ROUNDS = 20, 4, 60, 4  # steps of so many proposals, other editions
Named = tuple[str, str]  # the proposal and the date of an edition
STEP, AREAS, LAYER = "step", "page of areas", "layer"
START_S, OWN_MB, PAGE_KB, TIMES = 2.0, 150, 250, 1.25
TICKS_A_S = os.sysconf("SC_CLK_TCK")
ZONES = re.compile(r'"zones":\{"url":"([^"]+)","versions":(\{[^}]*\})')


@dataclass(frozen=True)
class Archive:
    """An archive in a folder, what it was made of, and the editions whose files are there."""

    root: Path
    days: tuple[str, ...]
    sources: Mapping[str, Proposal]

    def source(self, proposal_id: str, as_of: str) -> Named:
        """The real edition behind one of the archive: its proposal and date."""
        source = self.sources[proposal_id]
        real = tuple(source.editions)
        return source.id, real[self.days.index(as_of) * len(real) // len(self.days)]

    def entry(self, proposal_id: str, as_of: str) -> bytes:
        """The entry of an edition, as a catalogue has it."""
        real, day = self.source(proposal_id, as_of)
        written = _written(self.sources[proposal_id], day)
        return written.replace(real.encode(), proposal_id.encode()).replace(day.encode(), as_of.encode())

    def link(self, proposal_id: str, as_of: str, base: Path) -> None:
        """Have the files of an edition."""
        real, day = self.source(proposal_id, as_of)
        for path in read_edition(self.entry(proposal_id, as_of)).sha256:
            link_or_copy(base / path.replace(proposal_id, real).replace(as_of, day), self.root / path)


_entries: dict[Named, bytes] = {}


def _written(proposal: Proposal, as_of: str) -> bytes:
    key = proposal.id, as_of
    if key not in _entries:
        _entries[key] = write_edition(proposal.editions[as_of])
    return _entries[key]


def make_archive(root: Path, base: Catalogue, days: int, proposals: int) -> Archive:
    """Write the catalogue of an archive, and the files that editions share."""
    known = tuple(str(NEWEST - timedelta(days=ago)) for ago in reversed(range(days)))
    real = list(base.proposals.values())
    sources = {f"{real[number % len(real)].id}-{number}": real[number % len(real)] for number in range(proposals)}
    archive = Archive(root, known, sources)
    made = {name: _proposal(archive, name, base.control.id) for name in sources}
    catalogue = replace(base, control_dates=known, proposals=made)
    (root / "catalog.json").write_bytes(write_document(catalogue))
    for path in base.shared_sha256:
        link_or_copy(base.root / path, root / path)
    return archive


def _proposal(archive: Archive, name: str, control_id: str) -> Proposal:
    """A proposal with the files of its years."""
    years = []
    for _, days in groupby(archive.days, lambda day: day[:YEAR]):
        year, content = year_file(name, {day: archive.entry(name, day) for day in days}, archive.days, control_id)
        path = archive.root / year.path
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
        years.append(year)
    return replace(archive.sources[name], id=name, years=tuple(years))


@dataclass(frozen=True)
class Sample:
    """Editions that are asked for, each once and for one thing; ``everywhere`` are those of all proposals and years."""

    own: tuple[Named, ...]
    steps: tuple[Named, ...]
    pages: tuple[Named, ...]
    layers: tuple[Named, ...]
    everywhere: tuple[Named, ...]

    @property
    def editions(self) -> frozenset[Named]:
        """All editions whose files are read."""
        return frozenset((*self.own, *self.steps, *self.pages, *self.layers, *self.everywhere))

    def of(self, kind: str) -> tuple[Named, ...]:
        """Return what is asked of a kind."""
        return {STEP: self.steps, AREAS: self.pages, LAYER: self.layers}[kind]


def choose(archive: Archive, catalogue: Catalogue) -> Sample:
    """Choose editions: neighbours for steps, and others of any date; the same at each run."""
    names, chance = list(archive.sources), random.Random(1)
    own = tuple(
        (name, day) for name in names for day in _shown_beside(catalogue.proposals[name]) if day in archive.days
    )
    first = len(archive.days) // 2 - STEPS // 2
    steps = tuple((name, day) for name in names[:WALKED] for day in archive.days[first : first + STEPS])
    others = chance.sample([(name, day) for name in names[WALKED:] for day in archive.days], 2 * ASKED)
    years = {day[:YEAR]: day for day in archive.days}.values()
    everywhere = tuple((name, day) for name in names for day in years)
    return Sample(own, steps, tuple(others[:ASKED]), tuple(others[ASKED:]), everywhere)


def _shown_beside(proposal: Proposal) -> set[str]:
    """The days that pages of other days show, too: the proposal's own, the newest, and those of figures."""
    figures = [figure for published in proposal.published for figure in published.figures]
    days = {proposal.own_date, proposal.control_dates[-1], *(effect.as_of for effect in proposal.outline_effect)}
    return days | {day for one in figures for day in (one.as_of, one.since_as_of) if day}


def worker_of(server: Server) -> int:
    """The process of the service's worker."""
    children = Path(f"/proc/{server.process.pid}/task/{server.process.pid}/children").read_text().split()
    own = [child for child in children if b"resource_tracker" not in Path(f"/proc/{child}/cmdline").read_bytes()]
    return int(own[0])


def cpu_s(process: int) -> float:
    """The processor time that a process has taken."""
    fields = Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / TICKS_A_S


def own_mb(process: int) -> float:
    """The memory of a process that no file stands behind."""
    status = dict(line.split(":", 1) for line in Path(f"/proc/{process}/status").read_text().splitlines())
    return int(status["RssAnon"].split()[0]) / 1024


def read(server: Server, path: str) -> bytes:
    """The body of a response."""
    with urllib.request.urlopen(server.url.rstrip("/") + path, timeout=120) as answer:
        content: bytes = answer.read()
    return content


def step(server: Server, proposal_id: str, as_of: str) -> int:
    """Ask for what a step of the slider fetches; the size of its page."""
    page = read(server, f"/en/map/{proposal_id}?as_of={as_of}")
    url, versions = ZONES.findall(page.decode())[0]
    version = json.loads(versions)[as_of[:YEAR]]
    read(server, url.replace("{date}", as_of).replace("{version}", version))
    return len(page)


def areas(server: Server, proposal_id: str, as_of: str) -> int:
    """Ask for the page of areas."""
    return len(read(server, f"/en/areas/{proposal_id}?as_of={as_of}"))


def layer(server: Server, proposal_id: str, as_of: str) -> int:
    """Ask for the layer of all zones."""
    return len(read(server, f"/layers/{proposal_id}/{as_of}.geojson"))


def timed(server: Server, ask: Callable[..., int], editions: Sequence[Named]) -> tuple[float, int]:
    """Processor time of the worker for one of some requests, in ms, and the size of the largest page."""
    worker = worker_of(server)
    before = cpu_s(worker)
    largest = max(ask(server, *edition) for edition in editions)
    return (cpu_s(worker) - before) * 1000 / len(editions), largest


def prepared(folder: Path, days: int, proposals: int, base: Catalogue) -> Sample:
    """Make an archive with the files that are asked for; what is asked."""
    folder.mkdir()
    archive = make_archive(folder, base, days, proposals)
    sample = choose(archive, load_catalogue(folder))
    for edition in sample.editions:
        archive.link(*edition, base.root)
    index_kb, years_mb = (folder / "catalog.json").stat().st_size / 1e3, _size(folder.glob("*/????.json")) / 1e6
    print(f"{days:,} days x {proposals} proposals: catalog.json {index_kb:,.0f} kB, files of years {years_mb:,.0f} MB")
    return sample


def _size(paths: Iterable[Path]) -> int:
    return sum(path.stat().st_size for path in paths)


@contextmanager
def served(folder: Path) -> Iterator[Server]:
    """The service over an archive, which takes nothing from what was prepared for the included data."""
    port = free_port()
    command = [sys.executable, "-m", "bench.scale", "--serve", str(folder), "--port", str(port)]
    environ = {"PYTHONPATH": os.pathsep.join((str(ROOT), os.environ.get("PYTHONPATH", "")))}
    with running(command, f"http://127.0.0.1:{port}/en/proposals", environ) as server:
        yield replace(server, url=f"http://127.0.0.1:{port}")


def serve_archive(folder: Path, port: int) -> None:
    """Serve an archive; maps are drawn into a folder beside it."""
    from webapp.disk_cache import DiskCache
    from webapp.map import fragment
    from webapp.server import serving

    fragment.PREPARED = DiskCache(folder.with_suffix(".maps"))
    serving.report_damaged = lambda application: None  # most files are left out
    serving.serve("127.0.0.1", port, 1, partial(_roots, folder))


def _roots(folder: Path) -> tuple[Path]:
    return (folder,)


def started_s(server: Server) -> float:
    """The processor time of the service from its start: of the process that starts it and of its worker."""
    return cpu_s(server.process.pid) + cpu_s(worker_of(server))


def compare(servers: Mapping[str, Server], samples: Mapping[str, Sample]) -> Iterator[tuple[str, float, bool]]:
    """What is promised of the archive, with what was measured, and whether it is kept."""
    for name, server in servers.items():  # maps are drawn once for a proposal
        for proposal in dict.fromkeys(proposal for proposal, _ in samples[name].steps):
            read(server, f"/en/map/{proposal}")
    for kind, ask in {STEP: step, AREAS: areas, LAYER: layer}.items():
        times: dict[str, float] = dict.fromkeys(servers, 0.0)
        for number in range(ROUNDS):
            for name, server in list(servers.items())[:: -1 if number % 2 else 1]:
                ms, size = timed(server, ask, samples[name].of(kind)[number::ROUNDS])
                times[name] += ms / ROUNDS
        small, archive = times.values()
        print(f"  {kind}: {archive:.1f} ms, with {SMALL[0]} days {small:.1f} ms, {size / 1000:,.0f} kB")
        if kind == STEP:
            times_as_long = f"times as long as with {SMALL[0]} days for a {kind}, at most {TIMES}"
            yield times_as_long, archive / small, archive / small <= TIMES
            yield f"kB of a map page, less than {PAGE_KB}", size / 1000, size / 1000 < PAGE_KB
    server = servers["archive"]
    for edition in samples["archive"].everywhere:
        areas(server, *edition)
    for path in ("/en/", "/en/data", "/catalog.json", "/catalog.jsonld"):
        before = cpu_s(worker_of(server))
        size = len(read(server, path))
        print(f"  {path}: {(cpu_s(worker_of(server)) - before) * 1000:.0f} ms, {size / 1000:,.0f} kB")
    mb = own_mb(worker_of(server))
    yield f"MB of a worker's own after all that, less than {OWN_MB}", mb, mb < OWN_MB


def measure(folder: Path, days: int, proposals: int) -> bool:
    """Measure everything and print it; whether all promises are kept."""
    base = load_catalogue(EVERY_DATE)
    sizes = {"small": SMALL, "archive": (days, proposals)}
    samples = {name: prepared(folder / name, *size, base) for name, size in sizes.items()}
    with ExitStack() as stack:
        servers, started = {}, {}
        for name in sizes:
            servers[name] = stack.enter_context(served(folder / name))
            started[name] = started_s(servers[name])
            mb = own_mb(worker_of(servers[name]))
            print(f"  {name}: first response after {servers[name].ready_s:.1f} s, {mb:.0f} MB of a worker's own")
        print(f"  processor time: {started['archive']:.2f} s, with {SMALL[0]} days {started['small']:.2f} s")
        kept = [
            (
                f"s of processor time to the first response, less than {START_S}",
                started["archive"],
                started["archive"] < START_S,
            )
        ]
        kept += compare(servers, samples)
    for promise, value, is_kept in kept:
        print(f"{value:9.2f} {promise}{'' if is_kept else '   NOT KEPT'}")
    return all(is_kept for _, _, is_kept in kept)


def main() -> int:
    """Measure; 1 where a promise is not kept."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--days", type=int, default=LARGE[0])
    parser.add_argument("--proposals", type=int, default=LARGE[1])
    parser.add_argument("--quick", action="store_true", help=f"{QUICK[0]} days and {QUICK[1]} proposals")
    parser.add_argument("--serve", type=Path, help=argparse.SUPPRESS)
    parser.add_argument("--port", type=int, default=0, help=argparse.SUPPRESS)
    given = parser.parse_args()
    if given.serve:
        serve_archive(given.serve, given.port)
        return 0
    size = QUICK if given.quick else (given.days, given.proposals)
    with tempfile.TemporaryDirectory(prefix="clausemap-bench-", dir=EVERY_DATE.parent) as name:
        return 0 if measure(Path(name), *size) else 1


if __name__ == "__main__":
    sys.exit(main())
