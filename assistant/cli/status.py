"""``assistant status`` and ``assistant check``."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from assistant.cli.options import AsJson, Data, SettingsFile, assistant_of
from assistant.cli.printing import counted
from assistant.data_folder import open_faults
from assistant.errors import LibraryEmpty, LibraryError
from assistant.operations.default_contacts import default_contact_warnings
from assistant.ports import is_left_over

if TYPE_CHECKING:
    from assistant.bootstrap import Assistant
    from assistant.ports import Snapshot

ROWS = ("data", "generation", "editions", "passages", "embedder", "fingerprint")


def status(as_json: AsJson = False, data: Data = None, settings: SettingsFile = None) -> int:
    """Shows the library, its index, the calibration in force, and what needs attention.

    Examples:

      assistant status

      assistant status --data /srv/policies --json
    """
    assistant = assistant_of(data, settings)
    facts = _facts(assistant)
    if as_json:
        print(json.dumps(facts, ensure_ascii=False, indent=2))
        return 0
    for key in ROWS:
        print(f"{key}: {facts[key] if facts[key] is not None else 'none'}")
    for kind, count in facts["kinds"].items():
        print(f"  {count} {kind.replace('_', ' ')}")
    print(f"calibration: {_calibration_line(facts['calibration'])}")
    print(f"second judge: {facts['second_judge']}")
    print(f"cards: {_door_line(facts['door'])}")
    for row in facts["webhooks"]:
        print(
            f"webhook {row['name']}: {row['waiting']} waiting, {row['delivered']} delivered, {row['failed']} given up"
        )
    for line in facts["warnings"]:
        print(f"note: {line}")
    return 0


def _facts(assistant: Assistant) -> dict[str, Any]:
    from assistant.cli.webhooks import webhook_facts

    calibration = assistant.calibration
    shown = calibration.model_dump(mode="json", exclude={"sentence", "question", "curve", "version"})
    library = _library_facts(assistant)
    return {
        "data": str(assistant.settings.data),
        **library,
        "warnings": [*library["warnings"], *default_contact_warnings(assistant.settings), *_source_warnings(assistant)],
        "embedder": assistant.embedder.fingerprint,
        "calibration": shown,
        "second_judge": second_judge_line(assistant),
        "webhooks": webhook_facts(assistant),
        "door": {key: value for key, value in assistant.door.card.items() if key != "measured"},
    }


def second_judge_line(assistant: Assistant) -> str:
    """Returns which language model also judges whether the documents answer, what it may do, and what leaves the machine."""
    from assistant.answering.answerability.opinions import may_answer

    judge, setting = assistant.second_judge, assistant.settings.language_model
    if judge is None or setting is None:
        return "none"
    does = "may reject and find answers" if may_answer(assistant.calibration, judge) else "may only reject answers"
    where = setting.address or f"the server of {setting.provider}"
    leaves = (
        "nothing leaves this machine"
        if setting.is_local
        else "every masked question and its first passages leave this machine"
    )
    return f"{judge.name} at {where}, {does}; {leaves}"


def _source_warnings(assistant: Assistant) -> tuple[str, ...]:
    from assistant.operations.source_warnings import source_warnings

    if not assistant.has_records:
        return ()
    return source_warnings(assistant.source_store, assistant.settings.sources.tell_after_days, datetime.now(UTC))


def _library_facts(assistant: Assistant) -> dict[str, Any]:
    from assistant.operations.status import status_of

    try:
        with assistant.opened() as snapshot:
            library, earlier = status_of(snapshot, assistant.resources), _earlier_reading(snapshot, assistant)
    except LibraryEmpty as error:
        empty: dict[str, Any] = {"generation": None, "fingerprint": None, "editions": 0, "passages": 0, "kinds": {}}
        return {**empty, "known": [], "past_review": [], "superseded": [], "warnings": [str(error)]}
    return {
        "generation": library.generation.number,
        "fingerprint": library.fingerprint,
        "editions": library.generation.edition_count,
        "passages": library.generation.passage_count,
        "kinds": {kind.value: count for kind, count in library.kinds},
        "known": list(library.known),
        "past_review": list(library.past_review),
        "superseded": list(library.superseded),
        "warnings": [*library.warnings, *earlier],
    }


def library_notes(assistant: Assistant) -> tuple[str, ...]:
    """Returns why no question can be answered from the library now, with the fix; () where it can."""
    try:
        with assistant.opened():
            return ()
    except LibraryError as error:
        return (str(error),)


def _earlier_reading(snapshot: Snapshot, assistant: Assistant) -> tuple[str, ...]:
    """Returns what is to be said of documents that another version of the program has read; () where there are none."""
    from ingest.publish.earlier_reading import read_by_another_version

    earlier = read_by_another_version(snapshot, assistant.embedder, assistant.settings)
    if not earlier:
        return ()
    were = "document was" if len(earlier) == 1 else "documents were"
    return (
        f"{len(earlier)} {were} read by another version of the program; `assistant rebuild` reads as this one does.",
    )


def _calibration_line(facts: dict[str, Any]) -> str:
    if facts["threshold"] is None:
        return "no threshold met the risk, so every question is refused"
    return (
        f"threshold {facts['threshold']:.3f}, at most {facts['risk']:.0%} of unanswerable questions answered "
        f"({facts['confidence']:.0%} confidence, {facts['set_size']} questions, set {facts['date']})"
    )


def _door_line(facts: dict[str, Any]) -> str:
    bounds = facts["bounds"]
    return (
        f"at most {bounds['act_now_without_its_card']:.0%} of messages about danger now without that card and "
        f"{bounds['without_any_card']:.0%} of those to act on without any ({bounds['confidence']:.0%} confidence, on writers "
        f"the classifier had not seen, {facts['name']} of {facts['date']})"
    )


def check(data: Data = None, settings: SettingsFile = None) -> int:
    """Checks that the library is whole and its files are for their owner alone.

    That is, that rows, vectors and indexes belong together. Exits 1 with one line per fault. What a killed ingest
    left is a note: the next ingest uses or removes it.

    A library that was built with another embedder, length of passages or version is told first, with the command that
    builds it again; its vectors are then not looked at.

    Example:

      assistant check
    """
    assistant = assistant_of(data, settings)
    if not assistant.settings.data.is_dir():
        raise LibraryEmpty(f"{assistant.settings.data}: no such data folder. Name another with --data.")
    lines = assistant.library.check()
    broken, open_files = [line for line in lines if not is_left_over(line)], open_faults(assistant.settings.data)
    for line in (*(f"note: {each}" for each in lines if is_left_over(each)), *open_files, *broken):
        print(line)
    fix = "`assistant rebuild` repairs what can be repaired"
    print(f"{counted(len(broken), 'fault')}; {fix}" if broken else "the library is whole")
    return 1 if broken or open_files else 0
