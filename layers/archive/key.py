"""The key of an edition in an archive: a hash of what that edition alone is made from.

A day that is added to a series of control maps changes the version of the data, which files name, but no other day: in
an archive those keep the bytes and the version with which they were made.
"""

import hashlib
from collections.abc import Sequence
from functools import cache

import shapely

from layers.build.data_version import FORM_VERSION, METHOD_VERSION
from layers.catalogue.edition_key import code_version, hash_of
from layers.control_map import ControlMap
from layers.proposal.model import ProposalFile
from layers.reference.control_series import DAYS, EDITIONS, unchanged_maps
from layers.reference.register import SOURCES, read_register
from layers.reference.study_data import StudyData
from layers.text.languages import Languages, text_files


def archive_key(study: StudyData, proposal: ProposalFile, as_of: str, more: Sequence[str] = ()) -> str:
    """Return the key of a proposal on one control map: 64 hexadecimal digits.

    Parameters
    ----------
    study
        Reference data and control maps.
    proposal
        The proposal, loaded from its file and checked.
    as_of
        ISO date of the control map.
    more
        What else the wanted files depend on, such as the formats.
    """
    own = [proposal.model_dump_json(), as_of, repr(sorted(unchanged_maps().get(as_of, {}).items()))]
    return hash_of([shared_key(study), *own, _control_version(study.control[as_of]), repr(study.control.source), *more])


def shared_key(study: StudyData) -> str:
    """Return the key of what all editions share, which stays when a day is added to the control maps."""
    return hash_of(
        [METHOD_VERSION, FORM_VERSION, code_version(), study.reference.version, _inputs(study.reference.languages)]
    )


@cache
def _inputs(languages: Languages) -> str:
    """A hash of sources and names, without control maps and proposals."""
    files = {name: SOURCES / name for name in read_register() if name not in (DAYS, EDITIONS)}
    files |= text_files(languages)
    return hash_of([name + hashlib.sha256(path.read_bytes()).hexdigest() for name, path in sorted(files.items())])


def _control_version(control: ControlMap) -> str:
    """A hash of a control map as it is used: the same file may have been imported in several ways."""
    levels = [name.encode() + shapely.to_wkb(shape) for name, shape in sorted(control.levels.items())]
    contested = shapely.to_wkb(control.contested) if control.contested else b""
    named = f"{control.citation} {control.sha256}".encode()
    return hashlib.sha256(b"\n".join([named, *levels, contested])).hexdigest()
