"""What accompanies an image: its URL, its texts as a file, and a record of both with the hash of its bytes."""

import json
from hashlib import sha256
from typing import Any
from urllib.parse import urlencode

from layers.catalogue.model import Catalogue, find_edition
from layers.embedded import EMBEDDED
from layers.files import json_bytes
from layers.text.languages import Language
from webapp.images.checks import check_extent
from webapp.images.description.description import Description, describe
from webapp.images.options.options import Options, write_options
from webapp.text.interface import text


def image_address(proposal_id: str, asked: str, form: str, options: Options, **more: str) -> str:
    """Return the path of an image with a query of the options that differ from the defaults.

    Parameters
    ----------
    proposal_id
        Id of the proposal.
    asked
        ISO date or ``latest``.
    form
        Ending of the file, such as ``png``.
    options
        Options of the image.
    """
    query = write_options(options) | {name: value for name, value in more.items() if value}
    path = f"/images/{proposal_id}/{asked}.{form}"
    return f"{path}?{urlencode(query, safe=',')}" if query else path


def own_control(catalogue: Catalogue) -> str:
    """How an address names the control map of a catalogue; empty for the embedded one."""
    return "" if catalogue.control.id == EMBEDDED else catalogue.control.id


def plain_text(description: Description, lang: Language) -> str:
    """Return alternative text, caption and credit under headings, as in a text file.

    Parameters
    ----------
    description
        Alternative text, caption, credit and licence.
    lang
        Language of the text.
    """
    parts = (
        (text(lang, "kit.alt"), description.alt),
        (text(lang, "kit.caption"), description.caption),
        (text(lang, "kit.credit_line"), description.credit),
        (text(lang, "kit.licence"), description.licence),
    )
    return "\n".join(f"{heading}\n{words}\n" for heading, words in parts)


def texts_beside(catalogue: Catalogue, proposal_id: str, requested: str | None, options: Options) -> bytes:
    """Return the text file of an image, in UTF-8.

    Parameters
    ----------
    catalogue
        Catalogue of a control map: its proposals, their editions and files.
    proposal_id
        Id of the proposal.
    requested
        Date requested; None for the proposal's own.
    options
        Options of the image.

    Raises
    ------
    UnknownError, DateError
        If the proposal or the date does not exist.
    OptionError, LimitError
        As ``check_extent`` does.
    """
    proposal = catalogue.proposal(proposal_id)
    asked, edition = find_edition(proposal, requested)
    check_extent(options.extent, catalogue, edition)
    return plain_text(
        describe(catalogue, proposal, asked, edition, options), catalogue.languages[options.lang]
    ).encode()


def record_json(
    catalogue: Catalogue,
    proposal_id: str,
    requested: str | None,
    options: Options,
    drawn: tuple[bytes, bytes],
    form: str = "png",
    urls: tuple[str, str] = ("", ""),
) -> bytes:
    """Return the record of an image as JSON bytes: texts, URL, size in pixels, hash and labels.

    Parameters
    ----------
    catalogue
        Catalogue of a control map: its proposals, their editions and files.
    proposal_id
        Id of the proposal.
    requested
        ISO date, ``latest``, or None for the proposal's own date.
    options
        Options of the image.
    drawn
        Bytes of the image, and the list of its labels as JSON, as ``Order`` gives it.
    form
        Ending of the file, such as ``png``.
    urls
        URL of the image; empty for its path, with the control map unless that is the included one. Then the URL at
        which these bytes stay; empty where there is none.

    Raises
    ------
    UnknownError, DateError
        If the proposal or the date does not exist.
    """
    proposal = catalogue.proposal(proposal_id)
    asked, edition = find_edition(proposal, requested)
    words = describe(catalogue, proposal, asked, edition, options)
    scale = options.scale if form == "png" else 1
    url, lasting = urls
    width, height = (round(side * scale) for side in options.size)
    return json_bytes(
        {
            "url": url or image_address(proposal_id, asked, form, options, control=own_control(catalogue)),
            **({"lasting_url": lasting} if lasting else {}),
            "format": form,
            "width": width,
            "height": height,
            "alt": words.alt,
            "caption": words.caption,
            "credit": words.credit,
            "licence": words.licence,
            "sha256": sha256(drawn[0]).hexdigest(),
            "lang": options.lang,
            "proposal": proposal_id,
            "requested_as_of": asked,
            "as_of": edition.as_of,
            "data_version": catalogue.data_version,
            "statement": words.statement,
            "labels": [_scaled(label, scale) for label in json.loads(drawn[1])],
        }
    )


def _scaled(label: dict[str, Any], scale: float) -> dict[str, Any]:
    """A label of the list with its places in pixels of the file."""
    leader = label["leader"] and [[round(edge * scale, 1) for edge in place] for place in label["leader"]]
    return label | {"box": [round(edge * scale, 1) for edge in label["box"]], "leader": leader}
