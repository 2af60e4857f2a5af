"""The objects of the API. Written by tools/client_types.py from docs/openapi.json: do not edit."""

from __future__ import annotations

from typing import Any, Literal, NotRequired, TypedDict

ApprovedState = Literal["draft", "live", "replaced", "withdrawn", "discarded"]
BlockedPart = Literal["passage", "section", "document"]
Change = Literal[
    "approved_gone",
    "refused_now",
    "other_quote",
    "less_certain",
    "other_card",
    "approved_now",
    "answered_now",
    "more_certain",
    "other_source",
    "same",
]
ChangeKind = Literal["changed", "added", "removed", "moved"]
ChangeState = Literal["new", "changed", "withdrawn", "moved", "unchanged", "suspicious"]
Concern = Literal["duty", "time_limit", "negation", "number", "contact", "actor", "wording"]
Decision = Literal["waiting", "published", "discarded", "overtaken"]
DifferenceKind = Literal["time", "number", "duty", "negation", "contact", "body"]
Difficulty = Literal["easy", "medium", "hard"]
Duty = Literal["must", "should", "may"]
EditionStatus = Literal["superseded", "not_yet_in_force", "draft", "summary", "past_review", "in_force"]
EvidenceKind = Literal["answer", "topic", "record"]
FaultKind = Literal[
    "no_evidence",
    "truncated",
    "changed_member",
    "added_member",
    "missing_member",
    "reordered",
    "signature",
    "wrong_key",
    "container",
]
Form = Literal["official", "draft", "summary"]
JudgedEffect = Literal["none", "rejected", "answered", "failed"]
Kind = Literal["legislation", "statutory_guidance", "guidance", "policy", "strategy", "learning_review"]
Layer = Literal["national", "regional", "local"]
LineKind = Literal["text", "item", "row", "note"]
Opinion = Literal["helpful", "not_helpful", "wrong_source", "unsupported", "missing"]
PublishingRule = Literal["by_hand", "minor"]
Reason = Literal[
    "no_passage",
    "not_answered_here",
    "not_supported",
    "out_of_scope",
    "needs_judgement",
    "superseded_only",
    "too_vague",
    "nothing_left_to_ask",
    "courtesy",
]
Role = Literal["practitioner", "policy", "trainer", "admin"]
RunEnding = Literal["done", "unfinished", "needs_you", "failed"]
SourceKind = Literal["folder", "website", "gov_uk", "feed"]
Touched = Literal[
    "duty word, or what is to be done",
    "negation or exception",
    "number",
    "time",
    "contact",
    "heading",
    "list",
    "table",
    "footnote",
    "figure",
    "condition",
    "definition or threshold",
    "who acts or is meant",
    "how much, when or how far",
    "address of a link",
    "details of the document",
    "large part of the document",
]
UnitFault = Literal["changed", "superseded", "restricted", "gone"]
Verdict = Literal["right", "partly", "wrong", "should_refuse", "should_answer"]


class AgencyChoiceResponse(TypedDict):
    """An agency that may be in the room."""

    id: str
    title: str
    age_bands: list[str]


class AimChoiceResponse(TypedDict):
    """A learning aim."""

    id: str
    title: str


class Annotation(TypedDict):
    """A citation of a message."""

    type: NotRequired[Literal["url_citation"]]
    url_citation: UrlCitation


class AnswerFile(TypedDict):
    """An approved answer."""

    wordings: list[str]
    units: list[UnitFile]
    own_words: NotRequired[str]
    audience: NotRequired[str]
    area: NotRequired[str]
    owner: str
    review_by: NotRequired[str | None]
    state: NotRequired[Literal["live", "draft"]]


class AnswerListResponse(TypedDict):
    """Approved answers, by their first wording."""

    answers: list[AnswerSummaryResponse]
    count: int
    next_offset: int | None


class AnswerMessage(TypedDict):
    """The answer as text, with its citations."""

    role: NotRequired[Literal["assistant"]]
    content: str
    annotations: NotRequired[list[Annotation]]


class AnswerResponse(TypedDict):
    """An approved answer with its versions and history, the latest first."""

    answer_id: str
    state: ApprovedState
    version: int
    wordings: list[str]
    owner: str
    review_by: str | None
    needs_you: bool
    is_review_due: bool
    has_draft: bool
    reason: str
    conflicts: list[str]
    versions: list[VersionResponse]
    events: list[EventResponse]


class AnswerSummaryResponse(TypedDict):
    """An approved answer in a list."""

    answer_id: str
    state: ApprovedState
    version: int
    wordings: list[str]
    owner: str
    review_by: str | None
    needs_you: bool
    is_review_due: bool
    has_draft: bool
    reason: str
    conflicts: list[str]


class AnsweredView(TypedDict):
    """An answer: verified statements, each with its citation; ``related`` is not judged to answer."""

    outcome: Literal["answered"]
    question: str
    standalone: str
    mode: Literal["quoted", "written"]
    statements: list[StatementView]
    citations: list[CitationView]
    related: list[CitationView]
    differences: list[DifferenceView]
    notices: list[NoticeView]
    masked: list[str]
    trace: TraceView
    approved: NotRequired[ApprovedView | None]


class AnswersFileModel(TypedDict):
    """Approved answers as a file; what is imported is a draft."""

    format: NotRequired[Literal["approved-answers-1"]]
    answers: list[AnswerFile]


class ApprovedAnswerRequest(TypedDict):
    """What an approved answer says, and to which questions."""

    wordings: list[str]
    units: list[UnitRequest]
    own_words: NotRequired[str]
    audience: NotRequired[str]
    area: NotRequired[str]
    owner: str
    review_by: str


class ApprovedMatchView(TypedDict):
    """The approved answer that was given to a question, or the nearest one with why it was not (``rejected``)."""

    answer_id: str
    version: int
    wording: str
    cosine: float
    score: float
    threshold: float
    rejected: str | None


class ApprovedView(TypedDict):
    """The partnership's own answer: ``own_words`` are theirs, everything else is quoted; citations are numbered by themselves."""

    answer_id: str
    version: int
    own_words: str
    statements: list[StatementView]
    citations: list[CitationView]
    owner: str
    approved_on: str
    review_by: str | None
    audience: str
    area: str
    notices: list[NoticeView]
    differences: list[DifferenceView]


