from __future__ import annotations

from dataclasses import dataclass, fields, replace
from datetime import UTC, date, datetime
from typing import Annotated, get_type_hints

import pytest

from api.coverage.filters import CoverageFilters, facts_of, filter_choices, filtered
from assistant.coverage.decisions import JUDGEMENTS, with_decisions
from assistant.coverage.duties.conflicts import Conflict
from assistant.coverage.edition_diff.word_changes import Concern
from assistant.coverage.facts import Column, Facts, Tally
from assistant.coverage.files.json import section_object
from assistant.coverage.files.tables import cells, columns
from assistant.coverage.references.values import ReferenceKind
from assistant.coverage.reviews.recommendations import PointKind
from assistant.coverage.sections.duties import Actor, DutyFacts
from assistant.coverage.sections.edition_diff import DiffFacts
from assistant.coverage.sections.questions import QuestionFacts
from assistant.coverage.sections.recommendations import RecommendationFacts
from assistant.coverage.sections.references import CurrencyFacts, ReferenceFacts
from assistant.coverage.sections.topics import TopicFacts
from assistant.coverage.values import ReportSection, Row
from assistant.model import Duty, EditionId, Form, Kind
from assistant.model.coverage import Decision
from assistant.text.time_limits import LimitKind, TimeLimit

DUTY = DutyFacts(
    Duty.MUST,
    Actor("The school", True),
    "Schools and colleges",
    "record it",
    "if asked",
    (TimeLimit("one day", LimitKind.BY, 1.0), TimeLimit("at once", LimitKind.BY, 0.0)),
    (Conflict.WEAKER_DUTY, Conflict.OTHER_ACTOR),
)
DAY = date(2026, 5, 1)
QUESTIONS = QuestionFacts(2, 3, DAY, date(2026, 6, 2), (("schools", 2), ("police", 1)), Tally(1, 2))
DIFF = DiffFacts((Concern.DUTY, Concern.TIME_LIMIT), Duty.SHOULD, "4.1", None, True, "", False, "[-should-] {+must+}")
REFERENCE = ReferenceFacts(ReferenceKind.LAW, 3, ((EditionId("a"), 2), (EditionId("b"), 1)), None, None)
CURRENCY = CurrencyFacts(Kind.STATUTORY_GUIDANCE, Form.DRAFT, DAY, None, None, "", False, "")
TABLE = {
    DUTY: (
        ("duty word", "must"),
        ("on whom", "The school (from the sentence before)"),
        ("group", "Schools and colleges"),
        ("action", "record it"),
        ("condition", "if asked"),
        ("time limit", "one day; at once"),
        ("conflict", "weaker duty, other actor"),
    ),
    QUESTIONS: (
        ("questions", "2"),
        ("asked", "3"),
        ("first", "2026-05-01"),
        ("last", "2026-06-02"),
        ("audience", "schools 2; police 1"),
        ("answered now", "1 of 2"),
    ),
    DIFF: (
        ("touches", "duty, time limit"),
        ("duty word", "should"),
        ("paragraph before", "4.1"),
        ("paragraph after", ""),
        ("moved", "yes"),
        ("listed by the edition", ""),
        ("own list of changes", ""),
        ("words", "[-should-] {+must+}"),
    ),
    TopicFacts("t", "Neglect", Kind.LEARNING_REVIEW, Tally(0, 4)): (
        ("topic", "Neglect"),
        ("kind", "learning review"),
        ("answered", "0 of 4"),
    ),
    RecommendationFacts(PointKind.FINDING, "A review"): (("kind", "finding"), ("review", "A review")),
    REFERENCE: (
        ("looks like", "law"),
        ("places", "3"),
        ("named in", "a (2), b (1)"),
        ("replaced by", ""),
        ("address", ""),
    ),
    CURRENCY: (
        ("kind", "statutory guidance"),
        ("form", "draft"),
        ("published", "2026-05-01"),
        ("in force from", ""),
        ("review by", ""),
        ("replaced by", ""),
        ("answers questions", "no"),
        ("cites", ""),
    ),
}
NO_LABEL = {"topic_id"}


def row(key: str, facts: Facts) -> Row[Facts]:
    return Row(key, "absent", f"Finding {key}", facts, ())


def section(*rows: Row[Facts], name: str = "duties") -> ReportSection:
    return ReportSection(name, "A section", "", (), ("conflicts", "absent"), rows)


@pytest.mark.parametrize("facts", TABLE, ids=lambda each: type(each).__name__)
def test_facts_are_labelled_in_the_order_of_the_fields(facts: Facts) -> None:
    assert facts.labelled() == TABLE[facts]
    assert facts.labels() == tuple(label for label, _ in TABLE[facts])


@pytest.mark.parametrize("facts", TABLE, ids=lambda each: type(each).__name__)
def test_every_field_has_a_label_but_those_for_the_program_alone(facts: Facts) -> None:
    hints = get_type_hints(type(facts), include_extras=True)
    bare = {each.name for each in fields(facts) if not hasattr(hints[each.name], "__metadata__")}
    assert bare <= NO_LABEL


@dataclass(frozen=True, slots=True)
class Wider(DutyFacts):
    weight: Annotated[int, Column("weight")]


def test_a_field_with_a_label_is_a_column_of_every_table_and_of_json() -> None:
    base = {each.name: getattr(DUTY, each.name) for each in fields(DUTY)}
    decided = with_decisions(section(row("a", Wider(**base, weight=7))), ())
    (texts,) = cells(decided)
    assert dict(zip(columns(decided), texts, strict=True))["weight"] == "7"
    assert section_object(decided)["rows"][0]["facts"]["weight"] == "7"


def test_a_section_without_rows_has_no_columns_of_facts() -> None:
    assert "duty word" not in columns(with_decisions(section(), ()))


def test_filters_see_each_value_of_a_fact() -> None:
    one = replace(DUTY, conflicts=(Conflict.OTHER_ACTOR,), group="Health, and care")
    decided = with_decisions(section(row("a", DUTY), row("b", one)), ())

    def keys(*having: str) -> list[str]:
        return [each.row.key for each in filtered(decided, CoverageFilters(having=having)).rows]

    assert keys("conflict=other actor") == ["a", "b"]
    assert keys("conflict=weaker duty") == ["a"]
    assert keys("group=Health, and care") == ["b"]
    assert filter_choices(decided)["conflict"] == (("other actor", 2), ("weaker duty", 1))


@pytest.mark.parametrize("name", JUDGEMENTS)
def test_what_a_section_is_filtered_by_are_labels_of_its_facts(name: str) -> None:
    kinds = {"duties": DutyFacts, "questions": QuestionFacts, "topics": TopicFacts, "references": ReferenceFacts,
             "currency": CurrencyFacts, "recommendations": RecommendationFacts, "diff": DiffFacts}  # fmt: skip
    assert set(facts_of(name)) - {"document"} <= set(kinds[name].labels())


def test_the_most_asked_come_first_by_number_and_not_by_digits() -> None:
    rows = [row(key, replace(QUESTIONS, asked=asked)) for key, asked in (("a", 9), ("b", 10), ("c", 1))]
    decision = Decision("questions", "c", "covered", "", "ann", datetime(2026, 1, 1, tzinfo=UTC), "")
    decided = with_decisions(section(*rows, name="questions"), [decision])
    assert [each.row.key for each in filtered(decided, CoverageFilters(sort="asked")).rows] == ["b", "a", "c"]
    assert filtered(decided, CoverageFilters(sort="decided")).rows[0].row.key == "c"
