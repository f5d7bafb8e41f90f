"""The catalogue as DCAT-AP 3 and schema.org describe one, in JSON-LD, for data portals that harvest it.

Source: https://semiceu.github.io/DCAT-AP/releases/3.0.0/. URLs are relative where the operator names none of the
service; JSON-LD resolves them against that of the document.
"""

from collections.abc import Iterator
from typing import Any

from layers.catalogue.model import Edition, Proposal
from layers.corrections.loading import latest_replacement
from layers.dates import control_date
from layers.licence import licence_url
from layers.products.media_types import bare
from layers.products.product import Product
from layers.products.registry import offered
from layers.text.languages import Languages
from webapp.sharing.schema_org import CREATOR, named
from webapp.site import Site
from webapp.text.interface import text

MEDIA_TYPE = "application/ld+json"
PATH = "/catalog.jsonld"
AUTHORITY = "http://publications.europa.eu/resource/authority"
COUNTRY = f"{AUTHORITY}/country/UKR"
THEMES = {"INTR": "International issues", "GOVE": "Government and public sector"}  # the authority's, with its labels
LANGUAGES = {"en": "ENG", "uk": "UKR", "zh-Hant": "ZHO"}  # in the authority's table of languages
MEDIA_TYPES = "https://www.iana.org/assignments/media-types"
CONTEXT = {
    "adms": "http://www.w3.org/ns/adms#",
    "dcat": "http://www.w3.org/ns/dcat#",
    "dct": "http://purl.org/dc/terms/",
    "foaf": "http://xmlns.com/foaf/0.1/",
    "owl": "http://www.w3.org/2002/07/owl#",
    "rdfs": "http://www.w3.org/2000/01/rdf-schema#",
    "schema": "https://schema.org/",
    "skos": "http://www.w3.org/2004/02/skos/core#",
    "spdx": "http://spdx.org/rdf/terms#",
    "xsd": "http://www.w3.org/2001/XMLSchema#",
}


def describe_catalogue(site: Site) -> dict[str, Any]:
    """Every proposal as a data set on its own date, with each file as a distribution.

    Of another control map no licence is named: that is for its maker to say.

    Parameters
    ----------
    site
        The service; its first control map is described.
    """
    languages, catalogue = site.languages, site.catalogue
    return {
        "@context": CONTEXT,
        "@id": site.copied(PATH),
        "@type": ["dcat:Catalog", "schema:DataCatalog"],
        "dct:title": _in_each(languages, {one.tag: text(one, "site.name") for one in languages}),
        "dct:description": _in_each(languages, {one.tag: text(one, "site.about") for one in languages}),
        "dct:publisher": _publisher(site),
        "dct:language": [
            _node(f"{AUTHORITY}/language/{LANGUAGES[tag]}", "dct:LinguisticSystem")
            for tag in languages.tags
            if tag in LANGUAGES
        ],
        "dct:spatial": _node(COUNTRY, "dct:Location"),
        "foaf:homepage": _node(site.copied(f"/{languages.default.tag}/"), "foaf:Document"),
        "owl:versionInfo": catalogue.data_version,
        **_licence(site),
        "dcat:dataset": [_dataset(site, proposal) for proposal in catalogue.proposals.values()],
    }


def _dataset(site: Site, proposal: Proposal) -> dict[str, Any]:
    languages, texts = site.languages, proposal.texts
    titles = {one.tag: named(one, texts["title"][one.tag]) for one in languages}
    return {
        "@id": site.copied(f"/{languages.default.tag}/data#{proposal.id}"),
        "@type": ["dcat:Dataset", "schema:Dataset"],
        "dct:identifier": proposal.id,
        "dct:title": _in_each(languages, titles),
        "dct:description": _in_each(languages, texts["summary"]),
        "dct:publisher": _publisher(site),
        "dct:spatial": _node(COUNTRY, "dct:Location"),
        "dct:temporal": {
            "@type": "dct:PeriodOfTime",
            "dcat:startDate": _date(proposal.dates[0]),
            "dcat:endDate": _date(proposal.dates[-1]),
        },
        "dcat:theme": [
            _node(f"{AUTHORITY}/data-theme/{code}", "skos:Concept") | {"skos:prefLabel": _english(label)}
            for code, label in THEMES.items()
        ],
        "dcat:landingPage": [
            _node(site.copied(f"/{tag}/map/{proposal.id}"), "foaf:Document") for tag in languages.tags
        ],
        "owl:versionInfo": site.catalogue.data_version,
        **_corrected(site, proposal),
        "dcat:distribution": list(_distributions(site, proposal)),
    }


def _corrected(site: Site, proposal: Proposal) -> dict[str, Any]:
    """When the data was last corrected and what changed; nothing where it was not."""
    latest = latest_replacement(site.corrections, proposal.id)
    if latest is None:
        return {}
    notes = [dict(zip(("@value", "@language"), latest.words("title", one), strict=True)) for one in site.languages]
    return {"dct:modified": _date(latest.date.isoformat()), "adms:versionNotes": notes}


def _distributions(site: Site, proposal: Proposal) -> Iterator[dict[str, Any]]:
    as_of = control_date(proposal.own_date, proposal.control_dates)
    for product in offered():
        url = site.copied(product.url.format(proposal=proposal.id, date=as_of))
        yield {
            "@id": url,
            "@type": ["dcat:Distribution", "schema:DataDownload", "rdfs:Resource"],  # the last as what its URLs lead to
            "dct:title": _english(product.about),
            "dcat:accessURL": {"@id": url},
            "dcat:downloadURL": {"@id": url},
            "dcat:mediaType": _node(f"{MEDIA_TYPES}/{bare(product.media_type)}", "dct:MediaType"),
            **_licence(site),
            **_stored(proposal.editions.get(as_of), product),
        }


def _stored(edition: Edition | None, product: Product) -> dict[str, Any]:
    """Size and hash of a file that is built; nothing of one that is written when it is requested."""
    file = edition.products.get(product.name) if edition else None
    if file is None or not file.sha256:
        return {}
    algorithm = _node("spdx:checksumAlgorithm_sha256", "spdx:ChecksumAlgorithm")
    checksum = {
        "@type": "spdx:Checksum",
        "spdx:algorithm": algorithm,
        "spdx:checksumValue": _typed(file.sha256, "xsd:hexBinary"),
    }
    return {
        "dcat:byteSize": _typed(str(file.size_bytes), "xsd:nonNegativeInteger"),
        "spdx:checksum": checksum,
    }


def _publisher(site: Site) -> dict[str, Any]:
    return {"@id": site.copied("/"), "@type": ["foaf:Agent", "schema:Organization"], "foaf:name": CREATOR}


def _licence(site: Site) -> dict[str, Any]:
    licence = licence_url(site.catalogue.licence)
    return {"dct:license": _node(licence, "dct:LicenseDocument")} if licence else {}


def _in_each(languages: Languages, words: Any) -> list[dict[str, str]]:
    return [{"@value": words[tag], "@language": tag} for tag in languages.tags]


def _node(url: str, of_class: str) -> dict[str, str]:
    return {"@id": url, "@type": of_class}


def _english(words: str) -> dict[str, str]:
    return {"@value": words, "@language": "en"}


def _typed(value: str, datatype: str) -> dict[str, str]:
    return {"@value": value, "@type": datatype}


def _date(day: str) -> dict[str, str]:
    return _typed(day, "xsd:date")
