"""Many orders at once: large ones, given up ones, the same ones. Whatever else is asked for goes on."""

import socket
import time
from concurrent.futures import ThreadPoolExecutor

import pytest

from layers.catalogue.model import COMMITTED, load_catalogue
from tests.fire.servers import US, seconds, status


@pytest.mark.sweep(1)
@pytest.mark.slow
@pytest.mark.alone
@pytest.mark.parametrize("path", [f"/timelines/{US}.png?", f"/en/timeline/{US}?as_of=latest&"])
def test_others_are_answered_while_64_timelines_are_wanted(live_server: str, path: str) -> None:
    days = load_catalogue(COMMITTED).proposal(US).control_dates
    ranges = [(first, last) for first in range(8) for last in range(20, 28)]
    wanted = [f"{live_server}{path}from={days[first]}&to={days[last]}" for first, last in ranges]
    waits = []
    with ThreadPoolExecutor(len(wanted)) as readers:
        asked = [readers.submit(status, address) for address in wanted]
        while not all(one.done() for one in asked):
            waits.append(seconds(f"{live_server}/healthz"))
            time.sleep(0.05)
        told = [one.result() for one in asked]
    assert max(waits) < 1
    assert {code for code, _ in told} == {200, 503}
    assert all(again for code, again in told if code == 503)


@pytest.mark.slow
@pytest.mark.alone
def test_images_that_were_given_up_keep_nobody_waiting(live_server: str) -> None:
    place = ("127.0.0.1", int(live_server.rpartition(":")[2]))
    takes_s = seconds(f"{live_server}/images/{US}/2025-11-20.png?size=1999x1400")
    for number in range(40):
        with socket.create_connection(place) as leaving:
            path = f"/images/{US}/2025-11-20.png?size={2000 + number}x1400"
            leaving.sendall(f"GET {path} HTTP/1.1\r\nHost: x\r\n\r\n".encode())
            time.sleep(0.02)
    assert seconds(f"{live_server}/healthz") < 1
    assert status(f"{live_server}/images/{US}/2025-11-20.svg?zones=nowhere") == (400, None)
    start = time.monotonic()
    assert status(f"{live_server}/images/{US}/2025-11-20.svg?size=1000x700") == (200, None)
    assert time.monotonic() - start < 5 * takes_s + 1, "two that are being drawn are before it, 24 would be"


@pytest.mark.slow
@pytest.mark.alone
def test_large_images_that_were_given_up_leave_a_process_to_small_ones(live_server: str) -> None:
    place = ("127.0.0.1", int(live_server.rpartition(":")[2]))
    takes_s = seconds(f"{live_server}/images/{US}/2025-11-20.png?size=1100x700")
    for number in range(24):
        with socket.create_connection(place) as leaving:
            path = f"/images/{US}/2025-11-20.png?size={2900 + number}x2700&scale=2"
            leaving.sendall(f"GET {path} HTTP/1.1\r\nHost: x\r\n\r\n".encode())
            time.sleep(0.02)
    for number in range(5):
        start = time.monotonic()
        assert status(f"{live_server}/images/{US}/2025-11-20.png?size={1101 + number}x700") == (200, None)
        assert time.monotonic() - start < 4 * takes_s + 1, "24 large ones would take a minute"


@pytest.mark.slow
def test_all_readers_of_one_new_image_get_it(live_server: str) -> None:
    image = f"{live_server}/images/{US}/2025-11-20.png?size=1777x1000"
    with ThreadPoolExecutor(200) as readers:
        asked = [readers.submit(status, image) for _ in range(200)]
        while not all(one.done() for one in asked):
            assert status(f"{live_server}/healthz") == (200, None)
            time.sleep(0.05)
    assert {one.result() for one in asked} == {(200, None)}
