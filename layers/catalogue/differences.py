"""What differs between two builds: proposals, dates, zones and their areas, as their catalogues have them.

Of an earlier build only its ``catalog.json`` is read and the files of years that it names, and of them only what
every version of the format has.
"""

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from layers.catalogue.entries import BELOW
from layers.catalogue.model import Catalogue
from layers.errors import BuildError

CATALOGUE = "catalog.json"
Areas = Mapping[str, float | None]  # km² by zone; None for lines, places and countries


@dataclass(frozen=True)
class BuiltAreas:
    """The data version of a build, and the areas of its zones by proposal and date."""

    version: str
    editions: Mapping[str, Mapping[str, Areas]]

    def dates(self, proposal: str) -> frozenset[str]:
        """Return the dates of a proposal; none where it is not in the build."""
        return frozenset(self.editions.get(proposal, {}))


@dataclass(frozen=True)
class ZoneChange:
    """A zone that differs on a date: ``change`` is ``changed``, ``added`` or ``removed``; areas are in km²."""

    proposal: str
    as_of: str
    zone: str
    change: str
    before_km2: float | None
    after_km2: float | None


@dataclass(frozen=True)
class Differences:
    """What a build has otherwise than an earlier one; dates are pairs of proposal and date."""

    before: str
    after: str
    proposals_added: tuple[str, ...]
    proposals_removed: tuple[str, ...]
    dates_added: tuple[tuple[str, str], ...]
    dates_removed: tuple[tuple[str, str], ...]
    zones: tuple[ZoneChange, ...]

    @property
    def is_empty(self) -> bool:
        """Whether nothing differs; the data versions alone count for nothing."""
        return not any((self.proposals_added, self.proposals_removed, self.dates_added, self.dates_removed, self.zones))


def read_areas(place: Path) -> BuiltAreas:
    """Return the areas of a build that is not opened.

    Parameters
    ----------
    place
        A ``catalog.json`` of a build, of a service or of a published copy, or the folder that holds it.

    Raises
    ------
    BuildError
        If it is not there or not a catalogue.
    """
    path = place / CATALOGUE if place.is_dir() else place
    try:
        document = json.loads(path.read_bytes())
        editions = {one["id"]: dict(map(_areas, _entries(one, path.parent))) for one in document["proposals"]}
        return BuiltAreas(str(document["data_version"]), editions)
    except OSError as error:
        lost = error.filename or path
        raise BuildError(f"{lost}: cannot be read ({error.strerror}); name a build's folder or catalog.json") from error
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
        raise BuildError(f"{path}: not a catalogue of layers; name a build's folder or its catalog.json") from error


def areas_of(catalogue: Catalogue, beside: BuiltAreas) -> BuiltAreas:
    """Return the areas of a catalogue: of what is built, and of the dates of another build, derived where necessary.

    Parameters
    ----------
    catalogue
        The catalogue.
    beside
        The build that it is compared with.
    """
    editions = {}
    for proposal in catalogue.proposals.values():
        dates = set(proposal.editions) | (set(proposal.dates) & beside.dates(proposal.id))
        found = {date: proposal.edition_on(date).zones for date in sorted(dates)}
        editions[proposal.id] = {
            date: {zone.id: zone.area_km2 for zone in zones.values()} for date, zones in found.items()
        }
    return BuiltAreas(catalogue.data_version, editions)


def differences(before: BuiltAreas, after: BuiltAreas) -> Differences:
    """Return what differs between two builds, in the order of the later one.

    Parameters
    ----------
    before, after
        The earlier and the later build.
    """
    old, new = before.editions, after.editions
    both = [name for name in new if name in old]
    return Differences(
        before.version,
        after.version,
        tuple(name for name in new if name not in old),
        tuple(name for name in old if name not in new),
        tuple((name, date) for name in both for date in sorted(after.dates(name) - before.dates(name))),
        tuple((name, date) for name in both for date in sorted(before.dates(name) - after.dates(name))),
        tuple(
            change
            for name in both
            for date in sorted(before.dates(name) & after.dates(name))
            for change in _changes(name, date, old[name][date], new[name][date])
        ),
    )


def _entries(proposal: Mapping[str, Any], root: Path) -> Iterator[Mapping[str, Any]]:
    """The editions of a proposal that is not opened: those that are listed, and those in the files of its years."""
    yield from proposal.get("editions", ())
    for year in proposal.get("years", ()):
        if not re.fullmatch(BELOW, year["path"]):
            raise ValueError(f"{year['path']}: not below the folder")
        yield from json.loads((root / year["path"]).read_bytes())


def _areas(edition: Mapping[str, Any]) -> tuple[str, Areas]:
    return str(edition["as_of"]), {zone["id"]: zone["area_km2"] for zone in edition["zones"]}


def _changes(proposal: str, as_of: str, old: Areas, new: Areas) -> Iterator[ZoneChange]:
    for zone in dict.fromkeys((*new, *old)):
        before, after = old.get(zone), new.get(zone)
        if zone not in old:
            yield ZoneChange(proposal, as_of, zone, "added", None, after)
        elif zone not in new:
            yield ZoneChange(proposal, as_of, zone, "removed", before, None)
        elif before != after:
            yield ZoneChange(proposal, as_of, zone, "changed", before, after)
