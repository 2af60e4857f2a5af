"""The HTML pages of every feature as one router, in the order in which they are matched."""

from __future__ import annotations

from fastapi import APIRouter

from api.account.pages import router as account
from api.account.sign_in import router as sign_in
from api.approved.pages import router as approved
from api.asking.pages import router as chat
from api.bench.pages import router as bench
from api.blocks.pages import router as blocks
from api.conversations.pages import router as history
from api.coverage.files import router as coverage_files
from api.coverage.pages import router as coverage
from api.documents.pages import router as documents
from api.documents.source_page import router as source_page
from api.embed.pages import router as embed
from api.evaluation.pages import router as evaluation
from api.evidence.pages import router as evidence
from api.feedback.pages import router as feedback
from api.publishing.pages import router as publishing
from api.questions.mark_pages import router as marks
from api.questions.pages import router as questions
from api.scenarios.pages import router as scenarios
from api.scenarios.saved_pages import router as saved_scenarios
from api.sources.digest_pages import router as sources_digest
from api.sources.pages import router as sources
from api.usage.pages import router as usage
from api.web.assets import router as assets

PAGES = (
    chat,
    history,
    feedback,
    documents,
    source_page,
    publishing,
    approved,
    blocks,
    questions,
    marks,
    bench,
    evaluation,
    usage,
    coverage_files,
    coverage,
    evidence,
    scenarios,
    saved_scenarios,
    sources_digest,
    sources,
    account,
    sign_in,
    embed,
    assets,
)

router = APIRouter(include_in_schema=False)
for page in PAGES:
    router.include_router(page)
