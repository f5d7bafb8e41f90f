"""The encoding of the table of a Shapefile: by its .cpg, by its header, else by what reads as Ukrainian."""

import codecs
import re

from layers.readers.files.cyrillic import encoding_of, reads_as_utf8

HEAD = 32
LANGUAGE_AT = 29
# what ArcGIS, QGIS and FoxPro write there; 0x57 stands for whatever the machine had, and says nothing
LANGUAGES = {
    0x01: "cp437", 0x02: "cp850", 0x03: "cp1252", 0x1F: "cp852", 0x26: "cp866", 0x64: "cp852", 0x65: "cp866",
    0x87: "cp852", 0x96: "mac-cyrillic", 0xC8: "cp1250", 0xC9: "cp1251", 0xCA: "cp1254",
}  # fmt: skip
PAGES = {"65001": "utf-8", "20866": "koi8-r", "21866": "koi8-u", "88591": "latin-1", "88595": "iso8859-5"}


def encoding_of_table(table: bytes, code_page: bytes | None) -> tuple[str, bool]:
    """Return the encoding of a DBF, as Python names it, and whether it had to be guessed.

    Parameters
    ----------
    table
        Bytes of the ``.dbf``.
    code_page
        Bytes of the ``.cpg`` beside it; None if there is none.
    """
    words = table[HEAD:]
    if words.isascii():
        return "utf-8", False
    language = table[LANGUAGE_AT] if len(table) > LANGUAGE_AT else 0
    stated = _named(code_page) if code_page is not None else LANGUAGES.get(language)
    if stated is not None and (stated != "utf-8" or reads_as_utf8(words)):
        return stated, False
    return encoding_of(words), True


def _named(code_page: bytes) -> str | None:
    """The encoding that a .cpg names: ``UTF-8``, ``windows-1251``, ``1251``, ``ANSI 1251``, ``OEM 866``, ``88591``."""
    name = code_page.decode("latin-1").removeprefix("ï»¿").strip("\x00 \t\r\n")
    number = re.search(r"\d{3,5}", name.replace("-", "") if "8859" in name else name)
    for one in (name, *([PAGES.get(number.group(), f"cp{number.group()}")] if number else ())):
        try:
            return codecs.lookup(one).name
        except (LookupError, ValueError):
            continue
    return None
