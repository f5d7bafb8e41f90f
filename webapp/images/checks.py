"""What is refused of an image before anything is drawn: zones, clauses and extents that there are not."""

from layers.catalogue.model import Catalogue, Edition
from webapp.errors import OptionError
from webapp.images.options.degrees import DEGREES, is_written, read_degrees
from webapp.images.options.options import EXTENTS, Options
from webapp.images.options.places import WRITTEN, place_degrees, town_ids
from webapp.images.options.zones import chosen_zones
from webapp.images.order import Order


def check_order(catalogue: Catalogue, edition: Edition, order: Order) -> None:
    """Refuse what can be refused of an order without drawing.

    Parameters
    ----------
    catalogue
        Catalogue of a control map: its proposals, their editions and files.
    edition
        The proposal on one control map.
    order
        What is drawn, with options and form.

    Raises
    ------
    OptionError, LimitError
        As ``check_options`` does.
    """
    check_options(catalogue, edition, order.options)


def check_options(catalogue: Catalogue, edition: Edition, options: Options) -> None:
    """Refuse what can be refused without drawing.

    Parameters
    ----------
    catalogue
        Catalogue of a control map: its proposals, their editions and files.
    edition
        The proposal on one control map.
    options
        Options of the image.

    Raises
    ------
    OptionError, LimitError
        As drawing would.
    """
    chosen_zones(options, catalogue.areas(edition))
    check_extent(options.extent, catalogue, edition)
    town_ids(options.highlight, catalogue)


def check_extent(words: str, catalogue: Catalogue, edition: Edition) -> None:
    """Refuse an extent that is not the name of one, a zone of the edition, a place, or four degrees.

    Parameters
    ----------
    words
        Value of the option.
    catalogue
        Catalogue of a control map: its proposals, their editions and files.
    edition
        The proposal on one control map.

    Raises
    ------
    OptionError
        If it is none of these.
    LimitError
        If its degrees or radius cannot be drawn.
    """
    if words in EXTENTS or words in edition.zones:
        return
    if not is_written(words):
        if place_degrees(words, catalogue) is None:
            raise OptionError("extent", words, (*EXTENTS, *edition.zones, WRITTEN, DEGREES))
        return
    read_degrees(words)
