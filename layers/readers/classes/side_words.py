"""Which side a word, a name or a colour in a file stands for."""

import colorsys
import re
from typing import Literal

from layers.readers.classes.deepstate import CONTESTED, CONTESTED_NAMES, normalised
from layers.readers.document import plain_name

Side = Literal["russia", "ukraine", "contested"]
COLOURED = frozenset(
    {"fill", "stroke", "color", "colour", "style", "styleurl", "markercolor", "polycolor", "linecolor"}
)
NO_SIDE = re.compile(r"source|(?<!style)url|link|author|credit|licen|джерел|來源")
FREE_TEXT = re.compile(r"desc|note|comment|remark|приміт|опис|коммент|備註|备注")
MOST_WORDS = 3  # of free text that is nothing but the name of a side
COLOUR = re.compile(r"(?<![0-9a-z])#?([0-9a-f]{6})(?:[0-9a-f]{2})?(?![0-9a-z])", re.IGNORECASE)
SHORT_COLOUR = re.compile(r"#([0-9a-f]{3})", re.IGNORECASE)
IN_RGB = re.compile(r"rgba?\(\s*(\d{1,3})\s*,\s*(\d{1,3})\s*,\s*(\d{1,3})")
NAMED_COLOURS: dict[str, Side] = {
    "red": "russia", "darkred": "russia", "crimson": "russia", "maroon": "russia", "червоний": "russia",
    "красный": "russia", "紅": "russia", "红": "russia",
    "blue": "ukraine", "darkblue": "ukraine", "lightblue": "ukraine", "navy": "ukraine", "синій": "ukraine",
    "блакитний": "ukraine", "синий": "ukraine", "green": "ukraine", "藍": "ukraine", "蓝": "ukraine",
}  # fmt: skip
NOT_OCCUPIED = re.compile(
    r"\b(un|non|not|de)[ -]?occup|\bnot[ _-](held|russian)|\blib[eé]r|\btaken back|\bfreed\b|\bretaken"
    r"|\brecaptur|\bregain"
    r"|\bgovernment[ -](controlled|held)|\bgca\b|\bне ?окупован|\bнеокупован|\bдеокуп|\bзвільнен|\bвільн|\bпідконтрольн"
    r"|\bzvilnen|\bpidkontroln|\bbefreit|\bwyzwolon"
    r"|\bосвобожд|\bне ?оккупир|\bнеоккупир|\bсвободн|收復|收复|解放|光復|光复"
)
UKRAINIAN_HOLD = re.compile(
    r"\b(ukrain\w*|ua|ukr|afu|uaf|vsu|зсу|всу)[\s_-]*(control|held|hold|army|forces|side)"
    r"|\b(controlled|held|taken|control)[\s_-]+by[\s_-]+(the )?(ukrain|ua\b|afu|зсу|всу)"
    r"|\bпід контролем (україни|зсу|всу|украины)|烏軍|乌军|烏方|乌方|烏控|乌控|烏克蘭控|乌克兰控"
)
RUSSIAN_HOLD = re.compile(
    r"\boccup|\binva[ds]|\brussia|\bruss(e|es|en|isch\w*|land)\b|\brosyjsk|\b(ru|rf|rus|ngca|tot|dpr|lpr|dnr|lnr|rusia)\b"
    r"|\bo[ck]+up[oó][vw]an|\btymchasovo okup|\bbesetzt|\bорк(и|ів|ов)?\b|\bрашист"
    r"|\bокупов|\bокупац|\bоккуп|\bросі|\bросси"
    r"|\b(рф|рос|тот|днр|лнр|ордло|ordlo)\b|\bворо[жг]|\bпротивник|\benem|\bhostile|\baggressor|俄|佔領|占领|淪陷|沦陷"
)
UKRAINIAN = re.compile(
    r"\bukrai[nń](?!sk\b)|\b(ua|ukr|afu|uaf|vsu|зсу|всу|укр)\b|\bукраїн(?!ськ\b)|\bукраин(?!ск\b)|\bfriend|烏克蘭|乌克兰|^[烏乌]$"
)
LETTERS: dict[str, Side] = {"r": "russia", "u": "ukraine"}
LETTERED = frozenset({"side", "control", "holder", "who", "party", "owner", "controlledby", "heldby", "controller"})
TRUE, FALSE = (
    frozenset({"1", "true", "t", "yes", "y", "так", "да", "是"}),
    frozenset({"0", "false", "f", "no", "n", "ні", "нет", "否"}),
)
MOST_LETTERS = 80


