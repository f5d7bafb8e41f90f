"""DeepState's classes by the key and by all the names that its editions have used for them."""

import re
import unicodedata

from layers.readers.raw import Role

KEY = re.compile(r"geojson\.([\w.-]*\w)")
HELD_KEYS = frozenset({"status.occupied", "territories.ordlo", "territories.crimea", "territories.tuzla"})
CONTESTED_KEYS = frozenset({"status.unknown"})
HELD_NAMES = frozenset(
    {
        "окуповано",
        "окупована територія",
        "occupied",
        "occupied territory",
        "ордло",
        "ordlo",
        "cadr and calr",
        "cadlr",
        "окупований крим",
        "occupied crimea",
        "острів тузла",
        "тузла",
        "tuzla",
        "tuzla island",
        "occupied tuzla island",
    }
)
ITS_OWN_NAMES = frozenset({"ордло", "cadr and calr", "cadlr"})
CONTESTED_NAMES = frozenset({"статус невідомий", "невідомий статус", "unknown status", "status unknown"})
OTHER_NAMES = frozenset({"звільнено", "liberated"})
DISMISSED = "status.dismissed"  # what DeepState's key calls them


def normalised(text: str) -> str:
    """A name for comparing: one kind of letter width and space, lower case, no stops or dates at its end."""
    plain = " ".join(unicodedata.normalize("NFKC", text).casefold().split())
    return plain.rstrip(" .,:;-–0123456789")


def parts(name: str) -> tuple[list[str], str | None]:
    """A name's wordings, as written but with single spaces, and its key (``status.occupied``) where it has one."""
    words = [" ".join(part.split()).rstrip(".") for part in name.split("///")]
    key = KEY.search(name.casefold())
    return [word for word in words if word and not word.casefold().startswith("geojson.")], key and key.group(1)


def is_classed(name: str) -> bool:
    """Whether a name is one that DeepState gives to a class."""
    words, key = parts(name)
    known = HELD_NAMES | CONTESTED_NAMES | OTHER_NAMES
    return key is not None or any(normalised(word) in known for word in words)


def is_its_own(name: str) -> bool:
    """Whether nobody else writes a name so: with a key, in two languages, or in words that are DeepState's alone."""
    words, key = parts(name)
    alone = any(normalised(word) in ITS_OWN_NAMES for word in words)
    return key is not None or alone or (len(words) > 1 and is_classed(name))


def role(name: str) -> Role:
    """What a class is: the key decides where there is one, else the name; what is not known is left out."""
    words, key = parts(name)
    if key is not None:
        return "held" if key in HELD_KEYS else "contested" if key in CONTESTED_KEYS else "left out"
    known = {normalised(word) for word in words}
    return "held" if known & HELD_NAMES else "contested" if known & CONTESTED_NAMES else "left out"


def label(name: str) -> str:
    """A class's name to show: the English wording without dates; the key where a class is left out.

    DeepState's words for what is left out take sides, and its keys say the same.
    """
    words, key = parts(name)
    if role(name) == "left out" and any(normalised(word) in OTHER_NAMES for word in words):
        return key.partition("_at")[0] if key else DISMISSED
    shown = words[-1] if words else key or "without a name"
    return shown.rstrip(" .,:;-–0123456789") or shown
