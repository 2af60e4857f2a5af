#!/usr/bin/env bash
# mcp 2.3.0 with pydantic 2.14.4 (Python 3.11, 2026-11-30), a tool with an optional text.
#
# Situation: a tool takes `question: str | None`, and a client sends a text that happens to be JSON: the word null, or a list in brackets.
# Behaviour: texts for parameters that are not plain `str` are parsed as JSON before they are checked: "null" becomes None, as if nothing was asked,
#   and '["neglect"]' is refused as no text. With `question: str` both arrive as they are. One would expect a text where a text is allowed.
# Output seen:
#   str:        'null' -> 'null', '["neglect"]' -> '["neglect"]'
#   str | None: 'null' -> None, '["neglect"]' -> an error
# Exits 0 while this is so, 1 when it changes, 2 when it cannot be tried.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install -q --disable-pip-version-check mcp==2.3.0 pydantic==2.14.4 || exit 2
"$folder/venv/bin/python" - <<'PY' 2>/dev/null
import asyncio
import sys

from mcp import Client
from mcp.server.mcpserver import MCPServer

server = MCPServer("library")
TEXTS = ("null", '["neglect"]')


@server.tool()
def plain(question: str) -> str:
    return repr(question)


@server.tool()
def optional(question: str | None = None) -> str:
    return repr(question)


async def told(client: Client, tool: str) -> list[str]:
    results = [await client.call_tool(tool, {"question": text}) for text in TEXTS]
    return ["an error" if result.is_error else result.content[0].text for result in results]


async def main() -> int:
    async with Client(server) as client:
        seen = {"str": await told(client, "plain"), "str | None": await told(client, "optional")}
    for name, answers in seen.items():
        print(f"{name + ':':11} " + ", ".join(f"{text!r} -> {answer}" for text, answer in zip(TEXTS, answers, strict=True)))
    return seen != {"str": [repr(text) for text in TEXTS], "str | None": ["None", "an error"]}


sys.exit(asyncio.run(main()))
PY
