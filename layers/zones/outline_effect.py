"""The effect of other boundaries of the oblasts: the same zones on the same control map, derived on both."""

import csv
import io
from collections.abc import Iterator, Sequence
from dataclasses import astuple, dataclass, fields, replace
from pathlib import Path

from geo.geojson import Feature
from geo.measure import area_km2
from geo.overlay import intersect
from layers.boundaries.reading import read_boundaries
from layers.dates import own_control_date
from layers.proposal.loading import load_proposal, proposal_ids
from layers.proposal.model import ProposalFile
from layers.reference.control_series import EMBEDDED_NAME
from layers.reference.reference_data import EMBEDDED_OUTLINES, ReferenceData
from layers.reference.study_data import StudyData, load_study_data
from layers.tables.spreadsheets import About, workbook
from layers.zones.derive import derive_zones, split_day


@dataclass(frozen=True)
class Effect:
    """A zone in one oblast (ISO code): its area in km² on the included and on other boundaries, and the difference."""

    proposal: str
    as_of: str
    zone: str
    oblast: str
    embedded_km2: float
    other_km2: float
    difference_km2: float


def outline_effect(study: StudyData, other: StudyData, proposal: ProposalFile, as_of: str) -> tuple[Effect, ...]:
    """Return every zone of a proposal that has an area, oblast by oblast, on two sets of boundaries.

    A zone that exists on only one of them has the area 0 on the other. Areas are to one decimal.

    Parameters
    ----------
    study
        Reference data with the included boundaries.
    other
        The same control maps with other boundaries.
    proposal
        The proposal, loaded from its file and checked.
    as_of
        ISO date of the control map.
    """
    embedded, changed = (_areas(on, proposal, as_of) for on in (study, other))
    order = {iso: place for place, iso in enumerate(study.reference.oblasts)}
    keys = sorted(dict.fromkeys((*embedded, *changed)), key=lambda key: order[key[1]])
    rows = []
    for zone, iso in keys:
        before, after = (round(areas.get((zone, iso), 0.0), 1) for areas in (embedded, changed))
        if before or after:
            rows.append(Effect(proposal.id, as_of, zone, iso, before, after, round(after - before, 1)))
    return tuple(rows)


def effects_of(path: Path) -> tuple[Effect, ...]:
    """Return the effect of the boundaries in a file on all proposals, each on its own date.

    Raises BoundaryError if the boundaries may not be used.
    """
    study = load_study_data()
    reference = study.reference
    other = replace(study, reference=replace(reference, oblasts=read_boundaries(path, reference.oblasts).oblasts))
    effects: list[Effect] = []
    for name in proposal_ids():
        proposal = load_proposal(name, study.reference.names)
        as_of = own_control_date(proposal.date.isoformat(), study.control.dates)
        effects += outline_effect(study, other, proposal, as_of)
    return tuple(effects)


def effect_csv(effects: Sequence[Effect]) -> bytes:
    """Return one row per zone and oblast, columns as the fields of ``Effect``; UTF-8."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow([field.name for field in fields(Effect)])
    writer.writerows(astuple(effect) for effect in effects)
    return text.getvalue().encode()


def effect_xlsx(effects: Sequence[Effect], outlines: str) -> bytes:
    """Return the effects as an XLSX file.

    Parameters
    ----------
    effects
        At least one effect, as ``outline_effect`` returns them.
    outlines
        Name of the other boundaries.
    """
    newest = max(effect.as_of for effect in effects)
    about = About("Areas on other outlines", EMBEDDED_NAME, f"{EMBEDDED_OUTLINES} and {outlines}", newest)
    return workbook("outlines", [field.name for field in fields(Effect)], map(astuple, effects), about)


def _areas(study: StudyData, proposal: ProposalFile, as_of: str) -> dict[tuple[str, str], float]:
    """The area of each zone in each oblast, in the order of the proposal's file."""
    derived = derive_zones(study, proposal, split_day(study, as_of), "")
    return {
        (feature.id, iso): area
        for feature in derived.features
        if feature.properties["area_km2"] is not None
        for iso, area in _by_oblast(study.reference, feature)
    }


def _by_oblast(reference: ReferenceData, feature: Feature) -> Iterator[tuple[str, float]]:
    if feature.properties["oblast"]:
        yield feature.properties["oblast"], area_km2(feature.geometry)
        return
    for iso, oblast in reference.oblasts.items():
        if oblast.outline.intersects(feature.geometry):
            yield iso, area_km2(intersect(feature.geometry, oblast.outline))
