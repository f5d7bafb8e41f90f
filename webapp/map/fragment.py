"""Fragments of map pages, kept in an ignored folder so that a web worker need not import folium."""

import hashlib
from dataclasses import asdict, dataclass, replace
from functools import cache
from pathlib import Path

from layers.catalogue import Catalogue, Proposal
from layers.languages import LANGUAGES
from webapp.assets import FOLDER, asset_names, asset_version
from webapp.kept import files_version, keep, kept_path, read_kept, remove_others
from webapp.language import texts_file
from webapp.site import Tiles, read_tiles

ROOM = Path(__file__).parent
SCRIPTS = ("map.bundle.js",)
SHEETS = ("map.bundle.css",)
KEPT = ROOM.parent / "vendor" / "pages"
CODE = (*sorted(ROOM.glob("*.py")), ROOM.parent / "styles.py")


@dataclass(frozen=True)
class Fragment:
    """What Folium gives to a page: style sheets for its head, the map's element, scripts to load, one to run.

    Addresses in it know nothing of the prefix below which the service is found.
    """

    sheets: str
    body: str
    scripts: str
    start: str

    @property
    def script_version(self) -> str:
        """What changes when the script to run does."""
        return hashlib.sha256(self.start.encode()).hexdigest()[:10]

    def below(self, prefix: str) -> "Fragment":
        """The same with its style sheets and scripts below a prefix."""
        own, found = f'="{FOLDER}', f'="{prefix}{FOLDER}'
        return replace(self, sheets=self.sheets.replace(own, found), scripts=self.scripts.replace(own, found))


def map_fragment(catalogue: Catalogue, proposal: Proposal, lang: str, tiles: Tiles | None = None) -> Fragment:
    """The fragment of a proposal in a language: read where it was kept, else made and kept."""
    path = _path(catalogue, proposal, lang, tiles)
    kept = _read(path)
    if kept:
        return kept
    from webapp.map.drawing import draw

    made = draw(catalogue, proposal, lang, tiles)
    keep(path, asdict(made))
    return made


def prepare_all(catalogue: Catalogue) -> int:
    """Make every fragment that is missing, remove those of other versions; how many there are now."""
    tiles = read_tiles()
    wanted = set()
    for proposal in catalogue.proposals.values():
        for lang in LANGUAGES:
            map_fragment(catalogue, proposal, lang, tiles)
            wanted.add(_path(catalogue, proposal, lang, tiles))
    remove_others(KEPT, wanted)
    return len(wanted)


def _path(catalogue: Catalogue, proposal: Proposal, lang: str, tiles: Tiles | None) -> Path:
    parts = [_code_version(lang), catalogue.data_version, proposal.id, lang, repr(tiles)]
    return kept_path(KEPT, f"{proposal.id}_{lang}", parts)


@cache
def _code_version(lang: str) -> str:
    """Changes with the code, the texts and the static files that a fragment speaks of."""
    assets = [f"{name} {asset_version(name)}" for name in asset_names()]
    return "\n".join((files_version((*CODE, texts_file(lang))), *assets))


def _read(path: Path) -> Fragment | None:
    found = read_kept(path)
    try:
        return Fragment(**found) if found else None
    except TypeError:
        return None
