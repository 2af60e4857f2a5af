"""The ask line over a small real library, with the bag-of-words embedder."""

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from assistant.answering import steps
from assistant.answering.answerability.calibration import load_calibration
from assistant.answering.ask_state import AskState
from assistant.answering.pipeline import ask
from assistant.answering.resources import Resources
from assistant.answering.screening.screen import screen
from assistant.answering.search import search
from assistant.answering.search_plan import hits_of, plan_search
from assistant.answering.steps import rewritten, screened
from assistant.answering.verify.quotes import verify_quotes
from assistant.model import (
    Answered,
    Claim,
    Draft,
    Edition,
    EditionId,
    Form,
    Kind,
    Level,
    Question,
    Refused,
    Signposted,
    Span,
)
from assistant.outcomes.view import outcome_object, read_outcome
from assistant.ports import Source, Update
from assistant.settings import Settings
from evals.calibration.collect import gather_all
from evals.dataset.items import Item, QuestionType
from ingest.build import document_of
from ingest.publish.embedding import embed_missing
from ingest.readers.blocks import Block, BlockKind, ReadFile
from ingest.readers.source_map import mapped
from tests.fakes import FakeEmbedder
from tests.libraries import real_library

TODAY = date(2026, 11, 23)
OLD = Edition(EditionId("old"), "guide", "Guide 2024", Kind.STATUTORY_GUIDANCE, in_force_from=date(2024, 9, 2))
NEW = replace(OLD, edition_id=EditionId("new"), title="Guide 2025", in_force_from=date(2025, 9, 1), supersedes="old")
POLICY = Edition(EditionId("policy"), "policy", "Local policy", Kind.POLICY, review_by=date(2026, 1, 1))
SECRET = replace(POLICY, edition_id=EditionId("secret"), work="secret", title="Hidden plan", groups=("panel",))

GUIDE = (
    (BlockKind.HEADING, "1. Conferences"),
    (BlockKind.PARAGRAPH, "1.1 The conference chair must be independent of line management."),
    (BlockKind.PARAGRAPH, "1.2 The plan should:"),
    (BlockKind.LIST_ITEM, "name the lead practitioner"),
    (BlockKind.LIST_ITEM, "set dates for review"),
    (BlockKind.FIGURE, "Flow chart of the pathway for referral decisions"),
)


def made(edition, parts, embedder, settings):
    blocks = [Block(kind, text, mapped(text, 1).runs()) for kind, text in parts]
    read = ReadFile(tuple(blocks), ("",), ("i",))
    source = Source(edition.edition_id, Path("/x"), Path(f"/x/{edition.edition_id}"), "", "r")
    return document_of(edition, read, embedder, settings), source


def publish(library, update, embedder):
    with library.writing():
        embed_missing([each for each, _ in update.documents], library, embedder, lambda stage, done, total: None)
        library.publish(update)


@pytest.fixture
def embedder():
    return FakeEmbedder()


@pytest.fixture
def settings(tmp_path):
    return Settings(data=tmp_path, cache=tmp_path)


@pytest.fixture
def library(tmp_path, embedder, settings):
    chair = ((BlockKind.PARAGRAPH, "Our panel chair may invite observers to the secret committee."),)
    old = tuple((kind, text.replace("must", "should")) for kind, text in GUIDE)
    documents = (
        made(OLD, old, embedder, settings),
        made(NEW, GUIDE, embedder, settings),
        made(
            POLICY, ((BlockKind.PARAGRAPH, "Staff record every decision and the reason for it."),), embedder, settings
        ),
        made(SECRET, chair, embedder, settings),
    )
    found = real_library(tmp_path, embedder)
    publish(
        found, Update(documents, known=(replace(NEW, edition_id=EditionId("next"), supersedes="policy"),)), embedder
    )
    return found


@pytest.fixture
def resources(embedder, settings):
    lenient = load_calibration(None).model_copy(update={"threshold": 0.0})
    return Resources(embedder, settings, lenient, lambda: TODAY)


def test_an_answer_is_the_words_of_the_document_with_page_label_and_duty(library, resources):
    with library.open() as snapshot:
        outcome = ask(Question("Who is the independent conference chair?"), snapshot, resources)
    assert isinstance(outcome, Answered)
    first = outcome.citations[0]
    assert first.quote == "1.1 The conference chair must be independent of line management."
    assert (first.edition.edition_id, first.pages, first.parts[0].page_labels, first.duty) == (
        "new",
        (1,),
        ("i",),
        "must",
    )


