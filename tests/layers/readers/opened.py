"""What opening a made file gives: the box that is held in it, or a refusal in one line."""

import time
from pathlib import Path

import geopandas
import pytest
import shapely

from layers.control.checks.names import CHECKS
from layers.errors import ControlError
from layers.readers import RawMap, read_control
from tests.layers.readers.made import collection, feature, polygon, square

BOX = shapely.box(35, 48, 36, 49)
HELD = feature(polygon(square()), status="held")
MAP = collection(HELD)


def refusal(path: Path) -> str:
    """The code and message of a refusal, which is one line that begins with the file, and soon there."""
    begun = time.monotonic()
    with pytest.raises(ControlError) as refused:
        read_control(path)
    message = str(refused.value)
    assert message.startswith(f"{path}: ")
    assert "\n" not in message
    assert refused.value.code in CHECKS
    assert time.monotonic() - begun < 10
    return f"{refused.value.code}: {message.removeprefix(f'{path}: ')}"


def codes(raw: RawMap) -> set[str]:
    return {finding.code for finding in raw.findings}


def is_box(raw: RawMap) -> bool:
    assert codes(raw) <= set(CHECKS)
    return shapely.union_all(raw.held).symmetric_difference(BOX).area < 1e-6


def written(path: Path, content: bytes) -> Path:
    path.write_bytes(content)
    return path


def frame(**columns: list[str]) -> geopandas.GeoDataFrame:
    return geopandas.GeoDataFrame(columns or {"status": ["held"]}, geometry=[BOX], crs=4326)
