"""Which signs the images can show: in SVG, PNG and PDF alike, or not at all.

A sign is a character, or a letter together with the marks above and below it.
"""

import re
from collections.abc import Iterator
from functools import lru_cache
from unicodedata import category, normalize

from webapp.errors import LimitError
from webapp.typography.fonts import typeface

UNSEEN = "\u00ad\u200b"  # a hyphen and a space that only allow a break: no form draws them
BREAKS = "\n\t\r"
LOOSE_SPACE = re.compile(r" +(?=[ .,;:)]|$)|(?<=\() +")
MISSING = "the fonts of the images have no {}; write it without"
MOST_LISTED = 8
KEPT = 4096


def check_words(name: str, words: str) -> None:
    """Refuse an option's text if it has characters that a format of the image cannot show; nothing is drawn.

    Parameters
    ----------
    name
        Name of the option.
    words
        Text of the option.

    Raises
    ------
    LimitError
        Lists the characters.
    FontError
        If the set-up has not made the fonts.
    """
    listed = _listed(words)
    if listed:
        raise LimitError(f"{name}: {MISSING.format(listed)}", "glyphs", field=name, signs=listed)


def sign_problem(words: str) -> str:
    """What is wrong with the signs of a text, or nothing. Raises FontError."""
    listed = _listed(words)
    return MISSING.format(listed) if listed else ""


def missing_signs(words: str) -> list[str]:
    """The signs of a text that not every form of an image can show, in their order. Raises FontError."""
    return [sign for sign in _signs(normalize("NFC", words)) if not _is_known(sign)]


@lru_cache(maxsize=KEPT)
def drawable(words: str) -> str:
    """Words from a file as images can show them: a sign that the fonts have not is left out. Raises FontError."""
    if words.isascii() and words.isprintable():
        return words
    composed = normalize("NFC", words)
    signs = list(_signs(composed))
    if all(map(_is_known, signs)):
        return composed
    return LOOSE_SPACE.sub("", "".join(sign if _is_known(sign) else _letter(sign) for sign in signs)).strip()


def _listed(words: str) -> str:
    missing = list(dict.fromkeys(missing_signs(words)))
    listed = ", ".join(f"'{one}' ({_codes(one)})" for one in missing[:MOST_LISTED])
    return f"{listed}, …" if len(missing) > MOST_LISTED else listed


def _signs(words: str) -> Iterator[str]:
    """Letters with their marks; a mark without a letter stands for itself."""
    sign = ""
    for character in words:
        if sign and category(character).startswith("M"):
            sign += character
            continue
        if sign:
            yield sign
        sign = character
    if sign:
        yield sign


def _is_known(sign: str) -> bool:
    face = typeface()
    if len(sign) > 1:
        return sign in face.clusters
    kind = category(sign)
    if kind in {"Cf", "Cc"}:
        return sign in UNSEEN or sign in BREAKS
    return ord(sign) in face.advances and not kind.startswith("M")


def _letter(sign: str) -> str:
    """What is left of a sign that cannot be shown: its letter where only the marks are too much."""
    return sign[0] if len(sign) > 1 and _is_known(sign[0]) else ""


def _codes(sign: str) -> str:
    return " ".join(f"U+{ord(one):04X}" for one in sign)
