"""What is said of an image beside its map: notes that can be shortened, alternative text, caption and credit."""

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain
from types import MappingProxyType

from layers.catalogue.model import Catalogue, Edition, Proposal, find_edition
from layers.embedded import EMBEDDED
from layers.kinds.table import LAST_IN_ALT_RANK, LAST_IN_CAPTION_RANK, kind_of
from layers.text.languages import Language
from webapp.images.description.phrases import (
    Subject,
    about,
    bare,
    bare_by_map,
    is_part,
    leading,
    ranged,
    ranged_by_map,
    said,
    subjects_of,
)  # fmt: skip
from webapp.images.description.series import alts_of_series, series_shown
from webapp.images.description.two_sides import (
    alts_of_sides,
    caption_of_sides,
    credit_of_sides,
    put_forward_text,
    sides_told,
)
from webapp.images.options.options import WIDE_PX, Options
from webapp.images.options.zones import chosen_zones
from webapp.images.pairs import PairSide, series_days, sources_of
from webapp.images.titles import template_title, zones_named
from webapp.text.control_maps import credit_text, licence_text, maker_text, outlines_name, source_text
from webapp.text.headlines import headline_of
from webapp.text.interface import date_text, text
from webapp.text.totals import total

ENDS = (".", "!", "?", "…", "。", "！", "？")
LONGEST_ALT = 250  # characters

# The texts round the zones of an alternative text: whether they are called by their names, and in round figures.
SHOWN = {
    (False, False): "image_words.alt_zones",
    (False, True): "image_words.alt_rounded",
    (True, False): "image_words.alt_named",
    (True, True): "image_words.alt_named_rounded",
}


@dataclass(frozen=True)
class Description:
    """What is said of an image in one language: plain texts, each on one line.

    ``alt`` has at most LONGEST_ALT characters; ``caption`` is for print and repeats the statement that a plain image
    lacks; ``credit`` begins with the reader's own, if there is one.
    """

    title: str
    alt: str
    caption: str
    credit: str
    licence: str
    statement: str


@dataclass(frozen=True)
class _Told:
    """What alternative text and caption are written from."""

    catalogue: Catalogue
    proposal: Proposal
    edition: Edition
    lang: Language
    subjects: tuple[Subject, ...]
    options: Options


def describe(catalogue: Catalogue, proposal: Proposal, asked: str, edition: Edition, options: Options) -> Description:
    """Return alternative text, caption and credit of an image, in the language of the options.

    Parameters
    ----------
    catalogue
        Catalogue of a control map: its proposals, their editions and files.
    proposal
        A proposal of the catalogue.
    asked
        The date requested, as an ISO date.
    edition
        The proposal on one control map.
    options
        Options of the image.

    Raises
    ------
    OptionError
        For a zone or clause that the edition lacks.
    """
    lang, zones = catalogue.languages[options.lang], catalogue.areas(edition)
    chosen = chosen_zones(options, zones)
    told = _Told(catalogue, proposal, edition, lang, subjects_of(zones, options, lang), options)
    sources = sources_of(catalogue, options)
    map_by = text(lang, "image_words.map_by", maker=_maker(lang, sources))
    title = headline_text(catalogue, proposal, edition, options)
    sides, pair = sides_told(PairSide(catalogue, proposal, edition), options), options.template == "pair"
    named = chosen if options.zones or options.clauses else frozenset[str]()
    credit = credit_of_sides(lang, sides) if sides else _credits(lang, sources, _days(told))
    if sides:
        alts = alts_of_sides(lang, title, sides, named, pair=pair)
        caption = caption_of_sides(lang, title, sides, named, pair=pair)
    else:
        alts, caption = _TOLD.get(options.template, _told_once)(told, title, named, asked)
    return Description(
        title=title,
        alt=next((alt for alt in alts if len(alt) <= LONGEST_ALT), title[:LONGEST_ALT]),
        caption=caption,
        credit=_joined(lang, _sentence(lang, options.credit), map_by, credit),
        licence=text(lang, "control.own_licence") if _are_embedded(sources) else _licences(lang, sources),
        statement=statement_text(catalogue, proposal, edition, lang),
    )


