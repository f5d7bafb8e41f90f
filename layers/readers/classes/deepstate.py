"""DeepState's classes by the key and by all the names that its editions have used for them."""

import re
import unicodedata

from layers.readers.raw_map import Role

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
CONTESTED_NAMES = frozenset(
    {
        "статус невідомий",
        "невідомий статус",
        "статус уточнюється",
        "unknown status",
        "status unknown",
        "під питанням",
        "contested",
        "contested area",
        "contested territory",
        "ситуація невідома",
        "невідома ситуація",
        "situation is unknown",
        "situation unknown",
        "unknown situation",
        "сіра зона",
        "grey zone",
        "gray zone",
        "спірна територія",
        "disputed",
    }
)
CONTESTED = re.compile(
    r"\bcontested|\bdisput|\bgr[ea]y (zone|area)|\bno[ -]?man|\bunknown|\bunclear|\bundefined|\bquestion|\bneutral"
    r"|\bto be (determined|clarified|confirmed)|\bfighting|\bhostilit|\bbattle|\bсір[аі] зон|\bсера?я зон|\bспірн"
    r"|\bспорн|\bневідом|\bнеизвест|\bневизнач|\bнеопредел|\bуточн|\bнічийн|\bничейн|\bнічия|\bничья|\bнейтральн"
    r"|\bбойов|\bбоев|під питанням|под вопросом|灰色|爭議|争议|爭奪|争夺|拉鋸|拉锯|不明"
)
OTHER_NAMES = frozenset({"звільнено", "liberated", "taken back"})
ITS_OWN_SPELLING = "cadr and calr"  # others write CADLR, and ОРДЛО is a word of Ukrainian law
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


def is_a_side(name: str) -> bool:
    """Whether a name is one that DeepState gives to what a side holds; others, too, call something contested."""
    words, key = parts(name)
    return key is not None or any(normalised(word) in HELD_NAMES | OTHER_NAMES for word in words)


def is_its_own(name: str) -> bool:
    """Whether nobody else writes a name so: with a key, in two languages, or in DeepState's own spelling."""
    words, key = parts(name)
    alone = any(normalised(word) == ITS_OWN_SPELLING for word in words)
    return key is not None or alone or (len(words) > 1 and is_classed(name))


def role(name: str) -> Role:
    """The role of a class, by its key if it has one, else by its name; an unknown class is left out."""
    words, key = parts(name)
    if key is not None:
        return "held" if key in HELD_KEYS else "contested" if key in CONTESTED_KEYS else "left out"
    known = {normalised(word) for word in words}
    if known & HELD_NAMES:
        return "held"
    return "contested" if known & CONTESTED_NAMES or any(map(CONTESTED.search, known)) else "left out"


def label(name: str) -> str:
    """A class's name to show: the English wording without dates; the key where a class is left out.

    DeepState's words for what is left out take sides, and its keys say the same.
    """
    words, key = parts(name)
    if role(name) == "left out" and any(normalised(word) in OTHER_NAMES for word in words):
        return key.partition("_at")[0] if key else DISMISSED
    shown = words[-1] if words else key or "without a name"
    return shown.rstrip(" .,:;-–0123456789") or shown
