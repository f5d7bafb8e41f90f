"""HTML as a tree, for tests that look for elements and their words."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import lru_cache
from html.parser import HTMLParser
from typing import Any

VOID = {"base", "meta", "link", "img", "br", "input", "source"}


@dataclass
class Node:
    """An element with its attributes and what is in it."""

    tag: str
    attributes: dict[str, str] = field(default_factory=dict)
    inside: list[Node | str] = field(default_factory=list)

    def all(self, tag: str, **attributes: str) -> list[Node]:
        """Every element below with this tag and these attributes; ``_`` for ``-``, ``class_`` for a class."""
        wanted = {name.rstrip("_").replace("_", "-"): value for name, value in attributes.items()}
        return [node for node in self.walk() if node.tag == tag and node.has(wanted)]

    def one(self, tag: str, **attributes: str) -> Node:
        """The only such element."""
        (found,) = self.all(tag, **attributes)
        return found

    @property
    def page_data(self) -> dict[str, Any]:
        """What a page with a map gives to its scripts."""
        data: dict[str, Any] = json.loads("".join(map(str, self.one("script", id="page-data").inside)))
        return data

    def has(self, wanted: dict[str, str]) -> bool:
        """Whether the attributes are as wanted; a class need only be among the classes."""
        return all(
            value in self.attributes.get(name, "").split() if name == "class" else self.attributes.get(name) == value
            for name, value in wanted.items()
        )

    def walk(self) -> Iterator[Node]:
        """Every element below, in the order of the page."""
        for child in self.inside:
            if isinstance(child, Node):
                yield child
                yield from child.walk()

    @property
    def words(self) -> str:
        """All text below, with single spaces."""
        parts = [child if isinstance(child, str) else child.words for child in self.inside]
        return " ".join(" ".join(parts).split())

    @property
    def lines(self) -> str:
        """All text below as it stands."""
        return "".join(child if isinstance(child, str) else child.lines for child in self.inside)

    def __getitem__(self, name: str) -> str:
        return self.attributes[name]


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.open = [Node("")]

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        node = Node(tag, {name: value or "" for name, value in attrs})
        self.open[-1].inside.append(node)
        if tag not in VOID:
            self.open.append(node)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.open[-1].inside.append(Node(tag, {name: value or "" for name, value in attrs}))

    def handle_endtag(self, tag: str) -> None:
        if self.open[-1].tag != tag:
            raise AssertionError(f"</{tag}> where <{self.open[-1].tag}> is open, line {self.getpos()[0]}")
        self.open.pop()

    def handle_data(self, data: str) -> None:
        self.open[-1].inside.append(data)


@lru_cache(maxsize=400)
def read_html(source: str) -> Node:
    """The tree of a page, kept for others that read it.

    Raises AssertionError where an element is not closed as it was opened.
    """
    reader = _Reader()
    reader.feed(source)
    reader.close()
    assert len(reader.open) == 1, f"<{reader.open[-1].tag}> is never closed"
    return reader.open[0]
