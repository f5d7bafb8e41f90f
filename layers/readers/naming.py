"""Names made of a file's name: that of its series in a workspace, and the title under which it is cited.

Two files with different names have different series, whatever alphabet they are written in; what only differs in the
day is one series.
"""

import re
from collections.abc import Mapping
from hashlib import sha256
from pathlib import PurePath
from types import MappingProxyType
from unicodedata import category, normalize
from unicodedata import name as name_of_sign

from layers.dates import LATEST, is_day
from layers.embedded import EMBEDDED
from layers.readers.dates.spellings import spellings_in

NAMELESS = "control"
LONGEST = 40
LONGEST_TITLE = 80
HASH_DIGITS = 6
SCRIPTS = ("LATIN", "CYRILLIC", "CJK", "HIRAGANA", "KATAKANA", "FULLWIDTH", "MODIFIER LETTER")  # that texts are set in
TEXT = ("L", "M", "N", "P", "Z", "Sc", "Sm")
PICTURES = "\u2200"  # signs such as № and ° stand before, arrows, hearts and flags behind
APOSTROPHES = "'’ʼ`ʹ"

# The Ukrainian national system of 2010, and further letters of other Cyrillic and Latin alphabets.
LATIN: Mapping[str, str] = MappingProxyType({
    "а": "a", "б": "b", "в": "v", "г": "h", "ґ": "g", "д": "d", "е": "e", "є": "ie", "ж": "zh", "з": "z", "и": "y",
    "і": "i", "ї": "i", "й": "i", "к": "k", "л": "l", "м": "m", "н": "n", "о": "o", "п": "p", "р": "r", "с": "s",
    "т": "t", "у": "u", "ф": "f", "х": "kh", "ц": "ts", "ч": "ch", "ш": "sh", "щ": "shch", "ь": "", "ю": "iu",
    "я": "ia", "ы": "y", "э": "e", "ё": "e", "ъ": "", "ў": "u", "ђ": "dj", "ѓ": "g", "ј": "j", "љ": "lj", "њ": "nj",
    "ћ": "c", "ќ": "k", "џ": "dz", "ѕ": "dz", "ß": "ss", "ł": "l", "đ": "d", "ø": "o", "æ": "ae", "œ": "oe", "þ": "th",
    "ð": "d", "ı": "i",
})  # fmt: skip
FIRST: Mapping[str, str] = MappingProxyType({"є": "ye", "ї": "yi", "й": "y", "ю": "yu", "я": "ya"})


def slug_of(path: PurePath) -> str:
    """Return the name of a series: at most 40 lower-case ASCII letters, digits and hyphens, without the file's date.

    Cyrillic is transliterated. Names in other alphabets, and names that are too long, get a hash to keep them distinct.
    """
    series = series_of(path.name)
    written = _transliterated(series)
    plain = re.sub(r"[^a-z0-9]+", "-", written.encode("ascii", "ignore").decode()).strip("-")
    lost = any(not sign.isascii() and category(sign)[0] not in "PZM" for sign in written)
    taken = plain in {"", EMBEDDED, LATEST} or is_day(plain)
    if len(plain) <= LONGEST and not lost and not taken:
        return plain
    if not plain and not lost:
        return NAMELESS
    mark = sha256(series.encode(errors="surrogateescape")).hexdigest()[:HASH_DIGITS]
    return f"{plain[: LONGEST - HASH_DIGITS - 1].strip('-') or NAMELESS}-{mark}"


def series_of(file_name: str) -> str:
    """What two files of one series have alike: the name without ending and day, composed and in lower case."""
    stem = normalize("NFC", PurePath(file_name).stem)
    for one in reversed(spellings_in(stem)):
        stem = stem[: one.start] + " " + stem[one.end :]
    return normalize("NFC", " ".join(re.split(r"[\s_.\-]+", stem.casefold()))).strip()


def title_of(path: PurePath) -> str:
    """A file's name as figures and images cite it: composed, on one line, of letters and signs of text.

    A name in letters that texts here are not set in is cited by its series, a long one is shortened in the middle.
    """
    name = normalize("NFC", path.name)
    if any(category(sign).startswith("L") and not _is_set(sign) for sign in name):
        return f"{slug_of(path)}{path.suffix if path.suffix.isascii() else ''}"
    kept = " ".join("".join(sign if _is_text(sign) else " " for sign in name).split())
    stem, dot, ending = re.sub(r" +(?=\.)", "", kept).rpartition(".")
    if not re.search(r"\w", stem):
        return f"{slug_of(path)}{dot}{ending}"
    whole = f"{stem}{dot}{ending}"
    return whole if len(whole) <= LONGEST_TITLE else f"{whole[: LONGEST_TITLE - 21].rstrip()}…{whole[-20:].lstrip()}"


def written_name(path: PurePath) -> str:
    """Return a file name as text, with replacement characters for bytes that are not text."""
    return path.name.encode(errors="replace").decode()


def _transliterated(words: str) -> str:
    """Lower-case words in Latin letters, as far as they are Cyrillic or Latin with marks."""
    words = "".join(sign for sign in words if sign not in APOSTROPHES).replace("зг", "zgh")
    parts = (_letter(sign, first=not before.isalnum()) for before, sign in zip(f" {words}", words, strict=False))
    return "".join(parts)


def _letter(sign: str, *, first: bool) -> str:
    composed = normalize("NFKC", sign)
    if composed != sign:
        return "".join(_letter(one, first=first) for one in composed.casefold())
    found = FIRST.get(sign) if first and sign in FIRST else LATIN.get(sign)
    if found is not None:
        return found
    parts = normalize("NFKD", sign)
    bare = parts[0].isascii() and all(category(mark).startswith("M") for mark in parts[1:])
    return parts[0] if bare else sign


def _is_set(letter: str) -> bool:
    return name_of_sign(letter, "").startswith(SCRIPTS) or letter in "ªº"


def _is_text(sign: str) -> bool:
    kind = category(sign)
    if kind == "So":
        return sign < PICTURES
    return kind.startswith(TEXT) and kind not in {"Me", "Zl", "Zp"} and not "\ufe00" <= sign <= "\ufe0f"
