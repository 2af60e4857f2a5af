"""A ZIP is read as its folder, a mail as its own words and its attachments; hostile ones end in one error."""

from __future__ import annotations

import io
import struct
import zipfile
from email.message import EmailMessage
from pathlib import Path

import pytest

from assistant.adapters.library_sql import SqlLibrary
from assistant.errors import CatalogueError, DocumentError, UnreadableDocument
from ingest.readers.containers import unpack
from ingest.readers.containers.mail import own_words
from tests.integration.ingesting import Take, held, write
from tests.integration.outlook_files import Storage, mail_storage, write_compound


def packed(path: Path, files: dict[str, bytes | str]) -> Path:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return path


def mail(path: Path, text: str, *attachments: tuple[str, bytes], subject: str = "Local protocol") -> Path:
    message = EmailMessage()
    message["From"], message["To"], message["Subject"] = "a@example.org", "b@example.org", subject
    message.set_content(text)
    for name, content in attachments:
        message.add_attachment(content, maintype="application", subtype="octet-stream", filename=name)
    path.write_bytes(message.as_bytes())
    return path


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    folder = tmp_path / "documents"
    folder.mkdir()
    return folder


def test_a_zip_is_read_as_its_folder_and_goes_with_it(folder: Path, take: Take, library: SqlLibrary) -> None:
    path = packed(
        folder / "pack.zip", {"sub/policy.md": "Ring the police.", "a.txt": "Tell the parents.", "logo.png": b"x"}
    )
    report = take(folder)
    assert held(library) == {"policy": "Ring the police.", "a": "Tell the parents."}
    assert [(str(each.path.relative_to(folder)), each.why) for each in report.skipped] == [
        ("pack.zip/logo.png", "format .png is not read")
    ]
    assert set(take(folder).unchanged) == {"a", "policy"}
    packed(path, {"sub/policy.md": "Ring the police at once."})
    report = take(folder)
    assert (report.changed, report.removed) == (("policy",), ("a",))
    path.unlink()
    write(folder / "other.md", "Words.")
    assert take(folder).removed == ("policy",)


def test_a_mail_is_its_own_words_and_its_attachments_are_documents(
    folder: Path, take: Take, library: SqlLibrary
) -> None:
    text = "The rota changes in May.\n\nKind regards\nSam Vale\n01632 960 555\n\nOn 3 May 2026, Jo wrote:\n> Wait for two days."
    mail(folder / "rota.eml", text, ("protocol.md", b"Ring the police."), ("photo.png", b"x"))
    take(folder)
    assert held(library) == {"rota": "The rota changes in May.", "rota--protocol": "Ring the police."}
    with library.open() as snapshot:
        titles = {str(each.edition_id): each.title for each in snapshot.editions()}
    assert titles == {"rota": "Local protocol", "rota--protocol": "rota › protocol.md"}


def test_a_fault_within_a_zip_names_the_file_in_it(folder: Path, take: Take) -> None:
    packed(folder / "pack.zip", {"a.md": "Words.", "b.pdf": b"no pdf"})
    with pytest.raises(DocumentError, match=r"pack\.zip/b\.pdf: it is named \.pdf but holds something else"):
        take(folder)
    report = take(folder, keep_going=True)
    assert report.added == ("a",)
    assert [str(each.path.relative_to(folder)) for each in report.failed] == ["pack.zip/b.pdf"]


def test_a_zip_that_cannot_be_read_any_more_keeps_its_documents(folder: Path, take: Take, library: SqlLibrary) -> None:
    path = packed(folder / "pack.zip", {"a.md": "Words."})
    write(folder / "b.md", "Other words.")
    take(folder)
    path.write_bytes(path.read_bytes()[:40])
    with pytest.raises(UnreadableDocument, match=r"pack\.zip: not a whole ZIP file"):
        take(folder)
    assert take(folder, keep_going=True).removed == ()
    assert "a" in held(library)


