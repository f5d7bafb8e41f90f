"""Reading other boundaries of the oblasts: any file of the 27 units, matched by code or name and checked."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path

import geopandas
import numpy as np
import pyogrio
import shapely
from shapely.geometry.base import BaseGeometry

from geo.measure import area_km2
from layers.boundaries.checks import check_together, mend_unit
from layers.boundaries.names import Match, Row, known_names, match_rows
from layers.errors import BoundaryError, ControlError
from layers.findings import Finding, some_of
from layers.readers.files.dbf import encoding_of_table
from layers.readers.files.gdal import failures, is_polygonal, silent
from layers.readers.files.limits import read_bytes, sha256
from layers.readers.naming import title_of
from layers.reference.reference_data import Oblast

NAMED_UNITS = 3
FORMATS_ARE = "outlines are read from GeoJSON, GeoPackage and Shapefile"
BYTE_ORDER_MARK = b"\xef\xbb\xbf"
LONGEST_START = 4096
STARTS = (b"{", b"SQLite format 3\x00", b"\x00\x00\x27\x0a")  # in that order
WEST_DEG, EAST_DEG, SOUTH_DEG, NORTH_DEG = 21.0, 42.0, 43.0, 54.0
WGS84 = "EPSG:4326"

Shapes = list[BaseGeometry | None]  # as the file has them


@dataclass(frozen=True)
class Boundaries:
    """Boundaries to use instead of the included ones, in their order, and what was found in their file."""

    oblasts: Mapping[str, Oblast]
    source_name: str
    sha256: str
    findings: tuple[Finding, ...]


@dataclass(frozen=True)
class Examined:
    """The units of a file by ISO code, in the order of the included ones, and everything found in it."""

    units: Mapping[str, BaseGeometry]
    source_name: str
    sha256: str
    findings: tuple[Finding, ...]

    @property
    def refused(self) -> tuple[Finding, ...]:
        """The findings because of which the file may not be used."""
        return tuple(finding for finding in self.findings if finding.verdict == "refused")


def read_boundaries(path: Path, embedded: Mapping[str, Oblast]) -> Boundaries:
    """Read boundaries from a GeoJSON, GeoPackage or Shapefile.

    Names and official areas are those of the included units.

    Parameters
    ----------
    path
        The file to read.
    embedded
        The included oblasts by ISO 3166-2 code.

    Returns
    -------
    Boundaries in degrees, WGS 84, with the source's name and the SHA-256 of the file.

    Raises
    ------
    BoundaryError
        If the file may not be used; the message lists every reason.
    """
    examined = examine_boundaries(path, embedded)
    if examined.refused:
        listed = "\n".join(f"  {finding.code}: {finding.message}" for finding in examined.refused)
        raise BoundaryError(f"{path}: these outlines cannot be used\n{listed}")
    oblasts = {
        iso: replace(embedded[iso], outline=unit, area_km2=area_km2(unit)) for iso, unit in examined.units.items()
    }
    return Boundaries(oblasts, examined.source_name, examined.sha256, examined.findings)


def examine_boundaries(path: Path, embedded: Mapping[str, Oblast]) -> Examined:
    """Return the units of a file of boundaries and what is wrong with them.

    Parameters
    ----------
    path
        The file to read.
    embedded
        The included oblasts by ISO 3166-2 code.

    Returns
    -------
    The units found, none of them if the file is refused, and every finding.

    Raises
    ------
    BoundaryError
        If the file cannot be read.
    """
    frame, digest = _read(path)
    shapes, findings = _in_degrees(frame)
    if any(finding.verdict == "refused" for finding in findings):
        return Examined({}, title_of(path), digest, tuple(findings))
    records = frame.drop(columns=frame.geometry.name).to_dict("records")
    rows: list[Row] = [{str(key): value for key, value in record.items()} for record in records]
    matches = match_rows(rows, known_names())
    found, told = _units(shapes, matches, rows, embedded)
    findings += told
    units = {iso: found[iso] for iso in embedded if iso in found}
    if units and not any(finding.verdict == "refused" and finding.code != "unit-lacking" for finding in findings):
        units, told = check_together(units, embedded)
        findings += told
    return Examined(units, title_of(path), digest, tuple(findings))


def _read(path: Path) -> tuple[geopandas.GeoDataFrame, str]:
    content = _content(path)
    try:
        with silent():
            frame: object = geopandas.read_file(path, layer=_layer(path), encoding=_encoding(path))
    except failures() as error:
        message = f"{path}: {FORMATS_ARE}, but this one is damaged or lacks a part (.shx, .dbf); get it again"
        raise BoundaryError(message) from error
    if not isinstance(frame, geopandas.GeoDataFrame) or frame.empty:
        raise BoundaryError(f"{path}: has no outlines; give a file with the 27 units as polygons")
    return frame, sha256(content)


def _layer(path: Path) -> str | None:
    """The layer of a file that has polygons, or its first. Raises BoundaryError if several have polygons."""
    listed = [(str(name), kind) for name, kind in pyogrio.list_layers(path)]
    drawn = [name for name, kind in listed if is_polygonal(kind)]
    filled = drawn if len(drawn) < 2 else [name for name in drawn if pyogrio.read_info(path, layer=name)["features"]]
    if len(filled) > 1:
        raise BoundaryError(
            f"{path}: has several layers with polygons ({', '.join(filled)}); save the one that is meant in a file of "
            "its own"
        )
    return next(iter([*filled, *drawn, *(name for name, _ in listed)]), None)


def _encoding(path: Path) -> str | None:
    """The encoding of the table of a Shapefile, guessed if nothing states it; None for other files."""
    table, code_page = path.with_suffix(".dbf"), path.with_suffix(".cpg")
    if path.suffix.lower() != ".shp" or not table.is_file():
        return None
    return encoding_of_table(table.read_bytes(), code_page.read_bytes() if code_page.is_file() else None)[0]


def _content(path: Path) -> bytes:
    """The bytes of a file of a known format; archives and files that refer to others are refused."""
    try:
        content = read_bytes(path)
    except ControlError as error:
        raise BoundaryError(str(error)) from error
    if not content[:LONGEST_START].removeprefix(BYTE_ORDER_MARK).lstrip().startswith(STARTS):
        raise BoundaryError(f"{path}: {FORMATS_ARE}, and this is none of them; export it as one (an archive unpacked)")
    return content


def _in_degrees(frame: geopandas.GeoDataFrame) -> tuple[Shapes, list[Finding]]:
    """All geometries in degrees on WGS 84, and what was done to get there."""
    findings = []
    if frame.crs is not None and not frame.crs.equals(WGS84, ignore_axis_order=True):
        findings.append(
            Finding("other-crs", "repaired", f"reprojected from {frame.crs.name} to longitude and latitude")
        )
        frame = frame.to_crs(WGS84)
    shapes: Shapes = list(frame.geometry)
    drawn = [shape for shape in shapes if shape is not None and not shape.is_empty]
    bounds = shapely.total_bounds(np.array(drawn, dtype=object)) if drawn else np.zeros(4)
    if _fits(*bounds):
        return shapes, findings
    west, south, east, north = bounds
    if _fits(south, west, north, east):
        findings.append(Finding("swapped-axes", "repaired", "latitude came before longitude; the two were swapped"))
        return [_swapped(shape) for shape in shapes], findings
    message = (
        f"coordinates run from {west:g} {south:g} to {east:g} {north:g}, which is not Ukraine in degrees; "
        "give a file of its 27 units, with its CRS"
    )
    return shapes, [*findings, Finding("out-of-range", "refused", message)]


def _fits(west: float, south: float, east: float, north: float) -> bool:
    return west > WEST_DEG and east < EAST_DEG and south > SOUTH_DEG and north < NORTH_DEG


def _swapped(shape: BaseGeometry | None) -> BaseGeometry | None:
    return None if shape is None else shapely.transform(shapely.force_2d(shape), lambda xy: xy[:, ::-1])


def _units(
    shapes: Shapes, matches: list[Match], rows: list[Row], embedded: Mapping[str, Oblast]
) -> tuple[dict[str, BaseGeometry], list[Finding]]:
    """The repaired boundary of each unit found, and what is wrong with single rows and units."""
    units: dict[str, BaseGeometry] = {}
    there: set[str] = set()
    findings: list[Finding] = []
    for number, (shape, match, row) in enumerate(zip(shapes, matches, rows, strict=True), 1):
        where = f"feature {number} ({_called(row)})"
        finding = _wrong_row(shape, match, where, there, embedded)
        if finding:
            findings.append(finding)
        if match.iso is None or shape is None or shape.is_empty:
            continue
        mended, told = mend_unit(shape, f"{embedded[match.iso].names['en']} ({match.iso})")
        findings += told
        there.add(match.iso)
        if mended is not None:
            units.setdefault(match.iso, mended)
    lacking = [f"{oblast.names['en']} ({iso})" for iso, oblast in embedded.items() if iso not in there]
    if lacking:
        message = f"lacks {', '.join(lacking)}; add them, by ISO 3166-2 code or by name"
        findings.append(Finding("unit-lacking", "refused", message))
    return units, _gathered(findings)


def _gathered(findings: list[Finding]) -> list[Finding]:
    """One finding for what is the same in several units; it names the first three of them."""
    named: dict[Finding, list[str]] = {}
    for finding in findings:
        name, _, words = finding.message.partition(": ")
        named.setdefault(replace(finding, message=words or name), []).append(name if words else "")
    gathered = []
    for finding, names in named.items():
        listed = f"{some_of(names, NAMED_UNITS)}: " if names[0] else ""
        gathered.append(replace(finding, message=listed + finding.message))
    return gathered


def _wrong_row(
    shape: BaseGeometry | None, match: Match, where: str, there: set[str],
    embedded: Mapping[str, Oblast],
) -> Finding | None:  # fmt: skip
    if match.iso is None:
        return Finding("unknown-unit", "told", f"{where}: is none of the 27 units and was left out")
    if match.disagrees:
        named = " or ".join(embedded[iso].names["en"] for iso in sorted(match.by_name))
        return Finding(
            "code-and-name-differ", "refused", f"{where}: has the code {match.by_code} and is called {named}"
        )
    if shape is None or shape.is_empty:
        return Finding("null-geometry", "told", f"{where}: has no geometry and was left out")
    if match.iso in there:
        return Finding("unit-twice", "refused", f"{where}: {match.iso} is there already; join the two or take one out")
    return None


def _called(row: Row) -> str:
    """A row's name, for messages."""
    words = [str(value) for key, value in row.items() if isinstance(value, str) and "name" in str(key).lower()]
    return next(iter(words), "without a name")
