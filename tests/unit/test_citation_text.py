import csv
import html
import io
import re
from dataclasses import replace
from datetime import UTC, datetime

import pytest

from api.completions.outcome_text import text_of
from api.web.labels import to_copy
from api.web.templating import templates
from assistant.cli.coverage_output import print_findings
from assistant.cli.render import lines_of
from assistant.coverage.decisions import DecidedSection, with_decisions
from assistant.coverage.facts import Facts
from assistant.coverage.files.html import as_html
from assistant.coverage.files.tables import as_csv
from assistant.coverage.values import ReportSection, Row, SourceQuote
from assistant.model import Answered, Form, Kind, Part, Span, Statement
from assistant.outcomes.citation_text import FINDING, NO_DUTY, CitationText, page_words
from assistant.outcomes.view import CitationView, HitView, outcome_view
from assistant.scenarios.files.sheet import Quoted as SheetQuote
from assistant.scenarios.files.sheet import sheet_of
from tests import outcomes
from tests.unit.test_scenario_files import SCENARIO

PARTS = (
    Part("Staff should:", Span(0, 13), (14,), ("12",)),
    Part("record the reasons.", Span(20, 39), (14, 15), ("12", "13")),
)
CITED = replace(outcomes.citation(), headings=("Local policy", "7. Recording:"), label="7.2", parts=PARTS)
PLACE = "section 7.2", "pages 12 to 13 (in the file 14 to 15)"
SOURCE = f"Local policy (policy, draft); 7. Recording; {'; '.join(PLACE)}"
OUTCOME = Answered("Q?", "Q?", (Statement(CITED.quote, (1,), CITED.duty),), (CITED,))


def labelled(headings: tuple[str, ...], label: str | None) -> str:
    return CitationText.of(replace(CITED, headings=headings, label=label)).label_words


def coverage() -> DecidedSection:
    place = CITED.label, CITED.headings, ("12", "13"), (14, 15), tuple(part.span for part in PARTS)
    quote = SourceQuote(CITED.edition, CITED.quote, *place, role="local")
    row = Row("key", "covered", "Reasons are recorded", Facts(), (quote, quote))
    return with_decisions(ReportSection("duties", "Duties", "", (), ("covered",), (row,)), ())


def page() -> str:
    parts = templates().get_template("parts.html").make_module({"csrf": ""})
    drawn = parts.citation(CitationView.of(CITED), {}, None, "m", True)  # type: ignore[attr-defined]
    return html.unescape(re.sub(r"<[^>]*>", "", drawn))


def test_every_text_output_prints_the_same_source(capsys: pytest.CaptureFixture[str]) -> None:
    scenario = replace(SCENARIO, expectations=(replace(SCENARIO.expectations[0], citation=CITED),))
    (nearest,) = (row["nearest"] for row in csv.DictReader(io.StringIO(as_csv(coverage()).lstrip("\ufeff"))))
    print_findings(coverage().rows, 1)
    printed = {
        "command line": [line.text for line in lines_of(OUTCOME) if line.look == "source"],
        "scenario sheet": [each.source for each in sheet_of(scenario, "facilitator") if isinstance(each, SheetQuote)],
        "chat completion": re.findall(
            r"^\[1\] (.*) – http", text_of(outcome_view(OUTCOME), "http://host"), re.MULTILINE
        ),
        "copy from the page": re.findall(r"^\[1\] (.*)$", to_copy(outcome_view(OUTCOME)), re.MULTILINE),
        "coverage table": [nearest],
        "coverage page": re.findall(
            r"Local: (.*?)</p>", html.unescape(as_html([coverage()], datetime(2026, 6, 1, tzinfo=UTC)))
        ),
        "coverage on the command line": re.findall(r"local: (.*)", capsys.readouterr().out),
    }
    assert {name: texts[0] for name, texts in printed.items()} == dict.fromkeys(printed, SOURCE)


def test_the_page_prints_label_headings_and_pages_in_the_same_words() -> None:
    for words in (", ".join(PLACE), "7. Recording", "Policy", "Draft"):
        assert words in page()
    assert "Local policy" in page()


def test_a_citation_and_its_json_object_give_the_same_words() -> None:
    for cited in (CITED, outcomes.citation(), outcomes.citation(edition=outcomes.REVIEW)):
        assert CitationText.of_view(CitationView.of(cited)) == CitationText.of(cited)


def test_a_search_hit_has_its_pages_at_the_top() -> None:
    hit = HitView(
        rank=1, passage_id="t:1", edition_id="t", title="T", kind=Kind.POLICY, form=Form.OFFICIAL, headings=("T",),
        label=None, text="Words.", pages=(3,), page_labels=("iii",), is_quotable=True, score=1.0, cosine=None, bm25=None,
        dense_rank=None, lexical_rank=None,
    )  # fmt: skip
    assert CitationText.of_hit(hit).source == "T (policy); page iii (in the file 3)"


@pytest.mark.parametrize(
    ("headings", "label", "words"),
    [
        (("Chapter 3: Referral",), "155", "paragraph 155"),
        (("7. Enquiries",), "7.2", "section 7.2"),
        ((), "b", "paragraph b"),
        ((), "Article 3", "Article 3"),
        ((), None, ""),
        (("7.2 Enquiries",), "7.2", ""),
        (("17.2 Enquiries",), "7.2", "section 7.2"),
        (("7.2.1 Enquiries",), "7.2", "section 7.2"),
    ],
)
def test_a_dotted_label_is_a_section_and_another_number_a_paragraph(
    headings: tuple[str, ...], label: str | None, words: str
) -> None:
    assert labelled(headings, label) == words


@pytest.mark.parametrize(
    ("pages", "words"),
    [
        ([], ""),
        ([(12, "12")], "page 12"),
        ([(12, "12"), (13, "13"), (14, "14")], "pages 12 to 14"),
        ([(12, "12"), (13, "13"), (20, "20")], "pages 12 to 13 and 20"),
        ([(2, "2"), (4, "4"), (9, "9")], "pages 2, 4 and 9"),
        ([(5, "iii")], "page iii (in the file 5)"),
        ([(5, "iii"), (6, "iv")], "pages iii to iv (in the file 5 to 6)"),
        ([(6, "iv"), (7, "1")], "pages iv and 1 (in the file 6 and 7)"),
        ([(6, "4"), (7, "4")], "page 4 (in the file 6 and 7)"),
        ([(6, "4"), (7, "9")], "pages 4 and 9 (in the file 6 and 7)"),
        ([(3, "slide 3")], "slide 3"),
        ([(3, "slide 3"), (4, "slide 4")], "slides 3 to 4"),
    ],
)
def test_pages_are_said_as_printed_and_by_index_where_that_differs(pages: list[tuple[int, str]], words: str) -> None:
    assert page_words(pages) == words


def test_a_finding_of_a_review_is_never_a_duty() -> None:
    review = CitationText.of(outcomes.citation(edition=outcomes.REVIEW))
    assert review.strength == FINDING
    assert review.document == f"Learning review (learning review; {FINDING})"
    assert CitationText.of(CITED).strength == "must"
    assert CitationText.of(replace(CITED, duty=None)).strength == NO_DUTY
