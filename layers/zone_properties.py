"""The properties of a zone as the codebook has them, which tables, pages and images read."""

from typing import TypedDict


class ZoneProperties(TypedDict):
    """The properties of a zone that are no text; areas are in km², shares in percent, dates ISO 8601.

    Texts are not listed: they have one key a language, such as ``name_en``.
    """

    id: str
    proposal: str
    clause: str | None
    also_clauses: str | None
    kind: str
    partition: bool
    status: str
    requested_as_of: str
    as_of: str
    oblast: str | None
    held_by: str | None
    legal_status: str | None
    recognition_mode: str | None
    recognition_by: str | None
    area_km2: float | None
    area_low_km2: float | None
    area_high_km2: float | None
    inland_water_km2: float | None
    drained_bed_km2: float | None
    share_of_oblast_pct: float | None
    share_of_ukraine_pct: float | None
    share_of_oblast_official_pct: float | None
    length_km: float | None
    control_source: str
    control_sha256: str
    boundary_source: str
    data_version: str
    licence: str
