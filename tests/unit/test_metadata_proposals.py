"""Dates, titles, kinds and bodies are proposed from covers, as sure as the cover is, and with the place they were read."""

from __future__ import annotations

from datetime import date

import pytest

from ingest.metadata.printed_dates import dates_in, period_in
from ingest.metadata.proposals import propose
from ingest.metadata.works import Member, relations
from ingest.readers.cover import Cover, CoverLine, row_of


def cover(*lines: str | tuple[str, float] | list[str], name: str = "x.pdf", **properties: str) -> Cover:
    """Returns a cover: texts in the print of the body, (text, size), or the cells of a row."""
    shown = [
        row_of(each)
        if isinstance(each, list)
        else CoverLine(*((each, 1, 11.0) if isinstance(each, str) else (each[0], 1, each[1])))
        for each in lines
    ]
    return Cover(name, tuple(shown), (), tuple(properties.items()))


def said(one: Cover) -> dict[str, str]:
    return {each.field: each.value for each in propose(one) if each.is_likely or each.field in ("title", "kind")}


@pytest.mark.parametrize(
    ("text", "start", "end"),
    [
        ("12th March 2025", date(2025, 3, 12), date(2025, 3, 12)),
        ("v5 Jul 25", date(2025, 7, 1), date(2025, 7, 31)),
        ("01/07/2025", date(2025, 7, 1), date(2025, 7, 1)),
        ("11-4-2022", date(2022, 4, 11), date(2022, 4, 11)),
        ("2025-07-01", date(2025, 7, 1), date(2025, 7, 1)),
        ("Feb 2024", date(2024, 2, 1), date(2024, 2, 29)),
        ("Q3 2025", date(2025, 7, 1), date(2025, 9, 30)),
        ("Q3 2025/26", date(2025, 10, 1), date(2025, 12, 31)),
        ("Winter 2024", date(2024, 12, 1), date(2025, 2, 28)),
        ("Summer term 2025", date(2025, 4, 1), date(2025, 7, 31)),
    ],
)
def test_dates_are_read_as_documents_print_them(text: str, start: date, end: date) -> None:
    (found,) = dates_in(text)
    assert (found.start, found.end) == (start, end)


@pytest.mark.parametrize(
    "text", ["32/13/2025", "0300 123 1231", "Version 2.1.25", "paragraph 3.10.4", "31 February 2025"]
)
def test_what_is_no_date_is_none(text: str) -> None:
    assert dates_in(text) == ()


def test_a_day_that_other_countries_read_otherwise_is_never_sure() -> None:
    published = next(
        each for each in propose(cover(("A policy", 24), "Published: 01/07/2025")) if each.field == "published"
    )
    assert (published.value, published.is_sure) == ("2025-07-01", False)


def test_a_period_has_two_ends() -> None:
    one, other = period_in("June 2026 – June 2028") or pytest.fail("none")
    assert (one.start, other.end) == (date(2026, 6, 1), date(2028, 6, 30))
    assert period_in("0300-1234") is None


def test_labels_tell_dates_of_issue_of_coming_into_force_and_of_review() -> None:
    found = said(
        cover(
            ("Escalation policy", 24),
            "Version: 2.2 | Agreed: 6 May 2025 | Review due: May 2026",
            ["Effective from", "1 June 2025"],
        )
    )
    dates = {name: found[name] for name in ("published", "in_force_from", "review_by", "version")}
    assert dates == {
        "published": "2025-05-06",
        "in_force_from": "2025-06-01",
        "review_by": "2026-05-31",
        "version": "2.2",
    }


def test_a_table_of_versions_tells_the_newest() -> None:
    rows = (["Version", "Date", "Changes"], ["1.0", "12/05/2023", "First"], ["2.0", "13/07/2025", "Reviewed"])
    assert said(cover(("Bruising protocol", 24), *rows))["version"] == "2.0"


def test_a_date_in_a_sentence_is_none_of_the_document() -> None:
    prose = (
        "The Act was published in November 2004 and has been amended since, as the guidance of the department explains."
    )
    assert "published" not in said(cover(("A policy", 24), prose))


def test_a_review_that_is_only_an_interval_is_a_hint() -> None:
    found = {each.field: each for each in propose(cover(("A policy", 24), "Agreed: 6 May 2025", "Review: annually"))}
    assert found["review_by"].value == "2026-05-06"
    assert not found["review_by"].is_likely


@pytest.mark.parametrize(
    ("shown", "title"),
    [
        (
            cover(("Eastmoor Safeguarding Children Partnership", 26), ("Neglect", 22), ("Strategy", 22), "June 2024"),
            "Neglect Strategy",
        ),
        (
            cover(("Keeping children", 40), ("safe 2025", 40), ("Statutory guidance", 20), title="Untitled"),
            "Keeping children safe 2025",
        ),
        (
            cover(("7 Minute Briefing", 30), ("Professional curiosity", 20), "Text."),
            "7 Minute Briefing: Professional curiosity",
        ),
        (
            cover("Text of a letter that nobody gave a title, sent to everybody.", title="A plan for all"),
            "A plan for all",
        ),
        (cover(["Document title", "Lone working"], "Lone working is"), "Lone working"),
        (cover(name="private-fostering_v3 (final) Jul 24.pdf"), "Private fostering"),
    ],
)
def test_a_title_is_the_largest_print_that_is_no_body_date_or_mark(shown: Cover, title: str) -> None:
    assert said(shown)["title"] == title


