"""The drawing and the table of folders in docs/architecture.md are those of the code."""

import re

from tests.documentation.drawing import DRAWING, HOUSES, drawing, folders, imports_between, needed
from tests.documentation.pages import inline_code, page, table


def test_the_drawing_is_that_of_the_imports() -> None:
    shown = DRAWING.findall(page("architecture.md"))
    assert shown == [drawing()], "write it again: python -m tests.documentation.drawing"


def test_the_table_names_every_folder() -> None:
    rows = table(page("architecture.md"), "folder")
    named = [name for row in rows for name in inline_code(row[0])]
    assert named == sorted(named, key=lambda name: (name.startswith("webapp"), name))
    assert set(named) == {f"{house}/{name}/" for house in HOUSES for name in folders(house)}


def test_the_packages_stand_in_the_order_of_their_imports() -> None:
    assert re.search(r"`geo` <- `layers` <- `webapp`", page("architecture.md"))
    assert [row[0] for row in table(page("architecture.md"), "package")] == [f"`{house}/`" for house in HOUSES[::-1]]


def test_arrows_that_follow_from_others_are_left_out() -> None:
    assert list(needed({"a": {"b", "c"}, "b": {"c"}, "c": set()})) == [("a", "b"), ("b", "c")]
    assert "zones" in imports_between("layers")["build"]