def side_of(column: str, value: str) -> Side | None:
    """Return the side of a value, or None: 'Russian control', 'RU', 'звільнено', or red in a column of colours.

    Parameters
    ----------
    column
        Name of the column as the file writes it.
    value
        Value as text: a colour, or words in English, Ukrainian, Russian, Chinese and some other languages.

    Returns
    -------
    ``"russia"``, ``"ukraine"`` or ``"contested"``; None if the value says no side.
    """
    is_prose = FREE_TEXT.search(column.casefold()) and len(value.split()) > MOST_WORDS
    if is_prose or says_no_side(column) or len(value) > MOST_LETTERS:
        return None
    plain = " ".join(value.replace("_", " ").casefold().split())
    if plain_name(column) in COLOURED and (side := _side_of_colour(plain)):
        return side
    if normalised(plain) in CONTESTED_NAMES:
        return "contested"
    for side, pattern in _IN_ORDER:
        if pattern.search(plain):
            return side
    if plain_name(column) in LETTERED and plain in LETTERS:
        return LETTERS[plain]
    return _side_of_truth(column, plain)


def says_no_side(column: str) -> bool:
    """Whether a column is named for something else than who holds what, such as a source."""
    return NO_SIDE.search(column.casefold()) is not None


_IN_ORDER: tuple[tuple[Side, re.Pattern[str]], ...] = (
    ("contested", CONTESTED),
    ("ukraine", NOT_OCCUPIED),
    ("ukraine", UKRAINIAN_HOLD),
    ("russia", RUSSIAN_HOLD),
    ("ukraine", UKRAINIAN),
)


def _side_of_truth(column: str, value: str) -> Side | None:
    """What yes and no mean in a column that is named for a side, such as 'occupied'."""
    about = next((side for side, pattern in _IN_ORDER[1:] if pattern.search(column.replace("_", " ").casefold())), None)
    if about is None or value not in TRUE | FALSE:
        return None
    return about if value in TRUE else "ukraine" if about == "russia" else "russia"


def _side_of_colour(value: str) -> Side | None:
    """The side that maps of this war draw in a colour: Russia in red, Ukraine in blue or green."""
    for word in re.split(r"[^\w]+", value):
        if word in NAMED_COLOURS:
            return NAMED_COLOURS[word]
    parts = _red_green_blue(value)
    if parts is None:
        return None
    hue, lightness, saturation = colorsys.rgb_to_hls(*parts)
    if saturation < 0.3 or not 0.1 < lightness < 0.95:
        return None
    return "russia" if hue < 0.06 or hue > 0.89 else "ukraine" if 0.25 < hue < 0.72 else None


def _red_green_blue(value: str) -> tuple[float, float, float] | None:
    """A colour written as #rrggbb, #rgb or rgb(r, g, b), in parts of 1."""
    if match := COLOUR.search(value):
        digits = match.group(1)
    elif match := SHORT_COLOUR.fullmatch(value):
        digits = "".join(2 * digit for digit in match.group(1))
    elif match := IN_RGB.search(value):
        digits = "".join(f"{min(int(part), 255):02x}" for part in match.groups())
    else:
        return None
    red, green, blue = (int(digits[place : place + 2], 16) / 255 for place in (0, 2, 4))
    return red, green, blue
