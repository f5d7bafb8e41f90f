"""Editions that a build has not written, and the areas of all dates, derived on request."""

from dataclasses import asdict
from datetime import date
from functools import lru_cache

from layers.build.build import BuildOrder, read_order
from layers.build.edition import DerivedEdition, derive
from layers.build.measuring import measure_days
from layers.build.origin import read_origin
from layers.build.writing import edition_files, file_writers
from layers.catalogue.inputs import Inputs
from layers.catalogue.packed import pack
from layers.control.selection import choose_study_data
from layers.errors import BuildError
from layers.files import json_bytes
from layers.reference.study_data import StudyData
from layers.zones.derive import held_by_oblast, held_ground, split_day

ORDERS_KEPT = 3  # the included data, and control maps of a workspace that are looked at in turn


def packed_edition(inputs: Inputs, proposal_id: str, as_of: str) -> bytes:
    """Return a proposal on one control map as a file that ``layers.catalogue.packed`` reads.

    Parameters
    ----------
    inputs
        Version, languages and origin of the data that editions are derived from.
    proposal_id
        Id of the proposal.
    as_of
        ISO date of the control map.

    Raises
    ------
    BuildError
        If the inputs have changed since their version was read; also whatever ``derive`` raises.
    """
    files = edition_files(_derived(inputs, proposal_id, as_of), later=False)
    return pack(files.entry, files.contents)


def later_file(inputs: Inputs, proposal_id: str, as_of: str, path: str) -> bytes:
    """Return a file of an edition that is not packed with the others.

    Parameters
    ----------
    inputs
        Version, languages and origin of the data that editions are derived from.
    proposal_id
        Id of the proposal.
    as_of
        ISO date of the control map.
    path
        Path of the file below the root of a build.

    Raises
    ------
    FileNotFoundError
        If the edition has no such file; also whatever ``packed_edition`` raises.
    """
    writers = file_writers(_derived(inputs, proposal_id, as_of))
    if path not in writers:
        raise FileNotFoundError(f"{path}: not among the files of the edition")
    return writers[path]()


def measured_areas(inputs: Inputs, proposal_id: str) -> bytes:
    """Return the properties of a proposal's zones that have an area, by date, for all control maps, as JSON.

    Parameters
    ----------
    inputs
        Version, languages and origin of the data that editions are derived from.
    proposal_id
        Id of the proposal.

    Raises
    ------
    BuildError
        As ``packed_edition`` does.
    """
    order = order_of(inputs)
    study, version = order.setting.study, order.setting.version
    days = measure_days(study, order.proposal(proposal_id), study.control.dates, version)
    return json_bytes({day.as_of: day.zones for day in days})


def held_on_dates(inputs: Inputs) -> bytes:
    """Return Russian-held territory by date, for all control maps, as JSON. Raises as ``packed_edition`` does."""
    study = order_of(inputs).setting.study
    days = {as_of: split_day(study, as_of) for as_of in study.control.dates}
    return json_bytes(
        {
            as_of: {
                "held": asdict(held_ground(study.reference, day)),
                "held_by_oblast": {iso: asdict(held) for iso, held in held_by_oblast(study.reference, day).items()},
            }
            for as_of, day in days.items()
        }
    )


def study_of(inputs: Inputs) -> StudyData:
    """Return reference data and control maps that editions are derived from. Raises as ``packed_edition`` does."""
    return order_of(inputs).setting.study


def derived_edition(inputs: Inputs, proposal_id: str, requested: str) -> DerivedEdition:
    """Return an edition in memory.

    Parameters
    ----------
    inputs
        Version, languages and origin of the data that editions are derived from.
    proposal_id
        Id of the proposal.
    requested
        ISO date; the last control map on or before it is used.

    Raises
    ------
    BuildError
        As ``packed_edition`` does.
    """
    order = order_of(inputs)
    return derive(order.proposal(proposal_id), requested, order.setting)


@lru_cache(maxsize=1)
def _derived(inputs: Inputs, proposal_id: str, as_of: str) -> DerivedEdition:
    """An edition, kept for a file of it that comes later."""
    return derived_edition(inputs, proposal_id, as_of)


@lru_cache(maxsize=ORDERS_KEPT)
def order_of(inputs: Inputs) -> BuildOrder:
    """Return proposals, and what all editions share, read once. Raises BuildError if they are of another version."""
    order = _chosen_order(inputs) if inputs.origin else read_order(languages=inputs.languages)
    if order.setting.version != inputs.version:
        raise BuildError(
            f"the catalogue is of version {inputs.version}, the sources are of {order.setting.version}; "
            "run 'clausemap build' and start again"
        )
    return order


def _chosen_order(inputs: Inputs) -> BuildOrder:
    """The same of other inputs than the included ones, whose dates were checked when they were built."""
    origin = read_origin(inputs.origin)
    study = choose_study_data(origin.choice, today=date.max, languages=inputs.languages)
    with origin.proposals() as folder:
        return read_order(folder=folder, study=study)
