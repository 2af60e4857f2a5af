"""What the models of our own learn from: questions with sentences, claims with quotes, and edits that lie."""

import json

import numpy as np
import pytest

from assistant.errors import ConfigurationError
from assistant.model import EditionId, Passage, PassageId, Sentence, Span
from evals.dataset.items import Gold, Item, QuestionType
from evals.training.claims import HELD_BACK, claim_lists
from evals.training.lists import reranker_lists
from evals.training.material import Cut, LabelledQuestion, Material, load_material
from evals.training.rewordings import reworded
from evals.training.role_swaps import swap_roles
from tests.fakes import FakeEmbedder

SENTENCES = (
    "The school must tell the local authority within ten days if a pupil has not returned.",
    "A parent may ask the social worker for a copy of the plan at any time before the review.",
    "If the carer agrees, the nurse should see the child at home within two weeks of the move.",
    "Staff should not keep records of the visit in their own notebooks after the meeting has ended.",
)


def material():
    text = " ".join(SENTENCES)
    passage = Passage(
        PassageId("p"), EditionId("policy"), Span(0, len(text)), (), None, text, "d", text, (Sentence(Span(0, 9)),)
    )
    gold = (Gold(edition_id="policy", page=1, quote="within ten days"),)
    asked = Item(id="q1", type=QuestionType.ANSWERABLE, question="how soon is the LADO told", gold=gold)
    near = Item(id="q2", type=QuestionType.UNANSWERABLE, question="who pays for the plan", why="not said")
    return Material(
        (Cut(passage, SENTENCES),), (LabelledQuestion(asked, (0,), ((0, 0),)), LabelledQuestion(near, (), ()))
    )


def folder_with(tmp_path, claims, public=()):
    for name, rows in (("claims", claims), ("claims-public", public)):
        lines = "\n".join(json.dumps(row) for row in rows)
        (tmp_path / f"{name}.jsonl").write_text(lines, encoding="utf-8")
    return tmp_path


def test_each_question_comes_once_a_round_with_its_answer_first_and_a_near_miss_has_none():
    lists = reranker_lists(material(), [FakeEmbedder()], 3, 3, 13)
    assert len(lists) == 6
    answered = [each for each in lists if any(each.answers)]
    assert all(each.texts[0] == SENTENCES[0] and each.answers == (True, False, False) for each in answered)
    assert all("designated officer" in each.question for each in answered)
    assert [each.answers for each in lists if not any(each.answers)] == [(False,) * 3] * 3


def test_the_same_seed_draws_the_same_lists_and_another_draws_others(tmp_path):
    folder = folder_with(tmp_path, [])
    one, same, other = (claim_lists(folder, material(), 2, seed) for seed in (1, 1, 2))
    assert one == same
    assert one != other


def test_made_claims_carry_their_sentence_and_what_is_altered_is_never_the_sentence(tmp_path):
    for each in claim_lists(folder_with(tmp_path, []), material(), 4, 5):
        assert any(sentence in each.question for sentence in SENTENCES)
        assert any(each.answers)
        assert not all(each.answers)
        for text, is_carried in zip(each.texts, each.answers, strict=True):
            assert is_carried or text not in SENTENCES


def test_claims_of_documents_held_back_and_long_evidence_are_left_out(tmp_path):
    row = {"quote": "A quote.", "claim": "A claim.", "supported": True, "document_id": "another"}
    held = {**row, "quote": "Held.", "document_id": next(iter(HELD_BACK))}
    public = [
        {"evidence": "Short evidence.", "claim": "c", "supported": False},
        {"evidence": "long " * 200, "claim": "c", "supported": False},
    ]
    questions = {each.question for each in claim_lists(folder_with(tmp_path, [row, held], public), material(), 1, 1)}
    assert {"A quote.", "Short evidence."} <= questions
    assert not any(each == "Held." or each.startswith("long") for each in questions)


def test_faithful_given_claims_are_altered_anew_each_round_beside_the_claims_themselves(tmp_path):
    claim = "The school has to tell the local authority within ten days, and must not wait."
    row = {"quote": "A quote.", "claim": claim, "supported": True, "document_id": "another"}
    found = [
        each for each in claim_lists(folder_with(tmp_path, [row]), material(), 6, 3) if each.question == "A quote."
    ]
    altered = {text for each in found for text, flag in zip(each.texts, each.answers, strict=True) if not flag}
    assert len(altered) > 3
    assert claim not in altered
    assert all((claim, True) in zip(each.texts, each.answers, strict=True) for each in found)


@pytest.mark.parametrize(
    ("text", "turned"),
    [
        ("The school must tell the local authority.", ["The local authority must tell the school."]),
        (
            "Before a move, the agency should ask the social worker about it.",
            ["Before a move, the social worker should ask the agency about it."],
        ),
        ("HMCI must be told by the provider.", ["The provider must be told by HMCI."]),
        ("The head of the school must be told.", []),
        ("A social worker tells the social workers.", []),
        ("The agency adviser keeps a record.", []),
    ],
)
def test_two_parties_of_a_sentence_change_places_and_the_same_party_does_not(text, turned):
    assert [*swap_roles(text)] == turned


@pytest.mark.parametrize("seed", range(30))
def test_a_rewording_keeps_every_negation_and_number(seed):
    random = np.random.default_rng(seed)
    for text in SENTENCES:
        found = reworded(text, random)
        assert ("not" in found.split()) == ("not" in text.split())
        assert ("ten" in text) == ("ten " in found or "10 " in found)


def test_absent_material_says_where_it_belongs(tmp_path):
    with pytest.raises(ConfigurationError, match="Set ASSISTANT_SHARED to the folder that holds training/"):
        load_material(tmp_path, FakeEmbedder(), None)


def test_a_model_is_installed_smaller_computes_nearly_the_same_and_is_listed_with_its_digest(tmp_path):
    import hashlib
    import tomllib

    import onnx
    import onnxruntime
    from onnx import TensorProto, helper, numpy_helper

    from evals.training.serving import install  # here, so that only the worker that runs this imports torch

    table = np.random.default_rng(0).normal(size=(200, 128)).astype(np.float32)
    graph = helper.make_graph(
        [helper.make_node("MatMul", ["x", "w"], ["y"])],
        "tiny",
        [helper.make_tensor_value_info("x", TensorProto.FLOAT, ["n", 200])],
        [helper.make_tensor_value_info("y", TensorProto.FLOAT, ["n", 128])],
        [numpy_helper.from_array(table, "w")],
    )
    fp32 = tmp_path / "fp32.onnx"
    onnx.save(helper.make_model(graph, opset_imports=[helper.make_opsetid("", 17)], ir_version=10), str(fp32))
    (tmp_path / "weights.toml").write_text('[other]\nname = "other-1"\nsha256 = "ff"\n', encoding="utf-8")
    target = install("reader", "policy-reader-9", fp32, tmp_path)
    assert target.stat().st_size < fp32.stat().st_size / 3
    asked = np.random.default_rng(1).normal(size=(5, 200)).astype(np.float32)
    one, other = (onnxruntime.InferenceSession(str(path)).run(None, {"x": asked})[0] for path in (fp32, target))
    assert np.abs(one - other).max() < 0.03 * np.abs(one).max()
    assert np.corrcoef(one.ravel(), other.ravel())[0, 1] > 0.999
    listed = tomllib.loads((tmp_path / "weights.toml").read_text(encoding="utf-8"))
    digest = hashlib.sha256(target.read_bytes()).hexdigest()
    assert listed == {
        "other": {"name": "other-1", "sha256": "ff"},
        "reader": {"name": "policy-reader-9", "sha256": digest},
    }
