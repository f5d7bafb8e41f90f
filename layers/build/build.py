"""``clausemap build``: proposals and sources to finished files and their catalogue."""

import hashlib
import multiprocessing
import os
import sys
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor, ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from geo.geojson import join_features, write_feature
from layers.build import collection_members
from layers.build.catalogue_document import Contents, Held, catalogue_document, edition_entry
from layers.build.context import context_layers
from layers.build.display import DrawnDay, Screen, draw_day, draw_ground, ground_layer, zones_layer
from layers.catalogue.model import COMMITTED, EVERY_DATE
from layers.dates import own_control_date
from layers.embedded import EMBEDDED
from layers.errors import BuildError
from layers.files import replace_folder
from layers.proposal.loading import PROPOSALS, load_proposal, proposal_ids
from layers.proposal.model import Proposal
from layers.proposal.published import PUBLISHED
from layers.proposal.undrawn import UNDRAWN
from layers.reference.gazetteer import Place, read_places, towns_by_zone, towns_for_screens, towns_json
from layers.reference.ground import Ground, load_ground
from layers.reference.register import SOURCES, read_register
from layers.tables.areas import areas_csv, areas_json
from layers.text.check import check_languages
from layers.text.languages import LANGUAGES, text_files
from layers.zones.derive import Day, derive_zones, held_by_oblast, held_ground, split_day

METHOD_VERSION = "2"
FORM_VERSION = "2"  # of how files are written: what names a version is kept for good

DISPLAY = "display"  # the folder of what the map in a browser draws

Progress = Callable[[Iterable[str]], Iterable[str]]


@dataclass(frozen=True)
class Setting:
    """What all editions of a build share: the ground, how it is drawn, the towns on it, and the data version."""

    ground: Ground
    screen: Screen
    places: tuple[Place, ...]
    version: str


@dataclass(frozen=True)
class BuiltEdition:
    """The files of a proposal on one day, and its entry in the catalogue."""

    proposal_id: str
    contents: Contents
    entry: dict[str, Any]


@dataclass(frozen=True)
class Order:
    """What a build makes: proposals, and the days that are wanted of each by its id."""

    setting: Setting
    proposals: tuple[Proposal, ...]
    wanted: Mapping[str, tuple[str, ...]]

    def build_day(self, as_of: str) -> list[BuiltEdition]:
        """The editions of a day: it is split and drawn once for all proposals."""
        ground = self.setting.ground
        day = split_day(ground, as_of)
        drawn = draw_day(ground, day, self.setting.screen)
        asked = [proposal for proposal in self.proposals if as_of in self.wanted[proposal.id]]
        return [_build_edition(self.setting, proposal, day, drawn) for proposal in asked]


def build(
    root: Path = COMMITTED,
    *,
    every_date: bool = False,
    progress: Progress | None = None,
    folder: Path = PROPOSALS,
    ground: Ground | None = None,
    only: tuple[str, str] | None = None,
) -> int:
    """Write the layers, areas and catalogue under a root; the number of files comes back.

    Without ``every_date`` each proposal is built for the control map of its own date. ``ground`` holds other control
    maps or outlines than the embedded ones; ``only`` names a proposal and a control date to build alone. The folder is
    written beside its place and swapped in whole: a failure leaves what was there before.
    """
    contents = make_contents(every_date=every_date, progress=progress, folder=folder, ground=ground, only=only)
    replace_folder(root, contents)
    return len(contents)


def build_every_date(progress: Progress | None = None) -> int:
    """Build every proposal for every control date into the ignored folder."""
    return build(EVERY_DATE, every_date=True, progress=progress)


def check_build(root: Path = COMMITTED) -> None:
    """Compare what is committed with what the inputs give, byte for byte.

    Raises BuildError that lists every file that differs, is missing or is too many.
    """
    contents = make_contents()
    found = {path.relative_to(root).as_posix(): path for path in root.rglob("*") if path.is_file()}
    differing = [
        f"{name}: {'missing' if name not in found else 'differs'}"
        for name, content in contents.items()
        if name not in found or found[name].read_bytes() != content
    ]
    differing += [f"{name}: not among what the inputs give" for name in found if name not in contents]
    if differing:
        listed = "\n".join(f"  {line}" for line in sorted(differing))
        raise BuildError(f"{root}: run 'clausemap build' and commit the result\n{listed}")


