"""Nothing that an exception says reaches the log, whichever layer raises it."""

from __future__ import annotations

import asyncio
import gc
import logging
import subprocess
import sys
import threading
import warnings
from collections.abc import Callable, Iterator
from pathlib import Path

import httpx
import pytest
from fastapi import BackgroundTasks, FastAPI
from fastapi.responses import StreamingResponse

from api.http.problems import handle_problems
from assistant import redacted_log
from assistant.settings import Settings
from ingest.sandbox import sandbox
from ingest.sandbox.sandbox import Sandbox
from tests.api.conftest import QUESTION, Served
from tests.api.loopback import listening

CANARY = "zaffre-quokka-says"


@pytest.fixture
def redacted() -> Iterator[None]:
    """Installs the redaction, and takes it away again."""
    factory, shown = logging.getLogRecordFactory(), warnings.showwarning
    hooks = sys.excepthook, sys.unraisablehook, threading.excepthook
    redacted_log.install()
    yield
    logging.setLogRecordFactory(factory)
    warnings.showwarning = shown
    sys.excepthook, sys.unraisablehook, threading.excepthook = hooks


def _raise(how: str = CANARY) -> None:
    raise ValueError(how)


def _chained() -> None:
    try:
        _raise()
    except ValueError as error:
        raise RuntimeError(f"{CANARY} again") from error


def _in_context() -> None:
    try:
        _raise()
    except ValueError:
        raise KeyError(CANARY)  # noqa: B904


def _grouped() -> None:
    raise ExceptionGroup(CANARY, [ValueError(CANARY), TypeError(CANARY)])


def _deep() -> None:
    _deep()


class Odd(Exception):
    def __str__(self) -> str:
        return CANARY

    __repr__ = __str__


def _odd() -> None:
    raise Odd


RAISING: tuple[Callable[[], None], ...] = (_raise, _chained, _in_context, _grouped, _deep, _odd)


def _faulty() -> FastAPI:
    app = FastAPI()
    handle_problems(app, Path("data"))

    @app.get("/raise/{number}")
    def in_thread(number: int) -> None:
        RAISING[number]()

    @app.get("/raise-async/{number}")
    async def in_loop(number: int) -> None:
        RAISING[number]()

    @app.get("/stream")
    def stream() -> StreamingResponse:
        def lines() -> Iterator[bytes]:
            yield b"one"
            _raise()

        return StreamingResponse(lines())

    @app.get("/background")
    def background(tasks: BackgroundTasks) -> None:
        tasks.add_task(_raise)

    @app.get("/task")
    async def task() -> None:
        async def forgotten() -> None:
            _raise()

        lost = asyncio.create_task(forgotten(), name=CANARY)
        await asyncio.sleep(0)
        await asyncio.sleep(0)
        del lost
        gc.collect()

    @app.get("/callback")
    async def callback() -> None:
        asyncio.get_running_loop().call_soon(_raise, CANARY)
        await asyncio.sleep(0.01)

    return app


PATHS = [f"/{how}/{number}" for how in ("raise", "raise-async") for number in range(len(RAISING))]


@pytest.mark.usefixtures("redacted")
@pytest.mark.parametrize("path", [*PATHS, "/stream", "/background", "/task", "/callback"])
def test_the_traceback_of_the_server_has_frames_and_no_words(
    path: str, capfd: pytest.CaptureFixture[str], caplog: pytest.LogCaptureFixture
) -> None:
    with listening(_faulty()) as address, httpx.Client(base_url=address) as client:
        try:
            client.get(path)
        except httpx.RemoteProtocolError:
            assert path == "/stream"

    printed = capfd.readouterr().err + caplog.text
    assert CANARY not in printed
    assert f'File "{__file__}"' in printed
    assert "Error" in printed or "Odd" in printed


