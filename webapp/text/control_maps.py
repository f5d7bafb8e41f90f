"""What is said of the control maps and outlines behind a catalogue: the embedded ones, a desk's own, one or several."""

from markupsafe import Markup, escape

from layers.catalogue.model import Catalogue, Control, Edition
from layers.embedded import EMBEDDED, PublicMap
from layers.text.languages import Language
from webapp.text.interface import date_text, has_text, plural, text
from webapp.typography.signs import drawable

EMBEDDED_OUTLINES = "Natural Earth"

# The texts for several maps, and for one.
SOURCES = ("control.source_several", "control.source_one")
CHOICES = ("control.choice_several", "control.choice_one")
METHODS = ("control.method_several", "control.method_one")
ZONES = ("control.zones_several", "control.zones_one")
LICENCES = ("control.other_licences", "control.other_licence")


def source_text(lang: Language, catalogue: Catalogue) -> str:
    """The source of control as a sentence names it: "DeepState (one map, no interval)".

    Parameters
    ----------
    lang
        Language of the words.
    catalogue
        What was built, with its files.
    """
    control = catalogue.control
    if control.id == EMBEDDED:
        return text(lang, "statement.source")
    maps = plural(lang, "control.control_maps", control.maps)
    return text(lang, SOURCES[control.maps == 1], name=control_name(lang, control), maps=maps)


def choice_text(lang: Language, control: Control) -> str:
    """What a control map is called where one of several is chosen.

    Parameters
    ----------
    lang
        Language of the words.
    control
        The control map.
    """
    if control.id == EMBEDDED:
        return text(lang, "control.embedded")
    name, maps = control_name(lang, control), plural(lang, "control.maps", control.maps)
    return text(lang, CHOICES[control.maps == 1], id=control.id, name=name, maps=maps)


def control_name(lang: Language, control: Control) -> str:
    """Whose control map it is, and with whose it was completed, in signs that pages and images can show alike.

    Parameters
    ----------
    lang
        Language of the words.
    control
        The control map.
    """
    name = drawable(control.name) or control.id
    if not control.completed_with:
        return name
    added = text(lang, "format.list").join(drawable(one) for one in control.completed_with)
    return text(lang, "control.completed", name=name, added=added)


def control_title(lang: Language, catalogue: Catalogue) -> str:
    """What a control map is called in a title."""
    control = catalogue.control
    return text(lang, "control.embedded") if control.id == EMBEDDED else control_name(lang, control)


def method_text(lang: Language, catalogue: Catalogue) -> str:
    """How control was determined.

    Parameters
    ----------
    lang
        Language of the words.
    catalogue
        What was built, with its files.
    """
    control = catalogue.control
    if control.id == EMBEDDED:
        return text(lang, "method.control")
    maps = plural(lang, "control.maps", control.maps)
    return text(lang, METHODS[control.maps == 1], name=control_name(lang, control), maps=maps)


def maps_read(lang: Language, catalogue: Catalogue) -> Markup:
    """The public maps behind the embedded control data, as links; empty for other control maps.

    Parameters
    ----------
    lang
        Language of the words.
    catalogue
        What was built, with its files.
    """
    links = [Markup('<a href="{}">{}</a>').format(one.url, map_name(lang, one)) for one in catalogue.control.read]
    if not links:
        return Markup()
    return Markup(escape(text(lang, "method.maps"))).format(links=Markup(text(lang, "format.list")).join(links))


def makers_text(lang: Language, catalogue: Catalogue) -> Markup:
    """Who made the control maps, with links to the public ones.

    Parameters
    ----------
    lang
        Language of the words.
    catalogue
        What was built, with its files.
    """
    return maps_read(lang, catalogue) or escape(text(lang, "method.source", source=source_text(lang, catalogue)))


def map_name(lang: Language, public: PublicMap) -> str:
    """What a public map is called in a language, by its maker's name where that has no other.

    Parameters
    ----------
    lang
        Language of the words.
    public
        One of the public maps.
    """
    key = f"control.map_{public.id}"
    return text(lang, key) if has_text(lang, key) else public.name


