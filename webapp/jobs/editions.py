"""Editions that were not built, as jobs: derived when they are first requested, then cached on disk."""

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache, partial
from pathlib import Path

from pydantic import TypeAdapter

from layers.catalogue.edition_key import edition_key
from layers.catalogue.entries import HeldOnDate
from layers.catalogue.inputs import ORIGIN, Inputs
from layers.catalogue.model import COMMITTED, EVERY_DATE, Catalogue, Edition, load_catalogue, with_every_date
from layers.catalogue.packed import PackedEdition
from layers.text.languages import Languages
from layers.zone_properties import ZoneProperties
from webapp.jobs.jobs import Job, job_result, result_here

EDITIONS_IN_MEMORY = 64  # of 130 KB
TABLES_IN_MEMORY = 16
EVERY = "every date"  # in the place of a date in a key, for what is of all of them; a path stands for one file


@dataclass(frozen=True)
class JobDeriver:
    """Derives editions by ``run``, which returns the result of a job. It is a ``layers.catalogue.model.Deriver``."""

    inputs: Inputs
    run: Callable[[Job], bytes]

    def edition(self, proposal_id: str, as_of: str) -> Edition:
        """Return the entry of an edition, derived if it is not cached.

        Parameters
        ----------
        proposal_id
            Id of the proposal.
        as_of
            ISO date of a control map.

        Raises
        ------
        BusyError
            If deriving it took too long; also whatever deriving raises.
        """
        return _edition(self, proposal_id, as_of).entry

    def file(self, proposal_id: str, as_of: str, path: str) -> bytes:
        """Return a file of an edition.

        Parameters
        ----------
        proposal_id
            Id of the proposal.
        as_of
            ISO date of a control map.
        path
            Path of the file below the root of a build.

        Raises
        ------
        FileNotFoundError
            If the edition has no such file; also whatever ``edition`` raises.
        """
        try:
            return _edition(self, proposal_id, as_of).read(path)
        except FileNotFoundError:
            key = edition_key(self.inputs.version, proposal_id, path)
            return self.run(Job(key, partial(_derive_file, self.inputs, proposal_id, as_of, path)))

    def areas(self, proposal_id: str) -> Mapping[str, Sequence[ZoneProperties]]:
        """Return the properties of the zones that have an area, by date, for all control maps."""
        return _areas(self, proposal_id)

    def held(self) -> Mapping[str, HeldOnDate]:
        """Return Russian-held territory by date, for all control maps."""
        return _held(self)


def open_catalogue(root: Path | None = None, languages: Languages | None = None) -> Catalogue:
    """Read a catalogue as ``load_catalogue`` does; editions that were not built are derived in this process.

    This holds for the included data, and for folders that store what they were built from. Other catalogues have what
    was built.

    Parameters
    ----------
    root
        Folder of a build; None for every date if that is built, else the committed dates.
    languages
        Languages to read it in; None for the installed ones.
    """
    return _completed(load_catalogue(root, languages), result_here)


def serve_catalogue(root: Path | None = None) -> Catalogue:
    """Return the same for a web worker, which leaves what is derived to the pool."""
    return _completed(load_catalogue(root), job_result)


def _completed(catalogue: Catalogue, run: Callable[[Job], bytes]) -> Catalogue:
    origin = catalogue.root / ORIGIN
    if catalogue.root not in (COMMITTED, EVERY_DATE) and not origin.is_file():
        return catalogue
    chosen = origin.read_bytes() if origin.is_file() else b""
    return with_every_date(catalogue, JobDeriver(Inputs(catalogue.data_version, catalogue.languages, chosen), run))


@lru_cache(maxsize=EDITIONS_IN_MEMORY)
def _edition(deriver: JobDeriver, proposal_id: str, as_of: str) -> PackedEdition:
    key = edition_key(deriver.inputs.version, proposal_id, as_of)
    return PackedEdition(deriver.run(Job(key, partial(_derive, deriver.inputs, proposal_id, as_of))))


@lru_cache(maxsize=TABLES_IN_MEMORY)
def _areas(deriver: JobDeriver, proposal_id: str) -> Mapping[str, Sequence[ZoneProperties]]:
    key = edition_key(deriver.inputs.version, proposal_id, EVERY)
    areas: dict[str, list[ZoneProperties]] = json.loads(
        deriver.run(Job(key, partial(_measure, deriver.inputs, proposal_id)))
    )
    return areas


@lru_cache(maxsize=TABLES_IN_MEMORY)
def _held(deriver: JobDeriver) -> Mapping[str, HeldOnDate]:
    key = edition_key(deriver.inputs.version, "", EVERY)
    return TypeAdapter(dict[str, HeldOnDate]).validate_json(deriver.run(Job(key, partial(_hold, deriver.inputs))))


def _derive(inputs: Inputs, proposal_id: str, as_of: str) -> bytes:
    from layers.build.on_demand import packed_edition

    return packed_edition(inputs, proposal_id, as_of)


def _derive_file(inputs: Inputs, proposal_id: str, as_of: str, path: str) -> bytes:
    from layers.build.on_demand import later_file

    return later_file(inputs, proposal_id, as_of, path)


def _measure(inputs: Inputs, proposal_id: str) -> bytes:
    from layers.build.on_demand import measured_areas

    return measured_areas(inputs, proposal_id)


def _hold(inputs: Inputs) -> bytes:
    from layers.build.on_demand import held_on_dates

    return held_on_dates(inputs)
