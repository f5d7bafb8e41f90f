"""What a zone's texts say of the control maps behind it: three maps, another number, or a single one.

Texts of proposals leave blanks for it, ``{contested_rule}`` and ``{maps}``, filled with the control data of the day.
"""

from collections.abc import Mapping

from layers.control_map import ControlMap, ControlSource
from layers.text.figures import phrase, wording
from layers.text.languages import LANGUAGES

Words = Mapping[str, str]

BLANKS = ("{contested_rule}", "{maps}")


def filled_with(words: Words, source: ControlSource) -> dict[str, str]:
    """A text by language with its blanks filled for the control maps that were read."""
    rule = "said.several_maps" if source.maps > 1 else "said.one_map"
    return {
        lang: text.replace("{contested_rule}", phrase(lang, rule)).replace("{maps}", number_word(source.maps, lang))
        for lang, text in words.items()
    }


def number_word(maps: int, lang: str) -> str:
    """How many control maps, as a word in a sentence; as a figure where there is no word."""
    return wording(lang).get(f"maps.{maps}", str(maps))


def contested_words(part: str, words: Words, control: ControlMap) -> Words:
    """What is said of contested territory, where a single map is the one to say so."""
    if control.drawn == "majority":
        return words
    return {lang: phrase(lang, f"said.contested_{part}") for lang in LANGUAGES}