def test_two_files_of_one_name_are_told(folder: Path, take: Take) -> None:
    packed(folder / "pack.zip", {"a.md": "Words."})
    write(folder / "a.md", "Other words.")
    with pytest.raises(CatalogueError, match="has the edition id 'a', as "):
        take(folder)


def test_a_mail_within_itself_ends(folder: Path, take: Take) -> None:
    inner = mail(folder / "m.eml", "Words.").read_bytes()
    for at in range(6):
        inner = mail(folder / "m.eml", f"Words of letter {at}.", ("again.eml", inner)).read_bytes()
    report = take(folder)
    assert len(report.added) == 3
    assert [each.why for each in report.skipped] == ["it lies more than 3 files deep in others: unpack it"]


def test_names_lead_nowhere_else(tmp_path: Path) -> None:
    names = ["../../up.md", "/root.md", "C:\\windows\\a.md", "x/../../y.md", "same.md"]
    path = packed(tmp_path / "slip.zip", dict.fromkeys(names, "Words."))
    with zipfile.ZipFile(path, "a") as archive, pytest.warns(UserWarning, match="Duplicate name"):
        archive.writestr("same.md", "Other words.")
    into = tmp_path / "into"
    into.mkdir()
    members = unpack(path, into)
    assert [each.name for each in members] == ["up.md", "root.md", "windows/a.md", "x/y.md", "same.md", "same-2.md"]
    assert {Path(each.file).parent for each in members} == {into}
    assert sorted(each.name for each in tmp_path.iterdir()) == ["into", "slip.zip"]


def bomb(size: int) -> bytes:
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("a.md", "a")
    raw = bytearray(held.getvalue())
    at = raw.index(b"PK\x01\x02")
    raw[at + 24 : at + 28] = struct.pack("<I", size)
    return bytes(raw)


def locked() -> bytes:
    raw = bytearray(bomb(1))
    raw[raw.index(b"PK\x01\x02") + 8] |= 1
    return bytes(raw)


@pytest.mark.parametrize(
    ("name", "content", "words"),
    [
        ("a.zip", bomb(900_000_000), "more than 2000 or 400 MB. Unpack it and ingest the folder"),
        ("a.zip", locked(), "it is encrypted. Unpack it with its password"),
        ("a.zip", bomb(1)[:30], "not a whole ZIP file"),
        ("a.zip", b"words", "named .zip but holds something else"),
        ("a.eml", b"just words", "not a whole mail"),
        ("a.eml", b"Subject: empty\n\n", "no readable text and no attachment"),
        ("a.eml", b"%PDF-1.7", "named .eml but holds pdf"),
    ],
)
def test_hostile_files_end_in_one_error(tmp_path: Path, name: str, content: bytes, words: str) -> None:
    (tmp_path / name).write_bytes(content)
    (tmp_path / "into").mkdir()
    with pytest.raises(UnreadableDocument, match=words) as caught:
        unpack(tmp_path / name, tmp_path / "into")
    assert name in str(caught.value)


@pytest.mark.parametrize(
    ("text", "own"),
    [
        ("Do it.\n> old\nNow.", "Do it.\nNow."),
        ("Do it.\n\n-----Original Message-----\nFrom: a\nOld.", "Do it."),
        ("Do it.\n\nFrom: Sam Vale\nSent: Monday\n\nOld.", "Do it."),
        ("Do it.\n-- \nSam\n01632 960 555", "Do it."),
        ("Do it.\nMany thanks,\nSam", "Do it."),
        ("With regards to babies, ring first.", "With regards to babies, ring first."),
        ("From: the date of the referral\nwithin 2 days.", "From: the date of the referral\nwithin 2 days."),
    ],
)
def test_quoted_mails_and_signatures_are_no_words_of_a_mail(text: str, own: str) -> None:
    assert own_words(text) == own


SUBJECT, BODY, HTML_BODY, CLASS = 0x0037, 0x1000, 0x1013, 0x001A
HELD, LONG_NAME, SHORT_NAME, IS_HIDDEN = 0x3701, 0x3707, 0x3704, 0x7FFE
OBJECT = "__substg1.0_3701000D"


