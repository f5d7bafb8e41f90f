"""What a worker counts, as series of Prometheus: a text such as ``name{route="/layers"}`` and its number."""

from bisect import bisect_left
from collections import Counter, deque
from threading import Lock

BOUNDS_S = (0.005, 0.025, 0.1, 0.5, 2.5, 10.0, 60.0)

Series = dict[str, float]


def series(name: str, **labels: object) -> str:
    """Return the text of a series from its name and labels, whose values hold no quotation marks."""
    listed = ",".join(f'{label}="{value}"' for label, value in labels.items())
    return f"{name}{{{listed}}}" if listed else name


class RequestCounts:
    """Requests by route and status, and by route how long they took. Safe among threads.

    A request is only noted, without a lock that others wait for; it is counted when the counters are read.
    """

    def __init__(self) -> None:
        self._requests: Counter[tuple[str, int]] = Counter()
        self._places: dict[str, list[int]] = {}  # by route: how many took so long, one number for each bound
        self._seconds: Counter[str] = Counter()
        self._noted: deque[tuple[str, int, float]] = deque()
        self._lock = Lock()

    def add(self, route: str, status: int, took_s: float) -> None:
        """Note a request.

        Parameters
        ----------
        route
            Name of its route.
        status
            Status of the response.
        took_s
            Seconds until the response was ready.
        """
        self._noted.append((route, status, took_s))

    def _count(self) -> None:
        while self._noted:
            route, status, took_s = self._noted.popleft()
            self._requests[route, status] += 1
            self._places.setdefault(route, [0] * (len(BOUNDS_S) + 1))[bisect_left(BOUNDS_S, took_s)] += 1
            self._seconds[route] += took_s  # type: ignore[assignment]  # the one that is no integer

    @property
    def series(self) -> Series:
        """The counters so far."""
        with self._lock:
            self._count()
            requests, places = dict(self._requests), {route: tuple(found) for route, found in self._places.items()}
            seconds = dict(self._seconds)
        found: Series = {
            series("clausemap_requests_total", route=route, status=status): count
            for (route, status), count in requests.items()
        }
        for route, counts in places.items():
            for place, bound in enumerate((*BOUNDS_S, "+Inf"), start=1):
                found[series("clausemap_request_seconds_bucket", route=route, le=bound)] = sum(counts[:place])
            found[series("clausemap_request_seconds_count", route=route)] = sum(counts)
            found[series("clausemap_request_seconds_sum", route=route)] = seconds[route]
        return found
