"""The ablation asks the same questions in every way, pairs them, and counts what it says it counts."""

from pathlib import Path

import pytest

from evals.ablation.models import (
    Row,
    RowFigures,
    calibrated_hybrid,
    hybrid,
    line,
    measure_row,
    reranker_in_ranking,
    words_only,
)
from evals.dataset.items import QuestionType, curated, load_all
from evals.scoring.grading import has_gold_to_show
from tests.data_folders import OWN_DOCUMENTS

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture(scope="module")
def data(data_folders):
    return data_folders.copy(OWN_DOCUMENTS)


@pytest.fixture(scope="module")
def items():
    held = [each for each in load_all(curated("own")) if "planted" not in each.work]
    near = [each for each in held if each.type is QuestionType.UNANSWERABLE]
    return [*[each for each in held if each.type is QuestionType.ANSWERABLE][:12], *near[:6]]


@pytest.mark.parametrize(
    "way", [words_only, hybrid, calibrated_hybrid, reranker_in_ranking], ids=lambda way: way.__name__
)
def test_each_way_gives_a_figure_for_every_question(way, data, items):
    found = measure_row(Row("row", "tuned", "none", way), items, data)
    answerable = [each for each in items if has_gold_to_show(each)]
    assert len(found.recall_5) == len(found.answerable) == len(answerable)
    assert len(found.near) == 6
    assert len(found.ms) == len(items)
    assert sum(found.recall_5) > len(answerable) / 2
    has_threshold = way in (calibrated_hybrid, reranker_in_ranking)
    assert len(found.passed) == (len(answerable) if has_threshold else 0)
    assert found.memory_mb > 50


def test_a_line_pairs_its_gain_and_counts_refusals_where_four_in_five_are_answered():
    before = RowFigures((0.0,) * 5, (0.0, 0.0, 1.0, 1.0, 0.0), (0.1,) * 5, (0.2, 0.3), (), (), (1.0,) * 7, 100)
    scores = (0.2, 0.6, 0.7, 0.8, 0.9)
    after = RowFigures(
        (1.0,) * 5, (1.0, 0.0, 1.0, 1.0, 1.0), scores, (0.1, 0.95), (True,) * 5, (False, True), (2.0,) * 7, 150
    )
    cells = [
        each.strip() for each in line(Row("after", "tuned", "none", hybrid), after, before).strip("|\n ").split("|")
    ]
    assert cells[0] == "after"
    assert cells[3].startswith("0.400")
    assert cells[4] == "0.500"
    assert cells[5].startswith("1 of 2")
    assert cells[6].startswith("5 of 5")
    assert cells[7].startswith("1 of 2")
    assert cells[8:] == ["2 / 2", "150"]
