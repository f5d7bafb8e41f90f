"""Placeholders for the control maps in the texts of zones: three maps, another number, or a single one.

Texts contain ``{contested_rule}`` and ``{maps}``, which are filled for the control data of the date.
"""

from collections.abc import Mapping

from layers.control_map import ControlMap, ControlSource
from layers.text.figures import phrase, wording
from layers.text.languages import LANGUAGES

Words = Mapping[str, str]

BLANKS = ("{contested_rule}", "{maps}")


def filled_with(words: Words, source: ControlSource) -> dict[str, str]:
    """Return a text by language with its placeholders filled for the control maps that were read.

    Parameters
    ----------
    words
        The text by language tag.
    source
        The control maps.
    """
    rule = "said.several_maps" if source.maps > 1 else "said.one_map"
    return {
        lang: text.replace("{contested_rule}", phrase(lang, rule)).replace("{maps}", number_word(source.maps, lang))
        for lang, text in words.items()
    }


def number_word(maps: int, lang: str) -> str:
    """Return how many control maps there are, as a word in a sentence, or in digits if there is no word.

    Parameters
    ----------
    maps
        The number.
    lang
        Language tag.
    """
    return wording(lang).get(f"maps.{maps}", str(maps))


def contested_words(part: str, words: Words, control: ControlMap) -> Words:
    """Return the text about contested territory if a single map defines it.

    Parameters
    ----------
    part
        ``name``, ``says`` or ``open``.
    words
        The text of the proposal by language tag.
    control
        The control map.
    """
    if control.drawn == "majority":
        return words
    return {lang: phrase(lang, f"said.contested_{part}") for lang in LANGUAGES}
