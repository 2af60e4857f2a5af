"""The tools and resources: each is a route of the API under another name, with the same access and the same answers."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Annotated, Literal

from mcp.server.mcpserver import Context
from mcp.types import CallToolResult, TextContent
from pydantic import BaseModel, Field

from api.asking.schemas import AskRequest, AskResponse, HistoryMessage, ask_response
from api.asking.search_routes import search as search_route
from api.asking.search_schemas import SearchResponse
from api.asking.service import answer, screened
from api.completions.outcome_text import text_of
from api.coverage.routes import part as coverage_part
from api.coverage.schemas import CoverageSectionResponse
from api.documents.page_routes import page_response
from api.documents.page_view import page_view
from api.documents.routes import document as document_route
from api.documents.routes import documents as documents_route
from api.documents.schemas import DocumentListResponse, DocumentResponse, PageResponse
from api.http.problems import Problem
from api.http.schemas import BODY_CHARS
from api.mcp.asker import CallerOf
from api.state import State
from assistant.editions.source_marks import mark_words
from assistant.model import Kind
from assistant.model.people import Role
from assistant.outcomes.view import HitView

Words = Annotated[str, Field(min_length=1, max_length=BODY_CHARS)]
Editions = Annotated[
    list[Annotated[str, Field(min_length=1, max_length=200)]],
    Field(max_length=50, description="Only these editions, by the edition_id that list_documents gives."),
]
Kinds = Annotated[list[Kind], Field(max_length=6, description="Only documents of these kinds.")]
AsAt = Annotated[date | None, Field(description="As at this date; today unless given.")]
CoveragePart = Literal["topics", "duties", "questions", "references", "currency", "recommendations"]
CITATION = "{quote}\n– {title}, page {pages}, edition {edition}"


@dataclass(frozen=True, slots=True)
class Tools:
    """The tools over one assistant.

    Args:
        state: What all requests of this process share.
        caller_of: Returns who calls, and where links lead to.
    """

    state: State
    caller_of: CallerOf

    def ask(
        self,
        question: Annotated[Words, Field(description="The question, in the words of the person who asks.")],
        context: Context,
        history: Annotated[
            list[HistoryMessage], Field(max_length=20, description="Earlier messages, oldest first.")
        ] = [],  # noqa: B006  # never changed; the schema shows it
        kinds: Kinds = [],  # noqa: B006
        editions: Editions = [],  # noqa: B006
        as_at: AsAt = None,
    ) -> Annotated[CallToolResult, AskResponse]:
        """Answers a safeguarding question with verbatim, cited quotes of the indexed documents, or refuses and says why.

        A refusal is a result, not an error: pass it on as it is, do not fill it from your own knowledge. Where the result
        begins with a card ("act now", "act today"), show it first and whole. Show quotes unchanged, with their source.
        Personal details are masked before anything is searched; the masked question and the outcome are recorded.
        """
        asker, address = self.caller_of(context.request_context.request)
        request = AskRequest(question=question, history=history, kinds=kinds, editions=editions, as_at=as_at)
        asked = screened(self.state, asker, request.to_question(request.turns()))
        record, outcome = answer(self.state, asker, asked)
        return _result(text_of(outcome, address), ask_response(record, outcome, asked.screening.spans))

    def search(
        self,
        query: Annotated[Words, Field(description="What to search for.")],
        context: Context,
        limit: Annotated[int, Field(ge=1, le=50)] = 10,
        kinds: Kinds = [],  # noqa: B006
        editions: Editions = [],  # noqa: B006
        as_at: AsAt = None,
    ) -> Annotated[CallToolResult, SearchResponse]:
        """Finds passages, best first, without judging whether they answer anything; use `ask` for a question."""
        asker, _ = self.caller_of(context.request_context.request)
        self.state.guard.count_ask(asker)
        found = search_route(self.state, asker, query, limit, 0, as_at, list(kinds), list(editions))
        shown = (
            CITATION.format(quote=each.text, title=_marked(each), edition=each.edition_id, pages=_listed(each.pages))
            for each in found.hits
        )
        return _result("\n\n".join(shown) or "Nothing was found.", found)

    def open_page(
        self,
        edition_id: Annotated[str, Field(min_length=1, max_length=200)],
        page: Annotated[int, Field(ge=1, le=1_000_000, description="Number of the page in the file, from 1.")],
        context: Context,
    ) -> Annotated[CallToolResult, PageResponse]:
        """Returns the text of one page of a document, with its printed page number and what comes before and after."""
        asker, _ = self.caller_of(context.request_context.request)
        with self.state.assistant.opened(asker.groups) as snapshot:
            found = page_response(page_view(self.state, snapshot, asker, edition_id, page), None)
        return _result("".join(each.text for each in found.stretches), found)

    def list_documents(
        self,
        context: Context,
        title: Annotated[str | None, Field(max_length=200, description="Words in the title.")] = None,
        kinds: Kinds = [],  # noqa: B006
        limit: Annotated[int, Field(ge=1, le=200)] = 50,
        offset: Annotated[int, Field(ge=0, le=1_000_000)] = 0,
    ) -> Annotated[CallToolResult, DocumentListResponse]:
        """Lists the indexed editions that you may see, highest authority first, each with its status."""
        asker, _ = self.caller_of(context.request_context.request)
        found = documents_route(self.state, asker, list(kinds), None, None, title, limit, offset)
        lines = (f"{each.edition_id}: {_marked(each)} ({each.kind}, {each.status})" for each in found.documents)
        return _result("\n".join(lines) or "No documents.", found)

    def coverage(
        self,
        topic: Annotated[str, Field(min_length=1, max_length=200, description="Words that the findings hold.")],
        context: Context,
        part: Annotated[CoveragePart, Field(description="Which part of the report to look into.")] = "topics",
        limit: Annotated[int, Field(ge=1, le=100)] = 20,
    ) -> Annotated[CallToolResult, CoverageSectionResponse]:
        """Tells what the documents cover of a topic and what not, for the policy role."""
        asker, _ = self.caller_of(context.request_context.request)
        if not asker.may(Role.POLICY):
            raise Problem(403, "forbidden", "This needs the role policy. Ask your administrator for it.")
        found = coverage_part(self.state, asker, part, None, topic, None, "worst", "", "", True, limit, 0)
        return _result(found.model_dump_json(indent=1), found)

    def documents_resource(self, context: Context, title: str = "") -> str:
        """The indexed editions that you may see, all or those with these words in their title, as JSON."""
        asker, _ = self.caller_of(context.request_context.request)
        return documents_route(self.state, asker, None, None, None, title or None, 200, 0).model_dump_json()

    def document_resource(self, edition_id: str, context: Context) -> str:
        """One edition: its status, pages, sections, and what of it is not quoted, as JSON."""
        asker, _ = self.caller_of(context.request_context.request)
        return document_route(self.state, asker, edition_id).model_dump_json()

    def page_resource(self, edition_id: str, page: str, context: Context) -> str:
        """The text of one page of a document."""
        asker, _ = self.caller_of(context.request_context.request)
        number = int(page) if page.isdecimal() else 0
        with self.state.assistant.opened(asker.groups) as snapshot:
            view = page_view(self.state, snapshot, asker, edition_id, number)
        return "".join(each.text for each in view.stretches)


def _listed(pages: tuple[int, ...]) -> str:
    return ", ".join(map(str, pages))


def _marked(shown: HitView | DocumentResponse) -> str:
    """Returns a title, and what the publisher says of the edition."""
    words = mark_words(shown.source_mark)
    return f"{shown.title}, {words}" if words else shown.title


def _result(text: str, view: BaseModel) -> CallToolResult:
    return CallToolResult(
        content=[TextContent(type="text", text=text)],
        structured_content=view.model_dump(mode="json"),
    )
