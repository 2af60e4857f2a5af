"""``assistant serve``."""

from __future__ import annotations

import os
import shutil
import socket
import sys
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from assistant import redacted_log
from assistant.cli.options import Data, SettingsFile, assistant_of, writing_assistant
from assistant.cli.progress import progress_bars
from assistant.errors import ConfigurationError
from assistant.operations.default_contacts import default_contact_warnings

if TYPE_CHECKING:
    from fastapi import FastAPI

    from assistant.bootstrap import Assistant

HOST = "ASSISTANT_SERVE_AT"
GRACEFUL_S = 3
"""How long connections may stay open once the server stops; streams are told a second before."""
EXAMPLES_AFTER_S = 5.0
"""When the questions of the first page begin to be found, so that they are there before anybody comes and delay no start."""
METRICS = "PROMETHEUS_MULTIPROC_DIR"
Host = Annotated[
    str,
    typer.Option(
        "--host", help="Address to listen on; any but loopback needs access.keys or access.oidc in the settings."
    ),
]
Port = Annotated[int, typer.Option("--port", min=1, max=65535, help="Port to listen on.")]
Workers = Annotated[int, typer.Option("--workers", min=1, max=64, help="Worker processes.")]
Scorecard = Annotated[
    bool, typer.Option("--require-scorecard", help="Refuse to start if the scorecard is missing or too poor.")
]


def serve(
    host: Host = "127.0.0.1",
    port: Port = 8000,
    workers: Workers = 1,
    require_scorecard: Scorecard = False,
    data: Data = None,
    settings: SettingsFile = None,
) -> None:
    """Serves the page and the API until stopped.

    Examples:

      assistant serve

      assistant --data data serve --port 8080 --workers 2
    """
    with progress_bars() as tell:
        assistant = writing_assistant(data, settings, tell)
        application(assistant, host)
        _check_address(host, port)
        _check(assistant, require_scorecard)
    if assistant.settings.access.keys and not assistant.access_store.keys():
        print("No key yet, so nobody can sign in with one. Create one: assistant keys create NAME --role practitioner")
    for warning in default_contact_warnings(assistant.settings):
        print(f"note: {warning}", file=sys.stderr)
    if settings is not None:
        os.environ["ASSISTANT_SETTINGS"] = str(settings.resolve())
    os.environ["ASSISTANT_DATA"] = str(assistant.settings.data.resolve())
    os.environ[HOST] = host
    shown = f"[{host}]" if ":" in host else host
    print(f"http://{shown}:{port} (stop with Ctrl-C)", flush=True)
    _run(host, port, workers, assistant.settings.serve.head_kb)


def _check(assistant: Assistant, require_scorecard: bool) -> None:
    """Raises ``AssistantError`` where no question can be answered, so that no worker starts in vain."""
    from api.health.readiness import serving_faults

    with assistant.opened() as snapshot:
        assistant.prepare()
        faults = serving_faults(snapshot, assistant.resources)
    if faults and require_scorecard:
        raise ConfigurationError(f"--require-scorecard: {' '.join(faults)}")


def _check_address(host: str, port: int) -> None:
    """Raises ``ConfigurationError`` where the address cannot be listened on, before anything is printed or loaded."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family, socket.SOCK_STREAM) as tried:
        tried.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            tried.bind((host, port))
        except OSError as error:
            cause = (error.strerror or str(error)).lower()
            raise ConfigurationError(f"{host}, port {port}: {cause}. Choose another with --port or --host.") from error


def _run(host: str, port: int, workers: int, head_kb: int) -> None:
    import uvicorn

    from api.http.connections import BACKLOG, PROTOCOL

    shared = Path(tempfile.mkdtemp(prefix="assistant-metrics-")) if workers > 1 else None
    if shared is not None:
        os.environ[METRICS] = str(shared)
    try:
        uvicorn.run(
            "assistant.cli.serve:worker",
            factory=True,
            host=host,
            port=port,
            workers=workers,
            access_log=False,
            log_level="warning",
            server_header=False,
            timeout_graceful_shutdown=GRACEFUL_S,
            http=PROTOCOL,
            ws="none",
            backlog=BACKLOG,
            h11_max_incomplete_event_size=head_kb * 1024,
        )
    finally:
        if shared is not None:
            shutil.rmtree(shared, ignore_errors=True)


def worker() -> FastAPI:
    """Returns the application of one worker, from the environment that ``serve`` left."""
    redacted_log.install()
    assistant = assistant_of(None, None)
    assistant.prepare()
    app = application(assistant, os.environ.get(HOST, "127.0.0.1"))
    app.state.state.examples.begin(EXAMPLES_AFTER_S)
    return app


def application(assistant: Assistant, host: str) -> FastAPI:
    """Returns the application over an assistant."""
    from api.app import create_app
    from evals.evaluator import PageEvaluator
    from ingest.sources.service import SourceService
    from ingest.uploads.publisher import UploadPublisher

    publisher = UploadPublisher(
        assistant.library, assistant.embedder, assistant.settings, assistant.files, assistant.telemetry
    )
    sources = SourceService(assistant.source_store, publisher, assistant.settings)
    return create_app(assistant, publisher, sources, host=host, evaluator=PageEvaluator(assistant))
