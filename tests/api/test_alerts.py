"""The alerts ask for what /metrics says, and each has its paragraph on the page for operators."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import pytest
import yaml
from prometheus_client.parser import text_string_to_metric_families

from tests.api.conftest import QUESTION, ROOT, UNANSWERABLE, Served

PAGE = ROOT / "docs" / "operate" / "monitoring.md"
RULES = yaml.safe_load((ROOT / "deploy" / "alerts.yaml").read_text(encoding="utf-8"))["groups"][0]["rules"]
NAME = re.compile(r"\bassistant_\w+")
LABEL = re.compile(r'(assistant_\w+)\{(\w+)=~?"([^"]*)"')


def test_every_alert_asks_for_what_is_told(serve: Callable[..., Served]) -> None:
    fresh = serve()
    for question in (QUESTION, UNANSWERABLE):
        fresh.client.post("/v1/ask", json={"question": question})
    samples = [
        each for one in text_string_to_metric_families(fresh.client.get("/metrics").text) for each in one.samples
    ]
    told = {each.name for each in samples}
    asked = {name for rule in RULES for name in NAME.findall(rule["expr"])}
    assert asked - told == set()
    for rule in RULES:
        for name, label, value in LABEL.findall(rule["expr"]):
            values = {each.labels.get(label) for each in samples if each.name == name}
            assert None not in values
            assert label == "status" or value in values


def test_every_alert_has_its_paragraph() -> None:
    headings = re.findall(r"^### (\w+)$", PAGE.read_text(encoding="utf-8"), re.M)
    assert headings == [rule["alert"] for rule in RULES]
    assert [rule["annotations"]["runbook"] for rule in RULES] == [
        f"docs/operate/monitoring.md#{each.lower()}" for each in headings
    ]


@pytest.mark.parametrize(
    ("settings", "line"),
    [
        ({"contact": {"name": "Duty team", "check_by": "2020-01-01"}}, "assistant_contacts_overdue 1.0"),
        ({}, "assistant_contacts_unset 2.0"),
        ({}, "assistant_ready 1.0"),
        ({}, "assistant_writable 1.0"),
    ],
)
def test_the_state_is_told(serve: Callable[..., Served], settings: dict[str, object], line: str) -> None:
    assert line in serve(**settings).client.get("/metrics").text.splitlines()


def test_without_a_library_the_state_is_told_too(serve: Callable[..., Served], tmp_path: Path) -> None:
    lines = serve(data=tmp_path / "none").client.get("/metrics").text.splitlines()
    assert "assistant_ready 0.0" in lines
    assert not any(line.startswith("assistant_generation") for line in lines)
