"""Which findings of a coverage part are shown, and in which order; for the API and the pages."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from types import MappingProxyType
from typing import Literal

from assistant.coverage.decisions import Judged, JudgedPart
from assistant.errors import UsageError

Sort = Literal["worst", "words", "place", "asked", "decided"]
DOCUMENT = "document"
_FACTS: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "duties": ("group", "duty word", "conflict"),
        "references": ("looks like",),
        "currency": ("kind", "form"),
        "recommendations": ("kind",),
        "topics": ("topic", "kind"),
        "diff": ("touches", "duty word"),
    }
)
_OF_EDITIONS = frozenset({"diff", "currency"})
"""Parts whose findings are about editions themselves."""
_LISTS = frozenset({"conflict", "touches"})
"""Facts that hold several values."""


@dataclass(frozen=True, slots=True)
class Chosen:
    """Which findings of a part are wanted, and in which order."""

    states: tuple[str, ...] = ()
    """All where there is none."""
    words: str = ""
    """What a finding, its facts, questions or quotes hold; letter case does not count."""
    having: tuple[str, ...] = ()
    """Facts with their value, such as ``group=Police``; a finding has every one. ``document`` is the one it is found in."""
    sort: Sort = "worst"
    """``worst`` first, by ``words`` from A to Z, by ``place`` in the documents, most ``asked``, last ``decided``."""


def selected(part: JudgedPart, chosen: Chosen) -> JudgedPart:
    """Returns a part with the findings that are wanted, in the order that is wanted.

    Raises:
        UsageError: What is to be had is no fact that findings of the part are sorted out by.
    """
    wanted = chosen.words.casefold().split()
    facts = [_fact(part.part.name, each) for each in chosen.having if each]
    rows = [
        each
        for each in part.rows
        if (not chosen.states or each.state in chosen.states)
        and all(value in _values(each, name) for name, value in facts)
        and _holds(each, wanted)
    ]
    if chosen.sort != "worst":
        rows.sort(key=_ORDERS[chosen.sort])
    return replace(part, rows=tuple(rows))


def choices(part: JudgedPart) -> dict[str, tuple[tuple[str, int], ...]]:
    """Returns the facts that findings are sorted out by, each with its values and how many findings have them, A to Z.

    A fact that has one value only, or none, is left out.
    """
    found = {
        name: Counter(value for each in part.rows for value in _values(each, name)) for name in facts_of(part.part.name)
    }
    return {name: tuple(sorted(counts.items())) for name, counts in found.items() if len(counts) > 1}


def facts_of(part: str) -> tuple[str, ...]:
    """Returns the facts that findings of a part are sorted out by."""
    return (*_FACTS.get(part, ()), *(() if part in _OF_EDITIONS else (DOCUMENT,)))


def _fact(part: str, having: str) -> tuple[str, str]:
    name, mark, value = having.partition("=")
    if not mark or name not in facts_of(part):
        raise UsageError(f"having={having}: write NAME=VALUE; of {part} the names are {', '.join(facts_of(part))}.")
    return name, value


def _values(each: Judged, name: str) -> tuple[str, ...]:
    if name == DOCUMENT:
        return tuple(quote.edition.title for quote in each.row.quotes[:1])
    return tuple(value for value in each.row.fact(name).split(", " if name in _LISTS else "\n") if value)


def _holds(each: Judged, wanted: Sequence[str]) -> bool:
    row = each.row
    parts = (row.title, *(value for _, value in row.facts), *(text for text, _ in row.items))
    whole = " ".join((*parts, *(quote.text for quote in row.quotes))).casefold() if wanted else ""
    return all(word in whole for word in wanted)


def _place(each: Judged) -> tuple[str, int]:
    quote = each.row.quotes[0] if each.row.quotes else None
    return (quote.edition.title, quote.spans[0].start if quote.spans else 0) if quote else ("", 0)


def _decided(each: Judged) -> tuple[float, str]:
    return (-each.decision.at.timestamp() if each.decision else 0.0, each.row.title)


_ORDERS: dict[Sort, Callable[[Judged], tuple[object, ...]]] = {
    "words": lambda each: (each.row.title.casefold(),),
    "place": _place,
    "asked": lambda each: (-int(each.row.fact("asked") or 0), each.row.title),
    "decided": _decided,
}
