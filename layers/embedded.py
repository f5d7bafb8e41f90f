"""What the project's own control data is called, and the public maps that it reads."""

from dataclasses import dataclass


@dataclass(frozen=True)
class PublicMap:
    """A public control map: its id in ``control-editions.csv``, what its maker calls it, and where it is."""

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
    """Name and hash of a control map as they end names of files and ETags; empty for the embedded one."""
    return "" if control_id == EMBEDDED else f"_{control_id}-{sha256[:8]}"
