"""An outcome outside the program: command line, API, records and evaluation carry the same object.

One Pydantic model per kind of object gives its JSON (``model_dump(mode="json")``), its JSON Schema
(``docs/outcome.schema.json``) and reads it back. Every object has ``outcome``, ``question``, ``standalone``,
``statements``, ``citations``, ``notices``, ``masked`` and ``trace``; a refusal and a signpost have keys of their own.
What is absent is null or []. ``question`` is the masked one. ``approved`` is the partnership's own answer where one matches: it comes
before everything else but a card.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from functools import cache
from typing import Annotated, Any, Literal, Self

from pydantic import BaseModel, ConfigDict, Field, TypeAdapter
from pydantic.config import JsonDict

from assistant.editions.locations import edition_named, pages_of, recognised_in
from assistant.editions.quote_lines import quote_lines
from assistant.model import (
    Answered,
    Approved,
    ApprovedMatch,
    Card,
    Citation,
    CitedDifference,
    CitedStatement,
    Contact,
    DifferenceKind,
    Duty,
    Edition,
    Form,
    Hit,
    Kind,
    Level,
    LineKind,
    More,
    Notice,
    Outcome,
    Part,
    QuoteCell,
    QuoteLine,
    Reason,
    Refused,
    Signposted,
    SourceMark,
    Statement,
    Trace,
)
from assistant.model.judged import Judged, JudgedEffect
from assistant.ports import Snapshot

LACKING = "x-may-lack"
MAY_LACK = Field(json_schema_extra={LACKING: True})
"""For what outcomes of this release have and an example need not show."""
NOT_EMPTY = Field(json_schema_extra={"minItems": 1})
EMPTY = Field(json_schema_extra={"maxItems": 0})
"""Limits that outcomes keep and that reading a stored one does not insist on."""
Whole = Annotated[int, Field(ge=0)]
Share = Annotated[float, Field(ge=0, le=1)]


RECOGNISED = "Confidence, in 0..1, of words that were read by OCR from the picture of their page; null where the file has its text."


MARKED = "What the source of the edition says of it now, as soon as a sync has noticed; null where it is current."


def _published(schema: JsonDict) -> None:
    """Closes the schema of a view; every key is required but those that may lack."""
    schema["additionalProperties"] = False
    properties, required = schema.get("properties"), schema.get("required")
    if isinstance(properties, dict) and isinstance(required, list):
        lacking = {name for name, each in properties.items() if isinstance(each, dict) and each.pop(LACKING, False)}
        schema["required"] = [name for name in required if name not in lacking]


class View(BaseModel):
    """A value as published: its schema allows no other keys and requires all of them.

    Reading is lenient: unknown keys are ignored, and keys that an earlier release did not write have their defaults.
    """

    model_config = ConfigDict(
        frozen=True,
        json_schema_serialization_defaults_required=True,
        json_schema_extra=_published,
    )


class ContactView(View):
    """Whom to ask."""

    name: str
    phone: str | None = None
    email: str | None = None
    hours: str | None = None
    source: str | None = None
    check_by: date | None = None

    @classmethod
    def of(cls, contact: Contact) -> Self:
        """Returns the view of a contact."""
        return cls(
            name=contact.name,
            phone=contact.phone,
            email=contact.email,
            hours=contact.hours,
            source=contact.source,
            check_by=contact.check_by,
        )


class CardView(View):
    """The card: ``act_now`` for a child in danger, ``act_today`` for what has to be told today."""

    level: Literal["act_now", "act_today"] = "act_now"
    title: str
    text: str
    contacts: tuple[ContactView, ...] = ()
    for_children: str = ""
    for_parents: str = ""
    in_language: str = ""

    @classmethod
    def of(cls, card: Card) -> Self:
        """Returns the view of a card."""
        return cls(
            level="act_now" if card.level is Level.ACT_NOW else "act_today",
            title=card.title,
            text=card.text,
            contacts=tuple(map(ContactView.of, card.contacts)),
            for_children=card.for_children,
            for_parents=card.for_parents,
            in_language=card.in_language,
        )


class NoticeView(View):
    """Something the reader must know about an outcome; ``citation`` is the number of the one that it belongs to."""

    code: str
    text: str
    edition_id: str | None = None
    citation: int | None = None

    @classmethod
    def of(cls, notice: Notice) -> Self:
        """Returns the view of a notice."""
        return cls(code=notice.code, text=notice.text, edition_id=notice.edition_id, citation=notice.citation)


class SourceMarkView(View):
    """What the source of an edition says of it as a whole: it was withdrawn, or superseded.

    ``note`` is in the source's own words, ``address`` where it says so, ``successor`` the address of the replacement; ""
    where it gives none.
    """

    kind: Literal["withdrawn", "superseded"]
    since: date | None = None
    note: str = ""
    address: str = ""
    successor: str = ""

    @classmethod
    def of(cls, mark: SourceMark) -> Self:
        """Returns the view of a mark."""
        return cls(kind=mark.kind, since=mark.since, note=mark.note, address=mark.address, successor=mark.successor)


def mark_view(edition: Edition) -> SourceMarkView | None:
    """Returns the view of the mark of an edition, None for none."""
    return SourceMarkView.of(edition.source_mark) if edition.source_mark is not None else None


class StatementView(View):
    """One sentence of an answer, with the numbers of its citations."""

    text: str
    citations: Annotated[tuple[Whole, ...], NOT_EMPTY]
    duty: Duty | None = None

    @classmethod
    def of(cls, statement: Statement) -> Self:
        """Returns the view of a statement."""
        return cls(text=statement.text, citations=statement.citations, duty=statement.duty)


class PartView(View):
    """One verbatim part of a citation; ``span`` is its start and end in the edition's text, in code points."""

    quote: str
    span: Annotated[tuple[Whole, ...], Field(min_length=2, max_length=2)]
    pages: Annotated[tuple[Whole, ...], NOT_EMPTY]
    page_labels: Annotated[tuple[str, ...], NOT_EMPTY]

    @classmethod
    def of(cls, part: Part) -> Self:
        """Returns the view of a part."""
        return cls(quote=part.quote, span=tuple(part.span), pages=part.pages, page_labels=part.page_labels)


