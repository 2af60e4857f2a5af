"""``assistant evidence``."""

from __future__ import annotations

import json
import sys
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from assistant.cli.options import AsJson, Data, SettingsFile, date_of, settings_of, writing_assistant
from assistant.errors import UsageError

if TYPE_CHECKING:
    from assistant.bootstrap import Assistant
    from assistant.operations.evidence.make import EvidenceFile
    from assistant.operations.evidence.verify import Verified

app = typer.Typer(
    no_args_is_help=True,
    rich_markup_mode=None,
    help="""Seals what the documents said at a date, or what was answered, into a file that anybody can check.

    Examples:

      assistant evidence make --question "How long may an assessment take?" --as-at 2026-03-14 --out evidence.zip

      assistant evidence verify evidence.zip

      assistant evidence key""",
)
BY = "command line"
OWN = "the data folder"
MOST_MB = 500
"""Largest file that is checked."""
Question = Annotated[
    str, typer.Option("--question", metavar="TEXT", help="A question, answered as at the date.", show_default=False)
]
Topic = Annotated[
    str, typer.Option("--topic", metavar="WORDS", help="Words; the passages about them.", show_default=False)
]
RecordId = Annotated[
    str,
    typer.Option("--record", metavar="ID", help="A stored outcome, as it was shown (record_id).", show_default=False),
]
Day = Annotated[
    str | None,
    typer.Option("--as-at", metavar="DATE", help="The day, such as 2026-03-14 (default: today).", show_default=False),
]
Out = Annotated[Path, typer.Option("--out", metavar="FILE", help="Where to write the file; it must not be there.")]
Group = Annotated[
    list[str] | None,
    typer.Option(
        "--group",
        metavar="GROUP",
        help="Also documents that are only for this group; may be repeated. Without it, those for everybody.",
        show_default=False,
    ),
]
File = Annotated[Path, typer.Argument(metavar="FILE", help="An evidence file.")]
Key = Annotated[
    Path | None,
    typer.Option(
        "--key",
        metavar="PEM",
        help="Public key of whoever should have sealed it (default: that of the data folder, where it has one).",
        show_default=False,
    ),
]
KeyOut = Annotated[
    Path | None, typer.Option("--out", metavar="FILE", help="Write the public key there.", show_default=False)
]


@app.command("make")
def make(
    out: Out,
    question: Question = "",
    topic: Topic = "",
    record: RecordId = "",
    as_at: Day = None,
    group: Group = None,
    data: Data = None,
    settings: SettingsFile = None,
) -> None:
    """Makes an evidence file: outcome, pages with the marked words, documents with their dates and hashes, sealed.

    It opens in any browser without this program (index.html in it). Personal details are removed from the question.

    Examples:

      assistant evidence make --question "How long may an assessment take?" --as-at 2026-03-14 --out evidence.zip

      assistant evidence make --topic "private fostering" --out evidence.zip

      assistant evidence make --record 2deb3bbdf07048eaac42bf519fbf37b5 --out evidence.zip
    """
    from assistant.model.people import AuditLine
    from assistant.operations.evidence.make import make_evidence
    from assistant.operations.evidence.values import EvidenceRequest

    if out.exists():
        raise UsageError(f"{out}: there is such a file. Name one that is not there.")
    if not out.parent.is_dir():
        raise UsageError(f"{out.parent}: no such folder. Make it first.")
    request = EvidenceRequest(question, topic, record, date_of(as_at))
    assert request.kind  # says what is wrong before a model is loaded
    assistant, now = writing_assistant(data, settings), datetime.now(UTC)
    with assistant.opened():
        made = make_evidence(assistant, request, tuple(group or ()), now)
    _write(out, made)
    assistant.access_store.audit(AuditLine(now, BY, "evidence", made.what, tuple(made.editions)))
    _print_made(out, made, assistant)


def _write(out: Path, made: EvidenceFile) -> None:
    from assistant.errors import LibraryError

    try:
        out.write_bytes(made.content)
    except OSError as error:
        raise LibraryError(f"{out}: cannot be written ({error.strerror}). Make room, or name another place.") from error


