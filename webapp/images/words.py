"""What is said of an image beside its map: notes that can be shortened, alternative text, caption and credit."""

from dataclasses import dataclass

from layers.catalogue import Catalogue, Edition, Proposal
from webapp.control import credit_text, licence_text, maker_text, outlines_name, source_text
from webapp.images.options import Options
from webapp.language import date_text, text

ENDS = (".", "!", "?", "…", "。", "！", "？")


def notes(catalogue: Catalogue, proposal: Proposal, edition: Edition, options: Options) -> tuple[tuple[str, ...], ...]:
    """The notes of an image as paragraphs, from the longest variant to the shortest.

    Each says that this is a proposal and not in force, by which source and day control is shown and by which rule
    the border, and whose work it is. A credit of the reader's own comes first in the last paragraph of each.
    """
    lang = options.lang
    facts = _facts(catalogue, proposal, edition, lang)
    coverage = proposal.texts.get("coverage_note")
    covered = (coverage[lang],) if coverage else ()
    own = _sentence(lang, options.credit)
    credit = credit_text("map.credit", lang, catalogue, date=facts["date"])
    made, map_by = (text(lang, key, maker=facts["maker"]) for key in ("images.made", "image_words.map_by"))
    brief = facts | {"date": date_text(lang, edition.as_of, text(lang, "timeline.day"))}
    control, work = text(lang, "image_words.control", **brief), text(lang, "image_words.work", **brief)
    short = _sentence(lang, facts["short"])
    return (
        (*covered, statement_text(catalogue, proposal, edition, lang), _joined(lang, own, credit, made)),
        (*covered, text(lang, "image_words.reading", **facts), _joined(lang, own, credit, map_by)),
        (text(lang, "image_words.brief", **facts), _joined(lang, own, control, work)),
        (_joined(lang, short, control, text(lang, "image_words.border"), own, work),),
    )


def statement_text(catalogue: Catalogue, proposal: Proposal, edition: Edition, lang: str) -> str:
    """The statement that every image carries, in full."""
    return text(lang, "statement.full", **_facts(catalogue, proposal, edition, lang))


def _facts(catalogue: Catalogue, proposal: Proposal, edition: Edition, lang: str) -> dict[str, str]:
    """What fills the blanks of statements and notes."""
    return {
        "short": text(lang, "statement.short"),
        "how_known": proposal.texts["how_known"][lang],
        "date": date_text(lang, edition.as_of),
        "source": source_text(lang, catalogue),
        "maker": maker_text(lang, catalogue),
        "outlines": outlines_name(catalogue),
    }


def _joined(lang: str, *sentences: str) -> str:
    return text(lang, "format.sentence").join(sentence for sentence in sentences if sentence)


def _sentence(lang: str, words: str) -> str:
    """Words with a full stop, unless they end in a mark already; nothing stays nothing."""
    return words if not words or words.endswith(ENDS) else text(lang, "image_words.sentence", words=words)


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
