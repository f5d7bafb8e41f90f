"""A control map compared with the included ones of about its date.

A map with a wrong date, or with the wrong class taken as held, does not fit them.
"""

from bisect import bisect_left
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from typing import Literal

import shapely
from shapely.geometry.base import BaseGeometry

from geo.grid_sampling import Samples, sample
from layers.control.completion import lacking_around
from layers.control.towns import towns_held_since_2014
from layers.findings import Finding
from layers.reference.study_data import StudyData

MOST_DAYS_OFF = 31
MAKERS = frozenset({"DeepState", "UA Control Map", "NZZ"})  # of the maps that the embedded data is made from
INLAND_DEG = 0.07  # 5 to 8 km: nearer to coast and border makers differ in how they draw Ukraine, not who holds it
MARGIN_KM2 = 400.0  # in an oblast: ISW and Creamy Caprice lie up to 330 km² farther off than the three maps differ
MARGIN_ALL_KM2 = 1000.0
GROWTH_KM2_A_DAY = 25.0  # of the fastest month since 2024; where no embedded map lies on the other side of the day
MOST_BEFORE_2022_KM2 = 40_000.0  # inland; a map that lacks more around its missing towns lacks a class
MOST_NAMED = 4

Areas = Mapping[str, float]  # km² by oblast
Way = Literal["tell", "refuse", "accept"]
ENDS: Mapping[Way, str] = {
    "tell": "behind a proposal it needs --accept-difference",
    "refuse": "--accept-difference lets it through",
    "accept": "accepted",
}


@dataclass(frozen=True)
class HeldBounds:
    """What the embedded maps of some days show as held inland, from the least to the most, and how far they differ.

    ``slack`` is what may have changed, in km², between these days and the one that is looked at.
    """

    days: tuple[str, ...]
    least: Areas
    most: Areas
    differ: Areas
    slack: float

    def far(self, areas: Areas, *, of_maker: bool) -> Iterator[str]:
        """Yield the oblasts in which a map is too far from these maps.

        Parameters
        ----------
        areas
            Held territory of the map, in km², by ISO 3166-2 code.
        of_maker
            Whether the map's publisher is behind one of these maps; then the limit is lower.
        """
        for iso, area in areas.items():
            allowed = MARGIN_KM2 + self.slack + (0.0 if of_maker else self.differ[iso])
            if _off(area, self.least[iso], self.most[iso]) > allowed:
                yield iso

    def far_in_all(self, areas: Areas, *, of_maker: bool) -> bool:
        """Return whether the total of a map is too far from that of these maps.

        Parameters
        ----------
        areas
            Held territory of the map, in km², by ISO 3166-2 code.
        of_maker
            Whether the map's publisher is behind one of these maps; then the limit is lower.
        """
        allowed = MARGIN_ALL_KM2 + self.slack + (0.0 if of_maker else sum(self.differ.values()))
        return _off(sum(areas.values()), sum(self.least.values()), sum(self.most.values())) > allowed