def notes(
    catalogue: Catalogue, proposal: Proposal, edition: Edition, options: Options, dates: Sequence[str] = ()
) -> tuple[tuple[str, ...], ...]:
    """Return the notes of an image as paragraphs, from the longest variant to the shortest.

    Each states the source and date of control, the rule of the border, and whose work it is; that this is a proposal
    and not in force stands above the map, and in the longer ones again. A credit of the reader's own comes first in
    the last paragraph of each.

    Parameters
    ----------
    catalogue
        Catalogue of a control map: its proposals, their editions and files.
    proposal
        A proposal of the catalogue.
    edition
        The proposal on one control map.
    options
        Options of the image.
    dates
        ISO dates of the control maps that it shows, if there are several.
    """
    lang = catalogue.languages[options.lang]
    sources = sources_of(catalogue, options)
    facts = _facts(catalogue, proposal, edition, lang) | _sources(lang, sources)
    short_day = text(lang, "timeline.day")
    maps = {"source": text(lang, "statement.source_maps")} if _are_embedded(sources) else {}
    several = _span(lang, sorted(set(dates)), short_day)
    facts |= {"date": several} if several else {}
    coverage = proposal.texts.get("coverage_note")
    covered = (coverage[lang.tag],) if coverage else ()
    own = _sentence(lang, options.credit)
    credit = _credits(lang, sources, facts["date"])
    made, map_by = (text(lang, key, maker=facts["maker"]) for key in ("images.made", "image_words.map_by"))
    brief = facts | {"date": several or date_text(lang, edition.as_of, short_day)}
    control, work = text(lang, "image_words.control", **brief), text(lang, "image_words.work", **brief)
    return (
        (*covered, statement_text(catalogue, proposal, edition, lang), _joined(lang, own, credit, made)),
        (*covered, text(lang, "image_words.reading", **facts), _joined(lang, own, credit, map_by)),
        (text(lang, "image_words.brief", **facts), _joined(lang, own, control, work)),
        (_joined(lang, control, text(lang, "image_words.border"), own, work),),
        (_joined(lang, control, text(lang, "image_words.border_short"), own, work),),
        (
            _joined(
                lang,
                text(lang, "image_words.control", **brief | maps),
                text(lang, "image_words.border_short"),
                own,
                work,
            ),
        ),
    )


def _sources(lang: Language, catalogues: Sequence[Catalogue]) -> dict[str, str]:
    """Source and maker of an image that shows several control maps."""
    listed = text(lang, "format.list").join(source_text(lang, one) for one in catalogues)
    return {"source": listed, "maker": _maker(lang, catalogues)}


def _maker(lang: Language, catalogues: Sequence[Catalogue]) -> str:
    return maker_text(lang, next((one for one in catalogues if one.control.id != EMBEDDED), catalogues[0]))


def _are_embedded(catalogues: Sequence[Catalogue]) -> bool:
    return all(one.control.id == EMBEDDED for one in catalogues)


def _credits(lang: Language, catalogues: Sequence[Catalogue], date: str) -> str:
    return _joined(lang, *(credit_text("map.credit", lang, one, date=date) for one in catalogues))


def _licences(lang: Language, catalogues: Sequence[Catalogue]) -> str:
    return _joined(lang, *dict.fromkeys(licence_text(lang, one) for one in catalogues))


def _days(told: _Told) -> str:
    """The dates of the control maps that an image of one proposal shows."""
    dates = series_days(told.proposal) if told.options.template == "series" else ()
    return _span(told.lang, dates) or date_text(told.lang, told.edition.as_of)


def _span(lang: Language, dates: Sequence[str], pattern: str = "") -> str:
    """Several dates in words, two of them both, of more the first and the last; empty for fewer."""
    if len(dates) < 2:
        return ""
    first, last = (date_text(lang, date, pattern) for date in (dates[0], dates[-1]))
    if len(dates) == 2:
        return text(lang, "format.list").join((first, last))
    return text(lang, "images.dates", first=first, last=last)


def headline_text(catalogue: Catalogue, proposal: Proposal, edition: Edition, options: Options) -> str:
    """Return the title of an image: the reader's own, what it compares, the headline of the zones shown, or a name.

    If no zone is chosen, it is the proposal's name.

    Parameters
    ----------
    catalogue
        Catalogue of a control map: its proposals, their editions and files.
    proposal
        A proposal of the catalogue.
    edition
        The proposal on one control map.
    options
        Options of the image.

    Raises
    ------
    OptionError
        If a zone or clause is not in the edition.
    """
    zones = catalogue.areas(edition)
    chosen = chosen_zones(options, zones)
    if options.title:
        return options.title
    compared = template_title(PairSide(catalogue, proposal, edition), options, chosen)
    if compared:
        return compared
    if not any(zone["partition"] and zone["id"] in chosen for zone in zones):
        return proposal.texts["title"][options.lang]
    some = chosen if options.zones or options.clauses else None
    headline = headline_of(catalogue.languages[options.lang], proposal, zones, some)
    return headline.text if options.size[0] >= WIDE_PX else headline.short


