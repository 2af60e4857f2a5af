"""``assistant rebuild``."""

from __future__ import annotations

from typing import Annotated

import typer

from assistant.cli.ingest import ask_again, print_work
from assistant.cli.options import Data, SettingsFile, assistant_of
from assistant.cli.printing import counted
from assistant.cli.progress import progress_bars
from assistant.cli.readings import print_readings
from assistant.errors import LibraryEmpty

KeepGoing = Annotated[
    bool, typer.Option("--keep-going", help="Leave out documents that cannot be read, and list them.")
]


def rebuild(keep_going: KeepGoing = False, data: Data = None, settings: SettingsFile = None) -> int:
    """Builds the library again from the copies in the data folder; the folder of documents is not needed.

    Run it after a change of the settings embedder or passage_tokens, after an upgrade that reads or cuts files otherwise,
    or where `assistant check` names it. `assistant ingest FOLDER` does the same while the folder is still there, and also
    takes in what changed in it.

    Metadata, groups, dates, decisions and questions stay as they are. Questions are answered from the old library until
    the new one is complete; a rebuild that was stopped goes on where it ended. A server that runs with the old settings
    has to be started again afterwards.

    With --keep-going, a document that cannot be read leaves the answers where the library does not fit the settings any
    more; the copy of its file stays until the next ingest.

    Examples:

      assistant rebuild

      assistant rebuild --data /srv/policies --settings new.toml
    """
    from ingest.rebuild import rebuild as rebuild_library

    with progress_bars() as tell:
        assistant = assistant_of(data, settings, tell)
        folder = assistant.settings.data
        if not folder.is_dir():
            raise LibraryEmpty(f"{folder}: no such data folder. Name another with --data.")
        report = rebuild_library(
            assistant.library, assistant.embedder, assistant.settings, assistant.files,
            keep_going=keep_going, progress=tell, telemetry=assistant.telemetry,
        )  # fmt: skip
    print(f"rebuilt: {counted(len(report.changed), 'edition')}")
    for edition_id in report.removed:
        print(f"left out: {edition_id}")
    print_readings(report.readings)
    print_work(report)
    ask_again(assistant)
    return 1 if report.failed else 0
