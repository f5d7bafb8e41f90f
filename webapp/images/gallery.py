"""Every preset, theme and language of a proposal, drawn by several processes, and the index page of the folder."""

import json
import multiprocessing
import signal
from collections.abc import Iterator, Mapping
from concurrent.futures import ProcessPoolExecutor, as_completed
from contextlib import contextmanager
from dataclasses import dataclass, replace
from functools import lru_cache, partial
from hashlib import sha256
from itertools import product
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from geo.errors import ClausemapError
from layers.catalogue.model import Catalogue, find_edition
from layers.files import json_bytes
from layers.processes import begin_process
from layers.text.languages import Languages
from webapp.errors import GalleryError, PlaceError
from webapp.images.description.description import Description, describe
from webapp.images.options.options import SIZES, THEMES, Options
from webapp.images.order import Order, draw_order
from webapp.images.record import plain_text
from webapp.text.interface import date_text, text

TEMPLATES = Path(__file__).parents[1] / "templates"
INDEX, LIST = "index.html", "list.json"
SHOWN = ("png", "svg")  # what a browser can show, the better one first


@dataclass(frozen=True)
class GalleryRequest:
    """Whose images, in which languages, of which date, in which forms, and their common options.

    The index page is in the language of the options.
    """

    root: Path
    languages: Languages
    proposal: str
    asked: str
    forms: tuple[str, ...]
    shared: Options

    def all_options(self) -> tuple[Options, ...]:
        """The options of every image, images of one size next to each other."""
        return tuple(
            replace(self.shared, size=size, theme=theme, lang=lang)
            for size, theme, lang in product(SIZES.values(), THEMES, self.languages.tags)
        )


@dataclass(frozen=True)
class Drawn:
    """An image in every form that was wanted, by form."""

    options: Options
    files: Mapping[str, bytes]


@dataclass(frozen=True)
class GalleryImage:
    """An image on the index page: its files by form, what to show of it, its texts."""

    options: Options
    stem: str
    files: Mapping[str, str]
    shown: str
    words: Description


def draw_gallery(wanted: GalleryRequest, jobs: int) -> Iterator[Drawn]:
    """Yield all images, each as soon as it is drawn.

    Parameters
    ----------
    wanted
        Edition, options and formats of the images.
    jobs
        Number of processes that draw, at least 1.

    Raises
    ------
    GalleryError
        If an image cannot be drawn; the rest is then left undrawn.
    """
    orders = wanted.all_options()
    context = multiprocessing.get_context("spawn")
    pool = ProcessPoolExecutor(min(jobs, len(orders)), mp_context=context, initializer=begin_process)
    try:
        with _interrupts_held():
            futures = [pool.submit(draw_one, wanted, options) for options in orders]
        yield from (future.result() for future in as_completed(futures))
    finally:
        pool.shutdown(cancel_futures=True)


def draw_one(wanted: GalleryRequest, options: Options) -> Drawn:
    """Return one image in every format.

    Parameters
    ----------
    wanted
        Edition and formats of the images.
    options
        Options of the image.

    Raises
    ------
    GalleryError
        If the image cannot be drawn.
    """
    order = partial(Order, wanted.root, wanted.languages, wanted.proposal, wanted.asked, options=options)
    try:
        return Drawn(options, {form: draw_order(order(form=form)) for form in wanted.forms})
    except ClausemapError as error:
        raise GalleryError(f"{_preset(options)}, {options.theme}, {options.lang}: {error}") from None


def gallery_files(catalogue: Catalogue, wanted: GalleryRequest, drawn: list[Drawn]) -> dict[str, bytes]:
    """Return all files of the folder by name: images, their texts, a list of everything and the index page.

    Parameters
    ----------
    catalogue
        Catalogue of a control map: its proposals, their editions and files.
    wanted
        Edition, options and formats of the images.
    drawn
        The images, in any order.
    """
    by_options = {one.options: one for one in drawn}
    entries = [_entry(catalogue, wanted, options) for options in wanted.all_options()]
    files: dict[str, bytes] = {}
    for entry in entries:
        for form, name in entry.files.items():
            files[name] = by_options[entry.options].files[form]
        files[f"{entry.stem}.txt"] = plain_text(entry.words, catalogue.languages[entry.options.lang]).encode()
    files[INDEX] = _index(catalogue, wanted, entries).encode()
    files[LIST] = json_bytes({"images": [_record(entry, files) for entry in entries], "files": [*files, LIST]})
    return files


