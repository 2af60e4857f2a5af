"""A sealed file shows every change, by name, with the program and with standard tools."""

from __future__ import annotations

import hashlib
import io
import shutil
import stat
import subprocess
import zipfile
from pathlib import Path

import pytest

from assistant.adapters.seal_key import Ed25519Check, StoredSealKey
from assistant.errors import LibraryError
from assistant.operations.evidence.seal import KEY, MANIFEST, SIGNATURE, manifest_of, packed, sealed
from assistant.operations.evidence.verify import FaultKind, verify

CHECK = Ed25519Check()
MEMBERS = {"index.html": b"<p>A page</p>", "evidence.json": b'{"kind": "answer"}', "pages/01.png": b"\x89PNG"}


@pytest.fixture
def key(tmp_path: Path) -> StoredSealKey:
    return StoredSealKey(tmp_path / "evidence")


def members_of(content: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return {each.filename: archive.read(each) for each in archive.infolist()}


def kinds(content: bytes, expected: str | None = None) -> dict[str, str]:
    return {each.kind.value: each.words for each in verify(content, CHECK, expected).faults}


def test_a_sealed_file_is_intact_and_says_what_it_is(key: StoredSealKey) -> None:
    verified = verify(sealed(MEMBERS, key), CHECK, key.fingerprint)
    assert verified.is_intact
    assert verified.fingerprint == key.fingerprint
    assert verified.facts == {"kind": "answer"}


def test_the_same_members_make_the_same_bytes(key: StoredSealKey) -> None:
    assert sealed(MEMBERS, key) == sealed(dict(MEMBERS), key)


@pytest.mark.parametrize("name", [*MEMBERS, KEY])
def test_a_changed_member_is_named(key: StoredSealKey, name: str) -> None:
    members = members_of(sealed(MEMBERS, key))
    changed = packed({**members, name: members[name] + b" "})
    assert kinds(changed)["changed_member"] == f"{name} was changed."


def test_an_added_and_a_missing_member_are_named(key: StoredSealKey) -> None:
    members = members_of(sealed(MEMBERS, key))
    assert kinds(packed({**members, "more.txt": b"x"})) == {"added_member": "more.txt was added."}
    del members["index.html"]
    assert kinds(packed(members)) == {"missing_member": "index.html is missing."}


def test_another_order_is_told(key: StoredSealKey) -> None:
    members = members_of(sealed(MEMBERS, key))
    assert [*kinds(packed(dict(sorted(members.items(), reverse=True))))] == ["reordered"]


def test_a_manifest_that_was_made_to_fit_is_not_signed(key: StoredSealKey) -> None:
    members = members_of(sealed(MEMBERS, key))
    forged = {**MEMBERS, "index.html": b"<p>Another page</p>", KEY: key.public_pem}
    again = packed({MANIFEST: manifest_of(forged), SIGNATURE: members[SIGNATURE], **forged})
    assert [*kinds(again)] == ["signature"]
    assert [*kinds(packed({**members, SIGNATURE: bytes(64)}))] == ["signature"]


def test_a_file_sealed_by_somebody_else_has_the_wrong_key(key: StoredSealKey, tmp_path: Path) -> None:
    other = StoredSealKey(tmp_path / "other")
    forged = sealed(MEMBERS, other)
    assert verify(forged, CHECK).is_intact
    assert kinds(forged, key.fingerprint) == {
        "wrong_key": f"It was sealed with the key {other.fingerprint}, not with {key.fingerprint}."
    }


@pytest.mark.parametrize("share", [0.2, 0.6, 0.99])
def test_a_cut_file_is_told(key: StoredSealKey, share: float) -> None:
    content = sealed(MEMBERS, key)
    assert [*kinds(content[: int(len(content) * share)])] == ["truncated"]


def test_bytes_around_the_members_are_told(key: StoredSealKey) -> None:
    content = sealed(MEMBERS, key)
    assert [*kinds(b"before" + content)] == ["container"]
    dated = io.BytesIO(content)
    with zipfile.ZipFile(dated, "a") as archive:
        archive.comment = b"a remark"
    assert [*kinds(dated.getvalue())] == ["container"]


def test_a_flipped_byte_of_a_member_is_told(key: StoredSealKey) -> None:
    content = sealed(MEMBERS, key)
    at = content.index(b"A page")
    assert "changed_member" in kinds(content[:at] + b"B" + content[at + 1 :])


@pytest.mark.parametrize("content", [b"", b"text", packed({"a.txt": b"a"})])
def test_something_else_is_no_evidence(content: bytes) -> None:
    assert [*kinds(content)] == [FaultKind.NO_EVIDENCE.value]


def test_the_key_is_made_once_for_its_owner_alone(key: StoredSealKey, tmp_path: Path) -> None:
    folder = tmp_path / "evidence"
    assert StoredSealKey(folder).public_pem == key.public_pem
    assert [stat.S_IMODE(each.stat().st_mode) for each in (folder, *folder.iterdir())] == [0o700, 0o600]


def test_a_damaged_key_is_named_and_never_replaced(key: StoredSealKey, tmp_path: Path) -> None:
    (path,) = (tmp_path / "evidence").iterdir()
    path.write_bytes(b"nothing")
    with pytest.raises(LibraryError, match=r"no private key.*Restore it from a backup"):
        StoredSealKey(path.parent)
    assert path.read_bytes() == b"nothing"


@pytest.mark.skipif(shutil.which("openssl") is None, reason="no openssl here")
def test_standard_tools_check_the_seal(key: StoredSealKey, tmp_path: Path) -> None:
    for name, content in members_of(sealed(MEMBERS, key)).items():
        path = tmp_path / "unpacked" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
        listed = (tmp_path / "unpacked" / MANIFEST).read_text()
        assert name in (MANIFEST, SIGNATURE) or f"{hashlib.sha256(content).hexdigest()}  {name}\n" in listed
    command = [
        "openssl",
        "pkeyutl",
        "-verify",
        "-pubin",
        "-inkey",
        KEY,
        "-rawin",
        "-in",
        MANIFEST,
        "-sigfile",
        SIGNATURE,
    ]
    done = subprocess.run(command, cwd=tmp_path / "unpacked", capture_output=True, text=True, check=False)
    assert "Signature Verified Successfully" in done.stdout + done.stderr
