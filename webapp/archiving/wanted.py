"""What an archive has of each edition besides the files of a build: further formats, and images with their texts."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from layers.build.catalogue_document import Contents
from layers.build.edition import DerivedEdition
from layers.build.memory import catalogue_in_memory
from layers.build.record import hashes
from layers.build.writing import edition_files
from layers.products.registry import exported
from layers.text.languages import Languages
from webapp.images.jobs import drawing_version
from webapp.images.options.options import Options, write_options
from webapp.images.order import Order, draw_from
from webapp.images.record import image_address, texts_beside
from webapp.publishing.names import file_of

TEXTS = "txt"  # alternative text, caption and credit, without which nobody can use an image


@dataclass(frozen=True)
class WantedFiles:
    """Formats by the ending of ``clausemap export``, and images: their forms, and the options of each."""

    formats: tuple[str, ...] = ()
    forms: tuple[str, ...] = ()
    options: tuple[Options, ...] = ()

    def key_parts(self, languages: Languages, shared: Contents) -> tuple[str, ...]:
        """Return what the bytes of the wanted files depend on besides the edition.

        Parameters
        ----------
        languages
            Languages of the texts.
        shared
            Files that all editions share, which images show.
        """
        if not self.forms:
            return self.formats
        shown = repr(sorted(hashes(shared).items()))
        images = (*self.forms, *(repr(sorted(write_options(one).items())) for one in self.options))
        return (*self.formats, *images, drawing_version(languages), shown)

    def files(self, edition: DerivedEdition, shared: Contents) -> Contents:
        """Return all files of an edition by path: those of a build, and others where the service has them.

        Parameters
        ----------
        edition
            The derived zones of a proposal on one control map.
        shared
            Files that all editions share.
        """
        built = edition_files(edition).contents
        return dict(built) | dict(self._exports(edition)) | dict(self._images(edition, shared))

    def _exports(self, edition: DerivedEdition) -> Iterator[tuple[str, bytes]]:
        named = {"proposal": edition.proposal_id, "date": edition.as_of}
        for product in (exported()[ending] for ending in self.formats):
            yield file_of(product.url.format(**named)), product.write(edition)

    def _images(self, edition: DerivedEdition, shared: Mapping[str, bytes]) -> Iterator[tuple[str, bytes]]:
        if not self.forms:
            return
        proposal, day, catalogue = edition.proposal_id, edition.as_of, catalogue_in_memory(edition, shared)
        for options in self.options:
            for form in self.forms:
                order = Order(catalogue.root, catalogue.languages, proposal, day, form, options)
                yield file_of(image_address(proposal, day, form, options)), draw_from(catalogue, order)
            yield file_of(image_address(proposal, day, TEXTS, options)), texts_beside(catalogue, proposal, day, options)
