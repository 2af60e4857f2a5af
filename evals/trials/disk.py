"""Disk trial: the disk is full, or for reading only, and then has room again.

Two ways: a small disk in memory in a mount namespace of its own, filled and mounted for reading only; where the kernel
forbids that, a limit on the size of files, which ends writes in the same places but knows no disk for reading only.
"""

from __future__ import annotations

import json
import resource
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, Literal

import httpx

from evals.bench.running_server import free_port, wait_until_ready
from evals.trials.invented import QUESTION, URGENT, several, started, write_documents
from evals.trials.promises import Promises

Means = Literal["mount", "limit"]
DISK_MB = 24
FILE_LIMIT = 40_000
"""Bytes; less than any database or index."""
READING = (("ask", QUESTION), ("search", "blue form"), ("documents",), ("status",), ("check",))
STOP_S = 10.0
ANSWER_S = 60.0
MOUNT = shutil.which("mount")
UNSHARE = shutil.which("unshare")


class Disk:
    """The disk of a data folder, which can be taken away and given back.

    Args:
        folder: Where the disk is.
        means: How room is taken: a small disk that is filled, or a limit on the size of files.
    """

    def __init__(self, folder: Path, means: Means) -> None:
        self.data = folder / "disk" / "data"
        self.means = means
        self._is_full = False
        self._servers: list[int] = []
        self.data.parent.mkdir()
        if means == "mount":
            _mount("-t", "tmpfs", "-o", f"size={DISK_MB}m", "tmpfs", str(self.data.parent))

    def fill(self) -> None:
        """Takes all room."""
        self._is_full = True
        if self.means == "mount":
            _fill(self.data.parent / "filling")
        for each in self._servers:
            _limit(each, FILE_LIMIT)

    def free(self) -> None:
        """Gives the room back."""
        self._is_full = False
        if self.means == "mount":
            (self.data.parent / "filling").unlink()
        for each in self._servers:
            _limit(each, resource.RLIM_INFINITY)

    def make_read_only(self) -> None:
        """Makes it a disk for reading only; only by mounting."""
        _mount("-o", "remount,ro", str(self.data.parent))

    def prepare(self) -> None:
        """Puts a process of the trial under the limit; called in the child."""
        if self.means == "limit" and self._is_full:
            _limit(0, FILE_LIMIT)

    @contextmanager
    def server(self, log: Path) -> Iterator[httpx.Client]:
        """Yields a client of a server over the data folder; the server starts on the disk as it is."""
        port = free_port()
        process = started("serve", "--port", port, "--data", self.data, prepare=self.prepare, log=log)
        try:
            address = f"http://127.0.0.1:{port}"
            wait_until_ready(address, process)
            if self.means == "limit":
                self._servers.append(process.pid)
            with httpx.Client(base_url=address, timeout=ANSWER_S) as client:
                yield client
        finally:
            self._servers.clear()
            process.terminate()
            try:
                process.wait(STOP_S)
            except subprocess.TimeoutExpired:
                process.kill()


def trial(means: Means | None = None) -> tuple[Promises, Means]:
    """Returns what was found, and by which means; by mounting where the kernel allows it, unless told."""
    means = means or ("mount" if can_mount() else "limit")
    with TemporaryDirectory(prefix="trial-disk-") as folder:
        if means == "limit":
            return measure(Path(folder), means), means
        found = subprocess.run(  # noqa: S603  our own program
            [*_in_namespace(), sys.executable, "-m", "evals", "measure-disk", folder],
            stdout=subprocess.PIPE,
            text=True,
            check=False,
        )
        if found.returncode:
            raise SystemExit(f"the disk trial stopped with exit code {found.returncode}")
        return Promises.from_json(json.loads(found.stdout.splitlines()[-1])), means


def can_mount() -> bool:
    """Returns whether a disk can be mounted in a mount namespace of our own."""
    if UNSHARE is None or MOUNT is None:
        return False
    command = [*_in_namespace(), MOUNT, "-t", "tmpfs", "tmpfs", "/tmp"]  # noqa: S108  seen by that command only
    return subprocess.run(command, capture_output=True, check=False).returncode == 0  # noqa: S603


def measure(folder: Path, means: Means) -> Promises:
    """Returns what was found on a disk of its own below a folder."""
    promises, disk = Promises(), Disk(folder, means)
    first, more = write_documents(folder / "first", 2), write_documents(folder / "more", 12, 30)
    log = folder / "log"
    if started("ingest", first, "--data", disk.data, log=log).wait() != 0:
        raise SystemExit(f"the documents of the trial cannot be ingested: {log.read_text()}")
    _full_ingest(disk, more, folder / "ingest.log", promises)
    _reads(disk, "on a full disk", promises)
    with disk.server(log) as client:
        _full_server(disk, client, promises)
        disk.free()
        _recovered(disk, client, promises)
        disk.fill()
        _full_server(disk, client, promises)
        disk.free()
    code = started("ingest", first, more, "--data", disk.data, log=log).wait()
    promises.look("with room again the ingest finishes", code == 0, log.read_text()[-300:])
    ((code, said),) = several(disk.data, [("check",)])
    promises.look("and `check` has nothing to say", (code, said.strip()) == (0, "the library is whole"), said)
    if means == "mount":
        disk.make_read_only()
        _reads(disk, "on a disk for reading only", promises)
        with disk.server(log) as client:
            _read_only_server(disk, client, promises)
    return promises


