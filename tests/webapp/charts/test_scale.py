"""Scales: round figures, few of them, all data inside; labels of days that do not touch."""

from datetime import date
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from webapp.charts.scale import LABEL_GAP_PX, area_scale, day_ticks

areas = st.floats(min_value=0, max_value=600_000).map(lambda area: round(area, 1))


@given(areas, areas, st.booleans())
def test_a_scale_holds_its_figures_and_has_few_round_ticks(one: float, other: float, from_zero: bool) -> None:
    lowest, highest = sorted((one, other))
    scale = area_scale(lowest, highest, from_zero=from_zero)
    assert 0 <= scale.base <= lowest
    assert scale.top >= highest
    assert 2 <= len(scale.ticks) <= 7
    assert scale.ticks[0] == scale.base
    assert list(scale.ticks) == sorted(set(scale.ticks))
    assert all(tick.is_integer() for tick in scale.ticks)
    assert scale.ticks[-1] <= scale.top
    if from_zero:
        assert scale.base == 0


@pytest.mark.parametrize(
    ("lowest", "highest", "ticks"),
    [
        (4588.0, 10840.7, (0, 2500, 5000, 7500, 10000)),
        (25937.1, 26300.0, (25900, 26000, 26100, 26200, 26300)),
        (131.7, 131.7, (0, 50, 100)),
        (0.0, 3.2, (0, 1, 2, 3)),
    ],
)
def test_scales(lowest: float, highest: float, ticks: tuple[float, ...]) -> None:
    assert area_scale(lowest, highest).ticks == ticks


@pytest.mark.parametrize(
    ("dates", "width_px", "days"),
    [
        (("2024-08-01", "2026-08-21"), 280, ("2025-01-01", "2025-07-01", "2026-01-01", "2026-07-01")),
        (("2024-08-01", "2026-08-21"), 150, ("2025-01-01", "2026-01-01")),
        (("2025-01-02", "2025-06-01"), 280, ("2025-03-01", "2025-05-01")),
        (("2025-11-20", "2025-12-01"), 280, ()),
        (("2025-11-20",), 280, ()),
    ],
)
def test_days_along_the_bottom(dates: tuple[str, ...], width_px: float, days: tuple[str, ...]) -> None:
    first, last = (date.fromisoformat(day).toordinal() for day in (dates[0], dates[-1]))

    def place(day: str) -> float:
        return (date.fromisoformat(day).toordinal() - first) / max(last - first, 1) * width_px

    found = day_ticks(dates, place, lambda day: day[:7], lambda _: 58.0)
    assert found == days
    places = [place(day) for day in found]
    assert all(after - before >= 58 + LABEL_GAP_PX for before, after in pairwise(places))
