"""Proposals, zones, areas and control maps as data frames: what ``import layers`` gives to notebooks and scripts.

Dates are given as ``YYYY-MM-DD``, as ``datetime.date`` or as ``latest``; the last control map on or before the date is
used, and every frame has both dates, as ``requested_as_of`` and ``as_of``. Every date of the control data can be asked
for, also one that was not built. Coordinates are longitude and latitude on WGS 84 (EPSG:4326); areas are geodesic, in
km². The codebook, ``layers/README.md``, explains every column.

>>> zones = load_zones("us-28-points", as_of="2025-11-20")
>>> zones.loc[zones["id"] == "donetsk-buffer", "area_km2"].item()
5978.3
"""

from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, date, datetime
from functools import cache
from os import PathLike
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeAlias

from geo.geojson import Feature, canonical
from layers.build.edition import BuildSetting, DerivedEdition, derive, load_setting
from layers.control.importing import Imported, ImportRequest, read_map
from layers.control.stored import CONTESTED
from layers.control_map import ControlMap
from layers.dates import LATEST, control_date, own_control_date, parse_date
from layers.errors import ControlError
from layers.measuring import measuring
from layers.measuring.measuring import Measurement, MeasuringData
from layers.places.index import IndexedPlace, index_places
from layers.proposal.loading import load_proposal, proposal_ids
from layers.proposal.model import ProposalFile
from layers.reference.study_data import StudyData, load_study_data
from layers.tables.areas import area_columns, area_rows
from layers.text.languages import flat
from layers.zones.derive import properties_of

if TYPE_CHECKING:
    from geopandas import GeoDataFrame
    from pandas import DataFrame
    from shapely.geometry.base import BaseGeometry

AsOf: TypeAlias = str | date

CRS = "EPSG:4326"


def list_proposals() -> "DataFrame":
    """Return the included proposals, one a row, by date.

    Columns are ``id``, ``title_en``, ``title_uk`` and ``title_zh_hant``, ``date`` (of the proposal itself), ``as_of``
    (of the control map that is used where no date is given), ``status``, ``by`` (ISO 3166-1 codes, comma-separated),
    and ``summary_en``, ``summary_uk`` and ``summary_zh_hant``.
    """
    import pandas

    study = _ground()
    proposals = (load_proposal(name, study.reference.names) for name in proposal_ids())
    ordered = sorted(proposals, key=lambda proposal: (proposal.date, proposal.id))
    return pandas.DataFrame([_proposal_row(proposal, study.control.dates) for proposal in ordered])


def load_zones(proposal: str, as_of: AsOf | None = None) -> "GeoDataFrame":
    """Return the zones of a proposal on a date, one a row, in the order of the proposal's file.

    Parameters
    ----------
    proposal
        Id of a proposal, such as ``us-28-points``; ``list_proposals`` has them all.
    as_of
        Date requested. Without one, the proposal's own.

    Returns
    -------
    GeoDataFrame
        The properties of a zone as columns, in the order of the codebook, and ``geometry``; the same values as in
        ``/layers/<proposal>/<date>.geojson``. Areas in km², lengths in km, shares in percent; missing where a property
        does not apply.

    Raises
    ------
    UnknownError
        There is no such proposal.
    DateError
        The date is none, or before the first control map.
    """
    return _geo_frame(_zones(proposal, as_of))


def load_areas(proposal: str, as_of: AsOf | None = None) -> "DataFrame":
    """Return the areas of a proposal's zones on a date, one zone a row.

    The columns are those of ``areas.csv``: the properties of a zone without the long texts, and ``figure_en``,
    ``figure_uk`` and ``figure_zh_hant``, each area in a sentence, rounded for print.

    Parameters
    ----------
    proposal
        Id of a proposal, such as ``us-28-points``; ``list_proposals`` has them all.
    as_of
        Date requested. Without one, the proposal's own.

    Raises
    ------
    UnknownError
        There is no such proposal.
    DateError
        The date is none, or before the first control map.
    """
    import pandas

    properties = [properties_of(feature) for feature in _zones(proposal, as_of)]
    study = _ground()
    rows = area_rows(properties, study.reference.languages, study.control.source.maps)
    return pandas.DataFrame(list(rows), columns=list(area_columns(study.reference.languages)))


def load_control(as_of: AsOf = LATEST) -> "GeoDataFrame":
    """Return the Russian-held territory on a date, one row a level of the control data.

    The levels lie in one another: ``agreed`` is what all three control maps show as Russian-held, ``majority`` what at
    least two of them show, ``any`` what any of them shows. Without a date it is the newest. The polygons are those of
    the control data, which run out over the sea and the border: areas inside Ukraine are in ``load_areas``.

    Returns
    -------
    GeoDataFrame
        Columns ``level``, ``requested_as_of``, ``as_of``, ``control_source``, ``control_sha256``, ``licence`` and
        ``geometry``.

    Raises
    ------
    DateError
        The date is none, or before the first control map.
    """
    study = _ground()
    requested = parse_date(_iso(as_of), study.control.dates)
    control = study.control[control_date(requested, study.control.dates)]
    return _geo_frame(_levels(control, requested, study.control.source.licence))


