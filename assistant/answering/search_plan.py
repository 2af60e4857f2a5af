"""The front half of the pipeline: what a screened question searches for, and where.

Answers, ``search``, the LangChain retriever and the data that calibrations are fitted on all go through here, so that
what is measured is what is served.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date

from assistant.answering.named_sources import NamedSource, editions_named, named_source_of
from assistant.answering.query_analysis.analysis import QueryAnalysis, analysis_of
from assistant.answering.query_analysis.asked import asked_and_told, without_placeholders
from assistant.answering.query_analysis.spelling import Repair, repaired
from assistant.answering.resources import Resources
from assistant.answering.retrieval.retrieve import filter_at, restricted, retrieve
from assistant.answering.rewriting.follow_ups import rewrite, rewrite_by
from assistant.answering.rewriting.parts import PartAsked, parts_of
from assistant.editions.access import open_to
from assistant.model import EditionId, Filter, Hit, Kind, Question, Screened
from assistant.ports import Rewriter, Snapshot


@dataclass(frozen=True, slots=True)
class SearchPlan:
    """What is searched for, and in which editions."""

    standalone: str
    """The question as it stands alone, earlier turns worked in."""
    search_query: str
    """What is searched for and judged: what is asked, without what is told and without a source that it names."""
    analysis: QueryAnalysis
    """Of the search query."""
    scope: Filter
    """What the search may see: only the named editions where the question names some."""
    also_searched: str = ""
    """The question with what it tells; its passages are found as well. "" where nothing is told."""
    told: tuple[str, ...] = ()
    """Sentences that tell a case, greet or sign, in their order."""
    named_source: NamedSource | None = None
    """The source that the question names, with what is asked of it; None where it names none."""
    sources: tuple[EditionId, ...] = ()
    """The editions that it names, which alone are searched; () for all in scope."""

    repairs: tuple[Repair, ...] = ()
    """Words that were taken for mistyped ones."""
    parts: tuple[PartPlan, ...] = ()
    """What is searched for each of several questions that it asks; () where it asks one."""

    @property
    def queries(self) -> tuple[str, ...]:
        """What passages are searched by; the first is what they are judged by."""
        return (self.search_query, self.also_searched) if self.also_searched else (self.search_query,)


@dataclass(frozen=True, slots=True)
class PartPlan:
    """What is searched for one of several questions."""

    text: str
    """The question as it was typed."""
    plan: SearchPlan


def plan_search(
    question: Question, screened: Screened, snapshot: Snapshot, today: date, rewriter: Rewriter | None = None
) -> SearchPlan:
    """Returns what a screened question searches for.

    Args:
        question: The question, with what narrows it.
        screened: Its screening.
        snapshot: The generation.
        today: The date to ask about where the question gives none.
        rewriter: Makes a follow-up stand alone; None leaves that to the rules.
    """
    spelling = repaired(
        rewrite(screened) if rewriter is None else rewrite_by(screened, rewriter), snapshot.vocabulary()
    )
    standalone = spelling.text
    parts = asked_and_told(standalone)
    source = named_source_of(parts.asked, open_to(snapshot.editions(), question.groups))
    scope = filter_at(question, snapshot, question.as_at or today)
    sources = _editions_of(source, scope, snapshot)
    query = source.about if source else parts.asked
    narrowed = replace(scope, editions=sources or scope.editions)
    whole = without_placeholders(standalone) if parts.told else ""
    plan = SearchPlan(
        standalone,
        query,
        analysis_of(query, snapshot),
        narrowed,
        whole,
        parts.told,
        source,
        sources,
        spelling.repairs,
    )
    return replace(plan, parts=tuple(_part_plan(each, plan, snapshot) for each in parts_of(query)))


def _part_plan(part: PartAsked, plan: SearchPlan, snapshot: Snapshot) -> PartPlan:
    """Returns the plan of one part, in the scope of the whole question, whose words find passages as well."""
    query = part.standalone
    whole = plan.also_searched or plan.search_query
    return PartPlan(
        part.text, replace(plan, search_query=query, analysis=analysis_of(query, snapshot), also_searched=whole)
    )


def _editions_of(source: NamedSource | None, scope: Filter, snapshot: Snapshot) -> tuple[EditionId, ...]:
    """Returns those editions in scope that the question names; () where it names none or the scope names some."""
    if source is None or scope.editions:
        return ()
    kinds = scope.kinds or tuple(Kind)
    visible = [
        edition for edition in snapshot.editions() if edition.edition_id not in scope.excluded and edition.kind in kinds
    ]
    return editions_named(source, visible)


def hits_of(plan: SearchPlan, snapshot: Snapshot, resources: Resources, hits_k: int | None = None) -> tuple[Hit, ...]:
    """Returns the hits of a plan, best first; rejected ones come last. () where nothing is in scope.

    Args:
        plan: What is searched for, and where.
        snapshot: The generation.
        resources: Embedder, settings and calibration.
        hits_k: Hits to keep in use; those of the settings unless given.
    """
    settings = resources.settings if hits_k is None else resources.settings.model_copy(update={"hits_k": hits_k})
    return retrieve(
        plan.queries, plan.analysis, snapshot, resources.embedder, plan.scope, settings, resources.calibration.passage
    )


def is_superseded_only(plan: SearchPlan, question: Question, snapshot: Snapshot, resources: Resources) -> bool:
    """Returns whether only editions that are not in force would match a plan that found nothing."""
    wider = replace(plan.scope, excluded=restricted(question, snapshot.editions()))
    return wider != plan.scope and bool(hits_of(replace(plan, scope=wider), snapshot, resources))