def test_a_list_item_is_quoted_with_its_lead_in_as_two_parts(library, resources):
    with library.open() as snapshot:
        outcome = ask(Question("Should the plan set dates for review?"), snapshot, resources)
    assert isinstance(outcome, Answered)
    parts = [[part.quote for part in each.parts] for each in outcome.citations]
    assert ["1.2 The plan should:", "set dates for review"] in parts or [
        "1.2 The plan should:\nname the lead practitioner\nset dates for review"
    ] in parts


def test_a_superseded_edition_answers_only_as_at_its_time(library, resources):
    asked = Question("Who is the independent conference chair?")
    with library.open() as snapshot:
        now = ask(asked, snapshot, resources)
        then = ask(replace(asked, as_at=date(2025, 1, 31)), snapshot, resources)
    assert {c.edition.edition_id for c in now.citations} <= {"new", "policy"}
    assert then.citations[0].edition.edition_id == "old"


def test_asking_only_a_superseded_edition_is_refused_as_such(library, resources):
    with library.open() as snapshot:
        outcome = ask(Question("Who is the conference chair?", editions=(EditionId("old"),)), snapshot, resources)
    assert isinstance(outcome, Refused)
    assert outcome.reason == "superseded_only"


def test_a_restricted_edition_is_never_found_by_others(library, resources, settings):
    words = "panel chair observers secret committee"
    with library.open() as snapshot:
        for groups, is_seen in (((), False), (("panel",), True)):
            question = Question(words, groups=groups)
            hits = hits_of(plan_search(question, screen(question, settings), snapshot, TODAY), snapshot, resources)
            assert ("secret" in {hit.passage.edition_id for hit in hits}) is is_seen


def test_a_source_that_is_named_answers_alone_and_only_what_is_asked_of_it(library, resources):
    with library.open() as snapshot:
        told = ask(Question("What does the local policy say about recording a decision?"), snapshot, resources)
        other = ask(Question("What does the local policy say about conference chairs?"), snapshot, resources)
        plain = ask(Question("What about conference chairs?"), snapshot, resources)
    assert isinstance(told, Answered)
    assert {each.edition.edition_id for each in told.citations} == {"policy"}
    assert [each.text for each in told.notices if each.code == "only_named"] == [
        "Only what the question names was searched: Local policy."
    ]
    assert told.standalone == "What does the local policy say about recording a decision?"
    assert isinstance(plain, Answered)
    assert isinstance(other, Refused)
    assert other.reason == "not_answered_here"
    assert {each.edition.edition_id for each in other.nearest} == {"policy"}


def test_search_and_the_evidence_of_a_calibration_look_only_in_the_source_that_is_named_as_answers_do(
    library, resources, embedder, settings
):
    text = "What does the local policy say about recording a decision?"
    item = Item(id="a", type=QuestionType.ANSWERABLE, split="development", work="policy", question=text)
    with library.open() as snapshot:
        answered = ask(Question(text), snapshot, resources)
        found = search(Question(text), snapshot, resources)
        (gathered,) = gather_all([item], snapshot, embedder, settings, TODAY)
    assert {hit.passage.edition_id for hit in answered.trace.hits} == {"policy"}
    assert [hit.passage for hit in found.hits] == [hit.passage for hit in answered.trace.hits if not hit.rejected]
    assert {hit.passage.edition_id for hit in gathered.hits} == {"policy"}
    assert found.sources == ("policy",)


def test_a_question_that_was_screened_is_not_screened_again(library, resources, settings):
    question = Question("Who is the independent conference chair?")
    known = replace(screen(question, settings), text="Who sets dates for review?")
    with library.open() as snapshot:
        outcome = ask(question, snapshot, resources, screening=known)
    assert outcome.standalone == "Who sets dates for review?"


