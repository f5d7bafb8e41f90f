"""What is said of an image of two editions, side by side or of what differs: alternative text, caption and credit."""

from collections.abc import Collection, Iterator, Sequence

from layers.catalogue.model import Proposal
from layers.text.languages import Language
from webapp.images.changes import Changes, changes_between
from webapp.images.description.phrases import Figure, about, ranged
from webapp.images.options.options import Options
from webapp.images.pairs import TWO_SIDED, PairSide, in_turn, side_beside, side_names, told_apart, would_lines
from webapp.text.control_maps import credit_text
from webapp.text.interface import date_text, text

Sides = tuple[PairSide, PairSide]


def sides_told(own: PairSide, options: Options) -> Sides | None:
    """Return the two editions that an image shows, in their order; None for an image of one or of a series.

    Parameters
    ----------
    own
        The edition of the image.
    options
        Options of the image.

    Raises
    ------
    OptionError, DateError
        As ``side_beside`` does.
    """
    return in_turn(own, side_beside(own, options.beside)) if options.template in TWO_SIDED else None


def alts_of_sides(lang: Language, title: str, sides: Sides, named: Collection[str], *, pair: bool) -> Iterator[str]:
    """Yield alternative texts, from the fullest on.

    Parameters
    ----------
    lang
        Language of the text.
    title
        Title of the image.
    sides
        The editions.
    named
        Ids of the zones that are chosen; empty for all.
    pair
        Whether they are side by side; else what differs is drawn.
    """
    one = "_one" if sides[0].proposal.id == sides[1].proposal.id else ""
    if pair:
        yield from _alts_of_pair(lang, title, sides, named)
    else:
        yield from _alts_of_changes(lang, title, changes_between(*sides, named), one)
    yield text(lang, f"image_words.alt_same{one}", title=title)
    yield title


def caption_of_sides(lang: Language, title: str, sides: Sides, named: Collection[str], *, pair: bool) -> str:
    """Return what is shown, who put it forward, by which control maps, and that none of it is in force.

    Parameters
    ----------
    lang
        Language of the text.
    title
        Title of the image.
    sides
        The editions.
    named
        Ids of the zones that are chosen; empty for all.
    pair
        Whether they are side by side; else what differs is drawn.
    """
    drafts = {side.proposal.id: side.proposal for side in sides}.values()
    closing = text(lang, "image_words.closing_several" if len(drafts) > 1 else "image_words.closing")
    shown = _pair_caption(lang, title, sides, named) if pair else _difference_caption(lang, title, sides, named)
    by = [put_forward_text(lang, one) for one in drafts if len(drafts) == 1 or not pair]
    return text(lang, "format.sentence").join((shown, *by, credit_of_sides(lang, sides), closing))


def credit_of_sides(lang: Language, sides: Sides) -> str:
    """Return the control maps of both sides, one that is behind both once with both dates.

    Parameters
    ----------
    lang
        Language of the text.
    sides
        The editions.
    """
    dates: dict[str, list[str]] = {}
    catalogues = {side.catalogue.control.id: side.catalogue for side in sides}
    for side in sides:
        dates.setdefault(side.catalogue.control.id, []).append(date_text(lang, side.edition.as_of))
    days = {name: text(lang, "format.list").join(dict.fromkeys(listed)) for name, listed in dates.items()}
    credits = (credit_text("map.credit", lang, one, date=days[name]) for name, one in catalogues.items())
    return text(lang, "format.sentence").join(credits)


def put_forward_text(lang: Language, proposal: Proposal) -> str:
    """Return by whom a proposal was put forward, as a sentence.

    Parameters
    ----------
    lang
        Language of the sentence.
    proposal
        The proposal.
    """
    draft, by = (proposal.texts[name][lang.tag] for name in ("short_title", "put_forward_by"))
    return text(lang, "image_words.put_forward", draft=draft, by=by)


def _alts_of_pair(lang: Language, title: str, sides: Sides, named: Collection[str]) -> Iterator[str]:
    """With all that each side would do, then with the most important, then without the title, then with the title."""
    drafts = "alt_drafts" if sides[0].proposal.id != sides[1].proposal.id else "alt_pair"
    names = tuple(told_apart(lang, one, other) for one, other in (sides, sides[::-1]))
    facts = {"title": title, "draft": sides[0].proposal.texts["short_title"][lang.tag]}
    short = side_names(lang, *sides) if drafts == "alt_drafts" else names
    for key, called, lines in (
        (drafts, names, None),
        (drafts, names, 1),
        (drafts, short, 1),
        (f"{drafts}_sides", names, 1),
        (f"{drafts}_sides", short, 1),
        (drafts, names, 0),
    ):
        left, right = _sides_said(lang, sides, called, named, lines)
        yield text(lang, f"image_words.{key}", left=left, right=right, **facts)


def _sides_said(
    lang: Language, sides: Sides, names: Sequence[str], named: Collection[str], lines: int | None
) -> tuple[str, str]:
    """What each side is called, and what it would do in some lines, or in all."""
    left, right = (
        _side_said(lang, name, would_lines(lang, side, named)[:lines]) for name, side in zip(names, sides, strict=True)
    )
    return left, right


def _side_said(lang: Language, name: str, would: Sequence[str]) -> str:
    said = text(lang, "format.clauses").join(would)
    return text(lang, "image_words.side", what=name, would=said) if said else name


def _pair_caption(lang: Language, title: str, sides: Sides, named: Collection[str]) -> str:
    names = [told_apart(lang, one, other) for one, other in (sides, sides[::-1])]
    left, right = _sides_said(lang, sides, names, named, None)
    return text(lang, "image_words.caption_pair", title=title, left=left, right=right)


def _difference_caption(lang: Language, title: str, sides: Sides, named: Collection[str]) -> str:
    listed = _listed(lang, _told_changes(lang, changes_between(*sides, named), ranged))
    if not listed:
        return text(lang, "image_words.sentence", words=title)
    return text(lang, "image_words.caption_difference", title=title, changes=listed)


def _alts_of_changes(lang: Language, title: str, changes: Changes, one: str) -> Iterator[str]:
    """With the area of each change, then of fewer; ``one`` ends the key of the text where it is one proposal."""
    for count in range(len(changes.named), 0, -1):
        rest = [text(lang, "image_words.more")] if count < len(changes.named) or changes.others else []
        for figure in (ranged, about):
            listed = _listed(lang, [*_told_changes(lang, changes, figure)[:count], *rest])
            yield text(lang, f"image_words.alt_difference{one}", title=title, changes=listed)


def _told_changes(lang: Language, changes: Changes, figure: Figure) -> list[str]:
    told = [(*changes.both_words(lang, one), figure(lang, one.size)) for one in changes.named]
    return [text(lang, "image_words.entry_difference", left=left, right=right, area=area) for left, right, area in told]


def _listed(lang: Language, phrases: Collection[str]) -> str:
    return text(lang, "format.clauses").join(phrases)
