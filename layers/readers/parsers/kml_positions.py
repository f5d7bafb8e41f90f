"""Coordinates as KML has them, and as people and programs write them into it all the same."""

import re
import warnings

import numpy as np

AROUND_COMMAS = re.compile(r"\s*,\s*")
UNSEEN = str.maketrans(dict.fromkeys("\u200b\u2060\ufeff"))
PAIR = re.compile(r"[^;\s]+;[^;\s]+(;[^;\s]+)?")
NO_LIST = "coordinates are no list of lon,lat or lon,lat,height"


def positions(text: str) -> np.ndarray:
    """Return positions written as ``lon,lat[,height]`` and separated by white space; shape (n, 2) or (n, 3), degrees.

    Spaces around commas, commas at the end of a position and missing heights are corrected; spaces or semicolons
    instead of commas are read. Raises ValueError.
    """
    text = _with_commas(text.translate(UNSEEN))
    words = [word.strip(",") for word in text.split()]
    if any("," not in word for word in words if word):
        words = AROUND_COMMAS.sub(",", text.strip()).split()
    commas = {word.count(",") for word in words if word}
    if not commas:
        return np.empty((0, 2))
    if max(commas) > 2:
        return _of_four(words) if commas == {3} else np.concatenate([_run_together(_numbers(word)) for word in words])
    if max(commas) == 0:
        return _run_together(_numbers(",".join(words)))
    if min(commas) < 1:
        raise ValueError(NO_LIST)
    if len(commas) > 1:
        words = [word if word.count(",") == 2 else f"{word},0" for word in words if word]
    return _rows(_numbers(",".join(filter(None, words))), max(commas) + 1)


def _with_commas(text: str) -> str:
    """Text with commas inside positions and blanks between them, also where it has them the other way round."""
    if ";" in text and "." not in text and all(map(PAIR.fullmatch, text.split())):  # with decimal commas
        return text.replace(",", ".").replace(";", ",")
    text = text.replace(";", " ")
    counts = {len(part.split()) for part in text.strip(", \t\r\n").split(",")}
    if "," in text and counts in ({2}, {3}):
        return " ".join(",".join(part.split()) for part in text.split(","))
    return text


def _of_four(words: list[str]) -> np.ndarray:
    """Positions with a measure behind the height, or two positions a word."""
    numbers = _rows(_numbers(",".join(words)), 4)
    return numbers[:, :3] if np.unique(numbers[:, 2]).size == 1 else numbers.reshape(-1, 2)


def _run_together(numbers: np.ndarray) -> np.ndarray:
    """Positions with nothing but commas between them: heights are known by being all alike."""
    three = numbers.size % 3 == 0 and np.unique(numbers[2::3]).size == 1
    two = numbers.size % 2 == 0
    if three == two and not three:
        raise ValueError("coordinates have commas between positions or as decimal points; write lon,lat lon,lat")
    return _rows(numbers, 3 if three else 2)


def _numbers(text: str) -> np.ndarray:
    with warnings.catch_warnings():
        warnings.simplefilter("error")  # numpy only warns of what is no number
        try:
            numbers: np.ndarray = np.fromstring(text, sep=",")
        except (DeprecationWarning, ValueError) as error:
            raise ValueError("a coordinate is no number") from error
    if numbers.size != text.count(",") + 1:
        raise ValueError("a coordinate is no number")
    return numbers


def _rows(numbers: np.ndarray, columns: int) -> np.ndarray:
    if numbers.size % columns:
        raise ValueError(NO_LIST)
    return numbers.reshape(-1, columns)
