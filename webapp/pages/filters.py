"""Lists of proposals narrowed by who put them forward, their status and their year; the choices are in the URL."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from babel import Locale

from layers.text.languages import Language
from webapp.pages.base import Choice
from webapp.text.interface import text

NAMES = ("by", "status", "year")
NOTHING = "-"  # stands for a value that no proposal has
FEWEST = 7  # proposals from which on there is something to narrow


@dataclass(frozen=True)
class Traits:
    """What a proposal is found by: states (ISO 3166-1 alpha-2), status (empty if it is not drawn), and year."""

    by: tuple[str, ...]
    status: str
    year: str


@dataclass(frozen=True)
class Filter:
    """A field of the form: its name in the URL, its label, and its choices, all of them first."""

    name: str
    label: str
    choices: tuple[Choice, ...]


def read_chosen(given: Mapping[str, str], listed: Iterable[Traits]) -> dict[str, str]:
    """Return what a query chooses, by the name of the filter.

    Only values of the list are kept, and ``NOTHING`` for others.

    Parameters
    ----------
    given
        Values of the query, by name.
    listed
        Traits of all proposals of the list.
    """
    known = _values(listed)
    return {
        name: given[name] if given[name] in known[name] else NOTHING for name in NAMES if given.get(name, "").strip()
    }


def fits_choice(traits: Traits, chosen: Mapping[str, str]) -> bool:
    """Return whether a proposal has all traits that were chosen.

    Parameters
    ----------
    traits
        Traits of the proposal.
    chosen
        Chosen values by the name of the filter, as ``read_chosen`` returns them.
    """
    return all(chosen[name] in _of(traits, name) for name in chosen)


def filters(lang: Language, listed: Sequence[Traits], chosen: Mapping[str, str]) -> tuple[Filter, ...]:
    """Return the fields that narrow a list of proposals; none for a short list.

    Parameters
    ----------
    lang
        Language of the text.
    listed
        Traits of all proposals of the list.
    chosen
        Chosen values by the name of the filter, as ``read_chosen`` returns them.
    """
    if len(listed) < FEWEST:
        return ()
    values = _values(listed)
    return tuple(
        Filter(name, text(lang, f"filter.{name}"), _choices(lang, name, values[name], chosen.get(name, "")))
        for name in NAMES
    )


def _choices(lang: Language, name: str, values: Iterable[str], chosen: str) -> tuple[Choice, ...]:
    labelled = sorted((_label(lang, name, value), value) for value in values)
    listed = reversed(labelled) if name == "year" else labelled
    every = Choice("", text(lang, "filter.all"), chosen == "")
    return (every, *(Choice(value, label, value == chosen) for label, value in listed))


def _label(lang: Language, name: str, value: str) -> str:
    if name == "by":
        return str(Locale.parse(lang.locale, sep="-").territories.get(value, value))
    return text(lang, f"status.{value}") if name == "status" else value


def _values(listed: Iterable[Traits]) -> dict[str, set[str]]:
    found = list(listed)
    return {name: {value for traits in found for value in _of(traits, name) if value} for name in NAMES}


def _of(traits: Traits, name: str) -> tuple[str, ...]:
    return traits.by if name == "by" else (getattr(traits, name),)
