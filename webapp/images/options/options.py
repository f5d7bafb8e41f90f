"""Options of an image: one table for the URL, the command line and the image builder.

Every option has a name and a value as text, such as ``size=square``; options that are not given have their default.
"""

import math
import re
import unicodedata
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, fields
from types import MappingProxyType
from typing import Any

from layers.text.languages import DEFAULT
from webapp.errors import LimitError, OptionError
from webapp.images.options.notes import LONGEST as LONGEST_NOTE
from webapp.images.options.notes import Note, read_notes, write_notes
from webapp.typography.signs import check_words

Size = tuple[int, int]

# Width and height in CSS pixels; print is A4 across at 96 pixels an inch.
SIZES: Mapping[str, Size] = MappingProxyType(
    {
        "article": (1200, 675),
        "square": (1080, 1080),
        "story": (1080, 1920),
        "wide": (1600, 900),
        "print": (1123, 794),
        "column": (640, 1000),
        "phone": (390, 488),
        "phone-large": (640, 800),
    }
)
# Sizes for print: in CSS pixels, and the width on paper, at which 14 pixels are 7 points in columns, 10.5 on a sheet.
PRINTS: Mapping[str, tuple[Size, float]] = MappingProxyType(
    {
        "column-1": ((320, 720), 56.0),
        "column-2": ((660, 740), 116.0),
        "column-4": ((1340, 820), 236.0),
        "print": (SIZES["print"], 297.0),
        "a3": ((1587, 1123), 420.0),
    }
)
NAMED_SIZES: Mapping[str, Size] = MappingProxyType({**SIZES, **{name: size for name, (size, _) in PRINTS.items()}})
THEMES = ("light", "dark", "print")
LABELS = ("none", "few", "many")
TEXTS = ("live", "paths")
TEMPLATES = ("article", "zoom", "pair", "difference", "series")
LEGENDS = ("key", "full", "off")
EXTENTS = ("auto", "south-east", "ukraine")
SWITCH = ("on", "off")
SMALLEST_PX, LARGEST_PX = 320, 4000
WIDE_PX = 1000  # from this width on, an image has its words in full
MOST_SCALE = 4.0
MOST_PIXELS = 32_000_000
LONGEST_EXTENT = 100  # characters: four numbers of 24 digits each
LONGEST = {"title": 120, "subtitle": 200, "credit": 160}
MOST_TOWNS = 12

UNFIT = ("Cc", "Cs", "Cn")  # control characters, halves of characters, and what is none

_SIZE = re.compile(r"(\d{1,5})x(\d{1,5})")


@dataclass(frozen=True)
class Options:
    """Everything that is chosen about an image apart from proposal, day and form.

    ``size`` is in CSS pixels, ``scale`` device pixels a CSS pixel (PNG only). No zones and no clauses means all.
    ``template`` is one of TEMPLATES: one map, a part beside the country, a pair with what is ``beside`` it (a date,
    a proposal, or PROPOSAL@DATE), what is different between the two, or a series of days. ``extent`` is a name, a
    zone's id, an oblast, a town with a radius in km, or four degrees: west, south, east, north; ``auto`` is what is
    chosen, as large as the picture allows. A ``legend`` is a key of a few rows on the map, or has a row for
    everything that is drawn. ``highlight`` are names of towns that stand out, ``note`` texts of the reader's own at
    places of the map.
    """

    lang: str = DEFAULT
    template: str = "article"
    beside: str = ""
    size: Size = SIZES["article"]
    scale: float = 1.0
    theme: str = "light"
    zones: tuple[str, ...] = ()
    clauses: tuple[str, ...] = ()
    extent: str = "auto"
    highlight: tuple[str, ...] = ()
    note: tuple[Note, ...] = ()
    labels: str = "many"
    inset: bool = True
    graticule: bool = False
    title: str = ""
    subtitle: str = ""
    credit: str = ""
    legend: str = "key"
    areas: bool = True
    transparent: bool = False
    plain: bool = False
    text: str = "live"


DEFAULTS = Options()


def read_options(given: Mapping[str, str], languages: Collection[str]) -> Options:
    """Return options from their names and values as text; an empty value is the default.

    Zones, clauses and extents are checked later, against the edition that is drawn.

    Parameters
    ----------
    given
        Values as text, by the name of the option.
    languages
        Tags of the known languages.

    Raises
    ------
    OptionError
        If a name or value does not exist; lists those that do.
    LimitError
        If a limit is exceeded; names it.
    """
    unknown = [name for name in given if name not in READERS]
    if unknown:
        raise OptionError("option", unknown[0], tuple(READERS))
    readers = {**READERS, "lang": _one_of("language", tuple(languages))}
    chosen = {name: readers[name](value.strip()) for name, value in given.items() if value.strip()}
    options = Options(**chosen)
    width, height = options.size
    if width * height * options.scale**2 > MOST_PIXELS:
        most = math.floor(math.sqrt(MOST_PIXELS / (width * height)) * 100) / 100
        message = f"scale {options.scale:g} at {width}x{height} passes 32 megapixels; at most {most:g} fits"
        raise LimitError(message, "pixels", scale=options.scale, width=width, height=height, megapixels=32, most=most)
    return options