class AskRequest(TypedDict):
    """A question on its own, or with the earlier messages of a conversation that the caller manages."""

    question: str
    as_at: NotRequired[str | None]
    kinds: NotRequired[list[Kind]]
    editions: NotRequired[list[str]]
    mode: NotRequired[Literal["quoted", "written"]]
    history: NotRequired[list[HistoryMessage]]


class AskResponse(TypedDict):
    """A question with its outcome. A refusal is an outcome, not an error."""

    record_id: str
    conversation_id: str | None
    asked_at: str
    seconds: float
    outcome: AnsweredView | PartlyAnsweredView | RefusedView | SignpostedView
    masked_spans: NotRequired[list[MaskedSpanResponse]]


class AskedQuestionResponse(TypedDict):
    """A question with all that was shown, without who asked or the time of day."""

    record_id: str
    question: str
    asked_on: str
    seconds: float
    outcome: AnsweredView | PartlyAnsweredView | RefusedView | SignpostedView
    quotes: list[ShownQuoteResponse]
    feedback: list[RemarkResponse]
    verdicts: list[Verdict]
    marks: list[MarkResponse]


class BenchReport(TypedDict):
    """What the draft changes."""

    questions: int
    worse: int
    counts: dict[str, int]
    rows: list[TriedResponse]


class BenchRequest(TypedDict):
    """Which documents that wait to be published are tried, together."""

    upload_ids: list[str]


class BenchRunListResponse(TypedDict):
    """The last runs, the latest first, without their reports."""

    runs: list[BenchRunResponse]


class BenchRunResponse(TypedDict):
    """A run of the bench; its report once it is done."""

    run_id: str
    title: str
    state: Literal["running", "done", "cancelled", "failed", "stopped"]
    done: int
    total: int
    detail: str
    started: str
    by: str
    upload_ids: list[str]
    report: NotRequired[BenchReport | None]


class BlockListResponse(TypedDict):
    """Blocks, the latest first."""

    blocks: list[BlockResponse]


class BlockRequest(TypedDict):
    """What to keep from answering a topic, and why."""

    passage_id: str
    part: NotRequired[BlockedPart]
    topics: list[str]
    reason: str


class BlockResponse(TypedDict):
    """A block, and how many passages of today's library it is on."""

    block_id: str
    part: BlockedPart
    edition_id: str
    title: str
    headings: list[str]
    quote: str
    topics: list[str]
    reason: str
    by: str
    at: str
    is_set: bool
    passages: int
    no_longer_applies: bool


class CardView(TypedDict):
    """The card: ``act_now`` for a child in danger, ``act_today`` for what has to be told today."""

    level: Literal["act_now", "act_today"]
    title: str
    text: str
    contacts: list[ContactView]
    for_children: str
    for_parents: str
    in_language: str


class ChangeDetailResponse(TypedDict):
    """A change with both sides compared."""

    change_id: str
    source_id: str
    state: ChangeState
    address: str
    title: str
    found_at: str
    edition_id: str | None
    replaces: str | None
    previous_address: str
    why: str
    dated: str | None
    successor_address: str
    decision: Decision
    decided_at: str | None
    decided_by: str
    is_minor: bool
    held: list[HeldResponse]
    differences: list[DifferenceResponse]
    difference_count: int
    page_count: int | None
    passage_count: int | None


class ChangeListResponse(TypedDict):
    """Changes, the newest first."""

    changes: list[api__sources__schemas__ChangeResponse]


class ChangedEditionResponse(TypedDict):
    """An edition that a publication brought, changed or took out."""

    edition_id: str
    title: str
    in_force_from: str | None


class ChangesResponse(TypedDict):
    """What an upload changes against the published edition that it replaces, the weightiest first."""

    replaces: str | None
    weighty: int
    total: int
    changes: list[api__publishing__schemas__ChangeResponse]
    next_offset: int | None


class ChatCompletionRequest(TypedDict):
    """A conversation that the caller manages; the user's last message is the question."""

    model: str
    messages: list[ChatMessage]
    stream: NotRequired[bool | None]
    stream_options: NotRequired[StreamOptions | None]


class ChatCompletionResponse(TypedDict):
    """A complete answer; ``policy_assistant`` holds the record id and the outcome object."""

    id: str
    object: Literal["chat.completion"]
    created: int
    model: str
    choices: list[Choice]
    usage: NotRequired[dict[str, int]]
    policy_assistant: NotRequired[Extension | None]


class ChatMessage(TypedDict):
    """A message; those of system, developer, tool and function are ignored."""

    role: Literal["system", "developer", "user", "assistant", "tool", "function"]
    content: NotRequired[str | list[TextPart] | None]


class CheckEvidenceRequest(TypedDict):
    """A file to check."""

    file: str


class CheckResponse(TypedDict):
    """Whether a content can be stored, what the asker would see, and what a higher authority says otherwise."""

    faults: list[str]
    conflicts: list[str]
    preview: NotRequired[ApprovedView | None]


class CheckedEvidenceResponse(TypedDict):
    """Whether a file is as it was sealed with the key of this data folder."""

    is_intact: bool
    faults: list[EvidenceFaultResponse]
    key_fingerprint: str | None
    about: NotRequired[EvidenceAboutResponse | None]


class Choice(TypedDict):
    """The one answer of a completion."""

    index: NotRequired[int]
    message: AnswerMessage
    finish_reason: NotRequired[Literal["stop"]]
    logprobs: NotRequired[None]


class CitationView(TypedDict):
    """Where a statement comes from; ``quote`` is its parts, those that start a line on a line of their own."""

    number: int
    edition_id: str
    title: str
    kind: Kind
    form: Form
    headings: list[str]
    label: str | None
    quote: str
    parts: list[PartView]
    pages: list[int]
    duty: Duty | None
    more: MoreView | None
    lines: list[QuoteLineView]
    recognised: float | None
    source_mark: SourceMarkView | None


class CitedStatementView(TypedDict):
    """A verified statement with its citation: of an answer that is still being written, or a step of a card."""

    text: str
    citations: list[int]
    duty: Duty | None
    citation: CitationView


