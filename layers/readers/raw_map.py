"""A control map as its publisher gives it: what was taken, what was left out, and nothing repaired yet."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from shapely.geometry.base import BaseGeometry

from layers.findings import Finding

Progress = Callable[[str, int, int], None]
Role = Literal["held", "contested", "left out"]


@dataclass(frozen=True)
class Taken:
    """One class of the source: its name there, what became of it, its features, and its raw area where computed."""

    name: str
    role: Role
    features: int
    area_km2: float | None


@dataclass(frozen=True)
class RawMap:
    """The content of a file: two-dimensional geometries in degrees (WGS 84), with rings as they were.

    ``file_date`` is the date that the file states, in its content or else in its name, and may not be a calendar date;
    ``as_of`` is the date that it most likely shows, which is one day earlier if a format is published on the morning
    after; ``changed`` is the date of the last change, if a format has that beside the edition's. ``sha256`` is the hash
    of the file as given, also if it is a zip.
    """

    path: Path
    file_name: str
    sha256: str
    format: str
    publisher: str | None
    slug: str
    file_date: str | None
    as_of: str | None
    held: tuple[BaseGeometry, ...]
    contested: tuple[BaseGeometry, ...]
    classes: tuple[Taken, ...]
    findings: tuple[Finding, ...]
    vertices: int
    changed: str | None = None
