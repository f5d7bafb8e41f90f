"""Corrections for programs: a list as JSON, and an Atom feed (RFC 4287) that readers can follow."""

from typing import Any
from xml.etree.ElementTree import Element, SubElement

from layers.corrections.model import Correction
from layers.text.languages import Language
from webapp.sharing.atom import Linked, add, add_entry, feed_bytes, new_feed
from webapp.site import Site
from webapp.text.interface import text

PATH = "/corrections"
FEED, LIST = "/corrections/{lang}.atom", "/corrections/{lang}.json"
BEFORE_ALL = "2024-08-01"  # a feed needs a date where nothing was corrected: that of the first control map


def corrections_list(site: Site, lang: Language) -> dict[str, Any]:
    """Return all corrections as JSON has them, the latest first.

    Parameters
    ----------
    site
        The service.
    lang
        Language of titles and texts.
    """
    return {
        "language": lang.tag,
        "page": site.copied(f"/{lang}{PATH}"),
        "feed": site.copied(FEED.format(lang=lang)),
        "corrections": [_entry(site, lang, one) for one in site.corrections],
    }


def _entry(site: Site, lang: Language, correction: Correction) -> dict[str, Any]:
    plain = correction.model_dump(mode="json", exclude={"title", "text", "proposals"}, exclude_defaults=True)
    words = {name: correction.words(name, lang)[0] for name in ("title", "text")}
    return {**plain, **words, "proposals": correction.concerned, "url": _page(site, lang, correction)}


def corrections_feed(site: Site, lang: Language) -> bytes:
    """Return the Atom feed of all corrections; ids and dates follow from their files.

    Parameters
    ----------
    site
        The service; without a public URL, links are those of the service alone.
    lang
        Language of titles and texts.
    """
    title = text(lang, "corrections.feed", site=text(lang, "site.name"))
    updated = max((one.date.isoformat() for one in site.corrections), default=BEFORE_ALL)
    linked = Linked(site.copied(FEED.format(lang=lang)), site.copied(f"/{lang}{PATH}"))
    feed = new_feed(lang, lang.tag, title, updated, linked)
    for correction in site.corrections:
        _add_entry(feed, site, lang, correction)
    return feed_bytes(feed)


def _add_entry(feed: Element, site: Site, lang: Language, correction: Correction) -> None:
    named, day = f"{lang.tag} {correction.id}", correction.date.isoformat()
    entry = add_entry(feed, named, day, _page(site, lang, correction))
    for name, element in (("title", "title"), ("text", "content")):
        words, tag = correction.words(name, lang)
        add(entry, element, words).attrib.update({"type": "text"} | ({} if tag == lang.tag else {"xml:lang": tag}))
    for proposal in correction.concerned:
        SubElement(entry, "category", {"term": proposal})


def _page(site: Site, lang: Language, correction: Correction) -> str:
    return site.copied(f"/{lang}{PATH}#{correction.id}")
