"""What readers add to a map, notes at places and towns that stand out: drawn as written, or refused with why."""

import json

import pytest

from geo.errors import ClausemapError
from layers.catalogue.model import load_catalogue
from tests.words import LANGUAGES
from webapp.images import render_svg
from webapp.images.options.options import Options, read_options, write_options
from webapp.images.order import LABELS, Order, draw_from

HOSTILE = 'A </text> & "dam"'
NOTES = f"33.4,46.8:{HOSTILE}|37.18,48.28:Here"


def drawn(**words: str) -> str:
    return render_svg(load_catalogue(), "us-28-points", "2025-11-20", chosen(**words))


def chosen(**words: str) -> Options:
    return read_options({"labels": "few", **words}, LANGUAGES)


def test_notes_are_written_as_they_are_read_and_new_lines_part_them_too() -> None:
    options = chosen(note=NOTES)
    assert write_options(options)["note"] == NOTES
    assert chosen(note=NOTES.replace("|", "\r\n")) == options


def test_notes_and_towns_are_drawn_escaped_and_listed() -> None:
    options = chosen(note=NOTES, highlight="Pokrovsk,Куп'янськ", labels="none")
    svg = render_svg(load_catalogue(), "us-28-points", "2025-11-20", options)
    assert "A &lt;/text&gt;" in svg
    assert "A </text>" not in svg
    assert svg.count("<circle", svg.index('id="annotations"'), svg.index('id="leaders"')) == 2
    catalogue = load_catalogue()
    order = Order(catalogue.root, catalogue.languages, "us-28-points", "2025-11-20", LABELS, options)
    listed = {(one["kind"], one["text"]) for one in json.loads(draw_from(catalogue, order))}
    assert listed == {("note", HOSTILE), ("note", "Here"), ("town", "Pokrovsk"), ("town", "Kupiansk")}


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ({"note": "Here"}, "write it as LON,LAT:TEXT"),
        ({"note": "|".join(["34,48:x"] * 9)}, "at most 8 fit"),
        ({"note": f"34,48:{'x' * 81}"}, "at most 80 fit"),
        ({"note": "10,10:x"}, "lies outside the map, which shows"),
        ({"highlight": "Lviv"}, "lies outside the map, which shows"),
        ({"highlight": "Kramatosk"}, "known: Kramatorsk"),
        ({"note": "|".join(f"34,48:{'A long one that stands there again ' * 2}{n}" for n in range(8))}, "has no room"),
    ],
)
def test_what_cannot_be_drawn_is_refused_with_what_would_work(words: dict[str, str], said: str) -> None:
    with pytest.raises(ClausemapError, match=said):
        drawn(**words)
