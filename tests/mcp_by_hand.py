"""A client of the Model Context Protocol that owes nothing to its official package: JSON-RPC 2.0 as the specification has it.

https://modelcontextprotocol.io/specification/2025-06-18
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from itertools import count
from typing import Any, TextIO

VERSION = "2025-06-18"
Exchange = Callable[[Mapping[str, Any]], Any]
"""Sends a message and returns the response to it; None for a notification."""


class ByHand:
    """One session.

    Args:
        exchange: What sends.
    """

    def __init__(self, exchange: Exchange) -> None:
        self._exchange = exchange
        self._ids = count(1)

    def begin(self) -> dict[str, Any]:
        """Shakes hands, and returns what the server says of itself."""
        client = {"name": "by-hand", "version": "1"}
        told = self.request("initialize", protocolVersion=VERSION, capabilities={}, clientInfo=client)
        self._exchange({"jsonrpc": "2.0", "method": "notifications/initialized"})
        return told

    def request(self, method: str, **params: Any) -> dict[str, Any]:
        """Returns the result of a request."""
        number = next(self._ids)
        response = self._exchange({"jsonrpc": "2.0", "id": number, "method": method, "params": params})
        assert (response["jsonrpc"], response["id"]) == ("2.0", number), response
        assert "error" not in response, response
        result: dict[str, Any] = response["result"]
        return result

    def call(self, tool: str, **arguments: Any) -> dict[str, Any]:
        """Returns the result of a tool."""
        return self.request("tools/call", name=tool, arguments=arguments)


def over_pipe(write: TextIO, read: TextIO) -> Exchange:
    """Returns what sends to a program's input and reads its output, a line each message."""

    def exchange(message: Mapping[str, Any]) -> Any:
        write.write(json.dumps(message) + "\n")
        write.flush()
        while "id" in message:
            response = json.loads(read.readline())
            if response.get("id") == message["id"]:
                return response
        return None

    return exchange


def over_http(post: Callable[..., Any], path: str, headers: Mapping[str, str]) -> Exchange:
    """Returns what sends to an address; ``post`` is that of a client for HTTP."""
    named = {"Accept": "application/json, text/event-stream", "MCP-Protocol-Version": VERSION, **headers}

    def exchange(message: Mapping[str, Any]) -> Any:
        response = post(path, headers=named, json=message)
        if "id" not in message:
            assert response.status_code == 202, response.text
            return None
        assert response.headers["content-type"] == "application/json"
        return response.json()

    return exchange