class MoreView(View):
    """Items of a long list that are not quoted, and where they stand."""

    count: Annotated[int, Field(ge=1)]
    pages: Annotated[tuple[Whole, ...], NOT_EMPTY]
    page_labels: Annotated[tuple[str, ...], NOT_EMPTY]

    @classmethod
    def of(cls, more: More) -> Self:
        """Returns the view of what is left out of a list."""
        return cls(count=more.count, pages=more.pages, page_labels=more.page_labels)


class QuoteCellView(View):
    """A cell of a quoted table row, under the name of its column; "" where the table names none."""

    column: str
    text: str

    @classmethod
    def of(cls, cell: QuoteCell) -> Self:
        """Returns the view of a cell."""
        return cls(column=cell.column, text=cell.text)


class QuoteLineView(View):
    """One line of a quote as it stands in the document; a row has ``cells`` in place of ``text``.

    ``mark`` is the number or letter before an item, ``depth`` how many items it stands under.
    """

    text: str
    kind: LineKind = LineKind.TEXT
    depth: Whole = 0
    mark: str = ""
    cells: tuple[QuoteCellView, ...] = ()
    is_lead_in: bool = False
    follows_gap: bool = False

    @classmethod
    def of(cls, line: QuoteLine) -> Self:
        """Returns the view of a line."""
        return cls(
            text=line.text,
            kind=line.kind,
            depth=line.depth,
            mark=line.mark,
            cells=tuple(map(QuoteCellView.of, line.cells)),
            is_lead_in=line.is_lead_in,
            follows_gap=line.follows_gap,
        )

    @property
    def value(self) -> QuoteLine:
        """The line."""
        cells = tuple(QuoteCell(each.column, each.text) for each in self.cells)
        return QuoteLine(self.text, self.kind, self.depth, self.mark, cells, self.is_lead_in, self.follows_gap)


