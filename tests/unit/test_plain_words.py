"""Own words of the page are plain: what practitioners read, string by string."""

from __future__ import annotations

from tools.page_words import MOST_AGE, MOST_OF_ONE, PageString, age_of, page_strings


def test_the_words_of_the_page_are_read_with_ease_at_eleven_and_no_sentence_is_hard() -> None:
    strings = page_strings()
    assert age_of(strings) <= MOST_AGE
    assert [each for each in strings if each.age > MOST_OF_ONE] == []


def test_the_list_has_the_strings_of_templates_scripts_and_modules() -> None:
    texts = {each.text for each in page_strings(is_every_page=True)}
    assert {
        "Ask the policy documents",
        "You are offline",
        "New conversation",
        "Part of the question is answered",
        "There is too little here to search for.",
    } <= texts
    assert len(texts) > 400


def test_a_hard_sentence_is_found() -> None:
    hard = PageString(
        "here",
        "Notwithstanding organisational considerations, practitioners necessarily operationalise multidisciplinary responsibilities.",
    )
    assert hard.age > MOST_OF_ONE
