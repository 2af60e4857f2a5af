"""Official documents are brought in whole and as expected, from a server on this machine or from a folder."""

from __future__ import annotations

import hashlib
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import date
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from assistant.errors import CatalogueError, FetchError
from ingest.catalogue.lock_file import lock_path, read_locks
from ingest.downloads.download import DownloadLimits, download
from ingest.downloads.fetch import FetchReport, fetch

PDF = b"%PDF-1.4 an invented document"
OTHER = b"%PDF-1.4 another invented document"
LIMITS = DownloadLimits(allows_loopback_http=True, attempts=2, pause_s=0.01, read_s=5)
TODAY = date(2026, 11, 23)


class Server(ThreadingHTTPServer):
    """Answers each path with what ``answers`` holds for it, one answer per request, the last one for ever."""

    daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Handler)
        self.answers: dict[str, list[tuple[int, dict[str, str], bytes]]] = {}
        self.asked: list[str] = []

    def url(self, path: str) -> str:
        return f"http://127.0.0.1:{self.server_port}{path}"


class Handler(BaseHTTPRequestHandler):
    server: Server

    def do_GET(self) -> None:
        self.server.asked.append(self.path)
        answers = self.server.answers[self.path]
        status, headers, body = answers.pop(0) if len(answers) > 1 else answers[0]
        self.send_response(status)
        for name, value in {"Content-Length": str(len(body)), **headers}.items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *args: object) -> None:
        return


@pytest.fixture
def server() -> Iterator[Server]:
    with running() as found:
        yield found


@contextmanager
def running() -> Iterator[Server]:
    server = Server()
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    try:
        yield server
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


def catalogue(
    folder: Path, url: str | None = None, sha256: str | None = None, path: str = "official/guide.pdf"
) -> Path:
    lines = ["[[edition]]", 'edition_id = "guide"', 'work = "guide"', f'path = "{path}"']
    lines += ['title = "A guide"', 'kind = "guidance"']
    lines += [f'source_url = "{url}"'] if url else []
    lines += [f'sha256 = "{sha256}"'] if sha256 else []
    found = folder / "catalogue.toml"
    found.write_text("\n".join(lines) + "\n")
    return found


def digest(body: bytes) -> str:
    return hashlib.sha256(body).hexdigest()


def fault(report: FetchReport) -> str:
    assert len(report.failed) == 1
    assert report.fetched == report.present == report.locked == ()
    return str(report.failed[0].error)


def files(folder: Path) -> list[str]:
    return sorted(str(each.relative_to(folder)) for each in folder.rglob("*") if each.is_file())


def test_a_document_is_fetched_once_and_then_only_checked(tmp_path: Path, server: Server) -> None:
    server.answers["/guide"] = [(200, {}, PDF)]
    book = catalogue(tmp_path, server.url("/guide"), digest(PDF))
    assert fetch(book, limits=LIMITS).fetched == ("guide",)
    assert (tmp_path / "official/guide.pdf").read_bytes() == PDF
    assert fetch(book, limits=LIMITS).present == ("guide",)
    assert server.asked == ["/guide"]
    assert files(tmp_path) == ["catalogue.toml", "official/guide.pdf"]


def test_another_file_than_the_expected_one_is_not_kept(tmp_path: Path, server: Server) -> None:
    server.answers["/guide"] = [(200, {}, OTHER)]
    said = fault(fetch(catalogue(tmp_path, server.url("/guide"), digest(PDF)), limits=LIMITS))
    assert digest(OTHER) in said
    assert digest(PDF) in said
    assert "supersedes" in said
    assert files(tmp_path) == ["catalogue.toml"]


def test_a_file_changed_on_disk_is_reported_and_left_alone(tmp_path: Path, server: Server) -> None:
    server.answers["/guide"] = [(200, {}, PDF)]
    book = catalogue(tmp_path, server.url("/guide"), digest(PDF))
    fetch(book, limits=LIMITS)
    (tmp_path / "official/guide.pdf").write_bytes(OTHER)
    assert "Delete it" in fault(fetch(book, limits=LIMITS))
    assert (tmp_path / "official/guide.pdf").read_bytes() == OTHER


def test_a_document_without_hash_is_locked_as_first_fetched(tmp_path: Path, server: Server) -> None:
    server.answers["/guide"] = [(200, {}, PDF), (200, {}, OTHER)]
    book = catalogue(tmp_path, server.url("/guide"))
    report = fetch(book, limits=LIMITS, today=TODAY)
    assert report.fetched == report.locked == ("guide",)
    lock = read_locks(lock_path(book))["guide"]
    assert (lock.sha256, lock.fetched, lock.source) == (digest(PDF), TODAY, server.url("/guide"))
    (tmp_path / "official/guide.pdf").unlink()
    assert "catalogue.lock.toml" in fault(fetch(book, limits=LIMITS))
    assert not (tmp_path / "official/guide.pdf").exists()
    assert read_locks(lock_path(book))["guide"] == lock


def test_a_web_page_instead_of_the_document_is_refused(tmp_path: Path, server: Server) -> None:
    server.answers["/guide"] = [(200, {}, b"<!DOCTYPE html><html><body>Service unavailable</body></html>")]
    assert "is not it" in fault(fetch(catalogue(tmp_path, server.url("/guide")), limits=LIMITS))
    assert files(tmp_path) == ["catalogue.toml"]


def test_a_server_at_fault_is_asked_again(tmp_path: Path, server: Server) -> None:
    server.answers["/guide"] = [(503, {}, b""), (200, {}, PDF)]
    assert fetch(catalogue(tmp_path, server.url("/guide"), digest(PDF)), limits=LIMITS).fetched == ("guide",)


