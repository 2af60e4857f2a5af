"""The check of quotes, the links to pages and the marks on page images agree on what is forgiven."""

from __future__ import annotations

import random
import unicodedata

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from assistant.adapters.pages.words import find_quotes, fold
from assistant.model import Page
from assistant.text.page_quotes import quote_on_page
from assistant.text.quote_matching import INVISIBLE, LIGATURES, MARKS, TABLE, comparable, folded, holds, places
from ingest.readers.source_map import mapped, normalised

PROBES = [
    ("a safe-\nguarding lead acts", "safeguarding lead", True),
    ("a well-\nknown rule applies", "well-known rule", True),
    ("a well-\nknown rule applies", "wellknown rule", True),
    ("a well-known rule applies", "well-\r\n known rule", True),
    ("a safe\u00adguarding lead acts", "safeguarding lead", True),
    ("a safe\u00ad\nguarding lead acts", "safeguarding lead", True),
    ("the cafe\u0301 staff act", "caf\u00e9 staff", True),
    ("the caf\u00e9 staff act", "cafe\u0301 staff", True),
    ("below \u22125 degrees now", "below -5 degrees", True),
    ("within 5 \u2013 7 days of it", "5 - 7 days", True),
    ("the o\ufb03ce \ufb01le is kept", "office file", True),
    ("the child\u2019s \u201cplan\u201d is kept", 'child\'s "plan"', True),
    ("must act\u00a0 at\r\nonce if so", "act at once", True),
    ("an area of 5 m\u00b2 is left", "5 m\u00b2 is", True),
    ("an area of 5 m\u00b2 is left", "5 m2 is", False),
    ("an area of 5 m2 is left", "5 m\u00b2 is", False),
    ("within 1 0 days of it", "10 days", False),
    ("within 10 days of it", "1 0 days", False),
    ("within 57 days of it", "5-7 days", False),
    ("within 5-7 days of it", "57 days", False),
    ("within 15 days of it", "5 days", False),
    ("within 1\u00bd hours of it", "11\u20442 hours", False),
    ("the staff must act", "staff must", True),
    ("the staff must act", "staff may", False),
    ("the staff must act", "taff must", False),
]


@pytest.mark.parametrize(("text", "quote", "is_there"), PROBES)
def test_all_matchers_agree(text: str, quote: str, is_there: bool) -> None:
    stands = {
        "check": holds(text, quote),
        "places": bool([*places(quote, text)]),
        "link": quote_on_page(quote, text, (Page(1, "1", 0, len(text)),), 1) is not None,
        "image": bool(find_quotes(text, [quote])),
    }
    assert stands == dict.fromkeys(stands, is_there)


def test_a_place_that_overlaps_words_that_are_none_is_found() -> None:
    text = "a bc a b-c a b-c"
    assert [text[start:end] for start, end in places("a b-c a b-c", text)] == ["a b-c a b-c"]


@pytest.mark.parametrize(
    ("page", "quote"),
    [
        ("the safe guarding lead acts", "safeguarding lead"),
        ("the well\x02known rule applies", "well-known rule"),
        ("the well\ufffeknown rule applies", "wellknown rule"),
        ("the years 2010\ufffe2011 only", "years 2010-2011"),
        ("agencies12 must act", "agencies must act"),
        ("agencies [3] must act", "agencies must act"),
        ("and so on\u2026 they act", "and so on... they"),
        ("the \x03lead\ue000 acts", "lead acts"),
    ],
)
def test_a_page_image_is_forgiven_more(page: str, quote: str) -> None:
    assert not holds(page, quote)
    assert find_quotes(page, [quote])


WORD = st.text(st.sampled_from("abcdefghilmnorstué\u00fc\u00f1"), min_size=4, max_size=9)
TOKEN = WORD | st.sampled_from(
    ["office", "fluffy", "first", "well-known", "child's", '"stay"', "5 - 7", "10", "31.2", "m\u00b2", "(7)", "-", "a;"]
)
OTHER_FORMS = {plain: [mark for mark in MARKS if MARKS[mark] == plain] for plain in set(MARKS.values())}
OTHER_SPACES = ["\n", "\r\n", "\u00a0", "\t", "  ", " \n ", "\u2003"]


