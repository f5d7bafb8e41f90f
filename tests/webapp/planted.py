"""Proposals whose every text carries markup."""

import re
from pathlib import Path

from layers.build.build import build
from layers.proposal.loading import PROPOSALS

PLANTED = """<script>'"&{{7*7}}{%x</b>"""
TEXT = re.compile(r'^(en|uk|zh-Hant|name|note) = "(.*)"$', re.MULTILINE)


def build_planted(folder: Path, *ids: str) -> Path:
    """Build some of the project's proposals with markup in every text; the root of what is built."""
    proposals = folder / "proposals"
    proposals.mkdir()
    for name in ids:
        content, count = TEXT.subn(rf"\1 = '''\2{PLANTED}'''", (PROPOSALS / f"{name}.toml").read_text("utf-8"))
        assert count > 100
        (proposals / f"{name}.toml").write_text(content, "utf-8")
    build(folder / "data", folder=proposals)
    return folder / "data"
