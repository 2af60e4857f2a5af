"""Words that are no answer by themselves, told by what they stand under and by their shape."""

import pytest

from assistant.answering.answerability.no_answers import NoAnswer, no_answers
from tests.laid_out import laid_out

DOCUMENT = """# Protocol

## Contents

- Aims 2
- Referral 14

## Aims

The partnership acts early.

A line that nobody finished

Name of child: ____________

Case study: Jade waited five hours.

Smith, J. (2019) Missing children. London: Sage.

The Children Act (1989) places a duty on the council.

Myth: You wait a day.

Myth: You wait a day. Fact: You ring at once.

## Examples of harm

- a burn

## Example 2: a referral that worked

The worker rang within one hour.

### What happened next

The plan ended.

## Sample letter to parents

We meet on 3 May.

## A form of words

Dear Mrs Poole, we meet on 3 May. Yours sincerely

## References

A report on burns, 2019.

## Further reading and resources

Look at the pack.

## Common myths

- Boys are safe.

## Myths and facts

A boy cannot be harmed. In fact, boys are harmed too.
"""
KINDS = {
    "Aims 2": NoAnswer.CONTENTS,
    "Referral 14": NoAnswer.CONTENTS,
    "The partnership acts early": None,
    "A line that nobody": NoAnswer.HEADING,
    "Name of child": NoAnswer.LABEL,
    "Case study: Jade": NoAnswer.EXAMPLE,
    "Smith, J.": NoAnswer.BIBLIOGRAPHY,
    "London: Sage": NoAnswer.BIBLIOGRAPHY,
    "The Children Act (1989)": None,
    "a burn": None,
    "The worker rang": NoAnswer.EXAMPLE,
    "The plan ended": NoAnswer.EXAMPLE,
    "We meet on 3 May.": NoAnswer.EXAMPLE,
    "Dear Mrs Poole": NoAnswer.EXAMPLE,
    "A report on burns": NoAnswer.BIBLIOGRAPHY,
    "Look at the pack": NoAnswer.BIBLIOGRAPHY,
    "Boys are safe": NoAnswer.MYTH,
    "A boy cannot be harmed": None,
    "Myth: You wait a day.": NoAnswer.MYTH,
    "Myth: You wait a day. Fact": None,
}


@pytest.fixture(scope="module")
def found(tmp_path_factory):
    snapshot = laid_out(tmp_path_factory.mktemp("no-answers"), DOCUMENT)
    return [
        (passage.slice(sentence.span), kind)
        for passage in snapshot.cut
        for sentence, kind in zip(passage.sentences, no_answers(passage), strict=True)
    ]


@pytest.mark.parametrize("words", KINDS)
def test_words_that_are_no_answer_are_told_by_their_kind(words, found):
    kinds = [kind for text, kind in found if text.startswith(words)]
    assert kinds
    assert kinds[0] is KINDS[words]


def test_a_question_for_the_example_itself_may_be_answered_with_it(tmp_path):
    snapshot = laid_out(tmp_path, DOCUMENT)
    letter = next(each for each in snapshot.cut if each.headings[-1] == "Sample letter to parents")
    assert no_answers(letter, frozenset({"letter", "parent"})) == (None,)
    assert no_answers(letter, frozenset({"parent"})) == (NoAnswer.EXAMPLE,)
