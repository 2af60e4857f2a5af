"""The benchmark's own texts and tables."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from evals.bench import filling, passages, report, tool_calls


@pytest.fixture(autouse=True)
def without_real_documents(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setenv("ASSISTANT_SHARED", str(tmp_path / "absent"))
    passages.stock.cache_clear()
    yield
    passages.stock.cache_clear()


def test_generated_documents_keep_the_laws_of_a_document() -> None:
    held = list(passages.documents(250))
    assert [len(document.passages) for document in held] == [100, 100, 50]
    for document in held:
        for passage in document.passages:
            assert passage.text == document.text[passage.span.start : passage.span.end]
            spoken = [document.text[each.span.start : each.span.end] for each in passage.sentences]
            assert " ".join(" ".join(spoken).split()) == " ".join(passage.text.split())
    names = [passage.passage_id for document in held for passage in document.passages]
    assert len(set(names)) == 250


def test_the_same_seed_gives_the_same_passages_and_another_gives_others() -> None:
    assert list(passages.texts(300)) == list(passages.texts(300))
    assert list(passages.texts(300, seed=8)) != list(passages.texts(300))


def test_real_texts_come_first() -> None:
    real = passages.stock().real
    assert tuple(passages.texts(len(real) + 5))[: len(real)] == real


def figures(whole: float) -> dict[str, Any]:
    pair = {"p50": 1.0, "p95": whole}
    return {
        "passages": 10_000, "real": 5, "publish_s": 1.0, "peak_mb": 100.0, "fill_peak_mb": 100.0, "recall": 0.9,
        "whole": pair, "own and search": pair, "own": pair, "stage cite": pair,
    }  # fmt: skip


@pytest.mark.parametrize(("whole", "start", "held"), [(20.0, 2.0, [True] * 3), (101.0, 3.5, [False] * 3)])
def test_a_figure_over_its_limit_is_not_held(whole: float, start: float, held: list[bool]) -> None:
    found = {"questions": [figures(whole)], "cold": {"median_s": start, "best_s": 1.0, "runs": 5}}
    assert [each["held"] for each in report.limits(found)] == held


def test_what_was_not_measured_has_no_limit() -> None:
    assert report.limits({"questions": [{**figures(1.0), "passages": 1000}], "cold": None}) == []


def test_the_tables_name_every_stage_and_mark_a_passed_limit() -> None:
    run = {"pages": 1, "passages": 2, "embedded": 2, "seconds": {"reading": 1.0}, "wall_s": 1.0,
           "pages_per_s": 1.0, "passages_per_s": 2.0}  # fmt: skip
    found: dict[str, Any] = {
        "machine": {"date": "2026-01-01", "cores": 2, "load": 0.1, "python": "3.11"},
        "ingest": {"subject": "own", "first": run, "second": run, "peak_mb": 1.0},
        "questions": [figures(200.0)],
        "cold": None,
    }
    text = report.tables({**found, "limits": report.limits(found)})
    assert "| stage cite | 1.0 / 200.0 |" in text
    assert "**no**" in text
    assert "second, unchanged" in text


def test_generated_vectors_lie_near_real_ones_and_have_length_one() -> None:
    real = np.eye(3, 384, dtype=np.float32)
    vectors = filling.passage_vectors(real, 400)
    assert vectors.shape == (400, 384)
    assert np.array_equal(vectors[:3], real)
    assert np.allclose(np.linalg.norm(vectors, axis=1), 1.0, atol=1e-5)
    assert abs(float((vectors[3:] @ real.T).max(axis=1).mean()) - filling.NEAR) < 0.05
    assert np.array_equal(vectors, filling.passage_vectors(real, 400))


@pytest.mark.parametrize(("took", "held"), [(29.0, True), (31.0, False)])
def test_what_a_tool_call_adds_is_counted_besides_the_pipeline(took: float, held: bool) -> None:
    found = tool_calls.figures([((40.0, 20.0), (took + 50.0, 50.0))] * 5)
    assert found["added"]["p95"] == pytest.approx(took - 20.0)
    assert found["held"] is held
    assert "limit 10 at p95" in tool_calls.table(found)
