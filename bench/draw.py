"""How long the figures of the drawing page take for a line of 2,000 points, in Node, which has Chromium's engine.

Printed are the milliseconds of each measurement of a line whose points all moved, sorted; the promise is 100. Measured
are oblasts, zones, places, length and distance from the line of contact; nothing is drawn.
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
    times_ms = sorted(map(float, done.stdout.split()))
    median = statistics.median(times_ms)
    print(f"2,000 points: median {median:.0f} ms, least {times_ms[0]:.0f} ms, promised {PROMISED_MS:.0f} ms")
    sys.exit(median > PROMISED_MS)


if __name__ == "__main__":
    main()
