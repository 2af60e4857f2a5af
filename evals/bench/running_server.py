"""The real server in a process of its own, on loopback."""

from __future__ import annotations

import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import httpx
import psutil

START_S = 120.0
STOP_S = 30.0


@dataclass(frozen=True, slots=True)
class RunningServer:
    """A server that is ready."""

    address: str
    process: subprocess.Popen[bytes]
    workers: int

    def worker_ids(self) -> list[int]:
        """Returns the ids of the processes that answer, oldest first; the server itself where it is the one worker."""
        if self.workers == 1:
            return [self.process.pid]
        return sorted(each.pid for each in psutil.Process(self.process.pid).children() if _answers(each))

    def processor_s(self) -> float:
        """Returns the processor seconds that the workers have used."""
        times = [psutil.Process(each).cpu_times() for each in self.worker_ids()]
        return sum(each.user + each.system for each in times)

    def memory_mb(self) -> list[float]:
        """Returns the MB that each worker holds."""
        return [psutil.Process(each).memory_info().rss / 1024**2 for each in self.worker_ids()]


@contextmanager
def running_server(
    data: Path, workers: int, settings: Path | None = None, tree: Path | None = None
) -> Iterator[RunningServer]:
    """Yields a server over a data folder, once it is ready; with the settings of a file, if one is given.

    Args:
        data: The data folder.
        workers: How many processes answer.
        settings: The file of the settings.
        tree: The checkout whose code is served; this one unless given.

    Raises:
        SystemExit: It did not start in two minutes.
    """
    port = free_port()
    named = [] if settings is None else ["--settings", str(settings)]
    options = [*named, "--data", str(data), "serve", "--port", str(port), "--workers", str(workers)]
    command = [sys.executable, "-c", "from assistant.cli import main; main()", *options]
    code = [] if tree is None else ["env", f"PYTHONPATH={tree}"]
    process = subprocess.Popen([*code, *command], stdout=subprocess.DEVNULL, cwd=tree)  # noqa: S603  our own program
    try:
        address = f"http://127.0.0.1:{port}"
        wait_until_ready(address, process)
        yield RunningServer(address, process, workers)
    finally:
        process.send_signal(signal.SIGTERM)
        try:
            process.wait(STOP_S)
        except subprocess.TimeoutExpired:
            process.kill()


def free_port() -> int:
    """Returns a port of loopback that nobody listens at."""
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        port: int = found.getsockname()[1]
        return port


def _answers(process: psutil.Process) -> bool:
    try:
        return "resource_tracker" not in " ".join(process.cmdline())
    except (psutil.ZombieProcess, psutil.NoSuchProcess):
        return False


def wait_until_ready(address: str, process: subprocess.Popen[bytes]) -> None:
    """Waits until a server answers questions. Raises ``SystemExit`` after two minutes, or where it has ended."""
    until = time.monotonic() + START_S
    while time.monotonic() < until and process.poll() is None:
        try:
            if httpx.get(f"{address}/readyz").status_code == httpx.codes.OK:
                return
        except httpx.TransportError:
            pass
        time.sleep(0.2)
    raise SystemExit("the server did not start")
