"""Files are read by one child process within limits; whatever happens to it, the next file is read."""

from __future__ import annotations

import io
import os
import pickle
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import msgspec
import pytest

from assistant.errors import UnreadableDocument
from assistant.settings import Settings
from ingest.readers.blocks import Block, BlockKind, ReadFile, Run
from ingest.sandbox import pipe
from ingest.sandbox.sandbox import Sandbox
from tests.integration.test_bad_input import pdf
from tests.reading_children import children_of_their_own

SETTINGS = Settings()


@pytest.fixture(autouse=True)
def _own_children() -> Iterator[None]:
    with children_of_their_own():
        yield


@pytest.fixture
def small(tmp_path: Path) -> Path:
    path = tmp_path / "small.md"
    path.write_text("# Head\n\nText.\n")
    return path


@pytest.fixture
def slow(tmp_path: Path) -> Path:
    """Returns a file that takes many seconds to read."""
    path = tmp_path / "slow.html"
    path.write_text("<html>" + "<p>Some words of a long page.</p>" * 300_000)
    return path


def child(sandbox: Sandbox) -> int:
    assert sandbox._process is not None
    return sandbox._process.pid


def test_one_child_reads_file_after_file_and_is_gone_at_the_end(small: Path) -> None:
    with Sandbox(SETTINGS) as sandbox:
        assert sandbox._process is None
        sandbox.read(small)
        first = child(sandbox)
        assert sandbox.read(small).blocks[1].text == "Text."
        assert child(sandbox) == first
    with pytest.raises(ProcessLookupError):
        os.kill(first, 0)


def test_reading_does_not_load_the_parsers_into_this_process(small: Path) -> None:
    code = (
        "import sys; from pathlib import Path; from assistant.settings import Settings; import ingest.build\n"
        "from ingest.sandbox.sandbox import Sandbox\n"
        f"with Sandbox(Settings()) as sandbox: sandbox.read(Path({str(small)!r}))\n"
        "print([each for each in ('pypdf', 'docx', 'bs4', 'markdown_it') if each in sys.modules])"
    )
    ended = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert ended.stdout == "[]\n"


def test_a_child_killed_between_files_is_replaced(small: Path) -> None:
    with Sandbox(SETTINGS) as sandbox:
        sandbox.read(small)
        os.kill(child(sandbox), signal.SIGKILL)
        time.sleep(0.1)
        assert sandbox.read(small).blocks


def test_a_child_killed_by_the_system_is_an_error_of_its_file_and_the_next_is_read(small: Path, slow: Path) -> None:
    with Sandbox(SETTINGS) as sandbox:
        sandbox.read(small)
        timer = threading.Timer(0.3, os.kill, (child(sandbox), signal.SIGKILL))
        timer.start()
        with pytest.raises(UnreadableDocument, match=r"slow\.html: reading it was ended by the system"):
            sandbox.read(slow)
        timer.join()
        assert sandbox.read(small).blocks


def test_a_file_that_takes_too_long_is_named_with_the_setting(small: Path, slow: Path) -> None:
    with Sandbox(SETTINGS.model_copy(update={"read_timeout_s": 1.5})) as sandbox:
        with pytest.raises(UnreadableDocument, match=r"slow\.html.*1\.5 seconds.*ASSISTANT_READ_TIMEOUT_S"):
            sandbox.read(slow)
        assert sandbox.read(small).blocks


def test_a_file_that_takes_too_much_memory_is_named_with_the_setting(small: Path, slow: Path) -> None:
    with Sandbox(SETTINGS.model_copy(update={"read_memory_mb": 300})) as sandbox:
        with pytest.raises(UnreadableDocument, match=r"slow\.html.*ASSISTANT_READ_MEMORY_MB"):
            sandbox.read(slow)
        assert sandbox.read(small).blocks


