"""schemathesis: requests made of the OpenAPI document, right ones and wrong ones, with all of its checks."""

from typing import Any

import pytest
from flask import Flask
from hypothesis import HealthCheck, assume, given, settings

from layers.catalogue.model import EVERY_DATE, Catalogue
from tests.conftest import skip_unless_ci
from webapp.app import create_app
from webapp.errors import OptionError
from webapp.jobs.editions import open_catalogue
from webapp.ogc.query import read_boxes, read_days

schemathesis = pytest.importorskip("schemathesis")

BUFFER = "/collections/us-28-points_buffer"
PATHS = ("/", "/conformance", "/api", "/collections", BUFFER, f"{BUFFER}/items", f"{BUFFER}/items/{{featureId}}")
LONGEST = 1000  # characters of a query; of a longer one the service may say 414
UNCOMPRESSED = {"Accept-Encoding": "identity"}  # through WSGI it decodes nothing
SETTINGS = settings(deadline=None, suppress_health_check=list(HealthCheck))


@pytest.fixture(scope="module")
def app() -> Flask:
    if not (EVERY_DATE / "catalog.json").is_file():
        skip_unless_ci("not set up; `make setup` builds the data")
    catalogue: Catalogue = open_catalogue(EVERY_DATE)
    return create_app(catalogue, base_url="http://127.0.0.1")


@pytest.fixture(scope="module")
def schema(app: Flask) -> Any:
    return schemathesis.openapi.from_wsgi("/ogc/api", app)


def possible(query: dict[str, Any]) -> bool:
    """Whether values that a schema allows can be: it cannot say that south is below north, nor name days."""
    try:
        if "bbox" in query:
            read_boxes(",".join(map(str, query["bbox"])))
        if "datetime" in query:
            read_days(query["datetime"])
    except OptionError:
        return False
    return True


@pytest.mark.parametrize("path", PATHS)
def test_right_requests_get_what_the_document_says(schema: Any, path: str) -> None:
    @SETTINGS
    @given(case=schema[path]["GET"].as_strategy(generation_mode=schemathesis.GenerationMode.POSITIVE))
    def asked(case: Any) -> None:
        assume(possible(case.query or {}))
        case.call_and_validate(headers=UNCOMPRESSED)

    asked()


@pytest.mark.slow
def test_each_control_map_has_such_a_document_of_its_own(app: Flask) -> None:
    of_control = schemathesis.openapi.from_wsgi("/ogc/control/embedded/api", app)

    @settings(SETTINGS, max_examples=10)
    @given(case=of_control[f"{BUFFER}/items"]["GET"].as_strategy(generation_mode=schemathesis.GenerationMode.POSITIVE))
    def asked(case: Any) -> None:
        assume(possible(case.query or {}))
        response = case.call_and_validate(headers=UNCOMPRESSED)
        assert "/ogc/control/embedded/" in response.request.url

    asked()


@pytest.mark.slow
def test_wrong_requests_are_refused(schema: Any) -> None:
    @SETTINGS
    @given(case=schema[f"{BUFFER}/items"]["GET"].as_strategy(generation_mode=schemathesis.GenerationMode.NEGATIVE))
    def asked(case: Any) -> None:
        limit = str((case.query or {}).get("limit", ""))
        assume(not limit.isdecimal())  # by the standard too large a limit is no error
        assume(len(str(case.query)) < LONGEST)  # 414 is no refusal in its eyes
        case.call_and_validate(headers=UNCOMPRESSED)

    asked()