def test_an_outlook_mail_is_read_like_any_other(folder: Path, take: Take, library: SqlLibrary) -> None:
    inner = mail_storage(
        {SUBJECT: "Older rota", BODY: "The rota of April."},
        ({LONG_NAME: "plan.md", HELD: b"A plan."}, {}),
        is_inner=True,
    )
    text = "The rota changes in May.\r\n\r\nKind regards\r\nSam Vale\r\n\r\nFrom: Jo\r\nSent: 3 May\r\n\r\nWait."
    root = mail_storage(
        {CLASS: "IPM.Note", SUBJECT: "Local\r\nprotocol", BODY: text},
        ({LONG_NAME: "protocol.md", HELD: b"Ring the police. " * 300}, {}),
        ({SHORT_NAME: "STEPS~1.MD", HELD: b"Tell the parents."}, {}),
        ({LONG_NAME: "logo.md", HELD: b"A picture.", IS_HIDDEN: b""}, {}),
        ({LONG_NAME: "Older rota", SUBJECT: "Older rota"}, {OBJECT: inner}),
        ({LONG_NAME: "chart", HELD: b"x"}, {}),
    )
    write_compound(folder / "rota.msg", root)
    report = take(folder)
    texts = {
        "rota": "The rota changes in May.",
        "rota--protocol": ("Ring the police. " * 300).strip(),
        "rota--STEPS-1": "Tell the parents.",
        "rota--Older-rota": "The rota of April.",
        "rota--Older-rota--plan": "A plan.",
    }
    assert held(library) == texts
    assert [str(each.path.relative_to(folder)) for each in report.skipped] == ["rota.msg/chart"]
    with library.open() as snapshot:
        titles = {str(each.edition_id): each.title for each in snapshot.editions()}
    assert titles["rota"] == "Local protocol"
    assert titles["rota--Older-rota"] == "Older rota"


def test_an_outlook_mail_that_has_its_words_as_a_web_page_only(folder: Path, take: Take, library: SqlLibrary) -> None:
    write_compound(
        folder / "rota.msg", mail_storage({SUBJECT: "Rota", HTML_BODY: "<p>Ring <b>both</b>.</p><p>Wait.</p>"})
    )
    take(folder)
    assert held(library) == {"rota": "Ring both.\n\nWait."}


@pytest.mark.parametrize(
    ("root", "cut", "words"),
    [
        (mail_storage({SUBJECT: "Rota", BODY: "Words."}), -700, "not a whole Outlook mail. Save it again"),
        (mail_storage({SUBJECT: "Rota"}), None, "no readable text and no attachment"),
        (mail_storage({CLASS: "IPM.Note.SMIME", BODY: "Words."}), None, "it is encrypted. Open it in Outlook"),
        (mail_storage({BODY: "Protected."}, ({LONG_NAME: "message.rpmsg", HELD: b"x"}, {})), None, "it is encrypted"),
        ({"WordDocument": b"x"}, None, "named .msg but holds doc"),
        ({"__properties_version1.0": b"x"}, None, "no readable text"),
    ],
)
def test_damaged_and_protected_outlook_mails_end_in_one_error(
    tmp_path: Path, root: Storage, cut: int | None, words: str
) -> None:
    path = write_compound(tmp_path / "a.msg", root)
    path.write_bytes(path.read_bytes()[:cut])
    (tmp_path / "into").mkdir()
    with pytest.raises(UnreadableDocument, match=words):
        unpack(path, tmp_path / "into")


def test_an_outlook_mail_with_an_old_word_file_is_a_mail_all_the_same(tmp_path: Path) -> None:
    word = write_compound(tmp_path / "a.doc", {"WordDocument": b"x"}).read_bytes()
    path = write_compound(tmp_path / "a.msg", mail_storage({BODY: "Words."}, ({LONG_NAME: "a.doc", HELD: word}, {})))
    (tmp_path / "into").mkdir()
    assert [each.name for each in unpack(path, tmp_path / "into")] == ["mail.txt", "a.doc"]
