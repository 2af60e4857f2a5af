"""Fields of requests under names from before go on working, in every request of the API."""

from __future__ import annotations

from datetime import date

import pytest
from pydantic import BaseModel

import api.app  # noqa: F401  every request of the API
from api.asking.schemas import AskRequest
from api.http.schemas import RequestModel
from assistant import old_names
from assistant.old_names import Named, OldName

FIELD = OldName(Named.FIELD, "as_of", "as_at", "0.1.0", "0.3.0")


def test_a_field_from_before_is_taken_by_every_request_and_logged_once(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr(old_names, "OLD_NAMES", (FIELD,))
    for _ in range(2):
        asked = AskRequest.model_validate({"question": "Who?", "as_of": "2026-01-31"})
        assert asked.as_at == date(2026, 1, 31)
    told = [each for each in caplog.messages if "The field as_of is called as_at" in each]
    assert len(told) == 1
    assert subclasses(RequestModel) >= {each for each in subclasses(BaseModel) if each.__name__.endswith("Request")}


def subclasses(model: type[BaseModel]) -> set[type[BaseModel]]:
    """Returns the models of the API below a model."""
    below = {each for one in model.__subclasses__() for each in (one, *subclasses(one))}
    return {each for each in below if each.__module__.startswith("api.") and each is not RequestModel}
