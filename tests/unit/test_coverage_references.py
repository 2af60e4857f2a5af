import pytest

from assistant.coverage.edition_diff.change_log import own_list
from assistant.coverage.edition_diff.citing_passages import citing
from assistant.coverage.references.names import act_name, act_of, document_name, key_of
from assistant.coverage.texts.local_text import LocalSentence
from assistant.coverage.texts.paragraphs import Paragraph
from assistant.model import Edition, EditionId, Form, Kind, PassageId, Span

ACT = "https://www.legislation.gov.uk/ukpga/1989/41/section/17"


def sentence(text: str) -> LocalSentence:
    return LocalSentence(EditionId("local"), PassageId("p"), None, (), (), text)


def paragraph(text: str, *headings: str) -> Paragraph:
    return Paragraph(EditionId("new"), Span(0, len(text)), text, None, headings, False)


def test_every_section_of_an_act_is_the_same_act():
    other = "http://www.legislation.gov.uk/id/ukpga/1989/41/contents"
    assert act_of(ACT) == "ukpga/1989/41"
    assert key_of("Section 17", ACT) == key_of("Children Act 1989", other)
    assert act_of("https://www.gov.uk/government/publications/the-children-act") is None


@pytest.mark.parametrize(
    ("texts", "name"),
    [
        (("See section 17 of the Children Act 1989.", "amended by the Children Act 2004"), "Children Act 1989"),
        (("the Care Planning, Placement and Case Review (England) Regulations 1989",),
         "Care Planning, Placement and Case Review (England) Regulations 1989"),
        (("Regulations 1989.",), None),
        (("the Equality Act 2010",), None),
    ],
)  # fmt: skip
def test_an_act_goes_by_a_title_of_its_own_year(texts, name):
    assert act_name("ukpga/1989/41", texts) == name


@pytest.mark.parametrize(
    ("text", "target", "name"),
    [
        ("See 'Making barring referrals to the DBS'", None, "Making barring referrals to the DBS"),
        ("schools can use the plan", "https://www.gov.uk/guidance/plan-technology-for-your-school", "Plan technology for your school"),
        ("193. Statutory guidance: Designated teacher", "https://www.gov.uk/x", "Statutory guidance: Designated teacher"),
        ("records in its, the", "https://www.gov.uk/a", "Records in its, the"),
    ],
)  # fmt: skip
def test_a_link_that_is_a_piece_of_a_sentence_goes_by_its_address(text, target, name):
    assert document_name(text, target) == name


def edition(year: int) -> Edition:
    return Edition(
        edition_id=EditionId(f"wt-{year}"), work="wt", title=f"Working Together to Safeguard Children {year}",
        kind=Kind.STATUTORY_GUIDANCE, form=Form.OFFICIAL, sha256="0" * 64,
    )  # fmt: skip


def test_local_sentences_that_cite_a_paragraph_of_the_edition_are_found():
    cites = sentence("Refer at once (WT 2023, paragraph 150).")
    ranges = sentence("See Working Together 2023, paragraphs 89-97 and 150.")
    others = [sentence("Refer (WT 2018, paragraph 150)."), sentence("Our paragraph 150 says so.")]
    found = citing([cites, ranges, *others], edition(2023))
    assert found["150"] == (cites, ranges)
    assert found["89"] == (ranges,)


def test_what_an_edition_lists_itself_is_read_by_paragraph():
    text = "Page 47 Para 169 - 170 information added Page 49 Para 177 - updated to say must"
    listed = own_list([paragraph(text, "Annex F: Table of changes"), paragraph("Para 12 - no list", "Part one")])
    assert set(listed) == {"169", "170", "177"}
    assert listed["170"] == "Para 169 - 170 information added"
    assert listed["177"] == "Para 177 - updated to say must"
