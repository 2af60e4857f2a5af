from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from tests.api.conftest import QUESTION, Served


def test_the_server_lives_and_is_ready(served: Served) -> None:
    assert served.client.get("/healthz").json() == {"status": "ok"}
    assert served.client.get("/readyz").json()["generation"] == 1


def test_without_a_library_it_lives_and_is_not_ready(serve: Callable[..., Served], tmp_path: Path) -> None:
    empty = serve(data=tmp_path / "none")

    assert empty.client.get("/healthz").status_code == 200
    assert empty.client.get("/readyz").json()["type"].endswith("library_empty")


def test_metrics_count_outcomes_and_hold_no_words(serve: Callable[..., Served]) -> None:
    fresh = serve()
    fresh.client.post("/v1/ask", json={"question": QUESTION})

    text = fresh.client.get("/metrics").text
    assert 'assistant_asks_total{outcome="answered",reason=""} 1.0' in text
    assert 'assistant_stage_seconds_count{stage="retrieve"} 1.0' in text
    assert "assessment" not in text


def test_every_answer_says_how_long_it_took_and_is_counted(served: Served) -> None:
    timing = served.client.get("/healthz").headers["server-timing"]
    assert float(timing.removeprefix("total;dur=")) > 0
    served.client.get("/v1/documents/nowhere")
    told = served.client.get("/metrics").text
    assert 'assistant_requests_total{method="GET",route="/healthz",status="200"}' in told
    assert 'assistant_requests_total{method="GET",route="/v1/documents/{edition_id}",status="404"}' in told
