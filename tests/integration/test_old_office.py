"""RTF, DOC and PPT are read through LibreOffice: without deleted words, without fields that it computes anew."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import pytest

from assistant.errors import UnreadableDocument
from ingest.readers import read_file
from ingest.readers.blocks import ReadFile
from ingest.readers.office import libreoffice
from ingest.sandbox.worker import answer
from tests.programs import need
from tests.reading import check_runs, left_out, para, seen, texts, word_file

STEPS = ("police", "school", "doctor", "nurse", "family")
RTF = r"""{\rtf1\ansi{\stylesheet{\s1\outlinelevel0\b heading 1;}}
{\pard\s1\outlinelevel0\b Reporting\par}
\pard Staff must report within {\deleted\revauth0 ten }{\revised\revauth0 two }hours.\par
Last printed {\field{\*\fldinst DATE}{\fldrslt 3 May 2020}} by the board.\par
{\v Nobody sees this.}{\strike Struck words.} Tell the parents.\par
\trowd\cellx3000\cellx6000 Role\cell Telephone\cell\row
\trowd\cellx3000\cellx6000 Police\cell 01632 960 142\cell\row
}"""


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Returns a folder with one text as RTF and as DOC."""
    need("soffice")
    folder = tmp_path_factory.mktemp("office")
    (folder / "a.rtf").write_text(RTF)
    profile = libreoffice._profile().as_uri()
    command = [
        "soffice",
        "--headless",
        f"-env:UserInstallation={profile}",
        "--convert-to",
        "doc",
        "--outdir",
        str(folder),
    ]
    subprocess.run([*command, str(folder / "a.rtf")], check=True, capture_output=True, timeout=60)
    return folder


@pytest.fixture(scope="module", params=["a.rtf", "a.doc"])
def read(made: Path, request: pytest.FixtureRequest) -> ReadFile:
    return read_file(made / request.param, 10)


def test_an_old_file_reads_as_a_new_one_does(read: ReadFile) -> None:
    assert seen(read)[:2] == [
        ("heading", 1, None, "Reporting"),
        ("paragraph", 1, None, "Staff must report within two hours."),
    ]
    assert "Tell the parents." in texts(read, "paragraph")[-1]
    assert "Police | 01632 960 142" in texts(read, "table_row")


def test_a_field_that_is_computed_anew_is_never_quoted(read: ReadFile) -> None:
    (held,) = texts(read, "figure")
    assert held.startswith("Last printed ⟦")
    assert "field computed anew: Last printed" in left_out(read)


def test_withdrawn_and_hidden_words_are_not_read(read: ReadFile) -> None:
    text = "".join(each.text for each in read.blocks)
    assert "ten" not in text.split()
    assert "Nobody" not in text
    assert "Struck" not in text


def test_fields_whose_words_get_lost_refuse_the_file(tmp_path: Path) -> None:
    path = tmp_path / "a.rtf"
    path.write_text(r'{\rtf1 Wait {\field{\*\fldinst { IF 1 = 2 "five" "six"}}{\fldrslt five}} days.\par}')
    with pytest.raises(UnreadableDocument, match=r"a\.rtf: it has fields with conditions \(IF\).*Ctrl\+Shift\+F9"):
        read_file(path, 10)


def test_without_libreoffice_the_error_names_the_package(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "a.rtf").write_text(RTF)
    monkeypatch.setattr(libreoffice, "program", lambda: None)
    with pytest.raises(
        UnreadableDocument, match=r"a\.rtf: .*not installed. Install it \(Debian: .*libreoffice-writer-nogui"
    ):
        read_file(tmp_path / "a.rtf", 10)


def test_a_damaged_file_is_one_error(made: Path, tmp_path: Path) -> None:
    whole = (made / "a.doc").read_bytes()
    (tmp_path / "cut.doc").write_bytes(whole[:3000] + b"\0" * 20)
    found = answer(tmp_path / "cut.doc", 10)
    assert not isinstance(found, UnreadableDocument) or "cut.doc" in str(found)
    assert isinstance(found, UnreadableDocument)


def test_a_file_of_another_kind_is_told_before_libreoffice_sees_it(made: Path, tmp_path: Path) -> None:
    shutil.copy(made / "a.doc", tmp_path / "b.ppt")
    with pytest.raises(UnreadableDocument, match=r"named \.ppt but holds doc. Rename it to end in \.doc"):
        read_file(tmp_path / "b.ppt", 10)


def test_pages_that_word_did_not_note_are_those_of_libreoffice(tmp_path: Path) -> None:
    need("soffice")
    steps = [
        f"Step {step} is {word}: " + f"ring {word}, then write to {word}. " * 12
        for step, word in enumerate(STEPS, start=1)
    ]
    body = "".join(para(step, "<w:pageBreakBefore/>" if at else "") for at, step in enumerate(steps))
    table = "".join(f"<w:tr><w:tc>{para(word)}</w:tc><w:tc>{para('five days')}</w:tc></w:tr>" for word in STEPS)
    path = word_file(tmp_path / "a.docx", f"{body}<w:tbl>{table}</w:tbl>")
    found = read_file(path, 50)
    check_runs(found)
    paragraphs = [each for each in found.blocks if each.kind == "paragraph"]
    assert [{run.page for run in each.runs} for each in paragraphs] == [{1}, {2}, {3}, {4}, {5}]
    assert {each.page for each in found.blocks if each.kind == "table_row"} == {5}
    assert found.page_labels == ("1", "2", "3", "4", "5")
