"""Corrections for programs: a list as JSON, and an Atom feed (RFC 4287) that readers can follow."""

from typing import Any
from uuid import UUID, uuid5
from xml.etree.ElementTree import Element, SubElement, indent, tostring

from layers.corrections.model import Correction
from layers.text.languages import Language
from webapp.sharing.schema_org import CREATOR
from webapp.site import Site
from webapp.text.interface import text

PATH = "/corrections"
FEED, LIST = "/corrections/{lang}.atom", "/corrections/{lang}.json"
MEDIA_TYPE = "application/atom+xml"
ATOM = "http://www.w3.org/2005/Atom"
OURS = UUID("6d1ffb5e-6cf0-4f3c-9d0e-6a86b1b2a3c4")  # of ids: the same wherever the service runs
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
    feed = Element("feed", {"xmlns": ATOM, "xml:lang": lang.tag})
    _add(feed, "id", uuid5(OURS, lang.tag).urn)
    _add(feed, "title", text(lang, "corrections.feed", site=text(lang, "site.name")))
    days = [one.date.isoformat() for one in site.corrections]
    _add(feed, "updated", _moment(max(days, default=BEFORE_ALL)))
    _link(feed, "self", MEDIA_TYPE, site.copied(FEED.format(lang=lang)))
    _link(feed, "alternate", "text/html", site.copied(f"/{lang}{PATH}"))
    _add(SubElement(feed, "author"), "name", CREATOR)
    for correction in site.corrections:
        _add_entry(feed, site, lang, correction)
    indent(feed)
    document: bytes = tostring(feed, encoding="utf-8")
    return b'<?xml version="1.0" encoding="utf-8"?>\n' + document + b"\n"


def _add_entry(feed: Element, site: Site, lang: Language, correction: Correction) -> None:
    entry = SubElement(feed, "entry")
    _add(entry, "id", uuid5(OURS, f"{lang.tag} {correction.id}").urn)
    for name, element in (("title", "title"), ("text", "content")):
        words, tag = correction.words(name, lang)
        _add(entry, element, words).attrib.update({"type": "text"} | ({} if tag == lang.tag else {"xml:lang": tag}))
    _add(entry, "updated", _moment(correction.date.isoformat()))
    _link(entry, "alternate", "text/html", _page(site, lang, correction))
    for proposal in correction.concerned:
        SubElement(entry, "category", {"term": proposal})


def _page(site: Site, lang: Language, correction: Correction) -> str:
    return site.copied(f"/{lang}{PATH}#{correction.id}")


def _moment(day: str) -> str:
    return f"{day}T00:00:00Z"


def _link(parent: Element, relation: str, media_type: str, url: str) -> None:
    SubElement(parent, "link", {"rel": relation, "type": media_type, "href": url})


def _add(parent: Element, name: str, words: str) -> Element:
    element = SubElement(parent, name)
    element.text = words
    return element
