"""Filters and sort orders of coverage findings, for the API and the pages."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from types import MappingProxyType
from typing import Literal

from assistant.coverage.decisions import DecidedRow, DecidedSection
from assistant.coverage.sections.questions import QuestionFacts
from assistant.errors import UsageError

Sort = Literal["worst", "words", "place", "asked", "decided"]
DOCUMENT = "document"
_LABELS: Mapping[str, tuple[str, ...]] = MappingProxyType(
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
"""Sections whose findings are about editions themselves."""


@dataclass(frozen=True, slots=True)
class CoverageFilters:
    """Which findings of a section to return, and in which order."""

    states: tuple[str, ...] = ()
    """Any of these states; () for all."""
    words: str = ""
    """Words that the finding, its facts, questions or quotes contain, ignoring case."""
    having: tuple[str, ...] = ()
    """Facts with a value, such as ``group=Police``; all must match. ``document`` is the title of the source document."""
    sort: Sort = "worst"
    """``worst`` first, ``words`` from A to Z, ``place`` in the documents, most ``asked`` first, last ``decided`` first."""


def filtered(decided: DecidedSection, filters: CoverageFilters) -> DecidedSection:
    """Returns a section with the findings that match, in the order asked for.

    Raises:
        UsageError: ``having`` names something that this section cannot be filtered by.
    """
    words = filters.words.casefold().split()
    facts = [_fact(decided.section.name, each) for each in filters.having if each]
    rows = [
        row
        for row in decided.rows
        if (not filters.states or row.state in filters.states)
        and all(value in _values(row, name) for name, value in facts)
        and _contains(row, words)
    ]
    if filters.sort != "worst":
        rows.sort(key=_ORDERS[filters.sort])
    return replace(decided, rows=tuple(rows))


def filter_choices(decided: DecidedSection) -> dict[str, tuple[tuple[str, int], ...]]:
    """Returns the facts to filter by, each with its values and their numbers of findings, A to Z.

    A fact with fewer than two values is left out.
    """
    counts = {
        name: Counter(value for row in decided.rows for value in _values(row, name))
        for name in facts_of(decided.section.name)
    }
    return {name: tuple(sorted(values.items())) for name, values in counts.items() if len(values) > 1}


def facts_of(section: str) -> tuple[str, ...]:
    """Returns the facts that findings of a section can be filtered by."""
    return (*_LABELS.get(section, ()), *(() if section in _OF_EDITIONS else (DOCUMENT,)))


def _fact(section: str, having: str) -> tuple[str, str]:
    name, mark, value = having.partition("=")
    if not mark or name not in facts_of(section):
        names = ", ".join(facts_of(section))
        raise UsageError(f"having={having}: write NAME=VALUE; the names for {section} are {names}.")
    return name, value


def _values(row: DecidedRow, name: str) -> tuple[str, ...]:
    if name == DOCUMENT:
        return tuple(quote.edition.title for quote in row.row.quotes[:1])
    return row.row.facts.values(name)


def _contains(decided: DecidedRow, words: Sequence[str]) -> bool:
    if not words:
        return True
    row = decided.row
    texts = (row.title, *(value for _, value in row.facts.labelled()), *(text for text, _ in row.items))
    whole = " ".join((*texts, *(quote.text for quote in row.quotes))).casefold()
    return all(word in whole for word in words)


def _place(decided: DecidedRow) -> tuple[str, int]:
    quote = decided.row.quotes[0] if decided.row.quotes else None
    return (quote.edition.title, quote.spans[0].start if quote.spans else 0) if quote else ("", 0)


def _decided(decided: DecidedRow) -> tuple[float, str]:
    return (-decided.decision.at.timestamp() if decided.decision else 0.0, decided.row.title)


def _times_asked(decided: DecidedRow) -> int:
    facts = decided.row.facts
    return facts.asked if isinstance(facts, QuestionFacts) else 0


_ORDERS: dict[Sort, Callable[[DecidedRow], tuple[object, ...]]] = {
    "words": lambda decided: (decided.row.title.casefold(),),
    "place": _place,
    "asked": lambda decided: (-_times_asked(decided), decided.row.title),
    "decided": _decided,
}
