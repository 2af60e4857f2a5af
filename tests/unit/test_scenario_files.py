"""Files of a scenario open in what they are for, and participants get nothing that answers."""

from __future__ import annotations

import io
import json
from dataclasses import replace
from datetime import date

import docx
import pytest
from pypdf import PdfReader

from assistant.errors import UsageError
from assistant.model import Citation, Duty, Edition, EditionId, Kind, Part, PassageId, Span
from assistant.model.scenario import (
    Band,
    Expectation,
    Gap,
    OpenPoint,
    Person,
    Pitfall,
    Scenario,
    ScenarioRequest,
    Setting,
    Slot,
    Stage,
)
from assistant.outcomes.citation_text import FINDING, NO_DUTY
from assistant.scenarios.files.formats import FILE_FORMATS, file_format, file_name
from assistant.scenarios.files.json import request_from, request_object
from assistant.scenarios.files.pdf import printable
from assistant.scenarios.files.sheet import Quoted, sheet_of

GUIDE = Edition(EditionId("guide"), "guide", "Guide 2025", Kind.STATUTORY_GUIDANCE)
REVIEW = Edition(EditionId("review"), "review", "Review of Alder", Kind.LEARNING_REVIEW)


def cited(edition: Edition, words: str, duty: Duty | None) -> Citation:
    part = Part(words, Span(0, len(words)), (3,), ("iii",))
    return Citation(1, edition, ("Chapter", "Referral"), "12", (part,), duty, PassageId("p"))


MUST = cited(GUIDE, "Staff must refer ≥ 1 concern “at once” – no ∞ wait.", Duty.MUST)
FOUND = cited(REVIEW, "Nobody asked who must act.", None)
SCENARIO = Scenario(
    request=ScenarioRequest("neglect", ("education",), "nursery", Band.FROM_1, seed=7, kept={Slot.OPENING: "o01"}),
    title="Neglect: Mei, 3 (Nursery)",
    theme_title="Neglect",
    content_note="Concerns a child who is not cared for.",
    setting=Setting("nursery", "Nursery", "early_years", "the nursery", "the key worker", "the lead"),
    people=(Person("child", "Mei", "east_asian", "3", True),),
    roles=("key worker (Early years)",),
    stages=(
        Stage(1, Slot.OPENING, "How it comes to light", date(2027, 3, 9), 15, "Mei is tired.\n\nShe *sleeps*.",
              ("What now?",), (1,), {Slot.OPENING: "o01"}),
        Stage(2, Slot.DILEMMA, "Something to decide", date(2027, 3, 11), 15, "Nobody agrees.", ("Who acts?",), (),
              {Slot.DILEMMA: "d01"}),
    ),
    expectations=(Expectation(1, "refer", "Referring", "Who refers?", ("referral",), MUST),),
    pitfalls=(Pitfall("Nobody asked", FOUND),),
    pitfalls_note="",
    open_points=(OpenPoint("Which room?", "A local matter."),),
    gaps=(Gap("Money", "Who pays?", "not_answered_here"),),
    notes=("Take time.",),
    aims=("Making a referral",),
    aims_missed=("Recording",),
    notices=(),
    grammar="abc",
    fingerprint="def",
)  # fmt: skip


def text_of(ending: str, content: bytes) -> str:
    if ending == "docx":
        sheet = docx.Document(io.BytesIO(content))
        cells = [cell.text for table in sheet.tables for row in table.rows for cell in row.cells]
        return "\n".join([*(each.text for each in sheet.paragraphs), *cells])
    if ending == "pdf":
        return " ".join("\n".join(page.extract_text() for page in PdfReader(io.BytesIO(content)).pages).split())
    return content.decode()


@pytest.mark.parametrize("ending", FILE_FORMATS)
def test_a_facilitator_gets_everything(ending: str) -> None:
    text = text_of(ending, FILE_FORMATS[ending].write(SCENARIO, "facilitator"))
    for words in ("fictional", "Staff must refer", "Guide 2025", "Nobody asked", "Which room", "Who pays", "Recording",
                  "Take time", "Concerns a child"):  # fmt: skip
        assert words in text, (ending, words)


@pytest.mark.parametrize("ending", FILE_FORMATS)
def test_participants_get_nothing_that_answers(ending: str) -> None:
    text = text_of(ending, FILE_FORMATS[ending].write(SCENARIO, "participant"))
    assert "Mei is tired" in text
    assert "What now?" in text
    assert "fictional" in text
    for words in ("Staff must refer", "Guide 2025", "Nobody asked", "Which room", "Who pays", "Take time"):
        assert words not in text, (ending, words)


def test_a_word_file_has_headings_a_language_and_a_title() -> None:
    sheet = docx.Document(io.BytesIO(FILE_FORMATS["docx"].write(SCENARIO, "facilitator")))
    styles = [each.style.name for each in sheet.paragraphs if each.style.name.startswith("Heading")]
    assert styles[0] == "Heading 1"
    assert styles.count("Heading 1") == 1
    assert sheet.core_properties.title == SCENARIO.title
    assert sheet.core_properties.language == "en-GB"


def test_a_pdf_has_a_title_bookmarks_and_a_page_for_each_stage_of_participants() -> None:
    read = PdfReader(io.BytesIO(FILE_FORMATS["pdf"].write(SCENARIO, "participant")))
    assert read.metadata is not None
    assert read.metadata.title == SCENARIO.title
    assert len(read.pages) == len(SCENARIO.stages)
    assert len(read.outline) > 0


def test_markup_in_a_text_is_no_markup_in_markdown() -> None:
    assert r"She \*sleeps\*." in FILE_FORMATS["md"].write(SCENARIO, "participant").decode()


def test_characters_that_no_font_has_are_said_plainly() -> None:
    assert printable("café – “x” ≥ 1") == "café – “x” ≥ 1"
    assert printable("x² ① 你") == "x² 1 ?"


def test_a_finding_of_a_review_is_never_a_duty() -> None:
    labels = [each.label for each in sheet_of(SCENARIO, "facilitator") if isinstance(each, Quoted)]
    assert labels == ["1. Referring · must", f"Nobody asked · {FINDING}"]
    undecided = replace(SCENARIO, pitfalls=(Pitfall("Nobody asked", replace(MUST, duty=None)),))
    assert [each.label for each in sheet_of(undecided, "facilitator") if isinstance(each, Quoted)][1:] == [
        f"Nobody asked · {NO_DUTY}"
    ]


def test_a_stage_without_an_expectation_says_so() -> None:
    words = " ".join(getattr(each, "text", "") for each in sheet_of(SCENARIO, "facilitator"))
    assert "The indexed documents do not answer the questions of this stage" in words


def test_a_request_comes_back_from_its_object() -> None:
    assert request_from(json.loads(json.dumps(request_object(SCENARIO.request)))) == SCENARIO.request


@pytest.mark.parametrize(
    "wrong",
    [{}, {"theme": "neglect", "age_band": "9"}, {"theme": "x", "kept": {"zz": "1"}}, {"theme": "x", "seed": "a"}],
)
def test_a_request_that_is_not_right_is_refused(wrong: dict[str, object]) -> None:
    with pytest.raises(UsageError):
        request_from(wrong)


def test_files_are_named_and_other_endings_refused() -> None:
    assert file_name(SCENARIO, "participant", "pdf") == "scenario-neglect-7-participant.pdf"
    assert file_format(".PDF").media == "application/pdf"
    with pytest.raises(UsageError, match="Formats: docx, pdf, md, json"):
        file_format(".odt")
