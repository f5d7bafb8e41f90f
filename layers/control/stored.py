"""The project's own format of a control map: one feature per level, with its provenance.

A single map has the level ``held`` and, if its source has such a class, ``contested``; a combination of several has
``agreed``, ``majority`` and ``any``, like the included data.
"""

import hashlib
import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import shapely
from shapely.geometry.base import BaseGeometry

from geo.errors import ClausemapError
from geo.geojson import Feature, join_features, read_features, write_feature
from geo.overlay import multipolygon
from layers.control_map import LEVELS, ControlMap
from layers.dates import parse_date
from layers.errors import ControlError
from layers.reference.control_series import check_levels

MEMBER = "clausemap"
CONTESTED = "contested"
COMPARED = "compared_with"
HEAD_BYTES = 400
OWN = re.compile(rf'"{MEMBER}"\s*:\s*\{{'.encode())
SHA256 = re.compile(r"[0-9a-f]{64}")


@dataclass(frozen=True)
class StoredMap:
    """A control map in the project's own format.

    ``levels`` are polygons in degrees by level (``held``, or ``agreed``, ``majority`` and ``any``), ``contested`` what
    a single map gives to neither side; ``maps`` is how many were read; ``provenance`` has file name, sha256, format,
    classes, repairs and areas.
    """

    name: str
    as_of: str
    title: str
    maps: int
    edges: str
    levels: Mapping[str, BaseGeometry]
    contested: BaseGeometry | None
    provenance: Mapping[str, Any]

    @property
    def control(self) -> ControlMap:
        """The control map that zones are derived from."""
        return ControlMap(self.as_of, self.levels, self.citation, self.sha256, self.contested)

    @property
    def sha256(self) -> str:
        """The hash of the file that was read; for a combination, of its parts together."""
        return str(self.provenance["sha256"])

    @property
    def citation(self) -> str:
        """The source that figures name, without the date: name, title, file and hash, how many maps."""
        many = "one map, no interval" if self.maps == 1 else f"{self.maps} maps"
        entries = self.provenance.get("added", ())
        added = "".join(f", completed with {entry['title']} of {entry['as_of']}" for entry in entries)
        missing = ", ".join(self.provenance.get("missing", ()))
        many += f"; incomplete, without {missing}" if missing else ""
        return f"{self.name}: {self.title}{added} (sha256 {self.sha256[:12]}; {many})"


def own_bytes(stored: StoredMap) -> bytes:
    """Return a stored map as the bytes of its file."""
    shared = {"date": stored.as_of, "name": stored.name, "maps": stored.maps}
    grounds = dict(stored.levels)
    if stored.contested is not None:
        grounds[CONTESTED] = stored.contested
    features = [
        Feature(f"{stored.as_of}-{level}", {**shared, "level": level}, ground) for level, ground in grounds.items()
    ]
    about = {
        "name": stored.name,
        "as_of": stored.as_of,
        "title": stored.title,
        "maps": stored.maps,
        "edges": stored.edges,
        "provenance": dict(stored.provenance),
    }
    return join_features([write_feature(feature) for feature in features], {MEMBER: about})


def is_own(path: Path) -> bool:
    """Return whether a file begins like the project's own format; the rest of it is not read."""
    try:
        if not path.is_file():
            return False
        with path.open("rb") as file:
            return OWN.search(file.read(HEAD_BYTES)) is not None
    except OSError:
        return False


def read_own(path: Path) -> StoredMap:
    """Read a stored map. Raises ControlError that names the file and what is wrong with it."""
    try:
        about = json.loads(path.read_text(encoding="utf-8"))[MEMBER]
        grounds = {str(feature.properties["level"]): feature.geometry for feature in read_features(path)}
        contested = grounds.pop(CONTESTED, None)
        stored = StoredMap(levels=grounds, contested=contested, **about)
        parse_date(stored.as_of, ())
        _check(path, stored)
    except (OSError, ValueError, KeyError, TypeError, AttributeError, RecursionError, ClausemapError) as error:
        what = f"lacks {error}" if isinstance(error, KeyError) else str(error).removeprefix(f"{path}: ")
        message = f"{path}: not a control map as 'clausemap control import' writes it ({what}); import its source again"
        raise ControlError("damaged", message) from error
    return stored


def _check(path: Path, stored: StoredMap) -> None:
    _check_words(stored)
    for level, ground in stored.levels.items():
        if ground.geom_type not in {"Polygon", "MultiPolygon"}:
            raise ValueError(f"{level} is a {ground.geom_type}")
    if set(stored.levels) == {"held"} and stored.maps == 1:
        return
    if set(stored.levels) != set(LEVELS) or stored.maps == 1 or len(stored.provenance["titles"]) != stored.maps:
        raise ValueError(f"levels {', '.join(stored.levels)}, maps {stored.maps}")
    check_levels(path, stored.as_of, stored.levels)


def _check_words(stored: StoredMap) -> None:
    if type(stored.maps) is not int or stored.edges not in {"fill", "keep"}:
        raise ValueError(f"maps {stored.maps}, edges {stored.edges}")
    if not SHA256.fullmatch(stored.provenance["sha256"]):
        raise ValueError(f"sha256 {stored.provenance['sha256']}")


def added_entry(other: ControlMap) -> dict[str, Any]:
    """Return the provenance entry for a map that another one was completed with."""
    title, hashed, _ = other.citation.rpartition(" (sha256 ")
    title = title if hashed else other.citation.partition(" (")[0]
    return {"title": title, "as_of": other.as_of, "sha256": other.sha256}


def digest(parts: Mapping[str, str]) -> str:
    """Return one sha256 of several, by name."""
    joined = "\n".join(f"{name} {value}" for name, value in sorted(parts.items()))
    return hashlib.sha256(joined.encode()).hexdigest()


def rounded_ground(ground: BaseGeometry) -> shapely.MultiPolygon:
    """Return an area on the grid of 1e-6 degrees, as it is written, so that figures from memory and from file agree."""
    return multipolygon(shapely.set_precision(ground, 1e-6))