class CitationView(View):
    """Where a statement comes from; ``quote`` is its parts, those that start a line on a line of their own."""

    number: Whole
    edition_id: str
    title: str
    kind: Kind
    form: Form
    headings: tuple[str, ...] = ()
    label: str | None = None
    quote: str
    parts: Annotated[tuple[PartView, ...], NOT_EMPTY]
    pages: Annotated[tuple[Whole, ...], NOT_EMPTY]
    duty: Duty | None = None
    more: MoreView | None = None
    lines: tuple[QuoteLineView, ...] = ()
    recognised: float | None = Field(default=None, ge=0, le=1, description=RECOGNISED)
    source_mark: SourceMarkView | None = Field(default=None, description=MARKED)

    @classmethod
    def of(cls, citation: Citation) -> Self:
        """Returns the view of a citation."""
        edition = citation.edition
        return cls(
            number=citation.number,
            edition_id=edition.edition_id,
            title=edition.title,
            kind=edition.kind,
            form=edition.form,
            headings=citation.headings,
            label=citation.label,
            quote=citation.quote,
            parts=tuple(map(PartView.of, citation.parts)),
            pages=citation.pages,
            duty=citation.duty,
            more=MoreView.of(citation.more) if citation.more else None,
            lines=tuple(map(QuoteLineView.of, citation.lines)),
            recognised=citation.recognised,
            source_mark=mark_view(edition),
        )


class DifferenceView(View):
    """Two citations that differ about the same thing, the higher authority first; ``words`` are one for each kind."""

    kinds: Annotated[tuple[DifferenceKind, ...], NOT_EMPTY]
    citations: Annotated[tuple[Whole, ...], Field(min_length=2, max_length=2)]
    words: tuple[str, ...]
    other_words: tuple[str, ...]

    @classmethod
    def of(cls, difference: CitedDifference) -> Self:
        """Returns the view of a difference."""
        return cls(
            kinds=difference.kinds,
            citations=difference.citations,
            words=difference.words,
            other_words=difference.other_words,
        )


class CitedStatementView(StatementView):
    """A verified statement with its citation: of an answer that is still being written, or a step of a card."""

    citation: CitationView

    @classmethod
    def of_cited(cls, cited: CitedStatement) -> Self:
        """Returns the view of a statement with its citation."""
        return cls(**dict(StatementView.of(cited.statement)), citation=CitationView.of(cited.citation))


class TraceHitView(View):
    """A passage that was considered for an outcome, and why it was rejected if it was."""

    passage_id: str
    score: float
    cosine: float | None = None
    rejected: str | None = None

    @classmethod
    def of(cls, hit: Hit) -> Self:
        """Returns the view of a hit of a trace."""
        return cls(
            passage_id=hit.passage.passage_id, score=round(hit.score, 6), cosine=hit.cosine, rejected=hit.rejected
        )


class ApprovedMatchView(View):
    """The approved answer that was given to a question, or the nearest one with why it was not (``rejected``)."""

    answer_id: str
    version: int
    wording: str
    cosine: float
    score: Share
    threshold: Share
    rejected: str | None = None

    @classmethod
    def of(cls, match: ApprovedMatch) -> Self:
        """Returns the view of why an approved answer was or was not given."""
        return cls(
            answer_id=match.answer_id,
            version=match.version,
            wording=match.wording,
            cosine=match.cosine,
            score=match.score,
            threshold=match.threshold,
            rejected=match.rejected,
        )


