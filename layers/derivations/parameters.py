"""The parameters of each derivation in a proposal's file."""

from collections.abc import Iterable
from typing import Literal

from pydantic import BaseModel, ConfigDict, Field

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
