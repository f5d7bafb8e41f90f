"""Which of the 27 units a table row names, by code or by any common spelling of the name, never by position."""

import re
import unicodedata
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from layers.reference.register import SOURCES, read_rows
from layers.text.languages import Languages, installed_languages, source_name

Marker = Literal["", "city", "oblast"]
Row = Mapping[str, object]
Reader = Callable[[object], frozenset[str]]

NO_SOUND = str.maketrans("", "", "'’‘ʼʹʺ′`´\"")
CITY_WORDS = frozenset({"city", "misto", "gorod", "municipality", "місто", "м", "город", "г"})
OBLAST_WORDS = frozenset({
    "oblast", "oblasts", "obl", "oblys", "region", "province", "область", "обл", "области", "області",
})  # fmt: skip
OTHER_WORDS = frozenset({
    "of", "the", "autonomous", "republic", "ar", "avtonomna", "respublika", "автономна", "республика", "автономная",
    "ар",
})  # fmt: skip
CITY_ENDING, OBLAST_ENDINGS = "市", ("自治共和國", "自治共和国", "自治州", "州", "省")
KYIV_CITY, KYIV_OBLAST = "UA-30", "UA-32"


@dataclass(frozen=True)
class Known:
    """The codes and names of the units, each in its plain form (see ``plain_name``)."""

    codes: Mapping[str, str]
    names: Mapping[str, frozenset[str]]


@dataclass(frozen=True)
class Match:
    """The unit of a row: an ISO code or None, and the codes that its code and its name give by themselves."""

    iso: str | None
    by_code: str | None
    by_name: frozenset[str]

    @property
    def disagrees(self) -> bool:
        """Whether the row's code names one unit and its name another."""
        return self.by_code is not None and bool(self.by_name) and self.by_code not in self.by_name


def known_names(languages: Languages | None = None) -> Known:
    """Return all codes and names of ``oblasts.csv`` and ``oblast-aliases.csv``."""
    languages = languages or installed_languages()
    codes: dict[str, str] = {}
    names: dict[str, set[str]] = {}
    for row in read_rows(SOURCES / "oblasts.csv"):
        iso = row["iso"]
        codes |= {_plain_code(row["iso"]): iso, _plain_code(row["fips"]): iso}
        for name in (source_name(language, row, iso) for language in languages):
            names.setdefault(plain_name(name or row["name_en"])[0], set()).add(iso)
    for row in read_rows(SOURCES / "oblast-aliases.csv"):
        for alias in row["aliases"].split(";"):
            if re.fullmatch(r"UA\d\d", alias):
                codes[_plain_code(alias)] = row["iso"]
            else:
                names.setdefault(plain_name(alias)[0], set()).add(row["iso"])
    return Known(codes, {name: frozenset(isos) for name, isos in names.items()})


def plain_name(text: str) -> tuple[str, Marker]:
    """Return the plain form of a name, and whether it is marked as a city or an oblast.

    The plain form has no accents, apostrophes, upper case or words like oblast, and one romanisation.
    """
    decomposed = unicodedata.normalize("NFKD", text.casefold().translate(NO_SOUND))
    bare = "".join(letter for letter in decomposed if not unicodedata.combining(letter))
    words = re.sub(r"[\W_]+", " ", bare).split()
    city = not CITY_WORDS.isdisjoint(words)
    oblast = not OBLAST_WORDS.isdisjoint(words)
    kept = [word for word in words if word not in CITY_WORDS | OBLAST_WORDS | OTHER_WORDS]
    name = _folded(" ".join(kept))
    if name.endswith(CITY_ENDING):
        return name.removesuffix(CITY_ENDING), "city"
    for ending in OBLAST_ENDINGS:
        if name.endswith(ending):
            return name.removesuffix(ending), "oblast"
    return name, "city" if city else "oblast" if oblast else ""


def match_rows(rows: Sequence[Row], known: Known) -> list[Match]:
    """Return the unit of every row, from the columns that name one for the most rows.

    Kyiv without a word for city or oblast is whichever of the two no other row is. The same unit may come out twice.

    Parameters
    ----------
    rows
        Rows of the file's attribute table, each a value by column.
    known
        Codes and names of the units, in the plain form that spellings are compared in.

    Returns
    -------
    One match per row, in their order.
    """
    by_code = _best_column(rows, lambda value: _codes_of(value, known))
    by_name = _best_column(rows, lambda value: _names_of(value, known))
    taken = {next(iter(isos)) for pair in zip(by_code, by_name, strict=True) for isos in pair if len(isos) == 1}
    matches = []
    for codes, names in zip(by_code, by_name, strict=True):
        code = next(iter(codes), None)
        left = names - taken if len(names) > 1 else names
        iso = code or (next(iter(left)) if len(left) == 1 else None)
        matches.append(Match(iso, code, names))
    return matches


def _best_column(rows: Sequence[Row], read: Reader) -> list[frozenset[str]]:
    """What the column that matches the most rows gives for each row, or else the next best column."""
    columns = dict.fromkeys(key for row in rows for key in row)
    said = [[read(row.get(column)) for row in rows] for column in columns]
    ranked = sorted(said, key=lambda isos: -len({iso for iso in isos if iso}))
    return [next((isos[place] for isos in ranked if isos[place]), frozenset()) for place in range(len(rows))]


def _codes_of(value: object, known: Known) -> frozenset[str]:
    iso = known.codes.get(_plain_code(value)) if isinstance(value, str) else None
    return frozenset({iso}) if iso else frozenset()


def _names_of(value: object, known: Known) -> frozenset[str]:
    if not isinstance(value, str):
        return frozenset()
    name, marker = plain_name(value)
    isos = known.names.get(name, frozenset())
    if isos == {KYIV_CITY, KYIV_OBLAST} and marker:
        return frozenset({KYIV_CITY if marker == "city" else KYIV_OBLAST})
    return isos


def _folded(name: str) -> str:
    """One spelling for letters that romanisations differ in: kh and g as h, y and j as i, single letters."""
    single = name.replace("kh", "h").translate(str.maketrans("gyjw", "hiiv"))
    return re.sub(r"([a-z])\1+", r"\1", single)


def _plain_code(value: str) -> str:
    return value.strip().upper().replace("-", "").replace(".", "").replace(" ", "")
