"""Ids of zones, and the templates that proposals write for zones of one derivation."""

import re
from functools import cache

OBLAST = "{oblast}"


def fits(zone_id: str, template: str) -> bool:
    """Return whether a template gives a zone's id, with any oblast in the place of ``{oblast}``.

    Parameters
    ----------
    zone_id
        Id of a zone.
    template
        Id in a proposal's file.

    Examples
    --------
    >>> fits("withdrawal-kharkiv", "withdrawal-{oblast}")
    True
    >>> fits("donetsk-held", "withdrawal-{oblast}")
    False
    """
    return _pattern(template).fullmatch(zone_id) is not None


@cache
def _pattern(template: str) -> re.Pattern[str]:
    return re.compile(re.escape(template).replace(re.escape(OBLAST), "[a-z-]+"))
