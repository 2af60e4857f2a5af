"""Claims, findings, citations and the three outcomes."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from assistant.model.judged import Judged
from assistant.model.library import Edition, EditionId, PassageId, Span
from assistant.model.question import Hit, Level
from assistant.model.quote_line import QuoteLine


class Duty(StrEnum):
    """The strength of a duty word, strongest first."""

    MUST = "must"
    SHOULD = "should"
    MAY = "may"


class DifferenceKind(StrEnum):
    """What two texts can differ in, in the order in which differences are named."""

    TIME = "time"
    NUMBER = "number"
    DUTY = "duty"
    NEGATION = "negation"
    CONTACT = "contact"
    BODY = "body"


class Reason(StrEnum):
    """Why the assistant refuses; the wording for users is in ``assistant/messages.py``."""

    NO_PASSAGE = "no_passage"
    NOT_ANSWERED_HERE = "not_answered_here"
    NOT_SUPPORTED = "not_supported"
    OUT_OF_SCOPE = "out_of_scope"
    NEEDS_JUDGEMENT = "needs_judgement"
    SUPERSEDED_ONLY = "superseded_only"
    TOO_VAGUE = "too_vague"
    NOTHING_LEFT_TO_ASK = "nothing_left_to_ask"
    COURTESY = "courtesy"


class Verdict(StrEnum):
    """The result of checking one claim."""

    SUPPORTED = "supported"
    UNSUPPORTED = "unsupported"
    UNCHECKED = "unchecked"


@dataclass(frozen=True, slots=True)
class Contact:
    """Whom to ask, always from settings."""

    name: str
    phone: str | None = None
    email: str | None = None
    hours: str | None = None
    source: str | None = None
    """Source of these details, so that they can be checked."""
    check_by: date | None = None
    """Day by which the details have to be checked again."""


@dataclass(frozen=True, slots=True)
class Card:
    """The card of a message that somebody has to act on, shown before anything is looked up."""

    title: str
    text: str
    contacts: tuple[Contact, ...]
    level: Level = Level.ACT_NOW
    for_children: str = ""
    """What a child or young person who typed it reads; "" for nothing."""
    for_parents: str = ""
    """What a parent or carer who typed it reads; "" for nothing."""
    in_language: str = ""
    """The card in the language of the message, where the settings have it."""


@dataclass(frozen=True, slots=True)
class Notice:
    """Something the reader must know about an outcome."""

    code: str
    """summary, draft, past_review, replaced, masked, figure, fallback, ... (``assistant/messages.py``)."""
    text: str
    edition_id: EditionId | None = None
    citation: int | None = None
    """Number of the citation that it belongs to and is shown at; None for the whole outcome."""


@dataclass(frozen=True, slots=True)
class Claim:
    """One statement of an answer, and the verbatim quote that supports it.

    Extraction sets ``text`` to the quoted words. ``parts`` are the stretches quoted, in reading order: lead-ins
    first, then the sentence.
    """

    text: str
    parts: tuple[Span, ...]
    edition_id: EditionId
    passage_id: PassageId
    """The passage that holds the sentence that was found, or the last part."""
    left_out: tuple[Span, ...] = ()
    """Items of a long list that are not quoted."""


@dataclass(frozen=True, slots=True)
class Use:
    """Time and tokens that a language model used."""

    seconds: float = 0.0
    tokens_read: int = 0
    """As the model's server counted them; 0 where it did not say."""
    tokens_written: int = 0
    tries: int = 1
    """2 where the first reply was malformed."""


@dataclass(frozen=True, slots=True)
class Draft:
    """The claims that composition proposes, before verification.

    A claim of a language model that names no passage, or whose quote does not stand in it, has no parts.
    """

    claims: tuple[Claim, ...]
    notices: tuple[Notice, ...] = ()
    is_written: bool = False
    """Whether a language model wrote the claims."""
    use: Use | None = None
    related: tuple[Claim, ...] = ()
    """Quotes that stand near the question and were not judged to answer it, best first."""


