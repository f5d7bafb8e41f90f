"""One layer over HTTP on loopback: our service against what else serves layers, by wrk with 8 connections.

All servers run at once and are asked in turn, round by round; ratios are those over all rounds. Each has one worker,
and everything goes gzipped. Promised are: at least 200 times pygeoapi on the same file; at least 0.8 of a WSGI function
that only returns the same headers and body, on the same server; from the published folder as much as nginx gives of any
file; the slowest hundredth of responses within 10 ms; less than 60 MB of memory of a worker's own, the program's files
apart; and a service that is ready within 1.5 s. Times and memory are promised for a machine that does nothing else.

``--minutes 10`` then runs ours at 80 % of its highest rate for so long, and shows errors and growth. Needed: wrk, and
for two rows nginx (Debian: ``apt-get install wrk nginx-light``).
"""

import argparse
import re
import shutil
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from bench.servers import BIN, Server, all_running, contenders, features_at
from layers.catalogue.model import load_catalogue
from webapp.publishing.making import Copy, response_body, write_made
from webapp.publishing.names import file_of

LAYER = "us-28-points/2025-11-20.geojson"
PATH = f"/layers/{LAYER}"
CONNECTIONS = 8
ROUNDS = 8
SECONDS = 2
SHARE, DELAY_MS, SEGMENT_S, GROWN_MB = 0.8, 8, 30, 3.0
TIMES_PYGEOAPI, OF_BARE, OF_NGINX, SLOWEST_MS, OWN_MB, READY_S = 200, 0.8, 0.95, 10, 60, 1.5
UNITS_MS = {"us": 0.001, "ms": 1.0, "s": 1000.0}


@dataclass(frozen=True)
class Run:
    """What wrk counted: responses a second, the time within which 99 % came, and errors."""

    rate: float
    p99_ms: float
    errors: int


def ask(url: str, seconds: float, connections: int = CONNECTIONS, *more: str) -> Run:
    """Ask a server as fast as it can, or as a script of wrk's says."""
    command = [
        "wrk",
        "-t1",
        f"-c{connections}",
        f"-d{seconds}s",
        "--latency",
        "-H",
        "Accept-Encoding: gzip",
        *more,
        url,
    ]
    said = subprocess.run(command, capture_output=True, text=True, check=True).stdout
    rate = re.search(r"Requests/sec:\s+([\d.]+)", said)
    p99 = re.search(r"99%\s+([\d.]+)(us|ms|s)", said)
    if not (rate and p99):
        raise RuntimeError(said)
    errors = sum(map(int, re.findall(r"Non-2xx or 3xx responses: (\d+)", said)))
    for line in re.findall(r"Socket errors: (.*)", said):
        errors += sum(map(int, re.findall(r"\d+", line)))
    return Run(float(rate[1]), float(p99[1]) * UNITS_MS[p99[2]], errors)


def in_turn(servers: Mapping[str, Server]) -> dict[str, list[Run]]:
    """Several rounds, in each of which every server is asked once, forwards and backwards in turn."""
    runs: dict[str, list[Run]] = {name: [] for name in servers}
    for number in range(ROUNDS):
        for name in list(servers)[:: -1 if number % 2 else 1]:
            runs[name].append(ask(servers[name].url, SECONDS))
    return runs


def ratio(runs: Mapping[str, Sequence[Run]], one: str, other: str) -> float:
    """How many times the rate of another, over all rounds."""
    return sum(run.rate for run in runs[one]) / sum(run.rate for run in runs[other])


def memory_mb(server: Server) -> tuple[float, float]:
    """The memory of the service's worker: what no file stands behind, and all that is resident."""
    children = Path(f"/proc/{server.process.pid}/task/{server.process.pid}/children").read_text().split()
    for child in children:
        status = dict(line.split(":", 1) for line in Path(f"/proc/{child}/status").read_text().splitlines())
        if "multiprocessing.resource_tracker" not in Path(f"/proc/{child}/cmdline").read_text():
            return tuple(int(status[name].split()[0]) / 1024 for name in ("RssAnon", "VmRSS"))  # type: ignore[return-value]
    raise RuntimeError("the service has no worker")


