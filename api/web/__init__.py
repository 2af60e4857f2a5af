"""The page for practitioners: drawn here, on the server; script only adds comfort."""

from __future__ import annotations

from fastapi import APIRouter

from api.account.pages import router as me
from api.account.sign_in import router as sign_in
from api.asking.pages import router as chat
from api.conversations.pages import router as history
from api.coverage.files import router as coverage_files
from api.coverage.pages import router as coverage
from api.documents.pages import router as documents
from api.documents.source_page import router as page
from api.feedback.pages import router as feedback
from api.publishing.pages import router as publishing
from api.questions.pages import router as questions
from api.scenarios.pages import router as scenarios
from api.scenarios.saved_pages import router as scenarios_kept
from api.web.assets import router as look

router = APIRouter(include_in_schema=False)
for _part in (
    chat, history, feedback, documents, page, publishing, questions, coverage_files, coverage, scenarios, scenarios_kept, me,
    sign_in, look
):  # fmt: skip
    router.include_router(_part)

__all__ = ["router"]
