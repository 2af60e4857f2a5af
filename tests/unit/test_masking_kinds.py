"""Kinds of personal details in many wordings, each made from frames and values; and what of policy looks like them."""

from __future__ import annotations

from itertools import product
from pathlib import Path

import pytest

from assistant.answering.screening.masking import mask
from assistant.text.plain_text import plain_text

POLICY_QUESTIONS = [
    line
    for line in (Path(__file__).parent / "masking_policy_questions.txt").read_text(encoding="utf-8").splitlines()
    if line and not line.startswith("#")
]
KINDS: dict[str, tuple[tuple[str, ...], tuple[str, ...]]] = {
    "case_number": (
        (
            "case number is {}",
            "our ref {} needs an answer",
            "the crime number, from the officer, was {}",
            "mosaic id {} is locked",
            "file no. {} has gone",
            "which form goes with case ref: {}?",
            "her EHM number reads {}",
            "incident log number {}",
        ),
        (
            "CSC/2024/00871",
            "NF-88213",
            "WF/CIN/2291",
            "77301-58",
            "HX 2231",
            "4471902",
            "four four seven one nine",
            "double four seven one slash two",
        ),
    ),
    "court_number": (
        ("court case number {}", "the hearing number is {}", "court ref {} is listed"),
        ("BV23P00123", "BV 23 P 00123", "CA-2023-001234", "H01CL123", "zulu charlie two three papa oh oh one"),
    ),
    "passport": (
        (
            "passport number is {}",
            "her passport, which dad has taken, is {}",
            "passport no: {} expires soon",
            "travel document number {}",
        ),
        ("533281907", "533 281 907", "P992188321", "five three three two eight one nine oh seven"),
    ),
    "bank": (
        ("account number {}", "his bank account is {}", "acc no. {} at the post office"),
        ("33912281", "3391 2281", "three three nine one two two eight one"),
    ),
    "nhs_number": (
        ("nhs number {}", "her NHS no is {}"),
        ("999 476 5919", "999-476-5919", "nine nine nine four seven six five nine one nine"),
    ),
    "ni_number": (
        ("national insurance {}", "her NI number is {}"),
        ("QQ 12 34 56 C", "QQ-12-34-56-C", "q q one two three four five six c"),
    ),
    "registration": (
        ("the reg is {}", "a silver corsa, {}", "number plate was {}", "he drives a white van {}"),
        ("YX19 ZZP", "yx19zzp", "P123 ABC", "ABC 123D"),
    ),
    "ip_address": (
        ("the ip is {}", "posts came from {}"),
        ("192.168.1.14", "192 dot 168 dot 1 dot 14", "2001:db8::ff00:42:8329"),
    ),
    "handle": (
        ("her insta is {}", "username {}", "he got added by {} on snap", "gamertag: {}"),
        ("kayleigh_xo", "sunnygirl.09", "dragonslayer2011", "kaylz underscore nine"),
    ),
    "date_of_birth": (
        ("he was born {}", "dob is {}", "date of birth: {}", "her birthday is {}"),
        (
            "the fourteenth of march twenty nineteen",
            "3rd Sept 2011",
            "march the fourteenth",
            "the twenty first of june",
            "14 mar 19",
            "21st of the sixth 2014",
            "the third of the fourth twenty ten",
            "Christmas Day 2019",
        ),
    ),
    "date": (
        ("she came in with a bruise on {}", "mum told me {}", "he was last seen {}"),
        ("3rd Sept", "Tuesday the 4th", "the ninth of october", "Monday 12th May", "4 November"),
    ),
    "place": (
        (
            "a 14 year old from {}",
            "she is nine and lives in {}",
            "the 7yo in {}",
            "my son, 12, at {}",
            "In {} there is a boy aged 9",
        ),
        ("Nenthead", "Burton-in-Kendal", "Kirkby Stephen", "Grange-over-Sands", "Saltby Sands"),
    ),
    "school": (
        ("he goes to {}", "she left {} last week", "transferred from {}"),
        ("St Bede's", "Holme Syke Academy", "Pennyfold Primary School", "St Hild's RC High"),
    ),
    "practice": (
        ("registered with {}", "a letter from {}"),
        ("Cloverfield Surgery", "Millrace Medical Centre", "Old Tannery Health Centre"),
    ),
}
NICKNAMES = ("Bubbles", "Smurf", "Ziggy", "Razor", "Big Baz")
NICKNAMED = (
    "everyone calls her {}", "he is known as {} round here", "she goes by {}", "aka {}", "she answers to {}", "nickname is {}",
    "likes to be called {}", "calls himself {}", "the family call him {}", "a bloke called \"{}\" hangs about",
)  # fmt: skip
NAMES = (
    "Kwabena", "Siobhan", "Nkechi Obi-Eze", "Wojciech", "Zainab", "Oisin", "Dafydd", "Priyanka Deshmukh", "Xiuying", "Tomasz Wiśniewski",
    "Olena Kovalchuk", "Harpreet", "Temitope", "Mateusz", "Keisha", "Rukhsana", "Jayden", "Callum", "Lexi-Mae", "Caoimhe",
)  # fmt: skip
NAMED = (
    "{} told me about her stepdad", "spoke to {} today", "my son {} wont go to school", "the mother, {}, refused", "referral for {}",
    "what happens if {} runs off", "is {} allowed home", "Child's name: {}", "she said her uncle {} comes in",
)  # fmt: skip
SMALL_NAMES = (
    "kwabena",
    "siobhan",
    "nkechi",
    "wojciech",
    "zainab",
    "dafydd",
    "xiuying",
    "harpreet",
    "mateusz",
    "keisha",
    "rukhsana",
    "callum",
)
SMALL_NAMED = (
    "do i tell anyone that {} is scared",
    "my son {} wont go to school",
    "um her name is uh {}",
    "its about {} in year four",
)
WORDS_TOO = ("Grace", "Will", "Hope", "Summer", "Joy", "Ruby", "Daisy")
NAMED_BY_WORDS = ("{} told me about it", "{} has a black eye", "{}'s mum rang", "{} was crying at lunch")