@pytest.mark.parametrize(
    ("level", "text", "behind"),
    [
        (Level.ACT_TODAY, "Who is the independent conference chair?", Answered),
        (Level.ACT_TODAY, "write me a poem about autumn", Refused),
        (Level.ACT_NOW, "Who is the independent conference chair?", Answered),
        (Level.ACT_NOW, "write me a poem about autumn", type(None)),
    ],
)
def test_a_card_comes_with_the_answer_and_that_of_act_today_with_a_refusal_too(
    library, resources, settings, level, text, behind
):
    known = replace(screen(Question(text), settings), level=level)
    with library.open() as snapshot:
        outcome = ask(Question(text), snapshot, resources, screening=known)
    assert isinstance(outcome, Signposted)
    assert (outcome.card.level, type(outcome.then)) == (level, behind)


def test_a_question_of_which_nothing_is_left_is_not_searched(library, resources, settings):
    with library.open() as snapshot:
        outcome = ask(Question("Zofia Kowalczyk"), snapshot, resources)
    assert isinstance(outcome, Refused)
    assert (outcome.reason, outcome.nearest, outcome.trace.hits) == ("nothing_left_to_ask", (), ())


def test_the_title_of_a_restricted_edition_means_nothing_to_others(library, resources):
    asked = "What does Hidden plan say about observers?"
    with library.open() as snapshot:
        for groups, is_known in (((), False), (("panel",), True)):
            state = screened(AskState(Question(asked, groups=groups), TODAY), snapshot, resources)
            assert (rewritten(state, snapshot, resources).plan.named_source is not None) is is_known


def test_a_threshold_that_nothing_meets_refuses_with_the_nearest_quotes(library, resources):
    strict = replace(resources, calibration=resources.calibration.model_copy(update={"threshold": None}))
    with library.open() as snapshot:
        outcome = ask(Question("Who is the independent conference chair?"), snapshot, strict)
    assert isinstance(outcome, Refused)
    assert outcome.reason == "not_answered_here"
    assert outcome.citations == ()
    assert outcome.nearest[0].quote.startswith("1.1 The conference chair")
    assert outcome.contact is not None


def test_a_passed_review_date_and_an_edition_replaced_elsewhere_are_said(library, resources):
    with library.open() as snapshot:
        outcome = ask(
            Question("Do staff record every decision and its reason?", kinds=(Kind.POLICY,)), snapshot, resources
        )
    assert {"past_review", "replaced"} <= {each.code for each in outcome.notices}


def test_a_figure_among_the_best_hits_is_pointed_to_and_not_quoted(library, resources):
    with library.open() as snapshot:
        outcome = ask(Question("flow chart pathway for referral decisions"), snapshot, resources)
    assert "figure" in {each.code for each in outcome.notices}
    assert "Flow chart of the pathway" not in str(
        outcome_object(outcome)["citations" if isinstance(outcome, Answered) else "nearest"]
    )


def test_danger_now_is_signposted_first(library, resources):
    with library.open() as snapshot:
        outcome = ask(Question("he is hitting her right now what do I do"), snapshot, resources)
    assert isinstance(outcome, Signposted)
    assert outcome.card.contacts[0].phone == "999"


def test_a_case_is_not_decided_and_the_criteria_are_quoted(library, resources):
    with library.open() as snapshot:
        outcome = ask(Question("Should I remove this child before the conference?"), snapshot, resources)
    assert isinstance(outcome, Refused)
    assert outcome.reason == "needs_judgement"
    assert [each.text for each in outcome.criteria] == [each.quote for each in outcome.citations]


def test_masked_details_are_nowhere_in_the_outcome(library, resources):
    with library.open() as snapshot:
        outcome = ask(Question("Who chairs the conference for Jayden Holt, 07700 900123?"), snapshot, resources)
    assert outcome.masked == ("name", "phone")
    assert not any(each in repr(outcome) for each in ("Jayden", "Holt", "900123"))


def test_words_that_are_not_at_the_place_named_are_unsupported(library):
    with library.open() as snapshot:
        (passage, *_) = snapshot.passages_of(EditionId("new"))
        whole = passage.sentences[0].span
        good = Claim(snapshot.text(EditionId("new"))[slice(*whole)], (whole,), EditionId("new"), passage.passage_id)
        text = snapshot.text(EditionId("new"))
        over = Span(whole.start, len(text))
        claims = (
            good,
            replace(good, text=good.text.replace("must", "may")),
            replace(good, text=text[slice(*over)], parts=(over,)),
        )
        verdicts = [each.verdict for each in verify_quotes(Draft(claims), snapshot)]
    assert verdicts == ["supported", "unsupported", "unsupported"]


