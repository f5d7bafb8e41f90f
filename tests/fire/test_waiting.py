"""While twenty images are asked for at once, the service answers others; when it ends, its processes end with it."""

import statistics
import time
import urllib.request
from concurrent.futures import ThreadPoolExecutor

import pytest

SIZES = tuple((900 + 20 * number, 700 + 10 * number) for number in range(20))
MEDIAN_S, MOSTLY_S = 0.05, 0.2
OTHERS = ("/healthz", "/layers/us-28-points/2025-11-20.geojson")


def _seconds(address: str) -> float:
    start = time.perf_counter()
    with urllib.request.urlopen(address, timeout=60) as answer:
        answer.read()
        assert answer.status == 200
    return time.perf_counter() - start


@pytest.mark.slow
@pytest.mark.alone
def test_others_are_answered_while_twenty_images_are_drawn(live_server: str) -> None:
    images = [f"{live_server}/images/us-28-points/2025-11-20.png?size={width}x{height}" for width, height in SIZES]
    waits: list[float] = []
    with ThreadPoolExecutor(len(images)) as readers:
        asked = [readers.submit(_seconds, address) for address in images]
        while not all(one.done() for one in asked):
            waits += [_seconds(live_server + path) for path in OTHERS]
            time.sleep(0.02)
        assert all(one.result() for one in asked)
    assert len(waits) > 20
    assert statistics.median(waits) < MEDIAN_S
    assert statistics.quantiles(waits, n=20)[-1] < MOSTLY_S
