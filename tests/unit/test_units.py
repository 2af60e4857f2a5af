"""What is quoted whole around a sentence, of small documents."""

import pytest

from assistant.answering.compose.reading_order import ReadingOrder
from assistant.answering.compose.units import MOST_ITEMS, SHOWN_ITEMS, UnitKind, unit_of
from assistant.answering.query_analysis.analysis import analyse
from assistant.answering.query_analysis.whole_asked import WholeAsked
from assistant.answering.verify.quotes import verify_quotes
from assistant.editions.locations import words_at
from assistant.model import Claim, Draft, Verdict
from tests.laid_out import laid_out

LISTED = """# Missing children

## Before you ring

Have ready:

- the care plan;
- a photograph, which must be
  - recent, and
  - clear;
- the telephone number of the parent.

This does not apply to a child in hospital.

## What to bring

- A coat
- Shoes
- Money

## Later

They are told on the day. The cases are

- a fall
- a burn
"""
SERIES = """# Plan

## Our priorities

We have three priorities.

### Priority 1: Early help

Families get help early.

### Priority 2: Neglect

We use the tool. Each team has a lead.

### Priority 3: Exploitation

We share maps.

## Process

**Stage one – Notice.** Ring the police.

**Stage two – Search.** The police search.

**Stage three – Return.** An interview is held.

## Checks

Before you refer, you should have

1. asked the child;
2. told the parents.

## The four Cs

**Content:** what a child sees.

**Contact:** whom a child meets.

**Conduct:** what a child does.

**Commerce:** what a child may lose.
"""
PROSE = """# Terms

Neglect is defined as:

> The persistent failure to meet needs. It may start before birth.

A child is competent when

they can weigh up what may follow from each answer.

Carers must report within one hour. However, a child under ten is reported at once.

A plan is sent to the parents.[^1] It is kept for ten years.

[^1]: Except where the court has said that it may not be seen.

The manager rings the officer and agrees who will tell the family, the school and the health visitor, so that nobody
learns of the allegation from gossip, and then writes down what was agreed, with whom, and at what time of the day it was.
The report must be made within one working day.

Staff never view the picture.

The only exception is where it is on a school device.

Why does it matter? Small signs add up.

| Grade | Visit | Review |
|---|---|---|
| Low | By a carer | Every day |
| High | By the police | Every hour |

Of areas:

| Region | Share on 31 March 2024 |
|---|---|

The rules of the partnership name three bodies in all:
"""


def unit(folder, text, found, question, ending="md"):
    """Returns the unit around the sentence that holds some words, and its own words; checks that they are a quote."""
    snapshot = laid_out(folder, text, ending)
    order = ReadingOrder.of("e", snapshot)
    place = next(at for at in range(len(order.sentences)) if found in order.words(at))
    asked = WholeAsked.of(question, analyse(question, {}, 10))
    whole = unit_of(order.sentences[place], asked, order)
    words = words_at(whole.parts, order.text)
    passage = order.passage_of(order.sentences[place].span)
    claim = Claim(words, whole.parts, passage.edition_id, passage.passage_id, whole.left_out)
    (finding,) = verify_quotes(Draft((claim,)), snapshot)
    assert finding.verdict is Verdict.SUPPORTED, finding.reason
    return whole, words


