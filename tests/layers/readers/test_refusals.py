"""What is refused while reading: before memory is spent, and with a message that begins with the file."""

import json
import zipfile
from pathlib import Path
from typing import Any

import geopandas
import pytest
import shapely

from layers.errors import ControlError
from layers.readers import read_control
from layers.readers.files import limits
from tests.layers.readers.made import collection, feature, kml, kml_polygon, polygon, saved, square

ENTITIES = '<!DOCTYPE kml [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;">]>'
GOOD = collection(feature(polygon(square())))
LEVELS = ("agreed", "majority", "any")
EMBEDDED = collection(*(feature(polygon(square()), date="2025-11-20", level=level, maps=3) for level in LEVELS))


def refusal(path: Path) -> str:
    with pytest.raises(ControlError) as refused:
        read_control(path)
    assert str(refused.value).startswith(f"{path}: ")
    return refused.value.code


@pytest.mark.parametrize(
    ("document", "code"),
    [
        ("", "unreadable"),
        ("   \n", "unreadable"),
        ("not a map", "unknown-format"),
        (json.dumps(GOOD)[:-30], "unreadable"),
        ("[" * 100_000, "unreadable"),
        ('{"a":' * 100_000, "unreadable"),
        ({"type": "Topology", "objects": {}}, "unknown-format"),
        ([1, 2], "unknown-format"),
        ({"areas": [[["a", "b"]]], "units": {}}, "unreadable"),
        (collection(feature({"type": "Polygon", "coordinates": [[[1], [2], [3], [4]]]})), "unreadable"),
        (collection(feature({"type": "Polygon", "coordinates": [["a"]]})), "unreadable"),
        (collection(feature({"type": "Polygon"})), "unreadable"),
        (collection("no feature"), "unreadable"),
        (EMBEDDED, "own-form"),
        (collection(*(feature(polygon(square()), date=f"2025-11-{day}") for day in (19, 20))), "several-days"),
        (collection(feature(polygon(square(3e6, 5e6, 1e5)))), "not-degrees"),
        (collection(feature(polygon(square(100, 100, 1)))), "not-degrees"),
        (collection(feature(polygon(square())), crs={"properties": {"name": "EPSG:999999"}}), "unknown-crs"),
        ('{"type":"Polygon","coordinates":[[[35,48],[36,48],[36,NaN],[35,48]]]}', "unreadable"),
        (collection(feature(polygon(square())), feature(polygon([[y, x] for x, y in square()]))), "swapped-axes"),
        ("<html><body>404</body></html>", "unknown-format"),
        (kml(kml_polygon(square()))[:-20], "unreadable"),
        (kml(kml_polygon(square())).replace("35.0", "x"), "unreadable"),
        (kml(kml_polygon(square()), head=ENTITIES), "xml-entities"),
        (kml(kml_polygon(square()), head="<!DOCTYPE kml SYSTEM 'http://example.org/a.dtd'>"), "xml-entities"),
        ("SQLite format 3\x00 and no more", "unreadable"),
    ],
)  # fmt: skip
def test_what_is_no_map_is_refused(tmp_path: Path, document: Any, code: str) -> None:
    assert refusal(saved(tmp_path, document)) == code


def test_a_missing_file_and_a_folder(tmp_path: Path) -> None:
    assert refusal(tmp_path / "none.json") == "unreadable"
    assert refusal(tmp_path) == "unreadable"


def test_binary_noise(tmp_path: Path) -> None:
    for number, content in enumerate(
        (b"\x00\x00\x27\x0a" + b"\x00" * 40, b"PK\x03\x04" + b"\x00" * 40, bytes(range(256)))
    ):
        path = tmp_path / f"{number}.bin"
        path.write_bytes(content)
        assert refusal(path) in {"unreadable", "unknown-format"}


def test_too_large_is_seen_before_it_is_parsed(tmp_path: Path) -> None:
    path = tmp_path / "large.geojson"
    with path.open("wb") as file:
        file.truncate(limits.MOST_BYTES + 1)  # a hole in the file, which takes no room
    assert refusal(path) == "too-large"


def test_too_many_vertices(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "MOST_VERTICES", 4)
    assert refusal(saved(tmp_path, GOOD)) == "too-many-vertices"
    assert refusal(saved(tmp_path, kml(kml_polygon(square())), "a.kml")) == "too-many-vertices"
    geopandas.GeoDataFrame(geometry=[shapely.box(35, 48, 36, 49)], crs=4326).to_file(tmp_path / "a.gpkg")
    assert refusal(tmp_path / "a.gpkg") == "too-many-vertices"
    monkeypatch.setattr(limits, "MOST_OBJECTS", 1)
    monkeypatch.setattr(limits, "MOST_VERTICES", 1000)
    assert refusal(saved(tmp_path, GOOD)) == "too-large"


def zipped(path: Path, members: dict[str, bytes]) -> Path:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return path


def test_zip_bombs(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    good = json.dumps(GOOD).encode()
    assert read_control(zipped(tmp_path / "good.zip", {"a.geojson": good})).format == "geojson"
    assert refusal(zipped(tmp_path / "many.zip", {f"{n}.txt": b"" for n in range(1001)})) == "zip-bomb"
    inner = zipped(tmp_path / "inner.zip", {"a.geojson": good}).read_bytes()
    assert refusal(zipped(tmp_path / "nested.zip", {"inner.zip": inner})) == "zip-bomb"
    assert refusal(zipped(tmp_path / "two.zip", {"a.json": good, "b.json": good})) == "unknown-format"
    monkeypatch.setattr("layers.readers.archives.MOST_BYTES", 50_000)
    assert refusal(zipped(tmp_path / "large.zip", {"a.geojson": b"{" + b" " * 60_000})) == "zip-bomb"
    halves = {"a.geojson": b"{" + b" " * 30_000, "b.txt": b" " * 30_000}
    assert refusal(zipped(tmp_path / "halves.zip", halves)) == "zip-bomb"


def test_a_zip_whose_header_lies_about_its_size(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = zipped(tmp_path / "lies.zip", {"a.geojson": b"{" + b" " * 60_000})
    content = path.read_bytes().replace((60_001).to_bytes(4, "little"), (10).to_bytes(4, "little"))
    path.write_bytes(content)
    monkeypatch.setattr("layers.readers.archives.MOST_BYTES", 50_000)
    assert refusal(path) in {"zip-bomb", "unreadable"}


def test_several_layers(tmp_path: Path) -> None:
    frame = geopandas.GeoDataFrame(geometry=[shapely.box(35, 48, 36, 49)], crs=4326)
    for layer in ("held", "free"):
        frame.to_file(tmp_path / "a.gpkg", layer=layer)
    assert refusal(tmp_path / "a.gpkg") == "several-layers"


def test_reading_shows_progress(tmp_path: Path) -> None:
    seen: list[tuple[str, int, int]] = []
    document = collection(*(feature(polygon(square())) for _ in range(3)))
    read_control(saved(tmp_path, document), progress=lambda *step: seen.append(step))
    assert {label for label, _, _ in seen} == {"Reading", "Measuring"}
    assert all(0 <= done <= total for _, done, total in seen)
