"""Masks personal details: each becomes a placeholder that keeps the question searchable."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import cache

from assistant.answering.screening.addresses import addresses
from assistant.answering.screening.covered_text import CoveredText
from assistant.answering.screening.dates_in_words import births_in_words, days_of_somebody
from assistant.answering.screening.dates_of_birth import dates_of_birth, full_dates_of_birth, worded_dates_of_birth
from assistant.answering.screening.dates_of_cases import days_in_figures, days_told
from assistant.answering.screening.detail_classifier import Read
from assistant.answering.screening.homes import homes
from assistant.answering.screening.identifiers import Detail, numbers_and_contacts
from assistant.answering.screening.named_places import named_places
from assistant.answering.screening.names import names
from assistant.answering.screening.nicknames import nicknames
from assistant.answering.screening.places import places
from assistant.answering.screening.tokens import tokens
from assistant.answering.screening.word_lists import known_words, word_list
from assistant.messages import DETAILS
from assistant.model import MaskedSpan

_PLACEHOLDER = re.compile(r"\[(" + "|".join(re.escape(label) for label in DETAILS.values()) + r")\]")
_KINDS = {label: kind for kind, label in DETAILS.items()}
_STAGES: tuple[Callable[[str], Iterable[Detail]], ...] = (
    numbers_and_contacts,
    addresses,
    full_dates_of_birth,
    births_in_words,
    worded_dates_of_birth,
    named_places,
    homes,
    places,
    days_of_somebody,
    days_told,
    names,
    nicknames,
    dates_of_birth,
    days_in_figures,
    days_of_somebody,
    days_told,
)
_MOST_PASSES = 6
"""What one pass masks can reveal a detail beside it to the next; nearly always the second changes nothing."""


Reading = Callable[[str, Sequence[MaskedSpan]], Read]
"""Returns what a classifier makes of a text and of what the rules mask in it (``DetailClassifier.read``)."""


@dataclass(frozen=True, slots=True)
class Masked:
    """Texts after masking."""

    texts: tuple[str, ...]
    kinds: tuple[str, ...]
    """Kinds of detail masked in the last text, each once, in order of first appearance."""
    spans: tuple[MaskedSpan, ...] = ()
    """Where the details of the last text stood in it, in order."""


def mask(texts: Sequence[str], kept: Sequence[str] = (), classifier: Reading | None = None) -> Masked:
    """Returns the messages of one conversation, masked; a name found in one is masked in all.

    Args:
        texts: Plain texts, the question last.
        kept: Names that are nobody's secret, such as the contacts of the settings; they stay as they are.
        classifier: What reads each text beside the rules; without it the rules stand by themselves.
    """
    safe = _kept(tuple(sorted(kept)))
    known: set[str] = set()
    covered = tuple(map(CoveredText, texts))
    for _ in range(_MOST_PASSES):
        before = covered
        found = [_mask_one(each, known, safe) for each in covered]
        covered = tuple(_mask_known(each, known, safe) for each in found)
        if covered == before:
            break
    if classifier is not None:
        covered = _reconsidered(texts, covered, classifier, safe)
    masked = tuple(each.text for each in covered)
    return Masked(masked, _kinds(texts[-1], masked[-1]), covered[-1].spans) if texts else Masked((), ())


def _reconsidered(
    texts: Sequence[str], covered: Sequence[CoveredText], classifier: Reading, safe: re.Pattern[str]
) -> tuple[CoveredText, ...]:
    """Returns the texts with what the classifier finds besides, and without the names that it is sure are none."""
    anew, known = [], set[str]()
    for text, each in zip(texts, covered, strict=True):
        read = classifier(text, each.spans)
        taken = [match.span() for match in (*_PLACEHOLDER.finditer(text), *safe.finditer(text))]
        added = [span for span in read.masked if not any(span.start < end and start < span.end for start, end in taken)]
        details = joined(text, [span for span in each.spans if span not in read.kept], added)
        anew.append(CoveredText(text).covered(details))
        names = (text[start:end] for start, end, kind in details if kind == "name")
        known.update(word.folded for name in names for word in tokens(name) if _is_telling(word.folded))
    return tuple(_mask_known(each, known, safe) for each in anew)


def joined(text: str, by_rules: Sequence[MaskedSpan], added: Sequence[MaskedSpan]) -> list[Detail]:
    """Returns two lists of spans as one without overlaps; what overlaps is one span, of the kind that the rules found there.

    Args:
        text: The text that they stand in.
        by_rules: Spans of the rules, in order.
        added: Other spans.
    """
    found: list[Detail] = []
    ranked = sorted(
        [(each, 0) for each in by_rules] + [(each, 1) for each in added], key=lambda each: (each[0].start, each[1])
    )
    for span, rank in ranked:
        if found and span.start < found[-1][1]:
            start, end, kind = found[-1]
            is_better = not rank and kind not in {
                each.kind for each in by_rules if each.start < end and start < each.end
            }
            found[-1] = (start, max(end, span.end), span.kind if is_better else kind)
        else:
            found.append((span.start, span.end, span.kind))
    return [(start, end, kind) for start, end, kind in found if text[start:end].strip()]


def _mask_one(covered: CoveredText, known: set[str], safe: re.Pattern[str]) -> CoveredText:
    for stage in _STAGES:
        covered = _replace(covered, stage(covered.text), known, safe)
    return covered


def _replace(covered: CoveredText, details: Iterable[Detail], known: set[str], safe: re.Pattern[str]) -> CoveredText:
    details = tuple(details)
    if not details:
        return covered
    text = covered.text
    taken = bytearray(len(text))
    for match in (*_PLACEHOLDER.finditer(text), *safe.finditer(text)):
        taken[match.start() : match.end()] = b"x" * len(match.group())
    chosen: list[Detail] = []
    for start, end, kind in details:
        if start < end and not any(taken[start:end]):
            taken[start:end] = b"x" * (end - start)
            chosen.append((start, end, kind))
            if kind == "name":
                known.update(word.folded for word in tokens(text[start:end]) if _is_telling(word.folded))
    return covered.covered(chosen)


@cache
def _kept(names: tuple[str, ...]) -> re.Pattern[str]:
    inner = "|".join(re.escape(name) for name in sorted(names, key=len, reverse=True) if name.strip())
    return re.compile(rf"(?<!\w)(?:{inner})(?!\w)" if inner else r"(?!)", re.IGNORECASE)


def _is_telling(folded: str) -> bool:
    lists = (word_list("ordinary_words.txt"), word_list("weak_names.txt"), known_words())
    return len(folded) > 2 and not any(folded in each for each in lists)


def _mask_known(covered: CoveredText, known: set[str], safe: re.Pattern[str]) -> CoveredText:
    if not known:
        return covered
    again = [(word.start, word.end, "name") for word in tokens(covered.text) if word.folded in known]
    return _replace(covered, again, set(), safe)


def _kinds(original: str, masked: str) -> tuple[str, ...]:
    typed = _PLACEHOLDER.findall(original)
    labels = _PLACEHOLDER.findall(masked)
    for label in typed:
        labels.remove(label)
    return tuple(dict.fromkeys(_KINDS[label] for label in labels))
