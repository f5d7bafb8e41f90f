"""The documents of the API as JSON: landing page, conformance, collections, and the features themselves."""

import json
from collections.abc import Iterator
from typing import Any

from layers.licence import licence_url
from layers.products.media_types import GEOJSON, JSON
from webapp.ogc.features import ListedFeature
from webapp.ogc.query import HTML_FORM, Query
from webapp.ogc.service import Collection, Service

HTML = "text/html"
OPENAPI = "application/vnd.oai.openapi+json;version=3.0"
CRS84 = "http://www.opengis.net/def/crs/OGC/1.3/CRS84"
GREGORIAN = "http://www.opengis.net/def/uom/ISO-8601/0/Gregorian"
STANDARD = "http://www.opengis.net/spec/ogcapi-features-1/1.0/conf"
CLASSES = ("core", "geojson", "html", "oas30")
TITLE = "Clausemap: zones of peace proposals"
ABOUT = (
    "The territorial clauses of peace proposals as zones, a collection for each proposal and kind of zone, on every "
    "control map that was built. Proposals, not in force."
)

Document = dict[str, Any]


def landing(service: Service) -> Document:
    """The landing page: what the API is, where the rest of it is, and the APIs of other control maps."""
    title = f"{TITLE}. {service.words(service.catalogue.control)}" if service.related else TITLE
    return {
        "title": title,
        "description": ABOUT,
        "links": [
            *_itself(service, "", JSON, title),
            _link("service-desc", service.url("api"), OPENAPI, "The API as OpenAPI 3.0"),
            _link("service-doc", service.url("api", HTML_FORM), HTML, "The API for readers"),
            _link("conformance", service.url("conformance"), JSON, "Conformance classes"),
            _link("data", service.url("collections"), JSON, "Collections"),
            _link("data", service.url("collections", HTML_FORM), HTML, "Collections for readers"),
            *(_link("related", url, JSON, service.words(one)) for url, one in service.related.items()),
        ],
    }


def conformance(service: Service) -> Document:
    """The conformance classes of the standard."""
    classes = [f"{STANDARD}/{name}" for name in CLASSES]
    return {"conformsTo": classes, "links": _itself(service, "conformance", JSON, "Conformance classes")}


def collections(service: Service) -> Document:
    """All collections."""
    return {
        "links": _itself(service, "collections", JSON, "Collections"),
        "collections": [collection(service, one) for one in service.collections.values()],
    }


def collection(service: Service, shown: Collection) -> Document:
    """Return the description of a collection: what it holds, where and when.

    Parameters
    ----------
    service
        Catalogue and URL of the API, with its collections.
    shown
        The collection.
    """
    path = f"collections/{shown.id}"
    box, days = shown.box, [f"{day}T00:00:00Z" for day in shown.days]
    return {
        "id": shown.id,
        "title": shown.title,
        "description": shown.description,
        "itemType": "feature",
        "crs": [CRS84],
        "extent": {
            "spatial": {"bbox": [[box.west, box.south, box.east, box.north]], "crs": CRS84},
            "temporal": {"interval": [days], "trs": GREGORIAN},
        },
        "links": [
            *_itself(service, path, JSON, shown.title),
            _link("items", service.url(f"{path}/items"), GEOJSON, "Features"),
            _link("items", service.url(f"{path}/items", HTML_FORM), HTML, "Features for readers"),
            *_licence(service),
        ],
    }


def items(service: Service, shown: Collection, query: Query) -> bytes:
    """Return a page of the features that a query chooses, as GeoJSON; a published folder has all of them on one page.

    Parameters
    ----------
    service
        Catalogue and URL of the API, with its collections.
    shown
        Collection of the features.
    query
        Filters, and the page by limit and offset.
    """
    found = shown.select(query)
    page = found[query.offset : query.offset + query.limit] if service.filters else found
    members = {
        "type": "FeatureCollection",
        "numberMatched": len(found),
        "numberReturned": len(page),
        "links": list(_page_links(service, shown, query, len(found))),
    }
    features = ",\n".join(shown.source.text(one) for one in page)
    return f'{_compact(members)[:-1]},"features":[\n{features}\n]}}\n'.encode()


def _page_links(service: Service, shown: Collection, query: Query, matched: int) -> Iterator[Document]:
    path, here = f"collections/{shown.id}/items", query.page(query.offset) if service.filters else ""
    yield _link("self", service.url(path) + here, GEOJSON, shown.title)
    yield _link("alternate", service.url(path, HTML_FORM) + here, HTML, f"{shown.title}, for readers")
    yield _link("collection", service.url(f"collections/{shown.id}"), JSON, shown.title)
    after, before = query.offset + query.limit, max(query.offset - query.limit, 0)
    if service.filters and after < matched:
        yield _link("next", service.url(path) + query.page(after), GEOJSON, "Next page")
    if service.filters and query.offset:
        yield _link("prev", service.url(path) + query.page(before), GEOJSON, "Previous page")
    yield from _licence(service)


def feature(service: Service, shown: Collection, one: ListedFeature) -> bytes:
    """Return a feature as GeoJSON.

    Parameters
    ----------
    service
        Catalogue and URL of the API, with its collections.
    shown
        Collection of the feature.
    one
        Zone on a date, as the collection lists it.
    """
    links = [
        *_itself(service, f"collections/{shown.id}/items/{one.id}", GEOJSON, one.id),
        _link("collection", service.url(f"collections/{shown.id}"), JSON, shown.title),
        *_licence(service),
    ]
    return f'{shown.source.text(one)[:-1]},"links":{_compact(links)}}}\n'.encode()


def _itself(service: Service, path: str, media_type: str, title: str) -> list[Document]:
    """The links of a document to itself and to the page that shows it to readers."""
    return [
        _link("self", service.url(path), media_type, title),
        _link("alternate", service.url(path, HTML_FORM), HTML, f"{title}, for readers"),
    ]


def _licence(service: Service) -> list[Document]:
    """The licence; none of another control map, which is for its maker to say."""
    licence = service.catalogue.licence
    url = licence_url(licence)
    return [_link("license", url, HTML, licence)] if url else []


def _link(rel: str, href: str, media_type: str, title: str) -> Document:
    return {"rel": rel, "href": href, "type": media_type, "title": title}


def _compact(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))
