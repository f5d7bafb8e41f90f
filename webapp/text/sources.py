"""What a proposal is known through, as markup: each source with its date, as a link where its URL is known."""

from collections.abc import Iterable

from markupsafe import Markup, escape

from layers.catalogue.entries import SourceEntry
from layers.text.languages import Language
from webapp.text.interface import date_text, text

SCHEME = "https://"


def known_through(lang: Language, sources: Iterable[SourceEntry]) -> Markup:
    """Return the sentence "Known through: …" with all sources.

    Parameters
    ----------
    lang
        Language of the text.
    sources
        Sources of the proposal.
    """
    return Markup(escape(text(lang, "method.sources"))).format(sources=source_links(lang, sources))


def source_links(lang: Language, sources: Iterable[SourceEntry]) -> Markup:
    """Return all sources, each with its date.

    Parameters
    ----------
    lang
        Language of the text.
    sources
        Sources of the proposal.
    """
    comma, between = escape(text(lang, "format.comma")), escape(text(lang, "format.clauses"))
    named = (comma.join((_linked(lang, source), date_text(lang, source.date))) for source in sources)
    return between.join(named)


def _linked(lang: Language, source: SourceEntry) -> Markup:
    name, url = source.name[lang.tag], source.url
    if not url.startswith(SCHEME):
        return escape(name)
    return Markup('<a href="{}" rel="noopener">{}</a>').format(url, name)