WHOLE = {
    "a list from its lead-in": (
        LISTED, "Have ready", "what do I need to know before I ring",
        "Have ready:\nthe care plan;\na photograph, which must be\nrecent, and\nclear;\nthe telephone number of the parent.\n"
        "This does not apply to a child in hospital.",
    ),
    "a list from an item": (
        LISTED, "the care plan", "what are the things to have ready",
        "Have ready:\nthe care plan;\na photograph, which must be\nrecent, and\nclear;\nthe telephone number of the parent.\n"
        "This does not apply to a child in hospital.",
    ),
    "an item with its sub-items": (
        LISTED, "a photograph", "does the photograph have to be of a kind",
        "Have ready:\na photograph, which must be\nrecent, and\nclear;",
    ),
    "a list straight under its heading": (
        LISTED, "Shoes", "which things are they to bring", "What to bring\nA coat\nShoes\nMoney",
    ),
    "a lead-in that leans on the sentence before it": (
        LISTED, "a burn", "which situations are told on the day",
        "They are told on the day. The cases are\na fall\na burn",
    ),
    "headings as a series": (
        SERIES, "Families get help", "what are the priorities",
        "We have three priorities.\nPriority 1: Early help\nPriority 2: Neglect\nPriority 3: Exploitation",
    ),
    "headings as a series, from their introduction": (
        SERIES, "We have three", "what are the three priorities",
        "We have three priorities.\nPriority 1: Early help\nPriority 2: Neglect\nPriority 3: Exploitation",
    ),
    "one of a series by its number": (
        SERIES, "We share maps", "what is priority two",
        "Priority 2: Neglect\nWe use the tool. Each team has a lead.",
    ),
    "run-in headings as a series": (
        SERIES, "The police search", "what are the stages",
        "Process\nStage one – Notice. Ring the police.\nStage two – Search. The police search.\n"
        "Stage three – Return. An interview is held.",
    ),
    "numbered lines that a line without a full stop leads into": (
        SERIES, "told the parents", "do I tell the parents first",
        "Before you refer, you should have\n1. asked the child;\n2. told the parents.",
    ),
    "labels in a row": (
        SERIES, "Contact:", "4 Cs of risk",
        "The four Cs\nContent: what a child sees.\nContact: whom a child meets.\nConduct: what a child does.\n"
        "Commerce: what a child may lose.",
    ),
    "a definition with the words before it": (
        PROSE, "persistent failure", "what is neglect",
        "Neglect is defined as:\nThe persistent failure to meet needs. It may start before birth.",
    ),
    "a meaning from the words before it": (
        "# A\n\nThe guidance of this year says that neglect is:\n\n...failing a child. It may start early. It goes on.\n",
        "The guidance", "how is neglect defined",
        "The guidance of this year says that neglect is:\n...failing a child. It may start early. It goes on.",
    ),
    "a meaning that goes on in the next paragraph": (
        PROSE, "A child is competent", "when is a child competent",
        "A child is competent when\nthey can weigh up what may follow from each answer.",
    ),
    "an exception in the next sentence": (
        PROSE, "Carers must report", "do carers report",
        "Carers must report within one hour. However, a child under ten is reported at once.",
    ),
    "an exception in a note": (
        PROSE, "A plan is sent", "who is sent the plan",
        "A plan is sent to the parents. It is kept for ten years.\n"
        "Except where the court has said that it may not be seen.",
    ),
    "an exception in the next paragraph": (
        PROSE, "Staff never view", "may staff look at the picture",
        "Staff never view the picture.\nThe only exception is where it is on a school device.",
    ),
    "a question with its answer": (PROSE, "Why does it", "why does it matter", "Why does it matter? Small signs add up."),
    "a row with its columns": (
        PROSE, "High", "how often is a high grade reviewed",
        "Grade | Visit | Review\nHigh | By the police | Every hour",
    ),
    "all rows of a table": (
        PROSE, "Low", "which grades are there",
        "Grade | Visit | Review\nLow | By a carer | Every day\nHigh | By the police | Every hour",
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", WHOLE)
def test_a_unit_is_whole_and_nothing_else(name, tmp_path):
    text, found, question, wanted = WHOLE[name]
    whole, words = unit(tmp_path, text, found, question)
    assert " ".join(words.split(" ")).replace("\n\n", "\n") == wanted
    assert whole.is_whole


def test_a_step_brings_the_time_limit_of_the_next_sentence(tmp_path):
    _, words = unit(tmp_path, PROSE, "The manager rings", "how long have I got to tell the officer")
    assert words.endswith("The report must be made within one working day.")


@pytest.mark.parametrize("found", ["The rules of", "Grade | Visit", "Region | Share"])
def test_what_introduces_and_introduces_nothing_is_no_unit(found, tmp_path):
    whole, _ = unit(tmp_path, PROSE, found, "who does it")
    assert not whole.is_whole


def test_a_long_list_says_how_many_more_there_are_and_keeps_the_item_that_was_found(tmp_path):
    number = MOST_ITEMS + 8
    items = "\n".join(f"- sign number {at} of harm" for at in range(1, number + 1))
    whole, words = unit(tmp_path, f"# A\n\nThe signs are:\n\n{items}\n", f"number {number} of", "what are the signs")
    assert whole.kind is UnitKind.LIST
    assert len(whole.left_out) == number - SHOWN_ITEMS - 1
    assert words.endswith(f"sign number {SHOWN_ITEMS} of harm\nsign number {number} of harm")


HTML = """<h1>Pack</h1><h2>Terms</h2>
<dl><dt>Private fostering</dt><dd>Care for 28 days or more.</dd><dt>LADO</dt><dd>The designated officer.</dd></dl>
<h2>Signs</h2><table><tr><th>Sign</th><th>Do</th></tr>
<tr><td>Bruise</td><td><ul><li>ring the nurse</li><li>take a photo</li></ul></td></tr></table>
<h2>Beliefs</h2><dl><dt>Myth: boys are safe.</dt><dd>Fact: boys are harmed too.</dd></dl>"""
IN_HTML = {
    "a term with its meaning": ("28 days", "what does private fostering mean", "Private fostering: Care for 28 days or more."),
    "a cell that is a list": ("ring the nurse", "what do I do about a bruise", "Sign | Do\nBruise | • ring the nurse • take a photo"),
    "a myth with its truth": ("harmed too", "are boys safe", "Myth: boys are safe. Fact: boys are harmed too."),
}  # fmt: skip


@pytest.mark.parametrize("name", IN_HTML)
def test_terms_cells_and_myths_of_a_web_page_are_whole(name, tmp_path):
    found, question, wanted = IN_HTML[name]
    _, words = unit(tmp_path, HTML, found, question, "html")
    assert wanted in words
