"""A file is taken as what it holds; where its name says something else, the error says what to do."""

from __future__ import annotations

from pathlib import Path

import pytest

from assistant.errors import UnreadableDocument
from assistant.model.formats import EML, FORMATS, JSONL, MSG, UPLOADABLE, ZIP, endings_of, format_of, shown_name
from ingest.catalogue.sources import find_files
from ingest.readers import READERS, read_file
from ingest.readers.containers import UNPACKERS
from ingest.readers.content import checked_format
from ingest.uploads.staged_uploads import file_name

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
    assert checked_format(tmp_path / name).name == is_taken_as


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
        ("a.wpd", b"\xffWPC", r"unknown format '\.wpd'. Give one of \.pdf"),
        ("a.doc", b"{\\rtf1", r"named \.doc but holds rtf. Rename it to end in \.rtf"),
        ("a.docx", OLD_WORD + "EncryptedPackage".encode("utf-16-le"), "it is encrypted. Remove its password"),
        ("a.xlsx", OLD_WORD + "Workbook".encode("utf-16-le"), r"of before 2007. Save it as \.xlsx"),
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


def test_every_format_of_documents_has_a_reader_and_no_other_has() -> None:
    assert READERS.keys() == set(UPLOADABLE)
    assert set(FORMATS) - set(UPLOADABLE) == {JSONL, EML, MSG, ZIP}
    assert UNPACKERS.keys() == {each for each in FORMATS if each.is_container}


def test_an_ending_belongs_to_one_format() -> None:
    assert len(set(endings_of())) == len(endings_of())
    assert all(
        ending == ending.lower() and format_of(f"a{ending.upper()}") is format_of(ending * 2) for ending in endings_of()
    )


@pytest.mark.parametrize("ending", endings_of())
def test_every_ending_is_found_by_an_ingest(tmp_path: Path, ending: str) -> None:
    (tmp_path / f"a{ending}").write_text("words")
    assert [each.path.name for each in find_files([tmp_path], None).files] == [f"a{ending}"]


@pytest.mark.parametrize("ending", endings_of(UPLOADABLE))
def test_every_ending_of_a_document_may_be_uploaded(ending: str) -> None:
    assert file_name(f"A policy{ending.upper()}") == f"A-policy{ending}"


def test_a_collection_is_neither_uploaded_nor_read_as_text(tmp_path: Path) -> None:
    path = tmp_path / "a.jsonl"
    path.write_text('{"id": "a", "text": "words"}')
    with pytest.raises(UnreadableDocument, match="this format is not read"):
        file_name(path.name)
    with pytest.raises(UnreadableDocument, match="a collection of texts"):
        read_file(path, 10)


@pytest.mark.parametrize(
    ("ending", "media_type", "is_shown_inline"),
    [
        (".pdf", "application/pdf", True),
        (".docx", "application/vnd.openxmlformats-officedocument.wordprocessingml.document", False),
        (".pptx", "application/vnd.openxmlformats-officedocument.presentationml.presentation", False),
        (".xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", False),
        (".odt", "application/vnd.oasis.opendocument.text", False),
        (".rtf", "application/rtf", False),
        (".doc", "application/msword", False),
        (".ppt", "application/vnd.ms-powerpoint", False),
        (".html", "text/html; charset=utf-8", False),
        (".htm", "text/html; charset=utf-8", False),
        (".mhtml", "multipart/related", False),
        (".mht", "multipart/related", False),
        (".md", "text/markdown; charset=utf-8", False),
        (".markdown", "text/markdown; charset=utf-8", False),
        (".txt", "text/plain; charset=utf-8", False),
        (".eml", "message/rfc822", False),
        (".msg", "application/vnd.ms-outlook", False),
        (".zip", "application/zip", False),
        (".jsonl", "application/jsonl", False),
    ],
)
def test_every_ending_has_its_media_type(ending: str, media_type: str, is_shown_inline: bool) -> None:
    file_format = format_of(f"edition-2.1{ending}")
    assert file_format is not None
    assert (file_format.media_type, file_format.is_shown_inline) == (media_type, is_shown_inline)


def test_no_ending_lacks_a_media_type_of_its_own() -> None:
    (mark,) = test_every_ending_has_its_media_type.pytestmark
    assert [ending for ending, *_ in mark.args[1]] == [*endings_of()]


def test_a_file_in_another_is_called_after_both() -> None:
    assert shown_name(Path("/a/b/rota.eml/mail.txt")) == "rota.eml/mail.txt"
    assert shown_name(Path("/a/b/plan.pdf")) == "plan.pdf"