def _full_ingest(disk: Disk, documents: Path, log: Path, promises: Promises) -> None:
    """An ingest during which the disk fills up: it fails in words and cleans up."""
    before = _files(disk.data)
    disk.fill()
    code = started("ingest", documents, "--data", disk.data, prepare=disk.prepare, log=log).wait()
    said = log.read_text(errors="replace")
    promises.look("an ingest on a full disk fails in words", code == 1 and "Traceback" not in said, said[-300:])
    left = sorted(_files(disk.data) - before)
    promises.look("and leaves no file behind", left == [], left)


def _reads(disk: Disk, where: str, promises: Promises) -> None:
    for line, (code, said) in zip(READING, several(disk.data, READING, disk.prepare), strict=False):
        promises.look(f"`assistant {line[0]}` works {where}", code == 0, said[-300:])


def _full_server(disk: Disk, client: httpx.Client, promises: Promises) -> None:
    ready = client.get("/readyz")
    promises.look(
        "a server is ready on a full disk, started on it or there before",
        ready.status_code == httpx.codes.OK,
        ready.text,
    )
    promises.look("`/readyz` says `writable: false`", ready.json().get("writable") is False, ready.text)
    found = client.get("/v1/search", params={"q": "blue form"})
    promises.look("it searches", found.status_code == httpx.codes.OK, found.text)
    card = _asked(client, URGENT)
    promises.look("an urgent question gets its card", _ending(card) == "signposted", card.text)
    answer = _asked(client, QUESTION)
    is_kept = answer.status_code == httpx.codes.SERVICE_UNAVAILABLE
    promises.look("an answer that cannot be stored is not given", is_kept, answer.text)
    _nowhere(disk, (ready, found, card, answer), promises)


def _recovered(disk: Disk, client: httpx.Client, promises: Promises) -> None:
    _until(lambda: client.get("/readyz").json()["writable"] is True)
    ready, answer = client.get("/readyz"), _asked(client, QUESTION)
    promises.look("with room again `/readyz` says so", ready.json().get("writable") is True, ready.text)
    is_kept = answer.status_code == httpx.codes.OK and answer.json()["record_id"] != ""
    promises.look("and answers are given and stored, without a restart", is_kept, answer.text)


def _read_only_server(disk: Disk, client: httpx.Client, promises: Promises) -> None:
    ready, answer, card = client.get("/readyz"), _asked(client, QUESTION), _asked(client, URGENT)
    promises.look("a server on a disk for reading only is ready", ready.status_code == httpx.codes.OK, ready.text)
    promises.look("`/readyz` says `writable: false`", ready.json().get("writable") is False, ready.text)
    is_given = _ending(answer) == "answered" and answer.json()["record_id"] == ""
    promises.look("it answers, and says that nothing is stored", is_given and "not_stored" in answer.text, answer.text)
    promises.look("an urgent question gets its card", _ending(card) == "signposted", card.text)
    begun = client.post("/v1/conversations")
    _nowhere(disk, (ready, answer, card, begun), promises)


def _nowhere(disk: Disk, answers: tuple[httpx.Response, ...], promises: Promises) -> None:
    for each in answers:
        promises.look("no reply names a place on the machine", str(disk.data.parent) not in each.text, each.text)


def _asked(client: httpx.Client, question: str) -> httpx.Response:
    return client.post("/v1/ask", json={"question": question})


def _ending(answer: httpx.Response) -> object:
    body: dict[str, Any] = answer.json()
    return body.get("outcome", {}).get("outcome")


def _until(is_so: Callable[[], bool], tries: int = 50) -> None:
    for _ in range(tries):
        if is_so():
            return


def _files(data: Path) -> set[str]:
    """Returns the files of a data folder, but for databases and locks, which stay."""
    names = {str(path.relative_to(data)) for path in data.rglob("*") if path.is_file()}
    return {
        name for name in names if "sqlite" not in name.partition("/")[0] and not name.startswith(("leases", "ingest"))
    }


def _fill(path: Path) -> None:
    try:
        with path.open("wb", buffering=0) as file:
            while file.write(bytes(4096)):
                pass
    except OSError:
        return


def _limit(process: int, size: int) -> None:
    _, hard = resource.prlimit(process, resource.RLIMIT_FSIZE)
    resource.prlimit(process, resource.RLIMIT_FSIZE, (size, hard))


def _mount(*arguments: str) -> None:
    subprocess.run([str(MOUNT), *arguments], check=True)  # noqa: S603  in a namespace of our own


def _in_namespace() -> list[str]:
    return [str(UNSHARE), "--user", "--map-root-user", "--mount"]