class ComparedResponse(TypedDict):
    """What changed since the last run of the same set."""

    date: str
    is_worse: bool
    worse: list[list[Any]]
    better: list[list[Any]]
    only_one: list[str]
    gains: list[GainResponse]


class ContactView(TypedDict):
    """Whom to ask."""

    name: str
    phone: str | None
    email: str | None
    hours: str | None
    source: str | None
    check_by: str | None


class ConversationDetailResponse(TypedDict):
    """A conversation with its questions and outcomes, oldest first."""

    conversation_id: str
    title: str
    created: str
    updated: str
    messages: list[AskResponse]


class ConversationListResponse(TypedDict):
    """A page of the asker's own conversations, most recently used first."""

    conversations: list[ConversationResponse]
    next_before: str | None


class ConversationResponse(TypedDict):
    """A conversation without its messages."""

    conversation_id: str
    title: str
    created: str
    updated: str


class CourseRequest(TypedDict):
    """A course to draw: scenarios that share no fragment and no name."""

    theme: NotRequired[str]
    agencies: NotRequired[list[str]]
    setting: NotRequired[str | None]
    age_band: NotRequired[str | None]
    difficulty: NotRequired[str]
    length: NotRequired[str]
    aims: NotRequired[list[str]]
    seed: NotRequired[int | None]
    twist: NotRequired[bool | None]
    variant: NotRequired[int]
    kept: NotRequired[dict[str, str]]
    keeps_people: NotRequired[int | None]
    count: int
    themes: NotRequired[list[str]]


class CourseResponse(TypedDict):
    """The scenarios of a course."""

    seed: int
    scenarios: list[ScenarioWithRecipeResponse]


class CoverageCountsResponse(TypedDict):
    """Counts of a section."""

    part: str
    title: str
    counts: dict[str, int]
    waiting: int


class CoverageResponse(TypedDict):
    """Overview of the coverage report."""

    as_at: str
    fingerprint: str
    since: str | None
    changed: dict[str, dict[str, int]]
    parts: list[CoverageCountsResponse]


class CoverageSectionResponse(TypedDict):
    """One section with one page of its findings."""

    part: str
    title: str
    counts: dict[str, int]
    waiting: int
    lead: str
    notes: list[str]
    judgements: list[str]
    rows: list[FindingResponse]
    found: int
    next_offset: int | None


class DecisionHistoryEntry(TypedDict):
    """One decision in the history of a finding."""

    state: str
    note: str
    by: str
    at: str


class DecisionHistoryResponse(TypedDict):
    """Every decision on a finding, the latest first."""

    decisions: list[DecisionHistoryEntry]


class DecisionRequest(TypedDict):
    """Changes that are published or discarded together."""

    changes: list[str]


class DifferenceResponse(TypedDict):
    """A paragraph that differs; removed words stand in `[-…-]`, added ones in `{+…+}`, moved ones in `~…~`."""

    kind: Literal["changed", "added", "removed", "moved"]
    headings: list[str]
    label: str | None
    concerns: list[str]
    words: str


class DifferenceView(TypedDict):
    """Two citations that differ about the same thing, the higher authority first; ``words`` are one for each kind."""

    kinds: list[DifferenceKind]
    citations: list[int]
    words: list[str]
    other_words: list[str]


class DigestResponse(TypedDict):
    """What happened in a time, for the policy team; nothing in it comes from a question."""

    since: str
    until: str
    sentence: str
    changed: int
    new: int
    withdrawn: int
    moved: int
    published: int
    new_editions: int
    published_by_rule: int
    waiting: int
    approved_answers_touched: int | None
    failing: list[str]
    changes: list[api__sources__schemas__ChangeResponse]


class DiscardedResponse(TypedDict):
    """How many changes were discarded."""

    discarded: int


class DocumentDetailResponse(TypedDict):
    """An edition with its contents."""

    edition_id: str
    work: str
    title: str
    kind: Kind
    form: Form
    publisher: str
    published: str | None
    in_force_from: str | None
    supersedes: str | None
    review_by: str | None
    source_url: str | None
    licence: str | None
    area: str
    audience: str
    layer: Layer | None
    status: EditionStatus
    is_indexed: bool
    is_answering: bool
    is_past_review: bool
    replaced_by: EditionReference | None
    source_mark: NotRequired[SourceMarkView | None]
    pages: list[PageLabelResponse]
    sections: list[SectionResponse]
    exclusions: list[ExclusionResponse]
    passages: int
    not_quotable: int
    reading: ReadingResponse
    has_file: bool
    has_pictures: bool


class DocumentListResponse(TypedDict):
    """A page of the documents that you may see."""

    documents: list[DocumentResponse]
    total: int
    next_offset: int | None


class DocumentResponse(TypedDict):
    """An edition and its status today."""

    edition_id: str
    work: str
    title: str
    kind: Kind
    form: Form
    publisher: str
    published: str | None
    in_force_from: str | None
    supersedes: str | None
    review_by: str | None
    source_url: str | None
    licence: str | None
    area: str
    audience: str
    layer: Layer | None
    status: EditionStatus
    is_indexed: bool
    is_answering: bool
    is_past_review: bool
    replaced_by: EditionReference | None
    source_mark: NotRequired[SourceMarkView | None]


class DocumentUseResponse(TypedDict):
    """How many questions one document answered and came near."""

    edition_id: str
    title: str
    answered: int | None
    reached: int | None


class DrawRequest(TypedDict):
    """A scenario to draw."""

    theme: str
    agencies: NotRequired[list[str]]
    setting: NotRequired[str | None]
    age_band: NotRequired[str | None]
    difficulty: NotRequired[str]
    length: NotRequired[str]
    aims: NotRequired[list[str]]
    seed: NotRequired[int | None]
    twist: NotRequired[bool | None]
    variant: NotRequired[int]
    kept: NotRequired[dict[str, str]]
    keeps_people: NotRequired[int | None]
    write: NotRequired[bool]


class EditionReference(TypedDict):
    """A short reference to an edition."""

    edition_id: str
    title: str
    in_force_from: str | None


class ErasureResponse(TypedDict):
    """The result of an erasure."""

    rows: int


class EvaluationFacts(TypedDict):
    """What was measured."""

    date: str
    asked: int
    crashed: int
    answered: int
    wrong: int
    wrong_upper: float
    groups: list[FigureGroup]
    not_right: list[NotRightResponse]
    note: str
    compared: NotRequired[ComparedResponse | None]
    is_signable: bool