def read_control_map(path: str | PathLike[str], as_of: AsOf | None = None) -> "GeoDataFrame":
    """Read a control map of any publisher, check and clean it, and return what it shows as Russian-held.

    Nothing is stored. The file is read and checked as by ``clausemap control check``.

    Parameters
    ----------
    path
        GeoJSON, GeoPackage, Shapefile, KML, KMZ, FlatGeobuf, File Geodatabase, TopoJSON or Esri JSON, also zipped.
    as_of
        Date of the map, for a file that states none or has several.

    Returns
    -------
    GeoDataFrame
        The columns of ``load_control``. One row with the level ``held``; a second one, ``contested``, where the map
        has territory that it gives to neither side. ``attrs["findings"]`` lists what was found and repaired.

    Raises
    ------
    ControlError
        The file cannot be read, has no date, or did not pass a check.
    """
    wanted = ImportRequest(else_day=None if as_of is None else parse_date(_iso(as_of), ()))
    imported = _imported(Path(path), wanted)
    control = imported.stored.control
    frame = _geo_frame(_levels(control, control.as_of, str(imported.stored.provenance.get("licence", ""))))
    frame.attrs["findings"] = [finding.message for finding in imported.findings]
    return frame


def measure_geometry(
    geometry: "BaseGeometry", proposal: str | None = None, as_of: AsOf | None = None, buffer_km: float | None = None
) -> Measurement:
    """Measure a drawn line or polygons: areas by oblast and zone, places and people on either side.

    Parameters
    ----------
    geometry
        One line that divides Ukraine, or polygons, in longitude and latitude on WGS 84; shapely.
    proposal
        Id of the proposal whose zones and line of contact it is measured against; None for oblasts alone.
    as_of
        Date requested. Without one, the proposal's own.
    buffer_km
        Depth of a buffer on either side, in km; None for none.

    Returns
    -------
    Measurement
        Pairs of figures for left and right of a line, or inside and outside of polygons.

    Raises
    ------
    DrawingError
        It crosses itself, divides nothing, leaves the map or has too many points.
    UnknownError
        There is no such proposal.
    DateError
        The date is none, or before the first control map.
    """
    zones = () if proposal is None else _zones(proposal, as_of)
    return measuring.measure_geometry(geometry, MeasuringData(_ground().reference, _places(), zones), buffer_km)


@cache
def _places() -> Sequence[IndexedPlace]:
    return index_places(_ground().reference)


def compare_editions(left: str, right: str) -> "GeoDataFrame":
    """Return how two editions treat each piece of territory, one piece a row.

    Parameters
    ----------
    left, right
        A proposal on its own date, such as ``us-28-points``, or on another, such as ``us-28-points@2026-01-01``.

    Returns
    -------
    GeoDataFrame
        The columns of ``/compare/<left>/<right>.csv`` and ``geometry``. The pieces make up the union of both sides, and
        none lies over another. ``attrs["comparison"]`` has the figures by clause and by kind.

    Raises
    ------
    UnknownError
        There is no such proposal.
    DateError
        A date is none, or before the first control map.
    """
    from layers.comparing.comparison import compare_editions as compare
    from layers.comparing.document import comparison_document, piece_features

    found = compare(*(_edition(*_parted(side)) for side in (left, right)))
    frame = _geo_frame(piece_features(found))
    frame.attrs["comparison"] = comparison_document(found)
    return frame


@cache
def _setting() -> BuildSetting:
    return load_setting(_ground())


@cache
def _ground() -> StudyData:
    return load_study_data()


def _iso(as_of: AsOf) -> str:
    """A date as YYYY-MM-DD; a text is checked later. Of a time (``datetime``, ``pandas.Timestamp``) its date."""
    return f"{as_of:%Y-%m-%d}" if isinstance(as_of, date) else as_of


def _edition(proposal_id: str, as_of: AsOf | None) -> DerivedEdition:
    study = _ground()
    proposal = load_proposal(proposal_id, study.reference.names)
    own = max(proposal.date.isoformat(), study.control.dates[0])
    return derive(proposal, own if as_of is None else _iso(as_of), _setting())


def _parted(side: str) -> tuple[str, str | None]:
    """The proposal, and the date after the @, if there is one."""
    name, _, day = side.partition("@")
    return name, day or None


def _zones(proposal_id: str, as_of: AsOf | None) -> list[Feature]:
    """The zones of a proposal on a date, with the geometry that is written to files."""
    edition = _edition(proposal_id, as_of)
    requested = {"requested_as_of": edition.requested_as_of}
    return [Feature(zone.id, {**zone.properties, **requested}, canonical(zone.geometry)) for zone in edition.zones]


def _geo_frame(features: Iterable[Feature]) -> "GeoDataFrame":
    from geopandas import GeoDataFrame

    listed = list(features)
    properties = [dict(feature.properties) for feature in listed]
    return GeoDataFrame(properties, geometry=[feature.geometry for feature in listed], crs=CRS)


def _levels(control: ControlMap, requested: str, licence: str) -> Iterable[Feature]:
    levels = dict(control.levels) | ({CONTESTED: control.contested} if control.contested else {})
    for level, geometry in levels.items():
        properties = {
            "level": level,
            "requested_as_of": requested,
            "as_of": control.as_of,
            "control_source": f"{control.citation}, {control.as_of}",
            "control_sha256": control.sha256,
            "licence": licence,
        }
        yield Feature(level, properties, geometry)


def _imported(path: Path, wanted: ImportRequest) -> Imported:
    try:
        return read_map(path, wanted, _ground(), today=datetime.now(UTC).date())
    except ControlError as error:
        if error.code != "no-date":
            raise
        raise ControlError(error.code, f"{path}: names no date; give it as as_of='YYYY-MM-DD'") from error


def _proposal_row(proposal: ProposalFile, dates: Sequence[str]) -> Mapping[str, Any]:
    own = proposal.date.isoformat()
    return {
        "id": proposal.id,
        **flat("title", proposal.title.by_language()),
        "date": own,
        "as_of": own_control_date(own, dates),
        "status": proposal.status,
        "by": ",".join(proposal.by),
        **flat("summary", proposal.summary.by_language()),
    }
