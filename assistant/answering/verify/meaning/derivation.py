"""Whether the words of a claim follow from those of a quote, by listed steps only."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from assistant.answering.verify.meaning.cuts import cuts
from assistant.answering.verify.meaning.tokens import Token
from assistant.answering.verify.meaning.word_order import Tokens, orders, owners

Steps = Mapping[int, Sequence[tuple[int, tuple[str, ...]]]]
"""By the token that it starts at: where a stretch ends, and what the claim may say in its place."""


_POINTS = {"it", "this", "these", "those", "word:he or she"}
_GIVEN = frozenset({"be", "by", "of"})
"""What a change of order may bring in."""
LONGEST_HEADING = 8


def follows(claim: Tokens, quote: Tokens, headings: Sequence[Tokens] = ()) -> bool:
    """Returns whether a claim says what its quote says, less what may be left out, in an order that is the same.

    All are read by ``read``. An empty claim follows from nothing. Headings may name what a word such as "it" at the
    beginning of the quote points to.
    """
    if not claim:
        return False
    said = tuple(each.key for each in _only_if(claim))
    known = _GIVEN.union(*({each.key for each in text} for text in (_only_if(quote), *headings)))
    return known.issuperset(said) and any(_reaches(said, order, headings) for order in orders(_only_if(quote)))


def _only_if(tokens: Tokens) -> Tokens:
    """Returns "may only ... if" read as "may ... only if"."""
    at = next((at for at in range(1, len(tokens)) if _floats(tokens, at)), None)
    if at is None:
        return tokens
    to = next((to for to in range(at + 1, len(tokens)) if tokens[to].key == "condition:if"), None)
    if to is None or any(each.kind in ("link", "condition") for each in tokens[at + 1 : to]):
        return tokens
    return (*tokens[:at], *tokens[at + 1 : to], replace(tokens[to], key="condition:only if"), *tokens[to + 1 :])


def _floats(tokens: Tokens, at: int) -> bool:
    before: Token = tokens[at - 1]
    return tokens[at].key == "scope:only" and (before.kind == "duty" or before.key == "be")


def _steps(quote: Tokens, headings: Sequence[Tokens]) -> Steps:
    steps: dict[int, list[tuple[int, tuple[str, ...]]]] = defaultdict(list)
    for start, end in cuts(quote):
        steps[start].append((end, ()))
    for (start, end), instead in owners(quote):
        steps[start].append((end, instead))
    if quote[0].key in _POINTS:
        steps[0] += [(1, name) for heading in headings for name in _names(heading)]
    return steps


def _names(heading: Tokens) -> Iterator[tuple[str, ...]]:
    """Yields the runs of a heading that may be a name."""
    for start in range(len(heading)):
        for end in range(start + 1, min(len(heading), start + LONGEST_HEADING) + 1):
            run = heading[start:end]
            if not any(each.kind in ("duty", "negation", "condition") for each in run):
                yield tuple(each.key for each in run)


def _reaches(said: tuple[str, ...], quote: Tokens, headings: Sequence[Tokens]) -> bool:
    """Returns whether a quote, in this order, becomes exactly what is said."""
    steps = _steps(quote, headings)
    todo = [(0, 0)]
    seen = {(0, 0)}
    while todo:
        at, to = todo.pop()
        if at == len(said) and to == len(quote):
            return True
        following = [
            (at + len(instead), end) for end, instead in steps.get(to, ()) if said[at : at + len(instead)] == instead
        ]
        if at < len(said) and to < len(quote) and said[at] == quote[to].key:
            following.append((at + 1, to + 1))
        todo += [each for each in following if each not in seen]
        seen.update(following)
    return False