@pytest.mark.parametrize(
    ("title", "kind"),
    [
        ("Children Act 2004", "legislation"),
        ("Keeping children safe in education 2027", "statutory_guidance"),
        ("Statutory guidance on adoption", "statutory_guidance"),
        ("Threshold guidance", "guidance"),
        ("Guidance on writing a policy", "guidance"),
        ("Missing from home protocol", "policy"),
        ("Neglect strategy 2024–2028", "strategy"),
        ("Local child safeguarding practice review: Child Linnet", "learning_review"),
        ("Child Safeguarding Practice Review Panel guidance", "guidance"),
        ("A walk in the park", "guidance"),
    ],
)
def test_a_kind_is_the_noun_that_a_title_is_built_on(title: str, kind: str) -> None:
    assert said(cover((title, 24), "Text."))["kind"] == kind


def test_a_kind_that_no_word_tells_is_no_more_than_a_hint() -> None:
    kind = next(each for each in propose(cover(("A walk in the park", 24))) if each.field == "kind")
    assert not kind.is_likely


def test_publisher_area_and_layer_belong_together() -> None:
    local = said(cover("Westmoor and Fell Safeguarding Children Partnership", ("Neglect strategy", 24)))
    assert (local["publisher"], local["area"], local["layer"]) == (
        "Westmoor and Fell Safeguarding Children Partnership", "Westmoor and Fell", "local",
    )  # fmt: skip
    national = said(cover(("Elective home education", 40), "Guidance for parents", author="DfE"))
    assert (national["publisher"], national["layer"]) == ("Department for Education", "national")
    assert "area" not in national


def test_letters_of_a_partnership_are_written_out() -> None:
    assert said(cover(("Bruising", 24), "Thornby SCP"))["publisher"] == "Thornby Safeguarding Children Partnership"


def test_every_proposal_says_where_it_was_read() -> None:
    found = propose(cover(("Neglect strategy", 24), "Published: 3 May 2025", author="Thornby Council"))
    assert all(each.where and 0 < each.confidence <= 1 for each in found)


@pytest.mark.parametrize(
    ("lines", "issued", "review"),
    [
        ([["Signed off by trustees", "04/02/2025"], ["Next review", "Spring 2026"]], "2025-02-04", "2026-05-31"),
        (["Uncontrolled when printed. Printed 09/09/2025", "Agreed 1 May 2025"], "2025-05-01", None),
        (["Printed 09/09/2025"], None, None),
        (["See the bruising protocol (March 2024)."], None, None),
        (["Replaces the version issued in June 2019", "Date of this version: 17 October 2024"], "2024-10-17", None),
        (["This protocol was adopted by the Partnership Board on 12 March 2024."], "2024-03-12", None),
        (["It covers two years, and was approved by the Cabinet on 3 June 2024."], "2024-06-03", None),
        (["This factsheet, October 2024, is for schools."], "2024-10-01", None),
        (["Prepared by the Young Advisers with the Eastmere Partnership, 02/2024"], "2024-02-01", None),
        (["Published on the website", "Published on our website 3 March 2025", "Approved 1 February 2025"], "2025-03-03", None),
        (["Issued May 2024", "The strategy will be looked at each year and rewritten by March 2027."], "2024-05-01", "2027-03-31"),
        (["Issued May 2024", "The next full review is due in June 2026."], "2024-05-01", "2026-06-30"),
        (["Version 2.0 In force from 1 July 2023 Review by 30 June 2026"], None, "2026-06-30"),
        (["Page last updated: 19 November 2025", "Valid from: 02/09/2024"], None, None),
        ([["BRIEFING", "No. 9", "May 2024"], "See briefing 8 (March 2024)."], "2024-05-01", None),
        (["Training pack, third edition, January 2025. For trainers only."], "2025-01-01", None),
    ],
)  # fmt: skip
def test_the_date_of_a_document_is_that_which_is_said_of_itself(
    lines: list[str | list[str]], issued: str | None, review: str | None
) -> None:
    found = said(cover(("Neglect", 24), *lines))
    assert (found.get("published"), found.get("review_by")) == (issued, review)


