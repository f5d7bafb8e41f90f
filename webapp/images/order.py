"""An image that is asked for, whole: whose, of which day, in which form and with which options."""

from dataclasses import dataclass
from pathlib import Path

from layers.catalogue import load_catalogue
from webapp.images.options import Options

FORMS = {"svg": "image/svg+xml", "png": "image/png", "pdf": "application/pdf"}


@dataclass(frozen=True)
class Order:
    """What is to be drawn; it can be handed to another process.

    ``root`` is the folder of the catalogue, ``requested`` the day asked for as an ISO date, ``form`` one of FORMS or
    ``factsheet``, which is a PDF of two pages.
    """

    root: Path
    proposal: str
    requested: str
    form: str
    options: Options


def draw_order(order: Order) -> bytes:
    """The file that was ordered. Raises UnknownError, DateError, OptionError, LimitError, PanelError, FontError."""
    from webapp.images import render_png, render_svg

    catalogue = load_catalogue(order.root)
    if order.form == "svg":
        return render_svg(catalogue, order.proposal, order.requested, order.options).encode()
    return render_png(catalogue, order.proposal, order.requested, order.options)
