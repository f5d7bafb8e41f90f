"""Clausemap's own figure for what a published one is of, as numbers: with low and high, and whether it holds it."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from layers.catalogue.entries import FigureEntry, HeldInOblast, HeldInUkraine, HeldOnDate
from layers.catalogue.model import Catalogue
from webapp.context import View
from webapp.text.totals import LEAST_CHANGE_KM2, less, total

NOTHING = HeldInOblast(0.0, 0.0, 0.0)


@dataclass(frozen=True)
class Estimate:
    """A figure in km² or per cent; low and high are None where a single control map gives no interval."""

    value: float
    low: float | None
    high: float | None

    def scaled(self, factor: float) -> "Estimate":
        """The same in another unit."""
        low, high = (None if end is None else end * factor for end in (self.low, self.high))
        return Estimate(self.value * factor, low, high)


def estimate(view: View, figure: FigureEntry) -> Estimate | None:
    """Return Clausemap's figure for the same territory and dates, in the unit of the published one.

    Parameters
    ----------
    view
        The edition shown, with its language and control map.
    figure
        Published figure, with its zones and the dates of the control maps beside it.

    Returns
    -------
    The figure, or None if the control map of a date is not built or a zone does not exist on it.
    """
    area = _area(view, figure)
    if area is None or figure.area_km2 is not None or figure.change_km2 is not None:
        return area
    whole = view.catalogue.ukraine_km2 if figure.share_of_ukraine_pct is not None else _whole(figure)
    return area.scaled(100 / whole)


def is_built(catalogue: Catalogue, figure: FigureEntry) -> bool:
    """Return whether the control maps beside a published figure are built.

    Parameters
    ----------
    catalogue
        Catalogue of a control map: its proposals, their editions and files.
    figure
        Published figure, with the dates of the control maps beside it.
    """
    days = [figure.since_as_of] if figure.change_km2 is not None else []
    return all(_held_on(catalogue, day) for day in (*days, figure.as_of))


def printed(figure: FigureEntry) -> tuple[float, float]:
    """A figure as printed, from its lower to its upper end; the two are equal but for a range."""
    figures = (figure.area_km2, figure.change_km2, figure.share_of_ukraine_pct, figure.share_of_oblasts_pct)
    value = next(one for one in figures if one is not None)
    return value, figure.share_of_oblasts_high_pct or value


def difference(figure: FigureEntry, ours: Estimate) -> float:
    """Return Clausemap's figure minus the published one; of a range minus its nearer end, and 0 inside it.

    Parameters
    ----------
    figure
        Published figure, in km² or percent.
    ours
        Clausemap's figure in the same unit.
    """
    low, high = printed(figure)
    return ours.value - min(max(ours.value, low), high)


def is_outside(figure: FigureEntry, ours: Estimate) -> bool:
    """Return whether a published figure is outside Clausemap's low and high, however its last digit was rounded.

    A change is outside if it is so by more than the accuracy of the control data.

    Parameters
    ----------
    figure
        The published figure.
    ours
        Clausemap's figure in the same unit.
    """
    if ours.low is None or ours.high is None:
        return False
    low, high = printed(figure)
    margin = _margin(low, rounded=figure.qualifier is not None)
    if figure.change_km2 is not None:
        margin = LEAST_CHANGE_KM2
    return high + margin < ours.low or low - margin > ours.high


def decimals(value: float) -> int:
    """How many decimals a figure was published with."""
    return max(0, -_exponent(value))


def _margin(value: float, *, rounded: bool) -> float:
    """Half of a figure's last digit; zeros before the point are digits, but for "about" and its like."""
    exponent = _exponent(value)
    return 0.5 * 10.0 ** (exponent if rounded else min(exponent, 0))


def _exponent(value: float) -> int:
    return int(Decimal(str(value)).normalize().as_tuple().exponent)


def _area(view: View, figure: FigureEntry) -> Estimate | None:
    if figure.zone or figure.plus or figure.minus:
        return _area_of_zones(view, figure)
    last = _held(view.catalogue, figure, figure.as_of)
    if figure.change_km2 is None or last is None:
        return last
    first = _held(view.catalogue, figure, figure.since_as_of)
    return _change(first, last) if first else None


def _change(first: Estimate, last: Estimate) -> Estimate:
    """A change between two dates: low and high are the smallest and the largest of the levels of the maps."""
    value = last.value - first.value
    if first.low is None or last.low is None or first.high is None or last.high is None:
        return Estimate(value, None, None)
    changes = (value, last.low - first.low, last.high - first.high)
    return Estimate(value, min(changes), max(changes))


def _held(catalogue: Catalogue, figure: FigureEntry, day: str | None) -> Estimate | None:
    """What a side holds on a date: of all Ukraine, or of the oblasts that a figure names."""
    on_date = _held_on(catalogue, day)
    if on_date is None:
        return None
    isos = [oblast.iso for oblast in figure.oblasts]
    named = [on_date.held_by_oblast.get(iso, NOTHING) for iso in isos]
    held = _estimate(named or [on_date.held], none=on_date.held.area_low_km2 is None)
    if figure.held_by == "russia":
        return held
    whole = _whole(figure)
    low, high = (None if end is None else whole - end for end in (held.high, held.low))
    return Estimate(whole - held.value, low, high)


def _estimate(parts: Sequence[HeldInOblast | HeldInUkraine], *, none: bool) -> Estimate:
    value = sum(part.area_km2 for part in parts)
    low, high = (sum(end or 0.0 for end in ends) for ends in zip(*map(_ends, parts), strict=True))
    return Estimate(value, None, None) if none else Estimate(value, low, high)


def _ends(part: HeldInOblast | HeldInUkraine) -> tuple[float | None, float | None]:
    return part.area_low_km2, part.area_high_km2


def _whole(figure: FigureEntry) -> float:
    return sum(oblast.area_km2 for oblast in figure.oblasts)


def _held_on(catalogue: Catalogue, day: str | None) -> HeldOnDate | None:
    return catalogue.held_on(day) if day else None


def _area_of_zones(view: View, figure: FigureEntry) -> Estimate | None:
    """The area of a zone, or of zones less others; None where the zone, or all of those added, do not exist."""
    if figure.as_of is None or figure.as_of not in view.proposal.dates:
        return None
    zones = {zone["id"]: zone for zone in view.catalogue.areas(view.proposal.edition_on(figure.as_of))}
    wanted = [figure.zone] if figure.zone else figure.plus
    plus, minus = ([zones[zone] for zone in ids if zone in zones] for ids in (wanted, figure.minus))
    if not plus:
        return None
    summed = less(total(plus), total(minus))
    return Estimate(summed.area_km2, summed.low_km2, summed.high_km2)
