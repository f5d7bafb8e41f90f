"""Ukraine and its towns, and a way from a made document to a cleaned map."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import shapely
from shapely.geometry.base import BaseGeometry

from layers.control.checks.cleaning import CleanMap, clean
from layers.readers import read_control
from layers.reference.reference_data import load_reference_data
from tests.layers.readers.made import saved

Cleaning = Callable[..., CleanMap]


@pytest.fixture(scope="session")
def ukraine() -> BaseGeometry:
    """All oblasts of the embedded outlines as one."""
    return load_reference_data().ukraine


@pytest.fixture
def cleaned(tmp_path: Path, ukraine: BaseGeometry) -> Cleaning:
    """Save a document, read it, clean it."""

    def run(document: Any, name: str = "map.geojson") -> CleanMap:
        return clean(read_control(saved(tmp_path, document, name)), ukraine)

    return run


def is_sound(ground: shapely.MultiPolygon) -> bool:
    """Valid, two-dimensional, with right-hand rings."""
    right = all(part.exterior.is_ccw and not any(ring.is_ccw for ring in part.interiors) for part in ground.geoms)
    return bool(ground.is_valid and not ground.has_z and right)
