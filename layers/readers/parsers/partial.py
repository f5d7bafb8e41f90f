"""Server responses that say that they are cut off: one page of several."""

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from layers.errors import ControlError
from layers.readers.document import plain_name

MORE = frozenset({"exceededtransferlimit", "hasmore", "hasnext", "hasnextpage", "more", "truncated", "istruncated",
                  "partial", "incomplete", "limitexceeded", "limited"})  # fmt: skip
NEXT = frozenset({"next", "nextpage", "nextlink", "nexturl", "nexthref", "nextpagetoken", "nextcursor", "nexttoken",
                  "odatanextlink", "nextpageurl", "nextoffset", "prev", "previous", "previouspage"})  # fmt: skip
ALL = frozenset({"numbermatched", "totalfeatures", "totalcount", "totalresults", "totalrecords", "totalitems",
                 "totalrows", "numfound", "matched", "featurecount", "recordstotal"})  # fmt: skip
PAGED = frozenset({"total", "count"})  # may count something else, unless pages are mentioned
PAGES = frozenset({"limit", "offset", "page", "pages", "perpage", "pagesize", "pagecount", "next", "results", "start",
                   "skip", "numberreturned", "returned", "lastpage"})  # fmt: skip
AROUND = frozenset({"properties", "meta", "metadata", "page", "paging", "pagination", "pageinfo", "context", "links",
                    "response", "info", "resultinfo", "searchmetadata"})  # fmt: skip


def check_whole(path: Path, around: Sequence[Mapping[str, Any]], features: int) -> None:
    """Refuse part of a response: a page of features that states that there are more.

    Parameters
    ----------
    path
        Path of the file, for error messages.
    around
        JSON objects around the features, from the outermost.
    features
        Number of features in the file.

    Raises
    ------
    ControlError
        ``partial-answer``.
    """
    for members in around:
        for word in _words(members, features):
            message = f"{path}: the server says that there is more ({word}); fetch the other pages and join them"
            raise ControlError("partial-answer", message)


def _words(members: Mapping[str, Any], features: int, *, paged: bool = False) -> Iterator[str]:
    plain = {plain_name(key): (key, value) for key, value in members.items()}
    for name, (key, value) in plain.items():
        if (name in MORE and value in (True, "true", "True")) or (name in NEXT and _leads_on(value)):
            yield key
        elif (name in ALL or (name in PAGED and (paged or PAGES & plain.keys()))) and _number(value) > features:
            yield f"{key} {_number(value):,}, here {features:,}"
        elif name in AROUND and isinstance(value, dict):
            yield from (f"{key}: {word}" for word in _words(value, features, paged=True))
        elif name == "links" and isinstance(value, list):
            yield from _relations(key, value)


def _relations(key: str, links: Sequence[Any]) -> Iterator[str]:
    for link in links:
        relation = link.get("rel") if isinstance(link, dict) else None
        if relation in {"next", "prev", "previous"}:
            yield f"{key}: {relation}"


def _leads_on(value: Any) -> bool:
    """Whether a member that is called 'next' leads to something."""
    if isinstance(value, dict):
        return any(_leads_on(value.get(key)) for key in ("href", "url", "cursor", "token"))
    return value not in (None, False, "", 0, "null") and not isinstance(value, list)


def _number(value: Any) -> int:
    if isinstance(value, bool):
        return 0
    if isinstance(value, str) and value.isdigit():
        return int(value[:18])
    return int(value) if isinstance(value, int | float) and abs(value) < 1e18 else 0
