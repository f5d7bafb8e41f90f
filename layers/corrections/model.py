"""A correction as data: the shape of ``corrections.toml``."""

import re
from datetime import date
from typing import Annotated, Self

from pydantic import Field, field_validator, model_validator

from layers.strict_model import Model
from layers.text.languages import DEFAULT, TAG, Language

_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\ufffe\uffff]")  # XML knows none of them
Day = date  # the type, where a field of that name hides it
Id = Annotated[str, Field(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$")]
Area = Annotated[float, Field(ge=0, allow_inf_nan=False)]  # km²


class Change(Model):
    """The area of a zone on a date, before and after; without one of the two the zone was added or taken out."""

    proposal: Id
    as_of: Day
    zone: Id
    before_km2: Area | None = None
    after_km2: Area | None = None

    @model_validator(mode="after")
    def _has_an_area(self) -> Self:
        if self.before_km2 is None and self.after_km2 is None:
            raise ValueError("needs before_km2, after_km2 or both")
        return self


class Correction(Model):
    """What was wrong and is right now: title and text by language, and the proposals, or zones, that it concerns.

    ``replaces`` is the data version that is corrected; it is empty where no layer changed.
    """

    id: Id
    date: Day
    title: dict[str, str]
    text: dict[str, str]
    replaces: Annotated[str, Field(pattern=r"^(\d+-[0-9a-f]{12})?$")] = ""
    proposals: Annotated[tuple[Id, ...], Field(strict=False)] = ()
    changes: Annotated[tuple[Change, ...], Field(strict=False)] = ()

    @field_validator("title", "text")
    @classmethod
    def _in_languages(cls, words: dict[str, str]) -> dict[str, str]:
        if not words.get(DEFAULT):
            raise ValueError(f'needs a text in English: {DEFAULT} = "…"')
        for tag, one in words.items():
            if not TAG.fullmatch(tag):
                raise ValueError(f"{tag} is no tag of a language; write it like uk or zh-Hant")
            if not one or _CONTROL.search(one):
                raise ValueError(f"{tag} has no text, or a control character; write it in plain words")
        return words

    @property
    def concerned(self) -> tuple[str, ...]:
        """The ids of all proposals that it concerns."""
        return tuple(dict.fromkeys((*self.proposals, *(change.proposal for change in self.changes))))

    def words(self, name: str, lang: Language) -> tuple[str, str]:
        """Return the title or the text, and the tag of its language: English where the one wanted is not given.

        Parameters
        ----------
        name
            ``title`` or ``text``.
        lang
            The language wanted.
        """
        given: dict[str, str] = getattr(self, name)
        tag = lang.tag if lang.tag in given else DEFAULT
        return given[tag], tag


class CorrectionsFile(Model):
    """The whole file."""

    corrections: Annotated[tuple[Correction, ...], Field(strict=False)] = ()
