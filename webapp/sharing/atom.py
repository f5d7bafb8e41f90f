"""Atom feeds (RFC 4287): ids follow from names and dates from data, so that a feed is the same on every service."""

from typing import NamedTuple
from uuid import UUID, uuid5
from xml.etree.ElementTree import Element, SubElement, indent, tostring

from layers.text.languages import Language
from webapp.sharing.schema_org import CREATOR

MEDIA_TYPE = "application/atom+xml"
NAMESPACE = "http://www.w3.org/2005/Atom"
OURS = UUID("6d1ffb5e-6cf0-4f3c-9d0e-6a86b1b2a3c4")  # of ids: the same wherever the service runs


class Linked(NamedTuple):
    """URLs of a feed and of the page that has the same."""

    feed: str
    page: str


def new_feed(lang: Language, named: str, title: str, updated: str, linked: Linked) -> Element:
    """Return a feed without entries.

    Parameters
    ----------
    lang
        Language of its texts.
    named
        What its id follows from.
    title
        Title.
    updated
        ISO date of its last change.
    linked
        URLs of the feed and of its page.
    """
    feed = Element("feed", {"xmlns": NAMESPACE, "xml:lang": lang.tag})
    add(feed, "id", uuid5(OURS, named).urn)
    add(feed, "title", title)
    add(feed, "updated", _moment(updated))
    _link(feed, "self", MEDIA_TYPE, linked.feed)
    _link(feed, "alternate", "text/html", linked.page)
    add(SubElement(feed, "author"), "name", CREATOR)
    return feed


def add_entry(feed: Element, named: str, updated: str, page: str) -> Element:
    """Add an entry to a feed and return it; it still needs a title and content.

    Parameters
    ----------
    feed
        The feed.
    named
        What the id of the entry follows from.
    updated
        ISO date of its last change.
    page
        URL of the page that has the same.
    """
    entry = SubElement(feed, "entry")
    add(entry, "id", uuid5(OURS, named).urn)
    add(entry, "updated", _moment(updated))
    _link(entry, "alternate", "text/html", page)
    return entry


def add(parent: Element, name: str, words: str) -> Element:
    """Add an element with text and return it.

    Parameters
    ----------
    parent
        Feed or entry.
    name
        Name of the element.
    words
        Its text; markup in it is escaped.
    """
    element = SubElement(parent, name)
    element.text = words
    return element


def feed_bytes(feed: Element) -> bytes:
    """Return a feed as UTF-8 bytes."""
    indent(feed)
    document: bytes = tostring(feed, encoding="utf-8")
    return b'<?xml version="1.0" encoding="utf-8"?>\n' + document + b"\n"


def _moment(day: str) -> str:
    return f"{day}T00:00:00Z"


def _link(parent: Element, relation: str, media_type: str, url: str) -> None:
    SubElement(parent, "link", {"rel": relation, "type": media_type, "href": url})
