"""An extent in degrees as readers write it, checked without the libraries that draw it."""

import math

from layers.reference.extent import ABROAD_EAST_DEG, ABROAD_NORTH_DEG, ABROAD_SOUTH_DEG, ABROAD_WEST_DEG
from webapp.errors import LimitError

DEGREES = "west,south,east,north"
LIMITS = ABROAD_WEST_DEG, ABROAD_SOUTH_DEG, ABROAD_EAST_DEG, ABROAD_NORTH_DEG
LEAST_KM = 20.0
KM_PER_DEG = 111.2

Degrees = tuple[float, float, float, float]


def is_written(words: str) -> bool:
    """Whether an extent is meant as four numbers."""
    return words.count(",") == DEGREES.count(",")


def read_degrees(words: str) -> Degrees:
    """West, south, east and north of an extent in four numbers. Raises LimitError for what cannot be drawn."""
    try:
        west, south, east, north = (float(part) for part in words.split(","))
    except ValueError as error:
        message = f"extent '{words}': write four numbers of degrees as {DEGREES}"
        raise LimitError(message, "degrees", extent=words) from error
    if not (west < east and south < north):
        message = f"extent '{words}': west must be less than east, and south less than north, as in {DEGREES}"
        raise LimitError(message, "turned", extent=words)
    if not (LIMITS[0] <= west and LIMITS[1] <= south and east <= LIMITS[2] and north <= LIMITS[3]):
        limits = written(LIMITS)
        raise LimitError(
            f"extent '{words}': only areas within {limits} can be drawn", "outside", extent=words, limits=limits
        )
    across_km = min((east - west) * squeeze(south, north), north - south) * KM_PER_DEG
    if across_km < LEAST_KM:
        message = f"extent '{words}': {across_km:.0f} km across; the data is fit for {LEAST_KM:.0f} km and more"
        raise LimitError(message, "small", extent=words, across=round(across_km), least=LEAST_KM)
    return west, south, east, north


def written(degrees: Degrees) -> str:
    """Four numbers as readers write them."""
    return ",".join(f"{value:g}" for value in degrees)


def squeeze(south_deg: float, north_deg: float) -> float:
    """Return the length of a degree of longitude as a share of one of latitude.

    Parameters
    ----------
    south_deg
        Southern edge of a box, in degrees.
    north_deg
        Northern edge of the box, in degrees; the middle between both counts.
    """
    return math.cos(math.radians((south_deg + north_deg) / 2))
