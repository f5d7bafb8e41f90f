"""Figures that others published: on control in general (``published.toml``), or on a proposal's zones (in its file).

The page of areas shows each beside Clausemap's figure for the same territory, from the control map of its date.
"""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any

from pydantic import Field, ValidationError

from layers.errors import ProposalError
from layers.findings import to_mend
from layers.proposal.model import Published, PublishedFigure
from layers.proposal.shape_problems import shape_problems
from layers.strict_model import Model
from layers.text.toml_files import read_toml
from layers.text.translations import add_translations
from layers.zone_ids import fits

if TYPE_CHECKING:
    from layers.reference.reference_data import Names

PUBLISHED = Path(__file__).parents[1] / "published.toml"
NEAR = timedelta(days=31)  # control maps of a month apart are the least that the project has
MOST_OFF = timedelta(days=7)  # from the ends of a period to the maps that a change is measured between
FIGURES = ("area_km2", "change_km2", "share_of_ukraine_pct", "share_of_oblasts_pct")


class PublishedFile(Model):
    """The file of figures that do not belong to one proposal."""

    published: tuple[Published, ...] = Field(default=(), strict=False)


def load_published(names: "Names", path: Path = PUBLISHED) -> tuple[Published, ...]:
    """Read and check the figures that do not belong to one proposal.

    Parameters
    ----------
    names
        Oblasts and dates that they may name.
    path
        TOML file of the figures.

    Raises
    ------
    ProposalError
        If the file has problems; the message lists all of them.
    """
    try:
        raw = read_toml(path)
    except (OSError, ValueError) as error:
        raise ProposalError(f"{path}: not TOML: {error}; mend the line that it names") from error
    raw, problems = add_translations(raw, path.stem, names.languages, folder="")
    found: tuple[Published, ...] = ()
    try:
        found = PublishedFile.model_validate(raw, context=names.languages).published
    except ValidationError as error:
        problems += shape_problems(error, raw)
    problems += published_problems(raw, (), names)
    if problems:
        raise ProposalError(to_mend(path, problems))
    return found


def map_dates(entry: Published, figure: PublishedFigure, known: Sequence[str]) -> tuple[str | None, str | None]:
    """Return the dates of the control maps that a figure is compared on: the first, for a change only, and the last.

    The last is the last map on or before the end of the entry, or None if that is more than a month older. A change is
    measured between the maps nearest to the ends of its period, and not at all if they are far from these.

    Parameters
    ----------
    entry
        The published entry, with its period.
    figure
        One of its figures: an area, a share, or a change.
    known
        ISO dates of the control maps, ascending.
    """
    if figure.change_km2 is None:
        return None, _last_near(entry.until, known)
    begin, end = entry.period
    most_off = max(timedelta(days=1), min((end - begin) // 10, MOST_OFF))
    first, last = (_nearest(day, known, most_off) for day in (begin, end))
    return (first, last) if first and last and first < last else (None, None)


def published_problems(raw: Mapping[str, Any], zones: Sequence[str], names: "Names") -> Iterator[str]:
    """Return what is wrong with the ``[[published]]`` of a file beyond their shape.

    Parameters
    ----------
    raw
        Tables of the TOML file, as parsed.
    zones
        Ids of zones that figures may name.
    names
        Oblasts and dates that it may name.
    """
    for number, entry in enumerate(_tables(raw, "published"), 1):
        where = f"published.{number}"
        yield from _date_problems(entry, where, names.dates[0])
        for place, figure in enumerate(_tables(entry, "figures"), 1):
            yield from _figure_problems(figure, f"{where}.figures.{place}", zones, names.oblasts)


def _date_problems(entry: Mapping[str, Any], where: str, first: str) -> Iterator[str]:
    day, month, since = entry.get("date"), entry.get("month"), entry.get("since")
    if (day is None) == (month is None):
        yield f"{where}: needs a date or a month, one of the two"
    until = f"{month}-31" if isinstance(month, str) else day.isoformat() if isinstance(day, date) else None
    if until is not None and until < first:
        yield f"{where}: speaks of {day or month}, before the first control map; it must be {first} or later"
    if since is not None and not (isinstance(since, date) and isinstance(day, date) and since < day):
        yield f"{where}.since: is the first day of a period; write it with a date after it"


def _figure_problems(
    figure: Mapping[str, Any], where: str, zones: Sequence[str], oblasts: Sequence[str]
) -> Iterator[str]:
    sums = [*_listed(figure, "plus"), *_listed(figure, "minus")]
    named = [zone for zone in (figure.get("zone"), *sums) if zone is not None]
    codes = _listed(figure, "oblasts")
    if (figure.get("zone") is not None) + bool(sums) + bool(codes) > 1:
        yield f"{where}: names a zone, a sum of zones and oblasts; name one, or none for all Russian-held territory"
    for zone in named:
        if not any(fits(str(zone), known) for known in zones):
            yield f"{where}: unknown zone {zone!r}; known: {', '.join(zones) or 'none in this file'}"
    for code in codes:
        if code not in oblasts:
            yield f"{where}.oblasts: unknown {code!r}; known: {', '.join(oblasts)}"
    if all(figure.get(name) is None for name in FIGURES):
        yield f"{where}: has no figure; write one of {', '.join(FIGURES)}"
    if figure.get("share_of_oblasts_pct") is not None and not codes:
        yield f"{where}.share_of_oblasts_pct: needs the oblasts that it is a share of"


def _last_near(until: str, known: Sequence[str]) -> str | None:
    day = max((day for day in known if day <= until), default=None)
    return day if day and date.fromisoformat(until) - date.fromisoformat(day) <= NEAR else None


def _nearest(wanted: date, known: Sequence[str], most_off: timedelta) -> str | None:
    def distance(day: str) -> timedelta:
        return abs(date.fromisoformat(day) - wanted)

    found = min(known, key=distance, default=None)
    return found if found and distance(found) <= most_off else None


def _listed(figure: Mapping[str, Any], name: str) -> list[Any]:
    values = figure.get(name)
    return list(values) if isinstance(values, list | tuple) else []


def _tables(raw: Mapping[str, Any], name: str) -> list[Mapping[str, Any]]:
    values = raw.get(name)
    return [value for value in values if isinstance(value, dict)] if isinstance(values, list | tuple) else []
