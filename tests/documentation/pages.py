"""The documentation as the tests read it: the README, the pages under docs/, and what they show."""

import re
from pathlib import Path

from webapp.setup import ROOT

README = (ROOT / "README.md").read_text(encoding="utf-8")
PAGES = {path: path.read_text(encoding="utf-8") for path in (ROOT / "README.md", *sorted(ROOT.glob("docs/*.md")))}
ALL = "\n".join(PAGES.values())
PROSE = re.sub(r"^```.*?^```", "", ALL, flags=re.DOTALL | re.MULTILINE)
_SHOWN = re.compile(r"^clausemap (.*?)(?:\s+# .*)?$", re.MULTILINE)


def page(name: str) -> str:
    """The text of a page under docs/."""
    return PAGES[ROOT / "docs" / name]


def blocks(language: str, text: str = ALL) -> list[str]:
    """The contents of all code blocks of a language."""
    return re.findall(rf"^```{language}\n(.*?)^```", text, flags=re.DOTALL | re.MULTILINE)


def shown_commands(text: str = ALL) -> list[str]:
    """The commands of all shell blocks, each once, in their order and without `clausemap`."""
    return list(dict.fromkeys(command for block in blocks("sh", text) for command in _SHOWN.findall(block)))


def inline_code(text: str = PROSE) -> list[str]:
    """All words between backticks."""
    return re.findall(r"`([^`]+)`", " ".join(text.split()))


def table(text: str, title: str) -> list[list[str]]:
    """The rows of the table whose first heading is `title`."""
    found = re.search(rf"^\| {re.escape(title)} \|.*\n\|[-|]+\n((?:\|.*\n)+)", text, re.MULTILINE)
    assert found, title
    return [[cell.strip() for cell in row.strip("|").split(" | ")] for row in found[1].splitlines()]


def pictures() -> list[Path]:
    """All pictures that a page shows, relative to the root."""
    return [
        (path.parent / name).relative_to(ROOT)
        for path, text in PAGES.items()
        for name in re.findall(r"!\[.+?\]\((.+?)\)", text)
    ]
