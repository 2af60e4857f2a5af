"""What ragas scores without a model, with no way out of this machine."""

import math

import pytest
from pytest_socket import disable_socket, enable_socket

from assistant.errors import AssistantError
from evals.scoring.ragas_scores import Sample, _score, is_installed, model_free

pytestmark = pytest.mark.skipif(not is_installed(), reason="ragas is not installed (extra evals)")


def sample(answer, reference="Within six weeks of the decision.", passages=("x",)):
    return Sample("q1", "How soon?", answer, reference, passages, (answer,))


@pytest.fixture(autouse=True)
def _no_network():
    """Telemetry, or anything else that opens a connection, fails the test; asyncio's own pair of sockets may be."""
    disable_socket(allow_unix_socket=True)
    yield
    enable_socket()


@pytest.mark.filterwarnings("ignore")
def test_the_reference_in_the_answer_scores_full_and_another_text_little():
    good = sample(
        "It is held within six weeks of the decision.", passages=("It is held within six weeks of the decision.",)
    )
    bad = sample("Chairs are appointed by somebody else entirely.", passages=("Nothing alike.",))
    full, none = model_free([good]), model_free([bad])
    assert full[0].name == "ROUGE-L recall"
    assert full[0].mean.value == pytest.approx(1.0)
    assert none[0].mean.value < 0.3
    assert full[1].mean.value == 1.0
    assert none[1].mean.value == 0.0


@pytest.mark.filterwarnings("ignore")
def test_questions_without_a_reference_are_counted_apart():
    scores = model_free([sample("A quote of some words.", reference=None, passages=("A quote of some words.",))])
    assert scores[0].mean.of == 0
    assert scores[0].mean.value is None
    assert scores[1].mean.of == 1


def test_a_score_that_is_no_number_is_a_fault_and_not_averaged_away():
    with pytest.raises(AssistantError, match="q1: faithfulness gave no number"):
        _score("faithfulness", "", [sample("a")], lambda each: math.nan)


PASSAGE = "The child’s plan says “do it now” and the parents' views `in full`.\nIt's reviewed ‘every month’."


@pytest.mark.filterwarnings("ignore")
@pytest.mark.parametrize(
    ("quote", "value"),
    [
        ("The child’s plan says “do it now”", 1.0),
        ("plan says “do it now” and the", 1.0),
        ("and the parents' views `in full`.\nIt's reviewed", 1.0),
        ("It's reviewed ‘every month’", 1.0),
        ("The child’s plan is kept for ever", 0.0),
        ("It's reviewed 'every other year'", 0.0),
        ("A quote that breaks\nover a line and is invented", 0.0),
        ("„An invented quote‟ in other marks´", 0.0),
    ],
)
def test_marks_inside_a_quote_neither_hide_an_invented_one_nor_spoil_a_verbatim_one(quote, value):
    scores = model_free([sample(quote, reference=None, passages=(PASSAGE,))])
    assert scores[1].mean.value == value
