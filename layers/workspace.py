"""The workspace: a desk's own control maps, ``control/<name>/<day>.geojson``, and what is built of them."""

import hashlib
import math
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from geo.writing import write_bytes
from layers.dates import control_date, is_day
from layers.embedded import EMBEDDED
from layers.errors import ControlError, UnknownError
from layers.own_form import StoredMap, own_bytes, read_own

NAME = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
LONGEST_NAME = 40


def default_root() -> Path:
    """The platform's folder for data of a user."""
    from platformdirs import user_data_path

    return user_data_path("clausemap", appauthor=False)


@dataclass(frozen=True)
class Workspace:
    """A workspace by its folder, which need not exist yet."""

    root: Path

    @property
    def names(self) -> tuple[str, ...]:
        """The control maps that there are, in alphabetical order."""
        return tuple(sorted(path.name for path in (self.root / "control").glob("*") if self.days(path.name)))

    def days(self, name: str) -> tuple[str, ...]:
        """The days of a control map, ascending; none where there is no such map."""
        found = (self.root / "control" / name).glob("*.geojson")
        return tuple(sorted(path.stem for path in found if is_day(path.stem)))

    def shelf(self, name: str) -> "Shelf":
        """All days of a control map by its name. Raises UnknownError that lists what there is."""
        if name not in self.names:
            raise UnknownError("control map", name, (EMBEDDED, *self.names))
        return Shelf(self.root / "control" / name, self.days(name))

    def totals(self, name: str) -> dict[str, float]:
        """The area of each day of a map in Ukraine in km², before completion; none where there is no map."""
        if not self.days(name):
            return {}
        shelf = self.shelf(name)
        return {day: float(shelf[day].provenance.get("area_after_km2", math.nan)) for day in shelf.days}

    def built(self, name: str) -> Path:
        """Where what is built of a control map lies."""
        return self.root / "built" / name

    def put(self, stored: StoredMap) -> Path:
        """Write a map into its place, whole or not at all; its path. Raises ControlError for a name that cannot be."""
        check_name(stored.name)
        path = self.root / "control" / stored.name / f"{stored.as_of}.geojson"
        write_bytes(path, own_bytes(stored))
        return path


@dataclass(frozen=True)
class Shelf(Mapping[str, StoredMap]):
    """The days of one control map; each is read when it is asked for."""

    folder: Path
    days: tuple[str, ...]

    def __getitem__(self, day: str) -> StoredMap:
        if day not in self.days:
            raise KeyError(day)
        return read_own(self.folder / f"{day}.geojson")

    def __iter__(self) -> Iterator[str]:
        return iter(self.days)

    def __len__(self) -> int:
        return len(self.days)

    def on(self, requested: str) -> StoredMap:
        """The last map on or before a day. Raises DateError that names the first."""
        return self[control_date(requested, self.days)]

    @cached_property
    def version(self) -> str:
        """Changes with every byte of every day."""
        total = hashlib.sha256()
        for day in self.days:
            total.update(day.encode())
            total.update(hashlib.sha256((self.folder / f"{day}.geojson").read_bytes()).digest())
        return total.hexdigest()


def check_name(name: str) -> str:
    """A name for a control map as it is. Raises ControlError where it cannot be one."""
    if name == EMBEDDED:
        raise ControlError("name", f"--name {name}: is what the project's own control data is called; choose another")
    if not NAME.fullmatch(name) or len(name) > LONGEST_NAME:
        raise ControlError(
            "name", f"--name '{name}': use lower-case letters, digits and hyphens, at most {LONGEST_NAME} characters"
        )
    return name
