"""Who would recognise a zone under a proposal, in one language."""

from collections.abc import Sequence

from babel import Locale

from layers.text.languages import Language
from layers.zone_properties import ZoneProperties
from webapp.text.interface import has_text, text

NO_STATES = ("unspecified", "international")  # values of recognition_by that name no state


def recognition_text(lang: Language, properties: ZoneProperties) -> str:
    """Return how and by whom a zone would be recognised, also if by nobody.

    Parameters
    ----------
    lang
        Language of the text.
    properties
        Properties of the zone.
    """
    mode = properties["recognition_mode"]
    if mode is None:
        return text(lang, "recognition.none")
    by = _by(lang, str(properties["recognition_by"]), "recognition.by")
    return text(lang, "format.clauses").join((text(lang, f"recognition.{mode}"), by))


def brief_recognition(lang: Language, zones: Sequence[ZoneProperties]) -> str:
    """Return in a few words how and by whom zones would be recognised together.

    Parameters
    ----------
    lang
        Language of the text.
    zones
        Properties of the zones.

    Returns
    -------
    Text; empty where nobody is said to recognise any of them, or not all of them the same states.
    """
    modes, states = ({str(zone[name]) for zone in zones} for name in ("recognition_mode", "recognition_by"))
    if "None" in modes or len(states) != 1:
        return ""
    how = modes.pop() if len(modes) == 1 else "mixed"
    by = _by(lang, states.pop(), "recognition.brief_by")
    return text(lang, "recognition.brief", how=text(lang, f"recognition.brief_{how}"), by=by)


def _by(lang: Language, recognised_by: str, key: str) -> str:
    """By whom, in a text of the family of ``key``."""
    codes = recognised_by.split(",")
    states = [_state(lang, code) for code in codes if code not in NO_STATES]
    if not states:
        return text(lang, f"{key}_{codes[0]}")
    others = "_others" if "unspecified" in codes else ""
    return text(lang, f"{key}{others}", by=text(lang, "format.list").join(states))


def _state(lang: Language, code: str) -> str:
    """A state by the name that the language's texts give it, else by that of the CLDR."""
    key = f"recognition.state_{code}"
    return text(lang, key) if has_text(lang, key) else Locale.parse(lang.tag, sep="-").territories.get(code, code)