def varied(text: str, rng: random.Random) -> str:
    """Returns a text in another form that is forgiven."""
    parts = []
    for before, character, after in zip(f" {text}", text, f"{text[1:]} ", strict=False):
        if before.isalpha() and character.isalpha() and rng.random() < 0.2:
            breaks = ["\u00ad", "\u200b", "-\n", "\u2010 \r\n", "\u00ad\n"] if character.islower() else ["\u00ad"]
            parts.append(rng.choice(breaks))
        if character == "-" and before.isalpha() and after.islower() and rng.random() < 0.5:
            parts.append(rng.choice(["-\n", "-\r\n "]))
        elif character == " ":
            parts.append(rng.choice([" ", " ", *OTHER_SPACES]))
        else:
            parts.append(rng.choice([character, *OTHER_FORMS.get(character, [])]))
    whole = "".join(parts)
    for letters, ligature in sorted(((new, old) for old, new in LIGATURES.items()), key=lambda pair: -len(pair[0])):
        whole = whole.replace(letters, ligature) if rng.random() < 0.5 else whole
    return unicodedata.normalize("NFD", whole) if rng.random() < 0.5 else whole


@given(st.lists(TOKEN, min_size=1, max_size=14), st.data(), st.randoms(use_true_random=False))
def test_a_quote_is_found_in_every_forgiven_form(tokens: list[str], data: st.DataObject, rng: random.Random) -> None:
    first = data.draw(st.integers(0, len(tokens) - 1))
    quote = " ".join(tokens[first : data.draw(st.integers(first + 1, len(tokens)))])
    text, form = varied(" ".join(tokens), rng), varied(quote, rng)
    assert holds(text, form)
    found = [*places(form, text)]
    assert comparable(text[found[0].start : found[0].end]).replace("-", "") == comparable(form).replace("-", "")
    if fold(text).text.count(fold(form).text) == 1 and fold(form).text:
        assert find_quotes(text, [form])


@given(st.lists(TOKEN, min_size=1, max_size=14), st.data(), st.randoms(use_true_random=False))
def test_no_other_letter_digit_or_superscript_is_forgiven(
    tokens: list[str], data: st.DataObject, rng: random.Random
) -> None:
    first = data.draw(st.integers(0, len(tokens) - 1))
    quote = " ".join(tokens[first : data.draw(st.integers(first + 1, len(tokens)))])
    spots = [at for at, character in enumerate(quote) if character.isalnum()]
    assume(spots)
    at = data.draw(st.sampled_from(spots))
    other = {"\u00b2": "2", "2": "\u00b2", "e": "\u00e9", "1": "7"}.get(quote[at], "z")
    text, form = varied(" ".join(tokens), rng), varied(quote[:at] + other + quote[at + 1 :], rng)
    assume(comparable(form) not in comparable(text))
    assert not holds(text, form)
    assert [*places(form, text)] == []
    assert find_quotes(text, [form]) == ()


@given(st.text(max_size=80))
def test_what_is_folded_is_its_own_fold_and_knows_where_it_came_from(text: str) -> None:
    whole = folded(text)
    again = folded(whole.text)
    assert (again.text, [*again.places]) == (whole.text, [*range(len(whole.text))])
    assert [*whole.places] == sorted(whole.places)
    assert all(0 <= place < whole.end <= len(text) for place in whole.places)
    for at, character in enumerate(whole.text):
        start, end = whole.span(at, at + 1)
        assert character in folded(text[start:end]).text or character == " " or end == start


CHARACTERS = [*range(0x20), *range(0x7F, 0xD800), *range(0xE000, 0x10000)]


def test_composition_makes_no_character_of_the_table() -> None:
    made = {unicodedata.normalize("NFC", chr(code)) for code in CHARACTERS if chr(code) not in TABLE}
    assert made & TABLE.keys() == set()
    assert set("".join(TABLE.values())) & TABLE.keys() == set()
    assert not any(character.isalnum() for character in (*MARKS, *INVISIBLE))


def test_ingest_changes_only_what_is_forgiven_and_signs_of_symbol_fonts() -> None:
    raw = {chr(code): f"a{chr(code)}b" for code in CHARACTERS}
    ready = {character: normalised(mapped(text, 1)).text for character, text in raw.items()}
    differ = [character for character in raw if comparable(raw[character]) != comparable(ready[character])]
    assert {unicodedata.category(character) for character in differ} == {"Co"}
    assert {ready[character][1] for character in differ} == {"•", "▪", "☐", "☑", "☒", "✓", "✗"}
