"""Areas of several zones added up with their intervals, for legends, images and tables."""

from collections.abc import Iterable
from dataclasses import dataclass

from layers.zone_properties import ZoneProperties

LEAST_CHANGE_KM2 = 90.0  # remaking the control data with other scripts moves the area at a level by up to this
WHOLE = 0.001  # parts of a whole that differ by less are slivers along the line


@dataclass(frozen=True)
class Total:
    """The areas of several zones added up, in km²; low and high are None where no zone has an interval."""

    area_km2: float
    low_km2: float | None
    high_km2: float | None


def total(zones: Iterable[ZoneProperties]) -> Total:
    """The areas of zones together, from their properties. A zone without an interval adds the same to low and high.

    Zones of one kind are all smallest at one level of the control maps, so that their ends may be added.
    """
    listed = list(zones)
    area = float(sum(zone["area_km2"] or 0.0 for zone in listed))
    if all(zone["area_low_km2"] is None for zone in listed):
        return Total(area, None, None)
    low = sum(_bound(zone, zone["area_low_km2"]) for zone in listed)
    return Total(area, low, sum(_bound(zone, zone["area_high_km2"]) for zone in listed))


def less(one: Total, other: Total) -> Total:
    """Return a total minus another that grows where the first shrinks.

    So it is for what Ukraine would leave minus what Russia would: low is the one's low minus the other's high.

    Parameters
    ----------
    one
        Total with its interval, in km².
    other
        Total to subtract, in km².
    """
    area = one.area_km2 - other.area_km2
    ends = (_end(one.low_km2, one), _end(one.high_km2, one), _end(other.low_km2, other), _end(other.high_km2, other))
    if one.low_km2 is None and other.low_km2 is None:
        return Total(area, None, None)
    return Total(area, ends[0] - ends[3], ends[1] - ends[2])


def total_of_both_sides(zones: Iterable[ZoneProperties]) -> Total:
    """The areas of zones that divide the territory, Russian-held ones and others, level by level of the control maps.

    Where Russian-held parts are smallest the others are largest, so that whole oblasts have no interval.
    """
    listed = list(zones)
    russian = total(zone for zone in listed if zone["held_by"] == "russia")
    others = total(zone for zone in listed if zone["held_by"] != "russia")
    area = russian.area_km2 + others.area_km2
    if russian.low_km2 is None and others.low_km2 is None:
        return Total(area, None, None)
    agreed = _end(russian.low_km2, russian) + _end(others.high_km2, others)
    most = _end(russian.high_km2, russian) + _end(others.low_km2, others)
    low, high = min(agreed, area, most), max(agreed, area, most)
    return Total(area, low, high) if high - low > WHOLE * area else Total(area, None, None)


def _end(bound: float | None, of: Total) -> float:
    return of.area_km2 if bound is None else bound


def _bound(zone: ZoneProperties, end: float | None) -> float:
    return end if end is not None else zone["area_km2"] or 0.0
