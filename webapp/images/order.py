"""An image request as a whole: proposal, date, format and options."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from types import MappingProxyType

from layers.catalogue.model import Catalogue
from layers.catalogue.store import Stamp, stamp
from layers.products.media_types import GEOJSON as GEOJSON_TYPE
from layers.products.media_types import JSON, PDF, PNG, SVG
from layers.text.languages import Languages
from layers.versions.keeping import CATALOGUE
from webapp.images.options.options import Options
from webapp.images.pairs import control_beside, with_control_beside
from webapp.jobs.editions import open_catalogue

FACTSHEET = "factsheet"
GEOJSON = "geojson"
LABELS = "labels"  # a list as JSON, in pixels at scale 1
CATALOGUES_OPEN = 4


@dataclass(frozen=True)
class Order:
    """An image to draw; it can be sent to another process.

    ``root`` is the folder of the catalogue, ``languages`` are those of the service, ``requested`` is the date requested
    as an ISO date, ``form`` is a key of FORMS: a picture, or what stands beside it, such as ``factsheet``, a PDF of a
    few pages, or ``labels``, which lists those of the map. ``beside`` is the folder of another control map that a pair
    shows.
    """

    root: Path
    languages: Languages
    proposal: str
    requested: str
    form: str
    options: Options
    beside: Path | None = None


def order_from(catalogue: Catalogue, proposal_id: str, asked: str, form: str, options: Options) -> Order:
    """Return the order of an image, with the folder of the control map that a pair shows beside the catalogue's.

    Parameters
    ----------
    catalogue
        Catalogue of a control map: its proposals, their editions and files.
    proposal_id
        Id of the proposal.
    asked
        Date requested.
    form
        See ``Order``.
    options
        Options of the image.
    """
    beside = next((one.holding(proposal_id).root for one in catalogue.others.values()), None)
    return Order(catalogue.root, catalogue.languages, proposal_id, asked, form, options, beside)


def draw_order(order: Order) -> bytes:
    """The file that was ordered. Raises UnknownError, DateError, OptionError, LimitError, FontError."""
    catalogue = _opened(order.root, order.languages, stamp(order.root / CATALOGUE))
    if order.beside is not None:
        beside = _opened(order.beside, order.languages, stamp(order.beside / CATALOGUE))
        known = {control_beside(order.options): beside}
        catalogue = with_control_beside(catalogue, order.options, known)
    return draw_from(catalogue, order)


@lru_cache(maxsize=CATALOGUES_OPEN)
def _opened(root: Path, languages: Languages, _: Stamp) -> Catalogue:
    """The catalogue of a folder, read again only where its file has changed."""
    return open_catalogue(root, languages)


def draw_from(catalogue: Catalogue, order: Order) -> bytes:
    """Return the file that is ordered, from a catalogue that is loaded already.

    Parameters
    ----------
    catalogue
        Catalogue of a control map: its proposals, their editions and files.
    order
        What is drawn, with options and form.
    """
    return FORMS[order.form].draw(catalogue, order)


def _svg(catalogue: Catalogue, order: Order) -> bytes:
    from webapp.images import render_svg

    return render_svg(catalogue, order.proposal, order.requested, order.options, patterns=True).encode()


def _png(catalogue: Catalogue, order: Order) -> bytes:
    from webapp.images import render_png

    return render_png(catalogue, order.proposal, order.requested, order.options)


def _pdf(catalogue: Catalogue, order: Order) -> bytes:
    from webapp.images.output.pdf import render_pdf

    return render_pdf(catalogue, order.proposal, order.requested, order.options)


def _factsheet(catalogue: Catalogue, order: Order) -> bytes:
    from webapp.images.output.factsheet import render_factsheet

    return render_factsheet(catalogue, order.proposal, order.requested, order.options)


def _labels(catalogue: Catalogue, order: Order) -> bytes:
    from layers.files import json_bytes
    from webapp.images.output.label_list import listed_labels

    return json_bytes(listed_labels(catalogue, order.proposal, order.requested, order.options))


def _geojson(catalogue: Catalogue, order: Order) -> bytes:
    from webapp.images.output.geojson import image_features

    return image_features(catalogue, order.proposal, order.requested, order.options)


@dataclass(frozen=True)
class ImageForm:
    """A form of an image with its media type and what draws it; ``beside`` is a file beside the picture."""

    media_type: str
    draw: Callable[[Catalogue, Order], bytes]
    beside: bool = False


# Routes, pages and ``clausemap image`` read it, so that a further form is one row and one writer.
FORMS: Mapping[str, ImageForm] = MappingProxyType(
    {
        "svg": ImageForm(SVG, _svg),
        "png": ImageForm(PNG, _png),
        "pdf": ImageForm(PDF, _pdf),
        FACTSHEET: ImageForm(PDF, _factsheet, beside=True),
        GEOJSON: ImageForm(GEOJSON_TYPE, _geojson, beside=True),
        LABELS: ImageForm(JSON, _labels, beside=True),
    }
)
PICTURES = tuple(name for name, row in FORMS.items() if not row.beside)