def _print_made(out: Path, made: EvidenceFile, assistant: Assistant) -> None:
    from assistant.bootstrap.stores import seal_check
    from assistant.operations.evidence.verify import verify

    facts = verify(made.content, seal_check(), assistant.seal_key.fingerprint).facts
    print(f"wrote {out} ({len(made.content) / 1e6:.1f} MB, {len(facts['pages'])} pages)")
    for line in facts["explanation"]:
        print(line)
    print(f"sealed with the key {assistant.seal_key.fingerprint}")


@app.command("verify")
def verify_file(
    file: File, key: Key = None, as_json: AsJson = False, data: Data = None, settings: SettingsFile = None
) -> int:
    """Checks an evidence file: exit code 0 if nothing was changed since it was sealed with the expected key, else 1.

    Every fault is named: a member that was changed, added or is missing, another order, a cut file, another key.

    Examples:

      assistant evidence verify evidence.zip

      assistant evidence verify evidence.zip --key partnership.pem
    """
    from assistant.bootstrap.stores import seal_check
    from assistant.operations.evidence.verify import verify

    expected, whose = _expected(key, data, settings)
    verified = verify(_read(file), seal_check(), expected)
    if as_json:
        faults = [{"kind": each.kind.value, "message": each.words} for each in verified.faults]
        print(
            json.dumps(
                {
                    "is_intact": verified.is_intact,
                    "faults": faults,
                    "key": verified.fingerprint,
                    "is_key_expected": expected is not None and verified.is_intact,
                    "facts": dict(verified.facts),
                },
                ensure_ascii=False,
            )
        )
    else:
        _print_verified(file, verified, whose)
    return 0 if verified.is_intact else 1


def _expected(key: Path | None, data: Path | None, settings: Path | None) -> tuple[str | None, str]:
    """Returns the fingerprint of the key that a file must be sealed with, and whose it is; None for any key."""
    from assistant.bootstrap.stores import Stores, seal_check

    if key is not None:
        found = seal_check().fingerprint(_read(key))
        if found is None:
            raise UsageError(
                f"{key}: this is no Ed25519 public key as PEM. `assistant evidence key --out FILE` writes one."
            )
        return found, str(key)
    stores = Stores(settings_of(data, settings))
    if stores.has_seal_key:
        return stores.seal_key.fingerprint, f"{OWN} {stores.settings.data}"
    return None, ""


def _read(file: Path) -> bytes:
    try:
        if file.stat().st_size > MOST_MB * 1_000_000:
            raise UsageError(f"{file}: larger than {MOST_MB} MB; this is no evidence file of this program.")
        return file.read_bytes()
    except OSError as error:
        raise UsageError(f"{file}: cannot be read ({error.strerror}). Name an evidence file or a key.") from error


def _print_verified(file: Path, verified: Verified, whose: str) -> None:
    from assistant.operations.evidence.verify import FaultKind

    for fault in verified.faults:
        print(f"{fault.kind.value.replace('_', ' ')}: {fault.words}")
    if not verified.is_intact:
        print(f"{file}: NOT as it was sealed", file=sys.stderr)
        if whose.startswith(OWN) and any(each.kind is FaultKind.WRONG_KEY for each in verified.faults):
            print(f"{whose} has another key: give that of whoever made the file with --key", file=sys.stderr)
        return
    facts = verified.facts
    print(f"{file}: as it was sealed; every member, their order and the signature are right")
    print(f"about: {facts['subject']}, {facts['day']} ({facts['kind']}), made {facts['made']['at']}")
    if whose:
        print(f"sealed with the key of {whose}: {verified.fingerprint}")
    else:
        print(f"sealed with the key {verified.fingerprint}: compare it with the fingerprint that its maker gives you")


@app.command("key")
def key(out: KeyOut = None, data: Data = None, settings: SettingsFile = None) -> None:
    """Prints the public key of this data folder and its fingerprint, for those who check its evidence files.

    The key is made once. Its private half stays in the data folder and in backups.

    Examples:

      assistant evidence key

      assistant evidence key --out partnership.pem
    """
    assistant = writing_assistant(data, settings)
    with assistant.opened():
        held = assistant.seal_key
    if out is not None:
        if out.exists():
            raise UsageError(f"{out}: there is such a file. Name one that is not there.")
        out.write_bytes(held.public_pem)
    print(held.public_pem.decode(), end="")
    print(f"fingerprint (sha256): {held.fingerprint}")
