"""What a clause leaves open, each sentence once, with the zones that it is said of."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from layers.text.languages import Language
from webapp.text.interface import text
from webapp.text.zones import ZoneWords

SENTENCE = re.compile(r"[^\s].*?[.。](?=\s|$|[^\s\d.)])")


@dataclass(frozen=True)
class LeftOpen:
    """Sentences that are said of the same zones; ``subject`` is empty where they are said of every area."""

    subject: str
    words: str


def left_open(lang: Language, zones: Sequence[ZoneWords]) -> tuple[LeftOpen, ...]:
    """Return what is open about the zones of a clause: first what applies to every area, then zone by zone.

    Parameters
    ----------
    lang
        Language of the text.
    zones
        Zones of the clause, with their texts.
    """
    telling = [zone for zone in zones if zone.open]
    said: dict[str, list[ZoneWords]] = {}
    for zone in telling:
        for sentence in dict.fromkeys(SENTENCE.findall(zone.open)):
            said.setdefault(sentence, []).append(zone)
    together: dict[str, list[str]] = {}
    for sentence, meant in said.items():
        together.setdefault(_subject(lang, meant, telling), []).append(sentence)
    parts = [LeftOpen(subject, text(lang, "format.sentence").join(words)) for subject, words in together.items()]
    return tuple(sorted(parts, key=lambda part: part.subject != ""))


def _subject(lang: Language, meant: Sequence[ZoneWords], zones: Sequence[ZoneWords]) -> str:
    """The zones by name, or by what they are called together; nothing for all with an area, or all where none has."""
    areas = [zone for zone in zones if zone.area]
    if all(zone in meant for zone in areas or zones):
        return ""
    kinds = {legend: [zone for zone in zones if zone.legend == legend] for legend in (zone.legend for zone in meant)}
    whole = [legend for legend, alike in kinds.items() if len(alike) > 1 and all(zone in meant for zone in alike)]
    names = (zone.legend if zone.legend in whole else zone.name for zone in meant)
    return text(lang, "format.clauses").join(dict.fromkeys(names))
