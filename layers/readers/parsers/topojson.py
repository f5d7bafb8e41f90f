"""TopoJSON: polygons made of shared arcs."""

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np

from layers.readers.document import Item
from layers.readers.files.limits import check_vertices
from layers.readers.shapes import ReadShape, joined, polygon_shape


class _Arcs:
    """The arcs of a topology as positions, and how many of them polygons have used."""

    def __init__(self, path: Path, topology: Mapping[str, Any]) -> None:
        transform = topology.get("transform")
        self.path = path
        self.used = 0
        self.arcs = [_positions(arc, transform) for arc in topology.get("arcs", ())]

    def polygon(self, rings: Sequence[Sequence[int]]) -> ReadShape:
        return polygon_shape([self._ring(references) for references in rings])

    def _ring(self, references: Sequence[int]) -> np.ndarray:
        pieces = []
        for place, reference in enumerate(references):
            if type(reference) is not int:
                raise ValueError("an arc is named by no number")
            arc = self.arcs[reference] if reference >= 0 else self.arcs[~reference][::-1]
            pieces.append(arc[1:] if place else arc)
            self.used += len(arc)
            check_vertices(self.path, self.used)  # arcs may be used again and again
        return np.concatenate(pieces) if pieces else np.empty((0, 2))


def layers_of(path: Path, topology: Mapping[str, Any]) -> dict[str, list[Item]]:
    """Return the features of each object of a topology by its name.

    Parameters
    ----------
    path
        Path of the file, for error messages.
    topology
        The parsed TopoJSON.

    Returns
    -------
    Features of each object by its name, geometries as the file has them.

    Raises
    ------
    ControlError
        ``too-many-vertices``.
    ValueError, KeyError, TypeError, IndexError
        If it is damaged.
    """
    arcs = _Arcs(path, topology)
    return {str(name): list(_items(arcs, geometry)) for name, geometry in topology["objects"].items()}


def _items(arcs: _Arcs, geometry: Any) -> Iterator[Item]:
    """A geometry as a feature; of a collection, each of its members."""
    if isinstance(geometry, ReadShape):  # points and lines that need no arcs
        yield Item({}, geometry)
    elif geometry.get("type") == "GeometryCollection":
        for member in geometry["geometries"]:
            for item in _items(arcs, member):
                yield Item({**_properties(geometry), **item.properties}, item.shape)
    else:
        yield Item(_properties(geometry), _shape(arcs, geometry))


def _properties(geometry: Mapping[str, Any]) -> dict[str, Any]:
    properties = geometry.get("properties")
    return dict(properties) if isinstance(properties, dict) else {}


def _shape(arcs: _Arcs, geometry: Mapping[str, Any]) -> ReadShape | None:
    kind = geometry.get("type")
    if kind == "Polygon":
        return arcs.polygon(geometry["arcs"])
    if kind == "MultiPolygon":
        return joined("MultiPolygon", [arcs.polygon(rings) for rings in geometry["arcs"]])
    return None if kind is None else ReadShape(str(kind), passed_over=1)


def _positions(arc: Any, transform: Any) -> np.ndarray:
    if any(value is True or value is False for position in arc for value in position):
        raise ValueError("a coordinate is no number")
    try:
        positions = np.array([position[:2] for position in arc], dtype=float).reshape(-1, 2)
    except OverflowError as error:
        raise ValueError("a coordinate is no number") from error
    if not isinstance(transform, dict):
        return positions
    moved: np.ndarray = np.cumsum(positions, axis=0) * np.array(transform["scale"]) + np.array(transform["translate"])
    return moved
