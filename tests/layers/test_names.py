"""Names of towns, over all rows: Ukrainian, English romanised from it, Chinese where a town is large or known."""

import re
from collections import defaultdict
from itertools import combinations

import pytest

from geo.measure import WGS84
from layers.reference.making.places import is_ukrainian, romanised, ukrainian_name
from layers.reference.register import SOURCES, read_rows

Row = dict[str, str]

PLACES = read_rows(SOURCES / "places.csv")
TOWNS = read_rows(SOURCES / "towns.csv")
CORRECTIONS = read_rows(SOURCES / "place-names.csv")
ALL = [*TOWNS, *PLACES]
BY_ID = {row["geonameid"]: row for row in ALL}

UKRAINIAN = re.compile(r"[АБВГҐДЕЄЖЗИІЇЙКЛМНОПРСТУФХЦЧШЩЬЮЯабвгґдеєжзиіїйклмнопрстуфхцчшщьюя' -]+")
LATIN = re.compile(r"[A-Za-z -]+")
HAN = re.compile(r"[\u4e00-\u9fff]+")
RUSSIAN_ENDINGS = re.compile(r"(ое|ее|ая|яя|ые|ие|ый|ица|ск|цк|ский|цкий|ье)\b")
RUSSIAN_IN_CRIMEA = re.compile(r"(ово|ево|ино|овка|евка)\b")
AS_IN_RUSSIAN = {
    "Верхня Кутузовка", "Дніпровка", "Желябовка", "Некрасовка", "Нижня Кутузовка", "Новопокровка", "Сахарна Головка",
    "Стахановка", "Фурмановка", "Щебетовка",
}  # fmt: skip
WELL_KNOWN = {"Сіверськодонецьк": "Sievierodonetsk", "Феодосія": "Feodosia", "Євпаторія": "Yevpatoria"}
DISTRICTS = {
    "Arshyntseve": "713195", "Lazurnyi in Kramatorsk": "13645596", "Verstatobud": "13645603", "Sonyachnyi": "13631403",
    "Khanzhonkove": "706488", "Inhulets": "707601", "Terny": "691605", "Molodizhne in Kremenchuk": "11139621",
    "Taromske": "691832", "Rakove": "13631378", "Lazurnyi in Pokrovsk": "13535742", "Balaklava": "712930",
}  # fmt: skip
NEWS = """
    Bakhmut, Avdiivka, Vuhledar, Toretsk, Selydove, Kurakhove, Novohrodivka, Ukrainsk, Hirnyk, Krasnohorivka,
    Marinka, Siversk, Rodynske, Bilytske, Popasna, Kreminna, Svatove, Starobilsk, Rubizhne, Debaltseve, Volnovakha,
    Polohy, Orikhiv, Tokmak, Vasylivka, Dniprorudne, Oleshky, Skadovsk, Chaplynka, Armiansk, Dzhankoi, Yevpatoria,
    Saky, Feodosia, Yalta, Alushta, Sudak, Bakhchysarai, Makiivka, Alchevsk, Khrustalnyi, Yenakiieve, Kadiivka,
    Shakhtarsk, Khartsyzk, Kakhovka, Chystiakove, Snizhne, Dovzhansk, Pokrovsk, Myrnohrad, Dobropillia, Lyman,
    Kostiantynivka, Druzhkivka, Kramatorsk, Sloviansk, Huliaipole, Kupiansk, Vovchansk, Enerhodar, Henichesk,
    Melitopol, Berdiansk, Mariupol, Horlivka, Lysychansk, Sievierodonetsk, Soledar, Zolote, Hirske, Novoazovsk,
    Manhush, Pokrovske, Mezhova, Balakliia, Chuhuiv, Barvinkove, Nikopol, Marhanets, Bucha, Irpin, Hostomel, Izmail,
    Reni, Chornomorsk, Pivdenne, Ochakiv, Kalanchak, Beryslav, Shostka, Hlukhiv, Konotop, Bilopillia, Krasnopillia,
    Velyka Novosilka, Kamianka-Dniprovska, Hola Prystan, Yany Kapu, Nova Kakhovka, Chasiv Yar
"""
IN_THE_NEWS = re.split(r",\s+", NEWS.strip())


def in_crimea(row: Row) -> bool:
    return float(row["lat"]) < 46.1 and 32.4 < float(row["lon"]) < 36.7


def test_ukrainian_names_are_written_in_the_ukrainian_alphabet_alone() -> None:
    assert len(ALL) > 4800
    named = [row["name_uk"] for row in ALL if row["name_uk"]]
    assert len(named) > 4800
    assert [name for name in named if not UKRAINIAN.fullmatch(name)] == []


def test_no_ukrainian_name_is_a_russian_form() -> None:
    assert [row["name_uk"] for row in ALL if RUSSIAN_ENDINGS.search(row["name_uk"].lower())] == []
    assert [row["name_uk"] for row in ALL if row["name_uk"] and not is_ukrainian(row["name_uk"])] == []
    crimean = {row["name_uk"] for row in ALL if in_crimea(row) and RUSSIAN_IN_CRIMEA.search(row["name_uk"].lower())}
    assert crimean <= AS_IN_RUSSIAN


def test_every_town_on_the_map_has_a_ukrainian_name() -> None:
    assert [row for row in ALL if int(row["population"]) >= 5000 and not row["name_uk"]] == []


def test_english_names_are_romanised_from_the_ukrainian_ones() -> None:
    named = [row for row in ALL if row["name_uk"]]
    differing = {row["name_uk"]: row["name_en"] for row in named if row["name_en"] != romanised(row["name_uk"])}
    assert differing == WELL_KNOWN
    assert [row["name_en"] for row in ALL if not LATIN.fullmatch(row["name_en"])] == []