def statement_text(catalogue: Catalogue, proposal: Proposal, edition: Edition, lang: Language) -> str:
    """Return the statement that every image has, in full: a proposal, not in force.

    Parameters
    ----------
    catalogue
        Catalogue of a control map: its proposals, their editions and files.
    proposal
        A proposal of the catalogue.
    edition
        The proposal on one control map.
    lang
        Language of the text.
    """
    return text(lang, "statement.full", **_facts(catalogue, proposal, edition, lang))


def page_statement(catalogue: Catalogue, proposal: Proposal, edition: Edition, lang: Language) -> str:
    """Return the statement of a page without a map.

    Parameters
    ----------
    catalogue
        Catalogue of a control map: its proposals, their editions and files.
    proposal
        A proposal of the catalogue.
    edition
        The proposal on one control map.
    lang
        Language of the text.
    """
    return text(lang, "statement.page", **_facts(catalogue, proposal, edition, lang))


_Texts = tuple[Iterator[str], str]  # alternative texts from the fullest on, and a caption


def _told_once(told: _Told, _: str, __: Collection[str], asked: str) -> _Texts:
    return _alts(told), _caption(told, asked)


def _told_zoomed(told: _Told, _: str, named: Collection[str], asked: str) -> _Texts:
    """With what is enlarged, where that is a zone."""
    if is_part(told.options):
        return _alts(told), _caption(told, asked)
    lang, what = told.lang, zones_named(told.lang, told.catalogue.areas(told.edition), named)
    zoomed = (text(lang, "image_words.alt_zoom", alt=alt, what=what) for alt in _alts(told))
    return chain(zoomed, _alts(told)), _caption(told, asked, text(lang, "image_words.caption_zoom", what=what))


def _told_by_date(told: _Told, title: str, named: Collection[str], _: str) -> _Texts:
    """With the area on each date."""
    lang, own = told.lang, PairSide(told.catalogue, told.proposal, told.edition)
    credit = _credits(lang, sources_of(told.catalogue, told.options), _days(told))
    by, closing = put_forward_text(lang, told.proposal), text(lang, "image_words.closing")
    caption = _joined(lang, series_shown(lang, title, own, named), by, credit, closing)
    return alts_of_series(lang, title, own, named), caption


_TOLD: Mapping[str, Callable[[_Told, str, Collection[str], str], _Texts]] = MappingProxyType(
    {"zoom": _told_zoomed, "series": _told_by_date}
)


def _alts(told: _Told) -> Iterator[str]:
    """Alternative texts from the fullest to one that always fits, each with the day and what is uncertain.

    First every area has its interval, then only the least certain; then words are saved, and at last the least
    important zones are left out.
    """
    lang, as_of = told.lang, told.edition.as_of
    subjects = leading(told.subjects, LAST_IN_ALT_RANK)
    day = date_text(lang, as_of)
    for count in range(len(subjects), 0, -1):
        kept = subjects[:count]
        more = [text(lang, "image_words.more")] if count < len(subjects) else []
        unsure = _unsure(told, kept)
        for status in (True, False):
            phrases = [said(lang, one, "alt", ranged, status=status) for one in kept]
            yield _alt(told, day, [*phrases, *more], unsure)
        least = max(kept, key=lambda one: one.spread)
        unsure = "" if least.spread else unsure
        for rounded in (False, True):
            with_map, alone = (bare_by_map, bare) if rounded else (ranged_by_map, about)
            phrases = [said(lang, one, "alt", with_map if one is least else alone, status=False) for one in kept]
            yield _alt(told, day, [*phrases, *more], unsure, rounded=rounded)
    yield _alt(told, day, [], _unsure(told, ()))


def _alt(told: _Told, day: str, phrases: Sequence[str], unsure: str, *, rounded: bool = False) -> str:
    lang = told.lang
    named = all(one.name for one in told.subjects)
    zones = text(lang, SHOWN[named, rounded], zones=_listed(lang, phrases)) if phrases else ""
    draft = told.proposal.texts["short_title"][lang.tag]
    return text(lang, "image_words.alt", draft=draft, date=day, zones=_joined(lang, zones, unsure))


