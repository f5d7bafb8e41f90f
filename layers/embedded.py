"""The names of the included control data, and the public maps that it combines."""

from dataclasses import dataclass


@dataclass(frozen=True)
class PublicMap:
    """A public control map: its id in ``control-editions.csv``, its maker's name for it, and its URL."""

    id: str
    name: str
    url: str


EMBEDDED = "embedded"
PUBLIC_MAPS = (
    PublicMap("deepstate", "DeepState", "https://deepstatemap.live/"),
    PublicMap("uacontrolmap", "UA Control Map", "https://github.com/owlmaps/UAControlMapBackups"),
    PublicMap(
        "nzz",
        "NZZ on Liveuamap",
        "https://www.nzz.ch/english/ukraine-war-interactive-map-of-the-current-front-line-ld.1688087",
    ),
)
EMBEDDED_MAPS = len(PUBLIC_MAPS)


def control_tag(control_id: str, sha256: str) -> str:
    """Return the ending that names a control map in file names and ETags; empty for the included data.

    Parameters
    ----------
    control_id
        Id of the control map, such as ``deepstate``.
    sha256
        Hash of its file, in hexadecimal digits, of which eight are used.
    """
    return "" if control_id == EMBEDDED else f"_{control_id}-{sha256[:8]}"


def control_query(control_id: str) -> str:
    """Return the query of a URL that requests a control map; empty for the included data."""
    return "" if control_id == EMBEDDED else f"?control={control_id}"
