"""Number words, words of the calendar, stop words and markup have one home."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from assistant.answering.query_analysis.answer_type import AnswerType, has_exact_answer_type
from assistant.coverage.duties.time_limits import time_limits
from assistant.text.calendar_words import MONTH, MONTHS, SHORT_MONTH, UNIT_DAYS
from assistant.text.markup import MARKUP
from assistant.text.number_words import NUMBERS
from assistant.text.stop_words import EMPTY, FUNCTION_WORDS

ROOT = Path(__file__).parents[2]
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
