"""One proposal under two control maps, and two proposals: the page says what is the maps' and what the terms'."""

from __future__ import annotations

import json
from html import unescape

import pytest
from flask.testing import FlaskClient

from layers.embedded import EMBEDDED
from layers.text.figures import short_text
from layers.text.languages import installed_languages
from tests.made_workspace import DAY, ONE
from tests.webapp.control.conftest import PROPOSAL
from tests.words import LANGUAGES

OTHER = "ukraine-20-points"


@pytest.mark.costly
@pytest.mark.parametrize("right", [PROPOSAL, OTHER])
def test_the_page_says_how_much_the_control_maps_show_otherwise(client: FlaskClient, right: str) -> None:
    sides = f"{PROPOSAL}@{DAY}@{EMBEDDED}", f"{right}@{DAY}@{ONE}"
    found = json.loads(client.get(f"/compare/{'/'.join(sides)}.json").data)
    assert found["moved"]["area_km2"] > 1
    for lang in LANGUAGES:
        page = unescape(client.get(f"/{lang}/compare?left={sides[0]}&right={sides[1]}").text)
        plain = page.replace("\u00a0", " ").replace("\u2060", "")
        moved, rest = (
            short_text(installed_languages()[lang], *(found[part][f"area{end}_km2"] for end in ("", "_low", "_high")))
            .replace("\u00a0", " ")
            for part in ("moved", "unmoved")
        )  # fmt: skip
        assert moved in plain
        assert (rest in plain) or right == PROPOSAL
        if lang == "en":
            assert ("The terms are the same and the control maps differ" in plain) == (right == PROPOSAL)
