"""The protocol over standard input and output, for an assistant on the same machine that starts this one."""

from __future__ import annotations

from contextlib import closing

from api.access.guard import Guard
from api.http.metrics import Metrics
from api.mcp.asker import local_caller
from api.mcp.server import mcp_server
from api.state import State
from assistant.bootstrap import Assistant


def serve_pipe(assistant: Assistant, page_url: str) -> None:
    """Serves the one local user until standard input ends.

    Args:
        assistant: Answers questions and stores records.
        page_url: Address of the page that links lead to.
    """
    state = State(assistant, None, Guard(assistant, assistant.settings.access), Metrics())
    with closing(assistant):
        mcp_server(state, local_caller(page_url)).run("stdio")
