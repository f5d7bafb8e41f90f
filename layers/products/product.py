"""A product: one file that is built or served, as a row of a registry."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import TYPE_CHECKING

from layers.products.media_types import bare, is_text
from layers.products.wanted import AREAS, DEGREES, WantedLayer

if TYPE_CHECKING:
    from layers.products.edition import EditionContent

Writer = Callable[["EditionContent"], bytes]


@dataclass(frozen=True)
class Product:
    """A file of an edition: where it is served and stored, what it is, who writes it and where it is offered.

    ``name`` is its key in ``catalog.json``. ``url``, ``path`` (below the root of a build; empty for what is written
    when it is requested) and ``filename`` (of a download) are templates with ``{proposal}``, ``{date}``, ``{zone}``
    and, in the filename, ``{tag}``, which names another control map. ``write`` makes the bytes; it imports what is
    heavy itself, so that a web worker can read the row.

    ``title_key`` names the text of the link on pages and puts the file among the data that schema.org describes;
    without one it is in neither. ``for_programs`` files stand after those that people open. A product that
    ``changes_with_code`` has the version of its bytes in URLs, any other that of the data. One that comes ``later`` is
    not derived along with an edition that is derived on demand, but when it is requested: no page waits for it.
    ``exports`` are the endings of files for which ``clausemap export`` writes it. ``about`` says in English what it is.

    A layer that ``varies`` can also be had with one zone or areas alone; the catalogue lists it once, and not for each
    edition, where no build stores it. ``options`` are what a request may ask: ``crs``, one of the ``projections`` (EPSG
    codes), and ``lang``, the one language of its texts.
    """

    name: str
    url: str
    media_type: str
    filename: str
    write: Writer
    path: str = ""
    title_key: str = ""
    for_programs: bool = False
    changes_with_code: bool = False
    later: bool = False
    exports: tuple[str, ...] = ()
    about: str = ""
    varies: bool = False
    projections: tuple[int, ...] = (DEGREES,)
    options: tuple[str, ...] = ()

    @property
    def is_text(self) -> bool:
        """Whether it is text: compressed for those who accept that."""
        return is_text(self.media_type)

    @property
    def encoding_format(self) -> str:
        """The media type without parameters, as schema.org wants it."""
        return bare(self.media_type)

    @property
    def ending(self) -> str:
        """The ending of its URL, with the dot: ``.geojson``, ``.shp.zip``."""
        return "".join(PurePosixPath(self.url).suffixes)

    @property
    def areas_url(self) -> str:
        """The template of the URL with areas alone."""
        return self._part_url(AREAS)

    @property
    def zone_url(self) -> str:
        """The template of the URL with one zone alone."""
        return self._part_url("{zone}")

    def _part_url(self, part: str) -> str:
        return f"{self.url.removesuffix(self.ending)}/{part}{self.ending}"

    @property
    def is_listed(self) -> bool:
        """Whether the catalogue has it in each edition."""
        return bool(self.path) or not self.varies

    def named(self, wanted: WantedLayer, **values: str) -> str:
        """Return the file name of a download; ``values`` fill the placeholders of the template.

        Parameters
        ----------
        wanted
            How the layer is wanted; what differs from the default is added before the ending.
        """
        stem = self.filename.format(**values).removesuffix(self.ending)
        return "_".join((stem, *wanted.tags)) + self.ending

    @property
    def folder(self) -> str:
        """What its URL begins with, without slashes, such as ``layers``."""
        return self.url.split("/")[1]
