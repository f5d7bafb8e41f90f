"""Which zones of an edition an image shows in full; the others are drawn pale."""

from collections.abc import Sequence

from layers.kinds.table import kind_of
from layers.zone_properties import ZoneProperties
from webapp.errors import OptionError
from webapp.images.options.options import Options


def chosen_zones(options: Options, zones: Sequence[ZoneProperties]) -> frozenset[str]:
    """Return the ids of the zones to show in full: all, or those named, those of the clauses named, and control.

    Parameters
    ----------
    options
        Options of the image.
    zones
        Properties of the edition's zones.

    Raises
    ------
    OptionError
        If a zone or clause is not in the edition.
    """
    choosable = [zone for zone in zones if kind_of(zone).in_images]
    ids = tuple(zone["id"] for zone in choosable)
    clauses = tuple(sorted({zone["clause"] for zone in choosable if zone["clause"]}))
    for what, named, known in (("zone", options.zones, ids), ("clause", options.clauses, clauses)):
        unknown = [name for name in named if name not in known]
        if unknown:
            raise OptionError(what, unknown[0], known)
    if not (options.zones or options.clauses):
        return frozenset(ids)
    return frozenset(
        zone["id"]
        for zone in zones
        if zone["id"] in options.zones or zone["clause"] in options.clauses or kind_of(zone).on_every_map
    )
