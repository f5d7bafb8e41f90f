"""Layers that all proposals and dates share: the surroundings of the zones, the base map, the places of labels."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import TYPE_CHECKING, Protocol

from layers.products.media_types import GEOJSON, JSON, is_text
from layers.text.languages import Languages

if TYPE_CHECKING:
    from layers.places.gazetteer import Place
    from layers.places.index import IndexedPlace
    from layers.products.display import Screen
    from layers.reference.reference_data import ReferenceData
    from layers.reference.study_data import StudyData

CONTEXT = "context"
DISPLAY = "display"
LABELS = "labels"
CONTEXT_LAYERS = ("oblasts", "neighbours", "abroad", "sea", "hydrography", "towns")


class SharedSetting(Protocol):
    """What the shared layers are written from: the territory, how a screen draws it, and the towns on it."""

    @property
    def study(self) -> "StudyData":
        """The control maps, with the territory."""

    @property
    def reference(self) -> "ReferenceData":
        """Oblasts, neighbours, sea and rivers."""

    @property
    def screen(self) -> "Screen":
        """The same with the vertices that a screen can show."""

    @property
    def places(self) -> "Sequence[Place]":
        """The towns."""

    @property
    def index(self) -> "Sequence[IndexedPlace]":
        """Every place that a search finds."""


@dataclass(frozen=True)
class SharedProduct:
    """A layer that is the same for all editions; ``path`` is below the root of a build, and its URL after a slash."""

    path: str
    media_type: str
    write: Callable[[SharedSetting], bytes]

    @property
    def folder(self) -> str:
        """The folder that it is in: ``context``, or ``display`` for what the map in a browser draws."""
        return self.path.split("/")[0]

    @property
    def name(self) -> str:
        """Its name without folder and ending."""
        return PurePosixPath(self.path).stem

    @property
    def filename(self) -> str:
        """The name of a download."""
        return PurePosixPath(self.path).name

    @property
    def ending(self) -> str:
        """The ending of its URL, with the dot."""
        return PurePosixPath(self.path).suffix

    @property
    def is_text(self) -> bool:
        """Whether it is text, which is compressed for those who accept that."""
        return is_text(self.media_type)


def shared_products(languages: Languages) -> dict[str, SharedProduct]:
    """Return all shared layers by path: those around the zones, and for screens the base map and towns by language."""
    rows = (
        *(SharedProduct(f"{CONTEXT}/{name}.geojson", GEOJSON, _writes_context(name)) for name in CONTEXT_LAYERS),
        SharedProduct(f"{DISPLAY}/ground.geojson", GEOJSON, write_ground),
        SharedProduct(f"{DISPLAY}/places.json", JSON, write_places),
        SharedProduct(f"{DISPLAY}/{LABELS}.json", JSON, write_labels),
        *(SharedProduct(f"{DISPLAY}/towns-{tag}.json", JSON, _writes_towns(tag)) for tag in languages.tags),
    )
    return {row.path: row for row in rows}


def shared_endings(folder: str, languages: Languages) -> tuple[str, ...]:
    """Return the endings of the shared layers in a folder, with the dot.

    Parameters
    ----------
    folder
        ``context`` or ``display``.
    languages
        Languages of the build, each with a layer of towns.
    """
    return tuple(dict.fromkeys(row.ending for row in shared_products(languages).values() if row.folder == folder))


def write_ground(setting: SharedSetting) -> bytes:
    """The base map as GeoJSON for screens."""
    from layers.products.display import ground_layer

    return ground_layer(setting.reference, setting.screen)


def write_places(setting: SharedSetting) -> bytes:
    """The places that a search finds, in all languages."""
    from layers.places.index import places_json

    return places_json(setting.index, setting.reference)


def write_labels(setting: SharedSetting) -> bytes:
    """Where names of zones stand, as JSON."""
    from layers.labels.places import label_places

    return label_places(setting.study)


def _writes_context(name: str) -> Callable[[SharedSetting], bytes]:
    def write(setting: SharedSetting) -> bytes:
        from layers.products.context import context_layer

        return context_layer(name, setting.reference, setting.places)

    return write


def _writes_towns(tag: str) -> Callable[[SharedSetting], bytes]:
    def write(setting: SharedSetting) -> bytes:
        from layers.places.gazetteer import towns_for_screens

        return towns_for_screens(setting.places, tag)

    return write
