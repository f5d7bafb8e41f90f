"""What a legend shows: one entry for all zones of a clause that look alike, on the map page and in images.

Each sets the entries in groups of its own and writes the words beside them.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from layers.kinds.kind import Drawn, Kind
from layers.kinds.style import Style
from layers.kinds.table import kind_of
from layers.zone_properties import ZoneProperties
from webapp.style.light import style_key, zone_styles


@dataclass(frozen=True)
class LegendEntry:
    """Zones of one clause that look alike, or one zone of a kind that goes by name, and the style of their sample.

    ``is_main``: the clause's own words are for them, as they look like its first zone. The line of contact is one entry
    without a clause, whichever stretches of it a clause treats.
    """

    key: str
    kind: Kind
    clause: str | None
    style: Style
    zones: tuple[ZoneProperties, ...]
    is_main: bool

    @property
    def sample(self) -> Drawn:
        """What stands for them: an area, a line or a place."""
        return self.kind.shape

    @property
    def is_settled(self) -> bool:
        """Whether they fill their area, so that it can be given."""
        variant = self.kind.variant(self.zones[0])
        return variant is None or variant.settled


def legend_entries(
    zones: Sequence[ZoneProperties], shown: Sequence[ZoneProperties] | None = None
) -> tuple[LegendEntry, ...]:
    """Return the entries of an edition's legend, in the order of its zones.

    Parameters
    ----------
    zones
        Properties of the edition's zones.
    shown
        Properties of the zones that have an entry; None for all.
    """
    looks, styles = main_looks(zones), zone_styles(zones)
    alike: dict[tuple[str | None, str], list[ZoneProperties]] = {}
    for zone in zones if shown is None else shown:
        kind = kind_of(zone)
        key = zone["id"] if kind.by_name else style_key(zone)
        alike.setdefault((None if kind.is_line_of_contact else zone["clause"], key), []).append(zone)
    return tuple(
        LegendEntry(
            key=key,
            kind=kind_of(same[0]),
            clause=clause,
            style=styles[same[0]["id"]],
            zones=tuple(same),
            is_main=looks.get(clause) == style_key(same[0]),
        )
        for (clause, key), same in alike.items()
    )


def main_looks(zones: Iterable[ZoneProperties]) -> dict[str | None, str]:
    """Return the style key that a clause's own text is about, by clause: that of its first zone."""
    looks: dict[str | None, str] = {}
    for zone in zones:
        looks.setdefault(zone["clause"], style_key(zone))
    return looks


MOST_KEYS = 4  # what a reader takes in at a glance


@dataclass(frozen=True)
class KeyEntry:
    """Zones of all clauses that look alike or are bands of one kind, for a key that stands in view with the map."""

    key: str
    kind: Kind
    style: Style
    zones: tuple[ZoneProperties, ...]


def key_entries(zones: Sequence[ZoneProperties], shown: Sequence[ZoneProperties] | None = None) -> tuple[KeyEntry, ...]:
    """Return the short legend of an edition: at most ``MOST_KEYS`` entries, what a clause covers first, then the line.

    Russian-held territory that no clause covers has none: who holds it is the tint below all zones.

    Parameters
    ----------
    zones
        Properties of the edition's zones.
    shown
        Properties of the zones that have an entry; None for all.
    """
    alike: dict[str, list[LegendEntry]] = {}
    for entry in legend_entries(zones, shown):
        if _place_in_key(entry) is not None:
            alike.setdefault(entry.kind.key if entry.kind.nested else entry.key, []).append(entry)
    ordered = sorted(alike.items(), key=lambda item: _place_in_key(item[1][0]) or (0, 0))
    return tuple(
        KeyEntry(key, same[0].kind, same[-1].style, tuple(zone for entry in same for zone in entry.zones))
        for key, same in ordered[:MOST_KEYS]
    )


def remainder_entry(
    zones: Sequence[ZoneProperties], shown: Sequence[ZoneProperties], entries: Sequence[KeyEntry]
) -> KeyEntry | None:
    """What a clause leaves to Ukraine of an oblast, the largest that looks alike; None where the key has it already.

    Parameters
    ----------
    zones
        Properties of the edition's zones.
    shown
        Properties of those that are shown.
    entries
        The entries of the key.
    """
    left = key_entries(zones, [zone for zone in shown if kind_of(zone).remainder])
    largest = max(left, key=lambda entry: sum(zone["area_km2"] or 0.0 for zone in entry.zones), default=None)
    return largest if largest and largest.key not in {entry.key for entry in entries} else None


def _place_in_key(entry: LegendEntry) -> tuple[int, int] | None:
    """Where an entry stands in a key; None for what has none: what is named on the map, and ground without a clause."""
    kind = entry.kind
    if kind.shape == "place" or kind.abroad or (kind.shape == "line" and not kind.is_line_of_contact):
        return None
    if kind.is_line_of_contact:
        return 1, 0
    if kind.shows_control and not kind.is_contested:
        return None
    return (2 if kind.minor or kind.is_contested else 0), kind.rank
