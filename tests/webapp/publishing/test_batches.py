"""Addresses of a copy in batches: each once, what is drawn from the same things together."""

from webapp.publishing.batches import MOST, batches

TAGS = ("en", "uk", "zh-Hant")
PLAN, DAY = "us-28-points", "2025-11-20"


def images(size: str) -> list[str]:
    return [
        f"/images/{PLAN}/{DAY}.{form}?lang={lang}&size={size}{theme}"
        for form in ("png", "svg")
        for theme in ("", "&theme=dark", "&theme=print")
        for lang in TAGS
    ]


def test_every_address_is_in_one_batch() -> None:
    given = [f"/{lang}/{page}/{PLAN}" for page in ("map", "areas") for lang in TAGS]
    given += [*images("square"), *images("story"), *(f"/ogc/collections/x/items/{one}.json" for one in range(100))]
    made = list(batches(given, TAGS))
    assert sorted(address for batch in made for address in batch) == sorted(given)
    assert all(0 < len(batch) <= MOST for batch in made)
    assert list(batches([], TAGS)) == []


def test_images_on_one_ground_are_made_one_after_the_other() -> None:
    mixed = [address for pair in zip(images("square"), images("story"), strict=True) for address in pair]
    assert list(batches(mixed, TAGS)) == [images("square"), images("story")]


def test_the_charts_of_a_plan_are_in_the_batch_of_its_page() -> None:
    page, frame = f"/uk/timeline/{PLAN}?zone=crimea", f"/embed/en/{PLAN}/timeline/crimea"
    between = [f"/en/points/{number}" for number in range(MOST)]
    assert next(batches([page, *between, frame], TAGS))[:2] == [page, frame]
