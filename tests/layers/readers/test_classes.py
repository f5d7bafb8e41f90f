"""Classes, sides, makers and what a KML holds: never united without a word, never named by what others use, too."""

from pathlib import Path
from typing import Any

import pytest

from layers.control.checks.cleaning import clean
from layers.control.stored import is_own
from layers.errors import ControlError
from layers.readers import RawMap, read_control
from layers.reference.reference_data import load_reference_data
from tests.layers.readers.made import collection, feature, kml, kml_polygon, polygon, square
from tests.layers.readers.test_days import BASE_KM2, read, refused


def of_values(column: str, *values: Any) -> Any:
    return collection(*(feature(polygon(square(35 + n)), **{column: value}) for n, value in enumerate(values)))


def told(raw: RawMap) -> list[str]:
    return [part.message for part in raw.findings if part.code == "classes"]


def test_both_sides_of_faults(shared: Path) -> None:
    ukraine = load_reference_data().ukraine
    for name, where in (
        ("j75_control_ru_ua.geojson", "control=RU"),
        ("k19_names_two_sides.kml", "name=Russian control"),
    ):
        path = shared / "samples/faults" / name
        with pytest.raises(ControlError, match=where) as error:
            read_control(path)
        assert error.value.code == "both-sides"
        assert clean(read_control(path, where=where), ukraine).inside_km2 == pytest.approx(BASE_KM2, abs=1)


@pytest.mark.parametrize(
    ("column", "russia", "ukraine"),
    [
        ("control", "Russian", "Ukrainian"),
        ("side", "ru", "ua"),
        ("holder", "Russian Federation", "Ukraine"),
        ("status", "окуповано", "вільно"),
        ("статус", "Окупована територія", "Звільнена територія"),
        ("status", "occupied", "liberated"),
        ("status", "Occupied", "not occupied"),
        ("who", "росіяни", "ЗСУ"),
        ("side", "俄", "烏"),
        ("控制", "俄軍控制區", "烏軍控制區"),
        ("name", "Russian-controlled", "Ukrainian-held"),
        ("layer", "russia_control", "ukraine_control"),
        ("occupied", True, False),
        ("is_occupied", "yes", "no"),
        ("fill", "#ff0000", "#0000ff"),
        ("color", "red", "blue"),
        ("status", "held", "liberated"),
        ("status", "occupied", "free"),
        ("control", "ВС РФ", "ВСУ"),
        ("name", "Рашисти", "Наші"),
        ("name", "TOT", "Government-controlled"),
        ("name", "Okupovano", "Zvilneno"),
        ("is_russian", "t", "f"),
        ("styleUrl", "#poly-A52714-1200-77", "#poly-0F9D58-1200-77"),
        ("status", "occupied", "non occupied"),
        ("status", "russisch", "ukrainisch"),
        ("status", "besetzt", "frei"),
        ("status", "okupowane", "wolne"),
        ("description", "Russian control", "Ukrainian control"),
    ],
)
def test_both_sides_in_any_words(tmp_path: Path, column: str, russia: Any, ukraine: Any) -> None:
    document = of_values(column, russia, ukraine, russia)
    error = refused(tmp_path, document)
    assert error.code == "both-sides"
    assert f"column '{column}'" in str(error)
    assert len(read(tmp_path, document, where=f"{column}={russia}").held) == 2
    assert len(read(tmp_path, document, where=f"{column}=*").held) == 3


def test_both_sides_in_folders_and_styles_of_a_kml(tmp_path: Path) -> None:
    def one(folder: str, style: str, place: float) -> str:
        mark = f"<Placemark><styleUrl>#{style}</styleUrl>{kml_polygon(square(place))}</Placemark>"
        return f"<Folder><name>{folder}</name>{mark}</Folder>"

    folders = f"<kml><Document>{one('Russian control', 'a', 35)}{one('Ukrainian control', 'a', 36)}</Document></kml>"
    assert "'folder' has both sides" in str(refused(tmp_path, folders, "a.kml"))
    assert len(read(tmp_path, folders, "a.kml", where="folder=Russian control").held) == 1
    coloured = "".join(
        f"<Style id='{name}'><PolyStyle><color>{colour}</color></PolyStyle></Style>"
        for name, colour in (("one", "7d0000ff"), ("other", "7dff0000"))
    )
    maps = "<StyleMap id='two'><Pair><key>normal</key><styleUrl>#other</styleUrl></Pair></StyleMap>"
    styles = f"<kml><Document>{one('x', 'one', 35)}{one('y', 'two', 36)}{coloured}{maps}</Document></kml>"
    assert "'fill' has both sides: #ff0000 (1), #0000ff (1)" in str(refused(tmp_path, styles, "a.kml"))
    assert len(read(tmp_path, styles, "a.kml", where="fill=#ff0000").held) == 1


def test_a_choice_does_not_hide_another_side(tmp_path: Path) -> None:
    document = collection(
        *(feature(polygon(square(35 + n)), part=part, control=side) for n, (part, side) in enumerate(
            (("east", "RU"), ("east", "UA"), ("south", "RU"))
        ))
    )  # fmt: skip
    assert refused(tmp_path, document, where="part=east").code == "both-sides"
    assert len(read(tmp_path, document, where="part=east\ncontrol=RU").held) == 1


