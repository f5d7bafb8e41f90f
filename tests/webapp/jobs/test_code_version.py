"""A result's key covers all that is read to make it, so that no result of an earlier version is served."""

import json
import subprocess
import sys
from pathlib import Path
from types import ModuleType

import pytest

from webapp.charts import cache as charts
from webapp.images import jobs as images
from webapp.jobs.code_version import ROOT, code_version, files_behind, module_files
from webapp.map import fragment

RECORDED = """
import json, os, sys
opened = set()
sys.addaudithook(lambda event, given: opened.add(str(given[0])) if event == "open" else None)
from layers.catalogue.model import COMMITTED, EVERY_DATE, load_catalogue
from layers.text.languages import installed_languages
languages = installed_languages()
{draw}
imported = {{module.__file__ for module in sys.modules.values() if getattr(module, "__file__", None)}}
print(json.dumps(sorted(os.path.abspath(path) for path in opened | imported)))
"""
IMAGES = """
from webapp.images.options.options import Options
from webapp.images.order import Order, draw_order
for options in (Options(), Options(lang="uk", theme="print", graticule=True), Options(text="paths", extent="ukraine")):
    for form in ("svg", "png"):
        draw_order(Order(COMMITTED, languages, "us-28-points", "2025-11-20", form, options))
draw_order(Order(COMMITTED, languages, "us-28-points", "2025-11-20", "pdf", Options()))
draw_order(Order(COMMITTED, languages, "us-28-points", "2025-11-20", "factsheet", Options()))
"""
CHARTS = """
from webapp.charts.order import FORMS, PAGE, ChartOrder, draw_chart_order
for form in (*FORMS, PAGE):
    draw_chart_order(ChartOrder(EVERY_DATE, languages, "us-28-points", "2025-11-01", "2025-12-01", "uk", form))
"""
FRAGMENTS = """
from webapp.map.first_view import first_view
from webapp.map.folium_map import draw
catalogue = load_catalogue(COMMITTED)
draw("A title", first_view(catalogue, catalogue.proposal("us-28-points")), languages["uk"])
"""
STATIC = {ROOT / "webapp/static", ROOT / "webapp/vendor/leaflet"}  # a fragment's key has the version of each file
BUILT = {ROOT / "layers/data", ROOT / "layers/cache"}  # the catalogue has their hashes


def _ours(draw: str) -> set[Path]:
    """The files of the project that are read or imported by a script."""
    ran = subprocess.run(
        [sys.executable, "-c", RECORDED.format(draw=draw)],
        capture_output=True, text=True, check=True, timeout=120, cwd=ROOT,
    )  # fmt: skip
    read = {Path(path) for path in json.loads(ran.stdout) if not path.endswith(".pyc")}
    houses = {ROOT / house for house in ("geo", "layers", "webapp")}
    return {path for path in read if path.is_file() and houses & {*path.parents}}


@pytest.mark.slow
@pytest.mark.parametrize(("user", "draw"), [(fragment, FRAGMENTS), (charts, CHARTS), (images, IMAGES)])
def test_everything_that_something_is_drawn_from_is_part_of_its_key(user: ModuleType, draw: str) -> None:
    ours = _ours(draw)
    by_hash = {path for path in ours if (BUILT | STATIC) & {*path.parents}}
    covered = {*files_behind(user.CODE, getattr(user, "FILES", ()))}
    assert len(ours - by_hash) > 30
    assert ours - by_hash - covered == set()


def test_javascript_that_are_imported_inside_functions_count() -> None:
    behind = {path.relative_to(ROOT).as_posix() for path in module_files(["webapp.map.fragment"])}
    assert {"webapp/map/fragment.py", "webapp/map/folium_map.py", "webapp/map/__init__.py"} <= behind
    assert "webapp/routes/pages.py" not in behind
    assert module_files(["no.module", "json"]) == set()


def test_a_version_changes_with_a_file_and_a_package(monkeypatch: pytest.MonkeyPatch) -> None:
    code, packages = ("webapp.charts.scale",), ("jinja2",)
    versions = {
        code_version(code),
        code_version(code, ("webapp/templates/image.typ",)),
        code_version(code, (), packages),
    }
    assert len(versions) == 3
    changed = dict.fromkeys(module_files(code), b"changed")
    code_version.cache_clear()
    with monkeypatch.context() as patch:
        patch.setattr("webapp.jobs.code_version._sha256", lambda path: changed.get(path, b"as it is"))
        assert code_version(code) not in versions
    code_version.cache_clear()
