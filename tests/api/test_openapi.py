from __future__ import annotations

import json
from pathlib import Path

from tests.api.conftest import Served

METHODS = ("get", "post", "put", "patch", "delete")


def test_the_published_document_is_the_one_served(served: Served) -> None:
    published = json.loads((Path(__file__).parents[2] / "docs" / "openapi.json").read_text(encoding="utf-8"))

    assert served.client.get("/openapi.json").json() == published, "run `make schema`"


def test_every_route_under_v1_declares_its_problems(served: Served) -> None:
    paths = served.app.openapi()["paths"]
    routes = [(path, each[method]) for path, each in paths.items() for method in METHODS if method in each]
    missing = [path for path, route in routes if "application/problem+json" not in str(route["responses"].get("422"))]

    assert missing == []
