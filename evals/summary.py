"""Sums up a run as a table that a policy owner can read; every figure with its count and interval."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from evals.items import QuestionType
from evals.marked import Asked
from evals.metrics import Mean, Share, mean, ndcg_at, recall_at, reciprocal_rank, share_of
from evals.right import has_gold_to_show


def summary(asked: Sequence[Asked]) -> str:
    """Returns the figures of a run as a Markdown table."""
    rows = [*_answers(asked), *_retrieval(asked), *_types(asked)]
    lines = "\n".join(f"| {name} | {figure} |" for name, figure in rows)
    return f"| measure | figure |\n|---|---|\n{lines}\n"


def _answers(asked: Sequence[Asked]) -> Iterator[tuple[str, str]]:
    wrong = share_of([each.mark.is_wrong for each in asked])
    yield "**wrong answers, among all questions**", shown(wrong)
    answered = [each for each in asked if each.mark.is_answered]
    yield "wrong answers, among those answered", shown(share_of([each.mark.is_wrong for each in answered]))
    answerable = [each for each in asked if has_gold_to_show(each.item)]
    yield "answerable: answered", shown(share_of([each.mark.is_answered for each in answerable]))
    yield "answerable: a gold quote cited", shown(share_of([each.mark.shows_gold for each in answerable]))
    near = [each for each in asked if each.item.type is QuestionType.UNANSWERABLE]
    yield "near-misses: refused", shown(share_of([not each.mark.is_answered for each in near]))
    cited = [each for each in asked if each.mark.shows_gold]
    yield "right page, where a gold quote is cited", shown(share_of([bool(each.mark.is_right_page) for each in cited]))
    precision = [each.mark.citation_precision for each in asked if each.mark.citation_precision is not None]
    yield "citation precision, per answer", shown_mean(mean(precision))
    facts = [each.mark.must_include for each in asked if each.mark.must_include is not None]
    yield "facts that must be there, per answer", shown_mean(mean(facts))
    yield "personal details leaked", shown(share_of([bool(each.mark.leaks) for each in asked]))


def _retrieval(asked: Sequence[Asked]) -> Iterator[tuple[str, str]]:
    ranks = [each.ranks for each in asked if each.ranks]
    for k in (1, 5, 10):
        yield f"recall@{k}", shown_mean(mean([recall_at(each, k) for each in ranks]))
    yield "nDCG@10", shown_mean(mean([ndcg_at(each) for each in ranks]))
    yield "MRR", shown_mean(mean([reciprocal_rank(each) for each in ranks]))


def _types(asked: Sequence[Asked]) -> Iterator[tuple[str, str]]:
    for kind in QuestionType:
        mine = [each.mark.is_right for each in asked if each.item.type is kind]
        if mine:
            yield f"right: {kind.value}", shown(share_of(mine))


def shown(found: Share) -> str:
    """Returns a share as text."""
    if found.value is None or found.low is None or found.high is None:
        return "none counted"
    return f"{found.count} of {found.of}, {found.value:.1%} (95 %: {found.low:.1%}–{found.high:.1%})"


def shown_mean(found: Mean) -> str:
    """Returns a mean as text."""
    if found.value is None or found.low is None or found.high is None:
        return "none counted"
    return f"{found.value:.3f} (95 %: {found.low:.3f}–{found.high:.3f}; {found.of} counted)"
