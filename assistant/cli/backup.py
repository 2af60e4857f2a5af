"""``assistant backup`` and ``assistant restore``."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from assistant.cli.options import Data, SettingsFile, assistant_of, settings_of
from assistant.cli.status import library_notes

To = Annotated[Path, typer.Argument(metavar="FILE", help="The file to write.")]
From = Annotated[Path, typer.Argument(metavar="FILE", help="A file that `assistant backup` made.")]
Force = Annotated[
    bool, typer.Option("--force", help="Replace a folder that is not empty; the old one is kept beside the new one.")
]


def backup(file: To, data: Data = None, settings: SettingsFile = None) -> None:
    """Copies the library, its indexes, records, keys and stored files to one file; the server may keep running.

    The file holds questions (masked) and feedback: protect it as you protect the data folder.

    Example:

      assistant backup /srv/backups/policies-2026-03-02.zip
    """
    from assistant.operations.backup import back_up

    assistant = assistant_of(data, settings)
    made = back_up(assistant.copy_data, file)
    print(f"{made.file}: generation {made.generation}, {made.bytes / 1e6:.1f} MB, {made.seconds:.1f} s")


def restore(file: From, force: Force = False, data: Data = None, settings: SettingsFile = None) -> None:
    """Replaces the data folder with a backup, completely or not at all; stop the server on that folder first.

    A backup of an earlier version is accepted; what it needs before questions are answered is said at the end.

    Nobody is signed in afterwards. Keys revoked and records erased since the backup are back: revoke and erase them
    again; `assistant purge` removes what is past its retention.

    Examples:

      assistant restore backup.zip --data /srv/policies

      assistant restore backup.zip --force
    """
    from assistant.bootstrap import Assistant, check_copy
    from assistant.data_folder import keep_private
    from assistant.operations.backup import restore as put_back

    keep_private()
    named = settings_of(data, settings)
    done = put_back(file, named.data, check_copy, is_forced=force)
    made = f"of the backup of {done.created} by version {done.version}"
    print(f"{done.data}: generation {done.generation} {made}, {done.seconds:.1f} s")
    for line in library_notes(Assistant(named)):
        print(f"note: {line}")
    print("Keys revoked and records erased since then are back: revoke and erase them again.")
    if done.before is not None:
        print(f"What was there before is in {done.before}; delete it when you no longer need it.")
