"""Number words, words of the calendar, stop words and markup have one home."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.answering.query_analysis.answer_type import AnswerType, has_exact_answer_type
from assistant.answering.verify.meaning.check import check_meaning
from assistant.model import Verdict
from assistant.text.calendar_words import MONTH, MONTHS, SHORT_MONTH, UNIT_DAYS
from assistant.text.markup import MARKUP
from assistant.text.number_words import NUMBERS, number_of
from assistant.text.stop_words import EMPTY, FUNCTION_WORDS
from assistant.text.time_limits import time_limits

ROOT = Path(__file__).parents[2]
WORDS = {value: word for word, value in NUMBERS.items()}
TELLING = re.compile(r"february|ninety|\bfortnight\b.*\bmonth\b", re.IGNORECASE)
"""Words of which a copied table has at least one."""


def test_no_module_copies_a_table_of_numbers_or_of_the_calendar() -> None:
    modules = [path for name in ("assistant", "ingest", "evals", "api") for path in (ROOT / name).rglob("*.py")]
    copies = {path.name for path in modules if TELLING.search(path.read_text(encoding="utf-8"))}
    assert copies == {"number_words.py", "calendar_words.py"}


@pytest.mark.parametrize("word", [word for word, value in NUMBERS.items() if value])
def test_every_number_word_counts_in_a_time_limit(word: str) -> None:
    assert has_exact_answer_type(f"It is sent within {word} days.", AnswerType.TIME_LIMIT)
    assert [limit.days for limit in time_limits(f"It is sent within {word} days.")] == [NUMBERS[word]]


def in_words(number: int, joint: str, conjunction: str) -> str:
    """Returns a number below ten thousand in words."""
    if number >= 1000:
        rest = in_words(number % 1000, joint, conjunction)
        between = conjunction if 0 < number % 1000 < 100 else " "
        return f"{in_words(number // 1000, joint, conjunction)} thousand{between + rest if rest else ''}"
    if number >= 100:
        rest = in_words(number % 100, joint, conjunction)
        return f"{WORDS[number // 100]} hundred{conjunction + rest if rest else ''}"
    if number < 20:
        return WORDS[number] if number else ""
    return WORDS[number // 10 * 10] + (joint + WORDS[number % 10] if number % 10 else "")


@given(
    st.integers(1, 9999) | st.integers(20, 130),
    st.sampled_from(["-", " ", " and ", "\u2011", "\u2010"]),
    st.sampled_from([" and ", " ", "-"]),
    st.sampled_from([" ", "-", " working "]),
)
def test_a_number_of_several_words_counts_as_a_whole(number: int, joint: str, conjunction: str, gap: str) -> None:
    words = in_words(number, joint, conjunction)
    (limit,) = time_limits(f"It is sent within {words}{gap}days.")
    assert limit.words == f"{words}{gap}days"
    assert limit.days == pytest.approx(number * (1.4 if "working" in gap else 1))
    assert number_of(words.upper()) == number


@pytest.mark.parametrize(
    ("text", "words", "days"),
    [
        ("within a hundred and twenty days", "a hundred and twenty days", 120),
        ("within a thousand days", "a thousand days", 1000),
        ("within 1,000 days", "1,000 days", 1000),
        ("within two and a half weeks", "two and a half weeks", 17.5),
        ("within 1 and a half days", "1 and a half days", 1.5),
        ("in between five and six days", "six days", 6),
        ("between twenty and thirty days", "thirty days", 30),
        ("between one hundred and two hundred days", "two hundred days", 200),
        ("a twenty-eight-day period", "twenty-eight-day", 28),
        ("for sixty days", "sixty days", 60),
    ],
)
def test_a_count_is_read_from_its_first_word_to_its_last(text: str, words: str, days: float) -> None:
    assert [(limit.words, limit.days) for limit in time_limits(text)] == [(words, days)]


@pytest.mark.parametrize(("text", "value"), [("twenty apples", 0), ("and", 0), ("", 0), ("hundred", 0), ("zero", 0)])
def test_what_is_no_number_in_words_has_no_value(text: str, value: int) -> None:
    assert number_of(text) == value


@pytest.mark.parametrize("words", ["one hundred and twenty", "a hundred and twenty", "one hundred twenty"])
def test_a_claim_may_write_a_number_of_several_words_in_figures_but_no_other(words: str) -> None:
    quote = f"The report must be sent within {words} days."
    assert check_meaning("The report must be sent within 120 days.", quote).verdict is Verdict.SUPPORTED
    for other in (100, 20, 1, 21, 1020):
        claim = f"The report must be sent within {other} days."
        assert check_meaning(claim, quote).verdict is not Verdict.SUPPORTED


@pytest.mark.parametrize("unit", UNIT_DAYS)
def test_every_unit_of_time_makes_a_time_limit(unit: str) -> None:
    assert has_exact_answer_type(f"It is sent within two {unit}s.", AnswerType.TIME_LIMIT)
    assert [limit.days for limit in time_limits(f"It is sent within two {unit}s.")] == [2 * UNIT_DAYS[unit]]


def test_months_are_known_written_out_and_cut_short() -> None:
    assert all(re.fullmatch(MONTH, month) and re.fullmatch(SHORT_MONTH, month) for month in MONTHS)
    assert all(re.fullmatch(SHORT_MONTH, month[:3]) for month in MONTHS)
    assert re.fullmatch(SHORT_MONTH, "sept")
    assert not re.fullmatch(SHORT_MONTH, "sep.")
    assert not re.fullmatch(MONTH, "sep")


def test_duty_words_and_negations_are_empty_but_no_function_words() -> None:
    heavy = {"must", "should", "may", "shall", "not", "no", "only", "all"}
    assert heavy <= EMPTY
    assert not heavy & FUNCTION_WORDS


def test_a_plain_sentence_has_no_markup() -> None:
    assert not MARKUP.search("Don't wait; ask “the lead” (or a deputy) – within 2.5 days, at 50%!")
    assert all(MARKUP.search(text) for text in ("*now*", "<b>", "[a](b)", "see www.gov.uk", "http://a", "# Title"))
