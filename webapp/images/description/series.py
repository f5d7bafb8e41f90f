"""What is said of an image of several dates: alternative text, caption and what stands beside its title."""

from collections.abc import Collection, Iterator

from layers.text.languages import Language
from webapp.images.description.phrases import bare, ranged
from webapp.images.pairs import PairSide, SeriesDay, series_of
from webapp.images.titles import zones_named
from webapp.text.interface import date_text, text


def alts_of_series(lang: Language, title: str, own: PairSide, named: Collection[str]) -> Iterator[str]:
    """Yield alternative texts, from the fullest on: with the area of each date, then with fewer words.

    Parameters
    ----------
    lang
        Language of the text.
    title
        Title of the image.
    own
        The edition of the image.
    named
        Ids of the zones that are chosen; empty for the main one.
    """
    days = series_of(own, named)
    facts = {"draft": own.proposal.texts["short_title"][lang.tag]}
    what = zones_named(lang, own.catalogue.areas(own.edition), named)
    for pattern in ("", text(lang, "timeline.day")):
        listed = text(lang, "format.clauses").join(_rounded(lang, day, pattern) for day in days)
        yield text(lang, "image_words.alt_series", what=what, days=listed, **facts)
    yield text(lang, "image_words.alt_series_title", title=title, **facts)
    yield text(lang, "image_words.alt_same_one", title=title)
    yield title


def series_shown(lang: Language, title: str, own: PairSide, named: Collection[str]) -> str:
    """Return the title with the area of each date and its interval, for a caption.

    Parameters
    ----------
    lang
        Language of the text.
    title
        Title of the image.
    own
        The edition of the image.
    named
        Ids of the zones that are chosen; empty for the main one.
    """
    days = [
        text(lang, "image_words.series_day", date=date_text(lang, day.date), area=_ranged(lang, day))
        for day in series_of(own, named)
    ]
    draft = own.proposal.texts["short_title"][lang.tag]
    listed = text(lang, "format.clauses").join(days)
    return text(lang, "image_words.caption_series", title=title, draft=draft, days=listed)


def _rounded(lang: Language, day: SeriesDay, pattern: str) -> str:
    size = bare(lang, day.size) if day.size else text(lang, "compare.none")
    return text(lang, "image_words.series_day", date=date_text(lang, day.date, pattern), area=size)


def _ranged(lang: Language, day: SeriesDay) -> str:
    return ranged(lang, day.size) if day.size else text(lang, "images.none")
