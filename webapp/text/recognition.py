"""Who would recognise a zone under a proposal, in one language."""

from babel import Locale

from layers.text.languages import Language
from layers.zone_properties import ZoneProperties
from webapp.text.interface import text

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
    names = Locale.parse(lang.tag, sep="-").territories
    codes = str(properties["recognition_by"]).split(",")
    states = text(lang, "format.list").join(names.get(code, code) for code in codes if code not in NO_STATES)
    if states:
        by = text(lang, "recognition.by_others" if "unspecified" in codes else "recognition.by", by=states)
    else:
        by = text(lang, f"recognition.by_{codes[0]}")
    return text(lang, "format.clauses").join((text(lang, f"recognition.{mode}"), by))