def make_contents(
    *,
    every_date: bool = False,
    progress: Progress | None = None,
    folder: Path = PROPOSALS,
    ground: Ground | None = None,
    only: tuple[str, str] | None = None,
) -> Contents:
    """Every file of a build by its path below the root, as bytes; ``folder`` holds the proposals."""
    check_languages()
    ground = ground or load_ground()
    names = proposal_ids(folder) if only is None else only[:1]
    proposals = [load_proposal(name, ground.names, folder) for name in names]
    setting = Setting(ground, draw_ground(ground), read_places(ground), data_version(folder, ground))
    if not proposals:
        raise BuildError(f"{folder}: holds no proposals; add one as <id>.toml")
    wanted = {proposal.id: only[1:] if only else _dates(proposal, ground, every_date) for proposal in proposals}
    contents = _around(setting)
    entries: dict[str, list[dict[str, Any]]] = {proposal.id: [] for proposal in proposals}

    days = [day for day in ground.dates if any(day in dates for dates in wanted.values())]
    results = _build_days(Order(setting, tuple(proposals), wanted), days)
    for _, editions in zip(progress(days) if progress else days, results, strict=True):
        for edition in editions:
            contents |= edition.contents
            entries[edition.proposal_id].append(edition.entry)
    contents["catalog.json"] = catalogue_document(ground, proposals, entries, setting.version, contents)
    return contents


def _build_days(order: Order, days: Sequence[str]) -> Iterator[list[BuiltEdition]]:
    """The editions of each day, in order, on all cores where processes can share what was read.

    Never in threads: the days ask the same prepared geometry of Ukraine, which GEOS allows to one at a time.
    """
    workers = min(os.cpu_count() or 1, len(days))
    if workers < 2 or sys.platform != "linux":
        yield from map(order.build_day, days)
        return
    if order.setting.ground.source.id != EMBEDDED:  # what making a map ready tells is heard in this process alone
        with ThreadPoolExecutor(workers) as threads:
            list(threads.map(order.setting.ground.control.__getitem__, days))
    context = multiprocessing.get_context("fork")  # what is read and drawn is there already and is not sent
    with ProcessPoolExecutor(workers, context, _take, (order,)) as processes:
        yield from processes.map(_build_taken, days)


_taken: list[Order] = []


def _take(order: Order) -> None:
    """What a process works on, from its beginning to its end."""
    _taken[:] = [order]


def _build_taken(as_of: str) -> list[BuiltEdition]:
    return _taken[0].build_day(as_of)


def _around(setting: Setting) -> Contents:
    """The files that are the same on every day."""
    context = context_layers(setting.ground, setting.places)
    towns = {language: towns_for_screens(setting.places, language) for language in LANGUAGES}
    return {
        **{f"context/{name}.geojson": content for name, content in context.items()},
        f"{DISPLAY}/ground.geojson": ground_layer(setting.ground, setting.screen),
        **{f"{DISPLAY}/towns-{language}.json": content for language, content in towns.items()},
    }


def data_version(folder: Path = PROPOSALS, ground: Ground | None = None) -> str:
    """The version of the data: of the method, the form of the files, and the bytes of sources and proposals.

    That of other control maps or outlines changes with their bytes, too.
    """
    digest = hashlib.sha256(FORM_VERSION.encode())
    sources = [SOURCES / "sources.toml", *(SOURCES / name for name in read_register())]
    files = [PUBLISHED, UNDRAWN, *sources, *folder.glob("*.toml")]
    for path in sorted(files, key=lambda file: file.name):
        digest.update(path.name.encode())
        digest.update(hashlib.sha256(path.read_bytes()).digest())
    for name, path in text_files().items():
        digest.update(name.encode())
        digest.update(hashlib.sha256(path.read_bytes()).digest())
    digest.update((ground.version if ground else "").encode())
    return f"{METHOD_VERSION}-{digest.hexdigest()[:12]}"


def _dates(proposal: Proposal, ground: Ground, every_date: bool) -> tuple[str, ...]:
    if every_date:
        return ground.dates
    return (own_control_date(proposal.date.isoformat(), ground.dates),)


def _build_edition(setting: Setting, proposal: Proposal, day: Day, drawn: DrawnDay) -> BuiltEdition:
    as_of, ground = day.control.as_of, setting.ground
    derived = derive_zones(ground, proposal, day, setting.version)
    stem = f"{proposal.id}/{as_of}"
    written = {feature.id: write_feature(feature) for feature in derived.features}
    called = (ground, proposal, day.control)
    contents = {
        f"{stem}/{zone.id}.geojson": join_features([written[zone.id]], collection_members.one_zone(*called, zone))
        for zone in derived.features
    }
    contents[f"{stem}.geojson"] = join_features(list(written.values()), collection_members.all_zones(*called))
    contents[f"{stem}/areas.csv"] = areas_csv(derived.features, ground.source.maps)
    source = f"{day.control.citation}, {as_of}"
    contents[f"{stem}/areas.json"] = areas_json(proposal.id, as_of, source, derived.features)
    towns = towns_by_zone(derived.features, setting.places, ground, day.control)
    contents[f"{stem}/towns.json"] = towns_json(proposal.id, as_of, source, towns)
    drawing = zones_layer(derived.features, ground, drawn, collection_members.drawn_zones(*called))
    contents[f"{DISPLAY}/{stem}.geojson"] = drawing
    held = Held(held_ground(ground, day), held_by_oblast(ground, day))
    entry = edition_entry(stem, as_of, derived, held, contents)
    return BuiltEdition(proposal.id, contents, entry)
