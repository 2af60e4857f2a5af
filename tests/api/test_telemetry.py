"""Telemetry of a server: a span for each request and step, and nothing of what people typed."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient
from opentelemetry import trace
from opentelemetry.proto.collector.metrics.v1.metrics_service_pb2 import ExportMetricsServiceRequest
from opentelemetry.proto.collector.trace.v1.trace_service_pb2 import ExportTraceServiceRequest
from opentelemetry.sdk.trace import TracerProvider
from opentelemetry.sdk.trace.export import SimpleSpanProcessor
from opentelemetry.sdk.trace.export.in_memory_span_exporter import InMemorySpanExporter

from api.app import create_app
from assistant.answering.pipeline import STEPS
from assistant.bootstrap import Assistant
from assistant.errors import ConfigurationError
from assistant.model import Question
from assistant.ports import NO_TELEMETRY, TelemetryId
from assistant.settings import Settings
from assistant.settings.telemetry_variables import EXTRA
from ingest.build import ingest
from tests.api.conftest import QUESTION, URGENT, Served
from tests.fakes import FakeEmbedder
from tests.libraries import real_library
from tests.telemetry import InMemory, in_memory

CANARIES = ("zaffre", "quokka", "Okonkwo", "07700")
CANARY = "How long may an assessment of the zaffre quokka take, says Adaeze Okonkwo on 07700 900123?"
CALLER = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01"
LOCAL = "http://127.0.0.1:8000"


def beside(served: Served) -> Assistant:
    """Returns an assistant over the same library, with its models, that sends telemetry."""
    assistant = Assistant(served.assistant.settings.model_copy(update={"telemetry": True}))
    for model in ("embedder", "reranker", "door", "calibration"):
        setattr(assistant, model, getattr(served.assistant, model))  # loaded once
    return assistant


def over(served: Served, kept: InMemory) -> FastAPI:
    """Returns an application over the same library and models, with this telemetry."""
    assistant = beside(served)
    assistant.telemetry = kept.telemetry
    return create_app(assistant)


@pytest.fixture
def kept() -> InMemory:
    return in_memory()


@pytest.fixture
def client(served: Served, kept: InMemory) -> Iterator[TestClient]:
    with TestClient(over(served, kept), base_url=LOCAL, raise_server_exceptions=False) as opened:
        yield opened


def test_each_step_is_a_span_below_the_request_of_the_caller(client: TestClient, kept: InMemory) -> None:
    asked = client.post("/v1/ask", json={"question": QUESTION}, headers={"traceparent": CALLER})
    assert asked.json()["outcome"]["outcome"] == "answered"
    request, ask = kept.spans["POST /v1/ask"], kept.spans["ask"]
    assert f"{request.context.trace_id:032x}" == CALLER.split("-")[1]
    assert ask.parent == request.context
    steps = [f"ask.{name}" for name, _ in STEPS]
    assert [each.name for each in kept.exporter.get_finished_spans() if each.name in steps] == steps
    assert all(kept.spans[name].parent == ask.context for name in steps)
    facts = dict(ask.attributes or {})
    assert facts["assistant.outcome"] == "answered"
    assert facts["assistant.citations"] == len(asked.json()["outcome"]["citations"])
    assert facts["assistant.fingerprint"] == asked.json()["outcome"]["trace"]["fingerprint"]
    assert dict(request.attributes or {}) == {
        "http.request.method": "POST", "http.response.status_code": 200, "http.route": "/v1/ask",
    }  # fmt: skip


def test_metrics_have_outcomes_stages_and_requests(client: TestClient, kept: InMemory) -> None:
    client.post("/v1/ask", json={"question": URGENT})
    sent = kept.sent
    for name in ("assistant.asks", "assistant.ask.duration", "assistant.stage.duration", "assistant.requests"):
        assert f'"name": "{name}"' in sent
    assert '"assistant.outcome": "signposted"' in sent


def test_nothing_that_people_type_is_in_any_span_or_metric(
    client: TestClient, kept: InMemory, monkeypatch: pytest.MonkeyPatch
) -> None:
    headers = {"baggage": "name=zaffre", "tracestate": "quokka=zaffre", "user-agent": "zaffre", "traceparent": CALLER}
    statuses = [
        client.post("/v1/ask", json={"question": CANARY}, headers=headers).status_code,
        client.get("/v1/search", params={"q": CANARY}).status_code,
        client.get("/zaffre/quokka?name=Okonkwo").status_code,
        client.post("/v1/ask", json={"question": QUESTION, "editions": ["zaffre quokka"]}).status_code,
        client.post("/v1/ask", json={"zaffre": CANARY}).status_code,
        client.request("QUOKKA", "/v1/ask").status_code,
        client.post("/v1/conversations/zaffre/messages", json={"question": CANARY}).status_code,
    ]

    def broken(*_: object, **__: object) -> None:
        raise RuntimeError(CANARY) from ValueError(CANARY)

    monkeypatch.setattr(Assistant, "ask_over", broken)
    statuses.append(client.post("/v1/ask", json={"question": CANARY}).status_code)
    assert statuses == [200, 200, 404, 422, 422, 405, 404, 500]
    assert "GET /v1/search" in kept.spans
    assert [word for word in CANARIES if word.lower() in kept.sent.lower()] == []


def test_an_ingest_has_spans_of_its_stages_and_no_name_of_a_file_or_person(tmp_path: Path, kept: InMemory) -> None:
    (tmp_path / "zaffre quokka.md").write_text("# Zaffre\n\nAdaeze Okonkwo must ring 07700 900123.\n", encoding="utf-8")
    settings, embedder = Settings(data=tmp_path / "data"), FakeEmbedder()
    library = real_library(tmp_path / "data", embedder)
    ingest((tmp_path / "zaffre quokka.md",), library, embedder, settings, telemetry=kept.telemetry)
    stages = {f"ingest.{name}" for name in ("reading", "cutting", "embedding", "publishing")}
    assert stages < set(kept.spans)
    assert all(kept.spans[each].parent == kept.spans["ingest"].context for each in stages)
    assert dict(kept.spans["ingest"].attributes or {}) == {
        "assistant.read": 1, "assistant.unchanged": 0, "assistant.failed": 0, "assistant.embedded": 1,
        "assistant.generation": 1,
    }  # fmt: skip
    assert [word for word in CANARIES if word.lower() in kept.sent.lower()] == []


def test_the_telemetry_of_libraries_stays_off_whatever_the_environment_says(
    served: Served, monkeypatch: pytest.MonkeyPatch
) -> None:
    exporter = InMemorySpanExporter()
    provider = TracerProvider()
    provider.add_span_processor(SimpleSpanProcessor(exporter))
    monkeypatch.setattr(trace, "get_tracer_provider", lambda: provider)
    monkeypatch.setenv("FASTAPI_OTEL_AUTO_CONFIGURE", "true")
    monkeypatch.setenv("OTEL_EXPORTER_OTLP_ENDPOINT", "http://127.0.0.1:9")
    with TestClient(create_app(served.assistant), base_url=LOCAL) as client:
        assert client.get("/v1/search", params={"q": CANARY}).status_code == 200
    assert exporter.get_finished_spans() == ()


def test_it_is_off_by_default_even_where_the_environment_names_a_collector(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("OTEL_EXPORTER_OTLP_ENDPOINT", "http://127.0.0.1:9")
    assert Assistant(Settings()).telemetry is NO_TELEMETRY


@pytest.mark.parametrize(
    ("name", "value", "fix"),
    [
        ("OTEL_TRACES_EXPORTER", "jaeger", "there are otlp and none"),
        ("OTEL_METRICS_EXPORTER", "prometheus", "there are otlp and none"),
        ("OTEL_EXPORTER_OTLP_PROTOCOL", "grpc", "only http/protobuf"),
    ],
)
def test_a_variable_that_asks_for_what_is_not_there(monkeypatch: pytest.MonkeyPatch, name: str, value: str, fix: str) -> None:  # fmt: skip
    monkeypatch.setenv(name, value)
    with pytest.raises(ConfigurationError, match=f"{name}={value}: {fix}"):
        _ = Assistant(Settings(telemetry=True)).telemetry


def test_without_the_exporter_the_extra_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(__import__("sys").modules, "opentelemetry.exporter.otlp.proto.http.trace_exporter", None)
    with pytest.raises(ConfigurationError) as raised:
        _ = Assistant(Settings(telemetry=True)).telemetry
    assert str(raised.value) == EXTRA
    assert "policy-assistant[telemetry]" in EXTRA


class Receiver:
    """A collector on loopback that keeps what it is sent."""

    def __init__(self) -> None:
        self.bodies: dict[str, list[bytes]] = {}
        receiver = self

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                body = self.rfile.read(int(self.headers["content-length"]))
                receiver.bodies.setdefault(self.path, []).append(body)
                self.send_response(200)
                self.send_header("content-length", "0")
                self.end_headers()

            def log_message(self, *_: object) -> None:
                pass

        self._server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.address = f"http://127.0.0.1:{self._server.server_address[1]}"
        threading.Thread(target=self._server.serve_forever, daemon=True).start()

    def close(self) -> None:
        self._server.shutdown()
        self._server.server_close()


@pytest.fixture
def receiver() -> Iterator[Receiver]:
    made = Receiver()
    yield made
    made.close()


def test_a_collector_gets_spans_and_metrics_by_otlp(
    served: Served, receiver: Receiver, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("OTEL_EXPORTER_OTLP_ENDPOINT", receiver.address)
    monkeypatch.setenv("OTEL_SERVICE_NAME", "policies")
    assistant = beside(served)
    with TestClient(create_app(assistant), base_url=LOCAL) as client:
        client.post("/v1/ask", json={"question": CANARY})
    spans = ExportTraceServiceRequest.FromString(b"".join(receiver.bodies["/v1/traces"]))
    (resource,) = spans.resource_spans
    names = {span.name for scope in resource.scope_spans for span in scope.spans}
    assert {"POST /v1/ask", "ask", "ask.screen", "ask.retrieve"} <= names
    service = {each.key: each.value.string_value for each in resource.resource.attributes}
    assert service["service.name"] == "policies"
    metrics = ExportMetricsServiceRequest.FromString(receiver.bodies["/v1/metrics"][-1])
    told = {each.name for scope in metrics.resource_metrics[0].scope_metrics for each in scope.metrics}
    assert {"assistant.asks", "assistant.requests"} <= told
    everything = b"".join(body for bodies in receiver.bodies.values() for body in bodies).lower()
    assert [word for word in CANARIES if word.lower().encode() in everything] == []


def test_a_collector_that_is_down_delays_no_answer_and_the_end_by_seconds(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("assistant.adapters.telemetry.CLOSE_S", 0.3)
    monkeypatch.setenv("OTEL_EXPORTER_OTLP_ENDPOINT", "http://127.0.0.1:9")
    telemetry = Assistant(Settings(telemetry=True)).telemetry
    started = time.perf_counter()
    with telemetry.span(TelemetryId("ask")):
        telemetry.count(TelemetryId("assistant.asks"))
    assert time.perf_counter() - started < 2.0
    closing = time.perf_counter()
    telemetry.close()
    assert time.perf_counter() - closing < 2.0


def test_a_question_over_the_library_is_traced_without_a_server(served: Served, kept: InMemory) -> None:
    assistant = beside(served)
    assistant.telemetry = kept.telemetry
    assistant.ask(Question(QUESTION))
    assert {"ask", "ask.cite"} <= set(kept.spans)
