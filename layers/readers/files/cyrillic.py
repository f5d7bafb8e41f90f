"""In which encoding bytes read as Ukrainian, where a file does not say it."""

import re

ONE_BYTE = ("cp1251", "cp866", "cp1125", "koi8-u", "iso8859-5", "mac-cyrillic")
LATIN = "latin-1"
# per cent in running text, of Ukrainian and, for the four at the end, of Russian
FREQUENT = {
    "о": 9.4, "а": 8.5, "н": 6.8, "и": 6.2, "і": 5.6, "в": 5.5, "т": 5.5, "е": 5.0, "р": 4.7, "с": 4.2, "к": 3.8,
    "л": 3.6, "у": 3.5, "д": 3.4, "м": 3.0, "п": 2.9, "я": 2.2, "з": 2.2, "ь": 1.8, "б": 1.6, "г": 1.5, "ч": 1.2,
    "й": 1.1, "х": 1.0, "ю": 0.9, "ц": 0.8, "ж": 0.7, "ї": 0.7, "ш": 0.7, "є": 0.6, "щ": 0.5, "ф": 0.3, "ґ": 0.1,
    "ы": 1.9, "э": 0.3, "ё": 0.1, "ъ": 0.1,
}  # fmt: skip
TYPOGRAPHY = frozenset("«»—–’‘“”„№…ʼ·§°\u00a0")
TURNED_CASE = re.compile(r"[а-яёґєії][А-ЯЁҐЄІЇ]")
NO_LETTER, CASE = -6.0, -8.0
LATIN_WORD = re.compile(rb"[A-Za-z][\x80-\xff]{1,2}[A-Za-z]|\b[A-Za-z]{2,}[\x80-\xff]\b")


def reads_as_utf8(content: bytes) -> bool:
    """Whether bytes are UTF-8; characters that the width of a column has cut off do not count against it."""
    text = content.decode("utf-8", "replace")
    broken = text.count("\ufffd")
    return broken == 0 or broken < sum(letter > "\x7f" for letter in text) - broken


def encoding_of(content: bytes) -> str:
    """The encoding, as Python names it, in which bytes read as Ukrainian; Latin-1 where they do so in none."""
    if content.isascii() or reads_as_utf8(content):
        return "utf-8"
    sample = re.sub(rb"[\x00-\x7f]{3,}", b"  ", content)[:200_000]
    score, best = max((_score(sample.decode(name, "replace")), name) for name in reversed(ONE_BYTE))
    latin = len(LATIN_WORD.findall(content[:200_000]))
    return best if score > 0 and latin * 4 < sum(byte > 127 for byte in sample) else LATIN


def _score(text: str) -> float:
    """How much of a text are letters of Ukrainian, by how frequent they are; case that turns counts against it."""
    letters = [letter for letter in text if letter > "\x7f" and letter not in TYPOGRAPHY]
    if not letters:
        return 0.0
    weights = sum(FREQUENT.get(letter.lower(), NO_LETTER) for letter in letters)
    return (weights + CASE * len(TURNED_CASE.findall(text))) / len(letters)
