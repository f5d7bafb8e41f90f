"""The page to draw on, as the service sends it."""

from flask.testing import FlaskClient

from tests.webapp.markup import read_html


def test_zones_have_looks_of_their_own_and_not_those_of_their_kind(client: FlaskClient) -> None:
    told = read_html(client.get("/en/draw").text).page_data
    looks = {name: proposal["looks"] for name, proposal in told["proposals"].items()}
    assert looks["us-28-points"]["luhansk-unheld"] == "unheld-recognised"
    assert "withdrawal-ukraine" in looks["putin-2024-06"].values(), "what Ukraine would leave is not what Russia would"
    assert {look for one in looks.values() for look in one.values()} <= set(told["styles"])