def test_a_summary_says_so(tmp_path, embedder, settings, resources):
    library = real_library(tmp_path / "other", embedder)
    edition = replace(POLICY, form=Form.SUMMARY, review_by=None)
    publish(library, Update((made(edition, GUIDE, embedder, settings),)), embedder)
    with library.open() as snapshot:
        outcome = ask(Question("Who is the independent conference chair?"), snapshot, resources)
    assert [each.code for each in outcome.notices if each.code != "figure"] == ["summary"]


def answered_only_about(word, monkeypatch):
    """Lets the judgement pass what asks about one word."""
    real = steps.judge

    def judged(analysis, *rest):
        return replace(real(analysis, *rest), is_answerable=word in analysis.weights)

    monkeypatch.setattr(steps, "judge", judged)


def test_of_two_questions_the_missing_one_is_named(library, resources, monkeypatch):
    answered_only_about("confer", monkeypatch)
    with library.open() as snapshot:
        outcome = ask(Question("Who is the conference chair and how much is the weekly fee?"), snapshot, resources)
    assert outcome.unanswered == ("how much is the weekly fee?",)
    told = outcome_object(outcome)
    assert (told["outcome"], told["unanswered"]) == ("partly_answered", ["how much is the weekly fee?"])
    assert read_outcome(told).unanswered == outcome.unanswered
    assert any("weekly fee" in each.text for each in outcome.notices)
    assert "conference" in outcome.statements[0].text


def test_of_two_questions_that_are_both_answered_nothing_is_missing(library, resources):
    with library.open() as snapshot:
        outcome = ask(Question("Who is the conference chair, and who records every decision?"), snapshot, resources)
    assert outcome_object(outcome)["outcome"] == "answered"
    assert {"new", "policy"} <= {each.edition.edition_id for each in outcome.citations}


def test_where_neither_of_two_questions_is_answered_they_are_refused_as_one(library, resources, monkeypatch):
    answered_only_about("nothing", monkeypatch)
    with library.open() as snapshot:
        outcome = ask(Question("Who is the conference chair and how much is the weekly fee?"), snapshot, resources)
    assert isinstance(outcome, Refused)


def test_a_mistyped_word_is_repaired_and_said_to_be(library, resources):
    with library.open() as snapshot:
        outcome = ask(Question("Who is the confrence chair?"), snapshot, resources)
        as_typed = ask(Question('Who is the "confrence" chair?'), snapshot, resources)
    assert outcome.standalone == "Who is the conference chair?"
    assert [each.text for each in outcome.notices if each.code == "spelling"] == [
        "Searched for “conference” instead of “confrence”. Put a word in quotation marks to search for it as you typed it."
    ]
    assert "confrence" in as_typed.standalone


def test_a_case_around_a_question_is_shown_and_not_judged(library, resources):
    told = "Girl of 9 in foster care, mum rang on Monday. Who is the independent conference chair? Thanks, Jo"
    with library.open() as snapshot:
        plan = plan_search(Question(told), screen(Question(told), resources.settings), snapshot, TODAY)
        outcome = ask(Question(told), snapshot, resources)
    assert plan.search_query == "Who is the independent conference chair?"
    assert plan.also_searched.startswith("Girl of 9")
    assert outcome.citations[0].quote == "1.1 The conference chair must be independent of line management."
    assert "foster care" in outcome.question


def test_a_refusal_names_what_no_document_mentions(library, resources, monkeypatch):
    answered_only_about("nothing", monkeypatch)
    with library.open() as snapshot:
        unknown = ask(Question("Who is the conference chair in Leicestershire?"), snapshot, resources)
        known = ask(Question("Who is the conference chair?"), snapshot, resources)
        hidden = ask(Question("Who is the chair of the Observers group?"), snapshot, resources)
        member = ask(Question("Who is the chair of the Observers group?", groups=("panel",)), snapshot, resources)
    assert unknown.message.startswith("The indexed documents do not mention “Leicestershire”.")
    assert known.message.startswith("I could not confirm an answer")
    assert (unknown.reason, known.reason) == ("not_answered_here", "not_answered_here")
    assert "Observers" in hidden.message
    assert "Observers" not in member.message
