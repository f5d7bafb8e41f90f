"""A product: one file that is built or served, as a row of a registry."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import TYPE_CHECKING

from layers.products.media_types import bare, is_text

if TYPE_CHECKING:
    from layers.products.edition import EditionContent


@dataclass(frozen=True)
class Product:
    """A file of an edition: where it is served and stored, what it is, who writes it and where it is offered.

    ``name`` is its key in ``catalog.json``. ``url``, ``path`` (below the root of a build; empty for what is written
    when it is requested) and ``filename`` (of a download) are templates with ``{proposal}``, ``{date}``, ``{zone}``
    and, in the filename, ``{tag}``, which names another control map. ``write`` makes the bytes; it imports what is
    heavy itself, so that a web worker can read the row.

    ``title_key`` names the text of the link on pages and puts the file among the data that schema.org describes;
    without one it is in neither. ``for_programs`` files stand after those that people open. A product that
    ``changes_with_code`` has the version of its bytes in URLs, any other that of the data. ``exports`` are the endings
    of files for which ``clausemap export`` writes it.
    """

    name: str
    url: str
    media_type: str
    filename: str
    write: "Callable[[EditionContent], bytes]"
    path: str = ""
    title_key: str = ""
    for_programs: bool = False
    changes_with_code: bool = False
    exports: tuple[str, ...] = ()

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
        """The ending of its URL, with the dot."""
        return PurePosixPath(self.url).suffix

    @property
    def folder(self) -> str:
        """What its URL begins with, without slashes, such as ``layers``."""
        return self.url.split("/")[1]
