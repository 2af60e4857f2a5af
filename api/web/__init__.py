"""The page for practitioners: drawn here, on the server; script only adds comfort."""

from __future__ import annotations

from fastapi import APIRouter

from api.web.chat import router as chat
from api.web.coverage import router as coverage
from api.web.coverage_files import router as coverage_files
from api.web.documents import router as documents
from api.web.feedback import router as feedback
from api.web.history import router as history
from api.web.look import router as look
from api.web.me import router as me
from api.web.page import router as page
from api.web.publishing import router as publishing
from api.web.questions import router as questions
from api.web.scenarios import router as scenarios
from api.web.scenarios_kept import router as scenarios_kept
from api.web.sign_in import router as sign_in

router = APIRouter(include_in_schema=False)
for _part in (
    chat, history, feedback, documents, page, publishing, questions, coverage_files, coverage, scenarios, scenarios_kept, me,
    sign_in, look
):  # fmt: skip
    router.include_router(_part)

__all__ = ["router"]
