"""Images as jobs: what an image is known by, and drawing it once for all who request it."""

from functools import partial

from layers.catalogue.model import Catalogue, Edition
from layers.text.languages import Languages
from webapp.images.checks import check_order
from webapp.images.options.options import write_options
from webapp.images.order import Order, draw_order
from webapp.images.pairs import sources_of
from webapp.jobs.code_version import FONTS, code_version, texts_version
from webapp.jobs.jobs import Job, job_key, job_result
from webapp.limits import LARGE_PIXELS

CODE = ("webapp.images.order",)
FILES = (FONTS, "webapp/templates/image.*", "webapp/templates/factsheet.typ")
PACKAGES = ("shapely", "pyproj", "numpy", "babel", "fonttools", "jinja2", "pillow", "thorvg-python", "typst")


def drawn_image(catalogue: Catalogue, edition: Edition, order: Order) -> bytes:
    """Return the image that was ordered, drawn now or before.

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
        If the options do not fit the edition; nothing is drawn then.
    BusyError
        As ``job_result`` does; also whatever ``draw_order`` raises.
    """
    check_order(catalogue, edition, order)
    key, work = image_key(catalogue, edition, order), partial(draw_order, order)
    return job_result(Job(key, work, kind="image", large=_is_large(order)))


def image_key(catalogue: Catalogue, edition: Edition, order: Order) -> str:
    """Return a hash of the code, the data, the date, the options and the format of an image.

    Parameters
    ----------
    catalogue
        Catalogue of a control map: its proposals, their editions and files.
    edition
        The proposal on one control map.
    order
        What is drawn, with options and form.
    """
    data = [catalogue.data_version, catalogue.control.id, edition.control_sha256]
    data += [part for one in sources_of(catalogue, order.options)[1:] for part in (one.data_version, one.control.id)]
    files = [file.sha256 for file in (edition.products["layer"], *catalogue.context.values())]
    parts = {
        "code": drawing_version(order.languages),
        "data": [*data, *files],
        "image": [order.proposal, order.requested, edition.as_of, order.form],
        "options": write_options(order.options),
    }
    return job_key(parts)


def drawing_version(languages: Languages) -> str:
    """Return what changes with the code and the texts that draw images in some languages."""
    return code_version(CODE, FILES, PACKAGES) + texts_version(languages)


def _is_large(order: Order) -> bool:
    (width, height), scale = order.options.size, order.options.scale
    return order.form == "png" and width * height * scale**2 > LARGE_PIXELS
