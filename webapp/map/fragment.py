"""Fragments of map pages, prepared in an ignored folder so that a web worker need not import folium."""

import hashlib
import json
from collections.abc import Callable
from dataclasses import asdict
from functools import cache, partial
from pathlib import Path

from layers.catalogue.model import Catalogue, Proposal
from layers.text.languages import Language, Languages
from webapp.disk_cache import DiskCache
from webapp.jobs.code_version import code_version, texts_version
from webapp.jobs.jobs import take_turn
from webapp.jobs.pool import run_in_process
from webapp.map.first_view import Bounds, first_view
from webapp.map.parts import Fragment
from webapp.settings import Tiles, read_settings
from webapp.static_files import asset_names, asset_version

PREPARED = DiskCache(Path(__file__).parents[1] / "vendor" / "pages")
CODE = ("webapp.map.folium_map",)
PACKAGES = ("folium", "branca", "jinja2", "babel")


def map_fragment(
    catalogue: Catalogue,
    proposal: Proposal,
    lang: Language,
    tiles: Tiles | None = None,
    run: Callable[[Callable[[], bytes]], bytes] = run_in_process,
) -> Fragment:
    """Return the map fragment of a proposal in a language, from the cache or newly made.

    Parameters
    ----------
    catalogue
        Catalogue of a control map: its proposals, their editions and files.
    proposal
        A proposal of the catalogue.
    lang
        Language of the text.
    tiles
        The operator's background tiles; None for the included base map.
    run
        Runs the function that draws it when its turn has come; by default in a process of the pool.

    Raises
    ------
    BusyError
        If too many requests wait, or the pool took too long.
    """
    key = _key(catalogue, proposal, lang, tiles)
    stored = PREPARED.read(key)
    if stored is None:
        work = partial(_drawn, proposal.texts["title"][lang.tag], first_view(catalogue, proposal), lang, tiles)
        stored = take_turn(key, partial(run, work))
        PREPARED.write(key, stored)
    return Fragment(**json.loads(stored))


def _drawn(title: str, view: Bounds, lang: Language, tiles: Tiles | None) -> bytes:
    from webapp.map.folium_map import draw

    return json.dumps(asdict(draw(title, view, lang, tiles))).encode()


def prepare_all(catalogue: Catalogue) -> int:
    """Make every fragment that is missing, remove those of other versions; return how many there are now."""
    tiles = read_settings().tiles
    keys = set()
    for proposal in catalogue.proposals.values():
        for lang in catalogue.languages:
            map_fragment(catalogue, proposal, lang, tiles, run=lambda work: work())
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
