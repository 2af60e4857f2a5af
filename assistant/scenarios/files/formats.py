"""File formats that a scenario can be saved in."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from assistant.errors import UsageError
from assistant.model.scenario import Scenario
from assistant.scenarios.files.json import scenario_object
from assistant.scenarios.files.sheet import Version, sheet_of


@dataclass(frozen=True, slots=True)
class FileFormat:
    """A file format: its media type and its writer."""

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
    values = scenario_object(scenario, version)
    return (json.dumps(values, ensure_ascii=False, indent=2) + "\n").encode()


FILE_FORMATS: Mapping[str, FileFormat] = {
    "docx": FileFormat("application/vnd.openxmlformats-officedocument.wordprocessingml.document", _docx),
    "pdf": FileFormat("application/pdf", _pdf),
    "md": FileFormat("text/markdown; charset=utf-8", _markdown),
    "json": FileFormat("application/json", _json),
}
"""By file name extension."""


def file_format(name: str) -> FileFormat:
    """Returns the format of a file name extension. Raises ``UsageError`` for an unknown one."""
    chosen = FILE_FORMATS.get(name.removeprefix(".").casefold())
    if chosen is None:
        raise UsageError(f"{name or 'no extension'}: unknown file format. Formats: {', '.join(FILE_FORMATS)}.")
    return chosen


def file_name(scenario: Scenario, version: Version, ending: str) -> str:
    """Returns the file name of a scenario."""
    request = scenario.request
    variant = f"-group-{request.variant + 1}" if request.variant else ""
    return f"scenario-{request.theme}-{request.seed}{variant}-{version}.{ending}"
