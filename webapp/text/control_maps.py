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
    """Return the source of a control map as a sentence names it: "DeepState (one map, no interval)".

    Parameters
    ----------
    lang
        Language of the text.
    catalogue
        Catalogue of a control map: its proposals, their editions and files.
    """
    control = catalogue.control
    if control.id == EMBEDDED:
        return text(lang, "statement.source")
    maps = plural(lang, "control.control_maps", control.maps)
    return text(lang, SOURCES[control.maps == 1], name=control_name(lang, control), maps=maps)


def choice_text(lang: Language, control: Control) -> str:
    """Return the name of a control map in a list to choose from.

    Parameters
    ----------
    lang
        Language of the text.
    control
        The control map.
    """
    if control.id == EMBEDDED:
        return text(lang, "control.embedded")
    name, maps = control_name(lang, control), plural(lang, "control.maps", control.maps)
    return text(lang, CHOICES[control.maps == 1], id=control.id, name=name, maps=maps)


def control_name(lang: Language, control: Control) -> str:
    """Return the maker of a control map, and those it was completed from, in characters that images can show.

    Parameters
    ----------
    lang
        Language of the text.
    control
        The control map.
    """
    name = drawable(control.name) or control.id
    if not control.completed_with:
        return name
    added = text(lang, "format.list").join(drawable(one) for one in control.completed_with)
    return text(lang, "control.completed", name=name, added=added)


def control_title(lang: Language, catalogue: Catalogue) -> str:
    """Return the name of a control map in a title.

    Parameters
    ----------
    lang
        Language of the text.
    catalogue
        Catalogue of a control map: its proposals, their editions and files.
    """
    control = catalogue.control
    return text(lang, "control.embedded") if control.id == EMBEDDED else control_name(lang, control)


def method_text(lang: Language, catalogue: Catalogue) -> str:
    """Return the sentence on how control was determined.

    Parameters
    ----------
    lang
        Language of the text.
    catalogue
        Catalogue of a control map: its proposals, their editions and files.
    """
    control = catalogue.control
    if control.id == EMBEDDED:
        return text(lang, "method.control")
    maps = plural(lang, "control.maps", control.maps)
    return text(lang, METHODS[control.maps == 1], name=control_name(lang, control), maps=maps)


def maps_read(lang: Language, catalogue: Catalogue) -> Markup:
    """Return the public maps behind the included control data, as links; empty for other control maps.

    Parameters
    ----------
    lang
        Language of the text.
    catalogue
        Catalogue of a control map: its proposals, their editions and files.
    """
    links = [Markup('<a href="{}">{}</a>').format(one.url, map_name(lang, one)) for one in catalogue.control.read]
    if not links:
        return Markup()
    return Markup(escape(text(lang, "method.maps"))).format(links=Markup(text(lang, "format.list")).join(links))


def makers_text(lang: Language, catalogue: Catalogue) -> Markup:
    """Return who made the control maps, with links to the public ones.

    Parameters
    ----------
    lang
        Language of the text.
    catalogue
        Catalogue of a control map: its proposals, their editions and files.
    """
    return maps_read(lang, catalogue) or escape(text(lang, "method.source", source=source_text(lang, catalogue)))


def map_name(lang: Language, public: PublicMap) -> str:
    """Return the name of a public map in a language, else that of its maker.

    Parameters
    ----------
    lang
        Language of the text.
    public
        A public map behind the control data.
    """
    key = f"control.map_{public.id}"
    return text(lang, key) if has_text(lang, key) else public.name


def unchanged_note(lang: Language, catalogue: Catalogue, edition: Edition) -> str:
    """Return the sentence on public maps that had not changed for days before an edition's date; empty if all had.

    Parameters
    ----------
    lang
        Language of the text.
    catalogue
        Catalogue of a control map: its proposals, their editions and files.
    edition
        The proposal on one control map.
    """
    named = [
        text(lang, "control.unchanged", map=map_name(lang, one), date=date_text(lang, edition.unchanged[one.id]))
        for one in catalogue.control.read
        if one.id in edition.unchanged
    ]
    return text(lang, "control.unchanged_note", maps=text(lang, "format.clauses").join(named)) if named else ""


def interval_note(lang: Language, catalogue: Catalogue) -> str:
    """Return the sentence on what low and high are, or that a single map has none.

    Parameters
    ----------
    lang
        Language of the text.
    catalogue
        Catalogue of a control map: its proposals, their editions and files.
    """
    return text(lang, "control.interval_one" if catalogue.control.maps == 1 else "table.note_interval")


def rounding_note(lang: Language, catalogue: Catalogue) -> str:
    """Return the sentence on how figures are rounded: by their size and, with several maps, by how far these differ.

    Parameters
    ----------
    lang
        Language of the text.
    catalogue
        Catalogue of a control map: its proposals, their editions and files.
    """
    return text(lang, "control.round_one" if catalogue.control.maps == 1 else "table.note_round")


def credit_text(key: str, lang: Language, catalogue: Catalogue, **others: str) -> str:
    """Return a credit line with source and licence of the control data; ``others`` fill further placeholders.

    Parameters
    ----------
    key
        Key of the text, ``table.key``.
    lang
        Language of the text.
    catalogue
        Catalogue of a control map: its proposals, their editions and files.
    """
    control = catalogue.control
    licence = text(lang, "control.own_licence" if control.id == EMBEDDED else LICENCES[control.maps == 1])
    source, outlines = source_text(lang, catalogue), outlines_name(catalogue)
    return text(lang, key, source=source, licence=licence, outlines=outlines, **others)


def maker_text(lang: Language, catalogue: Catalogue) -> str:
    """Return who drew an image, with the licence if no other maker decides about it.

    Parameters
    ----------
    lang
        Language of the text.
    catalogue
        Catalogue of a control map: its proposals, their editions and files.
    """
    licences = [text(lang, "control.own_licence")] if catalogue.control.id == EMBEDDED else []
    return text(lang, "format.comma").join((text(lang, "site.name"), *licences))


def licence_text(lang: Language, catalogue: Catalogue) -> str:
    """Return what may be done with the data of a page.

    Parameters
    ----------
    lang
        Language of the text.
    catalogue
        Catalogue of a control map: its proposals, their editions and files.
    """
    control = catalogue.control
    if control.id == EMBEDDED:
        return text(lang, "download.licence")
    maps = plural(lang, "control.control_maps", control.maps)
    return text(lang, ZONES[control.maps == 1], name=control_name(lang, control), maps=maps)


def outlines_text(lang: Language, catalogue: Catalogue) -> str:
    """Return whose oblast boundaries are used, and which border.

    Parameters
    ----------
    lang
        Language of the text.
    catalogue
        Catalogue of a control map: its proposals, their editions and files.
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
    """Return the name of contested territory: where maps disagree, or where a single map defines it.

    Parameters
    ----------
    lang
        Language of the text.
    catalogue
        Catalogue of a control map: its proposals, their editions and files.
    key
        Key of the text for several maps: ``kind.contested`` or ``held.contested``.
    """
    return text(lang, "control.contested_one" if catalogue.control.maps == 1 else key)
