"""What a file is that is not a readable map: recognised by its content, with what to do about it."""

import re
from collections.abc import Iterable, Mapping
from pathlib import Path

from layers.errors import ControlError

KNOWN = (
    "DeepState (mirror, dump or its API), UA Control Map, NZZ, ISW, KML or KMZ, GeoJSON (also by lines), TopoJSON, "
    "Esri JSON, GeoPackage, Shapefile, File Geodatabase, FlatGeobuf and GeoParquet (also zipped or by gzip)"
)
AS_GEOJSON = "save it as GeoJSON or GeoPackage"
IN_QGIS = "open it in QGIS and save its polygons as GeoJSON or GeoPackage"
NO_DATA = "polygons are needed, ask for the data that it was made of"
UNPACK = "unpack it and give the map in it"
NOT_IT = "get the file itself"
HEAD = 4096

# what bytes begin with
BEGINNINGS: tuple[tuple[bytes, str, str], ...] = (
    (b"%PDF", "a PDF", NO_DATA),
    (b"%!PS", "PostScript", NO_DATA),
    (b"\x89PNG", "a picture (PNG)", NO_DATA),
    (b"\xff\xd8\xff", "a picture (JPEG)", NO_DATA),
    (b"GIF8", "a picture (GIF)", NO_DATA),
    (b"RIFF", "a picture or sound (WebP, WAV)", NO_DATA),
    (b"BM", "a picture (BMP)", NO_DATA),
    (b"II*\x00", "a picture or grid (TIFF, GeoTIFF)", NO_DATA),
    (b"MM\x00*", "a picture or grid (TIFF, GeoTIFF)", NO_DATA),
    (b"II+\x00", "a picture or grid (BigTIFF)", NO_DATA),
    (b"MM\x00+", "a picture or grid (BigTIFF)", NO_DATA),
    (b"\x89HDF", "a grid (HDF5, NetCDF)", NO_DATA),
    (b"CDF", "a grid (NetCDF)", NO_DATA),
    (b"GRIB", "a grid (GRIB)", NO_DATA),
    (b"LASF", "a point cloud (LAS)", NO_DATA),
    (b"PMTiles", "PMTiles, which holds pieces of a map", NO_DATA),
    (b"7z\xbc\xaf\x27\x1c", "a 7z archive", UNPACK),
    (b"Rar!\x1a\x07", "a RAR archive", UNPACK),
    (b"MSCF", "a CAB archive", UNPACK),
    (b"\x28\xb5\x2f\xfd", "packed by Zstandard", UNPACK),
    (b"\x1f\x9d", "packed by compress (.Z)", UNPACK),
    (b"\x04\x22\x4d\x18", "packed by LZ4", UNPACK),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "an old Office file (doc, xls)", NO_DATA),
    (b"{\\rtf", "a text document (RTF)", NO_DATA),
    (b"AutoCAD Binary DXF", "a drawing (DXF)", IN_QGIS),
    (b"AC10", "a drawing (DWG)", IN_QGIS),
    (b"ARROW1", "Arrow (Feather)", AS_GEOJSON),
    (b"Obj\x01", "Avro", AS_GEOJSON),
    (b"\x37\x7f\x06", "the -wal of a database", "name the .gpkg beside it"),
    (b"\xd9\xd5\x05\xf9\x20\xa1\x63\xd7", "the -journal of a database", "name the .gpkg beside it"),
    (b"\x00\x05\x16\x07", "what macOS keeps about a file (its name begins with ._)", NOT_IT),
    (b"bplist", "a property list of macOS", NOT_IT),
    (b"MZ", "a program", NOT_IT),
    (b"\x7fELF", "a program", NOT_IT),
    (b"!<arch>", "an archive of programs", NOT_IT),
    (b"X\n\x00\x00", "an R data file", "write it with sf::st_write as GeoJSON"),
    (b"RDX", "an R data file", "write it with sf::st_write as GeoJSON"),
    (b"\x80\x04", "a Python pickle", "write it with to_file as GeoJSON"),
    (b"\x80\x05", "a Python pickle", "write it with to_file as GeoJSON"),
)
# what text begins with
TEXTS: tuple[tuple[str, str, str], ...] = (
    (r"version https://git-lfs", "a pointer of Git LFS, not the file", "fetch the file with 'git lfs pull'"),
    (
        r"(SRID=\d+;)?\s*(MULTI(POLYGON|SURFACE)|(CURVE)?POLYGON|GEOMETRYCOLLECTION|MULTILINESTRING|LINESTRING|POINT)"
        r"\s*(Z|M|ZM)?\s*(\(|EMPTY)", "WKT", AS_GEOJSON,
    ),
    (r"0[01](0[36]0000[02]0|[02]00000[36])[0-9a-f]{16}", "WKB in hexadecimal digits", AS_GEOJSON),
    (r"\s*(999\r?\n.*\r?\n\s*)*0\r?\n\s*SECTION\r?\n", "a drawing (DXF)", IN_QGIS),
    (r"!table\b", "the head of a MapInfo table", IN_QGIS),
    (r"Version\s+\d+\s*\r?\nCharset", "MapInfo (MIF)", IN_QGIS),
    (r"# @VGMT", "GMT", IN_QGIS),
    (r"ncols\s+\d+", "a grid (ASCII)", NO_DATA),
    (r"\[InternetShortcut\]", "a link to a web page", "open it and download the file"),
    (r"(GEOGCS|PROJCS|GEOGCRS|PROJCRS|COMPD_CS)\[", "the .prj of a Shapefile", "name the .shp beside it"),
    (r"(UTF-?8|ISO[ -]?8859-\d+|(CP|ANSI |OEM |windows-)?\d{3,5})\s*$", "the .cpg of a Shapefile",
     "name the .shp beside it"),
    (r"@prefix\b|PREFIX\s", "RDF (Turtle)", AS_GEOJSON),
    (r"(var|let|const|window|export|module|define|self)\b[^\n]*[=({]", "a script (JavaScript)",
     "keep only the JSON in it, from the first { to its last }"),
    (r"[\w.$]+\s*[=(]\s*[{\[]", "a script (JavaScript)", "keep only the JSON in it, from the first { to its last }"),
    (r"%YAML|---\r?\n", "YAML", AS_GEOJSON),
    (r"(type|features)\s*:\s", "YAML", AS_GEOJSON),
)  # fmt: skip
TEXT_RULES = tuple((re.compile(pattern, re.IGNORECASE), what, advice) for pattern, what, advice in TEXTS)
TABLE = re.compile(r"[^\n{}<>]*[,;\t|][^\n{}<>]*\r?\n")
WKT_WITHIN = re.compile(r"(POLYGON|GEOMETRYCOLLECTION)\s*Z?M?\s*\(|\b0[01]0[36]0000", re.IGNORECASE)
GEOJSON_WITHIN = re.compile(r'""?(type|coordinates)""?\s*:')
# the outermost element of XML
WEB_PAGE = "a web page (HTML), perhaps the server's word that something went wrong"
ERROR = "an error message of a server"
XML_PROLOG = re.compile(r"\s*(<\?.*?\?>|<!--.*?-->|<!DOCTYPE[^>\[]*(\[.*?\])?[^>]*>)", re.DOTALL | re.IGNORECASE)
ROOT = re.compile(r"\s*<(?:[\w.-]+:)?([A-Za-z_][\w.-]*)")
PAGE_TAGS = (
    "html", "head", "body", "title", "meta", "script", "style", "div", "p", "br", "b", "pre", "h1", "h2", "font",
    "table", "center", "link", "a", "span", "section",
)  # fmt: skip
ROOTS: Mapping[str, tuple[str, str]] = {
    **dict.fromkeys(PAGE_TAGS, (WEB_PAGE, "open it in a browser and download the file itself")),
    **dict.fromkeys(
        (
            "serviceexceptionreport",
            "exceptionreport",
            "serviceexception",
            "error",
            "errorresponse",
            "fault",
            "envelope",
        ),
        (ERROR, "ask it again"),
    ),
    "gpx": ("GPX, which holds tracks and points", NO_DATA),
    "osm": ("OpenStreetMap data", IN_QGIS),
    "osmchange": ("OpenStreetMap data", IN_QGIS),
    "featurecollection": ("GML", IN_QGIS),
    "wfs_capabilities": ("a list of a server's layers", "fetch a layer as GeoJSON"),
    "wms_capabilities": ("a list of a server's layers", "fetch a layer as GeoJSON"),
    "capabilities": ("a list of a server's layers", "fetch a layer as GeoJSON"),
    "schema": ("a schema of XML", "name the map that it belongs to"),
    "svg": ("a picture (SVG)", NO_DATA),
    "qgis": ("a QGIS project or style", "export the layer itself as GeoJSON or GeoPackage"),
    "styledlayerdescriptor": ("a style (SLD)", "name the map that it belongs to"),
    "ogrvrtdatasource": ("a virtual layer of GDAL", AS_GEOJSON),
    "md_metadata": ("metadata", "name the map that they belong to"),
    "metadata": ("metadata", "name the map that they belong to"),
    "rss": ("a news feed", NO_DATA),
    "feed": ("a news feed", NO_DATA),
    "plist": ("a property list of macOS", NOT_IT),
    "collada": ("a model (COLLADA)", NO_DATA),
    "citymodel": ("CityGML", IN_QGIS),
    "landxml": ("LandXML", IN_QGIS),
    "document": ("an Office document", NO_DATA),
    "workbook": ("a spreadsheet", NO_DATA),
}
OFFICE = ("[Content_Types].xml", "mimetype")