@pytest.mark.parametrize("first", ["Wednesday 14 May 2025, 10.00am, online", "Held at the Town Hall on 14 May 2025"])
def test_minutes_have_the_day_of_the_meeting_and_no_date_of_their_items(first: str) -> None:
    found = said(
        cover(
            ("Practice Subgroup", 13), "Minutes", first, "Present: the chair and six others",
            ["1", "Minutes of 12 February 2025 were agreed."], ["2", "Toolkit: published July 2024. Review January 2027."],
        )
    )  # fmt: skip
    assert (found["published"], found.get("review_by"), found["kind"]) == ("2025-05-14", None, "guidance")


@pytest.mark.parametrize(
    ("shown", "title"),
    [
        (cover(("ESAB", 40), ("Eastmere Safeguarding Adults Board", 12), ("Annual Report", 40)), "Annual Report"),
        (cover(("Safeguarding Adults Review", 18), ("‘Mrs Pell’", 34), "Words."), "Safeguarding Adults Review: ‘Mrs Pell’"),
        (cover("To: all heads", "3 May 2024", "Dear colleagues", "Times of the front door", "We write."), "Times of the front door"),
        (cover(["REFERRAL FORM", "ESCP"], "Fill in all boxes.", ["Name", ""], ("Reasons", 13), "Words."), "REFERRAL FORM"),
    ],
)  # fmt: skip
def test_a_title_is_no_acronym_no_address_and_no_heading_of_a_form(shown: Cover, title: str) -> None:
    assert said(shown)["title"] == title


def test_bodies_side_by_side_are_not_run_together() -> None:
    shown = cover(["Eastmere Safeguarding", "Eastmere"], ["Children Partnership", "County Council"], ("Neglect", 24))
    assert said(shown)["publisher"] == "Eastmere Safeguarding Children Partnership"


def test_whom_a_cover_thanks_is_not_its_publisher() -> None:
    shown = cover(
        ("Neglect", 24), "Based on the policy of Westmere Safeguarding Children Partnership", "Eastmere Council"
    )
    assert said(shown)["publisher"] == "Eastmere Council"


@pytest.mark.parametrize(
    "title", ["Safeguarding Annual Report {}", "Minutes of the Executive, May {}", "Safe Hands newsletter {}"]
)
def test_what_belongs_to_one_year_or_meeting_replaces_nothing(title: str) -> None:
    found = relations(
        [Member(str(year), title.format(year), "Eastmere Council", published=date(year, 5, 1)) for year in (2023, 2024)]
    )
    assert [each.replaces for each in found.values()] == [None, None]
    assert len({each.work for each in found.values()}) == 2


def test_that_one_replaces_another_of_no_known_publisher_is_not_sure() -> None:
    first, last = Member("a", "Bruising protocol 2020"), Member("b", "Bruising protocol 2024", "Eastmere Council")
    replaces = relations([first, last])["b"].replaces
    assert replaces is not None
    assert replaces.confidence < 0.7


@pytest.mark.parametrize(
    ("lines", "issued", "review"),
    [
        ([["Cymeradwywyd gan y Bwrdd / Approved by the Board", "19 Mawrth 2025 / 19 March 2025"]], "2025-03-19", None),
        (["V2 reviewed 09/24 – review due 09/26 – Eastmere Council"], "2024-09-01", "2026-09-30"),
        (["Courses of 10/11 and 11/12"], None, None),
        (["In May 2025, this chapter was refreshed throughout."], "2025-05-01", None),
        (["Agreed 3 May 2024", ("Related documents", 14), "Volunteer policy, version 2, 11 March 2022"], "2024-05-03", None),
        ([("Related documents", 14), "Volunteer policy, version 2, 11 March 2022"], None, None),
        (["CONSULTATION DRAFT v0.6 – 14 July 2026"], None, None),
        (["Issued 3 May 2024. The group will look at this procedure again in February 2028."], "2024-05-03", "2028-02-29"),
        ([["Version 1", "3 May 2022"], ["Version 2", "4 June 2024"]], "2024-06-04", None),
    ],
)  # fmt: skip
def test_dates_of_other_things_are_not_those_of_the_document(
    lines: list[str | list[str] | tuple[str, float]], issued: str | None, review: str | None
) -> None:
    found = said(cover(("Neglect protocol", 24), *lines))
    assert (found.get("published"), found.get("review_by")) == (issued, review)


SECTIONS = (("Principles", 17.0), "Words.", ("Training", 17.0), "Words.", ("Sharing", 17.0))


@pytest.mark.parametrize(
    ("shown", "title"),
    [
        (cover("Eastmere Council", "SAFEGUARDING", "SUPERVISION POLICY", "It is for all.", *SECTIONS), "SAFEGUARDING SUPERVISION POLICY"),
        (cover(("Quality Sub-Group", 20), ("Terms of Reference", 16), "Words."), "Quality Sub-Group: Terms of Reference"),
        (cover('title: "Safeguarding"', ("Safe Play: Safeguarding Policy", 22), "Words."), "Safe Play: Safeguarding Policy"),
    ],
)  # fmt: skip
def test_a_title_stands_above_sections_and_is_more_than_one_word_of_it(shown: Cover, title: str) -> None:
    assert said(shown)["title"] == title
