from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from jsonschema import Draft202012Validator

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


def test_every_body_in_and_out_has_an_example_that_is_as_described(served: Served) -> None:
    document = served.app.openapi()
    seen = 0
    for path, route, media, content in bodies(document):
        if media == "application/json":
            schema = {**content["schema"], "components": document["components"]}
            shown = examples(content, document)
            assert shown, (path, route)
            for each in shown:
                Draft202012Validator(schema).validate(each)
            seen += 1
    assert seen >= 20


def test_every_part_of_an_address_has_an_example(served: Served) -> None:
    paths = served.app.openapi()["paths"]
    for path, each in paths.items():
        for method in (name for name in METHODS if name in each):
            for parameter in each[method].get("parameters", ()):
                shown = parameter.get("examples") or parameter.get("example") or parameter["schema"].get("examples")
                assert shown or not parameter["required"], (path, parameter["name"])


def bodies(document: dict[str, Any]) -> Iterator[tuple[str, str, str, dict[str, Any]]]:
    """Yields each body of a request and of an answer without fault: path, method, media type and content."""
    for path, each in document["paths"].items():
        for method in (name for name in METHODS if name in each):
            answers = (told for status, told in each[method]["responses"].items() if status.startswith("2"))
            for part in (each[method].get("requestBody", {}), *answers):
                for media, content in part.get("content", {}).items():
                    yield path, method, media, content


def examples(content: dict[str, Any], document: dict[str, Any]) -> list[Any]:
    """Returns the examples of a body, or of the schema that it names."""
    schema = content.get("schema", {})
    named = document["components"]["schemas"].get(schema.get("$ref", "").rpartition("/")[2], schema)
    given = [each["value"] for each in content.get("examples", {}).values()]
    return [*given, *([content["example"]] if "example" in content else []), *named.get("examples", [])]