class EvaluationRequest(TypedDict):
    """Which set is asked."""

    set: str


class EvaluationRunListResponse(TypedDict):
    """The last evaluations, the latest first, without their facts."""

    runs: list[EvaluationRunResponse]


class EvaluationRunResponse(TypedDict):
    """An evaluation; its facts once it is done."""

    run_id: str
    title: str
    state: Literal["running", "done", "cancelled", "failed", "stopped"]
    done: int
    total: int
    detail: str
    started: str
    by: str
    set: str
    facts: NotRequired[EvaluationFacts | None]


class EventResponse(TypedDict):
    """Something that was done; ``by`` is "" for a publication."""

    version: int
    act: str
    by: str
    at: str
    note: str


class EverydayListResponse(TypedDict):
    """The everyday questions, by theme."""

    questions: list[EverydayResponse]


class EverydayRequest(TypedDict):
    """A question of the set."""

    text: str
    theme: NotRequired[str]


class EverydayResponse(TypedDict):
    """A question of the set."""

    question_id: str
    text: str
    theme: str
    is_own: bool
    is_removed: bool


class EvidenceAboutResponse(TypedDict):
    """What an intact file is about."""

    kind: EvidenceKind
    subject: str
    day: str
    made_at: str


class EvidenceFaultResponse(TypedDict):
    """One thing that is wrong with a file."""

    kind: FaultKind
    message: str


class EvidenceKeyResponse(TypedDict):
    """The public key that this server seals with."""

    public_key: str
    key_fingerprint: str


class ExclusionResponse(TypedDict):
    """Text that was excluded and is never quoted, and why."""

    page: int
    reason: str
    preview: str


class ExpectationResponse(TypedDict):
    """Good practice in the words of one document."""

    number: int
    id: str
    title: str
    asks: str
    aims: list[str]
    strength: str
    citation: CitationView


class Extension(TypedDict):
    """What the answer is based on."""

    record_id: str
    outcome: AnsweredView | PartlyAnsweredView | RefusedView | SignpostedView


class FeedbackRequest(TypedDict):
    """Feedback on an outcome or on one of its statements."""

    record_id: str
    opinion: Opinion
    statement: NotRequired[int | None]
    note: NotRequired[str]


class FeedbackResponse(TypedDict):
    """Feedback as it was saved."""

    record_id: str
    opinion: Opinion
    statement: NotRequired[int | None]
    note: NotRequired[str]
    feedback_id: str
    given_at: str


class FieldError(TypedDict):
    """A part of a request that is invalid."""

    where: str
    what: str


class FigureGroup(TypedDict):
    """Figures about one thing."""

    name: str
    text: str
    rows: list[FigureResponse]


class FigureResponse(TypedDict):
    """One figure with its count and interval, as text."""

    key: str
    text: str
    figure: str


class FindingDecisionRequest(TypedDict):
    """A decision on a finding."""

    key: str
    state: str
    note: NotRequired[str]
    old: NotRequired[str]
    new: NotRequired[str]


class FindingDecisionResponse(TypedDict):
    """The decision on a finding."""

    state: str
    note: str
    by: str
    at: str
    is_stale: bool


class FindingItemResponse(TypedDict):
    """A question behind the finding, and how it ended."""

    text: str
    outcome: str


class FindingQuoteResponse(TypedDict):
    """Words quoted from a document, with the location to check them at."""

    role: str
    edition_id: str
    title: str
    kind: Kind
    form: Form
    paragraph: str | None
    headings: list[str]
    pages: list[str]
    page: int | None
    spans: list[list[Any]]
    likeness: float | None
    quote: str


class FindingResponse(TypedDict):
    """One finding."""

    key: str
    state: str
    proposed: str
    title: str
    facts: dict[str, str]
    quotes: list[FindingQuoteResponse]
    items: list[FindingItemResponse]
    series: dict[str, int]
    decision: FindingDecisionResponse | None


class GainResponse(TypedDict):
    """The mean change of a measure over the questions of both runs, with its 95 % interval."""

    measure: str
    of: int
    value: NotRequired[float | None]
    low: NotRequired[float | None]
    high: NotRequired[float | None]


class GapResponse(TypedDict):
    """A question of good practice that the documents do not answer."""

    title: str
    asks: str
    reason: str


class GoldResponse(TypedDict):
    """Words that answer the question, and where they stand."""

    edition_id: str
    page: int
    quote: str


class GroupResponse(TypedDict):
    """How many questions of one group were asked, in all and week by week."""

    group: str
    questions: int | None
    by_week: list[int | None]


class HealthResponse(TypedDict):
    """The process is running."""

    status: NotRequired[Literal["ok"]]


class HeldResponse(TypedDict):
    """Something that a person has to read before the change is published."""

    touched: Touched
    before: str
    after: str


class HistoryMessage(TypedDict):
    """An earlier message of a conversation that the caller manages."""

    role: Literal["user", "assistant"]
    content: str


class HitView(TypedDict):
    """A passage that a search found; whether it answers the query is not judged."""

    rank: int
    passage_id: str
    edition_id: str
    title: str
    kind: Kind
    form: Form
    headings: list[str]
    label: str | None
    text: str
    pages: list[int]
    page_labels: list[str]
    is_quotable: bool
    score: float
    cosine: float | None
    bm25: float | None
    dense_rank: int | None
    lexical_rank: int | None
    lines: list[QuoteLineView]
    recognised: float | None
    source_mark: SourceMarkView | None


class ImportResponse(TypedDict):
    """What an import did."""

    drafted: list[str]
    refused: list[RefusedAnswerResponse]


class ImportedQuestionRequest(TypedDict):
    """A question to import; it is masked before it is stored."""

    question: str
    asked_on: NotRequired[str | None]
    audience: NotRequired[str]


class JudgedView(TypedDict):
    """What a language model, as second judge, found of a question, and what was sent to it; never a label of a person."""

    model: str
    answers: bool | None
    effect: JudgedEffect
    sent: list[str]
    characters: int
    seconds: float
    problem: str