class ApprovedView(View):
    """The partnership's own answer: ``own_words`` are theirs, everything else is quoted; citations are numbered by themselves."""

    answer_id: str
    version: int
    own_words: str = ""
    statements: Annotated[tuple[StatementView, ...], NOT_EMPTY]
    citations: Annotated[tuple[CitationView, ...], NOT_EMPTY]
    owner: str
    approved_on: date
    review_by: date | None = None
    audience: str = ""
    area: str = ""
    notices: tuple[NoticeView, ...] = ()
    differences: tuple[DifferenceView, ...] = ()

    @classmethod
    def of(cls, approved: Approved) -> Self:
        """Returns the view of an approved answer."""
        return cls(
            answer_id=approved.answer_id,
            version=approved.version,
            own_words=approved.own_words,
            statements=tuple(map(StatementView.of, approved.statements)),
            citations=tuple(map(CitationView.of, approved.citations)),
            owner=approved.owner,
            approved_on=approved.approved_on,
            review_by=approved.review_by,
            audience=approved.audience,
            area=approved.area,
            notices=tuple(map(NoticeView.of, approved.notices)),
            differences=tuple(map(DifferenceView.of, approved.differences)),
        )


def _approved(approved: Approved | None) -> ApprovedView | None:
    return ApprovedView.of(approved) if approved else None


class JudgedView(View):
    """What a language model, as second judge, found of a question, and what was sent to it; never a label of a person."""

    model: str
    answers: bool | None = None
    """Whether it finds that the passages answer; none where it gave no verdict."""
    effect: JudgedEffect
    """``answered``: a refusal became an answer. ``failed``: everything is as without it."""
    sent: tuple[str, ...] = ()
    """Ids of the passages that were sent with the masked question; empty where the verdict was known."""
    characters: int = 0
    seconds: Annotated[float, Field(ge=0)] = 0.0
    problem: str = ""

    @classmethod
    def of(cls, judged: Judged) -> Self:
        """Returns the view of a second judge's part."""
        return cls(
            model=judged.model,
            answers=judged.answers,
            effect=judged.effect,
            sent=judged.sent,
            characters=judged.characters,
            seconds=round(judged.seconds, 6),
            problem=judged.problem,
        )


class TraceView(View):
    """How an outcome came about; ``stages`` are seconds."""

    stages: dict[str, Annotated[float, Field(ge=0)]] = {}
    fingerprint: str = ""
    probability: Share | None = None
    hits: tuple[TraceHitView, ...] = ()
    approved: Annotated[ApprovedMatchView | None, MAY_LACK] = None
    judged: Annotated[tuple[JudgedView, ...], MAY_LACK] = ()

    @classmethod
    def of(cls, trace: Trace) -> Self:
        """Returns the view of a trace."""
        return cls(
            stages={name: round(seconds, 6) for name, seconds in trace.stages.items()},
            fingerprint=trace.fingerprint,
            probability=trace.probability,
            hits=tuple(map(TraceHitView.of, trace.hits)),
            approved=ApprovedMatchView.of(trace.approved) if trace.approved else None,
            judged=tuple(map(JudgedView.of, trace.judged)),
        )


class AnsweredView(View):
    """An answer: verified statements, each with its citation; ``related`` is not judged to answer."""

    outcome: Literal["answered"] = "answered"
    question: str
    standalone: str
    mode: Literal["quoted", "written"] = "quoted"
    statements: Annotated[tuple[StatementView, ...], NOT_EMPTY]
    citations: Annotated[tuple[CitationView, ...], NOT_EMPTY]
    related: tuple[CitationView, ...] = ()
    differences: tuple[DifferenceView, ...] = ()
    notices: tuple[NoticeView, ...] = ()
    masked: tuple[str, ...] = ()
    trace: TraceView = TraceView()
    approved: Annotated[ApprovedView | None, MAY_LACK] = None

    @classmethod
    def of(cls, outcome: Answered) -> Self:
        """Returns the view of an answer."""
        return cls(
            question=outcome.question,
            standalone=outcome.standalone,
            mode="written" if outcome.is_written else "quoted",
            statements=tuple(map(StatementView.of, outcome.statements)),
            citations=tuple(map(CitationView.of, outcome.citations)),
            related=tuple(map(CitationView.of, outcome.related)),
            differences=tuple(map(DifferenceView.of, outcome.differences)),
            notices=tuple(map(NoticeView.of, outcome.notices)),
            masked=outcome.masked,
            trace=TraceView.of(outcome.trace),
            approved=_approved(outcome.approved),
        )


