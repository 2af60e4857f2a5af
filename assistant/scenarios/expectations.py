"""What the documents say to a story: expectations, pitfalls and what they leave open, by the gate of every answer.

Nothing is written here: an expectation is the words of one document, found by the same retrieval, judged by the same
calibration and verified by the same check as an answer.
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
from assistant.scenarios.grammar.themes import Sought, Theme

MOST_OPEN = 2
"""Questions shown that the documents do not answer."""
MOST_PITFALLS = 3
NO_REVIEW = "No learning review is indexed, so no pitfalls can be quoted. Add reviews to the library to see them here."
NO_PITFALL = "The indexed learning reviews do not answer what this theme asks of them, so no pitfall is quoted."


@dataclass(frozen=True, slots=True)
class Said:
    """What the documents say to a story."""

    expectations: tuple[Expectation, ...]
    """Numbered from 1."""
    by_stage: tuple[tuple[int, ...], ...]
    """Numbers of the expectations of each stage."""
    gaps: tuple[Gap, ...]


def said_to(
    stages: Sequence[Sequence[str]],
    theme: Theme,
    most: int,
    snapshot: Snapshot,
    answering: Sequence[Edition],
    asks: ProbeContext,
) -> Said:
    """Returns what the documents say to each stage, each quote once in a scenario.

    Args:
        stages: Ids of the expectations that a good answer to each stage rests on, the most important first.
        theme: Holds them.
        most: Most expectations of a stage.
        snapshot: The library.
        answering: The editions in force that the reader may see.
        asks: What to ask with.
    """
    sought = {each.id: each for each in theme.expectation}
    wanted = {name: Probe(sought[name].asks) for stage in stages for name in stage}
    endings = run_probes(wanted.values(), snapshot, answering, asks).endings
    found: dict[str, Expectation] = {}
    by_stage = []
    for stage in stages:
        numbers: list[int] = []
        for name in dict.fromkeys(stage):
            if len(numbers) == most:
                break
            number = _number(sought[name], endings.get(wanted[name]), found, snapshot)
            if number is not None and number not in numbers:
                numbers.append(number)
        by_stage.append(tuple(sorted(numbers)))
    gaps = [
        _gap(sought[name], endings[each]) for name, each in wanted.items() if each in endings and is_gap(endings[each])
    ]
    return Said(tuple(found.values()), tuple(by_stage), tuple(gaps))


def _number(sought: Sought, ending: Ending | None, found: dict[str, Expectation], snapshot: Snapshot) -> int | None:
    """Returns the number of the expectation that answers, added to what is found where it is new; None without one."""
    citation = _answer(ending, len(found) + 1, snapshot)
    if citation is None:
        return None
    same = next((each for each in found.values() if each.citation.quote == citation.quote), None)
    if same is not None:
        return same.number
    found[sought.id] = Expectation(citation.number, sought.id, sought.title, sought.asks, sought.aims, citation)
    return citation.number


def pitfalls_of(
    theme: Theme, chance: SeededRandom, snapshot: Snapshot, answering: Sequence[Edition], asks: ProbeContext
) -> tuple[tuple[Pitfall, ...], str]:
    """Returns what went wrong elsewhere, in the words of learning reviews, and why there is nothing where there is not."""
    if not any(each.kind is Kind.LEARNING_REVIEW for each in answering):
        return (), NO_REVIEW
    found: list[Pitfall] = []
    for each in chance.order(theme.pitfall, "pitfalls"):
        wanted = Probe(each.asks, Kind.LEARNING_REVIEW)
        ending = run_probes([wanted], snapshot, answering, asks).endings.get(wanted)
        citation = _answer(ending, len(found) + 1, snapshot)
        if citation is not None and all(citation.quote != other.citation.quote for other in found):
            found.append(Pitfall(each.title, citation))
        if len(found) == MOST_PITFALLS:
            break
    return tuple(found), "" if found else NO_PITFALL


def open_points_of(
    theme: Theme, chance: SeededRandom, snapshot: Snapshot, answering: Sequence[Edition], asks: ProbeContext
) -> tuple[OpenPoint, ...]:
    """Returns questions for the group that the documents do not answer: each was asked, and refused."""
    found: list[OpenPoint] = []
    for each in chance.order(theme.unanswered, "open"):
        wanted = Probe(each.asks)
        ending = run_probes([wanted], snapshot, answering, asks).endings.get(wanted)
        if ending is not None and is_gap(ending):
            found.append(OpenPoint(each.asks, each.why))
        if len(found) == MOST_OPEN:
            break
    return tuple(found)


def is_gap(ending: Ending) -> bool:
    """Returns whether a question ended in a way that shows a gap in the documents."""
    return not ending.is_answered and ending.reason in {each.value for each in GAPS}


def citation_at(place: Place, number: int, snapshot: Snapshot) -> Citation | None:
    """Returns the citation of a place, verified anew in this generation; None where its words do not stand there."""
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
    found = citation_at(ending.places[0], number, snapshot)
    return None if found is None or is_explicit(found.quote) else found


def _gap(sought: Sought, ending: Ending) -> Gap:
    return Gap(sought.title, sought.asks, ending.reason or "")


def citations_in(expectations: Iterable[Expectation], pitfalls: Iterable[Pitfall]) -> tuple[Citation, ...]:
    """Returns every citation of a scenario, in order."""
    return (*(each.citation for each in expectations), *(each.citation for each in pitfalls))
