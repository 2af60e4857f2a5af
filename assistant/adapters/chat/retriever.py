"""The assistant's retrieval as a LangChain retriever, for people who build their own chains."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

from langchain_core.callbacks import AsyncCallbackManagerForRetrieverRun, CallbackManagerForRetrieverRun
from langchain_core.documents import Document
from langchain_core.retrievers import BaseRetriever
from langchain_core.runnables import run_in_executor
from pydantic import ConfigDict, Field

from assistant.model import Edition, EditionId, Hit, Kind, Page, Question

SearchPassages = Callable[[Question, int], tuple[tuple[Hit, Edition, tuple[Page, ...]], ...]]
"""Returns up to so many hits for a question, best first, each with its edition and the pages it stands on."""


class PolicyRetriever(BaseRetriever):
    """Passages of the indexed documents, best first, over the same search that answers use.

    A question is masked and limited as everywhere; no passage is claimed to answer it. Made by
    ``Assistant.retriever``; ``docs/langchain.md`` shows its use.
    """

    model_config = ConfigDict(frozen=True, extra="forbid", arbitrary_types_allowed=True)

    search: SearchPassages = Field(exclude=True, repr=False)
    """Searches the library."""
    k: int = Field(default=10, ge=1, le=100)
    """Most passages returned."""
    kinds: tuple[Kind, ...] = ()
    """Only documents of these kinds; all where there is none."""
    editions: tuple[str, ...] = ()
    """Only these editions; all where there is none."""
    as_at: date | None = None
    """Search what is in force at this day; today unless given."""
    groups: tuple[str, ...] = ()
    """Groups of the person asking; restricted editions of other groups are never found."""

    def _get_relevant_documents(
        self, query: str, *, run_manager: CallbackManagerForRetrieverRun, **kwargs: Any
    ) -> list[Document]:
        return self._search(query)

    async def _aget_relevant_documents(
        self, query: str, *, run_manager: AsyncCallbackManagerForRetrieverRun, **kwargs: Any
    ) -> list[Document]:
        return await run_in_executor(None, self._search, query)

    def _search(self, query: str) -> list[Document]:
        editions = tuple(EditionId(each) for each in self.editions)
        question = Question(query, (), self.as_at, self.kinds, editions, self.groups)
        return [document_of(*each) for each in self.search(question, self.k)]


def document_of(hit: Hit, edition: Edition, pages: tuple[Page, ...]) -> Document:
    """Returns a hit as a LangChain document; its metadata are plain JSON values."""
    passage = hit.passage
    return Document(
        id=str(passage.passage_id),
        page_content=passage.text,
        metadata={
            "passage_id": str(passage.passage_id),
            "edition_id": str(edition.edition_id),
            "title": edition.title,
            "kind": edition.kind.value,
            "form": edition.form.value,
            "headings": list(passage.headings),
            "label": passage.label,
            "pages": [each.number for each in pages],
            "page_labels": [each.label for each in pages],
            "is_quotable": passage.is_quotable,
            "source": edition.source_url,
            "source_mark": edition.source_mark.kind if edition.source_mark else None,
            "score": hit.score,
        },
    )
