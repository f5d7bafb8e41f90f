"""A workspace of made control maps: one map with ground that it gives to neither side, one completed, and three."""

from collections.abc import Callable
from datetime import date
from hashlib import sha256
from pathlib import Path

import pytest
import shapely
from shapely.geometry.base import BaseGeometry

from layers.build.workspace import build_chosen
from layers.control.selection import ControlChoice
from layers.control.stored import StoredMap
from layers.control.workspace import Workspace
from layers.labels import places
from layers.reference.study_data import StudyData

DAY, LATER = "2025-11-18", "2025-12-01"
LINE = [(40.3, 49.2), (38.4, 49.0), (37.0, 47.7), (35.0, 47.4), (33.0, 46.6), (32.4, 45.5)]
CORNERS = [(32.4, 44.2), (36.7, 44.2), (40.3, 47.5)]  # with the line around all towns held since 2014
ONE, COMPLETED, SEVERAL = "made", "short", "three"


def made_workspace(root: Path) -> Workspace:
    """Write the maps below a folder: two days of a single one, one of several, and a later one of a completed one."""
    workspace = Workspace(root)
    aside = _held(0.1).difference(_held(0.0))
    for day in (DAY, LATER):
        workspace.put(_stored(ONE, day, "Made Map", {"held": _held(0.0)}, aside))
    added = [{"title": "made: Made Map", "as_of": DAY, "sha256": "0" * 64, "pieces": []}]
    workspace.put(_stored(COMPLETED, LATER, "Short Map", {"held": _held(0.05)}, added=added))
    line = _held(0.0)
    levels = {"agreed": line & _held(-0.05), "majority": line, "any": line | _held(0.1)}
    workspace.put(_stored(SEVERAL, DAY, "A + B + C", levels, titles=["A", "B", "C"]))
    return workspace


def built_maps(workspace: Workspace) -> list[Path]:
    """Build all of its maps; their folders. Names stand on all where they do on the first, of about the same ground."""
    choices = (ControlChoice(workspace, control=name) for name in (ONE, COMPLETED, SEVERAL))
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(places, "label_places", _made_once(places.label_places))
        return [build_chosen(choice, today=date(2026, 1, 1), tell=lambda words: None) for choice in choices]


def _made_once(label: Callable[[StudyData], bytes]) -> Callable[[StudyData], bytes]:
    """The places of names on the first control map, for all that follow."""
    kept: list[bytes] = []

    def label_places(study: StudyData) -> bytes:
        if not kept:
            kept.append(label(study))
        return kept[0]

    return label_places


def _held(further: float) -> BaseGeometry:
    """Held ground whose line lies so many degrees further west and north."""
    return shapely.Polygon([*CORNERS, *((lon - further, lat + further) for lon, lat in LINE)])


def _stored(
    name: str,
    day: str,
    title: str,
    levels: dict[str, BaseGeometry],
    contested: BaseGeometry | None = None,
    **provenance: object,
) -> StoredMap:
    maps = len(levels)
    about = {"sha256": sha256(f"{name} {day}".encode()).hexdigest(), "compared_with": [], **provenance}
    return StoredMap(name, day, title, maps, "keep", levels, contested, about)