@pytest.mark.parametrize("kind", KINDS)
def test_details_of_a_kind_are_masked_however_they_are_led_in(kind: str) -> None:
    frames, values = KINDS[kind]
    texts = [frame.format(value) for frame, value in product(frames, values)]
    assert [text for text in texts if not mask([plain_text(text)]).kinds] == []
    assert [text for text, value in _pairs(frames, values) if _is_left(value, mask([plain_text(text)]).texts[0])] == []


def test_names_of_many_cultures_are_masked_in_many_sentences() -> None:
    assert _left(NAMED, NAMES) == []
    assert _left(SMALL_NAMED, SMALL_NAMES) == []
    assert _left(NAMED_BY_WORDS, WORDS_TOO) == []


@pytest.mark.parametrize(
    "text",
    [
        "Siobhan needs a test",
        "Callum and his mum want a review",
        "Is Zainab in year four?",
        "Jayden's plan failed the test",
    ],
)
def test_what_somebody_needs_makes_no_policy_of_their_name(text: str) -> None:
    assert mask([text]).kinds == ("name",)


def test_nicknames_are_masked_after_what_says_so() -> None:
    assert _left(NICKNAMED, NICKNAMES) == []


@pytest.mark.parametrize("text", POLICY_QUESTIONS)
def test_a_policy_question_keeps_the_names_dates_and_numbers_of_policy(text: str) -> None:
    assert mask([plain_text(text)]).texts[0] == plain_text(text)


def _left(frames: tuple[str, ...], values: tuple[str, ...]) -> list[str]:
    return [text for text, value in _pairs(frames, values) if _is_left(value, mask([plain_text(text)]).texts[0])]


def _pairs(frames: tuple[str, ...], values: tuple[str, ...]) -> list[tuple[str, str]]:
    return [(frame.format(value), value) for frame, value in product(frames, values)]


def _is_left(value: str, masked: str) -> bool:
    """Returns whether the longest word of a value is still there."""
    longest = max(value.replace("-", " ").split(), key=len)
    return longest in masked