def long_run(server: Server, highest: float, minutes: float, folder: Path) -> bool:
    """Run at a share of the highest rate, in segments; whether there was no error and the memory did not grow."""
    script = folder / "slowly.lua"
    script.write_text(f"function delay() return {DELAY_MS} end\n")
    slowly = ("-s", str(script))
    connections = round(highest * SHARE * DELAY_MS / 1000)
    tried = ask(server.url, SECONDS, connections, *slowly)
    connections = max(1, round(connections * highest * SHARE / tried.rate))
    errors, memory = 0, list[float]()
    for _ in range(max(2, round(minutes * 60 / SEGMENT_S))):
        run = ask(server.url, SEGMENT_S, connections, *slowly)
        errors += run.errors
        memory.append(memory_mb(server)[0])
        print(f"  {run.rate / highest:4.0%} of the highest rate, 99 % within {run.p99_ms:.1f} ms, {memory[-1]:.1f} MB")
    middle = len(memory) // 2  # a single value swings by what is being answered at that moment
    grown = statistics.median(memory[middle:]) - statistics.median(memory[:middle])
    print(f"{minutes:g} minutes: {errors} errors, memory {grown:+.1f} MB from the first half to the second")
    return errors == 0 and grown < GROWN_MB


def promises(runs: Mapping[str, Sequence[Run]], ours: Server) -> list[tuple[str, float, bool]]:
    """Each promise with what was measured, and whether it is kept."""
    pygeoapi, bare = ratio(runs, "ours", "pygeoapi"), ratio(runs, "ours", "bare WSGI function")
    slowest, (own, _) = min(run.p99_ms for run in runs["ours"]), memory_mb(ours)
    found = [
        (f"times pygeoapi, at least {TIMES_PYGEOAPI}", pygeoapi, pygeoapi >= TIMES_PYGEOAPI),
        (f"of the bare WSGI function, at least {OF_BARE}", bare, bare >= OF_BARE),
        (f"ms for 99 % of the best round, less than {SLOWEST_MS}", slowest, slowest < SLOWEST_MS),
        (f"MB of a worker's own, less than {OWN_MB}", own, own < OWN_MB),
        (f"s until it is ready, less than {READY_S}", ours.ready_s, ours.ready_s < READY_S),
    ]
    if "nginx, plain folder" in runs:
        published = ratio(runs, "nginx, published folder", "nginx, plain folder")
        found.append((f"of nginx, from the published folder, at least {OF_NGINX}", published, published >= OF_NGINX))
    return found


def publish_layer(folder: Path) -> Path:
    """Write the layer as a published copy has it; its folder."""
    body, _ = response_body(Copy(), PATH)
    write_made(PATH, file_of(PATH), body, compressible=True, folder=folder)
    return folder


def measure(folder: Path, python: Path, minutes: float) -> bool:
    """Measure everything and print it; whether all promises are kept."""
    layer = folder / "layer.geojson"
    layer.write_bytes((load_catalogue().root / LAYER).read_bytes())
    published = publish_layer(folder / "published")
    with all_running(contenders(layer, published, PATH, folder, python)) as servers:
        counts = {name: features_at(server.url) for name, server in servers.items()}
        assert len(set(counts.values())) == 1, f"not the same features: {counts}"
        runs = in_turn(servers)
        for name, counted in runs.items():
            rate, errors = statistics.median(run.rate for run in counted), sum(run.errors for run in counted)
            print(f"{name:26} {rate:9,.1f} a second, {ratio(runs, name, 'ours'):8.4f} of ours, {errors} errors")
        kept = promises(runs, servers["ours"])
        for promise, value, is_kept in kept:
            print(f"{value:9.2f} {promise}{'' if is_kept else '   NOT KEPT'}")
        print(f"{memory_mb(servers['ours'])[1]:9.2f} MB resident with the program's files")
        highest = max(run.rate for run in runs["ours"])
        lasting = long_run(servers["ours"], highest, minutes, folder) if minutes else True
    return lasting and all(is_kept for _, _, is_kept in kept) and not any(run.errors for run in runs["ours"])


def main() -> int:
    """Measure; 1 where a promise is not kept."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--minutes", type=float, default=0, help="how long ours then runs at 80 %% of its highest rate")
    parser.add_argument("--rivals", type=Path, default=BIN / "python", help="Python that has pygeoapi and granian")
    given = parser.parse_args()
    if not shutil.which("wrk"):
        print("wrk is not installed, so that nothing is measured (Debian: apt-get install wrk)")
        return 1
    if not shutil.which("nginx"):
        print("nginx is not installed: its two rows are left out (Debian: apt-get install nginx-light)")
    with tempfile.TemporaryDirectory(prefix="clausemap-bench-") as name:
        return 0 if measure(Path(name), given.rivals, given.minutes) else 1


if __name__ == "__main__":
    sys.exit(main())