def write_options(options: Options) -> dict[str, str]:
    """Return names and values of the options that differ from the defaults, as text for ``read_options``."""
    return {name: value for name, value in all_words(options).items() if getattr(options, name) != _default(name)}


def all_words(options: Options = DEFAULTS) -> dict[str, str]:
    """Return names and values of all options as text."""
    return {one.name: _written(one.name, getattr(options, one.name)) for one in fields(Options)}


def _default(name: str) -> Any:
    return getattr(DEFAULTS, name)


def _written(name: str, value: Any) -> str:
    if name == "size":
        return next((key for key, pixels in NAMED_SIZES.items() if pixels == value), "{}x{}".format(*value))
    if isinstance(value, bool):
        return SWITCH[not value]
    if name == "note":
        return write_notes(value)
    if isinstance(value, tuple):
        return ",".join(value)
    return f"{value:g}" if isinstance(value, float) else str(value)


def _one_of(what: str, known: tuple[str, ...]) -> Callable[[str], str]:
    def read(value: str) -> str:
        if value not in known:
            raise OptionError(what, value, known)
        return value

    return read


def _switch(what: str) -> Callable[[str], bool]:
    return lambda value: _one_of(what, SWITCH)(value) == "on"


def _legend(value: str) -> str:
    """One of LEGENDS; ``on`` is the usual one."""
    return DEFAULTS.legend if value == "on" else _one_of("legend", LEGENDS)(value)


def _size(value: str) -> Size:
    if value in NAMED_SIZES:
        return NAMED_SIZES[value]
    found = _SIZE.fullmatch(value)
    if found is None:
        raise OptionError("size", value, (*NAMED_SIZES, "WxH"))
    width, height = int(found[1]), int(found[2])
    for side in (width, height):
        if not SMALLEST_PX <= side <= LARGEST_PX:
            message = f"size {value}: a side of {side} pixels; from {SMALLEST_PX} to {LARGEST_PX} can be drawn"
            raise LimitError(message, "side", size=value, count=side, least=SMALLEST_PX, most=LARGEST_PX)
    return width, height


def _scale(value: str) -> float:
    try:
        scale = float(value)
    except ValueError:
        scale = math.nan
    if not 1 <= scale <= MOST_SCALE:
        message = f"scale '{value}': write a number from 1 to {MOST_SCALE:g}"
        raise LimitError(message, "scale", value=value, most=MOST_SCALE)
    return round(scale, 2)


def _names(value: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(part.strip() for part in value.split(",") if part.strip()))


def _extent(value: str) -> str:
    """A place in words, no longer than four numbers are."""
    if len(value) > LONGEST_EXTENT:
        message = f"extent: {len(value)} characters; at most {LONGEST_EXTENT} fit"
        raise LimitError(message, "longest", field="extent", count=len(value), most=LONGEST_EXTENT)
    return value


def _side(value: str) -> str:
    """The other side of a pair in words, no longer than an id and a date are."""
    if len(value) > LONGEST_EXTENT:
        message = f"beside: {len(value)} characters; at most {LONGEST_EXTENT} fit"
        raise LimitError(message, "longest", field="beside", count=len(value), most=LONGEST_EXTENT)
    return value


def _towns(value: str) -> tuple[str, ...]:
    names = _names(value)
    if len(names) > MOST_TOWNS:
        message = f"highlight: {len(names)} towns; at most {MOST_TOWNS} fit"
        raise LimitError(message, "towns", count=len(names), most=MOST_TOWNS)
    return names


def _words(name: str, longest: int) -> Callable[[str], str]:
    """Free text in its composed form, on one line, no longer than its limit and of signs that every form can show."""

    def read(value: str) -> str:
        words = unicodedata.normalize("NFC", " ".join(value.split()))
        unfit = next((one for one in words if unicodedata.category(one) in UNFIT), None)
        if unfit is not None:
            sign = f"U+{ord(unfit):04X}"
            message = f"{name}: holds the sign {sign}, which no text has; write it without"
            raise LimitError(message, "sign", field=name, sign=sign)
        if len(words) > longest:
            message = f"{name}: {len(words)} characters; at most {longest} fit"
            raise LimitError(message, "longest", field=name, count=len(words), most=longest)
        check_words(name, words)
        return words

    return read


READERS: Mapping[str, Callable[[str], Any]] = MappingProxyType(
    {
        "lang": str,
        "template": _one_of("template", TEMPLATES),
        "beside": _side,
        "size": _size,
        "scale": _scale,
        "theme": _one_of("theme", THEMES),
        "zones": _names,
        "clauses": _names,
        "extent": _extent,
        "highlight": _towns,
        "note": lambda value: read_notes(value, _words("note", LONGEST_NOTE)),
        "labels": _one_of("labels", LABELS),
        "inset": _switch("inset"),
        "graticule": _switch("graticule"),
        "title": _words("title", LONGEST["title"]),
        "subtitle": _words("subtitle", LONGEST["subtitle"]),
        "credit": _words("credit", LONGEST["credit"]),
        "legend": _legend,
        "areas": _switch("areas"),
        "transparent": _switch("transparent"),
        "plain": _switch("plain"),
        "text": _one_of("text", TEXTS),
    }
)