def test_towns_of_50_000_and_towns_in_the_news_have_a_chinese_name() -> None:
    by_name = defaultdict(list)
    for row in ALL:
        by_name[row["name_en"]].append(row)
    large = [row for row in ALL if int(row["population"]) >= 50_000]
    known = [max(by_name[name], key=lambda row: int(row["population"])) for name in IN_THE_NEWS]
    assert len(large) > 80
    assert [row["name_en"] for row in large + known if not HAN.fullmatch(row["name_zh_hant"])] == []
    assert [row["name_zh_hant"] for row in ALL if row["name_zh_hant"] and not HAN.fullmatch(row["name_zh_hant"])] == []


def test_no_two_towns_have_one_chinese_name() -> None:
    names = [row["name_zh_hant"] for row in ALL if row["name_zh_hant"]]
    assert sorted(names) == sorted(set(names))


def test_no_two_towns_of_one_name_are_near_each_other() -> None:
    for key in ("name_en", "name_uk"):
        by_name = defaultdict(list)
        for row in ALL:
            by_name[row[key]].append(row)
        by_name.pop("", None)
        pairs = (pair for rows in by_name.values() for pair in combinations(rows, 2))
        assert [pair for pair in pairs if away_km(*pair) < 5] == []


def away_km(one: Row, other: Row) -> float:
    lon, lat, other_lon, other_lat = (float(row[axis]) for row in (one, other) for axis in ("lon", "lat"))
    _, _, away_m = WGS84.inv(lon, lat, other_lon, other_lat)
    return float(away_m) / 1000


def test_no_city_district_is_among_the_towns() -> None:
    parts = {row["geonameid"]: row["part_of"] for row in CORRECTIONS if row["part_of"]}
    assert set(DISTRICTS.values()) <= set(parts)
    assert set(parts) & set(BY_ID) == set()
    assert {city for city in parts.values() if city not in {row["name_en"] for row in ALL}} == set()


def test_corrections_are_taken_over() -> None:
    numbers = [int(row["geonameid"]) for row in CORRECTIONS]
    assert numbers == sorted(set(numbers))
    places = {row["geonameid"]: row for row in PLACES}
    for correction in CORRECTIONS:
        row = places.get(correction["geonameid"], {})
        said = {key: correction[key] for key in ("name_en", "name_uk", "name_zh_hant") if correction[key]}
        assert correction["part_of"] or said == {key: row.get(key) for key in said}, correction


@pytest.mark.parametrize(
    ("geonameid", "name_en", "name_uk"),
    [
        ("692975", "Kadiivka", "Кадіївка"), ("691374", "Chystiakove", "Чистякове"),
        ("705186", "Kalmiuske", "Кальміуське"), ("700019", "Nyzhnohirskyi", "Нижньогірський"),
        ("712521", "Bilovodsk", "Біловодськ"), ("700835", "Molodizhne", "Молодіжне"),
        ("690281", "Velyka Bilozerka", "Велика Білозерка"), ("7039154", "Novofedorivka", "Новофедорівка"),
        ("690165", "Velyki Kopani", "Великі Копані"), ("698929", "Novi Petrivtsi", "Нові Петрівці"),
        ("709869", "Dobre", "Добре"), ("697203", "Pionerske", "Піонерське"), ("710454", "Chystenke", "Чистеньке"),
        ("692134", "Suvorovske", "Суворовське"), ("697396", "Petrivka", "Петрівка"), ("689595", "Vylyne", "Вилине"),
        ("702320", "Makiivka", "Макіївка"), ("689558", "Vinnytsia", "Вінниця"),
        ("706369", "Khmelnytskyi", "Хмельницький"),
    ],
)  # fmt: skip
def test_names_that_were_wrong_are_right(geonameid: str, name_en: str, name_uk: str) -> None:
    assert (BY_ID[geonameid]["name_en"], BY_ID[geonameid]["name_uk"]) == (name_en, name_uk)


@pytest.mark.parametrize(
    ("ukrainian", "roman"),
    [
        ("Київ", "Kyiv"), ("Згурівка", "Zghurivka"), ("Єнакієве", "Yenakiieve"), ("Знам'янка", "Znamianka"),
        ("Їжівці", "Yizhivtsi"), ("Нью-Йорк", "Niu-York"), ("Щастя", "Shchastia"), ("Яготин", "Yahotyn"),
        ("Юр'ївка", "Yurivka"), ("Кам'янець-Подільський", "Kamianets-Podilskyi"), ("Біла Церква", "Bila Tserkva"),
    ],
)  # fmt: skip
def test_romanisation_follows_the_system_of_2010(ukrainian: str, roman: str) -> None:
    assert romanised(ukrainian) == roman


@pytest.mark.parametrize(
    "name", ["Vеlykа Bіlоzеrkа", "Добрoе", "Пионерское", "Первомайский", "Лохвица", "Луганск", "Раздолье", ""]
)
def test_other_alphabets_and_russian_forms_are_told(name: str) -> None:
    assert not is_ukrainian(name)


def test_a_name_of_mixed_alphabets_is_not_chosen() -> None:
    assert ukrainian_name("Velyka Bilozerka", ["Vеlykа Bіlоzеrkа", "Велика Білозерка"]) == "Велика Білозерка"
    assert ukrainian_name("Ovidiopol", ["Овидиополь", "Ові́діополь"]) == "Овідіополь"
    assert ukrainian_name("Lokhvytsya", ["Лохвица", "Лохвиця"]) == "Лохвиця"
