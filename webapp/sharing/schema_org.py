"""The data of a page as schema.org describes a data set, for search engines that list them."""

import json
from collections.abc import Mapping
from typing import Any

from layers.catalogue.model import Edition
from layers.corrections.loading import latest_replacement
from layers.licence import licence_url
from layers.products.media_types import CSV, JSON, XLSX, bare
from layers.products.registry import linked
from layers.text.languages import Language
from webapp.context import View
from webapp.text.headlines import view_headline
from webapp.text.interface import text

CREATOR = "Clausemap contributors"


def describe_dataset(view: View, name: str, canonical: str) -> dict[str, Any]:
    """Return the schema.org Dataset of a page: the zones on a date, or on all dates for ``timeline``.

    For another control map no licence is named: its maker decides.

    Parameters
    ----------
    view
        The edition shown, with its language and control map.
    name
        Name of the page.
    canonical
        Absolute URL of the page.
    """
    lang, catalogue = view.lang, view.catalogue
    texts = {key: table[lang.tag] for key, table in view.proposal.texts.items()}
    headline = view_headline(view)
    days = view.proposal.dates if name == "timeline" else (view.edition.as_of,)
    stated = [
        headline.text,
        text(lang, "statement.short"),
        text(lang, "statement.known", how_known=texts["how_known"]),
    ]
    licence = licence_url(catalogue.licence)
    return {
        "@context": "https://schema.org",
        "@type": "Dataset",
        "name": named(lang, texts["title"]),
        "headline": headline.text,
        "description": text(lang, "format.joined").join([*stated, text(lang, "site.about")]),
        "url": canonical,
        "inLanguage": lang.tag,
        "version": catalogue.data_version,
        "creator": {"@type": "Organization", "name": CREATOR, "url": view.context.site.absolute("/")},
        "isAccessibleForFree": True,
        "temporalCoverage": days[0] if len(days) == 1 else f"{days[0]}/{days[-1]}",
        "spatialCoverage": {"@type": "Place", "geo": {"@type": "GeoShape", "box": _box(view, view.edition)}},
        "variableMeasured": {"@type": "PropertyValue", "name": "area_km2", "unitText": "km²"},
        "isBasedOn": _sources(view),
        "distribution": _timeline_files(view) if name == "timeline" else _files(view),
        **_corrected(view),
        **({"license": licence, "creditText": CREATOR} if licence else {}),
    }


def _corrected(view: View) -> dict[str, Any]:
    """The latest correction of the proposal's layers; nothing where there is none."""
    site, lang = view.context.site, view.lang
    latest = latest_replacement(site.corrections, view.proposal.id)
    if latest is None:
        return {}
    day, (words, tag) = latest.date.isoformat(), latest.words("text", lang)
    comment = {"@type": "CorrectionComment", "text": words, "inLanguage": tag, "datePublished": day}
    page = site.absolute(f"/{lang}/corrections#{latest.id}")
    return {"correction": {**comment, "url": page}}


def named(lang: Language, words: str) -> str:
    """Return a text that shows a proposal, with the words in front that it is not in force.

    Parameters
    ----------
    lang
        Language of the text.
    words
        Title of what shows the proposal.
    """
    return text(lang, "format.colon").join((text(lang, "statement.short"), words))


def _box(view: View, edition: Edition) -> str:
    """South, west, north, east of all zones in degrees."""
    west, south, east, north = json.loads(view.catalogue.read(edition.products["layer"]))["bbox"]
    return f"{south} {west} {north} {east}"


def _sources(view: View) -> list[Mapping[str, str]]:
    """What the proposal is known through, each with its day; the control map and the outlines."""
    told = [
        {"@type": "CreativeWork", "name": source.name[view.lang.tag], "datePublished": source.date}
        for source in view.proposal.sources
    ]
    grounds = (view.catalogue.control_source, view.catalogue.boundary_source)
    return [*told, *({"@type": "CreativeWork", "name": name} for name in grounds)]


def _files(view: View) -> list[Mapping[str, str]]:
    named = {"proposal": view.proposal.id, "date": view.edition.as_of}
    return [_download(view, file.url.format(**named), file.encoding_format) for file in linked()]


def _timeline_files(view: View) -> list[Mapping[str, str]]:
    stem = f"/timelines/{view.proposal.id}"
    forms = {"csv": CSV, "xlsx": XLSX, "json": JSON}
    return [_download(view, f"{stem}.{ending}", bare(media_type)) for ending, media_type in forms.items()]


def _download(view: View, path: str, media_type: str) -> Mapping[str, str]:
    url = view.context.site.absolute(path + view.query())
    return {"@type": "DataDownload", "encodingFormat": media_type, "contentUrl": url}