def test_classes_are_told_with_their_counts(tmp_path: Path) -> None:
    raw = read(tmp_path, of_values("status", "held", "free", "held"))
    assert told(raw) == ["column 'status' has held (2), free (1); all were taken; choose with --where status=VALUE"]
    assert len(raw.held) == 3
    assert told(read(tmp_path, of_values("name", "ТОТ", "ПТУ")))
    assert told(read(tmp_path, of_values("DN", 1, 2)))
    assert told(read(tmp_path, of_values("phase", "before 2022", "after 2022", "after 2022")))
    two = of_values("status", "occupied 2014", "occupied 2022", "other")
    assert len(read(tmp_path, two, where="status=occupied 2014|occupied 2022").held) == 2


@pytest.mark.parametrize(
    ("column", "values"),
    [
        ("id", (1, 2, 3)),
        ("fid", ("a", "b", "c")),
        ("name", ("Kherson", "Donetsk", "Luhansk")),
        ("oblast", ("Kherson", "Kherson", "Luhansk")),
        ("zone", ("Kherson oblast", "Kherson oblast", "Donetsk oblast")),
        ("area_km2", (12.5, 3.1, 3.1)),
        ("code", (14, 14, 23)),
        ("description", ("Russian control since May", "Ukrainian sources say so", "x")),
        ("status", ("held", "held", "held")),
    ],
)
def test_what_is_no_class(tmp_path: Path, column: str, values: Any) -> None:
    raw = read(tmp_path, of_values(column, *values))
    assert (len(raw.held), told(raw)) == (3, [])


def test_contested_classes_of_plain_files_count_as_contested(tmp_path: Path) -> None:
    for column, values in (("level", ("held", "contested")), ("status", ("occupied by Russia", "Сіра зона"))):
        raw = read(tmp_path, of_values(column, *values))
        assert (len(raw.held), len(raw.contested)) == (1, 1)
        assert "what is contested counts as that" in told(raw)[0]


@pytest.mark.parametrize(
    "name",
    ["Під питанням /// Contested", "Situation is unknown", "Ситуація невідома /// Situation is unknown", "Сіра зона",
     "Grey zone", "Gray zone", "Gray area", "Неизвестно", "Уточнюється", "Active fighting", "In question",
     "Територія активних бойових дій", "Unknown status",
     "Статус невідомий /// Unknown status /// geoJSON.status.unknown"],
)  # fmt: skip
def test_contested_words_of_old_editions(tmp_path: Path, name: str) -> None:
    raw = read(tmp_path, of_values("name", "Окуповано /// Occupied", name))
    assert (raw.format, len(raw.held), len(raw.contested)) == ("deepstate-dump", 1, 1)


def test_the_contested_of_faults(shared: Path) -> None:
    cleaned = clean(read_control(shared / "samples/faults/j90_contested_2022.geojson"), load_reference_data().ukraine)
    from geo.measure import area_km2

    assert area_km2(cleaned.contested) == pytest.approx(1_991, abs=1)
    assert cleaned.inside_km2 == pytest.approx(BASE_KM2, abs=1)


def test_makers_are_named_by_what_only_they_have(tmp_path: Path, shared: Path) -> None:
    raw = read_control(shared / "samples/faults/j64_style_ru.geojson")
    assert (raw.format, raw.publisher, len(raw.held)) == ("geojson", None, 1)
    assert raw.slug != "kml"
    assert "left-out" in {part.code for part in raw.findings}
    types = ("nochange", "gains", "losses")
    raw = read(tmp_path, collection(*(feature(polygon(square()), type=kind) for kind in types)), "mine.json")
    assert (raw.format, raw.publisher, raw.slug, len(raw.held)) == ("nzz", None, "mine", 2)
    ring = [[lat, lon] for lon, lat in square()]
    raw = read(tmp_path, {"areas": [ring]}, "mine.json")
    assert (raw.publisher, raw.slug) == (None, "mine")
    raw = read(tmp_path, {"areas": [ring], "unit_count": {"ru": 1, "ua": 1}})
    assert raw.publisher == "UA Control Map"
    for name in ("ISW but redrawn", "isw 2025", "Russian-controlled", "ОРДЛО", "CADLR"):
        assert read(tmp_path, collection(feature(polygon(square())), name=name)).publisher is None
    for name in ("Assessed Russian control, my drawing", "deepstatemap_data_redrawn"):
        assert read(tmp_path, collection(feature(polygon(square()), a=1), name=name)).publisher is None
    styled = "".join(f"<styleUrl>#{style}</styleUrl>{kml_polygon(square())}" for style in ("ru",))
    raw = read(tmp_path, kml(f"<name>held</name>{styled}"), "mine.kml")
    assert (raw.format, raw.publisher, raw.slug, len(raw.held)) == ("kml", None, "mine", 1)


