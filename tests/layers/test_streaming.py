"""A build writes one date after the other, resumes what was interrupted, and gives the same bytes on every machine."""

import gc
import weakref
from collections.abc import Iterable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from layers.build.build import BuildOrder, build, read_order, stream_editions, write_build
from layers.build.build_folder import build_folder
from layers.build.edition import BuildSetting, DerivedEdition, derive
from layers.build.record import EditionRecord, write_files
from layers.build.sink import MemorySink
from layers.build.writing import EditionFiles
from layers.proposal.model import ProposalFile
from layers.reference.study_data import StudyData

PLANS, DATES = ("putin-2024-06", "us-2025-12"), ("2024-08-01", "2025-11-20", "2026-08-21")


@pytest.fixture(scope="module")
def order(study: StudyData) -> BuildOrder:
    """Two proposals on three dates."""
    whole = read_order(study=study)
    chosen = tuple(proposal for proposal in whole.proposals if proposal.id in PLANS)
    return replace(whole, proposals=chosen, wanted=dict.fromkeys(PLANS, DATES))


@pytest.fixture(scope="module")
def made(order: BuildOrder) -> tuple[MemorySink, MemorySink]:
    """All files of the order, and its records, made on one core."""
    sink, records = MemorySink(), MemorySink()
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("layers.build.parallel.os.cpu_count", lambda: 1)
        write_build(order, sink, records)
    return sink, records


@pytest.mark.slow
def test_one_core_gives_what_all_cores_give(
    order: BuildOrder, made: tuple[MemorySink, MemorySink], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("layers.build.parallel.os.cpu_count", lambda: 3)
    sink = MemorySink()
    assert write_build(order, sink, MemorySink()) == len(sink.files)
    assert sink.files == made[0].files


def test_what_is_complete_is_not_made_again(
    order: BuildOrder, made: tuple[MemorySink, MemorySink], monkeypatch: pytest.MonkeyPatch
) -> None:
    sink, records = (MemorySink(dict(one.files)) for one in made)
    del sink.files[f"{PLANS[0]}/{DATES[1]}/areas.csv"]
    sink.files[f"{PLANS[1]}/{DATES[2]}.geojson"] = b"damaged"
    records.files[f"{order.keys[PLANS[1], DATES[0]]}.json"] = b"damaged"
    del records.files[f"{order.keys[PLANS[0], DATES[2]]}.json"]
    again: list[tuple[str, str]] = []

    def noting(proposal: ProposalFile, as_of: str, setting: BuildSetting) -> DerivedEdition:
        again.append((proposal.id, as_of))
        return derive(proposal, as_of, setting)

    monkeypatch.setattr("layers.build.parallel.os.cpu_count", lambda: 1)
    monkeypatch.setattr("layers.build.parallel.derive", noting)
    write_build(order, sink, records)
    assert again == [
        (PLANS[1], DATES[0]), (PLANS[0], DATES[1]), (PLANS[0], DATES[2]), (PLANS[1], DATES[2]),
    ]  # fmt: skip
    assert sink.files == made[0].files


def test_other_inputs_are_no_reason_to_skip(
    order: BuildOrder, made: tuple[MemorySink, MemorySink], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("layers.build.build.edition_key", lambda *parts: "-".join(("other", *parts)))
    keys = BuildOrder(order.setting, order.proposals, order.wanted).keys
    assert not {f"{key}.json" for key in keys.values()} & set(made[1].files)


def test_a_build_that_was_interrupted_is_resumed(
    order: BuildOrder, made: tuple[MemorySink, MemorySink], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    root = tmp_path / "built"
    (tmp_path / ".built.other").mkdir()
    (tmp_path / ".built.other" / "lock").touch()
    monkeypatch.setattr("layers.build.build.read_order", lambda **_: order)
    monkeypatch.setattr("layers.build.parallel.os.cpu_count", lambda: 1)  # no date is derived before its turn

    def stop(dates: Iterable[str]) -> Iterator[str]:
        yield from list(dates)[:2]
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        build(root, progress=stop)
    assert not root.exists()
    (place,) = tmp_path.iterdir()
    assert len(list((place / "records").iterdir())) == 4
    written: list[str] = []

    def noting(files: EditionFiles, *rest: Any) -> EditionRecord:
        written.append(files.as_of)
        return write_files(files, *rest)

    monkeypatch.setattr("layers.build.build.write_files", noting)
    assert build(root) == len(made[0].files)
    assert sorted(set(written)) == list(DATES[2:])
    assert [path.name for path in tmp_path.iterdir()] == ["built"]
    assert {path.relative_to(root).as_posix(): path.read_bytes() for path in root.rglob("*.*")} == made[0].files


def test_a_build_that_runs_is_left_alone(tmp_path: Path) -> None:
    root = tmp_path / "built"
    with build_folder(root, "one") as place:
        place.files.write("a", b"1")
        with build_folder(root, "other") as other:
            other.files.write("a", b"2")
        assert place.files.read("a") == b"1"
    assert (root / "a").read_bytes() == b"1"


@pytest.mark.slow
def test_memory_does_not_grow_with_the_number_of_dates(order: BuildOrder, monkeypatch: pytest.MonkeyPatch) -> None:
    alive: list[weakref.ref[object]] = []
    most: list[int] = []
    gc.freeze()  # what other tests keep is not looked through for each date
    monkeypatch.setattr("layers.build.parallel.os.cpu_count", lambda: 1)

    def watched(*given: object) -> DerivedEdition:
        edition = derive(*given)  # type: ignore[arg-type]
        alive.extend(map(weakref.ref, (edition, edition.drawn)))  # tests keep what is read of control maps
        gc.collect()
        most.append(len({id(found) for found in (one() for one in alive) if found is not None}))
        return edition

    dates = order.setting.study.control.dates[:14]
    order = replace(order, proposals=order.proposals[:1], wanted={order.proposals[0].id: dates})
    monkeypatch.setattr("layers.build.parallel.derive", watched)
    held: list[weakref.ref[EditionFiles]] = []

    def noting(files: EditionFiles, *rest: Any) -> EditionRecord:
        held.append(weakref.ref(files))
        return write_files(files, *rest)

    monkeypatch.setattr("layers.build.build.write_files", noting)
    for _ in stream_editions(order, Forgetting(), MemorySink()):
        assert sum(one() is not None for one in held) <= 2
    assert len(most) == len(dates)
    assert max(most[10:]) <= max(most[:10])


class Forgetting(MemorySink):
    """A sink that stores nothing."""

    def write(self, path: str, content: bytes) -> None:
        """Store nothing."""
