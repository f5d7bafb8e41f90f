"""The pages: what their templates are given."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from layers.catalogue import Catalogue
from layers.dates import LATEST
from webapp.control import interval_note, method_text, outlines_text
from webapp.images.words import statement_text
from webapp.language import date_text, interval_text, number_text, percent_text, plural, read_area, text
from webapp.outlines import read_outlines
from webapp.page import control_choices, day_choices, render
from webapp.published import published_sources, read_published
from webapp.sharing import share_home, share_page
from webapp.site import current_site, kept_address
from webapp.zones import Reading, Zone, read_zones


@dataclass(frozen=True)
class Total:
    """All Russian-held ground in Ukraine, for the last line of a table."""

    area: str
    interval: str
    ukraine_share: str


@dataclass(frozen=True)
class Point:
    """A point of a proposal with its clauses and its zones."""

    number: int
    text: str
    note: str
    clauses: tuple[Mapping[str, str], ...]
    zones: tuple[Zone, ...]


def home_page(catalogue: Catalogue, lang: str) -> str:
    """The list of proposals, oldest first. Where control maps begin after a draft's date, the newest one is shown."""
    proposals = sorted(catalogue.proposals.values(), key=lambda proposal: proposal.date)
    late = {proposal.id for proposal in proposals if proposal.date < proposal.control_dates[0]}
    entries = [
        {
            "proposal": proposal,
            "texts": {name: table[lang] for name, table in proposal.texts.items()},
            "status": text(lang, f"status.{proposal.status}"),
            "date": date_text(lang, proposal.date),
            "image": kept_address(
                f"/images/{proposal.id}/{LATEST if proposal.id in late else proposal.date}.png", lang=lang
            ),
            "query": kept_address("", **({"as_of": LATEST} if proposal.id in late else {})),
        }
        for proposal in proposals
    ]
    return render(
        "home.html",
        lang,
        shared=share_home(catalogue, lang),
        entries=entries,
        catalogue_url=kept_address("/catalog.json"),
    )


def areas_page(reading: Reading, requested: str | None) -> str:
    """All areas in full."""
    dropped = reading.edition.dropped
    parts, area = sum(entry["parts"] for entry in dropped), sum(entry["area_km2"] for entry in dropped)
    left_out = ""
    if dropped:
        small = number_text(reading.lang, area, 1)
        left_out = plural(reading.lang, "table.note_dropped", parts, area=small)
    return fill_page(
        "areas",
        reading,
        requested,
        zones=read_zones(reading),
        left_out=left_out,
        published=read_published(reading),
        published_sources=published_sources(reading),
        outlines=read_outlines(reading),
        **area_table(reading),
    )


def points_page(reading: Reading, requested: str | None) -> str:
    """The points of the draft, each with what the map shows of it."""
    return fill_page("points", reading, requested, points=_points(reading, read_zones(reading)))


def fill_page(name: str, reading: Reading, requested: str | None, query: str | None = None, **values: object) -> str:
    """A page of a proposal: what all have, and the values that its template has of its own.

    ``query`` is what the language switch keeps, by default the day alone.
    """
    lang, proposal = reading.lang, reading.proposal
    texts = {key: table[lang] for key, table in proposal.texts.items()}
    kept = reading.address("", **({"as_of": requested} if requested else {}))
    shared: dict[str, Any] = {
        "statement": statement_text(reading.catalogue, proposal, reading.edition, lang),
        "asked_text": "" if reading.asked == reading.edition.as_of else date_text(lang, reading.asked),
        "files": _files(reading),
    }
    return render(
        f"{name}.html",
        lang,
        path=f"/{name}/{proposal.id}",
        query=kept if query is None else query,
        shared=share_page(name, reading, requested),
        name=name,
        proposal=proposal,
        texts=texts,
        as_of=reading.as_of_text,
        days=day_choices(proposal, reading.asked, lang),
        day_query=kept,
        controls=control_choices(current_site().catalogues, reading.catalogue.control.id, lang),
        control=reading.control,
        method=(method_text(lang, reading.catalogue), outlines_text(lang, reading.catalogue)),
        note_interval=interval_note(lang, reading.catalogue),
        sources=_sources(reading),
        **(shared | values),
    )


def _files(reading: Reading) -> dict[str, str]:
    """The downloads of an edition by what they are."""
    stem, lang = f"{reading.proposal.id}/{reading.asked}", reading.lang
    return {
        "layer": reading.address(f"/layers/{stem}.geojson"),
        "csv": reading.address(f"/areas/{stem}.csv"),
        "json": reading.address(f"/areas/{stem}.json"),
        "svg": reading.address(f"/images/{stem}.svg", lang=lang),
        "png": reading.address(f"/images/{stem}.png", lang=lang),
    }


def _sources(reading: Reading) -> str:
    """What the proposal is known through, each with its date."""
    lang = reading.lang
    named = [
        text(lang, "format.comma").join((source["name"][lang], date_text(lang, source["date"])))
        for source in reading.proposal.sources
    ]
    return text(lang, "method.sources", sources=text(lang, "format.clauses").join(named))


def area_table(reading: Reading) -> dict[str, Any]:
    """The last line of a table and what stands below it."""
    lang, held = reading.lang, reading.edition.held
    area, low, high = held["area_km2"], held["area_low_km2"], held["area_high_km2"]
    share = held["share_of_ukraine_pct"]
    ukraine = read_area(lang, reading.catalogue.ukraine_km2).area
    total = Total(
        read_area(lang, area, low, high).area, interval_text(lang, area, low, high), percent_text(lang, share)
    )
    return {"total": total, "ukraine": ukraine, "note_share": text(lang, "table.note_share", ukraine=ukraine)}


def _points(reading: Reading, zones: Sequence[Zone]) -> list[Point]:
    lang = reading.lang
    points = []
    for entry in reading.proposal.points:
        number = entry["number"]
        clauses = tuple(
            {"id": clause["id"], "says": clause["says"][lang], "differs": clause.get("differs", {}).get(lang, "")}
            for clause in reading.proposal.clauses
            if clause["point"] == number
        )
        ids = {str(number), *(clause["id"] for clause in clauses)}
        shown = tuple(zone for zone in zones if zone.clause in ids)
        points.append(Point(number, entry["text"][lang], entry.get("note", {}).get(lang, ""), clauses, shown))
    return points
