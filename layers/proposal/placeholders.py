"""Placeholders for the control maps in the texts of zones: three maps, another number, or a single one.

Texts contain ``{contested_rule}`` and ``{maps}``, which are filled for the control data of the date.
"""

from collections.abc import Mapping

from layers.control_map import ControlMap, ControlSource
from layers.text.figures import phrase, wording
from layers.text.languages import Language, Languages

Words = Mapping[str, str]

BLANKS = ("{contested_rule}", "{maps}")


def filled_with(words: Words, source: ControlSource, languages: Languages) -> dict[str, str]:
    """Return a text by language with its placeholders filled for the control maps that were read.

    Parameters
    ----------
    words
        The text by language tag, with ``{contested_rule}`` and ``{maps}``.
    source
        The control maps, whose number fills the placeholders.
    languages
        The languages of the text.
    """
    rule = "said.several_maps" if source.maps > 1 else "said.one_map"
    return {
        language.tag: words[language.tag]
        .replace("{contested_rule}", phrase(language, rule))
        .replace("{maps}", number_word(source.maps, language))
        for language in languages
    }


def number_word(maps: int, lang: Language) -> str:
    """Return how many control maps there are, as a word in a sentence, or in digits if there is no word.

    Parameters
    ----------
    maps
        Number of control maps.
    lang
        Language of the word.
    """
    return wording(lang).get(f"maps.{maps}", str(maps))


def contested_words(part: str, words: Words, control: ControlMap, languages: Languages) -> Words:
    """Return a proposal's text about contested territory, or that for a single map, which defines it itself.

    Parameters
    ----------
    part
        Field of the zone: ``name``, ``says`` or ``open``.
    words
        The text of the proposal by language tag.
    control
        The control map of the date.
    languages
        The languages of the text.
    """
    if control.drawn == "majority":
        return words
    return {language.tag: phrase(language, f"said.contested_{part}") for language in languages}
