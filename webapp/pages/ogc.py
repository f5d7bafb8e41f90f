"""The documents of the OGC API as pages, in English as their texts are."""

import json
import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from webapp.context import Context
from webapp.ogc.query import HTML_FORM
from webapp.pages.base import Choice, render

Document = Mapping[str, Any]
Row = Sequence[Choice]


@dataclass(frozen=True)
class Table:
    """A table: its caption, its headings, and rows of cells, which lead somewhere if their value is a URL.

    ``figures`` are the places of the columns of dates and numbers.
    """

    caption: str
    headings: Sequence[str]
    rows: Sequence[Row]
    figures: Sequence[int] = ()


@dataclass(frozen=True)
class DocumentView:
    """What a page shows of a document: a heading, a sentence and a table."""

    heading: str
    says: str = ""
    table: Table | None = None


def ogc_page(context: Context, path: str, body: bytes) -> str:
    """Return the page of a document of the API.

    Parameters
    ----------
    context
        Site and language.
    path
        Path of the document below the landing page.
    body
        Bytes of the document, JSON in UTF-8.
    """
    document = json.loads(body)
    links = [_choice(link["href"], link["title"], link["rel"]) for link in document.get("links", ())]
    return render("ogc.html", context, query=context.query(), sheet=SHEETS[_name(path)](document), links=links)


def _name(path: str) -> str:
    """What a document is, by its path: those of collections are of three sorts."""
    return ("", "collection", "items", "feature")[path.count("/")] or path


def _plain(document: Document) -> DocumentView:
    return DocumentView(document["title"], document["description"])


def _classes(document: Document) -> DocumentView:
    rows = [[_choice(uri, uri)] for uri in document["conformsTo"]]
    return DocumentView("Conformance classes", table=Table("What the API conforms to", ["Class"], rows))


def _collection(document: Document) -> DocumentView:
    return DocumentView(document["title"], document["description"], _facts("Extent", _extent(document)))


def _feature(document: Document) -> DocumentView:
    place = {"bbox": _degrees(document["bbox"]), "geometry": document["geometry"]["type"]}
    return DocumentView(document["id"], table=_facts("Properties", {**document["properties"], **place}.items()))


def _operations(document: Document) -> DocumentView:
    """The paths, those of all collections as one, and the parameters."""
    words = {
        re.sub("^/collections/[^/]+", "/collections/{collectionId}", path): operation["get"]["summary"].rpartition(": ")
        for path, operation in document["paths"].items()
    }
    paths = [[_choice("", path), _choice("", said[-1].capitalize())] for path, said in words.items()]
    parameters = document["components"]["parameters"].items()
    said = [[_choice("", name), _choice("", one["description"])] for name, one in parameters]
    table = Table("Paths, and the parameters of features", ["Name", "What it is"], [*paths, *said])
    return DocumentView("The API", document["info"]["description"], table)


def _collections(document: Document) -> DocumentView:
    rows = [
        [_choice(_as_page(_self(one)), one["title"]), *(_choice("", day) for _, day in _extent(one))]
        for one in document["collections"]
    ]
    headings = ["Collection", "First date", "Last date", "West, south, east, north"]
    return DocumentView("Collections", table=Table(f"{len(rows)} collections", headings, rows, figures=(1, 2)))


def _extent(document: Document) -> Iterator[tuple[str, str]]:
    first, last = document["extent"]["temporal"]["interval"][0]
    yield "First date", first[:10]
    yield "Last date", last[:10]
    yield "West, south, east, north", _degrees(document["extent"]["spatial"]["bbox"][0])


def _degrees(box: Iterable[float]) -> str:
    return ", ".join(map(str, box))


def _items(document: Document) -> DocumentView:
    base = _self(document).partition("?")[0]
    rows = [
        [_choice(_as_page(f"{base}/{one['id']}"), one["properties"]["name_en"])]
        + [_choice("", one["properties"][name]) for name in ("as_of", "clause", "area_km2", "length_km")]
        for one in document["features"]
    ]
    caption = f"{document['numberReturned']} of {document['numberMatched']} features"
    headings = ["Zone", "Date", "Clause", "Area, km²", "Length, km"]
    return DocumentView(document["links"][0]["title"], table=Table(caption, headings, rows, figures=(1, 3, 4)))


def _facts(caption: str, facts: Iterable[tuple[str, object]]) -> Table:
    return Table(caption, ["Property", "Value"], [[_choice("", name), _choice("", value)] for name, value in facts])


def _self(document: Document) -> str:
    return next(str(link["href"]) for link in document["links"] if link["rel"] == "self")


def _as_page(url: str) -> str:
    return f"{url}.{HTML_FORM}"


def _choice(url: str, label: object, tag: str = "") -> Choice:
    return Choice(url, "" if label is None else str(label), tag=tag)


SHEETS: Mapping[str, Callable[[Document], DocumentView]] = {
    "": _plain,
    "api": _operations,
    "conformance": _classes,
    "collections": _collections,
    "collection": _collection,
    "items": _items,
    "feature": _feature,
}