def test_a_thousand_pages_are_read_within_the_limits(tmp_path: Path) -> None:
    pdf(tmp_path / "long.pdf", pages=1000)
    with Sandbox(SETTINGS.model_copy(update={"read_memory_mb": 1024, "read_timeout_s": 60})) as sandbox:
        assert len(sandbox.read(tmp_path / "long.pdf").raw_pages) == 1000


def test_the_child_finds_its_code_whatever_the_current_folder_holds(
    small: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "ingest.py").write_text("raise SystemExit(3)\n")
    (tmp_path / "msgspec.py").write_text("raise SystemExit(3)\n")
    monkeypatch.chdir(tmp_path)
    with Sandbox(SETTINGS) as sandbox:
        assert sandbox.read(small).blocks


def message(value: bytes) -> io.BytesIO:
    return io.BytesIO(len(value).to_bytes(pipe.LENGTH_BYTES, "big") + value)


READ = ReadFile((Block(BlockKind.PARAGRAPH, "Text.", (Run(0, 5, 1, 0),)),), ("Text.",), ("1",))
SKIPPED = b"\x82\xa4type\xa4read\xa1x"
"""The start of an answer with a field that no answer has."""


@pytest.mark.parametrize(
    "sent",
    [
        pickle.dumps(READ),
        pickle.dumps(os.system),
        b"",
        b"\xc1",
        msgspec.msgpack.encode("text"),
        msgspec.msgpack.encode({"type": "read"}),
        msgspec.msgpack.encode({"type": "read", "file": {"blocks": 1}}),
        msgspec.msgpack.encode({"type": "other", "file": READ}),
        msgspec.msgpack.encode({"type": "failed", "what": "a", "fix": 3}),
        msgspec.msgpack.encode(pipe.Success(READ))[:-1],
        SKIPPED + b"\x91" * 1_000_000 + b"\xc0",
    ],
)
def test_only_files_and_errors_come_over_the_pipe(sent: bytes) -> None:
    with pytest.raises(msgspec.MsgspecError):
        pipe.receive_answer(message(sent))


def test_an_answer_that_says_it_is_endless_is_not_waited_for() -> None:
    with pytest.raises(msgspec.DecodeError):
        pipe.receive_answer(io.BytesIO(b"\xff" * 8))


def test_a_child_that_answers_nonsense_is_an_error_of_its_file_and_the_next_is_read(
    small: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with Sandbox(SETTINGS) as sandbox:
        monkeypatch.setattr("ingest.sandbox.sandbox.receive_answer", lambda _: pipe.receive_answer(message(b"\xc1")))
        with pytest.raises(UnreadableDocument, match=r"small\.md: its reader ended without an answer"):
            sandbox.read(small)
        monkeypatch.undo()
        assert sandbox.read(small).blocks


def test_half_an_answer_is_the_end() -> None:
    stream = io.BytesIO()
    pipe.send_answer(stream, UnreadableDocument("a.md", "what", "Fix", 2))
    whole = stream.getvalue()
    assert pipe.receive_answer(io.BytesIO(whole)) == pipe.Failure("what", "Fix", 2)
    with pytest.raises(EOFError):
        pipe.receive_answer(io.BytesIO(whole[:-1]))


def test_what_is_read_arrives_as_it_was_sent() -> None:
    stream = io.BytesIO()
    pipe.send_answer(stream, READ)
    stream.seek(0)
    assert pipe.receive_answer(stream) == pipe.Success(READ)


def test_text_that_no_encoding_has_is_an_error_of_its_file() -> None:
    stream = io.BytesIO()
    pipe.send_answer(stream, replace(READ, raw_pages=("\ud800",)))
    stream.seek(0)
    answer = pipe.receive_answer(stream)
    assert isinstance(answer, pipe.Failure)
    assert "surrogate" in answer.what


def test_a_name_that_is_not_utf_8_is_read(tmp_path: Path) -> None:
    path = tmp_path / os.fsdecode(b"caf\xe9.md")
    path.write_text("Text.\n")
    with Sandbox(SETTINGS) as sandbox:
        assert sandbox.read(path).blocks
