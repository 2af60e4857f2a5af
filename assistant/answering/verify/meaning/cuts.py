"""What a claim may leave out of a quote: whole sentences and coordinated clauses, references, examples.

Nothing that a condition, an exception, a negation or a limit reaches is left out: see ``docs/verification.md``.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from assistant.answering.verify.meaning.tokens import Token

Cut = tuple[int, int]
"""Half-open stretch of tokens."""

_FINITE = {"be", "was", "were"}
_DEMANDS = {"duty:must", "duty:should", "duty:must not"}
_BINDING = {"condition", "negation", "limit", "number", "time"}
_TOGETHER = {
    "scope:both", "scope:either", "scope:only", "negation:neither", "condition:whether", "between", "together",
    "jointly", "joint", "mean", "consist", "comprise", "combine", "combination", "define", "total", "link:or",
}  # fmt: skip
"""Words that hold the parts of a coordination together."""
_AROUND = {"as", "by", "for", "in", "under", "at", "during", "through", "with", "on", "per", "from", "upon"}
"""Words that may begin something said of both parts."""
_QUALIFIES = {"condition:except", "condition:otherwise", "condition:unless", "condition:provided", "scope:only"}
_EXEMPTS = {"exception", "exempt", "exemption", "apply", "disapply", "exclude"}
_REFERENCE = {
    "word:section", "word:paragraph", "word:regulation", "chapter", "annex", "page", "schedule", "act", "see",
    "footnote", "figure", "part", "article", "appendix",
}  # fmt: skip
_EXAMPLE = {"word:including", "word:such as"}


def sentences(tokens: Sequence[Token]) -> tuple[Cut, ...]:
    """Returns the sentences of a text, in order; () for none."""
    starts = [at for at, token in enumerate(tokens) if at == 0 or "." in token.gap]
    return tuple(zip(starts, [*starts[1:], len(tokens)], strict=True)) if tokens else ()


def cuts(tokens: Sequence[Token]) -> frozenset[Cut]:
    """Returns every stretch that may be left out, each on its own."""
    stretches: set[Cut] = set()
    whole = sentences(tokens)
    if len(whole) > 1:
        stretches |= {each for each in whole if not _qualifies(tokens[slice(*each)])}
    for start, end in whole:
        stretches |= {*_tails(tokens, start, end), *_fronts(tokens, start, end), *_items(tokens, start, end)}
        stretches |= {*_brackets(tokens, start, end), *_examples(tokens, start, end)}
    return frozenset(stretches)


def _qualifies(sentence: Sequence[Token]) -> bool:
    """Returns whether a sentence limits what another one says."""
    turns = "!" in sentence[0].gap or sentence[0].key == "link:and"
    return turns or sentence[0].key in _QUALIFIES or bool(_EXEMPTS & {each.key for each in sentence})


def _kinds(tokens: Sequence[Token]) -> set[str]:
    return {each.kind for each in tokens}


def _keys(tokens: Sequence[Token]) -> set[str]:
    return {each.key for each in tokens}


def _has_duty(tokens: Sequence[Token]) -> bool:
    return "duty" in _kinds(tokens)


def _is_finite(tokens: Sequence[Token]) -> bool:
    return _has_duty(tokens) or bool(_FINITE & _keys(tokens))


def _main_start(tokens: Sequence[Token], start: int, end: int) -> int | None:
    """Returns where the main clause begins after a condition in front; None where that is not certain."""
    if tokens[start].kind not in ("condition", "limit"):
        return start
    duties = [at for at in range(start, end) if tokens[at].kind == "duty"]
    commas = [at for at in range(start + 1, duties[-1] + 1) if "," in tokens[at].gap] if duties else []
    return commas[-1] if commas else None


def _tails(tokens: Sequence[Token], start: int, end: int) -> Iterator[Cut]:
    """Yields what follows an "and", to the end of its sentence."""
    main = _main_start(tokens, start, end)
    if main is None:
        return
    for at in range(main + 1, end):
        if not (tokens[at].key == "link:and" or ";" in tokens[at].gap):
            continue
        kept, gone = tokens[main:at], tokens[at:end]
        if (
            _is_finite(kept)
            and not (_TOGETHER & _keys(kept))
            and ("condition" not in _kinds(kept) or _stands_alone(gone))
            and _may_go(kept, gone)
        ):
            yield at, end


def _stands_alone(gone: Sequence[Token]) -> bool:
    """Returns whether ", and you should ..." is a sentence of its own: it cannot belong to a condition before it."""
    duty = next((at for at in range(1, len(gone)) if gone[at].key in _DEMANDS), 0)
    is_clause = "," in gone[0].gap and gone[0].text.lower() == "and" and duty > 1
    subject = gone[1:duty]
    return is_clause and not (_kinds(subject) & {"link", "duty", *_BINDING} or any("," in t.gap for t in subject[1:]))


def _may_go(kept: Sequence[Token], gone: Sequence[Token]) -> bool:
    if (
        "condition" in _kinds(gone)
        or _keys(gone) & {"scope:only", "which", "who"}
        or "*" in "".join(t.gap for t in gone)
    ):
        return False
    if gone[0].text.lower() == "but":
        return not (_kinds(gone) & {"duty", *_BINDING})
    following = next((at for at in range(1, len(gone)) if gone[at].kind == "link"), len(gone))
    if _is_finite(gone[:following]):
        return True
    return not (_kinds(gone) & _BINDING or _keys(gone) & (_AROUND | _TOGETHER) or "negation" in _kinds(kept))


def _fronts(tokens: Sequence[Token], start: int, end: int) -> Iterator[Cut]:
    """Yields what stands before an "and" with a duty of its own: the clause, or the first of two duties."""
    first = next((at for at in range(start, end) if tokens[at].kind == "duty"), None)
    for at in range(start + 1, end - 1):
        if first is None or at <= first or not (tokens[at].key == "link:and" or ";" in tokens[at].gap):
            continue
        gone, kept = tokens[start:at], tokens[at + 1 : end]
        is_safe = not ("condition" in _kinds(gone) or _TOGETHER & _keys(gone)) and tokens[at].text.lower() != "but"
        if not is_safe or not _has_duty(kept):
            continue
        if kept[0].kind == "duty":
            yield first, at + 1
        elif tokens[at].key == "link:and":
            yield start, at + 1
        else:
            yield start, at


def _items(tokens: Sequence[Token], start: int, end: int) -> Iterator[Cut]:
    """Yields items of a list that all hold, and the "and" before the last one."""
    marks = [at for at in range(start + 1, end) if "*" in tokens[at].gap]
    if len(marks) < 2 or not _lead_in_binds(tokens[start : marks[0]]):
        return
    joined = [tokens[mark - 1] for mark in marks if tokens[mark - 1].kind == "link"]
    if any(each.key != "link:and" for each in joined):
        return
    for mark, following in zip(marks, [*marks[1:], end], strict=True):
        yield mark, following
        if tokens[following - 1].key == "link:and":
            yield following - 1, following


def _lead_in_binds(lead_in: Sequence[Token]) -> bool:
    """Returns whether a lead-in lays a duty on every item, without a condition or a negation that they share."""
    duties = [at for at, token in enumerate(lead_in) if token.kind == "duty"]
    if not duties or _keys(lead_in) & (_TOGETHER | {"duty:must not", "duty:cannot", "duty:need not"}):
        return False
    return not _kinds(lead_in[duties[-1] :]) & {"condition", "negation", "limit"}


def _brackets(tokens: Sequence[Token], start: int, end: int) -> Iterator[Cut]:
    """Yields references, abbreviations and examples in brackets."""
    for at in range(start, end):
        if "(" not in tokens[at].gap:
            continue
        close = next((to for to in range(at + 1, end) if ")" in tokens[to].gap), end)
        inside = tokens[at:close]
        is_short = all(each.text.isupper() and each.text.isalpha() for each in inside) and len(inside) <= 2
        is_reference = bool(_REFERENCE & _keys(inside)) and not _kinds(inside) & {
            "condition",
            "negation",
            "duty",
            "scope",
        }
        is_example = inside[0].key in _EXAMPLE and not _kinds(inside) & {"condition", "negation", "duty"}
        if is_short or is_reference or is_example:
            yield at, close


def _examples(tokens: Sequence[Token], start: int, end: int) -> Iterator[Cut]:
    """Yields "including ..." and "such as ..." between commas, to the duty word or the end of the sentence."""
    for at in range(start + 1, end):
        if tokens[at].key not in _EXAMPLE or not set(tokens[at].gap) & {",", "-"}:
            continue
        for to in (*(to for to in range(at + 1, end) if "," in tokens[to].gap and tokens[to].kind == "duty"), end):
            if not _kinds(tokens[at:to]) & {"condition", "negation", "duty", "limit"}:
                yield at, to
