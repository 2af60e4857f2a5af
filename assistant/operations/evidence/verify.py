"""Whether a sealed file is as it was made: every kind of change is found and named."""

from __future__ import annotations

import hashlib
import io
import json
import re
import zipfile
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from assistant.operations.evidence.seal import KEY, MANIFEST, SIGNATURE, packed
from assistant.ports.sealing import SealCheck

FACTS = "evidence.json"
_LINE = re.compile(r"([0-9a-f]{64})  ([^\n]+)")
_BEGINNING = b"PK"
FAULTS = (zipfile.BadZipFile, NotImplementedError, RuntimeError, ValueError, OSError, EOFError)
"""What ``zipfile`` raises for a damaged, encrypted or strange file."""


class FaultKind(StrEnum):
    """What is wrong with a file."""

    NO_EVIDENCE = "no_evidence"
    TRUNCATED = "truncated"
    CHANGED = "changed_member"
    ADDED = "added_member"
    MISSING = "missing_member"
    REORDERED = "reordered"
    SIGNATURE = "signature"
    WRONG_KEY = "wrong_key"
    CONTAINER = "container"


@dataclass(frozen=True, slots=True)
class Fault:
    """One thing that is wrong."""

    kind: FaultKind
    words: str
    """A sentence that names the member."""


@dataclass(frozen=True, slots=True)
class Verified:
    """What was found about a file."""

    faults: tuple[Fault, ...]
    """() for a file that is as it was sealed."""
    fingerprint: str | None = None
    """Of the key that it says it was sealed with."""
    facts: Mapping[str, Any] = field(default_factory=dict)
    """What ``evidence.json`` says; {} where it cannot be relied on."""

    @property
    def is_intact(self) -> bool:
        """Whether nothing is wrong."""
        return not self.faults


def verify(content: bytes, check: SealCheck, expected: str | None = None) -> Verified:
    """Returns what is wrong with a file, every fault named.

    Args:
        content: The file.
        check: Checks signatures.
        expected: Fingerprint of the key that it must be sealed with; None takes the key in the file, which shows that
            nothing was changed since it was sealed, and not by whom.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            names = [each.filename for each in archive.infolist()]
            members = {name: _read(archive, name) for name in dict.fromkeys(names)}
    except FAULTS:
        return Verified((_unreadable(content),))
    if MANIFEST not in members and KEY not in members:
        return Verified((Fault(FaultKind.NO_EVIDENCE, f"This is no evidence file: it has no {MANIFEST}."),))
    faults = [*_of_members(names, members), *_of_seal(members, check)]
    fingerprint = check.fingerprint(members.get(KEY) or b"")
    if expected is not None and fingerprint != expected:
        faults.append(_wrong_key(fingerprint, expected))
    if not faults and packed({name: each or b"" for name, each in members.items()}) != content:
        words = "The members are as they were, but the file around them was changed: bytes were added, or dates or flags set."
        faults.append(Fault(FaultKind.CONTAINER, words))
    return Verified(tuple(faults), fingerprint, {} if faults else _facts(members))


def _read(archive: zipfile.ZipFile, name: str) -> bytes | None:
    """Returns a member; None where it is damaged, compressed or encrypted: none of these is made here."""
    if archive.getinfo(name).compress_type != zipfile.ZIP_STORED:
        return None
    try:
        return archive.read(name)
    except FAULTS:
        return None


def _unreadable(content: bytes) -> Fault:
    if content.startswith(_BEGINNING):
        return Fault(FaultKind.TRUNCATED, "The file is cut off or damaged: its list of members cannot be read.")
    return Fault(FaultKind.NO_EVIDENCE, "This is no evidence file: it is no ZIP.")


def _of_members(names: list[str], members: Mapping[str, bytes | None]) -> Iterator[Fault]:
    listed = dict(_manifest(members))
    wanted = [MANIFEST, SIGNATURE, *listed]
    for name in wanted:
        if name not in members:
            yield Fault(FaultKind.MISSING, f"{name} is missing.")
    for name, digest in listed.items():
        content = members.get(name, b"")
        if name in members and (content is None or hashlib.sha256(content).hexdigest() != digest):
            yield Fault(FaultKind.CHANGED, f"{name} was changed.")
    added = [
        *(name for name in members if name not in wanted),
        *(n for n, count in Counter(names).items() if count > 1),
    ]
    for name in added:
        yield Fault(FaultKind.ADDED, f"{name} was added.")
    if {*names} == {*wanted} and not added and names != wanted:
        yield Fault(FaultKind.REORDERED, "The members stand in another order.")


def _manifest(members: Mapping[str, bytes | None]) -> Iterator[tuple[str, str]]:
    for line in (members.get(MANIFEST) or b"").decode("utf-8", "replace").splitlines():
        match = _LINE.fullmatch(line)
        if match:
            yield match[2], match[1]


def _of_seal(members: Mapping[str, bytes | None], check: SealCheck) -> Iterator[Fault]:
    manifest, signature, key = (members.get(name) for name in (MANIFEST, SIGNATURE, KEY))
    if manifest is None and MANIFEST in members:
        yield Fault(FaultKind.CHANGED, f"{MANIFEST} was changed.")
    if manifest is None or signature is None or key is None:
        return
    if not check.is_signed(key, manifest, signature):
        words = f"{SIGNATURE} is not the signature of {MANIFEST} by {KEY}: one of the three was changed after the seal."
        yield Fault(FaultKind.SIGNATURE, words)


def _wrong_key(fingerprint: str | None, expected: str) -> Fault:
    own = f"the key {fingerprint}" if fingerprint else "something that is no key"
    return Fault(FaultKind.WRONG_KEY, f"It was sealed with {own}, not with {expected}.")


def _facts(members: Mapping[str, bytes | None]) -> Mapping[str, Any]:
    try:
        facts = json.loads(members.get(FACTS) or b"")
    except ValueError:
        return {}
    return facts if isinstance(facts, dict) else {}
