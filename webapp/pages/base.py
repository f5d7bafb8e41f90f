"""What every page has: texts of its language, the switch to the others, styles and versioned assets."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import partial

from markupsafe import Markup

from layers.catalogue.model import Catalogue, Proposal
from layers.text.languages import Language
from webapp.context import Context
from webapp.pages.templates import fill_template
from webapp.sharing.cards import Shared, card_locale, page_title
from webapp.site import Site
from webapp.static_files import asset_path
from webapp.style import light
from webapp.text.control_maps import choice_text, licence_text, makers_text
from webapp.text.interface import date_text, plural, text

TABS = ("map", "areas", "timeline", "points", "images")  # the pages of a proposal, as their URLs name them


@dataclass(frozen=True)
class Choice:
    """Something to choose: where it leads or its value, its words, whether it is chosen, a heading for it alone."""

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
    """A template in a context; ``path`` below the language and ``query`` are kept by the language switch.

    Without a query it keeps the control map that was requested, as the way to the list of proposals does.
    ``shared`` is what the page says of itself to other sites.
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
        "licence": licence_text(lang, context.catalogue),
        "makers": makers_text(lang, context.catalogue),
        "report": _report_link(context, f"/{lang}{path}{query}"),
        "data_version": context.catalogue.data_version,
        "shared": shared,
        "locales": {one.tag: card_locale(one) for one in context.site.languages},
        "tabs": TABS,
        "titled": partial(page_title, lang),
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
    """The URL of a static file or of a bundle as a page has it.

    Parameters
    ----------
    site
        The service.
    name
        Name of the file or bundle.
    """
    return site.address(asset_path(name))


def day_choices(proposal: Proposal, asked: str, lang: Language, pattern: str | None = None) -> list[Choice]:
    """The days that can be chosen, newest first: every control map's, the draft's own and the one asked for.

    ``pattern`` is how dates are written, by default in full.

    Parameters
    ----------
    proposal
        The proposal.
    asked
        ISO date requested.
    lang
        Language of the words.
    pattern
        How dates are written, by default in full.
    """
    own = {proposal.date} if proposal.date >= proposal.control_dates[0] else set()
    days = sorted({*proposal.dates, *own, asked}, reverse=True)
    headings = {proposal.date: text(lang, "dates.own")}
    return [Choice(day, date_text(lang, day, pattern), day == asked, heading=headings.get(day, "")) for day in days]


def control_choices(catalogues: Mapping[str, Catalogue], chosen: str, lang: Language) -> list[Choice]:
    """The control maps that can be chosen; none where there is no choice.

    Parameters
    ----------
    catalogues
        Catalogues by the id of their control map.
    chosen
        Id of the one that is shown.
    lang
        Language of the words.
    """
    if len(catalogues) == 1:
        return []
    return [Choice(name, choice_text(lang, one.control), name == chosen) for name, one in catalogues.items()]