def unchanged_note(lang: Language, catalogue: Catalogue, edition: Edition) -> str:
    """Which of the public maps had not changed for some days before the day of an edition; empty where all had.

    Parameters
    ----------
    lang
        Language of the words.
    catalogue
        What was built, with its files.
    edition
        The edition: the proposal on one date.
    """
    named = [
        text(lang, "control.unchanged", map=map_name(lang, one), date=date_text(lang, edition.unchanged[one.id]))
        for one in catalogue.control.read
        if one.id in edition.unchanged
    ]
    return text(lang, "control.unchanged_note", maps=text(lang, "format.clauses").join(named)) if named else ""


def interval_note(lang: Language, catalogue: Catalogue) -> str:
    """What low and high are, or that a single map has none.

    Parameters
    ----------
    lang
        Language of the words.
    catalogue
        What was built, with its files.
    """
    return text(lang, "control.interval_one" if catalogue.control.maps == 1 else "table.note_interval")


def rounding_note(lang: Language, catalogue: Catalogue) -> str:
    """How figures are rounded: by their size and, with several maps, by how far these differ.

    Parameters
    ----------
    lang
        Language of the words.
    catalogue
        What was built, with its files.
    """
    return text(lang, "control.round_one" if catalogue.control.maps == 1 else "table.note_round")


def credit_text(key: str, lang: Language, catalogue: Catalogue, **others: str) -> str:
    """A credit line: source and licence of the control data, and the outlines; ``others`` fill in the rest."""
    control = catalogue.control
    licence = text(lang, "control.own_licence" if control.id == EMBEDDED else LICENCES[control.maps == 1])
    source, outlines = source_text(lang, catalogue), outlines_name(catalogue)
    return text(lang, key, source=source, licence=licence, outlines=outlines, **others)


def maker_text(lang: Language, catalogue: Catalogue) -> str:
    """Who drew an image, with the licence where no other maker has a say in it.

    Parameters
    ----------
    lang
        Language of the words.
    catalogue
        What was built, with its files.
    """
    licences = [text(lang, "control.own_licence")] if catalogue.control.id == EMBEDDED else []
    return text(lang, "format.comma").join((text(lang, "site.name"), *licences))


def licence_text(lang: Language, catalogue: Catalogue) -> str:
    """What may be done with the data of a page.

    Parameters
    ----------
    lang
        Language of the words.
    catalogue
        What was built, with its files.
    """
    control = catalogue.control
    if control.id == EMBEDDED:
        return text(lang, "download.licence")
    maps = plural(lang, "control.control_maps", control.maps)
    return text(lang, ZONES[control.maps == 1], name=control_name(lang, control), maps=maps)


def outlines_text(lang: Language, catalogue: Catalogue) -> str:
    """Whose oblast outlines these are, and in which boundaries.

    Parameters
    ----------
    lang
        Language of the words.
    catalogue
        What was built, with its files.
    """
    outlines = outlines_name(catalogue)
    if outlines == EMBEDDED_OUTLINES:
        return text(lang, "method.outlines")
    return text(lang, "control.other_outlines", outlines=outlines)


def outlines_name(catalogue: Catalogue) -> str:
    """Whose outlines a credit line names; of other ones the file, whose hash the data carries."""
    embedded = catalogue.boundary_source.startswith(EMBEDDED_OUTLINES)
    return EMBEDDED_OUTLINES if embedded else drawable(catalogue.boundary_source.rpartition(" (sha256 ")[0])


def contested_text(lang: Language, catalogue: Catalogue, key: str) -> str:
    """What contested territory is called (``kind.contested``, ``held.contested``): maps disagree, or one says so.

    Parameters
    ----------
    lang
        Language of the words.
    catalogue
        What was built, with its files.
    key
        Key of the interface text.
    """
    return text(lang, "control.contested_one" if catalogue.control.maps == 1 else key)
