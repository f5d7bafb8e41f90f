"""Areas of a proposal's zones on many dates, without the geometry: what a timeline needs."""

import os
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor

from layers.build.data_version import data_version
from layers.kinds.table import KINDS
from layers.proposal.model import ProposalFile
from layers.reference.study_data import StudyData
from layers.tables.timeline import MeasuredDay
from layers.zones.derive import derive_zones, held_ground, properties_of, split_day


def measure_days(
    study: StudyData, proposal: ProposalFile, days: Sequence[str], version: str = ""
) -> Iterator[MeasuredDay]:
    """Yield the measured dates in their order, several at a time: GEOS releases the GIL while it computes overlays.

    The figures are those of a build; lines, places and rivers, which have no area, are left out.

    Parameters
    ----------
    study
        Reference data and control maps.
    proposal
        The proposal, loaded from its file and checked.
    days
        ISO dates of control maps, in the order of the results.
    version
        Version of the data, a property of each zone; empty for that of the included proposals.
    """
    zones = tuple(zone for zone in proposal.zones if KINDS[zone.kind].has_area)
    sized = proposal.model_copy(update={"zones": zones})
    version = version or data_version(study=study)
    _ = study.reference.ukraine, study.reference.ukraine_km2  # united once, before the threads ask for it

    def measure(as_of: str) -> MeasuredDay:
        day = split_day(study, as_of)
        derived = derive_zones(study, sized, day, version)
        properties = tuple(map(properties_of, derived.features))
        return MeasuredDay(as_of, properties, held_ground(study.reference, day))

    with ThreadPoolExecutor(os.cpu_count()) as pool:
        yield from pool.map(measure, days)
