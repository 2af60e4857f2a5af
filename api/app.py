"""The application: routes, problems and what stands before them, in one list."""

from __future__ import annotations

from fastapi import Depends, FastAPI
from starlette.middleware.cors import CORSMiddleware

from api.access.entrance import Entrance, form_token
from api.access.exposure import check_exposure
from api.access.guard import Guard
from api.access.headers import SafeHeaders
from api.access.own_host import OwnHost
from api.bodies import BodyLimit
from api.metrics import Metrics
from api.openapi import describe
from api.problems import handle_problems
from api.retention import purging
from api.routes import (
    ask,
    chat_completions,
    conversations,
    coverage,
    documents,
    feedback,
    health,
    me,
    pages,
    publishing,
    questions,
    scenarios,
    search,
)
from api.state import State
from api.timing import Timing
from api.web import router as web_router
from assistant.bootstrap import Assistant
from assistant.ports import Publisher
from assistant.settings import Settings

ROUTERS = (
    ask.router,
    conversations.router,
    search.router,
    chat_completions.router,
    health.router,
    documents.router,
    pages.router,
    publishing.router,
    feedback.router,
    questions.router,
    coverage.router,
    scenarios.router,
    me.router,
    web_router,
)


def create_app(assistant: Assistant, publisher: Publisher | None = None, *, host: str = "127.0.0.1") -> FastAPI:
    """Returns the application over an assistant.

    Args:
        assistant: Answers and keeps records; one per worker.
        publisher: Takes documents in; without one the publishing routes say so.
        host: Address that the server listens at.

    Raises:
        ConfigurationError: The address is not loopback and no access is configured.
    """
    settings = assistant.settings
    check_exposure(settings.access, host)
    app = FastAPI(
        title="Policy assistant",
        version="1",
        summary="Cited answers from policy documents, or an honest refusal.",
        description="Every sentence of an answer is a verbatim quote with edition, section and page. "
        "A refusal is an outcome (200); faults are RFC 9457 problems.",
        docs_url=None,
        redoc_url=None,
        openapi_url="/openapi.json",
        lifespan=purging(assistant),
        dependencies=[Depends(form_token)],
    )
    guard, metrics = Guard(assistant, settings.access), Metrics()
    app.state.state = State(assistant, publisher, guard, metrics, host)
    _stand_before(app, guard, settings)
    app.add_middleware(Timing, metrics=metrics)
    handle_problems(app)
    for router in ROUTERS:
        app.include_router(router)
    describe(app)
    return app


def _stand_before(app: FastAPI, guard: Guard, settings: Settings) -> None:
    """Puts what a request passes before its route, the innermost first."""
    app.add_middleware(Entrance, guard=guard)
    app.add_middleware(BodyLimit, limits=settings.serve)
    if settings.access.cors_origins:
        headers = ["Authorization", "Content-Type"]
        methods = ["GET", "POST", "DELETE"]
        origins = list(settings.access.cors_origins)
        app.add_middleware(CORSMiddleware, allow_origins=origins, allow_methods=methods, allow_headers=headers)
    app.add_middleware(OwnHost, access=settings.access)
    app.add_middleware(SafeHeaders, access=settings.access)
