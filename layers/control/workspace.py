"""The workspace: a user's control maps, ``control/<name>/<date>.geojson``, proposals, and what is built of them."""

import hashlib
import re
from collections.abc import Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

from layers.control.stored import StoredMap, own_bytes, read_own
from layers.dates import LATEST, control_date, is_day
from layers.embedded import EMBEDDED
from layers.errors import ControlError, UnknownError
from layers.files import WritingError, write_bytes
from layers.readers.files.limits import read_bytes
from layers.readers.naming import series_of

NAME = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
LONGEST_NAME = 40


def default_root() -> Path:
    """Return the platform's folder for user data."""
    from platformdirs import user_data_path

    return user_data_path("clausemap", appauthor=False)


@dataclass(frozen=True)
class Workspace:
    """A workspace by its folder, which need not exist yet."""

    root: Path

    @property
    def names(self) -> tuple[str, ...]:
        """The names of its control maps, in alphabetical order."""
        return tuple(sorted(path.name for path in (self.root / "control").glob("*") if self._has(path.name)))

    def days(self, name: str) -> tuple[str, ...]:
        """Return the dates of a control map, ascending; none if there is no such map."""
        found = (self.root / "control" / name).glob("*.geojson")
        return tuple(sorted(path.stem for path in found if is_day(path.stem) and path.is_file()))

    def _has(self, name: str) -> bool:
        return name != EMBEDDED and NAME.fullmatch(name) is not None and bool(self.days(name))

    def shelf(self, name: str) -> "Shelf":
        """Return all dates of a control map by its name. Raises UnknownError that lists the existing names."""
        if name not in self.names:
            raise UnknownError("control map", name, (EMBEDDED, *self.names))
        return Shelf(self.root / "control" / name, self.days(name))

    def totals(self, name: str) -> dict[str, float]:
        """Return the area of a map in Ukraine by date, in km², before completion.

        Dates with a damaged file are left out.
        """
        found = {day: self._provenance(name, day).get("area_after_km2") for day in self.days(name)}
        return {day: float(area) for day, area in found.items() if area is not None}

    def _provenance(self, name: str, day: str) -> Mapping[str, Any]:
        try:
            return self.shelf(name)[day].provenance
        except ControlError:
            return {}

    @property
    def proposals(self) -> Path:
        """The folder of the workspace's own proposals."""
        return self.root / "proposals"

    def built(self, name: str) -> Path:
        """Return the folder of what is built of a control map."""
        return self.root / "built" / name

    def read_from(self, name: str, day: str) -> str | None:
        """Return the SHA-256 of the file that a stored map was read from.

        Parameters
        ----------
        name
            Name of the map.
        day
            ISO date.

        Returns
        -------
        Hexadecimal digits; None if there is no map of the date, or its provenance cannot be read.
        """
        return self._provenance(name, day).get("sha256") if day in self.days(name) else None

    def check_place(self, name: str, maps: int) -> None:
        """Refuse an impossible name, or one whose other dates are read from another number of maps.

        All dates of a name have an interval, or none has.

        Parameters
        ----------
        name
            Name under which a map is to be stored.
        maps
            Number of maps behind it: 1 for an imported map, more for a combination.

        Raises
        ------
        ControlError
            If the name cannot be used.
        """
        check_name(name)
        for day in self.days(name)[-1:]:
            held = self._maps(name, day)
            if held not in {None, maps}:
                message = f"--name {name}: its map of {day} is made of {held}, this one of {maps}; choose another name"
                raise ControlError("name", message)

    def check_maker(self, name: str, file_name: str, publisher: str | None) -> None:
        """Refuse a generated name for a file whose maker is not that of the maps with this name.

        A maker is a publisher, or else is known by the file name without its date; the newest map decides.

        Parameters
        ----------
        name
            Name under which a map is to be stored.
        file_name
            Name of the file that it is read from.
        publisher
            Its publisher; None if unknown.

        Raises
        ------
        ControlError
            If the maker is another one.
        """
        for day in self.days(name)[-1:]:
            held = self._provenance(name, day)
            other = str(held.get("file", file_name))
            same_file = publisher is not None or series_of(other) == series_of(file_name)
            if publisher != held.get("publisher", publisher) or not same_file:
                message = (
                    f"{file_name}: its name here would be '{name}', that of the maps read from '{other}'; name it with "
                    f"--name, or take --name {name} where it is one more of them"
                )
                raise ControlError("name", message)

    def _maps(self, name: str, day: str) -> int | None:
        """How many maps a date is made of; None if its file is damaged, and may be replaced."""
        try:
            return self.shelf(name)[day].maps
        except ControlError:
            return None

    def set_aside(self, name: str, day: str) -> Path:
        """Store a copy of a date's map in the folder ``replaced`` of its name, and return the path of the copy.

        Parameters
        ----------
        name
            Name of the map.
        day
            ISO date; there must be a map of it.

        Raises
        ------
        WritingError
            If the copy cannot be written.
        """
        content = (self.root / "control" / name / f"{day}.geojson").read_bytes()
        short = hashlib.sha256(content).hexdigest()[:12]
        path = self.root / "control" / name / "replaced" / f"{day}-{short}.geojson"
        try:
            write_bytes(path, content)
        except WritingError:
            with suppress(OSError):  # other copies are in it
                path.parent.rmdir()
            raise
        return path

    def put(self, stored: StoredMap) -> Path:
        """Store a map, completely or not at all, and return its path. Raises ControlError as ``check_place`` does."""
        self.check_place(stored.name, stored.maps)
        path = self.root / "control" / stored.name / f"{stored.as_of}.geojson"
        write_bytes(path, own_bytes(stored))
        return path


@dataclass(frozen=True)
class Shelf(Mapping[str, StoredMap]):
    """The dates of one control map; each is read when it is requested."""

    folder: Path
    days: tuple[str, ...]

    def __getitem__(self, day: str) -> StoredMap:
        """Return the map of a date. Raises KeyError; ControlError if its file is damaged or belongs elsewhere."""
        if day not in self.days:
            raise KeyError(day)
        path = self.folder / f"{day}.geojson"
        stored = read_own(path)
        if (stored.name, stored.as_of) != (self.folder.name, day):
            message = f"{path}: holds {stored.name} of {stored.as_of}; put it back there, or import its source again"
            raise ControlError("damaged", message)
        return stored

    def __iter__(self) -> Iterator[str]:
        return iter(self.days)

    def __len__(self) -> int:
        return len(self.days)

    def on(self, requested: str) -> StoredMap:
        """Return the last map on or before a date. Raises DateError that names the first."""
        return self[control_date(requested, self.days)]

    @cached_property
    def version(self) -> str:
        """A version that changes with every byte of every date."""
        total = hashlib.sha256()
        for day in self.days:
            total.update(day.encode())
            total.update(hashlib.sha256(read_bytes(self.folder / f"{day}.geojson")).digest())
        return total.hexdigest()


def check_name(name: str) -> str:
    """Return a name for a control map after checking it. Raises ControlError if it cannot be one."""
    if name == EMBEDDED:
        raise ControlError("name", f"--name {name}: is what the project's own control data is called; choose another")
    if name == LATEST or is_day(name):
        raise ControlError("name", f"--name {name}: means a day where a control map is asked for; choose another")
    if not NAME.fullmatch(name) or len(name) > LONGEST_NAME:
        raise ControlError(
            "name", f"--name '{name}': use lower-case letters, digits and hyphens, at most {LONGEST_NAME} characters"
        )
    return name
