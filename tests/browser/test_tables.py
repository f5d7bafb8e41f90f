"""Tables whose rows become blocks on phones stay tables for screen readers, as Chromium tells them."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

import pytest

from tests.browser.opening import PHONE, TABLET, WIDE, Opener

if TYPE_CHECKING:
    from playwright.sync_api import Page

PARTS = ("table", "row", "columnheader", "rowheader", "cell")


def told(page: Page) -> Counter[str]:
    """How many parts of tables the browser's tree for screen readers has, by their role."""
    tree = page.context.new_cdp_session(page).send("Accessibility.getFullAXTree")["nodes"]
    return Counter(node["role"]["value"] for node in tree if not node["ignored"] and node["role"]["value"] in PARTS)


@pytest.mark.sweep(1)
@pytest.mark.parametrize("size", [PHONE, TABLET])
def test_a_table_is_one_at_every_width(open_page: Opener, size: tuple[int, int]) -> None:
    wide, narrow = (told(open_page("/en/areas/us-28-points", one, drawn=False)) for one in (WIDE, size))
    assert wide["table"] == narrow["table"] >= 5
    assert wide["row"] == narrow["row"] > 60
    assert wide["rowheader"] == narrow["rowheader"] > 50
    assert narrow["columnheader"] > 20
    assert narrow["cell"] > 200
