"""How long the figures of the drawing page take for a line of 2,000 points, in Node, which has Chromium's engine.

Printed are the milliseconds of each measurement of a line whose points all moved; the promise is 100. Measured are
oblasts, zones, places, length and distance from the line of contact; nothing is drawn. A buffer that takes long is
measured once the drawing rests, so that it has no promise; on a machine with other work its processor time tells more.
"""

import statistics
import subprocess
import sys

from webapp.setup import ROOT
from webapp.setup.assets import node_command

PROMISED_MS = 100.0


def main() -> None:
    """Measure and print; exit 1 where the promise is not kept."""
    done = subprocess.run([*node_command(), str(ROOT / "bench/draw.js")], capture_output=True, text=True, check=True)
    times_ms: dict[str, list[float]] = {}
    for line in done.stdout.splitlines():
        name, _, time_ms = line.rpartition(" ")
        times_ms.setdefault(name, []).append(float(time_ms))
    for name, found in times_ms.items():
        print(f"2,000 points, {name}: median {statistics.median(found):.0f} ms, least {min(found):.0f} ms")
    sys.exit(statistics.median(times_ms["drawing"]) > PROMISED_MS)


if __name__ == "__main__":
    main()