def check_kind(path: Path, content: bytes) -> None:
    """Refuse bytes that are known to be of another format than those read, such as a picture.

    Parameters
    ----------
    path
        Path of the file, for error messages.
    content
        Bytes of the file.

    Raises
    ------
    ControlError
        ``unknown-format``.
    """
    found = _by_beginning(content) or _by_structure(content)
    if found:
        raise not_read(path, *found)


def check_text(path: Path, content: bytes) -> None:
    """Refuse text that is known to be of another format than those read, such as HTML.

    Parameters
    ----------
    path
        Path of the file, for error messages.
    content
        The text, in UTF-8.

    Raises
    ------
    ControlError
        ``unknown-format``.
    """
    head = content[:HEAD].decode("utf-8", "ignore").lstrip("\ufeff \t\r\n")
    found = _by_words(head) if not head.startswith("<") else _by_root(content)
    if found:
        raise not_read(path, *found)


def check_members(path: Path, names: Iterable[str]) -> None:
    """Refuse a zip that is an Office document or a project of a GIS.

    Parameters
    ----------
    path
        Path of the file, for error messages.
    names
        Names of its files.

    Raises
    ------
    ControlError
        ``unknown-format``.
    """
    listed = list(names)
    if any(name in OFFICE for name in listed):
        raise not_read(path, "an Office document (docx, xlsx, odt)", NO_DATA)
    if any(name.endswith((".qgs", ".aprx", ".mxd")) for name in listed) and len(listed) < 4:
        raise not_read(path, "a project, which only points to its layers", "export the layer as GeoJSON or GeoPackage")


