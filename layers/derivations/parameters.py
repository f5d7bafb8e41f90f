"""The parameters of each derivation in a proposal's file."""

from collections.abc import Iterable
from typing import Annotated, Literal

import shapely
from pydantic import BaseModel, ConfigDict, Field, field_validator

from layers.reference.extent import EAST_DEG, NORTH_DEG, SOUTH_DEG, WEST_DEG


class Parameters(BaseModel):
    """Parameters of a derivation in a proposal's file; unknown keys are refused."""

    model_config = ConfigDict(extra="forbid", frozen=True, strict=True, populate_by_name=True)

    function: str


class InOblasts(Parameters):
    """The oblasts that a derivation covers."""

    oblasts: tuple[str, ...] = Field(min_length=1, strict=False)


class SomeOblasts(Parameters):
    """Some oblasts, or all except some."""

    oblasts: tuple[str, ...] = Field(default=(), strict=False)
    other_than: tuple[str, ...] = Field(default=(), alias="except", strict=False)

    def codes(self, known: Iterable[str]) -> tuple[str, ...]:
        """Return the ISO codes of the oblasts chosen, in the order of the known ones."""
        return tuple(
            iso for iso in known
            if (iso in self.oblasts or not self.oblasts) and iso not in self.other_than
        )  # fmt: skip


class EachOblast(SomeOblasts):
    """One zone per oblast, if it has at least the minimum area."""

    minimum_km2: float = Field(ge=0)


class Band(SomeOblasts):
    """A band along the line in some oblasts, cut to them: on both sides of it, or on one."""

    width_km: float = Field(gt=0, le=200)
    side: Literal["held", "unheld"] | None = None


class Position(Parameters):
    """A point in degrees, WGS 84, inside the frame of the context layers."""

    lon: float = Field(ge=WEST_DEG, le=EAST_DEG)
    lat: float = Field(ge=SOUTH_DEG, le=NORTH_DEG)


class River(Parameters):
    """A river of the sources."""

    source: str


class Country(Parameters):
    """A country of the sources by ISO 3166-1 alpha-3 code."""

    country: str


Place = Annotated[tuple[float, float], Field(strict=False)]
Ring = Annotated[tuple[Place, ...], Field(min_length=3, strict=False)]
Rings = Annotated[tuple[Ring, ...], Field(min_length=1, strict=False)]
MOST_PLACES = 40_000
REPAIRED = 1e-3  # of the area: what rounding to decimals puts out of order is less


class DrawnGround(Parameters):
    """Polygons in degrees, WGS 84, longitude first: each its outer ring and then its holes."""

    polygons: tuple[Rings, ...] = Field(min_length=1, strict=False)

    @field_validator("polygons")
    @classmethod
    def _measurable(cls, polygons: tuple[Rings, ...]) -> tuple[Rings, ...]:
        if sum(len(ring) for rings in polygons for ring in rings) > MOST_PLACES:
            raise ValueError(f"more than {MOST_PLACES:,} positions; simplify it")
        drawn = polygons_of(polygons)
        if not all(abs(lon) <= 180 and abs(lat) <= 90 for lon, lat in shapely.get_coordinates(drawn)):
            raise ValueError("a position is none; write longitude and latitude in degrees")
        if abs(shapely.make_valid(drawn).area - drawn.area) > REPAIRED * drawn.area:
            raise ValueError("a polygon crosses itself or another; move the points where it does")
        return polygons


def polygons_of(polygons: Iterable[Rings]) -> shapely.MultiPolygon:
    """Return polygons as they are given, valid or not."""
    return shapely.MultiPolygon([(rings[0], rings[1:]) for rings in polygons])