class PartlyAnsweredView(AnsweredView):
    """An answer to some of several questions; ``unanswered`` are the others, as they were typed."""

    outcome: Literal["partly_answered"] = "partly_answered"  # type: ignore[assignment]
    unanswered: Annotated[tuple[str, ...], NOT_EMPTY]

    @classmethod
    def of(cls, outcome: Answered) -> Self:
        """Returns the view of an answer to some of several questions."""
        whole = AnsweredView.of(outcome)
        return cls(**{**dict(whole), "outcome": "partly_answered"}, unanswered=outcome.unanswered)


class RefusedView(View):
    """A refusal; ``nearest`` is related and not confirmed to answer.

    Where people decide, ``criteria`` are quoted that fit the case, and ``decides`` quotes who decides; [] where the documents do
    not certainly say.
    """

    outcome: Literal["refused"] = "refused"
    question: str
    standalone: str
    reason: Reason
    message: str
    statements: Annotated[tuple[StatementView, ...], EMPTY] = ()
    criteria: tuple[StatementView, ...] = ()
    citations: tuple[CitationView, ...] = ()
    nearest: tuple[CitationView, ...] = ()
    decides: tuple[CitedStatementView, ...] = ()
    differences: tuple[DifferenceView, ...] = ()
    contact: ContactView | None = None
    notices: tuple[NoticeView, ...] = ()
    masked: tuple[str, ...] = ()
    trace: TraceView = TraceView()
    approved: Annotated[ApprovedView | None, MAY_LACK] = None

    @classmethod
    def of(cls, outcome: Refused) -> Self:
        """Returns the view of a refusal."""
        return cls(
            question=outcome.question,
            standalone=outcome.standalone,
            reason=outcome.reason,
            message=outcome.message,
            criteria=tuple(map(StatementView.of, outcome.criteria)),
            citations=tuple(map(CitationView.of, outcome.citations)),
            nearest=tuple(map(CitationView.of, outcome.nearest)),
            decides=tuple(map(CitedStatementView.of_cited, outcome.decides)),
            differences=tuple(map(DifferenceView.of, outcome.differences)),
            contact=ContactView.of(outcome.contact) if outcome.contact else None,
            notices=tuple(map(NoticeView.of, outcome.notices)),
            masked=outcome.masked,
            trace=TraceView.of(outcome.trace),
            approved=_approved(outcome.approved),
        )


class SignpostedView(View):
    """The card first; ``then`` is the outcome of the policy part of the question, if there is one.

    ``steps`` are at most two quotes of the documents on what to do today, to be shown under the card; [] where they do not say.
    """

    outcome: Literal["signposted"] = "signposted"
    question: str
    standalone: str
    card: CardView
    steps: tuple[CitedStatementView, ...] = ()
    statements: Annotated[tuple[StatementView, ...], EMPTY] = ()
    citations: Annotated[tuple[CitationView, ...], EMPTY] = ()
    then: Annotated[AnsweredView | PartlyAnsweredView | RefusedView, Field(discriminator="outcome")] | None = None
    notices: tuple[NoticeView, ...] = ()
    masked: tuple[str, ...] = ()
    trace: TraceView = TraceView()
    approved: Annotated[ApprovedView | None, MAY_LACK] = None

    @classmethod
    def of(cls, outcome: Signposted) -> Self:
        """Returns the view of a signpost."""
        return cls(
            question=outcome.question,
            standalone=outcome.standalone,
            card=CardView.of(outcome.card),
            steps=tuple(map(CitedStatementView.of_cited, outcome.steps)),
            then=_view_of(outcome.then) if outcome.then else None,
            notices=tuple(map(NoticeView.of, outcome.notices)),
            masked=outcome.masked,
            trace=TraceView.of(outcome.trace),
            approved=_approved(outcome.approved),
        )


