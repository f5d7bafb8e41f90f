"""What a proposal would do with territory, in the same terms for every proposal, so that two can be read beside."""

from collections.abc import Mapping, Sequence

from layers.kinds.outcomes import OPEN, OUTCOMES
from layers.text.languages import Language
from layers.zone_properties import ZoneProperties
from webapp.text.interface import about_text, text
from webapp.text.totals import total

LEFT = ("left_by_ukraine", "left_by_russia")
KEPT = ("recognised", "frozen")


def outcome_lines(lang: Language, zones: Sequence[ZoneProperties]) -> tuple[str, ...]:
    """Return in a line each what either side would leave, what would be recognised or frozen, and what is possible.

    Parameters
    ----------
    lang
        Language of the text.
    zones
        Properties of the edition's zones.

    Returns
    -------
    Two or three lines; none where the proposal has no such area.
    """
    sized = [zone for zone in zones if zone["area_km2"]]
    found = {name: [zone for zone in sized if belongs(zone)] for name, belongs in OUTCOMES.items()}
    possible = [zone for zone in sized if any(belongs(zone) for belongs in OPEN.values())]
    if not any(found.values()) and not possible:
        return ()
    left = {name: _about(lang, found[name]) for name in LEFT if found[name]}
    kept = {name: _about(lang, found[name]) if found[name] else text(lang, "compare.none") for name in KEPT}
    perhaps = [text(lang, "images.outcome_possible", area=_about(lang, possible))] if possible else []
    return text(lang, _leaving(left), **left), text(lang, "images.outcome_status", **kept), *perhaps


def _leaving(left: Mapping[str, str]) -> str:
    """The key of the text on what either side would leave."""
    if len(left) == 1:
        return f"images.outcome_{next(iter(left))}"
    return "images.outcome_leave" if left else "images.outcome_stay"


def _about(lang: Language, zones: Sequence[ZoneProperties]) -> str:
    summed = total(zones)
    return about_text(lang, summed.area_km2, summed.low_km2, summed.high_km2)
