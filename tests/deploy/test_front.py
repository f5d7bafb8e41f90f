"""The lines for nginx: passed on, limited, and with one id of a request in both logs."""

import re
import urllib.error
import urllib.request
from pathlib import Path

import pytest

from tests.nginx import front_lines, nginx_server


@pytest.mark.slow
def test_requests_pass_nginx_with_their_id(live_server: str, tmp_path: Path) -> None:
    log = tmp_path / "access.log"
    with nginx_server(front_lines(live_server, log), tmp_path, tmp_path) as address:
        with urllib.request.urlopen(f"{address}/en/map/us-28-points?as_of=latest", timeout=60) as answer:
            given = answer.headers["X-Request-ID"]
        assert re.fullmatch(r"[0-9a-f]{32}", given)
        with pytest.raises(urllib.error.HTTPError, match="413"):
            urllib.request.urlopen(urllib.request.Request(f"{address}/en/", data=b"x" * 2000), timeout=60)
    first = log.read_text().splitlines()[0]
    assert '"GET /en/map/us-28-points?as_of=latest HTTP/1.1" 200' in first
    assert first.endswith(given)