OutcomeView = Annotated[
    AnsweredView | PartlyAnsweredView | RefusedView | SignpostedView, Field(discriminator="outcome")
]


class HitView(View):
    """A passage that a search found; whether it answers the query is not judged."""

    rank: int
    passage_id: str
    edition_id: str
    title: str
    kind: Kind
    form: Form
    headings: tuple[str, ...]
    label: str | None
    text: str
    pages: tuple[int, ...]
    page_labels: tuple[str, ...]
    is_quotable: bool
    score: float
    cosine: float | None
    bm25: float | None
    dense_rank: int | None
    lexical_rank: int | None
    lines: tuple[QuoteLineView, ...] = ()
    recognised: float | None = Field(default=None, ge=0, le=1, description=RECOGNISED)
    source_mark: SourceMarkView | None = Field(default=None, description=MARKED)

    @classmethod
    def of(cls, hit: Hit, rank: int, snapshot: Snapshot) -> Self:
        """Returns the view of a hit; its pages follow from the offsets of its passage."""
        passage = hit.passage
        edition = edition_named(passage.edition_id, snapshot)
        pages = pages_of(passage.span, snapshot.pages(passage.edition_id))
        return cls(
            rank=rank,
            passage_id=passage.passage_id,
            edition_id=passage.edition_id,
            title=edition.title,
            kind=edition.kind,
            form=edition.form,
            headings=passage.headings,
            label=passage.label,
            text=passage.text,
            pages=tuple(page.number for page in pages),
            page_labels=tuple(page.label for page in pages),
            is_quotable=passage.is_quotable,
            score=round(hit.score, 6),
            cosine=hit.cosine,
            bm25=hit.bm25,
            dense_rank=hit.dense_rank,
            lexical_rank=hit.lexical_rank,
            lines=tuple(map(QuoteLineView.of, quote_lines([passage.span], passage.edition_id, snapshot))),
            recognised=recognised_in(passage.span, pages),
            source_mark=mark_view(edition),
        )


def _view_of(outcome: Answered | Refused) -> AnsweredView | PartlyAnsweredView | RefusedView:
    if isinstance(outcome, Refused):
        return RefusedView.of(outcome)
    return PartlyAnsweredView.of(outcome) if outcome.unanswered else AnsweredView.of(outcome)


def outcome_view(outcome: Outcome) -> OutcomeView:
    """Returns the view of an outcome."""
    return SignpostedView.of(outcome) if isinstance(outcome, Signposted) else _view_of(outcome)


def outcome_object(outcome: Outcome) -> dict[str, Any]:
    """Returns the JSON object of an outcome."""
    return outcome_view(outcome).model_dump(mode="json")


def read_outcome(stored: Mapping[str, Any]) -> OutcomeView:
    """Returns the view of an outcome's JSON object, such as that of a record; an earlier release may have written it.

    Raises:
        ValidationError: It is no outcome.
    """
    return _adapter().validate_python(stored)


def without_card(view: OutcomeView) -> OutcomeView:
    """Returns what follows the emergency card of a signpost, if anything does, and every other outcome itself."""
    return (view.then or view) if isinstance(view, SignpostedView) else view


def outcome_schema() -> dict[str, Any]:
    """Returns the schema (JSON Schema 2020-12) of what ``ask --json`` prints; ``make schema`` publishes it."""
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "Outcome of a question",
        **_adapter().json_schema(mode="serialization"),
    }


@cache
def _adapter() -> TypeAdapter[OutcomeView]:
    return TypeAdapter(OutcomeView)
