"""``clausemap timeline``: the areas of a proposal's zones over time, as a table or as charts."""

from collections.abc import Callable
from pathlib import Path

import click

from layers.catalogue import Catalogue, Proposal
from layers.languages import LANGUAGES
from layers.timeline import Timeline, read_timeline, timeline_csv, timeline_json

FORMS = (".csv", ".json", ".svg", ".png")


def timeline_command(read_catalogue: Callable[[], Catalogue]) -> click.Command:
    """The command on the catalogue that ``read_catalogue`` gives when it is run."""

    @click.command()
    @click.argument("proposal")
    @click.option("-o", "--output", type=click.Path(path_type=Path), required=True, help=f"File: {', '.join(FORMS)}.")
    @click.option("--from", "since", metavar="DATE", help="First day as YYYY-MM-DD; without it, the first control map.")
    @click.option("--to", "until", metavar="DATE", help="Last day, or 'latest'; without it, the last control map.")
    @click.option(
        "--zones", "--zone", "zones", multiple=True, metavar="ID,ID", help="Only these zones; may be given again."
    )
    @click.option("--lang", type=click.Choice(LANGUAGES), default="en", show_default=True, help="Language of charts.")
    def timeline(
        proposal: str, output: Path, since: str | None, until: str | None, zones: tuple[str, ...], lang: str
    ) -> None:
        r"""Write the area of every zone on every control map, with its low and high.

        CSV and JSON have one row a zone and date and carry all three languages; SVG and PNG have a chart a zone. The
        zone russian-held is the total of all Russian-held ground.

        \b
        Example: clausemap timeline us-28-points --from 2025-01-01 --zones donetsk-buffer -o buffer.svg
        """
        from geo.writing import write_bytes

        form = output.suffix.lower()
        if form not in FORMS:
            raise click.UsageError(f"{output}: name the file with {', '.join(FORMS)}")
        catalogue = read_catalogue()
        chosen = catalogue.proposal(proposal)
        listed = tuple(zone.strip() for given in zones for zone in given.split(",") if zone.strip())
        read = read_timeline(catalogue, chosen, since, until, listed)
        write_bytes(output, _content(form, catalogue, chosen, read, lang))
        days = f"{len(read.dates)} control maps from {read.dates[0]} to {read.dates[-1]}"
        click.echo(f"{output}: {len(read.all_series)} zones of {proposal}, {days}. A proposal, not in force.", err=True)

    return timeline


def _content(form: str, catalogue: Catalogue, proposal: Proposal, timeline: Timeline, lang: str) -> bytes:
    from webapp.charts import render_png, render_svg

    if form == ".csv":
        return timeline_csv(timeline)
    if form == ".json":
        return timeline_json(timeline)
    if form == ".svg":
        return render_svg(catalogue, proposal, timeline, lang).encode()
    return render_png(catalogue, proposal, timeline, lang)
