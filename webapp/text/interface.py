"""Languages: interface texts, the reader's choice, and figures and dates written as in a newspaper.

The ``texts.toml`` of each language has the texts, in tables, under keys ``table.key``. Where a noun follows a number,
the text is a table of plural forms by CLDR category, and ``plural`` chooses among them.
"""

import re
from collections.abc import Iterable, Mapping
from functools import cache
from pathlib import Path

from layers.kinds.table import kind_of
from layers.reference.water_kinds import DRAINED
from layers.text.figures import (
    Figure,
    about_text,
    area_text,
    date_text,
    difference_text,
    flat_texts,
    interval_text,
    length_number,
    length_text,
    month_text,
    number_text,
    percent_text,
    plural_category,
    read_area,
    short_text,
    signed_text,
    wording,
    zone_sentence,
)
from layers.text.languages import DEFAULT, Language, Languages, suffix
from layers.zone_properties import ZoneProperties

__all__ = [
    "DEFAULT",
    "PLAIN_REGIONS",
    "Figure",
    "about_text",
    "area_text",
    "choose_language",
    "date_text",
    "difference_text",
    "has_text",
    "interval_text",
    "kind_text",
    "length_number",
    "length_text",
    "month_text",
    "number_text",
    "percent_text",
    "plural",
    "property_text",
    "read_area",
    "region_text",
    "short_text",
    "signed_text",
    "text",
    "text_files",
    "text_key",
    "texts",
    "zone_sentence",
]  # fmt: skip

PLAIN_REGIONS = ("UA-43", "UA-40", "UA-30")  # no oblasts: their names stand alone


def choose_language(languages: Languages, accepted: Iterable[tuple[str, float]]) -> Language:
    """Return the language for a reader: the first accepted one that the service has, else the default.

    Parameters
    ----------
    languages
        Languages of the service.
    accepted
        Tags of Accept-Language with their quality from 0 to 1, best first.
    """
    for tag, quality in accepted:
        found = _language_of(languages, tag.lower().replace("_", "-"))
        if quality > 0 and found:
            return found
    return languages.default


def text(lang: Language, key: str, /, **values: object) -> str:
    """Return an interface text with its placeholders filled by ``values``.

    Parameters
    ----------
    lang
        Language of the text.
    key
        Key of the text, ``table.key``.

    Raises
    ------
    KeyError
        If there is no such text, or if a placeholder has no value.
    """
    return texts(lang)[key].format(**values) if values else texts(lang)[key]


def plural(lang: Language, key: str, n: int, /, **values: object) -> str:
    """Return an interface text in the plural form for a number, which fills ``{count}``.

    Such a text is a table of forms by CLDR category, as many as the language has for whole numbers.

    Parameters
    ----------
    lang
        Language of the text.
    key
        Key of the table of forms, ``table.key``.
    n
        Whole number; ``count`` among ``values`` replaces it in the text.

    Raises
    ------
    KeyError
        If there is no such text, or if a placeholder has no value.
    """
    written = {"count": number_text(lang, n)} | values
    return texts(lang)[f"{key}.{plural_category(lang, n)}"].format(**written)


def text_files(lang: Language) -> tuple[Path, Path]:
    """The files of a language's interface texts and of its figures."""
    return lang.folder / "texts.toml", lang.folder / "figures.toml"


def has_text(lang: Language, key: str) -> bool:
    """Return whether there is a text, without plural forms, for a key.

    Parameters
    ----------
    lang
        Language of the text.
    key
        Key of the text, ``table.key``.
    """
    return key in texts(lang)


@cache
def texts(lang: Language) -> Mapping[str, str]:
    """Return all interface texts of a language by ``table.key``, those of figures included."""
    return {"language.name": lang.name, **wording(lang), **flat_texts(text_files(lang)[0])}


def kind_text(lang: Language, zone: ZoneProperties) -> str:
    """Return the name of a zone's kind, by what would be recognised and how, and by who would leave it.

    Parameters
    ----------
    lang
        Language of the text.
    zone
        Properties of the zone.
    """
    variant = kind_of(zone).variant(zone)
    return text(lang, text_key("kind", variant.key if variant and variant.named else zone["kind"]))


def text_key(table: str, key: str) -> str:
    """Return the key of a text about a kind or a variant: ``kind.withdrawal_ukraine``, ``image_words.alt_buffer``.

    Parameters
    ----------
    table
        Table of the texts.
    key
        Kind or variant, with hyphens.
    """
    separator = "." if table == "kind" else "_"
    return f"{table}{separator}{key.replace('-', '_')}"


def region_text(lang: Language, iso: str, name: str) -> str:
    """Return the name of a unit as a map has it: Donetsk oblast, but Sevastopol alone.

    Parameters
    ----------
    lang
        Language of the text.
    iso
        ISO 3166-2 code.
    name
        Name of the unit in the language.
    """
    return name if iso in PLAIN_REGIONS else text(lang, "map.region", name=name)


def water_name(lang: Language, properties: Mapping[str, object]) -> str:
    """Return the name of a river or water on a map, and of a drained reservoir that it is one.

    Parameters
    ----------
    lang
        Language of the text.
    properties
        Properties of the feature.

    Returns
    -------
    The name; empty if it has none in the language.
    """
    name = re.split(r" ?[(（]", property_text(lang, properties, "name"))[0]
    return text(lang, "map.drained", name=name) if name and properties["kind"] == DRAINED else name


def property_text(lang: Language, properties: Mapping[str, object], name: str) -> str:
    """Return a feature's text in a language, such as ``name`` from ``name_zh_hant``; empty if there is none.

    Parameters
    ----------
    lang
        Language of the text.
    properties
        Properties of the feature.
    name
        Name of the property without the language.
    """
    return str(properties.get(f"{name}_{suffix(lang.tag)}") or "")


def _language_of(languages: Languages, tag: str) -> Language | None:
    """The language for one lower-case tag, or None: its own, one of its regions, or one that it accepts."""
    for language in languages:
        own = language.tag.lower()
        if tag == own or tag.startswith(f"{own}-") or tag in (one.lower() for one in language.accepts):
            return language
    return None
