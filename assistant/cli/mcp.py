"""``assistant mcp``."""

from __future__ import annotations

from typing import Annotated

import typer

from assistant import redacted_log
from assistant.cli.options import Data, SettingsFile, writing_assistant
from assistant.cli.progress import progress_bars

PageUrl = Annotated[
    str, typer.Option("--page-url", metavar="URL", help="Address of the page that links in answers lead to.")
]


def mcp(page_url: PageUrl = "http://127.0.0.1:8000", data: Data = None, settings: SettingsFile = None) -> None:
    """Lets another assistant on this machine use this one as a tool (Model Context Protocol, over standard input and output).

    It is started by that assistant, not by hand: name the command in its settings. Tools: ask, search, open_page,
    list_documents, coverage. Whoever may start it sees every document. Over a network, set serve.mcp instead: the tools are
    then at /mcp of the server, with its keys and roles. Needs: pip install 'policy-assistant[mcp]'.

    Examples:

      assistant --data data mcp

      claude mcp add policy -- assistant --data /srv/policy/data mcp
    """
    from api.mcp.over_pipe import serve_pipe

    redacted_log.install()
    with progress_bars() as tell:
        assistant = writing_assistant(data, settings, tell)
        with assistant.opened():
            assistant.prepare()
    serve_pipe(assistant, page_url)