class LastPublicationResponse(TypedDict):
    """The publication that an undo would undo."""

    generation: int
    at: str | None
    by: str | None
    is_undo: bool
    added: list[ChangedEditionResponse]
    replaced: list[ChangedEditionResponse]
    removed: list[ChangedEditionResponse]


class LeftOutPageResponse(TypedDict):
    """What of a page is never quoted, and what of it the reasons are."""

    page: int
    reasons: list[str]
    picture: str | None


class LeftOutRegionResponse(TypedDict):
    """Something on a page that is never quoted: a figure, a whole page without text, withdrawn or hidden words, a note."""

    reason: str
    text: str
    rectangles: list[RectangleResponse]


class LeftOutResponse(TypedDict):
    """Words that were left out for one reason."""

    reason: str
    words: int
    pages: list[int]


class MakeEvidenceRequest(TypedDict):
    """What to make evidence of: one of a question, a topic and a stored outcome."""

    question: NotRequired[str]
    topic: NotRequired[str]
    record_id: NotRequired[str]
    as_at: NotRequired[str | None]


class MarkRequest(TypedDict):
    """A mark on an outcome. The last one counts."""

    verdict: Verdict
    reason: NotRequired[str]
    answering: NotRequired[list[str]]
    words: NotRequired[str]


class MarkResponse(TypedDict):
    """A mark as it was saved."""

    mark_id: str
    verdict: Verdict
    reason: str
    gold: list[GoldResponse]
    by: str
    at: str


class MaskedSpanResponse(TypedDict):
    """Where a detail that was masked stood in the question as it was typed."""

    start: int
    end: int
    kind: str


class MeResponse(TypedDict):
    """The asker as the server knows them."""

    user_id: str
    name: str
    roles: list[Role]
    groups: list[str]
    via: str
    days_kept: int


class MessageRequest(TypedDict):
    """A question, and the filters that narrow it."""

    question: str
    as_at: NotRequired[str | None]
    kinds: NotRequired[list[Kind]]
    editions: NotRequired[list[str]]
    mode: NotRequired[Literal["quoted", "written"]]


class MetadataRequest(TypedDict):
    """Catalogue metadata of a document; empty fields are taken from the file or left open."""

    kind: Kind
    edition_id: NotRequired[str]
    work: NotRequired[str]
    title: NotRequired[str]
    form: NotRequired[Form]
    publisher: NotRequired[str]
    published: NotRequired[str]
    in_force_from: NotRequired[str]
    review_by: NotRequired[str]
    supersedes: NotRequired[str]
    source_url: NotRequired[str]
    licence: NotRequired[str]
    groups: NotRequired[str]
    area: NotRequired[str]
    audience: NotRequired[str]
    layer: NotRequired[Layer | Literal[""]]


class ModelListResponse(TypedDict):
    """The available models."""

    object: NotRequired[Literal["list"]]
    data: list[ModelResponse]


class ModelResponse(TypedDict):
    """A model: verbatim quotes, or answers that a language model writes from them."""

    id: NotRequired[str]
    object: NotRequired[Literal["model"]]
    created: NotRequired[int]
    owned_by: NotRequired[str]


class MoreView(TypedDict):
    """Items of a long list that are not quoted, and where they stand."""

    count: int
    pages: list[int]
    page_labels: list[str]


class NeedsYouResponse(TypedDict):
    """What needs the policy team: ids only."""

    count: int
    answers: list[str]
    review_due: list[str]
    drafts: list[str]
    blocks: list[str]


class NotRightResponse(TypedDict):
    """A question whose outcome was not right; none of a set that stays unread. Of a marked question, no words are stored."""

    id: str
    type: str
    question: str
    outcome: str
    verdict: str
    ranks: str


class NoticeView(TypedDict):
    """Something the reader must know about an outcome; ``citation`` is the number of the one that it belongs to."""

    code: str
    text: str
    edition_id: str | None
    citation: int | None


class OpenAIError(TypedDict):
    """The same for programs made for OpenAI's API."""

    message: str
    type: str
    param: NotRequired[str | None]
    code: str


class OpenPointResponse(TypedDict):
    """A question that the documents are not expected to answer."""

    asks: str
    why: str


class OpenedScenarioResponse(TypedDict):
    """A saved scenario, made again from today's documents."""

    scenario_id: str
    title: str
    theme: str
    saved_at: str
    made: ScenarioWithRecipeResponse
    feedback: list[ScenarioFeedbackResponse]


class PageLabelResponse(TypedDict):
    """The number of a page and the label printed on it."""

    number: int
    label: str


class PageResponse(TypedDict):
    """A page with the requested quotes marked."""

    edition_id: str
    title: str
    number: int
    label: str
    previous: int | None
    next: int | None
    page_count: int
    stretches: list[StretchResponse]
    is_found: bool
    rectangles: list[RectangleResponse]
    picture: str | None
    left_out: list[LeftOutRegionResponse] | None


class PartView(TypedDict):
    """One verbatim part of a citation; ``span`` is its start and end in the edition's text, in code points."""

    quote: str
    span: list[int]
    pages: list[int]
    page_labels: list[str]


class PartlyAnsweredView(TypedDict):
    """An answer to some of several questions; ``unanswered`` are the others, as they were typed."""

    outcome: Literal["partly_answered"]
    question: str
    standalone: str
    mode: Literal["quoted", "written"]
    statements: list[StatementView]
    citations: list[CitationView]
    related: list[CitationView]
    differences: list[DifferenceView]
    notices: list[NoticeView]
    masked: list[str]
    trace: TraceView
    approved: NotRequired[ApprovedView | None]
    unanswered: list[str]


class PassageResponse(TypedDict):
    """A passage as it would be indexed."""

    text: str
    headings: list[str]
    label: str | None
    pages: list[int]
    is_quotable: bool


class PersonResponse(TypedDict):
    """A person in the story."""

    part: str
    name: str
    role: str


class PitfallResponse(TypedDict):
    """A mistake made elsewhere, in the words of a learning review."""

    title: str
    strength: str
    citation: CitationView


class PreviewResponse(TypedDict):
    """An upload that waits to be published, with a page of its passages and everything that is excluded."""

    upload_id: str
    filename: str
    edition_id: str
    title: str
    kind: Kind
    form: Form
    page_count: int
    passage_count: int
    warnings: list[str]
    passages: list[PassageResponse]
    exclusions: list[ExclusionResponse]
    reading: ReadingResponse | None
    left_out: list[LeftOutPageResponse]
    proposals: list[ProposalResponse]
    next_offset: int | None


