"""Preparing a stored control map for zones: completed, and with its edges filled."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace

from geo.overlay import unite
from layers.control.checks.other_maps import OtherMaps
from layers.control.completion import complete_from
from layers.control.edge_filling import Edges, find_strips
from layers.control.stored import COMPARED, StoredMap
from layers.control.towns import missing_towns, towns_held_since_2014
from layers.control_map import ControlMap
from layers.errors import ControlError
from layers.findings import Tell, say_nothing
from layers.reference.reference_data import ReferenceData

Near = Callable[[str], ControlMap]  # the map of the day that is nearest to one


@dataclass(frozen=True)
class Use:
    """How a map is used: edges (None: as imported), maps to complete it, permission to be incomplete.

    ``others`` are the maps to compare one with that was not compared when it was imported; ``accept_difference``
    permits it to be far from them.
    """

    edges: Edges | None = None
    add: Near | None = None
    incomplete: bool = False
    others: OtherMaps | None = None
    accept_difference: bool = False


def ready(stored: StoredMap, reference: ReferenceData, use: Use, tell: Tell = say_nothing) -> ControlMap:
    """Return the control map that zones are derived from.

    Parameters
    ----------
    stored
        Control map as imported.
    reference
        Reference data with the boundaries.
    use
        How its edges are filled, with what it is completed and compared, and what is permitted.
    tell
        Called with each remark, a line of text.

    Raises
    ------
    ControlError
        If the map does not hold all towns held since 2014 and is not permitted to be incomplete.
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
    return with_edges(made, reference, use.edges, tell)


def lacking(stored: StoredMap) -> list[str]:
    """Return the English names of the towns held since 2014 that a map does not hold."""
    return list(missing_towns(stored.levels[stored.control.drawn], towns_held_since_2014()))


def completed(stored: StoredMap, add: Near | None) -> StoredMap:
    """Return a single map completed with another one of about its date; unchanged if it needs none.

    Parameters
    ----------
    stored
        Control map as imported.
    add
        Returns the map to complete it with, for its date; None to leave it as it is.
    """
    if add is None or "held" not in stored.levels or not lacking(stored):
        return stored
    done, entry = complete_from(stored.levels["held"], add(stored.as_of))
    if not done.pieces:
        return stored
    provenance = {**stored.provenance, "added": [*stored.provenance.get("added", ()), entry]}
    return replace(stored, levels={"held": done.held}, provenance=provenance)


def check_complete(stored: StoredMap) -> None:
    """Raise ControlError, which says how to go on, for a map that lacks a town held since 2014."""
    missing = lacking(stored)
    if missing:
        raise ControlError(
            "incomplete",
            f"{stored.name} of {stored.as_of}: does not hold {', '.join(missing)}, held since 2014, so that its "
            "figures would be too small; complete it with --add NAME|FILE, or let it through with --incomplete",
        )


def check_others(stored: StoredMap, others: OtherMaps, *, accept: bool, tell: Tell = say_nothing) -> None:
    """Refuse a map that is far from the others of its date, unless that was checked when it was imported.

    Parameters
    ----------
    stored
        Control map as imported.
    others
        The included maps, to compare it with.
    accept
        Report the difference instead of refusing the map.
    tell
        Called with each remark, a line of text.

    Raises
    ------
    ControlError
        The message says how to go on.
    """
    if COMPARED in stored.provenance:
        return
    held, maker = stored.levels[stored.control.drawn], stored.provenance.get("publisher")
    for finding in others.compare(held, stored.as_of, maker, "accept" if accept else "refuse"):
        message = f"{stored.name} of {stored.as_of}: {finding.message}"
        if finding.verdict == "refused":
            raise ControlError(finding.code, message)
        tell(message)


def with_edges(
    stored: StoredMap, reference: ReferenceData, edges: Edges | None = None, tell: Tell = say_nothing
) -> ControlMap:
    """Return the map with the slivers along coast and border of these boundaries filled, or unchanged.

    Parameters
    ----------
    stored
        Control map as imported.
    reference
        Reference data whose boundaries the edges are filled to.
    edges
        ``"fill"``, or ``"keep"`` to leave them; None for what the map was imported with.
    tell
        Called with the areas that were filled, in km² by oblast.
    """
    if (edges or stored.edges) == "keep":
        kept = "; edges kept" if stored.maps == 1 else ""
        return replace(stored.control, citation=f"{stored.citation}{kept}")
    outlines = {iso: oblast.outline for iso, oblast in reference.oblasts.items()}
    strips = {level: find_strips(held, outlines, reference.ukraine) for level, held in stored.levels.items()}
    added = strips[stored.control.drawn].by_oblast_km2
    if added:
        which, listed = f"{stored.name} of {stored.as_of}", by_oblast(added, reference)
        tell(f"{which}: edges filled along coast, border and seams (--edges keep does not), km²: {listed}")
    filled = {level: unite([held, strips[level].ground]) for level, held in stored.levels.items()}
    return replace(stored.control, levels=filled)


def by_oblast(added_km2: Mapping[str, float], reference: ReferenceData) -> str:
    """Return areas by oblast as text: "Luhansk 227, Crimea 244, Sumy under 1".

    Parameters
    ----------
    added_km2
        Areas in km² by ISO 3166-2 code.
    reference
        Reference data with the oblasts' English names.
    """
    told = {iso: f"{km2:,.0f}" if km2 >= 1 else "under 1" for iso, km2 in added_km2.items()}
    return ", ".join(f"{reference.oblasts[iso].names['en']} {km2}" for iso, km2 in told.items())
