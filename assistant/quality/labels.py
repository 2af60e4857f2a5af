"""Marks of the policy team as labelled questions, in the format of ``assistant eval``.

Their split is ``marked``: calibration and regression use them, and no report or scorecard does, because answers are
corrected after them.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from assistant.editions.locations import pages_of
from assistant.errors import UsageError
from assistant.model import Filter, Span
from assistant.model.quality import AskedQuestion, GoldQuote, Mark, Verdict
from assistant.outcomes.view import (
    AnsweredView,
    CitationView,
    OutcomeView,
    RefusedView,
    SignpostedView,
    read_outcome,
    without_card,
)
from assistant.ports import Snapshot
from assistant.text.quote_matching import places

SPLIT = "marked"
GOLD_WORDS = 30
"""Most words of a gold quote, as in question files: what is longer is cut, and matches by its beginning."""
SEARCHED = 50
"""Passages in which the words are looked for that somebody points to."""
TYPES_BY_REASON: Mapping[str, str | None] = {
    "needs_judgement": "judgement",
    "out_of_scope": "out_of_scope",
    "courtesy": None,
}
"""Type of a question whose refusal for this reason was right; for any other reason it is unanswerable. A greeting is none."""


@dataclass(frozen=True, slots=True)
class ShownQuote:
    """A quote of an outcome, by which somebody says what answers."""

    key: str
    """Such as p1, c1, r1 or n1: of the approved answer, cited, related, nearest."""
    title: str
    quote: GoldQuote


def shown_quotes(outcome: OutcomeView) -> tuple[ShownQuote, ...]:
    """Returns the quotes of an outcome: of the approved answer, what it cites, then what it shows as related or nearest."""
    view = without_card(outcome)
    approved = outcome.approved or view.approved
    first = ("p", approved.citations if approved else ())
    if isinstance(view, SignpostedView):
        return _keyed(first)
    others = ("n", view.nearest) if isinstance(view, RefusedView) else ("r", view.related)
    return _keyed(first, ("c", view.citations), others)


def _keyed(*parts: tuple[str, Sequence[CitationView]]) -> tuple[ShownQuote, ...]:
    return tuple(
        ShownQuote(f"{letter}{number}", each.title, GoldQuote(each.edition_id, each.pages[0], each.quote))
        for letter, citations in parts
        for number, each in enumerate(citations, start=1)
    )


def is_answer(outcome: OutcomeView) -> bool:
    """Returns whether an outcome answers, behind a card or without one, in the documents' or the partnership's words."""
    view = without_card(outcome)
    return isinstance(view, AnsweredView) or bool(outcome.approved or view.approved)


def verdicts_for(outcome: OutcomeView) -> tuple[Verdict, ...]:
    """Returns the verdicts that fit an outcome: an answer may have to be refused, anything else to be answered."""
    other = Verdict.SHOULD_REFUSE if is_answer(outcome) else Verdict.SHOULD_ANSWER
    parts = (Verdict.RIGHT, Verdict.PARTLY, Verdict.WRONG) if is_answer(outcome) else (Verdict.RIGHT, Verdict.WRONG)
    return (*parts, other)


def gold_of(
    outcome: OutcomeView, verdict: Verdict, keys: Sequence[str], words: str, snapshot: Snapshot | None
) -> tuple[GoldQuote, ...]:
    """Returns the words that answer: the quotes chosen, those pointed to, and for a right answer all that it cites.

    Args:
        outcome: What was shown.
        verdict: The mark.
        keys: Keys of quotes that were shown.
        words: Words of the library that answer and were not shown; "" for none.
        snapshot: The library as whoever marks sees it; None where there is none.

    Raises:
        UsageError: The verdict does not fit the outcome, a key is unknown, the words are in no document, or a partly right
            answer names nothing that answers.
    """
    if verdict not in verdicts_for(outcome):
        fitting = ", ".join(each.value for each in verdicts_for(outcome))
        raise UsageError(f"The verdict {verdict.value} does not fit this outcome. Choose one of: {fitting}.")
    if verdict is Verdict.SHOULD_REFUSE or (verdict is Verdict.RIGHT and not is_answer(outcome)):
        return ()
    shown = {each.key: each.quote for each in shown_quotes(outcome)}
    unknown = [key for key in keys if key not in shown]
    if unknown:
        raise UsageError(f"There is no quote {unknown[0][:20]!r} in this outcome. There are: {', '.join(shown)}.")
    chosen = [shown[key] for key in keys]
    if words.strip():
        chosen.append(_pointed_to(words, snapshot))
    if not chosen and verdict is Verdict.RIGHT and is_answer(outcome):
        chosen = [quote for key, quote in shown.items() if key[0] in "pc"]
    if not chosen and verdict is Verdict.PARTLY:
        raise UsageError("Say which of the quotes answers, or give the words of a document that do.")
    return tuple(dict.fromkeys(chosen))


def _pointed_to(words: str, snapshot: Snapshot | None) -> GoldQuote:
    """Returns where the words stand, word for word; of several places, the first that the search finds."""
    quote = " ".join(words.split())
    hits = snapshot.search_words(quote, k=SEARCHED, filter=Filter()) if snapshot else ()
    for passage in snapshot.passages([each.passage_id for each in hits]) if snapshot else ():
        span = next(places(quote, passage.text), None)
        if span is not None and snapshot is not None:
            at = Span(passage.span.start + span.start, passage.span.start + span.end)
            pages = pages_of(at, snapshot.pages(passage.edition_id))
            own = snapshot.text(passage.edition_id)[at.start : at.end]
            return GoldQuote(str(passage.edition_id), pages[0].number if pages else 1, own)
    raise UsageError("These words are in no document, word for word. Copy them from the document's page.")


def label_of(asked: AskedQuestion, works: Mapping[str, str]) -> dict[str, Any] | None:
    """Returns a marked question as a row of a question file; None where its last mark does not say what would be right.

    Args:
        asked: The question, with its marks.
        works: The work of each edition by id.
    """
    if not asked.marks:
        return None
    mark, outcome = asked.marks[0], read_outcome(asked.outcome)
    kind = _type_of(mark, outcome)
    if kind is None:
        return None
    gold = mark.gold if kind == "answerable" else ()
    row = {
        "id": f"marked-{asked.record_id}",
        "type": kind,
        "question": getattr(without_card(outcome), "standalone", "") or asked.question,
        "gold": [{"edition_id": each.edition_id, "page": each.page, "quote": _cut(each.quote)} for each in gold],
        "why": mark.reason or None,
        "split": SPLIT,
        "work": works.get(gold[0].edition_id, gold[0].edition_id) if gold else "none",
    }
    return {name: value for name, value in row.items() if value not in (None, [])}


def _type_of(mark: Mark, outcome: OutcomeView) -> str | None:
    """Returns the type of question that a mark makes; None for "wrong" without words that would be right."""
    if mark.gold:
        return "answerable"
    if mark.verdict is Verdict.SHOULD_REFUSE:
        return "unanswerable"
    if mark.verdict is not Verdict.RIGHT:
        return None
    view = without_card(outcome)
    if isinstance(view, SignpostedView):
        return "urgent"
    return TYPES_BY_REASON.get(view.reason.value, "unanswerable") if isinstance(view, RefusedView) else None


def _cut(quote: str) -> str:
    return " ".join(quote.split()[:GOLD_WORDS])


def labelled(marked: Iterable[AskedQuestion], works: Mapping[str, str]) -> tuple[dict[str, Any], ...]:
    """Returns the marked questions as rows of a question file, one for each question however often it was asked."""
    rows: dict[str, dict[str, Any]] = {}
    for asked in marked:
        row = label_of(asked, works)
        if row is not None:
            rows.setdefault(row["question"].casefold(), row)
    return tuple(rows.values())


def as_lines(rows: Iterable[Mapping[str, Any]]) -> str:
    """Returns rows as JSONL, the format of question files."""
    return "".join(f"{json.dumps(row, ensure_ascii=False)}\n" for row in rows)
