import re
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.answering.screening.masking import mask
from assistant.messages import DETAILS
from assistant.text.plain_text import plain_text

PIECES = st.sampled_from(
    [
        "Aleksandra",
        "Mohammed Iqbal",
        "called",
        "the mother",
        "Mrs",
        "Okafor",
        "dob",
        "12/03/2011",
        "born on 3 May 2012",
        "14 Larch Close",
        "flat 3b",
        "LA99 7QT",
        "07700 900123",
        "999 123 4567",
        "j.smith@school.example",
        "QQ 12 34 56 C",
        "A123456789012",
        "case number CP-55821",
        "Children Act 1989",
        "Sarah's Law",
        "[name]",
        ",",
        ".",
        "who decides",
        "will",
        "May",
        "told me",
        "(",
        "–",
    ]
)
MESSAGES = st.one_of(st.lists(PIECES, max_size=12).map(" ".join), st.text(max_size=80))


def masked(text: str) -> str:
    return mask([plain_text(text)]).texts[0]


@pytest.mark.parametrize(
    ("text", "gone", "kind"),
    [
        ("Aleksandra told me her stepdad comes in at night", "Aleksandra", "name"),
        ("do i tell anyone that priya is scared", "priya", "name"),
        ("The mother, Mrs Jankowska, says no", "Jankowska", "name"),
        ("Xolqani told me about her dad", "Xolqani", "name"),
        ("the Zbroński children are on a plan", "Zbroński", "name"),
        ("J.K. disclosed to her carer", "J.K.", "name"),
        ("a boy called Grace", "Grace", "name"),
        ("core group for Lily is late", "Lily", "name"),
        ("Nad\u200bia told the nurse", "Nadia", "name"),
        ("Child dob 04.07.2012 was hurt", "04.07.2012", "date_of_birth"),
        ("girl, 19/12/2012, missing school", "19/12/2012", "date_of_birth"),
        ("she was born on the 14th of July 2010", "14th of July 2010", "date_of_birth"),
        ("we visited 14 Larch Close twice", "14 Larch Close", "address"),
        ("which team covers la99 8px", "la99 8px", "postcode"),
        ("ring ０７７００ ９００３４５ please", "07700 900345", "phone"),
        ("write to o'hara@charity.example", "o'hara@charity.example", "email"),
        ("NHS number 9 9 9 1 1 1 2 2 2 3", "9 9 9 1 1 1 2 2 2 3", "nhs_number"),
        ("her ni is QQ 12 34 56 C", "QQ 12 34 56 C", "ni_number"),
        ("upn H80120000100A moved", "H80120000100A", "upn"),
        ("crime ref 34/118822/25 is closed", "34/118822/25", "case_number"),
    ],
)
def test_a_detail_becomes_a_placeholder_of_its_kind(text: str, gone: str, kind: str) -> None:
    found = mask([plain_text(text)])
    assert gone not in found.texts[0]
    assert f"[{DETAILS[kind]}]" in found.texts[0]
    assert found.kinds == (kind,)


@pytest.mark.parametrize(
    "text",
    [
        "What does the Children Act 1989 say from 1 September 2025?",
        "Who runs the Lucy Faithfull Foundation?",
        "How do Sarah's Law and the Fraser guidelines differ from Gillick?",
        "will the policy mark a change in May, and who may grant it?",
        "Is it 15 working days in paragraph 24 of Part Two?",
        "Does the NSPCC line 0808 800 5000 open at night?",
        "We've moved to Kendal: who leads?",
        "How many FHLPs are there in the South Lakes?",
        "the 14 year old is on a plan",
    ],
)
def test_a_policy_question_is_left_as_it_is(text: str) -> None:
    found = mask([text])
    assert found.texts == (text,)
    assert found.kinds == ()


def test_a_name_found_in_one_turn_is_masked_in_all() -> None:
    found = mask(["what about the mother, Mrs Quorvane?", "and does Quorvane have to agree?"])
    assert found.texts[1] == "and does [name] have to agree?"
    assert found.kinds == ("name",)


def test_what_one_pass_uncovers_the_next_one_masks() -> None:
    assert masked("Aleksandra St – Mohammed Iqbal") == "[name] – [name] [name]"


def test_kinds_come_once_and_in_order_of_appearance() -> None:
    assert mask(["ring 07700 900123 about Zofia and Filip, dob 1 May 2010"]).kinds == ("phone", "name", "date_of_birth")


@given(MESSAGES)
def test_masking_twice_changes_nothing_more(text: str) -> None:
    once = masked(text)
    assert masked(once) == once


