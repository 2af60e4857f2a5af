"""Details in what is told of a case, as people type it: by kind; and the same shapes where policy speaks, which stay."""

from __future__ import annotations

import pytest

from assistant.answering.screening.masking import mask
from assistant.text.plain_text import plain_text

TOLD = {
    "date": (
        "mum said it happened on {}",
        (
            "12/03/2026",
            "3.4.26",
            "2026-05-14",
            "the 12th",
            "boxing day",
            "two weeks ago on the friday",
            "tenth of last month",
            "last tuesday the 4th",
        ),
    ),
    "address": (
        "she lives at {}",
        (
            "forty two harrow road",
            "flat 2 garner house",
            "the old vicarage",
            "oakfield estate",
            "hawthorn ave",
            "17 high st",
            "Larkfield House",
        ),
    ),
    "practice": (
        "she was seen at {} last week",
        (
            "st marys hospital",
            "the willows clinic",
            "Royal Thornbury Infirmary",
            "northgate camhs",
            "hillcrest drs",
            "Kingsmead General",
        ),
    ),
    "school": (
        "he goes to {}",
        (
            "st bedes",
            "all saints",
            "gorse hill jnrs",
            "brookfield comp",
            "little acorns nursery",
            "cartmel priory",
            "Our Lady of Lourdes",
            "fairfield prim",
        ),
    ),
    "name": (
        "the boy they call {} came in",
        ("spud", "T-Bone", "Ghost", "Mad Dog"),
    ),
    "place": (
        "a 14 year old from {} has bruises",
        ("grange over sands", "hest bank", "little corby", "Flookburgh"),
    ),
    "date_of_birth": (
        "he was born {}",
        ("2011/03/12", "03/25/2012", "jan 9 08", "5/2014", "12. 3. 2011"),
    ),
    "postcode": (
        "her postcode is {}",
        ("la97qt", "L A 9 7 Q T", "lima alpha nine seven quebec tango", "la9-7qt", "LA9", "b33 8th"),
    ),
    "passport": ("his pasport number is {}", ("AB1234567", "C4VGK9R23", "533-281-907")),
    "bank": ("dad transfers to {}", ("33912281", "20 44 19, 33912281", "4929123456789012")),
    "case_number": ("quote {} when you ring", ("1029384", "26/3391")),
    "handle": ("he is {} on insta", ("_mia_", "xXdarkwolfXx", "kez-09")),
}
STAYS = [
    "Working Together 2023 and the Children Act 1989",
    "What changed from 1 April 2025 in the guidance?",
    "The return is due by 31 March",
    "within 10 working days of the first visit",
    "Version 2.2, agreed 12/03/2025, review due 12/03/2027",
    "Document generated 2026-03-12",
    "i was already managing a home on 1 april 2014, what is my date?",
    "How long is the first visit to take place after placement?",
    "two weeks ago the policy was updated, what changed?",
    "Which council pays when a child lived in one place and now lives in another?",
    "what form goes to YOS?",
    "does he have to leave the house under an order?",
    "Does the head of service tell the local hospital and the mental health clinic?",
    "Is a caravan 4% or 5% of placements?",
    "What covers the gap between an 18th birthday and the first payment?",
    "How do I tell N5 apart from N4?",
    "What did the review into the death of Logan find?",
    "Hopkins 2016 says what about neglect?",
    "the Rahman case and information sharing",
    "Kate Cairns on attachment",
    "Beckett's assessment textbook",
    "Amanda Spielman's annual report",
    "Family Nurse Partnership by Olds",
    "Kayleigh's Promise",
]


@pytest.mark.parametrize("kind", TOLD)
def test_a_detail_of_what_is_told_is_masked(kind: str) -> None:
    frame, values = TOLD[kind]
    found = {value: mask([plain_text(frame.format(value))]) for value in values}
    assert [value for value, each in found.items() if kind not in each.kinds or value in each.texts[0]] == []


@pytest.mark.parametrize("text", STAYS)
def test_what_policy_says_in_the_same_shape_stays(text: str) -> None:
    assert mask([plain_text(text)]).texts[0] == plain_text(text)
