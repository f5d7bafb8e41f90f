"""A map of half the vertices that are read, 2.5 million in nearly 100 MB, in under half of 3 GiB of memory."""

import json
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

from layers.readers.files.limits import MOST_BYTES, MOST_VERTICES
from webapp.setup import ROOT

VERTICES, BYTES = MOST_VERTICES // 2, MOST_BYTES // 2
MOST_MEMORY_MIB = 3 * 1024 / 2
READ_AND_CLEAN = """
import json, resource, sys
from pathlib import Path
from layers.control.checks.cleaning import clean
from layers.reference.reference_data import load_reference_data
from layers.readers import read_control
seen = set()
progress = lambda label, done, total: seen.add(label)
cleaned = clean(read_control(Path(sys.argv[1]), progress=progress), load_reference_data().ukraine, progress)
peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
codes = [finding.code for finding in cleaned.findings]
print(json.dumps({"peak_mib": peak, "vertices": cleaned.raw.vertices, "codes": codes, "seen": sorted(seen)}))
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
    assert told["peak_mib"] < MOST_MEMORY_MIB
