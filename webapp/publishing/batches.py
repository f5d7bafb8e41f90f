"""Addresses in batches, one a process: files that are drawn from the same things are made one after the other."""

from collections.abc import Collection, Iterable, Iterator
from urllib.parse import parse_qsl, urlsplit

from webapp.settings import EMBED

MOST = 24  # addresses of a batch, so that processes end at about the same time
IMAGES = "images"
SAME_GROUND = ("lang", "theme")  # of an image: the map below is the same

Subject = tuple[str, ...]


def batches(addresses: Iterable[str], tags: Collection[str]) -> Iterator[list[str]]:
    """Yield addresses in batches; those of one subject stand together.

    Parameters
    ----------
    addresses
        The addresses, each once.
    tags
        Tags of the languages of pages.
    """
    found: dict[Subject, list[str]] = {}
    for address in addresses:
        found.setdefault(subject(address, tags), []).append(address)
    batch: list[str] = []
    for alike in (some[start : start + MOST] for some in found.values() for start in range(0, len(some), MOST)):
        if len(batch) + len(alike) > MOST:
            yield batch
            batch = []
        batch = [*batch, *alike]
    yield from filter(None, [batch])


def subject(address: str, tags: Collection[str]) -> Subject:
    """Return what the file of an address is drawn from, whatever its language, theme and format.

    >>> subject("/uk/timeline/plan?zone=crimea", ["uk"]) == subject("/embed/uk/plan/timeline/crimea", ["uk"])
    True
    >>> subject("/images/plan/2025-11-20.svg?lang=uk&size=square", ["uk"])
    ('images', 'plan', '2025-11-20', 'size=square')

    Parameters
    ----------
    address
        Path and query.
    tags
        Tags of the languages of pages.
    """
    parts = urlsplit(address)
    words = [part.partition(".")[0] for part in parts.path.strip("/").split("/")]
    if words[0] == IMAGES:
        asked = (f"{name}={value}" for name, value in sorted(parse_qsl(parts.query)) if name not in SAME_GROUND)
        return (*words[:3], *asked)
    named = [word for word in words if word != EMBED and word not in tags]
    return tuple(sorted(named[:2]))
