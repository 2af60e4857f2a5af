"""In what other orders a claim may say a quote: a clause in front or at the end, active or passive, "of" or "'s"."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from assistant.answering.verify.meaning.cuts import Cut, sentences
from assistant.answering.verify.meaning.tokens import Token

Tokens = tuple[Token, ...]
MOST_ORDERS = 400
LONGEST_NAME = 9
"""Most words of an object that becomes a subject."""
_PLACES = {"in", "on", "at", "during", "under", "from", "following", "word:about"}
_PREPOSITIONS = _PLACES | {"to", "word:to", "for", "with", "by", "of", "as", "into", "through", "upon", "within"}
_BE = Token("be", "word", "be")
_BY = Token("by", "word", "by")


def orders(tokens: Tokens) -> tuple[Tokens, ...]:
    """Returns a text and the orders in which it says the same, at most ``MOST_ORDERS``, itself first.

    In each sentence one clause may move, and after that active may become passive or the other way round, once.
    """
    texts: list[Tokens] = [()]
    for start, end in sentences(tokens):
        forms = tuple(_forms(tokens[start:end]))
        texts = [(*before, *form) for form in forms for before in texts][:MOST_ORDERS]
    return tuple(texts)


def _forms(sentence: Tokens) -> Iterator[Tokens]:
    """Yields the orders of one sentence, itself first, each once."""
    seen: set[tuple[str, ...]] = set()
    moved = (sentence, *_to_end(sentence), *_to_front(sentence))
    turned = (each for order in moved for each in (*_passive(order), *_active(order)))
    for form in (*moved, *turned):
        if _keys(form) not in seen:
            seen.add(_keys(form))
            yield form


def _keys(tokens: Tokens) -> tuple[str, ...]:
    return tuple(each.key for each in tokens)


def _duties(tokens: Sequence[Token]) -> list[int]:
    return [at for at, token in enumerate(tokens) if token.kind == "duty"]


def _opens(token: Token) -> bool:
    return token.kind in ("condition", "limit", "time") or token.key in _PLACES


def _joined(first: Token, *blocks: Tokens) -> Tokens:
    """Returns blocks in a row: the first takes the gap of the sentence, each other one a comma."""
    joined: list[Token] = []
    for block in blocks:
        if block:
            gap = "," if joined else first.gap
            joined += [replace(block[0], gap=gap), *block[1:]]
    return tuple(joined)


def _to_end(sentence: Tokens) -> Iterator[Tokens]:
    """Yields a sentence with what stands before a comma in front moved to its end."""
    if not _opens(sentence[0]):
        return
    for at in range(1, len(sentence)):
        main = sentence[at:]
        if "," in sentence[at].gap and len(_duties(main)) <= 1 and main[0].kind not in ("link", "condition"):
            yield _joined(sentence[0], main, sentence[:at])


def _to_front(sentence: Tokens) -> Iterator[Tokens]:
    """Yields a sentence with a condition, time or place after its duty moved to its front."""
    duties = _duties(sentence)
    for at in range(1, len(sentence)):
        if not _opens(sentence[at]) or _opens(sentence[0]) or sentence[at - 1].kind in ("link", "negation", "scope"):
            continue
        for end in _ends(sentence, at):
            rest = (*sentence[:at], *sentence[end:])
            if len(_duties(rest)) <= 1 and _may_move(sentence, at, end, duties):
                yield _joined(sentence[0], sentence[at:end], rest)


def _ends(sentence: Tokens, at: int) -> Iterator[int]:
    yield len(sentence)
    yield from (to for to in range(at + 2, len(sentence)) if "," in sentence[to].gap or sentence[to].kind == "duty")


def _may_move(sentence: Tokens, at: int, end: int, duties: list[int]) -> bool:
    before = sentence[duties[0] : at] if duties and duties[0] < at else sentence[:at]
    has_link = any(each.kind == "link" for each in before)
    if end < len(sentence):
        return not has_link and not any(each.kind == "duty" for each in sentence[at:end])
    return not has_link or sentence[at].kind == "condition"


def _split(sentence: Tokens) -> tuple[int, int] | None:
    """Returns where the subject begins and where its one duty word stands; None where that is not certain."""
    duties = _duties(sentence)
    start = 0
    if duties and _opens(sentence[0]):
        commas = [at for at in range(1, duties[-1] + 1) if "," in sentence[at].gap]
        start = commas[-1] if commas else -1
    inside = [at for at in duties if at > start >= 0]
    if len(inside) != 1 or any(each.kind in ("condition", "link") for each in sentence[start : inside[0]]):
        return None
    return start, inside[0]


def _passive(sentence: Tokens) -> Iterator[Tokens]:
    """Yields "Y must be told by X" for "X must tell Y"."""
    split = _split(sentence)
    if split is None:
        return
    start, duty = split
    verb = duty + (2 if duty + 1 < len(sentence) and sentence[duty + 1].kind == "negation" else 1)
    if verb + 1 >= len(sentence) or sentence[verb].key in ("be", "have") or sentence[verb].kind != "word":
        return
    subject = sentence[start:duty]
    for end in range(verb + 2, min(len(sentence), verb + 2 + LONGEST_NAME) + 1):
        name, rest = sentence[verb + 1 : end], sentence[end:]
        if rest and rest[0].kind == "link":
            continue
        if name[0].key in _PREPOSITIONS or any(each.kind in ("condition", "duty") for each in name):
            return
        middle = (*sentence[duty:verb], _BE, sentence[verb])
        yield (*sentence[:start], *name, *middle, _BY, *subject, *rest)
        yield (*sentence[:start], *name, *middle, *rest, _BY, *subject)


def _active(sentence: Tokens) -> Iterator[Tokens]:
    """Yields "X must tell Y" for "Y must be told by X"."""
    split = _split(sentence)
    if split is None:
        return
    start, duty = split
    be = duty + (2 if duty + 1 < len(sentence) and sentence[duty + 1].kind == "negation" else 1)
    if be + 2 >= len(sentence) or sentence[be].key != "be":
        return
    for by in (at for at in range(be + 2, len(sentence)) if sentence[at].key == "by"):
        for end in range(by + 2, min(len(sentence), by + 2 + LONGEST_NAME) + 1):
            agent, rest = sentence[by + 1 : end], sentence[end:]
            if rest and rest[0].kind == "link":
                continue
            verb = (*sentence[duty:be], sentence[be + 1])
            yield (*sentence[:start], *agent, *verb, *sentence[start:duty], *sentence[be + 2 : by], *rest)


def owners(tokens: Tokens) -> Iterator[tuple[Cut, tuple[str, ...]]]:
    """Yields stretches "needs of the child" with the ideas of "the child's needs", and the other way round."""
    for at, token in enumerate(tokens):
        for left in (1, 2):
            for right in (1, 2, 3):
                if token.key == "of" and at >= left and at + right < len(tokens):
                    yield _owned(tokens, at - left, at, at + 1, at + 1 + right)
                if "'" in token.gap and at >= right and at + left <= len(tokens):
                    yield _owner(tokens, at - right, at, at + left)


def _owned(tokens: Tokens, start: int, end: int, after: int, to: int) -> tuple[Cut, tuple[str, ...]]:
    return (start, to), _keys((*tokens[after:to], *tokens[start:end]))


def _owner(tokens: Tokens, start: int, at: int, to: int) -> tuple[Cut, tuple[str, ...]]:
    return (start, to), (*_keys(tokens[at:to]), "of", *_keys(tokens[start:at]))
