"""Ids of zones, and the templates that proposals write for zones of one derivation."""

import re
from functools import cache

OBLAST = "{oblast}"


def fits(zone_id: str, template: str) -> bool:
    """Whether a zone may have this id, with ``{oblast}`` in the template standing for any oblast.

    >>> fits("withdrawal-kharkiv", "withdrawal-{oblast}")
    True
    >>> fits("donetsk-held", "withdrawal-{oblast}")
    False
    """
    return _pattern(template).fullmatch(zone_id) is not None


@cache
def _pattern(template: str) -> re.Pattern[str]:
    return re.compile(re.escape(template).replace(re.escape(OBLAST), "[a-z-]+"))
