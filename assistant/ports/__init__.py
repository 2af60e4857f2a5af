"""What the assistant needs from outside, as Protocols; adapters implement them, and so do the fakes of the tests.

Each Protocol has one class of contract tests in ``tests/contract``, which every implementation passes.
"""

from assistant.ports.answering import (
    Embedder,
    Entailment,
    Generator,
    LanguageModel,
    LayeredEmbedder,
    OnClaim,
    Piece,
    Progress,
    Reranker,
    Rewriter,
    TokenEmbedder,
    Vectors,
)
from assistant.ports.approved import ApprovedStore
from assistant.ports.coverage import CoverageStore, QuestionStore
from assistant.ports.library import (
    Embedding,
    LexicalIndex,
    Library,
    PassageIndex,
    Snapshot,
    Source,
    Update,
    is_left_over,
)
from assistant.ports.mail import Mail, MailMessage
from assistant.ports.pages import Files, PageImages, Rectangle
from assistant.ports.publishing import Preview, PreviewPassage, Publisher
from assistant.ports.quality import Evaluation, Evaluator, LabelledSet, QualityStore, RunProgress
from assistant.ports.records import AccessStore, Records
from assistant.ports.scenarios import ScenarioStore
from assistant.ports.source_marks import SourceMarks
from assistant.ports.sources import ChangeTexts, OnFetch, Sources, SourceStore, SourceWithState
from assistant.ports.telemetry import NO_TELEMETRY, Fact, Span, Telemetry, TelemetryId
from assistant.ports.webhooks import WebhookSender, WebhookStore

__all__ = [
    "NO_TELEMETRY",
    "AccessStore",
    "ApprovedStore",
    "ChangeTexts",
    "CoverageStore",
    "Embedder",
    "Embedding",
    "Entailment",
    "Evaluation",
    "Evaluator",
    "Fact",
    "Files",
    "Generator",
    "LabelledSet",
    "LanguageModel",
    "LayeredEmbedder",
    "LexicalIndex",
    "Library",
    "Mail",
    "MailMessage",
    "OnClaim",
    "OnFetch",
    "PageImages",
    "PassageIndex",
    "Piece",
    "Preview",
    "PreviewPassage",
    "Progress",
    "Publisher",
    "QualityStore",
    "QuestionStore",
    "Records",
    "Rectangle",
    "Reranker",
    "Rewriter",
    "RunProgress",
    "ScenarioStore",
    "Snapshot",
    "Source",
    "SourceMarks",
    "SourceStore",
    "SourceWithState",
    "Sources",
    "Span",
    "Telemetry",
    "TelemetryId",
    "TokenEmbedder",
    "Update",
    "Vectors",
    "WebhookSender",
    "WebhookStore",
    "is_left_over",
]