@pytest.mark.usefixtures("redacted")
def test_an_application_that_does_not_start_tells_frames_and_no_words() -> None:
    command = (
        "import uvicorn; from contextlib import asynccontextmanager; from fastapi import FastAPI\n"
        "from assistant import redacted_log; redacted_log.install()\n"
        "@asynccontextmanager\n"
        "async def lifespan(app):\n"
        f"    raise ValueError('{CANARY}')\n"
        "    yield\n"
        "uvicorn.run(FastAPI(lifespan=lifespan), port=0, log_level='error')\n"
    )
    done = subprocess.run([sys.executable, "-c", command], capture_output=True, text=True, check=False)

    assert done.returncode != 0
    assert CANARY not in done.stderr
    assert "ValueError" in done.stderr
    assert "line 5, in lifespan" in done.stderr


def _own_exception() -> None:
    try:
        _raise()
    except ValueError as error:
        logging.getLogger("assistant.some").exception("not done: %s", error)
        logging.getLogger("api.some").error("not done: %(why)s", {"why": error})
        logging.getLogger("ingest.some").error(error)


def _their_message() -> None:
    logging.getLogger("vendor.part").error(f"cannot embed {CANARY}")  # noqa: G004
    logging.getLogger("vendor").error("cannot embed %s", CANARY)


def _misfit() -> None:
    logging.getLogger("assistant.some").error("%d of %s", CANARY)


def _unraisable() -> None:
    class Falling:
        def __del__(self) -> None:
            _raise()

    falling = Falling()
    del falling
    gc.collect()


def _thread() -> None:
    thread = threading.Thread(target=_raise, name=CANARY)
    thread.start()
    thread.join()


def _uncaught() -> None:
    try:
        _chained()
    except RuntimeError as error:
        sys.excepthook(type(error), error, error.__traceback__)


def _warned() -> None:
    with warnings.catch_warnings():
        warnings.simplefilter("always")
        warnings.showwarning = redacted_log._show_warning
        warnings.warn(CANARY, FutureWarning, stacklevel=1)
        warnings.warn(CANARY, UserWarning, stacklevel=1)


@pytest.mark.usefixtures("redacted")
@pytest.mark.parametrize(
    "cause",
    [_own_exception, _their_message, _misfit, _unraisable, _thread, _uncaught, _warned],
    ids=lambda each: each.__name__,
)
def test_what_is_logged_or_printed_elsewhere_has_no_words(
    cause: Callable[[], None], caplog: pytest.LogCaptureFixture, capfd: pytest.CaptureFixture[str]
) -> None:
    cause()

    printed = capfd.readouterr()
    assert CANARY not in caplog.text + printed.err + printed.out
    assert caplog.text


@pytest.mark.usefixtures("redacted")
def test_a_fault_of_the_disk_has_its_short_name(caplog: pytest.LogCaptureFixture) -> None:
    logging.getLogger("api").error("not written: %s", OSError(28, CANARY))

    assert "not written: OSError ENOSPC" in caplog.text
    assert CANARY not in caplog.text


@pytest.mark.usefixtures("redacted")
def test_a_fault_of_the_models_says_nothing_of_the_question(
    served: Served, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def embed(texts: object, kind: object) -> None:
        raise RuntimeError(f"cannot embed {texts!r}")

    monkeypatch.setattr(served.assistant.embedder, "embed", embed)

    assert served.client.post("/v1/ask", json={"question": f"{QUESTION} {CANARY}"}).status_code == 500
    assert "RuntimeError" in caplog.text
    assert CANARY not in caplog.text


def test_what_a_reader_prints_stays_in_its_process(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    program = f"import sys; sys.stderr.write('{CANARY}'); sys.stdout.write('{CANARY}')"
    monkeypatch.setattr(sandbox, "_PROGRAM", program)
    path = tmp_path / "a.md"
    path.write_text("text", encoding="utf-8")

    with Sandbox(Settings()) as child, pytest.raises(Exception, match="reader ended"):
        child.read(path)

    printed = capfd.readouterr()
    assert CANARY not in printed.err + printed.out
