"""The application: its routes, error handlers and middleware."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, AsyncExitStack, asynccontextmanager, closing
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from anyio import to_thread
from fastapi import Depends, FastAPI
from fastapi.telemetry import TelemetryConfig
from starlette.middleware.cors import CORSMiddleware

from api.access.auth_middleware import AuthMiddleware, check_form_token
from api.access.exposure import check_exposure
from api.access.guard import Guard
from api.access.headers import SecurityHeaders
from api.access.host_check import HostCheck
from api.account.routes import router as account_router
from api.approved.routes import router as approved_router
from api.asking.examples import Examples
from api.asking.routes import router as ask_router
from api.asking.search_routes import router as search_router
from api.bench.routes import router as bench_router
from api.blocks.routes import router as blocks_router
from api.cards.card_first import CardFirst
from api.completions.routes import router as completions_router
from api.conversations.routes import router as conversations_router
from api.coverage.routes import router as coverage_router
from api.documents.page_routes import router as pages_router
from api.documents.routes import router as documents_router
from api.evaluation.routes import router as evaluation_router
from api.evidence.routes import router as evidence_router
from api.feedback.routes import router as feedback_router
from api.following.lifespan import following
from api.following.wiring import follow
from api.health.retention import retention_lifespan
from api.health.routes import router as health_router
from api.health.webhooks import delivering
from api.http.body_limit import BodyLimit
from api.http.head_limit import HeadLimit
from api.http.metrics import Metrics
from api.http.openapi import describe
from api.http.problems import handle_problems
from api.http.timing import Timing
from api.http.tracing import Tracing
from api.http.turns import Turns
from api.pages import router as pages_of_every_feature
from api.publishing.routes import router as publishing_router
from api.questions.mark_routes import router as marks_router
from api.questions.routes import router as questions_router
from api.scenarios.routes import router as scenarios_router
from api.sources.routes import router as sources_router
from api.state import State
from api.usage.routes import router as usage_router
from assistant.bootstrap import Assistant
from assistant.extras import missing
from assistant.ports import Evaluator, Publisher, Sources
from assistant.settings import Settings
from assistant.settings.serving import ServeSetting

if TYPE_CHECKING:
    from api.mcp.over_http import OverHttp

NO_OWN_TELEMETRY: TelemetryConfig = {"tracing": False, "metrics": False, "logs": False, "auto_configure": False}
"""FastAPI's own would send messages of exceptions and addresses with their query, which hold what people typed."""
FREE_THREADS = 40
"""Threads of a worker that no question waits in."""
DESCRIBED: dict[str, Any] = {
    "title": "Policy assistant",
    "version": "1",
    "summary": "Cited answers from policy documents, or a refusal that says why.",
    "description": "Every sentence of an answer is a verbatim quote with its edition, section and page, or is checked "
    "against one. A refusal is an outcome (status 200); errors are RFC 9457 problem details.",
    "docs_url": None,
    "redoc_url": None,
    "openapi_url": "/openapi.json",
}
ROUTERS = (
    ask_router,
    conversations_router,
    search_router,
    completions_router,
    health_router,
    documents_router,
    pages_router,
    publishing_router,
    feedback_router,
    marks_router,
    questions_router,
    bench_router,
    evaluation_router,
    usage_router,
    coverage_router,
    approved_router,
    blocks_router,
    evidence_router,
    scenarios_router,
    sources_router,
    account_router,
    pages_of_every_feature,
)


