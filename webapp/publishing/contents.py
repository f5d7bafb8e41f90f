"""What a published copy holds: the addresses of the service that become files, in one list."""

from collections.abc import Iterator
from dataclasses import replace
from itertools import combinations
from urllib.parse import urlencode

from layers.catalogue.model import Catalogue, Proposal, find_edition
from layers.catalogue.years import URL as YEAR_URL
from layers.catalogue.years import YEAR
from layers.products.registry import PRODUCTS
from layers.products.shared import shared_products
from webapp.changes.jobs import URL as CHANGES
from webapp.changes.jobs import can_compare
from webapp.charts.order import FORMS as TIMELINE_FORMS
from webapp.comparing.jobs import can_be_compared
from webapp.comparing.line_since import FORMS as FORMS_SINCE
from webapp.comparing.line_since import has_line, line_url, page_url
from webapp.context import Context, own_view
from webapp.images.options.options import Options
from webapp.images.order import FACTSHEET
from webapp.images.record import image_address
from webapp.ogc.query import FORMS as FORMS_OF_OGC
from webapp.ogc.resources import resource_paths
from webapp.ogc.service import Service
from webapp.pages.base import TABS
from webapp.pages.compare import published_addresses
from webapp.pages.copies import BESIDE, FORMS, ready_options
from webapp.pages.home import PICTURE
from webapp.pages.map import LIGHT, THEMES
from webapp.pages.overview import PATH as OVERVIEW
from webapp.publishing.names import file_of
from webapp.sharing.cards import CARD_PX
from webapp.sharing.feed import FEED, LIST
from webapp.site import Site
from webapp.static_files import asset_names

DARK = {"theme": "dark"}


def published_dates(proposal: Proposal, *, every_date: bool) -> tuple[str, ...]:
    """Return the dates of control maps that a copy holds of a proposal.

    Parameters
    ----------
    proposal
        The proposal.
    every_date
        Whether all are wanted, and not its own and the newest alone.
    """
    return proposal.dates if every_date else tuple(sorted({find_edition(proposal)[1].as_of, proposal.dates[-1]}))


def addresses(site: Site) -> tuple[str, ...]:
    """Return the address of every file of a copy, each once; what is not among them needs a server."""
    kinds = (_for_programs, _pages, _charts, _files, _changes, _comparisons, _timelines, _images, _shared)
    found: dict[str, str] = {}
    for address in (address for kind in kinds for address in kind(site)):
        found.setdefault(file_of(address), address)
    return tuple(found.values())


def asked_dates(site: Site, proposal: Proposal) -> tuple[str, ...]:
    """Return the dates that pages offer: those of control maps, and the proposal's own.

    Parameters
    ----------
    site
        The service, as it is published.
    proposal
        The proposal.
    """
    return tuple(sorted({*site.dates(proposal), proposal.own_date}))


def _pages(site: Site) -> Iterator[str]:
    for lang in site.languages.tags:
        yield from (f"/{lang}/{page}" for page in ("", "proposals", "data", "corrections", "draw"))
        for proposal in site.catalogue.proposals.values():
            for page in (*(f"/{lang}/{tab}/{proposal.id}" for tab in TABS), f"/embed/{lang}/{proposal.id}"):
                yield page
                yield from (f"{page}?as_of={date}" for date in asked_dates(site, proposal))
            yield from (f"/embed/{lang}/{proposal.id}?theme={theme}" for theme in THEMES if theme != LIGHT)


def _charts(site: Site) -> Iterator[str]:
    """The charts of zones, alone and for frames."""
    for proposal in site.catalogue.proposals.values():
        for zone in _charted(site.catalogue, proposal):
            for lang in site.languages.tags:
                yield f"/{lang}/timeline/{proposal.id}?zone={zone}"
                yield f"/embed/{lang}/{proposal.id}/timeline/{zone}"


def _charted(catalogue: Catalogue, proposal: Proposal) -> list[str]:
    """The zones that have a chart: a single date has none."""
    from layers.tables.timeline import read_timeline

    timeline = read_timeline(catalogue, proposal)
    return [] if timeline.one_date else [series.id for series in timeline.all_series if not series.whole]


