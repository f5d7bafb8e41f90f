"""``clausemap control``: control maps of publishers, checked before a figure is computed from them."""

import json
import sys
import textwrap
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from webapp.commands.examples import example
from webapp.commands.options import day_option, where_option
from webapp.commands.streams import one_line

if TYPE_CHECKING:
    from layers.control.checks.report import Report

WIDTH = 100
LONG_BYTES = 5_000_000
MARKS = {"refused": "REFUSED", "repaired": "repaired", "told": "told"}


@click.group()
def control() -> None:
    """Check control maps: what a file is, what is wrong with it, what was repaired.

    Start with 'clausemap control check FILE'.
    """


@control.command(epilog=example("clausemap control check map.geojson --where status=held"))
@click.argument("files", nargs=-1, required=True, type=click.Path(path_type=Path), metavar="FILE...")
@where_option
@day_option
@click.option("--format", "form", type=click.Choice(["table", "json"]), default="table", show_default=True)
@click.option("--boundaries", type=click.Path(path_type=Path), metavar="FILE", help="Other boundaries of the 27 units.")
def check(files: tuple[Path, ...], where: str | None, day: str | None, form: str, boundaries: Path | None) -> None:
    """Report what control maps are, what is wrong with them and what was repaired.

    Reads DeepState (mirror and dump), UA Control Map, NZZ, ISW, KML and KMZ, GeoJSON, GeoPackage and Shapefile, also
    zipped, recognised by their content. Nothing is written. Exit 1 if any file is unusable.
    """
    from layers.control.checks.report import check_file
    from layers.control.selection import with_outlines
    from layers.control.towns import towns_held_since_2014
    from layers.reference.study_data import load_study_data

    study, towns, today = load_study_data(), towns_held_since_2014(), datetime.now(UTC).date()
    if boundaries:
        study = replace(study, reference=with_outlines(study.reference, boundaries))
    names = {iso: oblast.names["en"] for iso, oblast in study.reference.oblasts.items()}
    usable = True
    answers = []
    for file in files:
        with reading_bar(file) as progress:
            report = check_file(file, study, towns, today, where, progress, day=day)
        usable = usable and report.usable
        if form == "json":
            answers.append(_as_json(report))
        else:
            click.echo("\n".join(_as_lines(report, names)) + "\n")
    if form == "json":
        click.echo(json.dumps({"files": answers}, ensure_ascii=False))
    if not usable:
        click.get_current_context().exit(1)


@contextmanager
def reading_bar(file: Path) -> Iterator[Callable[[str, int, int], None] | None]:
    """A progress bar on stderr for what takes long to read; None where the file is small or nobody looks."""
    size = file.stat().st_size if file.is_file() else 0
    if size < LONG_BYTES or not sys.stderr.isatty():
        yield None
        return
    steps = 100
    with click.progressbar(length=steps, label=f"{file.name[:30]}: reading", file=sys.stderr) as bar:

        def progress(label: str, done: int, total: int) -> None:
            bar.label = f"{file.name[:30]}: {label.lower()}"
            reached = steps * done // max(total, 1)
            if reached < bar.pos:  # the next stage begins
                bar.pos = 0
            bar.update(reached - bar.pos)

        yield progress


def _as_json(report: "Report") -> dict[str, Any]:
    return {
        "file": str(report.path),
        "usable": report.usable,
        "sha256": report.sha256,
        "format": report.format,
        "publisher": report.publisher,
        "file_date": report.file_date,
        "changed": report.changed,
        "as_of": report.as_of,
        "vertices": report.vertices,
        "classes": [
            {"name": part.name, "role": part.role, "features": part.features, "area_km2": _rounded(part.area_km2)}
            for part in report.classes
        ],
        "area_before_km2": _rounded(report.before_km2),
        "held_km2": _rounded(report.held_km2),
        "contested_km2": _rounded(report.contested_km2),
        "outside_km2": _rounded(report.outside_km2),
        "by_oblast_km2": {iso: round(area, 1) for iso, area in report.by_oblast_km2.items()},
        "findings": [
            {"code": finding.code, "verdict": finding.verdict, "message": finding.message}
            for finding in report.findings
        ],
    }


def _rounded(area: float | None) -> float | None:
    return None if area is None else round(area, 1)


def _as_lines(report: "Report", names: Mapping[str, str]) -> Iterator[str]:
    """A file as a table of two columns: what is known of it, then every finding."""
    yield f"{one_line(str(report.path))}: {'usable' if report.usable else 'UNUSABLE'}"
    for name, value in _facts(report, names):
        yield from _row(name, value)
    for verdict, mark in MARKS.items():
        for finding in report.findings:
            if finding.verdict == verdict:
                yield from _row(mark, f"{finding.code}: {finding.message}")


def _facts(report: "Report", names: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    if report.format is None:
        return
    yield "format", f"{report.format}, published by {report.publisher or 'somebody who is not named'}"
    spoken = f"; speaks of {report.as_of}" if report.as_of else "; give the day with --as-of when importing it"
    changed = f", last changed {report.changed}" if report.changed not in {None, report.file_date} else ""
    yield "date", f"{report.file_date or 'none'} in the file{changed}{spoken}"
    for role in ("held", "contested", "left out"):
        classes = [_class(part) for part in report.classes if part.role == role]
        if classes:
            yield role, ", ".join(classes)
    yield "vertices", f"{report.vertices:,}"
    if report.held_km2 is not None:
        contested = "" if report.contested_km2 is None else f", {report.contested_km2:,.0f} km² contested"
        yield "area", f"{report.held_km2:,.0f} km² held in Ukraine{contested} ({report.before_km2:,.0f} km² as read)"
        listed = ", ".join(f"{names[iso]} {area:,.0f}" for iso, area in report.by_oblast_km2.items())
        yield "by oblast", f"{listed} km²; edges along coast and border as the map has them"


def _class(part: Any) -> str:
    area = "" if part.area_km2 is None else f", {part.area_km2:,.0f} km²"
    return f"{part.name} ({part.features} feature{'' if part.features == 1 else 's'}{area})"


def _row(name: str, text: str) -> list[str]:
    return textwrap.wrap(
        one_line(text), WIDTH, initial_indent=f"  {name:<10}", subsequent_indent=" " * 12, break_on_hyphens=False
    )
