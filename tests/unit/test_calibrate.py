import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.adapters.rerankers.choose import open_reranker
from assistant.answering.answerability.calibration import load_calibration
from assistant.settings import Settings
from evals.calibration.calibrate import Scored, curve_of, last_passing


def scored(seed, count=400):
    rng = np.random.default_rng(seed)
    answerable = rng.random(count) < 0.6
    probability = np.clip(rng.normal(0.4 + 0.3 * answerable, 0.2), 0, 1)
    return Scored(probability, answerable, answerable & (rng.random(count) < 0.7))


@given(st.integers(0, 50))
def test_the_curve_runs_from_the_strictest_threshold_and_coverage_only_grows(seed):
    curve = curve_of(scored(seed))
    assert [p.threshold for p in curve] == sorted((p.threshold for p in curve), reverse=True)
    assert [p.coverage for p in curve] == sorted(p.coverage for p in curve)
    assert all(p.risk <= p.risk_bound and p.false_answers <= p.false_answers_bound for p in curve)


@given(st.integers(0, 50), st.sampled_from([0.05, 0.1, 0.2, 0.4]))
def test_testing_stops_at_the_first_threshold_that_fails(seed, risk):
    curve = curve_of(scored(seed))
    chosen = last_passing(curve, risk, "false_answers_bound")
    before = curve[: curve.index(chosen) + 1] if chosen else ()
    assert all(p.false_answers_bound <= risk for p in before)
    following = curve[len(before)] if len(before) < len(curve) else None
    assert following is None or following.false_answers_bound > risk


def test_nothing_passes_where_every_answer_is_false():
    none = Scored(np.linspace(0, 1, 50), np.arange(50) < 1, np.zeros(50, dtype=bool))
    assert last_passing(curve_of(none), 0.05, "false_answers_bound") is None


PACKAGED = [("minilm", "auto", 0.5), ("tuned", "none", 0.45), ("tuned", "auto", 0.5)]


@pytest.mark.parametrize(("embedder", "reranker", "answered"), PACKAGED)
def test_each_packaged_calibration_states_its_bound_its_set_and_what_it_misses(embedder, reranker, answered):
    settings = Settings(embedder=embedder, reranker=reranker)
    found = load_calibration(None, settings.packaged_calibration)
    used = open_reranker(settings, found.reranker)
    assert found.reranker == (used.fingerprint if used else "")
    assert found.threshold is not None
    assert found.risk in (0.05, 0.1, 0.2)
    assert found.set_size >= 300
    assert len(found.set_digest) == 64
    assert found.coverage_at["0.20"] >= answered
    assert set(found.coverage_at_wrong) == {"0.05", "0.10", "0.20"}
