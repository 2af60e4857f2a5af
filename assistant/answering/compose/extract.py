"""Answers with the documents' own words: one best unit first, and another only where it answers by itself."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, replace

from assistant.answering.answerability.judge import Answerability
from assistant.answering.answerability.reranking import Scorer
from assistant.answering.answerability.sentence_features import Candidate
from assistant.answering.compose.reading_order import reading_order
from assistant.answering.compose.units import AnswerUnit, UnitKind, unit_of
from assistant.answering.query_analysis.analysis import analyse, coverage
from assistant.answering.query_analysis.answer_type import AnswerType, has_exact_answer_type
from assistant.answering.query_analysis.whole_asked import WholeAsked
from assistant.editions.locations import words_at
from assistant.model import Claim, Draft, Edition, EditionId, Form
from assistant.ports import Snapshot
from assistant.text.words import content_words

MOST_STATEMENTS = 3
MOST_RELATED = 3
CONSIDERED = 8
"""Best-ranked sentences that may be quoted: those that a reranker scores."""
EQUAL_SHARE = 0.8
"""Share of the best sentence's odds from which another answers as well: then authority and form decide which is first."""
ANSWERS_SHARE = 0.7
"""Share of the best sentence's odds from which another answers by itself."""
TIMED_SHARE = 0.3
"""Share of the best sentence's odds from which a time limit that is asked for goes before words without one."""
MOST_JUDGED = 12
"""Most units that are judged whole."""
JUDGED_WORDS = 90
"""Words of a unit that are judged."""
SEVERAL_LOGITS = 5.0
"""What a list or series counts for, in logits, where several things are asked for."""
SERIES_LOGITS = 2.0
"""What a series counts for besides: the question names what it counts."""
COVERED_LOGITS = 10.0
"""What it counts for that heading and lead-in hold every word of the question."""
SEVERAL = SEVERAL_LOGITS / COVERED_LOGITS
LEAST_SHARE = 0.02
"""Share of the best sentence's odds below which a sentence is no answer, whatever its unit."""
ALIKE_SHARE = 0.5
"""Share of common content words of the longer of two quotes from which both say the same."""
SAME_SHARE = 0.7
"""Share of common content words from which a further sentence adds nothing."""


@dataclass(frozen=True, slots=True)
class Quoted:
    """A sentence that was found, with the unit that is quoted for it."""

    candidate: Candidate
    share: float
    """Its odds as a share of the best sentence's."""
    unit: AnswerUnit
    claim: Claim


def extract(answerability: Answerability, snapshot: Snapshot, asked: WholeAsked, scorer: Scorer | None = None) -> Draft:
    """Returns a draft: the best unit, further ones that answer by themselves, and what only relates.

    An empty draft where no unit stands alone.

    Args:
        answerability: The ranked sentences.
        snapshot: The generation.
        asked: What the question asks for.
        scorer: Judges whole units where the question asks for several things; without it their sentences decide.
    """
    units = quoted_units(answerability.ranked, snapshot, asked, scorer)
    if not units:
        return Draft(())
    editions = {each.edition_id: each for each in snapshot.editions()}
    first = _first(units, editions, asked)
    others = [each for each in units if each is not first]
    chosen = [first]
    for each in others:
        if len(chosen) < MOST_STATEMENTS and _answers_too(each, chosen):
            chosen.append(each)
    claims = distinct([each.claim for each in chosen])
    related = [each.claim for each in others if not any(_adds_nothing(each.claim, other) for other in claims)]
    return Draft(claims, related=distinct(related)[:MOST_RELATED])


def _first(units: Sequence[Quoted], editions: dict[EditionId, Edition], asked: WholeAsked) -> Quoted:
    """Returns the best unit; of those that answer equally, or say the same, that of the official text of the highest authority."""
    if asked.is_time and not has_exact_answer_type(units[0].claim.text, AnswerType.TIME_LIMIT):
        timed = [each for each in units if has_exact_answer_type(each.claim.text, AnswerType.TIME_LIMIT)]
        if timed and timed[0].share >= TIMED_SHARE:
            return timed[0]
    best = units[0]
    equal = [each for each in units if each.share >= EQUAL_SHARE * best.share or _says_the_same(each.claim, best.claim)]
    return min(equal, key=lambda each: _rank(editions[each.claim.edition_id]))


def _says_the_same(one: Claim, other: Claim) -> bool:
    """Returns whether two quotes share most of their words, figures and all."""
    words, other_words = set(content_words(one.text)), set(content_words(other.text))
    figures, other_figures = ({each for each in found if any(map(str.isdigit, each))} for found in (words, other_words))
    shared, longer = len(words & other_words), max(len(words), len(other_words))
    return (
        longer > 0 and shared / longer >= ALIKE_SHARE and bool(figures & other_figures or not figures | other_figures)
    )


