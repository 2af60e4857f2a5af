"""Which unit is the first statement, which others are shown, and what is only related."""

from dataclasses import replace

import pytest

from assistant.answering.answerability.judge import Answerability
from assistant.answering.answerability.sentence_features import Candidate
from assistant.answering.compose.extract import ANSWERS_SHARE, EQUAL_SHARE, extract
from assistant.answering.query_analysis.analysis import analyse
from assistant.answering.query_analysis.whole_asked import WholeAsked
from assistant.model import EditionId, Form, Hit, Kind
from tests.laid_out import laid_out

POLICY = (
    "# Policy\n\n## Referral\n\nThe social worker rings the school.\n\n"
    "## Time\n\nThe first visit is made within 3 days of the call.\n\n## Names\n\nThe plan names three bodies which are:\n"
)
LAW = (
    "# Duty\n\n## Acts\n\nThe council rings the parents.\n\n"
    "## Time\n\nA first visit must be made within 3 days of a call.\n\n## Later\n\nA nurse weighs the baby.\n"
)


class Both:
    """A snapshot of two documents."""

    def __init__(self, *held):
        self.held = {each.edition.edition_id: each for each in held}

    @property
    def generation(self):
        return next(iter(self.held.values())).generation

    def editions(self):
        return tuple(each.edition for each in self.held.values())

    def __getattr__(self, name):
        return lambda edition_id: getattr(self.held[edition_id], name)(edition_id)


def renamed(held, name, kind, form=Form.OFFICIAL):
    edition = replace(held.edition, edition_id=EditionId(name), kind=kind, form=form)
    passages = tuple(
        replace(each, edition_id=EditionId(name), passage_id=f"{name}:{at}") for at, each in enumerate(held.cut)
    )
    return replace(held, edition=edition, cut=passages)


@pytest.fixture(scope="module")
def documents(tmp_path_factory):
    folder = tmp_path_factory.mktemp("extract")
    return laid_out(folder, POLICY), laid_out(folder, LAW)


def drafted(documents, *logits, form=Form.OFFICIAL, question="what happens then"):
    """Returns the draft over ranked sentences, each named by its first words and a share of the best one's odds."""
    policy, law = renamed(documents[0], "policy", Kind.POLICY), renamed(documents[1], "law", Kind.LEGISLATION, form)
    ranked = []
    for words, logit in logits:
        for held in (policy, law):
            for passage in held.cut:
                for sentence in passage.sentences:
                    text = passage.slice(sentence.span)
                    if text.startswith(words):
                        ranked.append((Candidate(Hit(passage, 1.0), sentence, text, text, ()), logit))
    asked = WholeAsked.of(question, analyse("is it done", {}, 10))
    return extract(Answerability(tuple(ranked), {}, 0.9, True), Both(policy, law), asked)


def texts(claims):
    return [each.text for each in claims]


SCHOOL, PARENTS, BABY = (
    "The social worker rings the school.",
    "The council rings the parents.",
    "A nurse weighs the baby.",
)


def test_the_best_is_the_only_statement_where_others_are_worse_and_these_relate(documents):
    draft = drafted(documents, (SCHOOL, 0.0), (PARENTS, -1.0), (BABY, -2.0))
    assert texts(draft.claims) == [SCHOOL]
    assert texts(draft.related) == [PARENTS, BABY]


def test_another_that_answers_nearly_as_well_is_shown_after_it(documents):
    assert ANSWERS_SHARE < 0.74 < EQUAL_SHARE
    draft = drafted(documents, (SCHOOL, 0.0), (PARENTS, -0.3), (BABY, -2.0))
    assert texts(draft.claims) == [SCHOOL, PARENTS]
    assert texts(draft.related) == [BABY]


def test_authority_orders_equals_and_never_lifts_a_worse_one(documents):
    assert texts(drafted(documents, (SCHOOL, 0.0), (PARENTS, -0.01)).claims) == [PARENTS, SCHOOL]
    assert texts(drafted(documents, (SCHOOL, 0.0), (PARENTS, -0.5)).claims)[0] == SCHOOL


def test_of_two_that_say_the_same_the_higher_authority_is_the_only_one(documents):
    draft = drafted(documents, ("The first visit", 0.0), ("A first visit", -1.5))
    assert texts(draft.claims) == ["A first visit must be made within 3 days of a call."]


def test_a_draft_is_last_among_equals(documents):
    assert texts(drafted(documents, (SCHOOL, 0.0), (PARENTS, -0.01), form=Form.DRAFT).claims) == [SCHOOL, PARENTS]


def test_what_does_not_stand_alone_is_passed_over_and_never_shown(documents):
    draft = drafted(documents, ("The plan names", 0.0), (SCHOOL, -0.5))
    assert texts(draft.claims) == [SCHOOL]
    assert texts(draft.related) == []


def test_nothing_is_drafted_where_no_unit_stands_alone_or_the_next_is_far_worse(documents):
    assert drafted(documents, ("The plan names", 0.0), (SCHOOL, -6.0)).claims == ()