@given(st.from_regex(r"07700 ?900[0-9]{3}", fullmatch=True), st.sampled_from(["ring ", "", "tel: ", "mum on "]))
def test_no_digit_of_a_telephone_number_is_left(number: str, before: str) -> None:
    assert not re.search(r"\d", masked(f"{before}{number} about the plan"))


@given(st.from_regex(r"999[ -]?[0-9]{3}[ -]?[0-9]{4}", fullmatch=True))
def test_no_digit_of_an_nhs_number_is_left(number: str) -> None:
    assert not re.search(r"\d", masked(f"her NHS number {number} is in the file"))


@given(st.text(max_size=200))
def test_plain_text_is_its_own_plain_text(text: str) -> None:
    assert plain_text(plain_text(text)) == plain_text(text)


@pytest.mark.parametrize("piece", ["Anna ", "0 ", "a@", "(a)", "#", "Mr. ", "dob ", "1 Aa Aa Aa ", "mum is ", "X's "])
def test_hostile_repetition_stays_quick(piece: str) -> None:
    text = (piece * 2000)[:2000]
    mask([text[:20]])
    start = time.process_time()
    mask([plain_text(text)])
    assert time.process_time() - start < 0.5


@pytest.mark.parametrize(
    ("text", "gone", "kind"),
    [
        ("she has moved to Pennyfold Primary", "Pennyfold", "school"),
        ("his brother goes to gorse hill juniors", "gorse", "school"),
        ("transferred from St Hild's RC High", "Hild", "school"),
        ("Pt at Millrace Surgery wants mum kept out", "Millrace", "practice"),
        ("a letter from Cloverfield Health Centre", "Cloverfield", "practice"),
        ("they stop on Tenterfield Row", "Tenterfield", "address"),
        ("my grandson lives with me at tanpit row", "tanpit", "address"),
        ("she walks up from Ffordd y Felin", "Felin", "address"),
        ("@mannyy_x04 is adding our year 7s", "mannyy", "handle"),
        ("her snap, it's faithy_bby09", "faithy", "handle"),
        ("skengz.9tt on snap pretends to be our school", "skengz", "handle"),
        ("the car reg is TK19 RLP", "TK19", "registration"),
        ("he drives a van, yx99 zzp", "yx99", "registration"),
        ("passport 533901248 is with dad", "533901248", "passport"),
        ("sort code 00-00-11, account 27182818", "27182818", "bank"),
        ("pay it to 00-00-00 00099871 like last time", "00099871", "bank"),
        ("the post came from 81.2.69.142", "81.2.69.142", "ip_address"),
        ("court order ZZ25P01193 says no contact", "ZZ25P01193", "court_number"),
        ("LCS 7730158 needs a note", "7730158", "case_number"),
        ("born on the ninth of february two thousand and nineteen", "ninth", "date_of_birth"),
        ("she's the twin born New Year's Eve", "New Year", "date_of_birth"),
        ("everyone calls him Nipper", "Nipper", "name"),
        ("whos lil manny and why is he adding them", "manny", "name"),
        ("KB's worker left last week", "KB", "name"),
        ("Hope Ackerley came in without a coat", "Ackerley", "name"),
        ("the lad, 4, from Upper Wrenthwaite has no passport", "Wrenthwaite", "place"),
    ],
)
def test_the_kinds_of_the_field_are_masked_too(text: str, gone: str, kind: str) -> None:
    found = mask([plain_text(text)])
    assert gone not in found.texts[0]
    assert kind in found.kinds


@pytest.mark.parametrize(
    "text",
    [
        "What does Keeping Children Safe in Education say about the Designated Safeguarding Lead in a Primary School?",
        "Is the Munro Review still policy, and what did the Jay inquiry say about records?",
        "What does Sarah's Law let parents ask, and who is Gillick competent?",
        "Which school year does a Virtual School Head look after, and does the Royal College of Nursing agree?",
        "What is good practice, best practice and a code of practice?",
        "Do children in Birmingham who are 14 years old get a personal adviser?",
        "Is the Family Court in London or the Crown Court asked?",
        "WT23 AND KCSIE 2025: paragraph 1.2.3.4, section 47",
        "Does the High School or the Academy tell the Health Centre?",
        "May schools refuse, and will the partnership report in June 2026?",
        "Children Act 1989, Part III, Schedule 2",
        "Which forms are used on Mondays in the Early Help service in year 7?",
    ],
)
def test_names_of_policy_are_not_masked(text: str) -> None:
    assert masked(text) == plain_text(text)


def test_names_of_the_settings_are_kept_and_others_beside_them_are_not() -> None:
    found = mask(["Is Eleanor Brightwell the lead, or Zofia Kowalczyk?"], ["Eleanor Brightwell"]).texts[0]
    assert found == "Is Eleanor Brightwell the lead, or [name]?"