@dataclass(frozen=True, slots=True)
class Finding:
    """The result of verifying one claim."""

    claim: Claim
    verdict: Verdict
    reason: str
    """One sentence a person can read."""


@dataclass(frozen=True, slots=True)
class Part:
    """One verbatim stretch of a citation."""

    quote: str
    span: Span
    pages: tuple[int, ...]
    page_labels: tuple[str, ...]
    starts_line: bool = False
    """Whether it begins a line of the edition, as list items, rows, headings and paragraphs do."""
    recognised: float | None = None
    """Mean confidence, in 0..1, of words that were read by OCR; None where the file has its text."""


@dataclass(frozen=True, slots=True)
class More:
    """Items of a long list that are not quoted."""

    count: int
    pages: tuple[int, ...]
    page_labels: tuple[str, ...]


def joined(pieces: Iterable[tuple[str, bool]]) -> str:
    """Returns pieces of a text as one; each is given with whether it starts a line, else a space stands before it."""
    text = ""
    for words, starts_line in pieces:
        text = f"{text}{chr(10) if starts_line else ' '}{words}" if text else words
    return text


@dataclass(frozen=True, slots=True)
class Citation:
    """Where a statement comes from; ``quote`` is its parts, those that start a line on a line of their own."""

    number: int
    edition: Edition
    headings: tuple[str, ...]
    label: str | None
    parts: tuple[Part, ...]
    duty: Duty | None
    """The strongest duty word in the quote; always None for learning reviews."""
    passage_id: PassageId
    lines: tuple[QuoteLine, ...] = ()
    """The quote as it is laid out on its page."""
    more: More | None = None
    """The rest of a list that is quoted in part."""

    @property
    def quote(self) -> str:
        """Every part; those that start a line are joined by a line break, others by a space."""
        return joined((part.quote, part.starts_line) for part in self.parts)

    @property
    def pages(self) -> tuple[int, ...]:
        """Page indexes of all parts, sorted, each once."""
        return tuple(sorted({page for part in self.parts for page in part.pages}))

    @property
    def recognised(self) -> float | None:
        """The least confidence of parts that were read by OCR, None where none was."""
        return min((part.recognised for part in self.parts if part.recognised is not None), default=None)

    @property
    def page_labels(self) -> tuple[str, ...]:
        """Labels of the pages of all parts as printed, in order, each once."""
        return tuple(dict.fromkeys(label for part in self.parts for label in part.page_labels))


@dataclass(frozen=True, slots=True)
class Statement:
    """One sentence of an answer, with the numbers of its citations."""

    text: str
    citations: tuple[int, ...]
    duty: Duty | None = None


@dataclass(frozen=True, slots=True)
class CitedStatement:
    """A statement with its citation, by itself."""

    statement: Statement
    citation: Citation


@dataclass(frozen=True, slots=True)
class CitedDifference:
    """Two citations of an outcome that differ about the same thing; the first has the higher authority, or the same."""

    kinds: tuple[DifferenceKind, ...]
    citations: tuple[int, int]
    """Their numbers."""
    words: tuple[str, ...]
    """The words of the first that differ, one for each kind, verbatim; "" where only the other has such words."""
    other_words: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ApprovedMatch:
    """Why an approved answer was or was not given to a question."""

    answer_id: str
    version: int
    wording: str
    """The stored wording that is nearest to what is asked."""
    cosine: float
    score: float
    """Probability, in 0..1, that both ask the same."""
    threshold: float
    """Least score of a match."""
    rejected: str | None = None
    """Why it was not given: ``below_threshold``, ``quotes`` (a quote does not hold), ``scope`` (the question asks for other
    documents), or what differs (numbers, names, audience, negation, kind); None where it was."""


