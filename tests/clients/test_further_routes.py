"""schemathesis over what there is beside the OGC API: comparisons, the line since a date, changes, the catalogue.

Their document stands here, with names that there are; a name that is made up is refused with a problem document.
"""

from typing import Any

import pytest
from flask import Flask
from hypothesis import HealthCheck, Phase, assume, given, settings

from layers.catalogue.model import COMMITTED
from webapp.app import create_app
from webapp.jobs.editions import open_catalogue
from webapp.jobs.jobs import result_here

schemathesis = pytest.importorskip("schemathesis")

pytestmark = pytest.mark.slow

PLANS = ("us-28-points", "ukraine-20-points")
SIDES = (*PLANS, "us-28-points@2025-11-20", "ukraine-20-points@2025-12-24@embedded")  # which are built
DAYS = ("2025-11-20", "2025-12-24")
JSON, PROBLEM = "application/json", "application/problem+json"
ROUTES: dict[str, tuple[dict[str, tuple[str, ...]], dict[str, tuple[str, ...]], str]] = {
    "/compare/{left}/{right}.json": ({"left": SIDES, "right": SIDES}, {}, JSON),
    "/compare/{left}/{right}.csv": ({"left": SIDES, "right": SIDES}, {}, "text/csv"),
    "/compare/{left}/{right}.geojson": ({"left": SIDES, "right": SIDES}, {}, "application/geo+json"),
    "/changes/{one}/{other}.geojson": ({"one": DAYS[:1], "other": DAYS[1:]}, {}, "application/geo+json"),
    "/line-since/{plan}.json": ({"plan": PLANS}, {"since": DAYS}, JSON),
    "/line-since/{plan}.atom": ({"plan": PLANS}, {"since": DAYS, "lang": ("en", "uk")}, "application/atom+xml"),
    "/catalog/{plan}/{year}.json": ({"plan": PLANS, "year": ("2025", "2026")}, {}, JSON),
    "/timelines/{plan}.csv": ({"plan": PLANS}, {"from": DAYS[:1], "to": DAYS[1:]}, "text/csv"),
}
QUICK = tuple(route for route in ROUTES if route.startswith(("/compare", "/catalog")))  # others derive every date
FEW = settings(deadline=None, suppress_health_check=list(HealthCheck), derandomize=True, phases=[Phase.generate])
UNCOMPRESSED = {"Accept-Encoding": "identity"}


def parameter(name: str, place: str, values: tuple[str, ...]) -> dict[str, Any]:
    return {"name": name, "in": place, "required": place == "path", "schema": {"type": "string", "enum": list(values)}}


def operation(route: str) -> dict[str, Any]:
    of_path, of_query, media_type = ROUTES[route]
    named = [(name, "path", values) for name, values in of_path.items()]
    named += [(name, "query", values) for name, values in of_query.items()]
    wrong = {"description": "refused", "content": {PROBLEM: {}}}
    return {
        "get": {
            "parameters": [parameter(*one) for one in named],
            "responses": {"200": {"description": "found", "content": {media_type: {}}}, "400": wrong, "404": wrong},
        }
    }


@pytest.fixture(scope="module")
def app() -> Flask:
    return create_app(open_catalogue(COMMITTED), base_url="http://127.0.0.1")


@pytest.fixture(scope="module")
def schema(app: Flask) -> Any:
    document = {"openapi": "3.0.3", "info": {"title": "further routes", "version": "1"}, "paths": {}}
    document["paths"] = {route: operation(route) for route in ROUTES}
    return schemathesis.openapi.from_dict(document)


@pytest.fixture(autouse=True)
def in_this_process(monkeypatch: pytest.MonkeyPatch) -> None:
    """No queue, so that no answer says that the service is busy."""
    monkeypatch.setattr("webapp.routes.compare.job_result", result_here)


def asked(schema: Any, app: Flask, route: str, mode: Any, examples: int) -> list[int]:
    """The statuses of a few requests, each validated with all checks."""
    statuses = []

    @settings(FEW, max_examples=examples)
    @given(case=schema[route]["GET"].as_strategy(generation_mode=mode))
    def ask(case: Any) -> None:
        assume(all((case.query or {}).values()))  # an empty value is none
        response = case.call(headers=UNCOMPRESSED, app=app)
        case.validate_response(response)
        statuses.append(response.status_code)

    ask()
    return statuses


@pytest.mark.parametrize("route", QUICK)
def test_right_requests_are_answered_as_the_document_says(schema: Any, app: Flask, route: str) -> None:
    statuses = asked(schema, app, route, schemathesis.GenerationMode.POSITIVE, 4)
    assert 200 in statuses


@pytest.mark.parametrize("route", ROUTES)
def test_wrong_requests_are_refused(schema: Any, app: Flask, route: str) -> None:
    statuses = asked(schema, app, route, schemathesis.GenerationMode.NEGATIVE, 8)
    assert statuses
    assert max(statuses) < 500
