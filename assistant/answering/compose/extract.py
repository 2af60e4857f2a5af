"""Answers with the documents' own words: one to three quoted sentences."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence

from assistant.answering.answerability.judge import Answerability
from assistant.answering.answerability.sentence_features import Candidate
from assistant.model import Claim, Draft, Sentence, SentenceKind, Span
from assistant.ports import Snapshot
from assistant.text.words import content_words

MOST_STATEMENTS = 3
COMPARABLE_SHARE = 0.3
"""Share of the best sentence's odds from which another answers about as well: then authority decides which is first."""
SAME_SHARE = 0.7
"""Share of common content words from which a further sentence adds nothing."""
MOST_LIST_WORDS = 220
"""A list is quoted whole up to this many words."""

MOST_WORDS = 60
"""A sentence is quoted with those beside it up to this many words in all."""


def extract(answerability: Answerability, snapshot: Snapshot, extra_share: float) -> Draft:
    """Returns up to three claims, each the verbatim words of one sentence.

    The best sentence is among them; others are added while their odds are at least ``extra_share`` of its own and
    they say something new. Of those that answer about as well, the one of higher authority comes first. An empty
    draft where there is no candidate.
    """
    kinds = {each.edition_id: each.kind for each in snapshot.editions()}
    chosen = choose(answerability.ranked, extra_share)
    about_as_good = len(choose(answerability.ranked, max(extra_share, COMPARABLE_SHARE)))
    first = sorted(chosen[:about_as_good], key=lambda each: kinds[each.hit.passage.edition_id].authority)
    return Draft(distinct([claim_of(each, snapshot) for each in (*first, *chosen[about_as_good:])]))


def choose(ranked: Sequence[tuple[Candidate, float]], extra_share: float) -> tuple[Candidate, ...]:
    """Returns the sentences to quote, best first, each from a passage of its own."""
    chosen: list[Candidate] = []
    for candidate, logit in ranked:
        if len(chosen) == MOST_STATEMENTS or (chosen and math.exp(logit - ranked[0][1]) < extra_share):
            break
        if not any(_adds_nothing(candidate, other) for other in chosen):
            chosen.append(candidate)
    return tuple(chosen)


def _adds_nothing(one: Candidate, other: Candidate) -> bool:
    if one.hit.passage.passage_id == other.hit.passage.passage_id:
        return True
    words, other_words = set(content_words(one.text)), set(content_words(other.text))
    smaller = min(len(words), len(other_words))
    return smaller == 0 or len(words & other_words) / smaller >= SAME_SHARE


def claim_of(candidate: Candidate, snapshot: Snapshot) -> Claim:
    """Returns the claim that quotes a sentence with what it needs to be understood.

    A list item brings its lead-in; a lead-in brings its list; a short sentence brings those beside it in its
    paragraph, as one stretch.
    """
    passage = candidate.hit.passage
    sentence = candidate.sentence
    if sentence.lead_ins:
        parts: tuple[Span, ...] = (*sentence.lead_ins, sentence.span)
    else:
        parts = (_whole(sentence, passage.sentences, passage.slice),)
    text = snapshot.text(passage.edition_id)
    return Claim(" ".join(text[start:end] for start, end in parts), parts, passage.edition_id, passage.passage_id)


def _whole(sentence: Sentence, sentences: Sequence[Sentence], text: Callable[[Span], str]) -> Span:
    listed = [each for each in sentences if sentence.span in each.lead_ins]
    if listed:
        return _with_list(sentence, listed)
    return _with_neighbours(sentence, sentences, text)


def _with_neighbours(sentence: Sentence, sentences: Sequence[Sentence], text: Callable[[Span], str]) -> Span:
    """Returns a sentence with those beside it in its paragraph, while they are short together.

    The one before comes first: it is what a sentence such as "This means …" leans on.
    """
    if sentence.kind is not SentenceKind.PROSE:
        return sentence.span
    place = sentences.index(sentence)
    span = sentence.span
    for beside in (*sentences[max(place - 1, 0) : place], *sentences[place + 1 : place + 2]):
        wider = Span(min(span.start, beside.span.start), max(span.end, beside.span.end))
        words = text(wider)
        is_plain = beside.kind is SentenceKind.PROSE and "\n" not in words
        if is_plain and len(words.split()) <= MOST_WORDS:
            span = wider
    return span


def _with_list(lead_in: Sentence, items: Sequence[Sentence]) -> Span:
    end = lead_in.span.end
    for item in items:
        if item.span.end - lead_in.span.start > MOST_LIST_WORDS * 6:
            break
        end = item.span.end
    return Span(lead_in.span.start, end)


def distinct(claims: Sequence[Claim]) -> tuple[Claim, ...]:
    """Returns the claims without those whose last part lies inside another's."""
    kept: list[Claim] = []
    for claim in claims:
        if not any(_is_inside(claim, other) for other in kept):
            kept = [other for other in kept if not _is_inside(other, claim)]
            kept.append(claim)
    return tuple(kept)


def _is_inside(claim: Claim, other: Claim) -> bool:
    last, outer = claim.parts[-1], other.parts[-1]
    return claim.passage_id == other.passage_id and outer.start <= last.start and last.end <= outer.end
