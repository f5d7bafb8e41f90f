"""Areas of several zones added up with their intervals, for the legends of map and images."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class Total:
    """The areas of several zones added up, in km²; low and high are None where no zone has an interval."""

    area_km2: float
    low_km2: float | None
    high_km2: float | None


def total(zones: Iterable[Mapping[str, Any]]) -> Total:
    """The areas of zones together, from their properties. A zone without an interval adds the same to low and high.

    Zones of one kind are all smallest at one level of the control maps, so that their ends may be added.
    """
    listed = list(zones)
    area = sum(zone["area_km2"] for zone in listed)
    if all(zone["area_low_km2"] is None for zone in listed):
        return Total(area, None, None)
    low, high = (sum(_bound(zone, end) for zone in listed) for end in ("area_low_km2", "area_high_km2"))
    return Total(area, low, high)


def _bound(zone: Mapping[str, Any], end: str) -> float:
    bound = zone[end] if zone[end] is not None else zone["area_km2"]
    return float(bound)
