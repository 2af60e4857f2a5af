"""The pipeline: from a question to an outcome, one step after another.

``screen | rewrite | retrieve | compose | verify | cite``. Each step takes the state of a question and returns
a fuller one; a step that sets the outcome ends the pipeline.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date

from assistant.answering.approved_answer import AskedOf, Looked, look_up
from assistant.answering.ask_state import AskState
from assistant.answering.resources import OnStatement, Resources
from assistant.answering.retrieval.retrieve import filter_at
from assistant.answering.standing.steps_today import steps_today
from assistant.answering.steps import cited, composed, retrieved, rewritten, screened, verified
from assistant.editions.notices import day
from assistant.editions.visible_snapshot import visible_to
from assistant.messages import language_notice, masked_notice, notice
from assistant.model import (
    Answered,
    Card,
    CitedStatement,
    Contact,
    Notice,
    Outcome,
    Question,
    Refused,
    Screened,
    Signposted,
    Trace,
)
from assistant.ports import Fact, Snapshot, TelemetryId
from assistant.settings import Settings
from assistant.stopwatch import Stopwatch

Step = Callable[[AskState, Snapshot, Resources], AskState]
OnStep = Callable[[str], None]
"""Called with each step's name before it runs; raising cancels the question."""

STEPS: tuple[tuple[str, Step], ...] = (
    ("screen", screened),
    ("rewrite", rewritten),
    ("retrieve", retrieved),
    ("compose", composed),
    ("verify", verified),
    ("cite", cited),
)


def ask(
    question: Question,
    snapshot: Snapshot,
    resources: Resources,
    on_step: OnStep | None = None,
    on_statement: OnStatement | None = None,
    screening: Screened | None = None,
) -> Outcome:
    """Returns the outcome of a question over what its asker may see of one generation of the library.

    A question with a card ends as ``Signposted``. Where a child is in danger now, its ``then`` carries the answer only
    where the documents answer; where somebody has to act today, the refusal too, and ``steps`` what the documents say to do
    today. One that is too long ends there at once.

    Args:
        question: The question.
        snapshot: The generation.
        resources: What the steps work with.
        on_step: Called with each step's name before it runs; raising cancels the question.
        on_statement: Called with each statement of a written answer and its citation as soon as it is verified; the
            outcome counts, and may quote instead. Raising cancels the question.
        screening: The screening result of the same question, where the caller already has it; None screens it here.

    Raises:
        UsageError: The question is empty, or too long and without a card.
    """
    resources, snapshot = replace(resources, on_statement=on_statement), visible_to(snapshot, question.groups)
    state = AskState(question, question.as_at or resources.today(), screening)
    generation = snapshot.generation.number
    with resources.telemetry.span(TelemetryId("ask"), generation=generation, is_written=question.is_written) as span:
        outcome = _asked(state, snapshot, resources, on_step)
        span.tell(**outcome_facts(outcome))
        return outcome


def _asked(state: AskState, snapshot: Snapshot, resources: Resources, on_step: OnStep | None) -> Outcome:
    watch = Stopwatch(on_stage=lambda name: resources.telemetry.span(TelemetryId(f"ask.{name}")))
    for name, step in STEPS:
        if on_step is not None:
            on_step(name)
        with watch.stage(name):
            state = step(state, snapshot, resources)
        if state.outcome is not None or state.screened.route == "too_long":
            break
    with watch.stage("steps_today"):
        steps = steps_today(state.screened, snapshot, resources, state.question.groups)
    with watch.stage("approved"):
        looked = _approved(state, snapshot, resources)
    fingerprint = resources.fingerprint(snapshot, is_written=state.question.is_written)
    trace = replace(_trace(state, watch, fingerprint), approved=looked.match)
    return replace(_finished(state, steps, trace, resources), approved=looked.given)


def _approved(state: AskState, snapshot: Snapshot, resources: Resources) -> Looked:
    """Returns the approved answer to a question; none to a case that has to be judged, and none as at another day."""
    held = resources.approved.held() if resources.approved else None
    is_other_day = state.question.as_at not in (None, resources.today())
    if held is None or not held.answers or is_other_day or state.screened.route in ("judgement", "too_long"):
        return Looked()
    assert resources.approved is not None
    plan = state.search
    texts = tuple(each.plan.search_query for each in plan.parts) if plan and plan.parts else (state.standalone,)
    scope = plan.scope if plan else filter_at(state.question, snapshot, state.at)
    sources = plan.sources if plan else ()
    areas, hits = resources.settings.area, state.hits
    asking = AskedOf(state.question, texts, snapshot, scope, state.at, sources, tuple(areas), hits)
    return look_up(asking, resources.approved, held)


def outcome_facts(outcome: Outcome) -> dict[str, Fact]:
    """Returns what telemetry may tell of an outcome: its kind, counts, and the ids that it was made with."""
    facts: dict[str, Fact] = {
        "outcome": TelemetryId(type(outcome).__name__.lower()),
        "masked": len(outcome.masked),
        "hits": len(outcome.trace.hits) if outcome.trace else 0,
        "fingerprint": TelemetryId(outcome.trace.fingerprint if outcome.trace else ""),
    }
    if isinstance(outcome, Signposted):
        return {**facts, "level": outcome.card.level}
    if isinstance(outcome, Refused):
        return {**facts, "reason": outcome.reason}
    return {**facts, "statements": len(outcome.statements), "citations": len(outcome.citations)}


def _trace(state: AskState, watch: Stopwatch, fingerprint: str) -> Trace:
    judged = state.answerability
    features, probability = (judged.features, judged.probability) if judged else ({}, None)
    return Trace(watch.seconds, fingerprint, state.hits, features, probability, judged=state.judged)


def _finished(state: AskState, steps: tuple[CitedStatement, ...], trace: Trace, resources: Resources) -> Outcome:
    screening, settings, today = state.screened, resources.settings, resources.today()
    if screening.route == "too_long":
        return replace(signpost(screening, settings), trace=trace)
    if state.outcome is None:
        raise AssertionError("the last step always sets an outcome")
    before = (*masked_notice(screening.masked), *language_notice(screening.language))
    dated = (*as_at_notice(state.question.as_at, today), *state.outcome.notices)
    notices = (*before, *dated)
    outcome = replace(state.outcome, notices=notices, masked=screening.masked, trace=trace)
    if not screening.has_card:
        return outcome
    is_shown = isinstance(outcome, Answered) or not screening.is_urgent
    then = replace(outcome, notices=dated) if is_shown else None
    return replace(signpost(screening, settings), standalone=state.standalone, then=then, trace=trace, steps=steps)


def as_at_notice(as_at: date | None, today: date) -> tuple[Notice, ...]:
    """Returns the notice of the day asked about; () where that is today."""
    return () if as_at in (None, today) else (notice("as_at", on=day(as_at)),)


def signpost(screening: Screened, settings: Settings) -> Signposted:
    """Returns the card for a screened question, before anything is looked up."""
    setting = settings.card if screening.is_urgent else settings.card_today
    contacts = tuple(Contact(**contact.model_dump()) for contact in setting.contacts)
    translated = setting.translations.get(screening.language, "")
    card = Card(
        setting.title, setting.text, contacts, screening.level, setting.for_children, setting.for_parents, translated
    )
    notices = (*masked_notice(screening.masked), *language_notice(screening.language))
    if screening.route == "too_long":
        notices = (notice("too_long", most=f"{settings.question_chars:,}"), *notices)
    return Signposted(screening.text, screening.text, card, None, notices, screening.masked)