def check_place(folder: Path) -> None:
    """Refuse a folder that holds something else than an earlier gallery. Raises PlaceError that names a file."""
    if not folder.exists():
        return
    if not folder.is_dir():
        raise PlaceError(f"{folder}: is a file; name a folder")
    found = sorted(path.name for path in folder.iterdir())
    foreign = [name for name in found if name not in _earlier(folder)]
    if foreign:
        raise PlaceError(f"{folder}: holds other files ({foreign[0]}), which would be deleted; name a new folder")


def _earlier(folder: Path) -> list[str]:
    """The files of an earlier gallery by its own list."""
    try:
        return list(json.loads((folder / LIST).read_bytes())["files"])
    except (OSError, ValueError, KeyError, TypeError):
        return []


def _entry(catalogue: Catalogue, wanted: GalleryRequest, options: Options) -> GalleryImage:
    proposal = catalogue.proposal(wanted.proposal)
    asked, edition = find_edition(proposal, wanted.asked)
    day = f"{edition.as_of}{catalogue.control_tag(edition)}"
    stem = f"{proposal.id}_{day}_{_preset(options)}_{options.theme}_{options.lang}"
    files = {form: f"{stem}.{form}" for form in wanted.forms}
    shown = next((files[form] for form in SHOWN if form in files), "")
    return GalleryImage(options, stem, files, shown, describe(catalogue, proposal, asked, edition, options))


def _preset(options: Options) -> str:
    return next(name for name, size in SIZES.items() if size == options.size)


def _record(entry: GalleryImage, files: Mapping[str, bytes]) -> dict[str, object]:
    options, words = entry.options, entry.words
    return {
        "files": {
            form: {"name": name, "sha256": sha256(files[name]).hexdigest()} for form, name in entry.files.items()
        },
        "lang": options.lang,
        "theme": options.theme,
        "width": options.size[0],
        "height": options.size[1],
        "alt": words.alt,
        "caption": words.caption,
        "credit": words.credit,
        "licence": words.licence,
    }


def _index(catalogue: Catalogue, wanted: GalleryRequest, entries: list[GalleryImage]) -> str:
    proposal, lang = catalogue.proposal(wanted.proposal), catalogue.languages[wanted.shared.lang]
    _, edition = find_edition(proposal, wanted.asked)
    groups = {
        preset: {
            theme: [entry for entry in entries if entry.options.size == size and entry.options.theme == theme]
            for theme in THEMES
        }
        for preset, size in SIZES.items()
    }
    words = describe(catalogue, proposal, wanted.asked, edition, wanted.shared)
    return _environment().get_template("gallery.html").render(
        lang=lang.tag, t=partial(text, lang), sizes=SIZES, groups=groups, forms=wanted.forms, words=words,
        title=proposal.texts["title"][lang.tag], date=date_text(lang, edition.as_of), file_list=LIST,
        languages={one.tag: text(one, "language.name") for one in wanted.languages},
            shapes={preset: text(lang, f"kit.size_{preset.replace('-', '_')}") for preset in SIZES},
            looks={theme: text(lang, f"kit.theme_{theme}") for theme in THEMES},
    )  # fmt: skip


@lru_cache(maxsize=1)
def _environment() -> Environment:
    return Environment(
        loader=FileSystemLoader(TEMPLATES), autoescape=True, undefined=StrictUndefined, trim_blocks=True,
        lstrip_blocks=True,
    )  # fmt: skip


@contextmanager
def _interrupts_held() -> Iterator[None]:
    """Keep Ctrl+C from processes that start, as one that dies while it starts can leave the pool waiting for good.

    They inherit that; this process has it later. Windows has nothing of the kind.
    """
    if not hasattr(signal, "pthread_sigmask"):
        yield
        return
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)
