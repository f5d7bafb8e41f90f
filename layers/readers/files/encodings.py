"""Text in any encoding as UTF-8 without a byte-order mark, which is what the parsers are given."""

import codecs
import re
from pathlib import Path

from layers.errors import ControlError
from layers.findings import Finding
from layers.readers.files.cyrillic import encoding_of, reads_as_utf8

MARKS = (
    (codecs.BOM_UTF32_LE, "utf-32-le"), (codecs.BOM_UTF32_BE, "utf-32-be"), (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le"), (codecs.BOM_UTF16_BE, "utf-16-be"),
)  # fmt: skip
# what the first character, which is ASCII, looks like without a mark
PATTERNS = (
    (re.compile(rb"[\x09-\x7e]\x00\x00\x00"), "utf-32-le"), (re.compile(rb"\x00\x00\x00[\x09-\x7e]"), "utf-32-be"),
    (re.compile(rb"[\x09-\x7e]\x00[\x09-\x7e]\x00"), "utf-16-le"),
    (re.compile(rb"\x00[\x09-\x7e]\x00[\x09-\x7e]"), "utf-16-be"),
)  # fmt: skip
DECLARATION = re.compile(rb"\s*<\?xml[^>]*?\?>")
DECLARED = re.compile(rb"encoding\s*=\s*[\"']([A-Za-z][\w.:-]*)[\"']")
WIDE = re.compile(r"(utf|ucs|iso-10646).?(16|32|2|4)", re.IGNORECASE)


def as_utf8(path: Path, content: bytes) -> tuple[bytes, list[Finding]]:
    """Return text as UTF-8 without byte-order mark and XML declaration, and findings about its encoding.

    Parameters
    ----------
    path
        Path of the file, for error messages.
    content
        Bytes of the file.

    Raises
    ------
    ControlError
        ``unreadable`` if its encoding is not known.
    """
    name = _told_by_bytes(content)
    if name is None:
        return _of_one_byte(path, content)
    if name != "utf-8":
        content = _recoded(path, content, name)
    return _without_declaration(content.removeprefix(codecs.BOM_UTF8)), []


def _told_by_bytes(content: bytes) -> str | None:
    for mark, name in MARKS:
        if content.startswith(mark):
            return name
    return next((name for pattern, name in PATTERNS if pattern.match(content)), None)


def _of_one_byte(path: Path, content: bytes) -> tuple[bytes, list[Finding]]:
    """Text without a mark: in the encoding that XML declares, in UTF-8, or in that in which it reads as Ukrainian."""
    declared = _declared(content)
    if declared and codecs.lookup(declared).name != "utf-8" and not content.isascii():
        return _without_declaration(_recoded(path, content, declared)), []
    rest = _without_declaration(content)
    try:
        rest.decode("utf-8")
    except UnicodeDecodeError as error:
        if reads_as_utf8(rest):
            message = f"{path}: text with bytes that are no UTF-8 ({error.start:,} bytes in); damaged, get it again"
            raise ControlError("unreadable", message) from error
    else:
        return rest, []
    name = encoding_of(rest)
    told = Finding("guessed-encoding", "told", f"text that is no UTF-8 and names no encoding; read as {name}")
    return rest.decode(name, "replace").encode(), [told]


def _declared(content: bytes) -> str | None:
    """The encoding that XML declares; UTF-16 is never that of bytes which can be read without it."""
    declaration = DECLARATION.match(content[:400])
    found = DECLARED.search(declaration.group()) if declaration else None
    name = found.group(1).decode() if found else ""
    if not name or WIDE.search(name):
        return None
    try:
        return name if codecs.lookup(name)._is_text_encoding else None
    except LookupError:
        return None


def _recoded(path: Path, content: bytes, name: str) -> bytes:
    try:
        return content.decode(name).encode()
    except UnicodeError as error:
        message = f"{path}: text in {name.upper()} that is cut off or damaged; get it again"
        raise ControlError("unreadable", message) from error


def _without_declaration(content: bytes) -> bytes:
    declaration = DECLARATION.match(content[:400])
    return content[declaration.end() :] if declaration else content
