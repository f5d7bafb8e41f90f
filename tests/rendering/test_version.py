"""What an image is known by covers all that is read to draw it, so that no image of an earlier version is sent."""

import json
import subprocess
import sys
from pathlib import Path

from webapp.rendering.cache_key import MADE_OF, ROOT

DRAWS = """
import json, os, sys
opened = set()
sys.addaudithook(lambda event, given: opened.add(str(given[0])) if event == "open" else None)
from layers.catalogue.model import COMMITTED, EVERY_DATE
from webapp.charts.order import DRAWERS, ChartOrder, draw_chart_order
from webapp.images.options.options import Options
from webapp.images.order import Order, draw_order
for options in (Options(), Options(lang="uk", theme="print", graticule=True), Options(text="paths", extent="ukraine")):
    for form in ("svg", "png"):
        draw_order(Order(COMMITTED, "us-28-points", "2025-11-20", form, options))
for form in DRAWERS:
    draw_chart_order(ChartOrder(EVERY_DATE, "us-28-points", "2025-11-01", "2025-12-01", "uk", form))
imported = {module.__file__ for module in sys.modules.values() if getattr(module, "__file__", None)}
print(json.dumps(sorted(os.path.abspath(path) for path in opened | imported)))
"""


def test_every_file_that_something_is_drawn_from_is_part_of_its_key() -> None:
    said = subprocess.run(
        [sys.executable, "-c", DRAWS], capture_output=True, text=True, check=True, timeout=60, cwd=ROOT
    )
    read = {Path(path) for path in json.loads(said.stdout) if not path.endswith(".pyc")}
    rooms = [ROOT / room for room in ("geo", "layers", "webapp")]
    ours = {path for path in read if path.is_file() and any(room in path.parents for room in rooms)}
    covered = {path for pattern in MADE_OF for path in ROOT.glob(pattern)}
    built = {ROOT / "layers/data", ROOT / "layers/cache"}
    by_hash = {path for path in ours if built & {*path.parents}}  # the catalogue tells their hashes
    assert ours > by_hash
    assert ours - covered - by_hash == set()
