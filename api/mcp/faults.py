"""Errors as the protocol tells them: what a caller may read, and nothing of what went wrong inside."""

from __future__ import annotations

import functools
from collections.abc import Callable
from typing import Any

from mcp.server.mcpserver.exceptions import ResourceError, ToolError

from api.http.problems import logged_problem

Tool = Callable[..., Any]


def telling(tool: Tool) -> Tool:
    """Returns a tool whose every error is a failed call with the problem's words and id."""
    return _translated(tool, ToolError)


def telling_resource(read: Tool) -> Tool:
    """Returns what reads a resource, with every error as one of the protocol, with the problem's words and id."""
    return _translated(read, ResourceError)


def _translated(work: Tool, kind: type[Exception]) -> Tool:
    @functools.wraps(work)
    def told(*args: Any, **named: Any) -> Any:
        try:
            return work(*args, **named)
        except Exception as error:  # noqa: BLE001  # the protocol's own handler would log it with its words
            problem = logged_problem(error)
            raise kind(f"{problem['detail']} (id {problem['id']})") from None

    return told