def test_the_own_form_is_told_by_its_member(tmp_path: Path, shared: Path) -> None:
    raw = read_control(shared / "samples/faults/j62_level_held.geojson")
    assert raw.format == "geojson"
    assert clean(raw, load_reference_data().ukraine).inside_km2 == pytest.approx(BASE_KM2, abs=1)
    own = collection(feature(polygon(square()), level="held"), clausemap={"name": "x"})
    assert refused(tmp_path, own).code == "own-form"
    assert len(read(tmp_path, of_values("level", "any", "any")).held) == 2
    mine = collection(feature(polygon(square()), level="majority", date="2025-11-20"))
    assert len(read(tmp_path, mine).held) == 1
    own_again = tmp_path / "again.geojson"
    own_again.write_text('{\n  "type": "FeatureCollection",\n  "clausemap": {\n')
    assert is_own(own_again)


@pytest.mark.parametrize(
    "text",
    [
        "35, 48, 0 36, 48, 0 36, 49, 0 35, 49, 0 35, 48, 0",
        "35 ,48 ,0 36 ,48 ,0 36 ,49 ,0 35 ,49 ,0 35 ,48 ,0",
        "35,\n48,\n0\n36,\n48,\n0\n36,\n49,\n0\n35,\n49,\n0\n35,\n48,\n0",
        "35, 48 36, 48 36, 49 35, 49 35, 48",
        "35,48,0 36,48 36,49,0 35,49 35,48,0",
        "35,48,0, 36,48,0, 36,49,0, 35,49,0, 35,48,0,",
        "35,48,0,36,48,0,36,49,0,35,49,0,35,48,0",
        "35,48 36,48 36,49 35,49 35,48",
        "35,48,112.5 36,48,90 36,49,7 35,49,8 35,48,9",
        "35 48, 36 48, 36 49, 35 49, 35 48",
        "35.0 48.0 0 36.0 48.0 0 36.0 49.0 0 35.0 49.0 0 35.0 48.0 0",
        "35;48 36;48 36;49 35;49 35;48",
        "35,0;48,0 36,0;48,0 36,0;49,0 35,0;49,0 35,0;48,0",
        "35,48,0,0 36,48,0,0 36,49,0,0 35,49,0,0 35,48,0,0",
        "\u200b35,48,0 36,48,0 36,49,0 35,49,0 35,48,0",
    ],
)
def test_coordinates_however_they_are_written(tmp_path: Path, text: str) -> None:
    ring = f"<outerBoundaryIs><LinearRing><coordinates>{text}</coordinates></LinearRing></outerBoundaryIs>"
    raw = read(tmp_path, kml(f"<Polygon>{ring}</Polygon>"), "a.kml")
    assert list(raw.held[0].bounds) == [35, 48, 36, 49]
    assert raw.vertices == 5


@pytest.mark.parametrize("text", ["35°,48° 36°,48°", "[35,48],[36,48]", "35,48,ground 36,48,ground"])
def test_coordinates_that_are_no_numbers_are_told_in_own_words(tmp_path: Path, text: str) -> None:
    ring = f"<outerBoundaryIs><LinearRing><coordinates>{text}</coordinates></LinearRing></outerBoundaryIs>"
    assert "(a coordinate is no number)" in str(refused(tmp_path, kml(f"<Polygon>{ring}</Polygon>"), "a.kml"))


def test_the_coordinates_of_faults(shared: Path) -> None:
    raw = read_control(shared / "samples/faults/k07_spaces_in_tuple_3d.kml")
    assert clean(raw, load_reference_data().ukraine).inside_km2 == pytest.approx(BASE_KM2, abs=1)


def test_a_kml_that_points_elsewhere(tmp_path: Path, shared: Path) -> None:
    with pytest.raises(ControlError, match=r"link to https:.*keep data up to date") as error:
        read_control(shared / "samples/faults/k01_network_link_only.kml")
    assert error.value.code == "network-link"
    link = "<NetworkLink><Url><href>https://example.org/a.kmz</href></Url></NetworkLink>"
    overlay = "<GroundOverlay><Icon><href>files/map.png</href></Icon></GroundOverlay>"
    assert "GroundOverlay files/map.png" in str(refused(tmp_path, of_document(overlay), "a.kml"))
    beside = of_document(f"{link}<Placemark>{kml_polygon(square())}</Placemark>")
    raw = read(tmp_path, beside, "a.kml")
    assert ("network-link", "told") in {(part.code, part.verdict) for part in raw.findings}
    line = "<LineString><coordinates>35,48 36,48 36,49 35,48</coordinates></LineString>"
    track = "<Track><when>2025-11-20</when><coord>35 48 0</coord></Track>"
    for kind, shape in (
        ("LineString", line),
        ("Track", track),
        ("LinearRing", line.replace("LineString", "LinearRing")),
    ):
        error_ = refused(tmp_path, kml(shape), "a.kml")
        assert (error_.code, kind in str(error_)) == ("no-polygons", True)


def of_document(content: str) -> str:
    return f"<kml><Document>{content}</Document></kml>"
