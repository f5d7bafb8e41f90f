"""A stored control map made ready for zones: whole, and with its edges filled."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace

from geo.overlay import unite
from layers.control.checks.other_maps import OtherMaps
from layers.control.completion import complete
from layers.control.edge_filling import Edges, find_strips
from layers.control.stored import COMPARED, StoredMap, added_entry
from layers.control.towns import missing_towns, towns_held_since_2014
from layers.control_map import ControlMap
from layers.errors import ControlError
from layers.reference.ground import Ground

Tell = Callable[[str], None]
Near = Callable[[str], ControlMap]  # the map of the day that is nearest to one


def say_nothing(_: str) -> None:
    """For callers that want no remarks."""


@dataclass(frozen=True)
class Use:
    """How a map is to be used: edges (None: as it was imported), maps to complete it, leave to be incomplete.

    ``others`` are the maps that one is held against which was not on its import, ``accept_difference`` lets it lie far
    from them.
    """

    edges: Edges | None = None
    add: Near | None = None
    incomplete: bool = False
    others: OtherMaps | None = None
    accept_difference: bool = False


def ready(stored: StoredMap, ground: Ground, use: Use, tell: Tell = say_nothing) -> ControlMap:
    """The control map that zones are derived from.

    Raises ControlError where the map does not hold all towns held since 2014 and is not to be let through.
    """
    made = completed(stored, use.add)
    if not use.incomplete:
        check_complete(made)
    if use.others:
        check_others(made, use.others, accept=use.accept_difference, tell=tell)
    missing = lacking(made)
    if missing:
        tell(f"{made.name} of {made.as_of}: incomplete, without {', '.join(missing)}; its figures are too small")
        made = replace(made, provenance={**made.provenance, "missing": missing})
    return with_edges(made, ground, use.edges, tell)


def lacking(stored: StoredMap) -> list[str]:
    """The towns held since 2014 that a map does not hold, by their English names."""
    return list(missing_towns(stored.levels[stored.control.drawn], towns_held_since_2014()))


def completed(stored: StoredMap, add: Near | None) -> StoredMap:
    """A single map completed with another one near its day; as it is where there is none or it needs none."""
    towns = towns_held_since_2014()
    if add is None or "held" not in stored.levels or not missing_towns(stored.levels["held"], towns):
        return stored
    other = add(stored.as_of)
    done = complete(stored.levels["held"], other.levels[other.drawn], towns)
    if not done.pieces:
        return stored
    provenance = {**stored.provenance, "added": [*stored.provenance.get("added", ()), added_entry(other)]}
    return replace(stored, levels={"held": done.held}, provenance=provenance)


def check_complete(stored: StoredMap) -> None:
    """Refuse a map that lacks a town held since 2014. Raises ControlError that says how to go on."""
    missing = lacking(stored)
    if missing:
        raise ControlError(
            "incomplete",
            f"{stored.name} of {stored.as_of}: does not hold {', '.join(missing)}, held since 2014, so that its "
            "figures would be too small; complete it with --add NAME|FILE, or let it through with --incomplete",
        )


def check_others(stored: StoredMap, others: OtherMaps, *, accept: bool, tell: Tell = say_nothing) -> None:
    """Refuse a map that lies far from the others of its day, unless that was looked at when it was imported.

    Raises ControlError that says how to go on; what is accepted is told.
    """
    if COMPARED in stored.provenance:
        return
    held, maker = stored.levels[stored.control.drawn], stored.provenance.get("publisher")
    for finding in others.compare(held, stored.as_of, maker, "accept" if accept else "refuse"):
        message = f"{stored.name} of {stored.as_of}: {finding.message}"
        if finding.verdict == "refused":
            raise ControlError(finding.code, message)
        tell(message)


def with_edges(stored: StoredMap, ground: Ground, edges: Edges | None = None, tell: Tell = say_nothing) -> ControlMap:
    """The map with the strips along coast and border of these outlines filled, or as it is; ``tell`` hears the km²."""
    if (edges or stored.edges) == "keep":
        kept = "; edges kept" if stored.maps == 1 else ""
        return replace(stored.control, citation=f"{stored.citation}{kept}")
    outlines = {iso: oblast.outline for iso, oblast in ground.oblasts.items()}
    strips = {level: find_strips(held, outlines, ground.ukraine) for level, held in stored.levels.items()}
    added = strips[stored.control.drawn].by_oblast_km2
    if added:
        which, listed = f"{stored.name} of {stored.as_of}", by_oblast(added, ground)
        tell(f"{which}: edges filled along coast, border and seams (--edges keep does not), km²: {listed}")
    filled = {level: unite([held, strips[level].ground]) for level, held in stored.levels.items()}
    return replace(stored.control, levels=filled)


def by_oblast(added_km2: Mapping[str, float], ground: Ground) -> str:
    """Areas by oblast as words: "Luhansk 227, Crimea 244, Sumy under 1"."""
    told = {iso: f"{km2:,.0f}" if km2 >= 1 else "under 1" for iso, km2 in added_km2.items()}
    return ", ".join(f"{ground.oblasts[iso].names['en']} {km2}" for iso, km2 in told.items())
