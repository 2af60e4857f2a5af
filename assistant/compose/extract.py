"""Answers with the documents' own words: one to three quoted sentences."""

from __future__ import annotations

import math
import re
from collections.abc import Sequence

from assistant.answerable import Judged
from assistant.evidence import Candidate
from assistant.model import Claim, Draft, EditionId, Kind, Sentence, SentenceKind, Span
from assistant.ports import Snapshot
from assistant.words import content_words

MOST_STATEMENTS = 3
SAME_SHARE = 0.7
"""Share of common content words from which a further sentence adds nothing."""
MOST_LIST_WORDS = 220
"""A list is quoted whole up to this many words."""

_LEANS = re.compile(
    r"^(?:(?:\d+\.|[•–-])\s*)?(?:this|these|those|they|it|such|he|she|however|therefore|in (?:this|these|such) cases?|"
    r"in addition|additionally|also|where this|if this|if so|otherwise|the latter|both|as such|for this)\b",
    re.IGNORECASE,
)


def extract(judged: Judged, snapshot: Snapshot, extra_share: float) -> Draft:
    """Returns up to three claims, each the verbatim words of one sentence, grouped by authority.

    The first sentence is the best one; others are added while their odds are at least ``extra_share`` of its own
    and they say something new. An empty draft where there is no candidate.
    """
    kinds = {each.edition_id: each.kind for each in snapshot.editions()}
    chosen = choose(judged.ranked, extra_share)
    claims = [claim_of(candidate, snapshot) for candidate in chosen]
    return Draft(_grouped(_distinct(claims), kinds))


def choose(ranked: Sequence[tuple[Candidate, float]], extra_share: float) -> tuple[Candidate, ...]:
    """Returns the sentences to quote, best first."""
    chosen: list[Candidate] = []
    for candidate, logit in ranked:
        if len(chosen) == MOST_STATEMENTS or (chosen and math.exp(logit - ranked[0][1]) < extra_share):
            break
        if not any(_says_the_same(candidate, other) for other in chosen):
            chosen.append(candidate)
    return tuple(chosen)


def _says_the_same(one: Candidate, other: Candidate) -> bool:
    mine, theirs = set(content_words(one.text)), set(content_words(other.text))
    smaller = min(len(mine), len(theirs))
    return smaller == 0 or len(mine & theirs) / smaller >= SAME_SHARE


def claim_of(candidate: Candidate, snapshot: Snapshot) -> Claim:
    """Returns the claim that quotes a sentence with what it needs to be understood.

    A list item brings its lead-in; a lead-in brings its list; a sentence that leans on the one before ("This
    means …") brings that one, as one stretch.
    """
    passage = candidate.hit.passage
    sentence = candidate.sentence
    if sentence.lead_ins:
        parts: tuple[Span, ...] = (*sentence.lead_ins, sentence.span)
    else:
        parts = (_whole(sentence, passage.sentences, candidate.text),)
    text = snapshot.text(passage.edition_id)
    return Claim(" ".join(text[start:end] for start, end in parts), parts, passage.edition_id, passage.passage_id)


def _whole(sentence: Sentence, sentences: Sequence[Sentence], text: str) -> Span:
    listed = [each for each in sentences if sentence.span in each.lead_ins]
    if listed:
        return _with_list(sentence, listed)
    place = sentences.index(sentence)
    before = sentences[place - 1] if place else None
    if before is not None and before.kind is SentenceKind.PROSE and _LEANS.match(text):
        return Span(before.span.start, sentence.span.end)
    return sentence.span


def _with_list(lead_in: Sentence, items: Sequence[Sentence]) -> Span:
    end = lead_in.span.end
    for item in items:
        if item.span.end - lead_in.span.start > MOST_LIST_WORDS * 6:
            break
        end = item.span.end
    return Span(lead_in.span.start, end)


def _distinct(claims: Sequence[Claim]) -> tuple[Claim, ...]:
    """Returns the claims without those whose last part lies inside another's."""
    kept: list[Claim] = []
    for claim in claims:
        if not any(_is_inside(claim, other) for other in kept):
            kept = [other for other in kept if not _is_inside(other, claim)]
            kept.append(claim)
    return tuple(kept)


def _is_inside(claim: Claim, other: Claim) -> bool:
    mine, theirs = claim.parts[-1], other.parts[-1]
    return claim.passage_id == other.passage_id and theirs.start <= mine.start and mine.end <= theirs.end


def _grouped(claims: Sequence[Claim], kinds: dict[EditionId, Kind]) -> tuple[Claim, ...]:
    return tuple(sorted(claims, key=lambda claim: kinds[claim.edition_id].authority))
