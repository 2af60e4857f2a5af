"""Questions that name their source: what is asked, and of which editions."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.answering import named_sources
from assistant.answering.named_sources import NamedSource, editions_named, named_source_of, speaks_of
from assistant.answering.query_analysis.analysis import analyse
from assistant.model import Edition, EditionId, Kind
from assistant.text.words import content_words

REVIEW = 'Summary of what the strategy takes from the national review "Nobody looked up"'
EDITIONS = tuple(
    Edition(EditionId(name), name, title, kind)
    for name, title, kind in (
        ("together", "Working Together to Safeguard Children 2023", Kind.STATUTORY_GUIDANCE),
        ("school", "Keeping children safe in education 2025", Kind.STATUTORY_GUIDANCE),
        ("missing", "Children missing education", Kind.STATUTORY_GUIDANCE),
        ("sharing", "Information sharing: advice for practitioners providing safeguarding services", Kind.GUIDANCE),
        ("strategy", "Child Sexual Abuse Strategy, June 2026 – June 2028", Kind.STRATEGY),
        ("policy", "Model multi-agency policy on child sexual abuse", Kind.POLICY),
        ("review", REVIEW, Kind.LEARNING_REVIEW),
    )
)
NAMED = {
    "What did the review find about fathers?": ("What about fathers?", "review"),
    "what did the national review recommend for police forces": ("What about police forces?", "review"),
    "which worries did the review say come up most": ("which worries come up most?", "review"),
    "What makes abuse hard to see according to the review?": ("What makes abuse hard to see?", "review"),
    "the review's findings on siblings": ("What about siblings?", "review"),
    "What were the main lessons from the national review about siblings?": ("What about siblings?", "review"),
    "what did Nobody looked up find about siblings": ("What about siblings?", "review"),
    "According to Working Together 2023, who leads an assessment?": ("who leads an assessment?", "together"),
    "what does kcsie say about filtering": ("What about filtering?", "school"),
    "What's KCSIE 2025 say about filtering?": ("What about filtering?", "school"),
    "Does the CME guidance say registers can be seen?": ("What about registers can be seen?", "missing"),
    "In Working Together, who settles a disagreement?": ("who settles a disagreement?", "together"),
    "under the strategy who chairs the group": ("who chairs the group?", "strategy"),
    "who has the final say on low-level concerns under KCSIE": (
        "who has the final say on low-level concerns?",
        "school",
    ),
    "Why is home education a worry, in KCSIE's view?": ("Why is home education a worry?", "school"),
    "What is Working Together's position on hair tests?": ("What about hair tests?", "together"),
    "what must go in the report, going by WT": ("what must go in the report?", "together"),
    "dogs in the home: findings of Nobody looked up?": ("What about dogs in the home?", "review"),
    "Some say to wait. What does the guidance expect of staff?": ("Some say to wait. What of staff?", ""),
    "where in Children Missing Education is the list of reasons": ("where is the list of reasons?", "missing"),
    "What does the information sharing advice say about consent?": ("What about consent?", "sharing"),
    "what does the strategy say is missing from the figures": ("what is missing from the figures?", "strategy"),
    "what does the csa strategy say about feedback": ("What about feedback?", "strategy"),
    "what does our csa policy say about drawings": ("What about drawings?", "policy"),
    "what does the guidance say to do with a low level worry": ("what to do with a low level worry?", ""),
    "what does our anti-bullying policy say about phones": ("What about phones?", ""),
    "what did the child protection review find about the plan": ("What about the plan?", ""),
}


@pytest.mark.parametrize("question", NAMED)
def test_a_named_source_is_taken_out_and_known(question: str) -> None:
    found = named_source_of(question, EDITIONS)
    assert found is not None
    about, edition = NAMED[question]
    assert (found.about, "".join(editions_named(found, EDITIONS))) == (about, edition)


@pytest.mark.parametrize(
    "question",
    [
        "What should a strategy discussion decide?",
        "Who chairs the strategy meeting?",
        "What does the yearly safeguarding partners' report have to cover?",
        "When does the practice review report have to be published?",
        "does a finding in a review count as something we have to do by law",
        "which subgroup picks up lessons from national reviews",
        "what does the strategy say?",
        "In the strategy discussion, who takes the notes?",
        "in the review meeting who chairs",
        "has the strategy meeting got to happen in three days",
        "What does children missing education mean?",
        "Are schools involved in children missing education?",
        "how does working together improve outcomes",
        "does working together with parents help?",
        "What does information sharing involve?",
        "what is the role of the police in information sharing",
        "what do staff do when reports made about a colleague are false",
        "How long may an assessment take?",
        "What does a school's policy say about phones?",
        "",
    ],
)
def test_a_question_that_only_speaks_of_documents_names_none(question: str) -> None:
    assert named_source_of(question, EDITIONS) is None


@given(
    st.lists(
        st.sampled_from(
            ("does", "what", "the", "review", "KCSIE", "say", "about", "according", "to", "in", "fathers", "\n")
        )
    )
)
def test_what_is_left_is_a_question_about_something(words: list[str]) -> None:
    found = named_source_of(" ".join(words), EDITIONS)
    if found is not None:
        assert found.about.endswith("?")
        assert content_words(found.about)
        assert set(found.about.rstrip("?").split()) - {"What", "about"} <= set(words)


def test_titles_count_only_where_they_are_known() -> None:
    asked = "what does Nobody looked up say about siblings"
    assert named_source_of(asked, EDITIONS[:-1]) is None
    assert named_source_of(asked, EDITIONS) == NamedSource("Nobody looked up", "What about siblings?")


def test_every_learning_review_is_the_review() -> None:
    other = Edition(EditionId("second"), "second", "Rapid review of a fictional case", Kind.LEARNING_REVIEW)
    found = named_source_of("What did the review find about fathers?", (*EDITIONS, other))
    assert found is not None
    plain = Edition(EditionId("third"), "third", "Learning review C", Kind.GUIDANCE)
    assert editions_named(found, (*EDITIONS, other, plain)) == ("review", "second", "third")
    assert editions_named(found, EDITIONS[:2]) == ()


def test_words_speak_of_what_is_asked_by_its_rarer_words_with_their_headings() -> None:
    about = analyse("What about fathers in the home?", {"father": 2, "home": 60}, 100)
    assert speaks_of(about, "The father was not met.", ())
    assert speaks_of(about, "He was not met.", ("Fathers",))
    assert not speaks_of(about, "The review covers the home.", ())
    assert not speaks_of(about, "This summary is no substitute for the review.", ())


def test_each_form_is_the_first_that_takes_its_example():
    names = tuple(name for edition in EDITIONS for name in named_sources._names(edition.title))
    forms = named_sources._forms(names)
    examples = [form["example"].rstrip("?") for form in named_sources._table()["form"]]
    assert len(forms) == len(examples) > 10
    taken = [next(number for number, form in enumerate(forms) if form.match(example)) for example in examples]
    assert taken == [*range(len(forms))]
