"""The map's JavaScript modules, joined into one script: a page makes one request where it would make ten.

The script is a classic one: browsers run it where it stands, as soon as the map before it is there, while modules wait
for each other.
"""

import posixpath
import re
from collections.abc import Callable, Sequence

from webapp.errors import ModuleError

# In the order of their imports: each imports only those before it.
MODULES = (
    "state.js",
    "days.js",
    "page.js",
    "address.js",
    "labels.js",
    "headline.js",
    "shapes.js",
    "grounds.js",
    "hits.js",
    "zones.js",
    "view.js",
    "water.js",
    "names.js",
    "gestures.js",
    "controls.js",
    "scale.js",
    "panel.js",
    "back.js",
    "key.js",
    "clauses.js",
    "dates.js",
    "tools.js",
    "map.js",
)

# What the tools over the map are made of: fetched when the first one is used, after MODULES.
TOOL_MODULES = (
    "toolbar.js",
    "matching.js",
    "search.js",
    "geodesic.js",
    "measure.js",
    "changes.js",
    "toolset.js",
)

# What the page to draw on is made of; the page of a map loads none of it.
DRAW_MODULES = (
    "state.js",
    "days.js",
    "page.js",
    "labels.js",
    "shapes.js",
    "grounds.js",
    "water.js",
    "names.js",
    "geodesic.js",
    "draw/bands.js",
    "draw/rings.js",
    "draw/dividing.js",
    "draw/buffering.js",
    "draw/checking.js",
    "draw/sides.js",
    "draw/snapping.js",
    "draw/measuring.js",
    "draw/reading.js",
    "draw/sharing.js",
    "draw/history.js",
    "draw/files.js",
    "draw/proposing.js",
    "draw/ground.js",
    "draw/outline.js",
    "draw/points.js",
    "draw/figures.js",
    "draw/editor.js",
)

# The name by which the script that starts a map finds the modules.
NAMESPACE = "clausemap"

_COMMENT = re.compile(r"^[ \t]*(?://[^\n]*|/\*(?:(?!\*/).)*\*/)[ \t]*\n", re.MULTILINE | re.DOTALL)
_IMPORT = re.compile(r'^import \{([^}]*)\} from "(\.{1,2}/[a-z/]+\.js)";\n', re.MULTILINE)
_EXPORT = re.compile(r"^export (?=(?:async )?(?:function|const) (\w+))", re.MULTILINE)
_RETURN = "return"
_STRICT = '"use strict";'  # as all modules are
_OTHER = re.compile(r"^(?:import|export)\b.*", re.MULTILINE)


def join_modules(names: Sequence[str], read: Callable[[str], str], after: Sequence[str] = ()) -> str:
    """Return modules as one script whose only global name, NAMESPACE, holds what they export.

    Comments on lines of their own are left out. With ``after`` the script adds no name: it reads NAMESPACE of the
    script that runs before it.

    Parameters
    ----------
    names
        File names of the modules, in the order of their imports.
    read
        Returns the source of a module by its file name.
    after
        File names of the modules in the script that runs before, from which these may import.

    Raises
    ------
    ModuleError
        If a module imports a later one or a name that is not exported, if two export one name, or for another form than
        ``import { a } from "./b.js";``, ``export function`` and ``export const``.
    """
    exported: dict[str, set[str]] = {}
    for name in after:
        exported[name] = _exports(name, _COMMENT.sub("", read(name)), exported)
    bodies, given = [], set[str]()
    for name in names:
        source = _COMMENT.sub("", read(name))
        for listed, path in _IMPORT.findall(source):
            other = posixpath.normpath(posixpath.join(posixpath.dirname(name), path))
            wanted = {part.strip() for part in listed.split(",")} - {""}
            _check_import(name, wanted, other, exported)
            given |= wanted if other in after else set()
        exported[name] = _exports(name, source, exported)
        bodies.append(_scoped(name, source, ", ".join(sorted(exported[name]))))
    if after:
        known = f"const {{ {', '.join(sorted(given))} }} = {NAMESPACE};"
        return "\n".join(("(() => {", _STRICT, known, *bodies, "})();\n"))
    exports = ", ".join(sorted(set().union(*exported.values())))
    return "\n".join((f"const {NAMESPACE} = (() => {{", _STRICT, *bodies, f"{_RETURN} {{ {exports} }};", "})();\n"))


def alone(name: str, source: str) -> str:
    """Return a module that imports nothing as a classic script: pages that were opened from a disk run no modules.

    Parameters
    ----------
    name
        Name of the module.
    source
        Its source.

    Raises
    ------
    ModuleError
        If it imports something.
    """
    bare = _COMMENT.sub("", source)
    if found := _IMPORT.search(bare):
        raise ModuleError(f"{name}: imports {found[2]}, so it cannot stand alone")
    return _scoped(name, "\n".join((_STRICT, bare)), "") + "\n"


def _exports(name: str, source: str, others: dict[str, set[str]]) -> set[str]:
    own = set(_EXPORT.findall(source))
    for other, names in others.items():
        if twice := own & names:
            raise ModuleError(f"{name}: exports {', '.join(sorted(twice))}, and so does {other}")
    return own


def _scoped(name: str, source: str, exports: str) -> str:
    """A module as a function that runs at once and returns its exports, so that its other names are its own."""
    body = _EXPORT.sub("", _IMPORT.sub("", source)).strip()
    if left := _OTHER.search(body):
        raise ModuleError(f"{name}: '{left[0]}' cannot be joined with other modules")
    if not exports:
        return "\n".join(("(() => {", body, "})();"))
    return "\n".join((f"const {{ {exports} }} = (() => {{", body, f"{_RETURN} {{ {exports} }};", "})();"))


def _check_import(name: str, wanted: set[str], other: str, exported: dict[str, set[str]]) -> None:
    if other not in exported:
        raise ModuleError(f"{name}: imports {other}, which is not one of the modules before it")
    if missing := wanted - exported[other]:
        raise ModuleError(f"{name}: {other} does not export {', '.join(sorted(missing))}")