def _rank(edition: Edition) -> tuple[bool, int]:
    return edition.form is not Form.OFFICIAL, edition.kind.authority


def _answers_too(quoted: Quoted, chosen: Sequence[Quoted]) -> bool:
    is_said = any(
        _adds_nothing(quoted.claim, each.claim) or _says_the_same(quoted.claim, each.claim) for each in chosen
    )
    return quoted.share >= ANSWERS_SHARE and not is_said


def _adds_nothing(one: Claim, other: Claim) -> bool:
    if one.passage_id == other.passage_id or _is_inside(one, other):
        return True
    words, other_words = set(content_words(one.text)), set(content_words(other.text))
    smaller = min(len(words), len(other_words))
    return smaller == 0 or len(words & other_words) / smaller >= SAME_SHARE


def quoted_units(
    ranked: Sequence[tuple[Candidate, float]], snapshot: Snapshot, asked: WholeAsked, scorer: Scorer | None = None
) -> tuple[Quoted, ...]:
    """Returns the units around the first sentences that stand alone, best first, each unit once.

    Where a question asks for several things, whole lists and series stand among them, and units are judged whole.
    """
    units: list[Quoted] = []
    for number, (candidate, logit) in enumerate(ranked if asked.is_list else ranked[:CONSIDERED]):
        share = math.exp(logit - ranked[0][1])
        if share < LEAST_SHARE and not asked.is_list:
            break
        order = reading_order(candidate.hit.passage.edition_id, snapshot)
        unit = unit_of(candidate.sentence, asked, order)
        quoted = Quoted(candidate, share, unit, _quote(candidate, unit, order.text))
        is_wanted = unit.is_whole and (number < CONSIDERED or _is_several(quoted))
        if is_wanted and not any(_is_inside(quoted.claim, each.claim) for each in units):
            units.append(quoted)
    return _judged_whole(units, asked, scorer) if asked.is_list and units else tuple(units)


def _judged_whole(units: Sequence[Quoted], asked: WholeAsked, scorer: Scorer | None) -> tuple[Quoted, ...]:
    """Returns units in the order of how they are judged whole: by a reranker, their kind, and what introduces them."""
    covered = [coverage(asked.analysis, f"{_heading(each)} {each.claim.text.split(chr(10))[0]}") for each in units]
    likely = sorted(range(len(units)), key=lambda at: -(covered[at] + SEVERAL * _is_several(units[at])))[:MOST_JUDGED]
    read = scorer([_headed(units[at]) for at in likely]) if scorer else [math.log(units[at].share) for at in likely]
    scores = {
        at: float(score) + _kind_logits(units[at]) + COVERED_LOGITS * covered[at]
        for at, score in zip(likely, read, strict=True)
    }
    best = max(scores.values())
    judged = [replace(units[at], share=math.exp(score - best)) for at, score in scores.items()]
    return tuple(sorted(judged, key=lambda each: -each.share))


def _kind_logits(quoted: Quoted) -> float:
    return SEVERAL_LOGITS * _is_several(quoted) + SERIES_LOGITS * (quoted.unit.kind is UnitKind.SERIES)


def _is_several(quoted: Quoted) -> bool:
    return quoted.unit.kind in (UnitKind.LIST, UnitKind.SERIES)


def _heading(quoted: Quoted) -> str:
    return " > ".join(quoted.candidate.hit.passage.headings[-2:])


def _headed(quoted: Quoted) -> str:
    return f"{_heading(quoted)}\n{' '.join(quoted.claim.text.split()[:JUDGED_WORDS])}"


def claim_of(candidate: Candidate, snapshot: Snapshot) -> Claim:
    """Returns the claim that quotes the unit around a sentence, for a question that asks for one thing."""
    order = reading_order(candidate.hit.passage.edition_id, snapshot)
    unit = unit_of(candidate.sentence, WholeAsked.of("", analyse("", {}, 1)), order)
    return _quote(candidate, unit, order.text)


def _quote(candidate: Candidate, unit: AnswerUnit, text: str) -> Claim:
    """Returns the claim that quotes a unit."""
    passage = candidate.hit.passage
    words = words_at(unit.parts, text)
    return Claim(words, unit.parts, passage.edition_id, passage.passage_id, unit.left_out)


def distinct(claims: Sequence[Claim]) -> tuple[Claim, ...]:
    """Returns the claims without those whose parts all lie inside another's."""
    kept: list[Claim] = []
    for claim in claims:
        if not any(_is_inside(claim, other) for other in kept):
            kept = [other for other in kept if not _is_inside(other, claim)]
            kept.append(claim)
    return tuple(kept)


def _is_inside(claim: Claim, other: Claim) -> bool:
    if claim.edition_id != other.edition_id:
        return False
    return all(
        any(outer.start <= part.start and part.end <= outer.end for outer in other.parts) for part in claim.parts
    )