@dataclass(frozen=True)
class OtherMaps:
    """The included control maps on some boundaries, to compare other maps with; measurements are cached."""

    study: StudyData
    _measured: dict[tuple[str, str], Areas] = field(default_factory=dict, compare=False)

    def days_near(self, as_of: str) -> tuple[str, ...]:
        """Return the included dates that a date is compared with: itself, or one on each side within 31 days."""
        days = self.study.reference.embedded_dates
        if as_of in days:
            return (as_of,)
        place = bisect_left(days, as_of)
        return tuple(day for day in days[max(place - 1, 0) : place + 1] if _days_off(day, as_of) <= MOST_DAYS_OFF)

    def compare(self, held: BaseGeometry, as_of: str | None, maker: str | None, way: Way) -> list[Finding]:
        """Return the findings of comparing held territory with the other maps of about its date.

        What the map lacks around the towns held since 2014 is left to the check ``incomplete``.

        Parameters
        ----------
        held
            Held territory in degrees, WGS 84.
        as_of
            ISO date of the map; None to compare with the date that fits best.
        maker
            Publisher of the map; None if unknown.
        way
            ``"refuse"`` or ``"accept"`` a map that is too far from the others, or ``"tell"`` that it would be refused
            behind a proposal.
        """
        days = self.days_near(as_of) if as_of else ()
        if as_of and not days:
            return [Finding("far-from-other-maps", "told", self._nothing_near(as_of))]
        areas = self._whole_areas(held, days[-1] if days else self.study.reference.embedded_dates[-1])
        reading = self._reading(days or (self._best_day(areas),), as_of)
        far = list(reading.far(areas, of_maker=maker in MAKERS))
        if not far and not reading.far_in_all(areas, of_maker=maker in MAKERS):
            return []
        hint = self._hint(areas, reading, of_maker=maker in MAKERS) if as_of else ", of any day the nearest"
        message = f"{self._told(far, areas, reading)}{hint}; {ENDS[way]}"
        return [Finding("far-from-other-maps", "refused" if way == "refuse" else "told", message)]

    @cached_property
    def _inland(self) -> Samples:
        inner = shapely.buffer(self.study.reference.ukraine, -INLAND_DEG)
        return sample([shapely.intersection(oblast.outline, inner) for oblast in self.study.reference.oblasts.values()])

    def _areas(self, held: BaseGeometry) -> Areas:
        return dict(zip(self.study.reference.oblasts, self._inland.areas_km2(held), strict=True))

    def _embedded(self, day: str, level: str) -> Areas:
        if (day, level) not in self._measured:
            self._measured[day, level] = self._areas(self.study.control[day].levels[level])
        return self._measured[day, level]

    def _whole_areas(self, held: BaseGeometry, day: str) -> Areas:
        """Areas including what the map lacks around the towns held since 2014; one that lacks more lacks a class."""
        areas = self._areas(held)
        if sum(self._embedded(day, "majority").values()) - sum(areas.values()) > 1.25 * MOST_BEFORE_2022_KM2:
            return areas  # too far from the others with it, too
        pieces = lacking_around(held, self.study.control[day].levels["majority"], towns_held_since_2014())
        lacking = self._areas(shapely.MultiPolygon([piece for piece, _ in pieces]))
        if sum(lacking.values()) > MOST_BEFORE_2022_KM2:
            return areas
        return {iso: area + lacking[iso] for iso, area in areas.items()}

    def _reading(self, days: tuple[str, ...], as_of: str | None) -> HeldBounds:
        agreed, most = ([self._embedded(day, level) for day in days] for level in ("agreed", "any"))
        isos = self.study.reference.oblasts
        one_side = as_of is not None and len(days) == 1
        return HeldBounds(
            days,
            least={iso: min(areas[iso] for areas in agreed) for iso in isos},
            most={iso: max(areas[iso] for areas in most) for iso in isos},
            differ={iso: max(high[iso] - low[iso] for low, high in zip(agreed, most, strict=True)) for iso in isos},
            slack=GROWTH_KM2_A_DAY * _days_off(days[0], str(as_of)) if one_side else 0.0,
        )

    def _best_day(self, areas: Areas) -> str:
        """The included date whose map is closest to some areas, oblast by oblast."""

        def apart(day: str) -> float:
            shown = self._embedded(day, "majority")
            return sum(abs(shown[iso] - area) for iso, area in areas.items())

        return min(self.study.reference.embedded_dates, key=apart)

    def _told(self, far: list[str], areas: Areas, reading: HeldBounds) -> str:
        def beside(iso: str) -> str:
            name = self.study.reference.oblasts[iso].names["en"]
            return f"{name} {areas[iso]:,.0f} ({reading.least[iso]:,.0f} to {reading.most[iso]:,.0f})"

        far.sort(key=lambda iso: -_off(areas[iso], reading.least[iso], reading.most[iso]))
        more = len(far) - MOST_NAMED
        rest = f" and {more} more {'oblast' if more == 1 else 'oblasts'}" if len(far) > MOST_NAMED else ""
        named = f"{', '.join(map(beside, far[:MOST_NAMED]))}{rest}; " if far else ""
        least, most = sum(reading.least.values()), sum(reading.most.values())
        return (
            "look whether its day and the class taken from it are right: away from coast and border it holds, in km², "
            f"{named}in all {sum(areas.values()):,.0f} ({least:,.0f} to {most:,.0f}); in brackets the other maps of "
            f"{' and '.join(reading.days)}"
        )

    def _hint(self, areas: Areas, reading: HeldBounds, *, of_maker: bool) -> str:
        """The date whose maps the areas fit, if that is another one."""
        best = self._best_day(areas)
        other = self._reading((best,), None)
        fits = not any(other.far(areas, of_maker=of_maker)) and not other.far_in_all(areas, of_maker=of_maker)
        return f"; it fits the maps of {best}" if fits and best not in reading.days else ""

    def _nothing_near(self, as_of: str) -> str:
        days = self.study.reference.embedded_dates
        near = min(days, key=lambda day: _days_off(day, as_of))
        return (
            f"nothing could be compared: the other maps nearest to {as_of} are of {near}, more than {MOST_DAYS_OFF} "
            "days off; look at its areas by oblast"
        )


def _off(area: float, least: float, most: float) -> float:
    """How far an area is below the least or above the most; 0 between them."""
    return max(least - area, area - most, 0.0)


def _days_off(day: str, other: str) -> int:
    return abs((date.fromisoformat(day) - date.fromisoformat(other)).days)
