"""Files that a scenario is given out as."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from assistant.errors import UsageError
from assistant.model.scenario import Scenario
from assistant.scenarios.files.json import scenario_object
from assistant.scenarios.files.sheet import Version, sheet_of


@dataclass(frozen=True, slots=True)
class Form:
    """A kind of file."""

    media: str
    write: Callable[[Scenario, Version], bytes]


def _markdown(scenario: Scenario, version: Version) -> bytes:
    from assistant.scenarios.files.markdown import as_markdown

    return as_markdown(sheet_of(scenario, version)).encode()


def _docx(scenario: Scenario, version: Version) -> bytes:
    from assistant.scenarios.files.docx import as_docx

    return as_docx(sheet_of(scenario, version), scenario.title)


def _pdf(scenario: Scenario, version: Version) -> bytes:
    from assistant.scenarios.files.pdf import as_pdf

    return as_pdf(sheet_of(scenario, version), scenario.title)


def _json(scenario: Scenario, version: Version) -> bytes:
    found = scenario_object(scenario, version)
    return (json.dumps(found, ensure_ascii=False, indent=2) + "\n").encode()


FORMS: Mapping[str, Form] = {
    "docx": Form("application/vnd.openxmlformats-officedocument.wordprocessingml.document", _docx),
    "pdf": Form("application/pdf", _pdf),
    "md": Form("text/markdown; charset=utf-8", _markdown),
    "json": Form("application/json", _json),
}
"""By the end of the file's name."""


def form_named(name: str) -> Form:
    """Returns a kind of file by the end of its name. Raises ``UsageError`` for one that there is not."""
    found = FORMS.get(name.removeprefix(".").casefold())
    if found is None:
        raise UsageError(f"{name or 'no ending'}: no such kind of file. There are: {', '.join(FORMS)}.")
    return found


def file_name(scenario: Scenario, version: Version, ending: str) -> str:
    """Returns what a file of a scenario is called."""
    request = scenario.request
    variant = f"-group-{request.variant + 1}" if request.variant else ""
    return f"scenario-{request.theme}-{request.seed}{variant}-{version}.{ending}"
