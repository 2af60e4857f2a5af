"""The form of a source: what somebody filled in, as a request of the API, and the fields that are shown."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Any

from fastapi import Form
from pydantic import ValidationError

from api.sources.schemas import SourceChangeRequest, SourceDetails, SourceRequest, source_response
from assistant.errors import UsageError
from assistant.model import Form as EditionForm
from assistant.model import Kind, Layer
from assistant.model.sources import PublishingRule, SourceKind
from assistant.ports import SourceWithState

Line = Annotated[str, Form(max_length=300)]
Word = Annotated[str, Form(max_length=60)]
Text = Annotated[str, Form(max_length=10_000)]
KINDS: Mapping[str, str] = {
    SourceKind.WEBSITE.value: "Website (its start page or sitemap)",
    SourceKind.GOV_UK.value: "Publication on GOV.UK",
    SourceKind.FEED.value: "RSS or Atom feed",
    SourceKind.FOLDER.value: "Folder on this server (also a mounted SharePoint, OneDrive or Drive folder)",
}
KIND_NAMES: Mapping[str, str] = {
    SourceKind.WEBSITE.value: "Website",
    SourceKind.GOV_UK.value: "GOV.UK publication",
    SourceKind.FEED.value: "Feed",
    SourceKind.FOLDER.value: "Watched folder",
}
RULES: Mapping[str, str] = {
    PublishingRule.BY_HAND.value: "A person publishes every change",
    PublishingRule.MINOR.value: "Changes that touch no duty word, number, time, contact or heading publish by themselves",
}
LISTS = ("include", "exclude")
NUMBERS = ("depth", "delay_s", "max_pages", "max_mb", "max_minutes")
LABELS: Mapping[str, str] = {
    "kind": "Kind of source",
    "address": "Address",
    "licence": "Licence",
    "owner": "Owner",
    "schedule": "When to look",
    "depth": "Links to follow",
    "include": "Only these addresses",
    "exclude": "Not these addresses",
    "delay_s": "Seconds between requests",
    "max_pages": "Most pages",
    "max_mb": "Most megabytes",
    "max_minutes": "Most minutes",
    "groups": "Only for these groups",
}
"""What the fields are called in a message."""
DEFAULTS: Mapping[str, str] = {
    **dict.fromkeys(SourceRequest.model_fields, ""),
    "kind": SourceKind.WEBSITE.value,
    "schedule": "daily at 06:00",
    "rule": PublishingRule.BY_HAND.value,
    "document_kind": Kind.POLICY.value,
    "form": EditionForm.OFFICIAL.value,
    "depth": "5",
    "delay_s": "1",
    "max_pages": "1000",
    "max_mb": "500",
    "max_minutes": "120",
}


def source_fields(
    kind: Word = "",
    address: Annotated[str, Form(max_length=2000)] = "",
    name: Line = "",
    licence: Line = "",
    owner: Line = "",
    schedule: Word = "",
    rule: Word = "",
    document_kind: Word = "",
    form: Word = "",
    publisher: Line = "",
    area: Line = "",
    audience: Line = "",
    layer: Word = "",
    groups: Annotated[str, Form(max_length=2000)] = "",
    depth: Word = "",
    include: Text = "",
    exclude: Text = "",
    delay_s: Word = "",
    max_pages: Word = "",
    max_mb: Word = "",
    max_minutes: Word = "",
) -> dict[str, str]:
    """Returns what the form of a source was sent with, by the names of the API."""
    return {field: str(text).strip() for field, text in locals().items()}


def added_by(fields: Mapping[str, str]) -> SourceRequest:
    """Returns the request that a form to add a source means. Raises ``UsageError`` that names the field."""
    request = _read(SourceRequest, fields)
    assert isinstance(request, SourceRequest)
    return request


def changed_by(fields: Mapping[str, str]) -> SourceChangeRequest:
    """Returns the request that a form to change a source means. Raises ``UsageError`` that names the field."""
    plain = {name: text for name, text in fields.items() if name not in ("kind", "address")}
    request = _read(SourceChangeRequest, plain)
    assert isinstance(request, SourceChangeRequest)
    return request


def _read(model: type[SourceDetails], fields: Mapping[str, str]) -> SourceDetails:
    values: dict[str, Any] = {name: text for name, text in fields.items() if text}
    values |= {name: "" for name in ("licence", "owner") if not fields.get(name)}
    values |= {name: _lines(fields.get(name, "")) for name in LISTS}
    values["groups"] = [each for each in (part.strip() for part in fields.get("groups", "").split(",")) if each]
    try:
        return model.model_validate(values)
    except ValidationError as error:
        first = error.errors()[0]
        name = str(first["loc"][0]) if first["loc"] else ""
        raise UsageError(f"{LABELS.get(name, name.replace('_', ' ').capitalize())}: {_told(first['msg'])}.") from error


def _told(message: str) -> str:
    return "needs to be filled in" if message == "Field required" else message[:1].lower() + message[1:]


def _lines(text: str) -> list[str]:
    return [each for each in (line.strip() for line in text.splitlines()) if each]


def fields_of_source(one: SourceWithState) -> dict[str, str]:
    """Returns the fields of a source as its form shows them."""
    shown = source_response(one).model_dump(mode="json")
    fields = {name: "" if value is None else str(value) for name, value in shown.items() if not isinstance(value, list)}
    for name in NUMBERS:
        fields[name] = f"{float(fields[name]):g}"
    fields |= {name: "\n".join(shown[name]) for name in LISTS}
    return {**fields, "groups": ", ".join(shown["groups"])}


def choices() -> dict[str, Mapping[str, str]]:
    """Returns the choices of the fields that have some."""
    return {
        "kind": KINDS,
        "rule": RULES,
        "document_kind": {each.value: each.value.replace("_", " ").capitalize() for each in Kind},
        "form": {each.value: each.value.capitalize() for each in EditionForm},
        "layer": {"": "Not said", **{each.value: each.value.capitalize() for each in Layer}},
    }
