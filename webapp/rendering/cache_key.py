"""By what a drawn image is known: everything that it is made of, and nothing else."""

import hashlib
import json
from collections.abc import Mapping
from functools import lru_cache
from importlib.metadata import version
from pathlib import Path

from layers.catalogue.model import Catalogue, Edition
from layers.text.languages import FOLDER, FOLDERS
from webapp.charts.order import ChartOrder
from webapp.disk_cache import files_version
from webapp.images.options.options import write_options
from webapp.images.order import Order

ROOT = Path(__file__).parents[2]
MADE_OF = (
    "geo/**/*.py",
    "layers/**/*.py",
    "layers/languages/*/*.toml",
    "webapp/*.py",
    "webapp/charts/*.py",
    "webapp/images/**/*.py",
    "webapp/style/*.py",
    "webapp/text/*.py",
    "webapp/typography/*.py",
    "webapp/templates/*.j2",
    "webapp/templates/*.typ",
    "webapp/vendor/fonts/*.ttf",
    "webapp/vendor/fonts/*.json",
)
PACKAGES = (
    "shapely",
    "pyproj",
    "numpy",
    "babel",
    "matplotlib",
    "xlsxwriter",
    "resvg-py",
    "pillow",
    "typst",
    "fonttools",
)


def image_key(catalogue: Catalogue, edition: Edition, order: Order) -> str:
    """A hash of the code, the data, the day and the options of an image, and of the form that it is drawn in."""
    data = [catalogue.data_version, catalogue.control.id, edition.control_sha256]
    files = [file.sha256 for file in (edition.products["layer"], *catalogue.context.values())]
    parts = {
        "code": code_version(),
        "data": [*data, *files],
        "image": [order.proposal, order.requested, edition.as_of, order.form],
        "options": write_options(order.options),
    }
    return _hashed(parts)


def chart_key(catalogue: Catalogue, order: ChartOrder) -> str:
    """A hash of the code, of everything that was built, and of what was ordered of a timeline."""
    parts = {
        "code": code_version(),
        "data": _document_version(catalogue.document),
        "charts": [order.proposal, order.first, order.last, order.lang, order.form],
    }
    return _hashed(parts)


def _hashed(parts: Mapping[str, object]) -> str:
    return hashlib.sha256(json.dumps(parts, sort_keys=True).encode()).hexdigest()


@lru_cache(maxsize=1)
def code_version() -> str:
    """Changes with the code, texts, fonts and packages that draw; reads all of them, once a process."""
    found = [path for pattern in MADE_OF for path in sorted(ROOT.glob(pattern))]
    found += [path for folder in FOLDERS.values() if folder.parent != FOLDER for path in sorted(folder.glob("*.toml"))]
    return "\n".join([files_version(found), *(f"{name} {version(name)}" for name in PACKAGES)])


@lru_cache(maxsize=8)
def _document_version(document: bytes) -> str:
    return hashlib.sha256(document).hexdigest()
