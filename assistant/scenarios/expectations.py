"""Looks up what the documents say about a story: expectations, pitfalls and questions they leave open.

Nothing is generated: an expectation is the words of one document, found by the same retrieval, judged by the same
calibration and verified by the same checks as an answer.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from assistant.answering.citing import citation_of
from assistant.answering.verify.quotes import verify_quotes
from assistant.coverage.questions.open_questions import GAPS
from assistant.coverage.questions.probes import Probe, ProbeContext, run_probes
from assistant.model import Citation, Claim, Draft, Edition, Kind, Verdict
from assistant.model.coverage import Ending, Place
from assistant.model.scenario import Expectation, Gap, OpenPoint, Pitfall
from assistant.ports import Snapshot
from assistant.scenarios.grammar.safety import is_explicit
from assistant.scenarios.grammar.seeded_random import SeededRandom
from assistant.scenarios.grammar.themes import ExpectationQuestion, Theme

MOST_OPEN = 2
"""Unanswered questions shown in a scenario."""
MOST_PITFALLS = 3
NO_REVIEW = "No learning review is indexed, so no pitfalls can be quoted. Add reviews to the library to see them here."
NO_PITFALL = "The indexed learning reviews do not answer the questions of this theme, so no pitfall is quoted."


@dataclass(frozen=True, slots=True)
class StoryExpectations:
    """What the documents expect at each stage of a story."""

    expectations: tuple[Expectation, ...]
    """Numbered from 1."""
    by_stage: tuple[tuple[int, ...], ...]
    """Numbers of the expectations of each stage."""
    gaps: tuple[Gap, ...]
    """Questions that the documents do not answer."""


def expectations_for(
    stages: Sequence[Sequence[str]],
    theme: Theme,
    most: int,
    snapshot: Snapshot,
    answering: Sequence[Edition],
    context: ProbeContext,
) -> StoryExpectations:
    """Returns the expectations of each stage, each quote once in a scenario.

    Args:
        stages: For each stage, the ids of its expectation questions, the most important first.
        theme: The theme with these questions.
        most: Most expectations of a stage.
        snapshot: The library.
        answering: The editions in force that the reader may see.
        context: The pipeline and the stored endings.
    """
    questions = {each.id: each for each in theme.expectation}
    probes = {name: Probe(questions[name].asks) for stage in stages for name in stage}
    endings = run_probes(probes.values(), snapshot, answering, context).endings
    expectations: dict[str, Expectation] = {}
    by_stage = []
    for stage in stages:
        numbers: list[int] = []
        for name in dict.fromkeys(stage):
            if len(numbers) == most:
                break
            number = _number(questions[name], endings.get(probes[name]), expectations, snapshot)
            if number is not None and number not in numbers:
                numbers.append(number)
        by_stage.append(tuple(sorted(numbers)))
    gaps = [
        _gap(questions[name], endings[probe])
        for name, probe in probes.items()
        if probe in endings and is_gap(endings[probe])
    ]
    return StoryExpectations(tuple(expectations.values()), tuple(by_stage), tuple(gaps))


def _number(
    question: ExpectationQuestion, ending: Ending | None, expectations: dict[str, Expectation], snapshot: Snapshot
) -> int | None:
    """Returns the number of the expectation that answers a question, adding it if it is new; None without an answer."""
    citation = _answer(ending, len(expectations) + 1, snapshot)
    if citation is None:
        return None
    same = next((each for each in expectations.values() if each.citation.quote == citation.quote), None)
    if same is not None:
        return same.number
    expectations[question.id] = Expectation(
        citation.number, question.id, question.title, question.asks, question.aims, citation
    )
    return citation.number


def pitfalls_of(
    theme: Theme, chance: SeededRandom, snapshot: Snapshot, answering: Sequence[Edition], context: ProbeContext
) -> tuple[tuple[Pitfall, ...], str]:
    """Returns pitfalls in the words of learning reviews, and the reason where there are none."""
    if not any(each.kind is Kind.LEARNING_REVIEW for each in answering):
        return (), NO_REVIEW
    pitfalls: list[Pitfall] = []
    for question in chance.order(theme.pitfall, "pitfalls"):
        probe = Probe(question.asks, Kind.LEARNING_REVIEW)
        ending = run_probes([probe], snapshot, answering, context).endings.get(probe)
        citation = _answer(ending, len(pitfalls) + 1, snapshot)
        if citation is not None and all(citation.quote != other.citation.quote for other in pitfalls):
            pitfalls.append(Pitfall(question.title, citation))
        if len(pitfalls) == MOST_PITFALLS:
            break
    return tuple(pitfalls), "" if pitfalls else NO_PITFALL


def open_points_of(
    theme: Theme, chance: SeededRandom, snapshot: Snapshot, answering: Sequence[Edition], context: ProbeContext
) -> tuple[OpenPoint, ...]:
    """Returns questions for the group that the documents do not answer: each was asked and refused."""
    points: list[OpenPoint] = []
    for question in chance.order(theme.unanswered, "open"):
        probe = Probe(question.asks)
        ending = run_probes([probe], snapshot, answering, context).endings.get(probe)
        if ending is not None and is_gap(ending):
            points.append(OpenPoint(question.asks, question.why))
        if len(points) == MOST_OPEN:
            break
    return tuple(points)


def is_gap(ending: Ending) -> bool:
    """Returns whether a question ended in a way that shows a gap in the documents."""
    return not ending.is_answered and ending.reason in {each.value for each in GAPS}


def citation_at(place: Place, number: int, snapshot: Snapshot) -> Citation | None:
    """Returns the citation of a place, verified again in this generation; None where its words are not there."""
    passage = snapshot.passage_at(place.edition_id, place.spans[-1])
    if passage is None:
        return None
    text = snapshot.text(place.edition_id)
    words = " ".join(text[span.start : span.end] for span in place.spans)
    claim = Claim(words, place.spans, place.edition_id, passage.passage_id)
    (finding,) = verify_quotes(Draft((claim,)), snapshot)
    return citation_of(claim, number, snapshot) if finding.verdict is Verdict.SUPPORTED else None


def _answer(ending: Ending | None, number: int, snapshot: Snapshot) -> Citation | None:
    """Returns the citation that answers, None where there is none or its words are too explicit for a session."""
    if ending is None or not ending.is_answered or not ending.places:
        return None
    citation = citation_at(ending.places[0], number, snapshot)
    return None if citation is None or is_explicit(citation.quote) else citation


def _gap(question: ExpectationQuestion, ending: Ending) -> Gap:
    return Gap(question.title, question.asks, ending.reason or "")


def citations_in(expectations: Iterable[Expectation], pitfalls: Iterable[Pitfall]) -> tuple[Citation, ...]:
    """Returns every citation of a scenario, in order."""
    return (*(each.citation for each in expectations), *(each.citation for each in pitfalls))
