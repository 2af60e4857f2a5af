"""What everything that takes telemetry promises, shown on nothing and on OpenTelemetry."""

from __future__ import annotations

from contextlib import suppress

import pytest

from assistant.model import Reason
from assistant.ports import NO_TELEMETRY, Telemetry, TelemetryId
from tests.telemetry import in_memory

CANARY = "zaffre quokka says"
CALLER = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01"


@pytest.fixture(params=["nothing", "opentelemetry"])
def telemetry(request: pytest.FixtureRequest) -> Telemetry:
    return NO_TELEMETRY if request.param == "nothing" else in_memory().telemetry


class TestTelemetry:
    def test_work_is_done_inside_a_span(self, telemetry: Telemetry) -> None:
        done = []
        with telemetry.span(TelemetryId("outer"), generation=1) as outer, telemetry.span(TelemetryId("inner")):
            outer.tell(reason=Reason.NO_PASSAGE, is_written=False)
            outer.rename(TelemetryId("renamed"))
            done.append(1)
        assert done == [1]

    def test_an_exception_passes_through(self, telemetry: Telemetry) -> None:
        with pytest.raises(KeyError, match=CANARY), telemetry.span(TelemetryId("outer")):
            raise KeyError(CANARY)

    def test_counting_measuring_and_closing_are_silent(self, telemetry: Telemetry) -> None:
        for _ in range(2):
            telemetry.count(TelemetryId("asks"), outcome=TelemetryId("answered"))
            telemetry.measure(TelemetryId("seconds"), 0.2)
        telemetry.close()
        telemetry.close()


def test_spans_nest_and_have_the_names_of_the_conventions() -> None:
    kept = in_memory()
    caller, span = {"traceparent": CALLER}, kept.telemetry.span
    with (
        span(TelemetryId("outer"), caller, status=200, route=TelemetryId("/v1/{id}")),
        span(TelemetryId("inner")) as inner,
    ):
        inner.tell(hits=3, reason=Reason.NO_PASSAGE)
    outer, inner_span = kept.spans["outer"], kept.spans["inner"]
    assert f"{outer.context.trace_id:032x}" == CALLER.split("-")[1]
    assert outer.parent is not None
    assert f"{outer.parent.span_id:016x}" == CALLER.split("-")[2]
    assert inner_span.parent == outer.context
    assert dict(outer.attributes or {}) == {"http.response.status_code": 200, "http.route": "/v1/{id}"}
    assert dict(inner_span.attributes or {}) == {"assistant.hits": 3, "assistant.reason": "no_passage"}


def test_words_reach_no_span_by_any_way() -> None:
    kept = in_memory()
    head = {"traceparent": CALLER, "tracestate": "zaffre=quokka-says", "baggage": "zaffre=quokka-says"}
    with suppress(KeyError), kept.telemetry.span(TelemetryId("outer"), head) as outer:
        outer.tell(note=TelemetryId(CANARY))
        raise KeyError(CANARY) from ValueError(CANARY)
    kept.telemetry.count(TelemetryId("asks"), note=TelemetryId(CANARY))
    assert '"assistant.note": "withheld"' in kept.sent
    assert '"error.type": "KeyError"' in kept.sent
    assert "zaffre" not in kept.sent
    assert "quokka" not in kept.sent
    assert kept.spans["outer"].events == ()


def test_the_service_is_told_by_name_and_version_and_no_machine_or_process() -> None:
    kept = in_memory()
    with kept.telemetry.span(TelemetryId("outer")):
        pass
    resource = dict(kept.spans["outer"].resource.attributes)
    assert resource.pop("service.name") == "policy-assistant"
    assert set(resource) - {"service.instance.id"} == {
        "service.version", "telemetry.sdk.language", "telemetry.sdk.name", "telemetry.sdk.version",
    }  # fmt: skip


def test_the_standard_variables_name_the_service(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("OTEL_SERVICE_NAME", "policies-of-a-council")
    monkeypatch.setenv("OTEL_RESOURCE_ATTRIBUTES", "deployment.environment.name=trial")
    kept = in_memory()
    with kept.telemetry.span(TelemetryId("outer")):
        pass
    resource = kept.spans["outer"].resource.attributes
    assert (resource["service.name"], resource["deployment.environment.name"]) == ("policies-of-a-council", "trial")


def test_the_standard_variable_switches_everything_off(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("OTEL_SDK_DISABLED", "true")
    kept = in_memory()
    with kept.telemetry.span(TelemetryId("outer")):
        kept.telemetry.count(TelemetryId("asks"))
    assert kept.sent.strip() in ("", "null")
