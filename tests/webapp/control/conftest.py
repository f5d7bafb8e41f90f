"""A service with several control maps, built from made ones, and what the tests read of its pages."""

import json
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from flask import Flask
from flask.testing import FlaskClient

from layers.catalogue.model import Catalogue
from layers.control.workspace import Workspace
from layers.embedded import EMBEDDED
from tests.made_workspace import COMPLETED, ONE, SEVERAL
from tests.webapp.markup import Node, read_html
from webapp.app import create_app
from webapp.jobs.editions import open_catalogue

PROPOSAL = "us-28-points"
PAGES = ("map", "areas", "timeline", "points")
NAMES = (EMBEDDED, ONE, COMPLETED, SEVERAL)
WORDS_OF_SEVERAL = {  # what may not be said of a single map
    "en": (
        "disagree",
        "control maps differ",
        "the three differ,",
        "three public",
        "across the maps",
        "across the control maps",
        "at least two",
        "range between",
        "most of the",
        "depending on the map",
        "control maps speak",
    ),
    "uk": (
        "карти контролю розходяться",
        "карти розходяться",
        "розбіжність карт",
        "трьох карт",
        "трьома відкритими",
        "трьох відкритих",
        "щонайменше дві з них",
        "більшість карт",
        "їхня більшість",
        "залежно від карти",
    ),
    "zh-Hant": (
        "控制狀況不一",
        "各圖不一",
        "各控制圖",
        "差異所致",
        "三份公開",
        "三份地圖",
        "三份控制圖",
        "至少兩份",
        "多數控制圖",
        "依控制圖而異",
    ),
}


@pytest.fixture(scope="session")
def others(built_workspace: Workspace) -> dict[str, Catalogue]:
    """What is built of the made control maps, by name."""
    return {name: open_catalogue(built_workspace.built(name)) for name in (ONE, COMPLETED, SEVERAL)}


@pytest.fixture(scope="module")
def app(catalogue: Catalogue, others: dict[str, Catalogue]) -> Flask:
    return create_app(catalogue, others)


def page(client: FlaskClient, path: str, status: int = 200) -> Node:
    answer = client.get(path)
    assert answer.status_code == status
    return read_html(answer.text)


def read_json(client: FlaskClient, path: str) -> Any:
    return json.loads(client.get(path).data)


def asked_of(address: str) -> dict[str, list[str]]:
    return parse_qs(urlsplit(address).query)


def own_addresses(tree: Node) -> list[str]:
    """Every address of the service on a page, but for fixed assets."""
    found = [node.attributes.get(name, "") for node in tree.walk() for name in ("href", "src")]
    return [one for one in found if one.startswith("/") and not one.startswith("/static/")]
