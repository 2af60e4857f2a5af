"""Areas of local documents, and which of them a question names."""

from __future__ import annotations

import pytest

from assistant.editions.areas import area_of, areas_named, areas_of
from assistant.messages import possessive
from assistant.model import Edition, EditionId, Kind
from assistant.text.contacts import has_contact


def edition(title: str = "Neglect policy", publisher: str = "", kind: Kind = Kind.POLICY, area: str = "") -> Edition:
    return Edition(EditionId(title), title, title, kind, publisher=publisher, area=area)


@pytest.mark.parametrize(("publisher", "area"), [
    ("Aldmoor Safeguarding Partnership", "Aldmoor"), ("Northshire County Council", "Northshire"),
    ("Norbridge and Vale Safeguarding Children Partnership", "Norbridge and Vale"), ("City of York Council", "York"),
    ("London Borough of Camden", "Camden"), ("North Ashby NHS Foundation Trust", "North Ashby"), ("Eastvale Police", "Eastvale"),
    ("Reading Borough Council", "Reading"), ("The Aldmoor Partnership", "Aldmoor"), ("Brackendale LSCP", "Brackendale"),
    ("HM Government", ""), ("Department for Education", ""), ("National Police Chiefs' Council", ""), ("NHS England", ""),
    ("Child Safeguarding Practice Review Panel", ""), ("Safeguarding Children Partnership", ""), ("UK Council for Internet Safety", ""),
    ("Quality Assurance Board", ""), ("Example partnership", ""), ("NSPCC", ""), ("", ""),
])  # fmt: skip
def test_the_area_is_the_name_in_that_of_the_publisher(publisher: str, area: str) -> None:
    assert area_of(edition(publisher=publisher)) == area


@pytest.mark.parametrize(("title", "area"), [
    ("Aldmoor missing protocol", "Aldmoor"), ("Eastvale's escalation policy", "Eastvale"), ("St Elmar LADO guide", "St Elmar"),
    ("Leeds threshold document", "Leeds"), ("Millbrook Neglect Policy", "Millbrook"),
    ("Northshire Safeguarding Children Partnership: thresholds", "Northshire"), ("Working Together to Safeguard Children 2023", ""),
    ("Missing from home and care protocol", ""), ("Neglect strategy 2025", ""), ("MASH contacts", ""), ("Bruising in babies", ""),
    ("Cyberbullying toolkit", ""), ("Supported lodgings handbook", ""), ("Woodwork and childhood", ""),
])  # fmt: skip
def test_without_a_publisher_the_title_names_it(title: str, area: str) -> None:
    assert area_of(edition(title)) == area


def test_what_the_catalogue_says_counts_first_and_national_documents_have_none() -> None:
    assert area_of(edition(publisher="Northshire County Council", area="Aldmoor")) == "Aldmoor"
    assert area_of(edition(publisher="Northshire County Council", kind=Kind.STATUTORY_GUIDANCE)) == ""


def test_a_title_is_read_with_the_areas_of_the_other_documents() -> None:
    one = edition("Thresholds", "Harwood Safeguarding Partnership")
    other = edition("Missing children in Harwood")
    assert areas_of((one, other)) == {one.edition_id: "Harwood", other.edition_id: "Harwood"}
    assert areas_of((edition("Visits in Quorn"),), ("Quorn",)) == {EditionId("Visits in Quorn"): "Quorn"}


AREAS = ("Northamptonshire", "Northshire", "Aldmoor", "West Aldmoor", "Westmorland and Furness", "Reading")


@pytest.mark.parametrize(("question", "named"), [
    ("mash number northshire", ("Northshire",)), ("who do I ring in northants?", ("Northamptonshire",)),
    ("Northants LADO", ("Northamptonshire",)), ("what is Furness’s lado number", ("Westmorland and Furness",)),
    ("West Aldmoor duty desk", ("West Aldmoor",)), ("Aldmoor's EDT and Northshire's", ("Aldmoor", "Northshire")),
    ("LADO in Reading", ("Reading",)), ("reading age policy", ()), ("norms for visits", ()), ("the north of the county", ()),
])  # fmt: skip
def test_a_question_names_an_area_in_any_spelling_that_is_clear(question: str, named: tuple[str, ...]) -> None:
    assert areas_named(question, AREAS) == named


def test_an_abbreviation_that_two_areas_begin_with_names_neither() -> None:
    assert areas_named("Northants LADO", ("Northamptonshire", "Northallerton")) == ()


@pytest.mark.parametrize("text", [
    "Ring 01632 960111.", "Ring (01632) 960 111", "mail mash@northshire.example", "at 12 Mill Street, Northport NS1 2AB",
    "the Northshire Family Support Team", "tell the LADO", "the emergency duty team", "see www.aldmoor.gov.uk",
])  # fmt: skip
def test_numbers_addresses_and_named_teams_are_contacts(text: str) -> None:
    assert has_contact(text)


@pytest.mark.parametrize(
    "text", ["Review every 6 weeks in 2026.", "A child aged 10 must be seen.", "Section 47 of the 1989 Act"]
)
def test_other_words_and_numbers_are_none(text: str) -> None:
    assert not has_contact(text)


def test_a_name_in_s_has_its_own_possessive() -> None:
    assert (possessive("Leeds"), possessive("Aldmoor")) == ("Leeds'", "Aldmoor's")
