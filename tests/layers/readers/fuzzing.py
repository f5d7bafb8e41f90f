"""``python -m tests.layers.readers.fuzzing SAMPLES FIRST LAST``: changed files read one after the other within bounds.

Prints the number of each try before it, and a line of JSON for each finding. Time and memory end the process.
"""

import json
import resource
import signal
import sys
import tempfile
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from random import Random
from typing import Any

from layers.control.checks.cleaning import clean
from layers.errors import ControlError
from layers.readers import read_control
from layers.reference.reference_data import load_reference_data
from tests.layers.readers.changes import CHANGES, Files

LONGEST_S, MOST_MIB, MOST_APART, LONGEST_MESSAGE = 20, 1024, 0.005, 700
LOST = "null-geometry"
FOREIGN = ("GDAL", "OGR", "Errno", "Traceback", "site-packages", "pyogrio", "Warning", "pyexpat", "<class", "0x")
SMALL = (
    *("00_good_base.geojson", "2025-08-05 nzz-like.json", "j10_geojsonseq.geojsonl", "j12_map.geojson.gz"),
    *("j26_crs_in_geometry_3857.geojson", "j33_deepstate_api_last.json", "j34_topojson.json", "j62_level_held.geojson"),
    *("j64_style_ru.geojson", "j67_layername_date.geojson", "j72_speck_hole_outside.geojson"),
    *("j75_control_ru_ua.geojson", "j77_armenia_and_held.geojson", "j84_timestamp_two_days.geojson"),
    *("j90_contested_2022.geojson", "k04_folders_per_day.kml", "k07_spaces_in_tuple_3d.kml", "k14_utf16.kml"),
    *("k19_names_two_sides.kml", "t03_no_cpg.shp", "t04_no_shx.shp", "t15_shp_and_readme_html.zip"),
    *("t02_wal.gpkg", "t24_second_empty.gpkg"),
)
REAL = (
    *("deepstate-mirror_2025-11-20.geojson", "uacontrolmap_2025-11-20.json", "nzz_2025-11-20.json"),
    *("isw_2025-11-19_null-and-invalid.geojson", "creamycaprice_2025-11-18.kml", "deepstate-dump_2025-08-03.geojson"),
)
PART_REAL = 0.08


@dataclass(frozen=True)
class Outcome:
    """What a file came to: its figure in km², or why it was refused, and what was told besides."""

    figure: float | None
    message: str = ""
    code: str = ""


def tried(samples: Path, number: int) -> dict[str, Any] | None:
    """A try by its number: what is wrong with its outcome, or None."""
    random = Random(number)
    real = random.random() < PART_REAL
    name = random.choice(REAL if real else SMALL)
    files = _files(samples / ("control" if real else "faults") / name)
    kinds = random.choices(list(CHANGES), [often for _, often in CHANGES.values()], k=8)
    kind, changed = next(
        ((kind, made) for kind in kinds if (made := CHANGES[kind][0](random, dict(files)))), ("", None)
    )
    if changed is None:
        return None
    with tempfile.TemporaryDirectory() as folder:
        for inner, content in changed.items():
            (Path(folder) / inner).write_bytes(content)
        outcome = _read(Path(folder) / next(iter(changed)))
    problem = _problem(outcome, _right(samples, real=real, name=name))
    told = {"number": number, "change": kind, "file": name, "problem": problem, "message": outcome.message[:300]}
    return told if problem else None


def _problem(outcome: Outcome, right: Outcome) -> str:
    if outcome.figure is None:
        lines = len(outcome.message.splitlines())
        foreign = [word for word in FOREIGN if word in outcome.message]
        wrong = lines != 1 or foreign or len(outcome.message) > LONGEST_MESSAGE
        return f"message of {lines} lines with {foreign}" if wrong else ""
    if right.figure is None or abs(outcome.figure / right.figure - 1) <= MOST_APART:
        return ""
    if LOST in outcome.code and LOST not in right.code and outcome.figure < right.figure:
        return ""  # how many features have no territory is told
    return f"{outcome.figure:,.0f} km² instead of {right.figure:,.0f}; told: {outcome.code}"


def _read(path: Path) -> Outcome:
    signal.alarm(LONGEST_S)
    try:
        raw = read_control(path)
        cleaned = clean(raw, load_reference_data().ukraine)
    except ControlError as error:
        return Outcome(None, str(error).removeprefix(f"{path}"), error.code)
    finally:
        signal.alarm(0)
    return Outcome(cleaned.inside_km2, code=", ".join(finding.code for finding in cleaned.findings))


def _files(path: Path) -> Files:
    """A file and what belongs to it, the file first."""
    if path.suffix not in {".shp", ".gpkg"}:
        return {path.name: path.read_bytes()}
    beside = sorted(one for one in path.parent.glob(f"{path.stem}.*") if one != path)
    return {one.name: one.read_bytes() for one in (path, *beside)}


@cache
def _right(samples: Path, *, real: bool, name: str) -> Outcome:
    return _read(samples / ("control" if real else "faults") / name)


def main(samples: Path, first: int, last: int) -> None:
    """Try all numbers from the first to before the last."""
    load_reference_data()
    _right(samples, real=False, name="t24_second_empty.gpkg")  # loads what reading needs
    held = int(Path("/proc/self/statm").read_text().split()[0]) * resource.getpagesize()
    resource.setrlimit(resource.RLIMIT_AS, (held + MOST_MIB * 2**20,) * 2)
    for number in range(first, last):
        _say(str(number))
        try:
            found = tried(samples, number)
        except Exception as error:
            found = {"number": number, "problem": f"{type(error).__name__}: {error}"[:300]}
        if found:
            _say(json.dumps(found, ensure_ascii=False))


def _say(words: str) -> None:
    sys.stdout.write(f"{words}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    main(Path(sys.argv[1]), int(sys.argv[2]), int(sys.argv[3]))