def _listed(lang: Language, phrases: Sequence[str]) -> str:
    return text(lang, "format.clauses").join(phrases)


def _unsure(told: _Told, subjects: Sequence[Subject]) -> str:
    """What is uncertain about the areas that are named, or about control where none is."""
    lang = told.lang
    if any(one.spread for one in subjects):
        return text(lang, "image_words.unsure_ranges")
    if told.catalogue.control.maps == 1:
        return text(lang, "image_words.unsure_one_map")
    part = is_part(told.options)
    contested = [] if part else [zone for zone in told.catalogue.areas(told.edition) if kind_of(zone).is_contested]
    if contested and not any(one.size for one in subjects):
        return text(lang, "image_words.unsure_contested", area=about(lang, total(contested)))
    return text(lang, "image_words.unsure_estimate")


def _caption(told: _Told, asked: str, maps: str = "") -> str:
    """What is shown, by which control map of which day, on what maps, and that it is a proposal."""
    lang, facts = told.lang, _facts(told.catalogue, told.proposal, told.edition, told.lang)
    subjects = leading(told.subjects, LAST_IN_CAPTION_RANK)
    shown = text(
        lang,
        "image_words.caption_part"
        if not subjects
        else "image_words.caption_named"
        if all(one.name for one in subjects)
        else "image_words.caption_zones",
        draft=told.proposal.texts["title"][lang.tag],
        how_known=facts["how_known"],
        zones=_listed(lang, [said(lang, one, "caption", ranged) for one in subjects]),
    )
    ranges = text(lang, "image_words.ranges") if any(one.spread for one in subjects) else ""
    key, day = _control_key(told, asked)
    control = text(lang, key, **facts, asked=date_text(lang, day), ranges=ranges)
    by = put_forward_text(lang, told.proposal)
    return _joined(lang, shown, by, control, maps, text(lang, "image_words.closing"))


def _control_key(told: _Told, asked: str) -> tuple[str, str]:
    """The text on the day of control, and the day that has no map: the requested one, or a proposal's before all."""
    as_of, proposed = told.edition.as_of, told.proposal.date
    if asked != as_of:
        return "image_words.control_asked", asked
    before_all = proposed < as_of == told.proposal.control_dates[0]
    return ("image_words.control_before", proposed) if before_all else ("image_words.control_day", asked)


def _facts(catalogue: Catalogue, proposal: Proposal, edition: Edition, lang: Language) -> dict[str, str]:
    """What fills the blanks of statements and notes."""
    return {
        "short": text(lang, "statement.short"),
        "how_known": proposal.texts["how_known"][lang.tag],
        "date": date_text(lang, edition.as_of),
        "source": source_text(lang, catalogue),
        "maker": maker_text(lang, catalogue),
        "outlines": outlines_name(catalogue),
    }


def _joined(lang: Language, *sentences: str) -> str:
    return text(lang, "format.sentence").join(sentence for sentence in sentences if sentence)


def _sentence(lang: Language, words: str) -> str:
    """Words with a full stop, unless they end in a mark already; nothing stays nothing."""
    return words if not words or words.endswith(ENDS) else text(lang, "image_words.sentence", words=words)


def software_text(catalogue: Catalogue) -> str:
    """Return the name of the software that made a file, with the version of its data."""
    return f"Clausemap, data {catalogue.data_version}"


def file_words(catalogue: Catalogue, proposal: Proposal, requested: str | None, options: Options) -> dict[str, str]:
    """Return the metadata of an image's file, by the keywords of PNG.

    Parameters
    ----------
    catalogue
        Catalogue of a control map: its proposals, their editions and files.
    proposal
        A proposal of the catalogue.
    requested
        ISO date, ``latest``, or None for the proposal's own date.
    options
        Options of the image.

    Raises
    ------
    DateError
        If the date is none, or before the first control map.
    """
    lang, (asked, edition) = catalogue.languages[options.lang], find_edition(proposal, requested)
    words = describe(catalogue, proposal, asked, edition, options)
    return {
        "Title": words.title,
        "Author": text(lang, "site.name"),
        "Description": text(lang, "format.sentence").join((words.alt, words.statement)),
        "Copyright": words.licence,
        "Source": words.credit,
        "Software": software_text(catalogue),
    }
