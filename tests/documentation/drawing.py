"""The drawing of the folders in docs/architecture.md, made from the imports of the code.

``python -m tests.documentation.drawing`` writes it into the page again.
"""

import re
from collections.abc import Iterator, Mapping
from itertools import pairwise

from tests.test_rooms import MODULES, NAMES, imported, name_of
from webapp.setup import ROOT

PAGE = ROOT / "docs" / "architecture.md"
DRAWING = re.compile(r"^```mermaid\n.*?^```\n", re.DOTALL | re.MULTILINE)
HOUSES = ("webapp", "layers", "geo")


def folders(house: str) -> list[str]:
    """The folders of a package that hold modules, without those inside them."""
    return sorted({path.parent.name for path in (ROOT / house).glob("*/__init__.py")})


def imports_between(house: str) -> dict[str, set[str]]:
    """Which folders of a package import which others."""
    found: dict[str, set[str]] = {name: set() for name in folders(house)}
    for path in MODULES:
        source = name_of(path).split(".")
        for target in (name.split(".") for name in imported(path) if name in NAMES):
            if source[0] == target[0] == house and len(source) > 1 < len(target) and source[1] in found:
                found[source[1]] |= {target[1]} & set(found)
    return {name: targets - {name} for name, targets in found.items()}


def reachable(arrows: Mapping[str, set[str]], name: str) -> set[str]:
    """Everything that a folder imports, directly or through others."""
    return {name for target in arrows[name] for name in (target, *reachable(arrows, target))}


def needed(arrows: Mapping[str, set[str]]) -> Iterator[tuple[str, str]]:
    """The arrows that no others imply."""
    for name, targets in sorted(arrows.items()):
        through = {far for target in targets for far in reachable(arrows, target)}
        yield from ((name, target) for target in sorted(targets - through))


def drawing() -> str:
    """The Mermaid drawing: a box per package and folder, an arrow from each that imports to what it imports."""
    lines = ["```mermaid", "flowchart TB"]
    for house in HOUSES:
        arrows = imports_between(house)
        lines += [f'  subgraph {house}["{house}/"]']
        lines += [f'    {house}_{name}["{name}/"]' for name in arrows] or [f'    {house}_modules["modules"]']
        lines += [f"    {house}_{name} --> {house}_{target}" for name, target in needed(arrows)]
        lines += ["  end"]
    lines += [f"  {above} --> {below}" for above, below in pairwise(HOUSES)]
    return "\n".join([*lines, "```", ""])


if __name__ == "__main__":
    PAGE.write_text(DRAWING.sub(lambda _: drawing(), PAGE.read_text(encoding="utf-8")), encoding="utf-8")
