"""KML for Google Earth: names, descriptions and fills, in one language."""

import re
from collections.abc import Mapping
from dataclasses import replace
from typing import cast

from geo.geojson import Feature
from layers.kinds.style import Style
from layers.kinds.table import looks_of
from layers.products.edition import EditionContent
from layers.products.formats.gdal_files import written_file
from layers.products.formats.zone_table import zone_table
from layers.text.figures import zone_sentence
from layers.text.languages import DEFAULT, Language, suffix
from layers.zone_properties import ZoneProperties

OPACITY = "a6"  # of fills, so that the ground shows through
STYLE = "OGR_STYLE"  # the column that GDAL takes for the style of a feature
_WRITTEN_STYLE = re.compile(rb' *<Simple(?:Field|Data) name="OGR_STYLE"[^\n]*\n')


def kml(edition: EditionContent) -> bytes:
    """Return the zones as KML: in the language that is wanted, else in English; all properties are in their data."""
    lang = edition.languages[edition.wanted.lang or DEFAULT]
    table = zone_table(edition)
    pairs = zip(edition.properties, table.zones, strict=True)
    zones = [_described(about, zone, lang, edition.maps) for about, zone in pairs]
    about = {"DESCRIPTION": edition.members["description"]}
    written = written_file("LIBKML", "zones.kml", edition.as_of, [replace(table, zones=zones)], layer_options=about)
    return _WRITTEN_STYLE.sub(b"", written)


def _described(about: ZoneProperties, zone: Feature, lang: Language, maps: int) -> Feature:
    """A zone with what Google Earth shows of it; ``about`` has its properties in all languages."""
    end, texts = suffix(lang.tag), cast(Mapping[str, str | None], about)
    words = (zone_sentence(lang, about, maps), texts[f"says_{end}"], texts[f"open_{end}"], about["control_source"])
    own = {"Name": texts[f"name_{end}"], "description": "\n\n".join(filter(None, words))}
    rest = {name: value for name, value in zone.properties.items() if name != "name"}
    return replace(zone, properties={**own, **rest, STYLE: _style(looks_of(texts).style)})


def _style(style: Style) -> str:
    """A style as GDAL writes it, by the fill or the colour of its pattern, and its outline."""
    colour = style.fill or (style.hatch.colour if style.hatch else None)
    pen = f"PEN(c:{style.stroke},w:{style.stroke_width_px}px)"
    return f"BRUSH(fc:{colour}{OPACITY});{pen}" if colour else pen
