"""A file is taken as what it holds; where its name says something else, the error says what to do."""

from __future__ import annotations

from pathlib import Path

import pytest

from assistant.errors import UnreadableDocument
from ingest.readers import checked_format

WORD, OLD_WORD, PDF = b"PK\x03\x04....", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1....", b"%PDF-1.7\n"


@pytest.mark.parametrize(
    ("name", "held", "is_taken_as"),
    [
        ("a.pdf", PDF, "pdf"),
        ("a.PDF", b"\nsome mail header\n" + PDF, "pdf"),
        ("a.docx", WORD, "docx"),
        ("a.htm", b"\xef\xbb\xbf <!DOCTYPE html>", "html"),
        ("a.html", b"<p>a fragment</p>", "html"),
        ("a.md", b"A file begins with %PDF-1.7 if it is a PDF.", "markdown"),
        ("a.txt", b"words", "text"),
        ("a.jsonl", b"{}", "jsonl"),
    ],
)
def test_a_file_is_taken_as_what_it_is(tmp_path: Path, name: str, held: bytes, is_taken_as: str) -> None:
    (tmp_path / name).write_bytes(held)
    assert checked_format(tmp_path / name) == is_taken_as


@pytest.mark.parametrize(
    ("name", "held", "words"),
    [
        ("a.docx", PDF, r"named \.docx but holds pdf. Rename it to end in \.pdf"),
        ("a.md", PDF, r"Rename it to end in \.pdf"),
        ("a.pdf", WORD, r"Rename it to end in \.docx"),
        ("a.docx", OLD_WORD, r"old \(\.doc\) or encrypted Office file. Remove its password and save it as \.docx"),
        ("a.pdf", b"<!doctype html><title>Sign in</title>", "download the document again"),
        ("a.txt", b"\n<HTML>", r"Rename it to end in \.html"),
        ("a.pdf", b"words", "holds something else. Save it again"),
        ("a.pdf", b"", r"page 1: the file is empty \(0 bytes\)"),
        ("a.rtf", b"{\\rtf1", r"unknown format '\.rtf'. Give one of \.pdf"),
    ],
)
def test_a_name_that_says_something_else_is_an_error_with_its_fix(
    tmp_path: Path, name: str, held: bytes, words: str
) -> None:
    (tmp_path / name).write_bytes(held)
    with pytest.raises(UnreadableDocument, match=words) as caught:
        checked_format(tmp_path / name)
    assert str(tmp_path / name) in str(caught.value)


def test_a_file_that_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(UnreadableDocument, match="No such file"):
        checked_format(tmp_path / "a.md")