def not_read(path: Path, what: str, advice: str) -> ControlError:
    """Return the error for a file that is sound, but of a format that is not read.

    Parameters
    ----------
    path
        Path of the file, for error messages.
    what
        What the file is, such as "a picture".
    advice
        What to do instead, such as "export the layer as GeoJSON".
    """
    return ControlError("unknown-format", f"{path}: is {what}; {advice}")


def root_of(content: bytes) -> str:
    """The name of the outermost element of XML, in lower case and without prefix."""
    text = content[: 16 * HEAD].decode("utf-8", "ignore").lstrip("\ufeff")
    while prolog := XML_PROLOG.match(text):
        if "html" in prolog.group()[:20].casefold():
            return "html"
        text = text[prolog.end() :]
    found = ROOT.match(text)
    return found.group(1).casefold() if found else ""


def _by_beginning(content: bytes) -> tuple[str, str] | None:
    return next(((what, advice) for magic, what, advice in BEGINNINGS if content.startswith(magic)), None)


def _by_structure(content: bytes) -> tuple[str, str] | None:
    if content[257:262] == b"ustar":
        return "a tar archive", UNPACK
    if b"OSMHeader" in content[:32]:
        return "OpenStreetMap data (PBF)", IN_QGIS
    if content.startswith(b"\x00\x00\x27\x0a") and content[100:104] == b"\x00\x00\x00\x32":
        return "the .shx of a Shapefile", "name the .shp beside it"
    if _is_table(content):
        return "the .dbf of a Shapefile", "name the .shp beside it"
    return None


def _is_table(content: bytes) -> bool:
    """Whether bytes are a DBF: a version, a day, and a head whose length fits whole columns."""
    if len(content) < 33 or content[0] not in {0x03, 0x04, 0x05, 0x30, 0x31, 0x83, 0x8B, 0xF5}:
        return False
    head = int.from_bytes(content[8:10], "little")
    return content[2] <= 12 and content[3] <= 31 and head > 32 and content[head - 1 : head] in {b"\r", b"\x00"}


def _by_words(head: str) -> tuple[str, str] | None:
    for pattern, what, advice in TEXT_RULES:
        if pattern.match(head):
            return what, advice
    if head[:1] not in "{[\x1e" and TABLE.match(head):
        if WKT_WITHIN.search(head) or GEOJSON_WITHIN.search(head):
            return "a table (CSV) with geometries", "add it to QGIS as delimited text and save it as GeoJSON"
        return "a table (CSV)", NO_DATA
    return None


def _by_root(content: bytes) -> tuple[str, str] | None:
    return ROOTS.get(root_of(content))
