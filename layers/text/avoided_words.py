"""Words that take a side: those that a language avoids, and the texts that may use them because a clause itself does.

Both are in the ``[avoid]`` of a ``language.toml``: ``words`` are regular expressions, ``allowed`` the keys of texts of
proposals, such as ``us-28-points.points.20``; a key stands for all texts below it.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from layers.errors import LanguageError
from layers.text.toml_files import read_toml
from layers.text.translations import texts_by_key

NOTHING = "(?!)"  # a pattern that matches it
PROPOSALS = Path(__file__).parents[1] / "proposals"  # read without the models, which a web worker does not load


@dataclass(frozen=True)
class Avoided:
    """The words that no text of a language may use, as one pattern, and the keys of texts that may use them."""

    pattern: re.Pattern[str]
    allowed: tuple[str, ...] = ()

    def allows(self, key: str) -> bool:
        """Whether the text of a key may use the words.

        >>> Avoided(re.compile("grab"), ("a-plan.points.2",)).allows("a-plan.points.2.text")
        True
        >>> Avoided(re.compile("grab"), ("a-plan.points.2",)).allows("a-plan.points.20.text")
        False
        """
        return any(f"{key}.".startswith(f"{listed}.") for listed in self.allowed)


def read_avoided(folder: Path) -> Avoided:
    """Return the words that the language of a folder avoids; none if it lists none. Raises LanguageError."""
    path = folder / "language.toml"
    try:
        avoid = read_toml(path).get("avoid", {})
        words = "|".join(avoid.get("words") or [NOTHING])
        return Avoided(re.compile(words, re.IGNORECASE), tuple(avoid.get("allowed", ())))
    except (OSError, ValueError, AttributeError, TypeError, re.error) as error:
        raise LanguageError(f"{path}: avoid: {error}; write words as patterns and allowed as keys, in lists") from error


def proposal_texts(tag: str, folder: Path = PROPOSALS) -> dict[str, str]:
    """Return the texts of all proposals of a folder in a language, by key with the proposal's id in front.

    Parameters
    ----------
    tag
        Language tag, such as ``uk``.
    folder
        Folder of the proposals.
    """
    return {
        f"{path.stem}.{key}": text[tag]
        for path in sorted(folder.glob("*.toml"))
        for key, text in _texts_of(path).items()
        if tag in text
    }


def allowed_problems(folder: Path, proposals: Path = PROPOSALS) -> Iterator[str]:
    """Return the allowed keys of a language that no proposal has, one line each.

    Parameters
    ----------
    folder
        Folder of the language, with its ``language.toml``.
    proposals
        Folder of the proposals.
    """
    where = f"{folder / 'language.toml'}: avoid.allowed"
    for listed in read_avoided(folder).allowed:
        path = proposals / f"{listed.split('.')[0]}.toml"
        keys = [f"{path.stem}.{key}." for key in _texts_of(path)] if path.is_file() else []
        if not any(key.startswith(f"{listed}.") for key in keys):
            yield f"{where}: no proposal has {listed!r}; check its spelling or take it out"


@cache
def _texts_of(path: Path) -> dict[str, dict[str, str]]:
    return texts_by_key(read_toml(path))
