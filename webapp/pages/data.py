"""The page of the data: every file of every proposal on a date, with size, hash and licence, and lines to copy."""

import math
from dataclasses import dataclass

from layers.catalogue.model import Proposal
from layers.dates import control_date, parse_date
from layers.products.product import Product
from layers.products.registry import PRODUCTS, offered
from layers.text.languages import Language
from webapp.context import Context
from webapp.ogc.service import api_path
from webapp.pages.base import Choice, render
from webapp.pages.days import listed_days
from webapp.sharing.cards import share_home
from webapp.text.interface import date_text, number_text, text

PATH = "/data"
INDEX = "/index.html"  # a folder that is opened from a disk shows no page by itself
# What reads a layer: its name, and the lines.
SNIPPETS = {
    "geopandas": ("Python, geopandas", 'import geopandas\n\nzones = geopandas.read_file("{layer}")'),
    "gdal": ("GDAL", 'ogrinfo -so -al "/vsicurl/{geopackage}"'),
    "qgis": ("QGIS", 'iface.addVectorLayer("/vsicurl/{geopackage}", "{proposal}", "ogr")'),
    "r": ("R, sf", 'zones <- sf::read_sf("{layer}")'),
    "javascript": ("JavaScript", 'const zones = await (await fetch("{layer}")).json();'),
}


@dataclass(frozen=True)
class DataFile:
    """A file to download; ``size`` and ``sha256`` are empty where it is written when it is first requested."""

    url: str
    name: str
    about: str
    size: str
    sha256: str


@dataclass(frozen=True)
class DataSet:
    """The files of a proposal on a date; ``note`` says of which day the control map is."""

    id: str
    title: str
    note: str
    files: tuple[DataFile, ...]


@dataclass(frozen=True)
class Snippet:
    """Lines to copy, and the program that they are for."""

    id: str
    program: str
    code: str


def data_page(context: Context, requested: str | None) -> str:
    """Return the page of all files of a date, by default of each proposal's own.

    Parameters
    ----------
    context
        Site, language and control map.
    requested
        ISO date or ``latest``; None for each proposal's own.

    Raises
    ------
    DateError
        If it is no date, or one before the first control map.
    """
    latest_first = sorted(context.catalogue.proposals.values(), key=lambda one: (one.date, one.id), reverse=True)
    asked = parse_date(requested, context.catalogue.control_dates) if requested else None
    return render(
        "data.html",
        context,
        path=PATH,
        query=context.query(**({"as_of": requested} if requested else {})),
        shared=share_home(context, PATH),
        sets=[_data_set(context, proposal, asked) for proposal in latest_first],
        days=_days(context, requested),
        snippets=_snippets(context, latest_first[0], asked),
        control=context.control,
        api=context.site.address(api_path(context.control) + (INDEX if context.site.published else "")),
        lasting=context.address("/catalog.json", v=context.catalogue.data_version),
    )


def _days(context: Context, requested: str | None) -> list[Choice]:
    """Each proposal's own date, then the control maps' dates, newest first."""
    lang = context.lang
    own = Choice("", text(lang, "data.own_dates"), not requested)
    known, asked = context.catalogue.control_dates, [requested] if requested else []
    days = sorted({*listed_days(known, *asked, known[-1]), *asked}, reverse=True)
    return [own, *(Choice(day, date_text(lang, day), day == requested) for day in days)]


def _data_set(context: Context, proposal: Proposal, asked: str | None) -> DataSet:
    lang, title = context.lang, proposal.texts["title"][context.lang.tag]
    as_of = control_date(asked or proposal.own_date, proposal.control_dates)
    return DataSet(
        id=proposal.id,
        title=title,
        note=text(lang, "day.held", date=date_text(lang, as_of)),
        files=tuple(_file(context, proposal, as_of, product) for product in offered()),
    )


def _file(context: Context, proposal: Proposal, as_of: str, product: Product) -> DataFile:
    named = {"proposal": proposal.id, "date": as_of}
    stored = proposal.editions[as_of].products.get(product.name) if as_of in proposal.editions else None
    return DataFile(
        url=context.address(product.url.format(**named)),
        name=product.filename.format(**named, tag=""),
        about=text(context.lang, f"data.{product.name}"),
        size=_size(context.lang, stored.size_bytes) if stored and stored.size_bytes else "",
        sha256=stored.sha256 if stored else "",
    )


def _size(lang: Language, size_bytes: int) -> str:
    """A size in units of 1,000 bytes, rounded up."""
    return text(lang, "data.kilobytes", size=number_text(lang, math.ceil(size_bytes / 1000)))


def _snippets(context: Context, proposal: Proposal, asked: str | None) -> list[Snippet]:
    """Lines that open the layer of a proposal elsewhere, with its whole URL where the operator names it."""
    as_of = control_date(asked or proposal.own_date, proposal.control_dates)
    urls = {
        name: context.site.copied(PRODUCTS[name].url.format(proposal=proposal.id, date=as_of) + context.query())
        for name in ("layer", "geopackage")
    }
    return [Snippet(name, words, code.format(**urls, proposal=proposal.id)) for name, (words, code) in SNIPPETS.items()]