def _files(site: Site) -> Iterator[str]:
    """Every product of an edition, layers with areas alone, too, and the GeoJSON of each zone."""
    for proposal in site.catalogue.proposals.values():
        for date in asked_dates(site, proposal):
            named = {"proposal": proposal.id, "date": date}
            for product in PRODUCTS.values():
                yield product.url.format(**named)
                yield from (url.format(**named) for url in ([product.areas_url] if product.varies else []))
            layer = PRODUCTS["layer"]
            yield from (layer.zone_url.format(**named, zone=zone) for zone in find_edition(proposal, date)[1].zones)


def _comparisons(site: Site) -> Iterator[str]:
    """Comparisons of proposals that are neighbours by date, and of each on its own and the newest date."""
    for lang in site.languages:
        context = Context(site, lang, site.catalogue)
        yield f"/{lang}{OVERVIEW}"
        yield from published_addresses(context)
        yield from _lines_since(context)


def _lines_since(context: Context) -> Iterator[str]:
    """What changed since the date of each proposal that has a line: page, tables and feed."""
    for proposal in context.catalogue.proposals.values():
        view = own_view(context, proposal)
        if can_be_compared(view) and has_line(proposal):
            yield page_url(view, None)
            yield from (line_url(view, form, None) for form in FORMS_SINCE)


def _changes(site: Site) -> Iterator[str]:
    """Changes between any two dates that the pages of a proposal offer."""
    if can_compare(site.catalogue):
        for proposal in site.catalogue.proposals.values():
            for first, second in combinations(site.dates(proposal), 2):
                yield CHANGES.format(first=first, second=second)


def _timelines(site: Site) -> Iterator[str]:
    for proposal in site.catalogue.proposals:
        for form, row in TIMELINE_FORMS.items():
            of_languages = [f"?lang={lang}" for lang in site.languages.tags] if row.drawn else [""]
            yield from (f"/timelines/{proposal}.{form}{query}" for query in of_languages)


def _images(site: Site) -> Iterator[str]:
    """The usual image of each date with what stands beside it; all shapes, themes and languages of the own date."""
    for proposal in site.catalogue.proposals.values():
        for options in (Options(lang=lang) for lang in site.languages.tags):
            for date in asked_dates(site, proposal):
                yield from (image_address(proposal.id, date, form, options) for form in (*FORMS, *BESIDE))
                yield f"/images/{proposal.id}/{date}/{FACTSHEET}.pdf?lang={options.lang}"
                if site.base_url:
                    yield image_address(proposal.id, date, "png", replace(options, size=CARD_PX))
            small = replace(PICTURE, lang=options.lang)
            for picture in (small, replace(small, labels="none")):
                address = image_address(proposal.id, proposal.own_date, "svg", picture)
                yield from (address, f"{address}&{urlencode(DARK)}")
        for options in ready_options(site):
            yield from (image_address(proposal.id, proposal.own_date, form, options) for form in FORMS)


def _shared(site: Site) -> Iterator[str]:
    """Layers around the zones, and what draws pages."""
    yield from (f"/{path}" for path in shared_products(site.languages))
    yield from (f"/static/{name}" for name in asset_names())
    yield from (
        f"/scripts/{lang}/{proposal}.js" for lang in site.languages.tags for proposal in site.catalogue.proposals
    )


def _for_programs(site: Site) -> Iterator[str]:
    """Documents for programs; those that name whole URLs are in a copy whose URL is known."""
    yield from ("/catalog.json", "/catalog.jsonld", "/robots.txt")
    if site.catalogue.is_large:
        years = {(one.id, date[:YEAR]): None for one in site.catalogue.proposals.values() for date in site.dates(one)}
        yield from (YEAR_URL.format(proposal=proposal, year=year) for proposal, year in years)
    yield from (form.format(lang=lang) for form in (LIST, FEED) for lang in site.languages.tags)
    service = Service(site.offered, "")
    yield from (f"/ogc/{path or 'index'}.{form}" for path in resource_paths(service) for form in FORMS_OF_OGC)
    if site.base_url:
        yield "/sitemap.xml"
        for page in _pages(site):
            if page.split("/")[2] == "map":
                yield f"/oembed?{urlencode({'url': site.absolute(page)})}"
