"""A scenario as blocks of text for participants or the facilitator, rendered by each file format."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from assistant.model import Citation
from assistant.model.scenario import CLOSING_MINUTES, OPENING_MINUTES, Scenario, Stage
from assistant.outcomes.citation_text import CitationText
from assistant.outcomes.quote_text import quote_text
from assistant.scenarios.story.days import day_words

Version = Literal["participant", "facilitator"]
FICTION = (
    "This scenario is fictional. It was put together by a program from invented parts; no child, family, school or case in "
    "it is real, and any resemblance is coincidental."
)
NOT_ADVICE = (
    "Good practice is quoted word for word from the indexed documents. Check the edition, and follow your own "
    "agency's procedure in a real case."
)
MARKS = 2
"""Marks for each expectation met, and for each open point recognised as open."""


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading; level 1 is the title."""

    level: int
    text: str
    begins_page: bool = False


@dataclass(frozen=True, slots=True)
class Paragraph:
    """Running text, or a note that is set apart."""

    text: str
    is_note: bool = False


@dataclass(frozen=True, slots=True)
class Items:
    """A list."""

    texts: tuple[str, ...]
    is_numbered: bool = False


@dataclass(frozen=True, slots=True)
class Quoted:
    """Words quoted from a document, with their source."""

    label: str
    words: str
    source: str


@dataclass(frozen=True, slots=True)
class Table:
    """Rows under a header."""

    head: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


Block = Heading | Paragraph | Items | Quoted | Table


def sheet_of(scenario: Scenario, version: Version) -> tuple[Block, ...]:
    """Returns a scenario as blocks: the participants' version, or everything."""
    return tuple(_participant(scenario) if version == "participant" else _facilitator(scenario))


def _opening(scenario: Scenario, version: Version) -> Iterator[Block]:
    yield Heading(1, scenario.title)
    yield Paragraph(f"{'For participants' if version == 'participant' else 'For the facilitator'}. {FICTION}", True)
    yield Paragraph(f"Content note: {scenario.content_note}", True)
    yield Heading(2, "Who is who")
    yield Items(tuple(f"{person.name}: {person.role}" for person in scenario.people))
    yield Heading(2, "In the room")
    yield Items(scenario.roles)


def _participant(scenario: Scenario) -> Iterator[Block]:
    yield from _opening(scenario, "participant")
    for stage in scenario.stages:
        yield from _stage(stage, begins_page=stage.number > 1)


def _stage(stage: Stage, *, begins_page: bool) -> Iterator[Block]:
    yield Heading(2, f"Stage {stage.number}: {stage.title}", begins_page)
    yield Paragraph(f"{day_words(stage.day)} · {stage.minutes} minutes")
    yield from (Paragraph(text) for text in stage.text.split("\n\n"))
    yield Heading(3, "Talk about")
    yield Items(stage.questions, is_numbered=True)


def _facilitator(scenario: Scenario) -> Iterator[Block]:
    yield from _opening(scenario, "facilitator")
    yield from _plan(scenario)
    by_number = {each.number: each for each in scenario.expectations}
    for stage in scenario.stages:
        yield from _stage(stage, begins_page=False)
        yield Heading(3, "What good practice looks like")
        if not stage.expectations:
            yield Paragraph(
                "The indexed documents do not answer the questions of this stage; see the gaps below.", True
            )
        for number in stage.expectations:
            yield _quoted(f"{number}. {by_number[number].title}", by_number[number].citation)
    yield from _open(scenario)
    yield from _pitfalls(scenario)
    yield from _key(scenario)
    yield from _lacking(scenario)
    yield Heading(2, "Where this comes from")
    yield Paragraph(NOT_ADVICE)
    if scenario.notices:
        yield Items(tuple(notice.text for notice in scenario.notices))
    yield Paragraph(made_from(scenario))


def _plan(scenario: Scenario) -> Iterator[Block]:
    yield Heading(2, "Notes for the facilitator")
    yield Items(scenario.notes)
    rows = [("Opening: content note, ground rules", f"{OPENING_MINUTES}")]
    rows += [(f"Stage {stage.number}: {stage.title}", f"{stage.minutes}") for stage in scenario.stages]
    rows += [("Closing: what each person takes away", f"{CLOSING_MINUTES}"), ("Total", f"{scenario.minutes}")]
    yield Table(("Timing", "Minutes"), tuple(rows))
    yield Heading(3, "Aims covered")
    yield Items(scenario.aims or ("none: the indexed documents answer none of the questions of this scenario",))
    if scenario.aims_missed:
        yield Paragraph(f"Requested but not covered: {', '.join(scenario.aims_missed)}.", True)


def _quoted(title: str, citation: Citation) -> Quoted:
    words = CitationText.of(citation)
    return Quoted(f"{title} · {words.strength}", quote_text(citation), words.source)


def _open(scenario: Scenario) -> Iterator[Block]:
    yield Heading(2, "Questions that the documents do not answer")
    yield Paragraph(
        "Ask the group, and see who recognises that the documents do not settle them and knows whom to ask.", True
    )
    if not scenario.open_points:
        yield Paragraph("None: the indexed documents answer every question prepared for this theme.")
    yield Items(tuple(f"{each.asks} (Not in the documents. {each.why})" for each in scenario.open_points))


def _pitfalls(scenario: Scenario) -> Iterator[Block]:
    yield Heading(2, "Common pitfalls, from learning reviews")
    if scenario.pitfalls_note:
        yield Paragraph(scenario.pitfalls_note)
    for each in scenario.pitfalls:
        yield _quoted(each.title, each.citation)


def _key(scenario: Scenario) -> Iterator[Block]:
    yield Heading(2, "Marking key")
    titles = {each.number: each.title for each in scenario.expectations}
    rows = [
        (
            f"Stage {stage.number}",
            "; ".join(f"{number} {titles[number]}" for number in stage.expectations) or "open discussion",
            f"{MARKS * len(stage.expectations)}",
        )
        for stage in scenario.stages
    ]
    rows += [
        (f"Open question {n}", "recognises that the documents do not settle it, and names whom to ask", f"{MARKS}")
        for n, _ in enumerate(scenario.open_points, start=1)
    ]
    total = MARKS * (sum(len(s.expectations) for s in scenario.stages) + len(scenario.open_points))
    yield Table(("For", "A good answer covers", "Marks"), (*rows, ("Total", "", f"{total}")))


def _lacking(scenario: Scenario) -> Iterator[Block]:
    yield Heading(2, "Gaps in the indexed documents for this scenario")
    if scenario.gaps:
        yield Items(tuple(f"{each.title}: {each.asks}" for each in scenario.gaps))
        yield Paragraph("These questions are saved for the policy team's coverage report.", True)
    else:
        yield Paragraph("None: every question of good practice was answered.")


def made_from(scenario: Scenario) -> str:
    """Returns the values needed to make this scenario again."""
    request = scenario.request
    written = f" Narrative written by {scenario.written_by}." if scenario.written_by else ""
    edited = f" Edited: stage {', '.join(map(str, scenario.edited))}." if scenario.edited else ""
    return (
        f"Theme {request.theme}, seed {request.seed}, variant {request.variant}; grammar {scenario.grammar}, documents "
        f"{scenario.fingerprint}.{written}{edited}"
    )
