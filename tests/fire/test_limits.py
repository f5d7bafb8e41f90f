"""The table of limits for operators says what the code does."""

from tests.documentation.pages import page
from webapp import limits
from webapp.responses.cache import ROOM_BYTES
from webapp.settings import Settings

SECTION = "## Limits"


def told() -> dict[str, str]:
    """The rows of the table: what is limited, and how far."""
    lines = page("operating.md").partition(SECTION)[2].partition("\n## ")[0].splitlines()
    rows = [[cell.strip() for cell in line.strip("|").split("|")] for line in lines if line.startswith("| ")]
    return {row[0]: row[1] for row in rows[1:]}


def test_the_table_of_limits_is_that_of_the_code() -> None:
    large_megapixels = limits.LARGE_PIXELS // 10**6
    assert told() == {
        "processes that derive editions and draw images and charts": f"{limits.MAX_PROCESSES}",
        f"processes that draw images of more than {large_megapixels} megapixels": f"{limits.MAX_PROCESSES - 1}",
        "results in line": f"{limits.MAX_WAITING}",
        "requests that wait for results, also for the same one": f"{limits.MAX_READERS}",
        "time in line": f"{limits.MAX_WAIT_S:g} s",
        "time of a result": f"{limits.LIMIT_S:g} s",
        "time until a process begins": f"{limits.START_LIMIT_S:g} s",
        "time that a worker waits for another one that makes the same": f"{limits.LOCK_WAIT_S:g} s",
        "responses held in memory": f"{ROOM_BYTES // 2**20} MB",
        "connections": f"{limits.CONNECTIONS:,}",
        "time to send a request's header, and of a connection without a request": f"{limits.SILENT_S} s",
        "length of a request's header": "412 kB",
        "length of a URL": f"{limits.LONGEST_URL:,} characters",
        "time of a stop (`CLAUSEMAP_STOP_WITHIN_S`)": f"{Settings().stop_within_s} s",
    }
