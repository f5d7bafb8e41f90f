"""Whose request it is, as far as turns are shared: the reader's own address, which nobody can choose."""

import pytest
from flask import Flask

from webapp.before_request import forget_reader, note_reader
from webapp.jobs.readers import CURRENT_ADDRESS, reader_address


@pytest.mark.parametrize(
    ("other_end", "forwarded", "proxies", "address"),
    [
        ("192.0.2.1", "", 0, "192.0.2.1"),
        ("192.0.2.1", "198.51.100.7", 0, "192.0.2.1"),
        ("127.0.0.1", "198.51.100.7", 1, "198.51.100.7"),
        ("127.0.0.1", "203.0.113.9, 198.51.100.7", 1, "198.51.100.7"),
        ("127.0.0.1", "198.51.100.7, 10.0.0.2", 2, "198.51.100.7"),
        ("127.0.0.1", "198.51.100.7", 2, "198.51.100.7"),
        ("127.0.0.1", "", 1, "127.0.0.1"),
        ("127.0.0.1", "nonsense", 1, "127.0.0.1"),
        ("2001:db8:1:2:3:4:5:6", "", 0, "2001:db8:1:2::/64"),
        ("::ffff:192.0.2.1", "", 0, "::ffff:192.0.2.1"),
        ("", "", 0, ""),
    ],
)
def test_the_address_is_where_the_last_proxy_was_asked_from(
    other_end: str, forwarded: str, proxies: int, address: str
) -> None:
    assert reader_address(other_end, forwarded.split(","), proxies) == address


def test_it_is_read_as_the_operator_says(monkeypatch: pytest.MonkeyPatch) -> None:
    asked = {"environ_base": {"REMOTE_ADDR": "127.0.0.1"}, "headers": {"X-Forwarded-For": "a, 198.51.100.7"}}
    app = Flask("webapp")
    app.teardown_request(forget_reader)
    for proxies, address in (("0", "127.0.0.1"), ("1", "198.51.100.7")):
        monkeypatch.setenv("CLAUSEMAP_PROXIES", proxies)
        with app.test_request_context("/", **asked):
            note_reader()
            assert CURRENT_ADDRESS.get() == address
        assert CURRENT_ADDRESS.get() == ""
