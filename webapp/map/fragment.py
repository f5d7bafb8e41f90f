"""Fragments of map pages, cached in a folder that git ignores, so that a web worker need not import folium."""

from dataclasses import asdict
from functools import cache
from pathlib import Path

from layers.catalogue.model import Catalogue, Proposal
from layers.text.languages import LANGUAGES
from webapp.disk_cache import files_version, keep, kept_path, read_kept, remove_others
from webapp.map.parts import Fragment
from webapp.settings import Tiles, read_tiles
from webapp.static_files import asset_names, asset_version
from webapp.text.interface import texts_file

ROOM = Path(__file__).parent
KEPT = ROOM.parent / "vendor" / "pages"
KINDS = ROOM.parents[1] / "layers" / "kinds"
CODE = (*sorted(ROOM.glob("*.py")), *sorted(KINDS.glob("*.py")), ROOM.parent / "style" / "light.py")


def map_fragment(catalogue: Catalogue, proposal: Proposal, lang: str, tiles: Tiles | None = None) -> Fragment:
    """The fragment of a proposal in a language: read where it was kept, else made and kept."""
    path = _path(catalogue, proposal, lang, tiles)
    kept = _read(path)
    if kept:
        return kept
    from webapp.map.folium_map import draw

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
    """A version that changes with the code, the texts and the static files of a fragment."""
    assets = [f"{name} {asset_version(name)}" for name in asset_names()]
    return "\n".join((files_version((*CODE, texts_file(lang))), *assets))


def _read(path: Path) -> Fragment | None:
    found = read_kept(path)
    try:
        return Fragment(**found) if found else None
    except TypeError:
        return None