class ProblemDetails(TypedDict):
    """An RFC 9457 problem."""

    type: str
    title: str
    status: int
    detail: str
    instance: str
    id: str
    error: OpenAIError
    errors: NotRequired[list[FieldError] | None]


class ProposalResponse(TypedDict):
    """A value that was read from the document; nothing uses it until it is sent as metadata."""

    field: str
    value: str
    confidence: float
    where: str
    words: str


class PublicationResponse(TypedDict):
    """The generation of the library that answers from now on."""

    generation: int
    editions: int
    passages: int


class QuestionImportRequest(TypedDict):
    """Questions to import."""

    source: str
    questions: list[ImportedQuestionRequest]


class QuestionImportResponse(TypedDict):
    """Result of an import of questions."""

    added: int
    were_there: int
    too_old: int


class QuestionListResponse(TypedDict):
    """A page of questions, the newest day first."""

    questions: list[QuestionResponse]
    next_after: str | None


class QuestionResponse(TypedDict):
    """A question, masked, with the day it was asked and its outcome."""

    record_id: str
    question: str
    outcome: str
    reason: str | None
    editions: list[str]
    asked_on: str
    opinions: list[Opinion]


class QuoteCellView(TypedDict):
    """A cell of a quoted table row, under the name of its column; "" where the table names none."""

    column: str
    text: str


class QuoteLineView(TypedDict):
    """One line of a quote as it stands in the document; a row has ``cells`` in place of ``text``."""

    text: str
    kind: LineKind
    depth: int
    mark: str
    cells: list[QuoteCellView]
    is_lead_in: bool
    follows_gap: bool


class QuotedResponse(TypedDict):
    """Words that an answer quotes."""

    edition_id: str
    title: str
    quote: str


class ReadinessResponse(TypedDict):
    """The library can answer questions."""

    status: NotRequired[Literal["ready"]]
    generation: int
    fingerprint: str
    scorecard: list[str]
    writable: bool


class ReadingResponse(TypedDict):
    """How much of a file can be quoted, and what to look at; pages are numbers of pages in the file."""

    share: float | None
    words: int
    quotable_words: int
    figure_words: int
    table_rows: int
    figure_pages: list[int]
    picture_pages: list[int]
    left_out: list[LeftOutResponse]
    warnings: list[str]


class RecipeRequest(TypedDict):
    """A recipe as returned by the API, with a trainer's edits."""

    request: ScenarioOptionsRequest
    unlike: NotRequired[list[str]]
    words: NotRequired[WordsRequest]
    written_by: NotRequired[str]
    grammar: NotRequired[str]
    fingerprint: NotRequired[str]


class RecipeResponse(TypedDict):
    """The recipe of a scenario: send it back, with edits if you like, to redraw, save or download the scenario."""

    request: ScenarioOptionsResponse
    unlike: list[str]
    words: WordsResponse
    written_by: str
    grammar: str
    fingerprint: str


class RectangleResponse(TypedDict):
    """A rectangle around marked words on the page image, in fractions of its width and height from the top left."""

    left: float
    top: float
    width: float
    height: float


class RedrawRequest(TypedDict):
    """What to keep of a scenario while the rest is drawn again."""

    recipe: RecipeRequest
    locked: NotRequired[list[int]]
    keeps_people: NotRequired[bool]
    seed: NotRequired[int | None]
    difficulty: NotRequired[Difficulty | None]
    twist: NotRequired[bool | None]


class RefusedAnswerResponse(TypedDict):
    """An answer of a file that was not imported; ``number`` is its place from 1."""

    number: int
    why: str


class RefusedView(TypedDict):
    """A refusal; ``nearest`` is related and not confirmed to answer."""

    outcome: Literal["refused"]
    question: str
    standalone: str
    reason: Reason
    message: str
    statements: list[StatementView]
    criteria: list[StatementView]
    citations: list[CitationView]
    nearest: list[CitationView]
    decides: list[CitedStatementView]
    differences: list[DifferenceView]
    contact: ContactView | None
    notices: list[NoticeView]
    masked: list[str]
    trace: TraceView
    approved: NotRequired[ApprovedView | None]


class RemarkResponse(TypedDict):
    """Feedback of whoever asked, without who and when."""

    opinion: Opinion
    statement: NotRequired[int | None]
    note: str


class RunListResponse(TypedDict):
    """The last syncs of a source, newest first."""

    runs: list[RunResponse]


class RunResponse(TypedDict):
    """One sync of a source."""

    run_id: str
    started: str
    ended: str | None
    ending: RunEnding | None
    new: int
    changed: int
    withdrawn: int
    moved: int
    unchanged: int
    suspicious: int
    fetched: int
    not_modified: int
    skipped: int
    body_bytes: int
    problems: list[str]


class SaveScenarioRequest(TypedDict):
    """A scenario to save."""

    recipe: RecipeRequest
    scenario_id: NotRequired[str | None]


class SaveScenarioResponse(TypedDict):
    """A scenario that has just been saved."""

    scenario_id: str
    title: str
    theme: str
    saved_at: str
    masked: list[str]


class SavedScenarioResponse(TypedDict):
    """A saved scenario."""

    scenario_id: str
    title: str
    theme: str
    saved_at: str


class SavedScenariosResponse(TypedDict):
    """Your saved scenarios, the last saved first; at most 200."""

    scenarios: list[SavedScenarioResponse]


class ScenarioChoicesResponse(TypedDict):
    """The choices for a scenario."""

    themes: list[ThemeChoiceResponse]
    agencies: list[AgencyChoiceResponse]
    settings: list[SettingChoiceResponse]
    aims: list[AimChoiceResponse]
    difficulties: list[str]
    lengths: list[str]
    grammar: str


class ScenarioFeedbackListResponse(TypedDict):
    """Feedback, the newest day first."""

    feedback: list[ScenarioFeedbackResponse]
    next_after: str | None


class ScenarioFeedbackRequest(TypedDict):
    """A trainer's feedback on a scenario after the session."""

    score: int
    note: NotRequired[str]


