"""Why something that was chosen cannot be drawn, in a reader's language: refusals of options and of limits."""

from collections.abc import Mapping
from decimal import Decimal

from geo.errors import ClausemapError
from layers.text.languages import Language
from webapp.errors import LimitError, OptionError
from webapp.text.interface import has_text, number_text, plural, text

# The options that errors are about where their words do not say.
OF_WHAT = {"language": "lang", "zone": "zones", "clause": "clauses"}
OF_REASON = {
    **dict.fromkeys(("side", "higher", "narrow", "columns"), "size"),
    **dict.fromkeys(("pixels", "scale"), "scale"),
    **dict.fromkeys(("degrees", "turned", "outside", "small", "radius", "beyond"), "extent"),
    **dict.fromkeys(("note", "notes"), "note"),
    "towns": "highlight",
}
COUNTED = ("side", "longest")  # those in which a noun follows a number
WHAT = {
    "language": "kit.lang",
    "size": "kit.shape",
    "zone": "kit.zones",
    "clause": "kit.clauses",
    "format": "kit.file",
    "highlight": "kit.towns",
}


def refused_option(error: ClausemapError) -> str:
    """The name of the option of an image that an error is about; empty where it is about none, or about several."""
    if isinstance(error, LimitError):
        return str(error.values.get("field", OF_REASON.get(error.reason, "")))
    return OF_WHAT.get(error.what, error.what) if isinstance(error, OptionError) and error.what != "option" else ""


def refusal_text(lang: Language, error: ClausemapError, names: Mapping[str, str]) -> str | None:
    """Return the text of a refusal in a language; None for an error of another kind.

    Parameters
    ----------
    lang
        Language of the text.
    error
        Error that the request raised.
    names
        Names of zones by id and of languages by tag.
    """
    if isinstance(error, LimitError):
        return _limit_text(lang, error)
    return _option_text(lang, error, names) if isinstance(error, OptionError) else None


def _limit_text(lang: Language, error: LimitError) -> str:
    """The limit that is passed, with its numbers as the language writes them."""
    key = f"refusal.{error.reason}"
    values = {name: _written(lang, value) for name, value in error.values.items()}
    if "field" in values:
        values["field"] = text(lang, WHAT.get(values["field"], f"kit.{values['field']}"))
    if "remedy" in values:
        values["remedy"] = text(lang, f"refusal.without_{values['remedy']}")
    if error.reason in COUNTED:
        return plural(lang, key, int(error.values["count"]), **values)
    return text(lang, key, **values)


def _written(lang: Language, value: float | str) -> str:
    if isinstance(value, str):
        return value
    places = Decimal(f"{value:g}").as_tuple().exponent
    return number_text(lang, value, -places if isinstance(places, int) and places < 0 else 0)


def _option_text(lang: Language, error: OptionError, names: Mapping[str, str]) -> str:
    listed = dict.fromkeys(_choice(lang, error.what, one, names) for one in error.known)
    known = text(lang, "format.list").join(listed)
    return text(lang, "refusal.unknown", what=_what(lang, error.what), name=error.name, known=known)


def _what(lang: Language, what: str) -> str:
    """What was chosen, as the page of images calls it."""
    key = WHAT.get(what, f"kit.{what}")
    return text(lang, key) if has_text(lang, key) else text(lang, "refusal.option")


def _choice(lang: Language, what: str, value: str, names: Mapping[str, str]) -> str:
    """What can be chosen, as the page of images calls it; its value where the page has no name for it."""
    if what in {"size", "extent"} and value in {"WxH", "west,south,east,north", "NAME:KM"}:
        return text(lang, f"kit.{what}_own")
    for key in (f"kit.{what}_{value.replace('-', '_')}", f"refusal.switch_{value}"):
        if has_text(lang, key):
            return text(lang, key)
    return names.get(value, value)
