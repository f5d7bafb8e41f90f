"""What changed along the line of contact since a date, as an Atom feed with an entry for each later control map."""

from collections.abc import Mapping
from typing import Any

from webapp.comparing.line_since import FEED, line_url, page_url
from webapp.context import View
from webapp.sharing.atom import Linked, add, add_entry, feed_bytes, new_feed
from webapp.text.interface import date_text, text
from webapp.text.line_since import by_oblast, since_headline


def line_feed(view: View, since: str | None, found: Mapping[str, Any]) -> bytes:
    """Return the feed of a proposal in the language of a view, the latest map first.

    Parameters
    ----------
    view
        The proposal on the date from which changes are counted.
    since
        That date as the query has it; None for the proposal's own.
    found
        What changed, as ``changes_since`` returns it.
    """
    lang, site = view.lang, view.context.site
    page = page_url(view, since)
    named = f"{lang.tag} line since {view.proposal.id} {view.catalogue.control.id} {found['since']}"
    updated = found["maps"][0]["as_of"] if found["maps"] else found["since"]
    linked = Linked(site.copied(line_url(view, FEED, since)), site.copied(page))
    feed = new_feed(lang, named, line_title(view), updated, linked)
    for row in found["maps"]:
        entry = add_entry(feed, f"{named} {row['as_of']}", row["as_of"], site.copied(f"{page}#on-{row['as_of']}"))
        add(entry, "title", since_headline(lang, found["since"], row))
        words = filter(None, (by_oblast(lang, row), text(lang, "statement.short")))
        add(entry, "content", "\n".join(words))
    return feed_bytes(feed)


def line_title(view: View) -> str:
    """Return the title of feed and page: from which date, and of which proposal."""
    title = view.proposal.texts["short_title"][view.lang.tag]
    return text(view.lang, "line_since.title", date=date_text(view.lang, view.edition.as_of), title=title)