class ScenarioFeedbackResponse(TypedDict):
    """A trainer's feedback, without their identity."""

    feedback_id: str
    theme: str
    seed: int
    score: int
    note: str
    given_on: str


class ScenarioOptionsRequest(TypedDict):
    """Choices for a scenario; anything left out is drawn."""

    theme: str
    agencies: NotRequired[list[str]]
    setting: NotRequired[str | None]
    age_band: NotRequired[str | None]
    difficulty: NotRequired[str]
    length: NotRequired[str]
    aims: NotRequired[list[str]]
    seed: NotRequired[int | None]
    twist: NotRequired[bool | None]
    variant: NotRequired[int]
    kept: NotRequired[dict[str, str]]
    keeps_people: NotRequired[int | None]


class ScenarioOptionsResponse(TypedDict):
    """The choices of a scenario, with everything that was drawn filled in."""

    theme: str
    agencies: list[str]
    setting: str | None
    age_band: str | None
    difficulty: str
    length: str
    aims: list[str]
    seed: int
    twist: bool | None
    variant: int
    kept: dict[str, str]
    keeps_people: int | None


class ScenarioResponse(TypedDict):
    """A fictional scenario, in the facilitator's version."""

    format: str
    version: str
    title: str
    fictional: str
    content_note: str
    setting: str
    people: list[PersonResponse]
    roles: list[str]
    minutes: int
    stages: list[StageResponse]
    advice: str
    expectations: list[ExpectationResponse]
    pitfalls: list[PitfallResponse]
    pitfalls_note: str
    not_answered_on_purpose: list[OpenPointResponse]
    lacking: list[GapResponse]
    notes: list[str]
    aims: list[str]
    aims_missed: list[str]
    notices: list[NoticeView]
    request: ScenarioOptionsResponse
    edited: list[int]
    written_by: str
    grammar: str
    fingerprint: str


class ScenarioWithRecipeResponse(TypedDict):
    """A scenario with its recipe."""

    scenario: ScenarioResponse
    recipe: RecipeResponse
    masked: list[str]
    changed: list[str]


class ScorecardResponse(TypedDict):
    """The signed scorecard."""

    date: str
    questions: str
    asked: int
    answered: NotRequired[int | None]
    wrong: int
    wrong_upper: float
    signed_by: str
    sentence: str


class SearchResponse(TypedDict):
    """Passages, best first."""

    query: str
    standalone: str
    masked: list[str]
    hits: list[HitView]
    next_offset: int | None
    generation: int
    fingerprint: str


class SectionResponse(TypedDict):
    """A section of an edition."""

    headings: list[str]
    label: str | None
    page: int
    start: int
    end: int


class SetListResponse(TypedDict):
    """The question sets, and in one sentence how often answers are right."""

    sets: list[SetResponse]
    sentence: str


class SetResponse(TypedDict):
    """A question set that can be chosen."""

    name: str
    kind: Literal["marked", "uploaded", "packaged"]
    questions: int
    missing: list[str]
    is_signable: bool
    fault: str


class SetUpload(TypedDict):
    """A question file: YAML or JSONL, as `assistant eval run` takes it."""

    file: str


class SettingChoiceResponse(TypedDict):
    """A setting where the concern may come to light."""

    id: str
    title: str
    agency: str
    age_bands: list[str]


class ShownQuoteResponse(TypedDict):
    """A quote that was shown, with the key by which a mark names it."""

    key: str
    title: str
    edition_id: str
    page: int
    quote: str


class SignpostedView(TypedDict):
    """The card first; ``then`` is the outcome of the policy part of the question, if there is one."""

    outcome: Literal["signposted"]
    question: str
    standalone: str
    card: CardView
    steps: list[CitedStatementView]
    statements: list[StatementView]
    citations: list[CitationView]
    then: AnsweredView | PartlyAnsweredView | RefusedView | None
    notices: list[NoticeView]
    masked: list[str]
    trace: TraceView
    approved: NotRequired[ApprovedView | None]


class SourceChangeRequest(TypedDict):
    """The details of a source, which replace those before; its kind and address stay."""

    name: NotRequired[str]
    licence: str
    owner: str
    schedule: NotRequired[str]
    rule: NotRequired[PublishingRule]
    depth: NotRequired[int]
    include: NotRequired[list[str]]
    exclude: NotRequired[list[str]]
    delay_s: NotRequired[float]
    max_pages: NotRequired[int]
    max_mb: NotRequired[int]
    max_minutes: NotRequired[float]
    document_kind: NotRequired[Kind]
    publisher: NotRequired[str]
    area: NotRequired[str]
    audience: NotRequired[str]
    layer: NotRequired[Layer | Literal[""] | None]
    form: NotRequired[Form]
    groups: NotRequired[list[str]]


class SourceListResponse(TypedDict):
    """The sources that you may see, by name."""

    sources: list[SourceResponse]


class SourceMarkView(TypedDict):
    """What the source of an edition says of it as a whole: it was withdrawn, or superseded."""

    kind: Literal["withdrawn", "superseded"]
    since: str | None
    note: str
    address: str
    successor: str


class SourceRequest(TypedDict):
    """A source to follow."""

    name: NotRequired[str]
    licence: str
    owner: str
    schedule: NotRequired[str]
    rule: NotRequired[PublishingRule]
    depth: NotRequired[int]
    include: NotRequired[list[str]]
    exclude: NotRequired[list[str]]
    delay_s: NotRequired[float]
    max_pages: NotRequired[int]
    max_mb: NotRequired[int]
    max_minutes: NotRequired[float]
    document_kind: NotRequired[Kind]
    publisher: NotRequired[str]
    area: NotRequired[str]
    audience: NotRequired[str]
    layer: NotRequired[Layer | Literal[""] | None]
    form: NotRequired[Form]
    groups: NotRequired[list[str]]
    kind: SourceKind
    address: str


class SourceResponse(TypedDict):
    """A source, and how it goes with it."""

    source_id: str
    kind: SourceKind
    address: str
    name: str
    licence: str
    owner: str
    schedule: str
    rule: PublishingRule
    depth: int
    include: list[str]
    exclude: list[str]
    delay_s: float
    max_pages: int
    max_mb: int
    max_minutes: float
    document_kind: Kind
    publisher: str
    area: str
    audience: str
    layer: Layer | None
    form: Form
    groups: list[str]
    added_at: str
    is_paused: bool
    is_running: bool
    is_failing: bool
    next_run: str | None
    last_success: str | None
    failures: int
    failing_since: str | None
    waiting: int
    documents: int
    last_run: RunResponse | None


