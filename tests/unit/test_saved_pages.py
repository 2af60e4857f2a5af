"""Web pages that a browser saved: as one file, or with a folder of their parts."""

from __future__ import annotations

from email.message import EmailMessage
from pathlib import Path

import pytest

from assistant.errors import UnreadableDocument
from ingest.catalogue.sources import find_files
from ingest.readers import read_file
from tests.reading import seen

PAGE = "<html><head><title>Missing children</title></head><body><h1>Missing</h1><p>Ring the police – at once.</p></body></html>"


def saved(path: Path, page: bytes, charset: str = "utf-8") -> Path:
    message = EmailMessage()
    message["From"], message["Subject"] = "<Saved by Blink>", "Missing children"
    message.set_content("<p>frame</p>", subtype="plain")
    message.make_related()
    message.add_related(page, "text", "html", params={"charset": charset})
    message.add_related(b"x", "image", "png")
    path.write_bytes(message.as_bytes())
    return path


@pytest.mark.parametrize("charset", ["utf-8", "windows-1252"])
@pytest.mark.parametrize("name", ["a.mhtml", "a.mht"])
def test_a_page_saved_as_one_file_reads_as_the_page(tmp_path: Path, name: str, charset: str) -> None:
    read = read_file(saved(tmp_path / name, PAGE.encode(charset), charset), 10)
    assert seen(read) == [("heading", 1, None, "Missing"), ("paragraph", 1, None, "Ring the police – at once.")]


@pytest.mark.parametrize("content", [b"words", b"From: a\n\nwords", b"\0" * 99])
def test_what_holds_no_page_says_so(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "a.mhtml").write_bytes(content)
    with pytest.raises(UnreadableDocument, match=r"a\.mhtml: no web page in it. Save the page again"):
        read_file(tmp_path / "a.mhtml", 10)


def test_an_empty_page_says_so(tmp_path: Path) -> None:
    with pytest.raises(UnreadableDocument, match="no readable text"):
        read_file(saved(tmp_path / "a.mhtml", b"<html></html>"), 10)


def test_the_folder_of_parts_beside_a_page_holds_no_documents(tmp_path: Path) -> None:
    (tmp_path / "page.html").write_text(PAGE)
    for folder in ("page_files", "other_files"):
        (tmp_path / folder).mkdir()
        (tmp_path / folder / f"{folder}-frame.html").write_text(PAGE)
    found = find_files([tmp_path], None)
    assert [each.path.name for each in found.files] == ["other_files-frame.html", "page.html"]
    assert [each.why for each in found.skipped] == ["it holds the parts of a saved web page"]
