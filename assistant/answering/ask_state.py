"""The state of a question in the pipeline."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date

from assistant.answering.answerability.judge import Answerability
from assistant.answering.own_area import NO_AREAS, Areas
from assistant.answering.search_plan import SearchPlan
from assistant.model import Answered, Draft, Finding, Hit, Question, Refused, Screened
from assistant.model.approved import Block
from assistant.model.judged import Judged, JudgedEffect


@dataclass(frozen=True, slots=True)
class PartState:
    """One of several questions with the results of the steps so far."""

    text: str
    """As it was typed."""
    plan: SearchPlan
    hits: tuple[Hit, ...]
    answerability: Answerability | None = None

    @property
    def is_answerable(self) -> bool:
        """Whether the documents answer this part."""
        return self.answerability is not None and self.answerability.is_answerable


@dataclass(frozen=True, slots=True)
class AskState:
    """A question with the results of the steps so far."""

    question: Question
    at: date
    """The date asked about."""
    screening: Screened | None = None
    """None before the first step, unless the caller has screened the question already."""
    search: SearchPlan | None = None
    """None before the second step."""
    hits: tuple[Hit, ...] = ()
    parts: tuple[PartState, ...] = ()
    """Each of several questions that it asks, with its hits; () where it asks one."""
    answerability: Answerability | None = None
    draft: Draft = field(default_factory=lambda: Draft(()))
    findings: tuple[Finding, ...] = ()
    areas: Areas = NO_AREAS
    """The areas that it is about."""
    blocks: tuple[Block, ...] = ()
    """Blocks whose topic it is on."""
    judged: tuple[Judged, ...] = ()
    """What a second judge made of it."""
    outcome: Answered | Refused | None = None
    """A step that sets it ends the pipeline."""

    @property
    def screened(self) -> Screened:
        """The screening result. Raises ``AssertionError`` before the first step."""
        assert self.screening is not None
        return self.screening

    @property
    def plan(self) -> SearchPlan:
        """What is searched for, and where. Raises ``AssertionError`` before the second step."""
        assert self.search is not None
        return self.search

    @property
    def standalone(self) -> str:
        """The question as it stands alone; as screened, before the second step."""
        return self.search.standalone if self.search else self.screened.text

    @property
    def may_be_judged(self) -> bool:
        """Whether a second judge may be asked: neither for a case to judge nor while a child is in danger now."""
        return self.screened.route == "answer" and not self.screened.is_urgent

    @property
    def was_found_by_judge(self) -> bool:
        """Whether a second judge turned a refusal into the answer."""
        return any(each.effect is JudgedEffect.ANSWERED for each in self.judged)

    @property
    def was_rejected_by_judge(self) -> bool:
        """Whether a second judge rejected an answer."""
        return any(each.effect is JudgedEffect.REJECTED for each in self.judged)

    @property
    def wants_writing(self) -> bool:
        """Whether a language model may write: asked for, and neither a case to judge nor a child in danger now.

        After the card of *act today* it may.
        """
        return self.question.is_written and self.screened.route == "answer" and not self.screened.is_urgent