def create_app(
    assistant: Assistant,
    publisher: Publisher | None = None,
    sources: Sources | None = None,
    *,
    host: str = "127.0.0.1",
    evaluator: Evaluator | None = None,
) -> FastAPI:
    """Returns the application over an assistant.

    Args:
        assistant: Answers questions and stores records; one per worker.
        publisher: Publishes documents; without one the publishing routes answer with a problem.
        sources: Follows sources; without them the routes of sources answer with a problem.
        host: Address that the server listens on.
        evaluator: Measures the assistant; without one the evaluation routes answer with a problem.

    Raises:
        ConfigurationError: The address is not loopback and access control is not configured, or what the settings ask for
            is not installed.
    """
    settings = assistant.settings
    check_exposure(settings.access, host)
    guard = Guard(assistant, settings.access)
    state = _state(assistant, publisher, guard, host, evaluator)
    if sources is not None:
        state = replace(state, following=follow(assistant, sources))
    tools = _tools(state) if settings.serve.mcp else None
    app = _described(state, tools)
    _add_middleware(app, guard, settings)
    _watch(app, state)
    handle_problems(app, settings.data)
    for router in ROUTERS:
        app.include_router(router)
    if tools is not None:
        tools.add_to(app)
    describe(app)
    return app


def _state(
    assistant: Assistant, publisher: Publisher | None, guard: Guard, host: str, evaluator: Evaluator | None
) -> State:
    """Returns the state of a worker that follows no sources."""
    metrics, examples = Metrics(assistant.telemetry), Examples(assistant)
    turns = _turns(assistant.settings.serve)
    return State(assistant, publisher, guard, metrics, host, examples=examples, turns=turns, evaluator=evaluator)


def _turns(limits: ServeSetting) -> Turns:
    """Returns the turns of a worker; threads are kept free for cards and for pages."""
    return Turns(limits.asked_at_once, limits.longest_wait_s, limits.threads - FREE_THREADS)


def _described(state: State, tools: OverHttp | None) -> FastAPI:
    """Returns the application without anything that answers."""
    app = FastAPI(
        **DESCRIBED,
        lifespan=_lifespan(state, tools),
        dependencies=[Depends(check_form_token)],
        telemetry=NO_OWN_TELEMETRY,
    )
    app.state.state = state
    return app


def _watch(app: FastAPI, state: State) -> None:
    """Adds the middleware around all other: it counts, times and, where telemetry is on, traces requests."""
    app.add_middleware(Timing, metrics=state.metrics)
    if state.assistant.settings.telemetry:
        app.add_middleware(Tracing, telemetry=state.assistant.telemetry)


def _tools(state: State) -> OverHttp:
    """Returns the tools for other assistants. Raises ``ExtraMissing`` where their package is not installed."""
    try:
        from api.mcp.over_http import OverHttp
    except ModuleNotFoundError as error:
        raise missing("serve.mcp", "mcp", "mcp") from error
    return OverHttp(state)


def _lifespan(state: State, tools: OverHttp | None) -> Callable[[FastAPI], AbstractAsyncContextManager[None]]:
    """Returns the lifespan handler: old records are purged, webhooks sent, and open streams told when the server stops."""
    purging = retention_lifespan(state.assistant)

    @asynccontextmanager
    async def lifespan(app: FastAPI) -> AsyncIterator[None]:
        to_thread.current_default_thread_limiter().total_tokens = state.assistant.settings.serve.threads
        with state.stopping.watching(), closing(state.assistant), closing(state.examples):
            async with AsyncExitStack() as stack:
                await stack.enter_async_context(purging(app))
                await stack.enter_async_context(delivering(state.assistant))
                if state.following is not None:
                    await stack.enter_async_context(following(state.following.follower, state.following.syncs))
                if tools is not None:
                    await stack.enter_async_context(tools.running())
                yield

    return lifespan


def _add_middleware(app: FastAPI, guard: Guard, settings: Settings) -> None:
    """Adds the middleware that a request passes before its route, the innermost first."""
    app.add_middleware(AuthMiddleware, guard=guard)
    app.add_middleware(BodyLimit, limits=settings.serve)
    app.add_middleware(CardFirst, guard=guard, limits=settings.serve)
    if settings.access.cors_origins:
        headers = ["Authorization", "Content-Type"]
        methods = ["GET", "POST", "DELETE"]
        origins = list(settings.access.cors_origins)
        app.add_middleware(CORSMiddleware, allow_origins=origins, allow_methods=methods, allow_headers=headers)
    app.add_middleware(HostCheck, access=settings.access)
    app.add_middleware(HeadLimit, limits=settings.serve)
    app.add_middleware(SecurityHeaders, access=settings.access)
