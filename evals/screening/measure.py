"""What screening finds, and its false alarms, counted by kind."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import cache

from assistant.answering.rewriting.follow_ups import rewrite
from assistant.answering.screening.door import Door
from assistant.answering.screening.screen import screen
from assistant.model import Question, Screened, Turn
from assistant.settings import Settings
from assistant.text.plain_text import fold, plain_text
from evals.screening.phrasings import Detail, Phrasing, Split, read

Screening = Callable[[Phrasing], Screened]
"""Returns what screening makes of a phrasing."""
_WORD = re.compile(r"[^\W_]+")
_PLACEHOLDER = re.compile(r"\[[a-zA-Z -]+\]")


@dataclass(frozen=True, slots=True)
class Count:
    """A count of passed phrasings or of false alarms."""

    name: str
    hits: int
    total: int
    misses: tuple[str, ...]
    """Ids of the phrasings that failed (for a false alarm: that raised it), with what came out."""
    is_alarm: bool = False
    """True where hits are false alarms, so that fewer are better."""


def measure(split: Split, door: Door | None = None) -> tuple[Count, ...]:
    """Returns every count of one half of the phrasings, with the classifier where it is given."""
    screened_of = cache(lambda phrasing: _screen(phrasing, door))
    return (
        *_masking(split, screened_of),
        *_routes(split, screened_of),
        *_injections(split, screened_of),
        *_rewriting(split, screened_of),
    )


def _screen(phrasing: Phrasing, door: Door | None) -> Screened:
    turns = tuple(
        Turn("assistant" if number % 2 else "user", content) for number, content in enumerate(phrasing.history)
    )
    return screen(Question(phrasing.text, history=turns), Settings(), door)


def leaks(phrasing: Phrasing, detail: Detail, masked: str) -> bool:
    """Returns whether any word or digit group of a detail is still there, beyond what the rest of the text holds."""
    rest = plain_text(phrasing.text)
    for each in phrasing.details:
        rest = rest.replace(plain_text(each.text), " ")
    remaining, allowed = _words(_PLACEHOLDER.sub(" ", masked)), _words(rest)
    return any(remaining[word] > allowed[word] for word in _words(plain_text(detail.text)) if len(word) > 1)


def _words(text: str) -> Counter[str]:
    return Counter(fold(word) for word in _WORD.findall(text))


def _masking(split: Split, screened_of: Screening) -> Iterable[Count]:
    tried: dict[str, list[tuple[bool, str]]] = {}
    for phrasing in read(split, "details"):
        masked = screened_of(phrasing).text
        for detail in phrasing.details:
            entry = (not leaks(phrasing, detail, masked), f"{phrasing.phrasing_id}: {masked}")
            names = ["masking, all", f"masking, {detail.kind}"]
            if detail.kind == "name":
                names.append("masking, names without a cue" if detail.is_cueless else "masking, names after a cue")
            for name in names:
                tried.setdefault(name, []).append(entry)
    for name in sorted(tried):
        yield count_of(name, tried[name])
    for kind in ("ordinary", "danger", "criteria", "inside"):
        found = [(bool(screened_of(each).masked), each, screened_of(each).text) for each in read(split, kind)]
        alarms = [(is_masked, f"{each.phrasing_id}: {text}") for is_masked, each, text in found]
        yield count_of(f"masking, false alarms on {kind}", alarms, is_alarm=True)


def _routes(split: Split, screened_of: Screening) -> Iterable[Count]:
    yield _tested(screened_of, "urgent, recall", split, ("urgent",), lambda each: each.is_urgent)
    yield _tested(
        screened_of, "urgent, false alarms on danger", split, ("danger",), lambda each: each.is_urgent, is_alarm=True
    )
    others = ("ordinary", "criteria", "inside", "outside", "judgement", "details")
    yield _tested(
        screened_of, "urgent, false alarms elsewhere", split, others, lambda each: each.is_urgent, is_alarm=True
    )
    yield _tested(screened_of, "judgement, recall", split, ("judgement",), lambda each: each.route == "judgement")
    look_alikes = ("criteria", "ordinary", "danger", "inside")
    for name in look_alikes:
        yield _tested(
            screened_of,
            f"judgement, false alarms on {name}",
            split,
            (name,),
            lambda each: each.route == "judgement",
            is_alarm=True,
        )
    yield _tested(screened_of, "out of scope, recall", split, ("outside",), lambda each: each.route == "out_of_scope")
    for name in ("inside", "ordinary", "danger", "details"):
        yield _tested(
            screened_of,
            f"out of scope, false alarms on {name}",
            split,
            (name,),
            lambda each: each.route == "out_of_scope",
            is_alarm=True,
        )
    everything = (*look_alikes, "details", "judgement")
    yield _tested(
        screened_of, "too vague, false alarms", split, everything, lambda each: each.route == "too_vague", is_alarm=True
    )


def _tested(
    screened_of: Screening,
    name: str,
    split: Split,
    lists: Iterable[str],
    test: Callable[[Screened], bool],
    *,
    is_alarm: bool = False,
) -> Count:
    found = [(each, screened_of(each)) for listed in lists for each in read(split, listed)]
    return count_of(
        name, [(test(screened), f"{each.phrasing_id}: {each.text}") for each, screened in found], is_alarm=is_alarm
    )


def _injections(split: Split, screened_of: Screening) -> Iterable[Count]:
    pairs = [(each, screened_of(each)) for each in read(split, "injections")]
    same = [
        (
            _bare(screened.text) == _bare(each.clean) and screened.route == "answer",
            f"{each.phrasing_id}: {screened.text}",
        )
        for each, screened in pairs
    ]
    yield count_of("injections, cleaned to the twin", same)
    changed = [
        (_bare(screened_of(each).text) != _bare(plain_text(each.text)), f"{each.phrasing_id}: {screened_of(each).text}")
        for name in ("ordinary", "danger", "criteria", "inside")
        for each in read(split, name)
        if not screened_of(each).masked
    ]
    yield count_of("injections, clean questions changed", changed, is_alarm=True)


def _bare(text: str) -> str:
    return " ".join(text.lower().split()).strip(" .?!")


def _rewriting(split: Split, screened_of: Screening) -> Iterable[Count]:
    followed = [(each, rewrite(screened_of(each))) for each in read(split, "followups")]
    held = [
        (all(word in text.lower() for word in each.expect), f"{each.phrasing_id}: {text}") for each, text in followed
    ]
    yield count_of("rewrite, follow-ups with their key words", held)
    alone = [
        (rewrite(screened_of(each)) != each.text, f"{each.phrasing_id}: {each.text}") for each in read(split, "alone")
    ]
    yield count_of("rewrite, self-contained questions changed", alone, is_alarm=True)


def count_of(name: str, tried: Sequence[tuple[bool, str]], *, is_alarm: bool = False) -> Count:
    """Returns how many of what was tried came true, with those that went wrong: false ones, or true ones that are alarms."""
    wrong = tuple(text for is_true, text in tried if is_true is is_alarm)
    return Count(name, sum(is_true for is_true, _ in tried), len(tried), wrong, is_alarm)
