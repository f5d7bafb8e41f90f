"""Made control maps: small, with one thing wrong or strange in each."""

import json
import zipfile
from pathlib import Path
from typing import Any

Ring = list[list[float]]


def square(west: float = 35.0, south: float = 48.0, size: float = 1.0) -> Ring:
    """A ring that runs counterclockwise."""
    east, north = west + size, south + size
    return [[west, south], [east, south], [east, north], [west, north], [west, south]]


def polygon(*rings: Ring) -> dict[str, Any]:
    """A polygon of rings, the outer one first."""
    return {"type": "Polygon", "coordinates": [*rings]}


def feature(geometry: Any, **properties: Any) -> dict[str, Any]:
    """A feature."""
    return {"type": "Feature", "properties": properties, "geometry": geometry}


def collection(*features: Any, **members: Any) -> dict[str, Any]:
    """A FeatureCollection."""
    return {"type": "FeatureCollection", "features": [*features], **members}


def saved(folder: Path, document: Any, name: str = "map.geojson") -> Path:
    """A document as a file; text as it is, everything else as JSON."""
    path = folder / name
    path.write_text(document if isinstance(document, str) else json.dumps(document, ensure_ascii=False), "utf-8")
    return path


def kml(*placemarks: str, head: str = "") -> str:
    """A KML document of placemarks."""
    body = "".join(f"<Placemark>{placemark}</Placemark>" for placemark in placemarks)
    return f"<?xml version='1.0'?>{head}<kml><Document><Folder><name>all</name>{body}</Folder></Document></kml>"


def kml_polygon(ring: Ring) -> str:
    """A polygon in KML, with heights."""
    text = " ".join(f"{lon},{lat},0" for lon, lat in ring)
    outer = f"<outerBoundaryIs><LinearRing><coordinates>\n{text}\n</coordinates></LinearRing></outerBoundaryIs>"
    return f"<Polygon>{outer}</Polygon>"


def zipped(path: Path, members: dict[str, bytes]) -> Path:
    """A zip of members."""
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return path
