"""Proposals whose every text carries markup."""

import re
from pathlib import Path

from layers.build.build import build
from layers.proposal.loading import PROPOSALS
from tests.words import LANGUAGES

MARKUP = """<script>'"&"""
PLANTED = MARKUP + "{{7*7}}{%x</b>"
TEXT = re.compile(r'^(en|uk|zh-Hant|name|note) = "(.*)"$', re.MULTILINE)


def build_planted(folder: Path, *ids: str) -> Path:
    """Build some of the project's proposals with markup in every text; the folder of what is built."""
    proposals = folder / "proposals"
    proposals.mkdir()
    for name in ids:
        content = _plant((PROPOSALS / f"{name}.toml").read_text("utf-8"))
        assert content.count(PLANTED) > 100
        (proposals / f"{name}.toml").write_text(content, "utf-8")
    build(folder / "data", folder=proposals)
    return folder / "data"


def _plant(content: str) -> str:
    """A proposal file with markup in every text; in headlines with figures as much as their checks let through."""
    head, _, rest = content.partition("[[outcomes]]\n")
    figure = re.findall(r"^(\w+) = \[", head.partition("[figures]")[2], re.MULTILINE)[0]
    headline = "\n".join(f"{lang} = '''{MARKUP} {{{figure}}}'''" for lang in LANGUAGES)
    around = (TEXT.sub(rf"\1 = '''\2{PLANTED}'''", part) for part in (head, rest.partition("[summary]")[2]))
    return f"[[outcomes]]\n[outcomes.text]\n{headline}\n\n[summary]".join(around)
