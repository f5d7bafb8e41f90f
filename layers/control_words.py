"""What a zone's texts say of the control maps behind it: three maps, another number, or a single one.

Texts of proposals leave blanks for it, ``{contested_rule}`` and ``{maps}``, filled with the control data of the day.
"""

from collections.abc import Mapping

from layers.control import ControlMap, ControlSource

Words = Mapping[str, str]

BLANKS = ("{contested_rule}", "{maps}")

SEVERAL_MAPS: Words = {
    "en": "Contested ground counts for the side that most of the control maps give",
    "uk": ("Місцевість, щодо якої карти контролю розходяться, віднесено до тієї сторони, яку показує їхня більшість"),
    "zh-Hant": "控制情形不一之處，依多數控制圖認定",
}
ONE_MAP: Words = {
    "en": (
        "Who holds the ground is taken from a single control map: one map, no interval; what it gives to neither side "
        "counts as Ukrainian-held"
    ),
    "uk": (
        "Хто утримує місцевість, узято з єдиної карти контролю: одна карта, без інтервалу; те, чого вона не відносить "
        "до жодної сторони, враховано як підконтрольне Україні"
    ),
    "zh-Hant": "控制情形僅依單一控制圖認定（單一地圖，無區間），該圖未劃歸任何一方之處計入烏方控制",
}
NUMBERS: Mapping[int, Words] = {
    2: {"en": "two", "uk": "двох", "zh-Hant": "兩"},
    3: {"en": "three", "uk": "трьох", "zh-Hant": "三"},
    4: {"en": "four", "uk": "чотирьох", "zh-Hant": "四"},
    5: {"en": "five", "uk": "п'яти", "zh-Hant": "五"},
}
CONTESTED_BY_ONE_MAP: Mapping[str, Words] = {
    "name": {
        "en": "Given to neither side by the map",
        "uk": "Не віднесено до жодної сторони",
        "zh-Hant": "控制圖未劃歸任何一方",
    },
    "says": {
        "en": "The proposal does not speak of this ground: the control map gives it to neither side.",
        "uk": "Пропозиція не згадує цієї місцевості: карта контролю не відносить її до жодної сторони.",
        "zh-Hant": "提案未提及此處；控制圖未將其劃歸任何一方。",
    },
    "open": {
        "en": (
            "Shown as the one control map behind these figures has it: one map, no interval. In every zone it counts "
            "as Ukrainian-held."
        ),
        "uk": (
            "Показано так, як на єдиній карті контролю, з якої взято ці дані: одна карта, без інтервалу. У кожній зоні "
            "це враховано як підконтрольне Україні."
        ),
        "zh-Hant": "依本組數據所用之單一控制圖繪製（單一地圖，無區間）。各區域均計入烏方控制。",
    },
}


def filled_with(words: Words, source: ControlSource) -> dict[str, str]:
    """A text by language with its blanks filled for the control maps that were read."""
    rule = SEVERAL_MAPS if source.maps > 1 else ONE_MAP
    return {
        language: text.replace("{contested_rule}", rule[language]).replace("{maps}", number_word(source.maps, language))
        for language, text in words.items()
    }


def number_word(maps: int, language: str) -> str:
    """How many control maps, as a word in a sentence; as a figure where there is no word."""
    return NUMBERS.get(maps, {}).get(language, str(maps))


def contested_words(part: str, words: Words, control: ControlMap) -> Words:
    """What is said of contested ground, where a single map is the one to say so."""
    return words if control.drawn == "majority" else CONTESTED_BY_ONE_MAP[part]