def test_a_missing_page_is_not_asked_for_again(tmp_path: Path, server: Server) -> None:
    server.answers["/guide"] = [(404, {}, b"gone")]
    said = fault(fetch(catalogue(tmp_path, server.url("/guide")), limits=LIMITS))
    assert "404" in said
    assert "--from DIR" in said
    assert server.asked == ["/guide"]


def test_half_a_file_is_no_file(tmp_path: Path, server: Server) -> None:
    server.answers["/guide"] = [(200, {"Content-Length": "4000"}, PDF)]
    said = fault(fetch(catalogue(tmp_path, server.url("/guide")), limits=LIMITS))
    assert "cannot be fetched" in said
    assert len(server.asked) == LIMITS.attempts
    assert files(tmp_path) == ["catalogue.toml"]


def test_more_than_the_limit_is_refused_whatever_is_declared(tmp_path: Path, server: Server) -> None:
    server.answers["/guide"] = [(200, {}, b"%PDF-" + b"x" * 1_100_000)]
    said = fault(fetch(catalogue(tmp_path, server.url("/guide")), limits=replace(LIMITS, max_mb=1)))
    assert "ASSISTANT_MAX_FILE_MB" in said
    assert files(tmp_path) == ["catalogue.toml"]


def test_without_a_network_the_message_names_address_and_way_out(tmp_path: Path) -> None:
    with running() as gone:
        url = gone.url("/guide")
    said = fault(fetch(catalogue(tmp_path, url), limits=LIMITS))
    assert url in said
    assert "save it as guide.pdf and run `assistant fetch --from DIR`" in said


@pytest.mark.parametrize("url", ["http://example.org/guide.pdf", "ftp://example.org/guide.pdf", "guide.pdf"])
def test_only_https_is_followed(tmp_path: Path, url: str) -> None:
    assert "not an https address" in fault(fetch(catalogue(tmp_path, url), limits=LIMITS))


def test_a_redirect_away_from_https_is_not_followed(tmp_path: Path, server: Server) -> None:
    server.answers["/guide"] = [(302, {"Location": "http://example.org/guide.pdf"}, b"")]
    assert "not an https address" in fault(fetch(catalogue(tmp_path, server.url("/guide")), limits=LIMITS))


def test_http_to_this_machine_needs_leave(tmp_path: Path, server: Server) -> None:
    with pytest.raises(FetchError, match="not an https address"):
        download(server.url("/guide"), tmp_path / "guide.pdf", DownloadLimits(), "guide.pdf")
    assert server.asked == []


def test_redirects_in_a_circle_end(tmp_path: Path, server: Server) -> None:
    server.answers["/guide"] = [(302, {"Location": "/guide"}, b"")]
    assert "source_url" in fault(fetch(catalogue(tmp_path, server.url("/guide")), limits=LIMITS))
    assert len(server.asked) <= LIMITS.redirects + 1


def test_a_folder_is_searched_by_hash_whatever_the_name(tmp_path: Path) -> None:
    folder = tmp_path / "downloads"
    folder.mkdir()
    (folder / "guide.pdf").write_bytes(OTHER)
    (folder / "Guide (1).pdf").write_bytes(PDF)
    book = catalogue(tmp_path, sha256=digest(PDF))
    assert fetch(book, source=folder).fetched == ("guide",)
    assert (tmp_path / "official/guide.pdf").read_bytes() == PDF


def test_a_folder_is_searched_by_name_where_no_hash_is_known(tmp_path: Path) -> None:
    folder = tmp_path / "downloads"
    folder.mkdir()
    (folder / "guide.pdf").write_bytes(PDF)
    report = fetch(catalogue(tmp_path, "https://example.org/guide.pdf"), source=folder)
    assert report.fetched == report.locked == ("guide",)


def test_a_folder_without_the_document_is_told_of_and_the_network_is_not_used(tmp_path: Path, server: Server) -> None:
    (tmp_path / "downloads").mkdir()
    book = catalogue(tmp_path, server.url("/guide"), digest(PDF))
    said = fault(fetch(book, source=tmp_path / "downloads", limits=LIMITS))
    assert digest(PDF) in said
    assert server.url("/guide") in said
    assert server.asked == []


def test_a_document_without_address_needs_a_folder(tmp_path: Path) -> None:
    assert "--from DIR" in fault(fetch(catalogue(tmp_path)))


def test_own_documents_are_left_alone(tmp_path: Path) -> None:
    (tmp_path / "guide.md").write_text("# Own words\n")
    assert fetch(catalogue(tmp_path, path="guide.md")) == FetchReport()
    assert files(tmp_path) == ["catalogue.toml", "guide.md"]


def test_no_file_is_written_outside_the_folder_of_the_catalogue(tmp_path: Path, server: Server) -> None:
    (tmp_path / "book").mkdir()
    server.answers["/guide"] = [(200, {}, PDF)]
    said = fault(fetch(catalogue(tmp_path / "book", server.url("/guide"), path="../guide.pdf"), limits=LIMITS))
    assert "leads out" in said
    assert not (tmp_path / "guide.pdf").exists()


def test_a_damaged_lock_file_is_named(tmp_path: Path) -> None:
    book = catalogue(tmp_path)
    lock_path(book).write_text("guide = 3\n")
    with pytest.raises(CatalogueError, match=r"catalogue\.lock\.toml"):
        fetch(book)
