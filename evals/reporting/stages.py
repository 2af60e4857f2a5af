"""Measures each stage alone, on its own input and labels, so that a fault is found where it is."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence

from assistant.answering.answerability.judge import Answerability, judge
from assistant.answering.answerability.sentence_features import candidates
from assistant.answering.compose.extract import extract
from assistant.answering.query_analysis.whole_asked import WholeAsked
from assistant.answering.resources import Resources
from assistant.answering.screening.screen import screen
from assistant.answering.search import search
from assistant.answering.search_plan import hits_of, plan_search
from assistant.answering.verify.quotes import verify_quotes
from assistant.model import Claim, Draft, EditionId, Hit, Span, Verdict
from assistant.ports import Snapshot
from evals.dataset.gold import gold_ranks, is_shown
from evals.dataset.items import Item, QuestionType
from evals.reporting.summary import shown, shown_mean
from evals.scoring.grading import has_gold_to_show
from evals.scoring.metrics import auc, mean, recall_at, share_of

Rows = Iterator[tuple[str, str]]
ROUTES = {QuestionType.OUT_OF_SCOPE: "out_of_scope", QuestionType.JUDGEMENT: "judgement"}
POOL = 30


def measure_stage(name: str, items: Sequence[Item], snapshot: Snapshot, resources: Resources) -> Rows:
    """Yields the figures of one stage as (what, figure with count and interval)."""
    return STAGES[name](items, snapshot, resources)


def _screen(items: Sequence[Item], snapshot: Snapshot, resources: Resources) -> Rows:
    screened_items = [(item, screen(item.asked(), resources.settings, resources.door)) for item in items]
    for kind, route in ROUTES.items():
        flags = [screened.route == route for item, screened in screened_items if item.type is kind]
        yield f"{kind.value} found by screening", shown(share_of(flags))
    urgent = [screened.is_urgent for item, screened in screened_items if item.type is QuestionType.URGENT]
    yield "urgent found", shown(share_of(urgent))
    others = [screened.is_urgent for item, screened in screened_items if item.type is not QuestionType.URGENT]
    yield "urgent raised where it is not", shown(share_of(others))
    details = [detail.lower() not in screened.text.lower() for item, screened in screened_items for detail in item.pii]
    yield "personal details masked", shown(share_of(details))
    passed = [screened.route == "answer" for item, screened in screened_items if has_gold_to_show(item)]
    yield "answerable questions let through", shown(share_of(passed))


def _retrieve(items: Sequence[Item], snapshot: Snapshot, resources: Resources) -> Rows:
    ranks = [_gold_ranks(item, snapshot, resources) for item in _answerable(items)]
    for k in (1, 5, 10, POOL):
        yield f"gold passage among the first {k}", shown_mean(mean([recall_at(each, k) for each in ranks]))


def _gold_ranks(item: Item, snapshot: Snapshot, resources: Resources) -> tuple[int | None, ...]:
    hits = search(item.asked(), snapshot, resources, POOL).hits
    return gold_ranks(item, [{"edition_id": hit.passage.edition_id, "text": hit.passage.text} for hit in hits])


def _holds(item: Item, part: int, hit: Hit) -> bool:
    golds = [each for each in item.parts[part] if each.edition_id == hit.passage.edition_id]
    return any(is_shown(each.quote, hit.passage.text) for each in golds)


def _answerability(items: Sequence[Item], snapshot: Snapshot, resources: Resources) -> Rows:
    """The hits as they are; for answerable questions only where the gold passage is among them."""
    right = [found.probability for _, found in _with_gold(items, snapshot, resources)]
    near = [
        _judged(item, snapshot, resources)[1].probability for item in items if item.type is QuestionType.UNANSWERABLE
    ]
    area = auc(right, near)
    shown_area = "none counted" if area is None else f"{area:.3f} ({len(right)} against {len(near)})"
    yield "answerable above near-miss (AUC)", shown_area
    threshold = resources.calibration.threshold
    if threshold is not None:
        yield "answerable at or above the threshold", shown(share_of([each >= threshold for each in right]))
        yield "near-misses below the threshold", shown(share_of([each < threshold for each in near]))


def _judged(item: Item, snapshot: Snapshot, resources: Resources) -> tuple[tuple[Hit, ...], Answerability]:
    question = item.asked()
    plan = plan_search(question, screen(question, resources.settings, resources.door), snapshot, resources.today())
    hits = tuple(hit for hit in hits_of(plan, snapshot, resources) if hit.rejected is None)
    sentences, scorer = candidates(plan.analysis, hits), resources.scorer(plan.search_query)
    return hits, judge(plan.analysis, sentences, hits, resources.calibration, scorer)


def _with_gold(items: Sequence[Item], snapshot: Snapshot, resources: Resources) -> list[tuple[Item, Answerability]]:
    both = [(item, *_judged(item, snapshot, resources)) for item in _answerable(items)]
    return [
        (item, judged)
        for item, hits, judged in both
        if any(_holds(item, part, hit) for part in range(len(item.parts)) for hit in hits)
    ]


def _extract(items: Sequence[Item], snapshot: Snapshot, resources: Resources) -> Rows:
    """Where the gold passage is among the hits: whether its sentence is the one chosen."""
    found = [(item, judged) for item, judged in _with_gold(items, snapshot, resources) if judged.ranked]
    first = [_shows(item, judged.ranked[0][0].context) for item, judged in found]
    yield "gold sentence ranked first", shown(share_of(first))
    drafts = [extract(judged, snapshot, _asked(item, snapshot, resources)) for item, judged in found]
    flags = [any(_shows(item, c.text) for c in draft.claims) for (item, _), draft in zip(found, drafts, strict=True)]
    yield "gold sentence among those quoted", shown(share_of(flags))


def _asked(item: Item, snapshot: Snapshot, resources: Resources) -> WholeAsked:
    screened = screen(item.asked(), resources.settings, resources.door)
    plan = plan_search(item.asked(), screened, snapshot, resources.today())
    return WholeAsked.of(plan.search_query, plan.analysis)


def _shows(item: Item, text: str) -> bool:
    return any(is_shown(gold.quote, text) for gold in item.gold)


def _verify(items: Sequence[Item], snapshot: Snapshot, resources: Resources) -> Rows:
    """Every sentence that holds a gold quote verifies; the same with a number or a duty word changed does not."""
    claims = [claim for item in _answerable(items) for claim in _claims(item, snapshot)]
    yield "verbatim sentences accepted", shown(share_of(_accepted(claims, snapshot)))
    for name, pattern, instead in EDITS:
        edited = [_edited(each, pattern, instead) for each in claims if pattern.search(each.text)]
        yield f"rejected with {name}", shown(share_of([not each for each in _accepted(edited, snapshot)]))


EDITS = (
    ("a number changed", re.compile(r"\b\d+\b"), lambda found: str(int(found.group()) + 7)),
    (
        "must or should swapped",
        re.compile(r"\b(must|should)\b"),
        lambda found: {"must": "may"}.get(found.group(), "must"),
    ),
    ("a negation dropped", re.compile(r"\bnot "), lambda found: ""),
)


def _claims(item: Item, snapshot: Snapshot) -> Iterator[Claim]:
    for gold in item.gold:
        for passage in snapshot.passages_of(EditionId(gold.edition_id)):
            if not passage.is_quotable or not is_shown(gold.quote, passage.text):
                continue
            for sentence in passage.sentences:
                start, end = (each - passage.span.start for each in sentence.span)
                if is_shown(gold.quote, passage.text[start:end]):
                    text = passage.text[start:end]
                    yield Claim(text, (Span(*sentence.span),), passage.edition_id, passage.passage_id)


def _edited(claim: Claim, pattern: re.Pattern[str], instead: Callable[[re.Match[str]], str]) -> Claim:
    return Claim(pattern.sub(instead, claim.text, count=1), claim.parts, claim.edition_id, claim.passage_id)


def _accepted(claims: Sequence[Claim], snapshot: Snapshot) -> list[bool]:
    return [each.verdict is Verdict.SUPPORTED for each in verify_quotes(Draft(tuple(claims)), snapshot)]


def _answerable(items: Sequence[Item]) -> list[Item]:
    return [item for item in items if has_gold_to_show(item) and item.type is not QuestionType.FALSE_PREMISE]


Stage = Callable[[Sequence[Item], Snapshot, Resources], Rows]
STAGES: dict[str, Stage] = {
    "screen": _screen,
    "retrieve": _retrieve,
    "answerable": _answerability,
    "extract": _extract,
    "verify": _verify,
}
