"""A stored outcome with what the sources of its citations say of them now."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeVar

from pydantic import BaseModel

from assistant.model import Edition
from assistant.outcomes.view import CitationView, mark_view

ViewT = TypeVar("ViewT", bound=BaseModel)


def with_current_marks(view: ViewT, editions: Mapping[str, Edition]) -> ViewT:
    """Returns an outcome whose citations have the marks of the library's editions as they are now.

    A citation of an edition that is not in the library any more keeps what it was stored with.
    """
    changed = {name: _renewed(value, editions) for name, value in view if isinstance(value, BaseModel | tuple)}
    return view.model_copy(update=changed)


def _renewed(value: Any, editions: Mapping[str, Edition]) -> Any:
    if isinstance(value, CitationView):
        edition = editions.get(value.edition_id)
        return value if edition is None else value.model_copy(update={"source_mark": mark_view(edition)})
    if isinstance(value, tuple):
        return tuple(_renewed(each, editions) for each in value)
    return with_current_marks(value, editions) if isinstance(value, BaseModel) else value
