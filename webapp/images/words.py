"""What is said beside an image: title, alternative text, caption, credit, licence and statement in one language."""

from dataclasses import dataclass

from layers.catalogue import Catalogue, Edition, Proposal
from webapp.control import credit_text, licence_text, source_text
from webapp.images.options import Options
from webapp.language import date_text, text


@dataclass(frozen=True)
class Description:
    """The texts that go with an image, in its language."""

    title: str
    alt: str
    caption: str
    credit: str
    licence: str
    statement: str


def describe(catalogue: Catalogue, proposal: Proposal, asked: str, edition: Edition, options: Options) -> Description:
    """The texts for an image of a proposal on a day."""
    lang = options.lang
    day = date_text(lang, edition.as_of)
    filled = {"how_known": proposal.texts["how_known"][lang], "date": day, "source": source_text(lang, catalogue)}
    title = options.title or proposal.texts["headline"][lang]
    short = text(lang, "statement.short")
    return Description(
        title=title,
        alt=text(lang, "format.joined").join((title, short, text(lang, "day.held", date=day))),
        caption=text(lang, "format.joined").join((title, text(lang, "statement.full", **filled))),
        credit=options.credit or credit_text("map.credit", lang, catalogue, date=day),
        licence=licence_text(lang, catalogue),
        statement=text(lang, "statement.full", **filled),
    )
