"""What every page has: texts of its language, the switch to the others, styles and versioned assets."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import partial

from markupsafe import Markup

from layers.catalogue.model import Catalogue
from layers.text.languages import Language
from webapp.content_policy import page_policy
from webapp.context import Context, View
from webapp.pages.days import days_in_words, listed_days
from webapp.pages.templates import fill_template
from webapp.sharing.cards import Shared, card_locale, page_title
from webapp.site import Site
from webapp.static_files import asset_path
from webapp.style import light
from webapp.text.control_maps import choice_text, licence_text, makers_text
from webapp.text.interface import plural, text

TABS = ("map", "areas", "timeline", "points", "images")  # the pages of a proposal, as their URLs name them


@dataclass(frozen=True)
class Choice:
    """An option to choose: its URL or value, its text, whether it is chosen, and a heading of its own."""

    value: str
    label: str
    chosen: bool = False
    tag: str = ""
    heading: str = ""


def render(
    template: str,
    context: Context,
    path: str = "/",
    query: str | None = None,
    shared: Shared | None = None,
    **values: object,
) -> str:
    """Return a template filled in a context; ``values`` are what this template needs besides what all have.

    Parameters
    ----------
    template
        File name of the template.
    context
        Site, language and control map.
    path
        Path of the page below its language; the language switch keeps it.
    query
        Query that the language switch keeps, with its question mark; None for the control map alone.
    shared
        What the page tells other sites about itself; None for nothing.
    """
    lang, address, kept = context.lang, context.site.address, context.query()
    query = kept if query is None else query
    switch = [
        Choice(address(f"/{one}{path}") + query, text(one, "language.name"), one == lang, one.tag)
        for one in context.site.languages
    ]
    words: Callable[..., str] = partial(text, lang)
    in_every_page = {
        "lang": lang.tag,
        "t": words,
        "plural": partial(plural, lang),
        "switch": switch,
        "query": query,
        "address": address,
        "home": address(f"/{lang}/") + kept,
        "all_proposals": Choice(
            address(f"/{lang}/proposals") + kept, text(lang, "nav.proposals"), path == "/proposals"
        ),
        "all_compared": Choice(address(f"/{lang}/compare") + kept, text(lang, "compare.nav"), path == "/compare"),
        "all_data": Choice(address(f"/{lang}/data") + kept, text(lang, "nav.data"), path == "/data"),
        "all_corrections": Choice(
            address(f"/{lang}/corrections") + kept, text(lang, "nav.corrections"), path == "/corrections"
        ),
        "draw": Choice(address(f"/{lang}/draw") + kept, text(lang, "nav.draw"), path == "/draw"),
        "licence": licence_text(lang, context.catalogue),
        "makers": makers_text(lang, context.catalogue),
        "report": _report_link(context, f"/{lang}{path}{query}"),
        "data_version": context.catalogue.data_version,
        "shared": shared,
        "locales": {one.tag: card_locale(one) for one in context.site.languages},
        "tabs": TABS,
        "titled": partial(page_title, lang),
        "is_copy": context.site.published is not None,
        "policy": page_policy(context.site.tiles),
        "dated": "",
        "asset_url": partial(asset_url, context.site),
        "style": light,
        "patterns": Markup("".join(light.pattern_svg(light.on_page(style)) for style in light.patterned_styles())),
    }
    return fill_template(template, in_every_page | values)


def _report_link(context: Context, page: str) -> str:
    """Where an error on a page is reported; empty where the operator names no place."""
    report = context.site.report
    name = text(context.lang, "site.name")
    return report.link(f"{name} {page} ({context.catalogue.data_version})") if report else ""


def asset_url(site: Site, name: str) -> str:
    """Return the URL of a static file or of a bundle, as a page links it.

    Parameters
    ----------
    site
        The service.
    name
        Name of the file, or of the bundle such as ``map.bundle.css``.
    """
    return site.address(asset_path(name))


def day_choices(view: View, pattern: str | None = None) -> list[Choice]:
    """Return the dates to choose from, newest first: of control maps, of the proposal, and the one requested.

    Parameters
    ----------
    view
        The edition shown, with its language and control map.
    pattern
        Date pattern of Unicode CLDR; None for dates in full.
    """
    lang, proposal = view.lang, view.proposal
    own = {proposal.date} if proposal.date >= proposal.control_dates[0] else set()
    listed = listed_days(view.dates, view.asked)
    days = tuple(sorted({*listed, *own, view.asked}, reverse=True))
    headings = {proposal.date: text(lang, "dates.own")}
    worded = zip(days, days_in_words(lang, days, pattern), strict=True)
    return [Choice(day, words, day == view.asked, heading=headings.get(day, "")) for day, words in worded]


def control_choices(catalogues: Mapping[str, Catalogue], chosen: str, lang: Language) -> list[Choice]:
    """Return the control maps to choose from; none if there is only one.

    Parameters
    ----------
    catalogues
        Catalogues by the id of their control map.
    chosen
        Id of the control map that is shown.
    lang
        Language of the text.
    """
    if len(catalogues) == 1:
        return []
    return [Choice(name, choice_text(lang, one.control), name == chosen) for name, one in catalogues.items()]