class StageResponse(TypedDict):
    """One dated stage."""

    number: int
    title: str
    day: str
    minutes: int
    text: str
    questions: list[str]
    expectations: list[int]
    fragments: dict[str, str]


class StageWordsRequest(TypedDict):
    """A trainer's edits to one stage; null leaves the drawn text."""

    number: int
    text: NotRequired[str | None]
    questions: NotRequired[list[str] | None]


class StageWordsResponse(TypedDict):
    """A trainer's edits to one stage."""

    number: int
    text: str | None
    questions: list[str] | None


class StatementView(TypedDict):
    """One sentence of an answer, with the numbers of its citations."""

    text: str
    citations: list[int]
    duty: Duty | None


class StreamOptions(TypedDict):
    """Options of a streamed completion."""

    include_usage: NotRequired[bool]


class StretchResponse(TypedDict):
    """A piece of the page's text, marked or not."""

    text: str
    is_marked: bool


class TextPart(TypedDict):
    """A part of a message; only text parts are read."""

    type: str
    text: NotRequired[str]


class ThemeChoiceResponse(TypedDict):
    """A theme."""

    id: str
    title: str
    about: str
    age_bands: list[str]
    settings: list[str]
    aims: list[str]


class ToldResponse(TypedDict):
    """What one library says to a question."""

    outcome: str
    reason: NotRequired[str | None]
    probability: NotRequired[float | None]
    card: NotRequired[str | None]
    quotes: list[QuotedResponse]
    approved: NotRequired[str | None]


class TraceHitView(TypedDict):
    """A passage that was considered for an outcome, and why it was rejected if it was."""

    passage_id: str
    score: float
    cosine: float | None
    rejected: str | None


class TraceView(TypedDict):
    """How an outcome came about; ``stages`` are seconds."""

    stages: dict[str, float]
    fingerprint: str
    probability: float | None
    hits: list[TraceHitView]
    approved: NotRequired[ApprovedMatchView | None]
    judged: NotRequired[list[JudgedView]]


class TriedResponse(TypedDict):
    """One question with what both libraries say."""

    question_id: str
    text: str
    theme: str
    change: Change
    is_worse: bool
    published: ToldResponse
    draft: ToldResponse


class UnitFile(TypedDict):
    """A quoted unit: the words of each part, and where they stood."""

    edition_id: str
    title: NotRequired[str]
    quotes: list[str]
    spans: list[list[Any]]
    under: NotRequired[list[str]]


class UnitRequest(TypedDict):
    """A passage to quote, or some stretches of its edition that lie in it and lead into it."""

    passage_id: str
    spans: NotRequired[list[list[Any]]]


class UnitResponse(TypedDict):
    """A quoted unit, and why it does not hold any more, null where it does."""

    edition_id: str
    title: str
    spans: list[list[Any]]
    text: str
    fault: UnitFault | None


class UploadListResponse(TypedDict):
    """The uploads that wait to be published, oldest first."""

    uploads: list[UploadResponse]


class UploadRequest(TypedDict):
    """A file with its metadata."""

    kind: Kind
    edition_id: NotRequired[str]
    work: NotRequired[str]
    title: NotRequired[str]
    form: NotRequired[Form]
    publisher: NotRequired[str]
    published: NotRequired[str]
    in_force_from: NotRequired[str]
    review_by: NotRequired[str]
    supersedes: NotRequired[str]
    source_url: NotRequired[str]
    licence: NotRequired[str]
    groups: NotRequired[str]
    area: NotRequired[str]
    audience: NotRequired[str]
    layer: NotRequired[Layer | Literal[""]]
    file: str


class UploadResponse(TypedDict):
    """An upload that waits to be published."""

    upload_id: str
    filename: str
    edition_id: str
    title: str
    kind: Kind
    form: Form
    page_count: int
    passage_count: int
    warnings: list[str]


class UrlCitation(TypedDict):
    """A citation's mark in the text, and the page that it links to."""

    start_index: int
    end_index: int
    title: str
    url: str


class UsageResponse(TypedDict):
    """Usage in whole weeks; never who asked."""

    weeks: list[str]
    least: int
    total: int | None
    by_week: list[WeekResponse]
    tables: list[UsageTableResponse]
    documents: list[DocumentUseResponse]
    half_within_s: NotRequired[float | None]
    most_within_s: NotRequired[float | None]


class UsageTableResponse(TypedDict):
    """Questions by one thing about them: outcome, help, audience or theme."""

    name: str
    groups: list[GroupResponse]


class VersionResponse(TypedDict):
    """One version of an approved answer."""

    version: int
    state: ApprovedState
    wordings: list[str]
    units: list[UnitResponse]
    own_words: str
    audience: str
    area: str
    owner: str
    review_by: str | None
    drafted_by: str
    drafted_at: str
    approved_by: str
    approved_at: str | None
    reason: str


class WeekResponse(TypedDict):
    """How many questions were asked in a week."""

    week: str
    questions: int | None


class WithdrawRequest(TypedDict):
    """Why an answer is withdrawn."""

    reason: str


class WordsRequest(TypedDict):
    """A trainer's edits; personal details in them are masked."""

    title: NotRequired[str | None]
    stages: NotRequired[list[StageWordsRequest]]


class WordsResponse(TypedDict):
    """A trainer's edits, personal details masked."""

    title: str | None
    stages: list[StageWordsResponse]


class api__publishing__schemas__ChangeResponse(TypedDict):
    """A paragraph that an upload changes."""

    kind: ChangeKind
    concerns: list[Concern]
    headings: list[str]
    label: str | None
    words: str


class api__sources__schemas__ChangeResponse(TypedDict):
    """What a sync found of one document, and what became of it."""

    change_id: str
    source_id: str
    state: ChangeState
    address: str
    title: str
    found_at: str
    edition_id: str | None
    replaces: str | None
    previous_address: str
    why: str
    dated: str | None
    successor_address: str
    decision: Decision
    decided_at: str | None
    decided_by: str
