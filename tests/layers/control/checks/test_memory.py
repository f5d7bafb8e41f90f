"""A map of a tenth of the vertices that are read, half a million in 20 MB, in under a tenth of 3 GiB of memory."""

import json
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

from layers.readers.files.limits import MOST_BYTES, MOST_VERTICES
from webapp.setup import ROOT

VERTICES, BYTES = MOST_VERTICES // 10, MOST_BYTES // 10
MOST_MEMORY_MIB = 3 * 1024 / 10  # besides what a program takes that reads nothing
READ_AND_CLEAN = """
import json, resource, sys
from pathlib import Path
from layers.control.checks.cleaning import clean
from layers.reference.reference_data import load_reference_data
from layers.readers import read_control
ukraine, seen = load_reference_data().ukraine, set()
peak_mib = lambda: resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
before_mib = peak_mib()
progress = lambda label, done, total: seen.add(label)
cleaned = clean(read_control(Path(sys.argv[1]), progress=progress), ukraine, progress)
codes = [finding.code for finding in cleaned.findings]
taken_mib = peak_mib() - before_mib
print(json.dumps({"taken_mib": taken_mib, "vertices": cleaned.raw.vertices, "codes": codes, "seen": sorted(seen)}))
"""


def wavy(vertices: int) -> str:
    """A ring of so many vertices around the middle of the east, as text; it crosses itself in one place."""
    turn = np.linspace(0, 2 * np.pi, vertices - 1, endpoint=False)
    reach = 3 * (1 + 0.2 * np.sin(17 * turn))
    ring = np.column_stack([35 + reach * np.cos(turn), 48 + 0.6 * reach * np.sin(turn)])
    ring[[10, 11]] = ring[[11, 10]]
    return ", ".join(f"[{lon:.14f}, {lat:.14f}]" for lon, lat in [*ring, ring[0]])


@pytest.mark.slow
def test_a_large_map_is_read_in_memory_like_its_size(tmp_path: Path) -> None:
    path = tmp_path / "large.geojson"
    name = json.dumps({"name": "🗺"}, ensure_ascii=False)  # makes Python hold the text with four bytes a letter
    geometry = f'{{"type": "Polygon", "coordinates": [[{wavy(VERTICES)}]]}}'
    path.write_text(f'{{"type": "Feature", "properties": {name}, "geometry": {geometry}}}', "utf-8")
    assert 0.9 * BYTES < path.stat().st_size <= BYTES
    command = [sys.executable, "-c", READ_AND_CLEAN, str(path)]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, check=True, text=True, timeout=900)
    told = json.loads(done.stdout)
    assert told["vertices"] == VERTICES
    assert "self-crossing" in told["codes"]
    assert set(told["seen"]) >= {"Reading", "Measuring", "Uniting", "Cutting"}
    assert told["taken_mib"] < MOST_MEMORY_MIB
