"""What a build has not written, derived when it is asked for: an edition, and figures of every control map."""

from dataclasses import asdict
from functools import lru_cache

from layers.build.edition import BuildSetting, derive, load_setting
from layers.build.measuring import measure_days
from layers.build.writing import edition_files
from layers.catalogue.inputs import Inputs
from layers.catalogue.packed import pack
from layers.errors import BuildError
from layers.files import json_bytes
from layers.proposal.loading import load_proposal
from layers.reference.study_data import load_study_data
from layers.zones.derive import held_by_oblast, held_ground, split_day


def packed_edition(inputs: Inputs, proposal_id: str, as_of: str) -> bytes:
    """Return a proposal on the control map of a date, as ``layers.catalogue.packed`` has it.

    Raises BuildError where the inputs are of another version by now, and what deriving raises.
    """
    setting = _setting(inputs)
    files = edition_files(derive(load_proposal(proposal_id, setting.reference.names), as_of, setting))
    return pack(files.entry, files.contents)


def measured_areas(inputs: Inputs, proposal_id: str) -> bytes:
    """Return the properties of the zones of a proposal that have an area, by date, for all control maps, as JSON.

    Raises as ``packed_edition`` does.
    """
    study = _setting(inputs).study
    days = measure_days(study, load_proposal(proposal_id, study.reference.names), study.control.dates)
    return json_bytes({day.as_of: day.zones for day in days})


def held_on_dates(inputs: Inputs) -> bytes:
    """Return Russian-held territory by date, for all control maps, as JSON. Raises as ``packed_edition`` does."""
    study = _setting(inputs).study
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


@lru_cache(maxsize=1)
def _setting(inputs: Inputs) -> BuildSetting:
    """What all editions share, read once a process. Raises BuildError where it is of another version."""
    setting = load_setting(load_study_data(languages=inputs.languages))
    if setting.version != inputs.version:
        raise BuildError(
            f"the catalogue is of version {inputs.version}, the sources are of {setting.version}; "
            "run 'clausemap build' and start again"
        )
    return setting
