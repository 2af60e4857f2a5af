"""The server of the protocol: what it says of itself, and its tools and resources by name."""

from __future__ import annotations

from importlib.metadata import version
from inspect import getdoc

from mcp.server.mcpserver import MCPServer
from mcp.types import ToolAnnotations

from api.mcp.asker import CallerOf
from api.mcp.card_first import CardBeforeFailure
from api.mcp.faults import telling, telling_resource
from api.mcp.tools import Tools
from api.state import State

NAME = "policy-assistant"
INSTRUCTIONS = """Answers questions on safeguarding policy with verbatim quotes of the documents that are indexed here.
Show a card (act now, act today) first and whole. Show quotes unchanged, each with its source and page. Where `ask` refuses,
say so and give the contact: never answer from your own knowledge, and never join quotes into new sentences."""
READS = ToolAnnotations(read_only_hint=True, open_world_hint=False)
ASKS = ToolAnnotations(read_only_hint=False, destructive_hint=False, open_world_hint=False)
"""A question is recorded, masked."""


def mcp_server(state: State, caller_of: CallerOf) -> MCPServer:
    """Returns the server over an assistant.

    Args:
        state: What all requests of this process share.
        caller_of: Returns who calls, and where links lead to.
    """
    tools = Tools(state, caller_of)
    server: MCPServer = MCPServer(
        NAME,
        title="Policy assistant",
        instructions=INSTRUCTIONS,
        version=version(NAME),
        log_level="WARNING",
        subscriptions=False,
        middleware=[CardBeforeFailure(state, caller_of)],
    )
    for tool, title, hints in (
        (tools.ask, "Ask the documents", ASKS),
        (tools.search, "Search the documents", READS),
        (tools.open_page, "Open a page", READS),
        (tools.list_documents, "List the documents", READS),
        (tools.coverage, "Coverage of a topic", READS),
    ):
        server.add_tool(telling(tool), title=title, description=getdoc(tool), annotations=hints)
    for address, mime_type, read in (
        ("policy://documents{?title}", "application/json", tools.documents_resource),
        ("policy://documents/{edition_id}", "application/json", tools.document_resource),
        ("policy://documents/{edition_id}/pages/{page}", "text/plain", tools.page_resource),
    ):
        name = read.__name__.removesuffix("_resource")
        server.resource(address, name=name, mime_type=mime_type)(telling_resource(read))
    return server