@dataclass(frozen=True, slots=True)
class Approved:
    """The partnership's own answer to a question, every quote of which was found again in its passage."""

    answer_id: str
    version: int
    own_words: str
    """At most one sentence of the partnership itself; "" for none."""
    statements: tuple[Statement, ...]
    citations: tuple[Citation, ...]
    """Of the statements, and after them of texts that differ from them."""
    owner: str
    """Who approved it, such as "Policy team"."""
    approved_on: date
    review_by: date | None = None
    audience: str = ""
    area: str = ""
    notices: tuple[Notice, ...] = ()
    differences: tuple[CitedDifference, ...] = ()


@dataclass(frozen=True, slots=True)
class Trace:
    """How an outcome came about: seconds per stage, fingerprint, hits used and rejected."""

    stages: dict[str, float] = field(default_factory=dict)
    fingerprint: str = ""
    hits: tuple[Hit, ...] = ()
    features: dict[str, float] = field(default_factory=dict)
    probability: float | None = None
    """Calibrated probability that the documents answer, None where it was not computed."""
    approved: ApprovedMatch | None = None
    """The approved answer that was given, or else the nearest one with why it was not; None where there is none."""
    judged: tuple[Judged, ...] = ()
    """The part of a second judge, once for each question that was put to it; () where there is none."""


@dataclass(frozen=True, slots=True)
class Answered:
    """An answer: verified statements, each with its citation."""

    question: str
    standalone: str
    statements: tuple[Statement, ...]
    citations: tuple[Citation, ...]
    notices: tuple[Notice, ...] = ()
    masked: tuple[str, ...] = ()
    findings: tuple[Finding, ...] = ()
    trace: Trace = field(default_factory=Trace)
    is_written: bool = False
    """Whether a language model wrote the statements; each passed the verifier against its citation."""
    unanswered: tuple[str, ...] = ()
    """Of several questions those that the documents do not answer, as they were typed; () where all are answered."""
    related: tuple[Citation, ...] = ()
    """What stands near the question and was not judged to answer it, best first, numbered on from the citations."""
    differences: tuple[CitedDifference, ...] = ()
    """Citations of two editions in force that differ about the same thing; () where none do."""
    approved: Approved | None = None
    """The partnership's own answer, which comes before everything else but a card; None where none matches."""


@dataclass(frozen=True, slots=True)
class Refused:
    """A refusal: a value, never an exception. ``nearest`` is related, not confirmed to answer."""

    question: str
    standalone: str
    reason: Reason
    message: str
    nearest: tuple[Citation, ...] = ()
    contact: Contact | None = None
    criteria: tuple[Statement, ...] = ()
    """Quoted criteria, for ``needs_judgement`` only."""
    citations: tuple[Citation, ...] = ()
    """Citations of the criteria; empty for every other reason."""
    notices: tuple[Notice, ...] = ()
    masked: tuple[str, ...] = ()
    findings: tuple[Finding, ...] = ()
    trace: Trace = field(default_factory=Trace)
    decides: tuple[CitedStatement, ...] = ()
    """What the documents say on who decides, for ``needs_judgement`` only; () where they do not say."""
    differences: tuple[CitedDifference, ...] = ()
    """Passages shown (criteria, else the nearest) that differ about the same thing; () where none do."""
    approved: Approved | None = None
    """The partnership's own answer, which comes before everything else but a card; None where none matches."""


@dataclass(frozen=True, slots=True)
class Signposted:
    """The card first. ``then`` is what the documents say to the policy part of the question, if anything.

    With *act now* ``then`` is an answer or None; with *act today* it is the whole outcome, a refusal too.
    """

    question: str
    standalone: str
    card: Card
    then: Answered | Refused | None = None
    notices: tuple[Notice, ...] = ()
    masked: tuple[str, ...] = ()
    trace: Trace = field(default_factory=Trace)
    steps: tuple[CitedStatement, ...] = ()
    """What the library's own documents say to do today, shown under the card of *act today*; () where they do not say."""
    approved: Approved | None = None
    """The partnership's own answer, which comes before everything else but a card; None where none matches."""


Outcome = Answered | Refused | Signposted
