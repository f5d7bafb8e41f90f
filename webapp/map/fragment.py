"""Fragments of map pages, prepared in an ignored folder so that a web worker need not import folium."""

import hashlib
import json
from dataclasses import asdict
from functools import cache
from pathlib import Path

from layers.catalogue.model import Catalogue, Proposal
from layers.text.languages import Language, Languages
from webapp.disk_cache import DiskCache
from webapp.jobs.code_version import code_version, texts_version
from webapp.map.parts import Fragment
from webapp.settings import Tiles, read_tiles
from webapp.static_files import asset_names, asset_version

PREPARED = DiskCache(Path(__file__).parents[1] / "vendor" / "pages")
CODE = ("webapp.map.folium_map",)
PACKAGES = ("folium", "branca", "jinja2", "babel")


def map_fragment(catalogue: Catalogue, proposal: Proposal, lang: Language, tiles: Tiles | None = None) -> Fragment:
    """Return the map fragment of a proposal in a language, from the cache or newly made.

    Parameters
    ----------
    catalogue
        The catalogue.
    proposal
        The proposal.
    lang
        The language.
    tiles
        The operator's tiles, or None.
    """
    key = _key(catalogue, proposal, lang, tiles)
    stored = PREPARED.read(key)
    if stored:
        return Fragment(**json.loads(stored))
    from webapp.map.folium_map import draw

    made = draw(catalogue, proposal, lang, tiles)
    PREPARED.write(key, json.dumps(asdict(made)).encode())
    return made


def prepare_all(catalogue: Catalogue) -> int:
    """Make every fragment that is missing, remove those of other versions; return how many there are now."""
    tiles = read_tiles()
    keys = set()
    for proposal in catalogue.proposals.values():
        for lang in catalogue.languages:
            map_fragment(catalogue, proposal, lang, tiles)
            keys.add(_key(catalogue, proposal, lang, tiles))
    PREPARED.keep_only(keys)
    return len(keys)


def _key(catalogue: Catalogue, proposal: Proposal, lang: Language, tiles: Tiles | None) -> str:
    """Return a hash of everything that a fragment is made of."""
    parts = [_version(), texts_version(Languages((lang,))), catalogue.data_version, proposal.id, lang.tag, repr(tiles)]
    return hashlib.sha256("\n".join(parts).encode()).hexdigest()


@cache
def _version() -> str:
    """Return what changes with the code, the texts and the static files that a fragment names."""
    assets = [f"{name} {asset_version(name)}" for name in asset_names()]
    return "\n".join((code_version(CODE, packages=PACKAGES), *assets))
