"""Schemathesis sends what the OpenAPI document describes and what it forbids, one request after another and in scenarios.

Examples, boundary values, random values and sequences of requests (stateful), with a fixed seed. Every answer must be
described: its status, its media type, its schema and its headers. That a request of the wrong type is accepted where it
can be read (``"seed": "7"``), and that words without meaning are refused, is no fault of the document.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field

import pytest
import schemathesis
from fastapi import FastAPI
from fastapi.testclient import TestClient
from schemathesis.config import SchemathesisConfig
from schemathesis.engine import events, from_schema

from api.app import create_app
from assistant.bootstrap import Assistant
from assistant.model.people import Role
from assistant.settings import Settings
from assistant.settings.serving import AccessSetting
from ingest.uploads.publisher import UploadPublisher
from tests.api.conftest import SCHEMATHESIS, Served
from tests.api.entered import Entered
from tests.data_folders import INVENTED, DataFolders

SEED = 471
EXAMPLES = 3
"""Random requests of each route, and sequences of requests."""
STEPS = 8
"""Requests of a sequence."""
PHASES = ("examples", "coverage", "fuzzing", "stateful")
OFF = ("positive_data_acceptance", "negative_data_rejection")
DRAWING = ("", "/redraw", "/variant", "/again", "/file", "/kept")
"""Routes that draw a scenario, which takes long: of their boundary values only those that are refused are sent."""
COURSE = "POST /v1/scenarios/set"
"""Twelve scenarios in one answer: it has random values only."""
REFUSED = {"coverage": {"generation": {"mode": "negative"}}}


@dataclass
class Run:
    """What came of a run."""

    sent: Counter[str] = field(default_factory=Counter)
    """Requests by phase."""
    operations: set[str] = field(default_factory=set)
    faults: set[str] = field(default_factory=set)


@pytest.fixture
def writable(data_folders: DataFolders, served: Served) -> Iterator[Entered]:
    """Yields a server over a folder of its own with the documents that scenarios are drawn from, with keys and a publisher."""
    access = AccessSetting(keys=True, trusted_hosts=(SCHEMATHESIS,), asks_per_minute=1_000_000)
    settings = Settings(data=data_folders.copy(INVENTED), access=access)
    assistant = Assistant(settings)
    assistant.embedder = served.assistant.embedder  # loaded once
    app = create_app(assistant, UploadPublisher(assistant.library, assistant.embedder, settings, assistant.files))
    with TestClient(app, base_url=f"http://{SCHEMATHESIS}") as client:
        yield Entered(app, client, assistant)


def test_no_fault_and_no_answer_that_is_not_described(writable: Entered) -> None:
    run = _run(writable.app, writable.key(*Role), PHASES)

    assert sorted(run.faults) == []
    assert len(run.operations) >= 40
    assert all(run.sent[phase] >= 15 for phase in PHASES), run.sent


@pytest.mark.parametrize("roles", [(), (Role.PRACTITIONER,)])
def test_refusals_of_the_door_are_described_too(writable: Entered, roles: tuple[Role, ...]) -> None:
    run = _run(writable.app, writable.key(*roles) if roles else "", ("examples", "fuzzing"), most=2)

    assert sorted(run.faults) == []
    assert len(run.operations) >= 40


def test_an_answer_that_is_not_described_is_found(writable: Entered) -> None:
    @writable.app.get("/v1/odd", responses={200: {"content": {"application/json": {"schema": {"type": "integer"}}}}})
    def odd() -> dict[str, str]:
        return {"word": "no integer"}

    @writable.app.get("/v1/broken", status_code=500)
    def broken() -> int:
        return 1

    key = writable.key(*Role)
    found = [_run(writable.app, key, ("fuzzing",), most=2, only=each).faults for each in ("/v1/odd", "/v1/broken")]

    assert any("response_schema_conformance" in each for each in found[0]), found
    assert any("not_a_server_error" in each for each in found[1]), found


def _run(app: FastAPI, key: str, phases: tuple[str, ...], *, most: int = EXAMPLES, only: str | None = None) -> Run:
    settings = {
        "seed": SEED,
        "workers": 1,
        "request-timeout": 60,
        "headers": {"Authorization": f"Bearer {key}"} if key else {},
        "checks": {name: {"enabled": False} for name in OFF},
        "generation": {"max-examples": most, "deterministic": True, "no-shrink": True},
        "phases": {name: {"enabled": name in phases} for name in PHASES},
        "operations": [
            {"include-name": COURSE, "phases": {"coverage": {"enabled": False}}},
            *({"include-name": f"POST /v1/scenarios{each}", "phases": REFUSED} for each in DRAWING),
        ],
    }
    settings["phases"]["stateful"]["max-steps"] = STEPS
    config = SchemathesisConfig.from_dict(settings)
    document = schemathesis.openapi.from_asgi("/openapi.json", app, config=config)
    if only is not None:
        document = document.include(path=only)
    run = Run()
    for event in from_schema(document).execute():
        if isinstance(event, events.NonFatalError | events.FatalError):
            run.faults.add(f"{event!r}")
        elif isinstance(event, events.ScenarioFinished):
            _count(event, run)
    return run


def _count(event: events.ScenarioFinished, run: Run) -> None:
    recorder = event.recorder
    run.sent[event.phase.value] += len(recorder.cases)
    run.operations.update(each.value.operation.label for each in recorder.cases.values())
    for name, checks in recorder.checks.items():
        case, interaction = recorder.cases[name].value, recorder.interactions.get(name)
        answer = interaction.response if interaction is not None else None
        status = answer.status_code if answer is not None else "none"
        for check in checks:
            if check.failure_info is not None:
                failure = check.failure_info.failure
                run.faults.add(
                    f"{case.operation.label}: {check.name} ({int(status)}) {failure.title}: {failure.message}"
                )
