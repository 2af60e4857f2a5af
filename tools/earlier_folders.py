"""Makes the data folders of earlier versions that the tests of upgrades open: ``python tools/earlier_folders.py FOLDER``.

Each version is checked out in a folder of its own and fills a data folder with its own program: it ingests two invented
documents, answers two questions, stores a conversation, feedback, a key, a session, decisions and a scenario, as far as it
can, and makes a backup. ``tests/data/earlier/README.md`` says which commit stands for which schema.
"""

from __future__ import annotations

import json
import lzma
import os
import shutil
import subprocess
import sys
import tarfile
import tempfile
import zipfile
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[1]
VERSIONS = {
    "library-only": "064deac",
    "records-0001": "ed870f5",
    "records-0002": "0ac7d24",
    "records-0003": "86c8c92",
    "records-0004": "c3fd520",
    "records-0005": "b8e92ea",
    "records-0006": "e927fbd",
    "library-0002": "902e22e",
    "records-0007": "2c02702",
    "records-0008": "75dd27a",
}
"""The last commit of each schema, by the name of its fixture."""
QUESTION = "How long may an assessment take?"
FOLLOW_UP = "Who records the reasons for a delay?"
SECRET = "secret-of-a-fixture"  # noqa: S105 - a fixture's, of a key that opens nothing
TOKEN = "token-of-a-fixture"  # noqa: S105 - the same
NOTE = "Section 2 says it more clearly."
GUIDANCE = """# Invented guidance on assessments

Nobody wrote this guidance; it is for tests only.

## 1. Assessment

1.1 An assessment must be completed within 45 working days of the referral.

1.2 If an assessment takes longer, the lead practitioner must record the reasons for the delay.

1.3 The chair of the conference must send the plan to the family within 5 working days.
"""
PROCEDURE = """# Invented local procedure

Nobody wrote this procedure; it is for tests only.

## 2. Assessment

2.1 An assessment should be completed within 45 working days of the referral.

2.2 Staff should tell the family who the lead practitioner is.
"""
CATALOGUE = """[[edition]]
edition_id = "guidance"
work = "guidance"
path = "guidance.md"
title = "Invented guidance on assessments"
kind = "statutory_guidance"

[[edition]]
edition_id = "procedure"
work = "procedure"
path = "procedure.md"
title = "Invented local procedure"
kind = "policy"
"""


def make(target: Path) -> None:
    """Writes one archive for each version to a folder, with what is in it as JSON."""
    facts = {name: _made(name, commit, target) for name, commit in VERSIONS.items()}
    (target / "facts.json").write_text(json.dumps(facts, indent=1) + "\n")


def _made(name: str, commit: str, target: Path) -> dict[str, Any]:
    with tempfile.TemporaryDirectory() as aside:
        checkout, filled = Path(aside, "checkout"), Path(aside, "filled")
        _git("worktree", "add", "--detach", str(checkout), commit)
        try:
            environment = {**os.environ, "PYTHONPATH": str(checkout), "HF_HUB_OFFLINE": "1"}
            command = [sys.executable, str(Path(__file__).resolve()), "fill", str(filled)]
            subprocess.run(command, cwd=checkout, env=environment, check=True)  # noqa: S603 - this program itself
        finally:
            _git("worktree", "remove", "--force", str(checkout))
        facts = json.loads((filled / "facts.json").read_text())
        _pack(filled, target / f"{name}.tar.xz")
    return {"commit": commit, **facts}


def _git(*arguments: str) -> None:
    command = [shutil.which("git") or "git", "-C", str(ROOT), *arguments]
    subprocess.run(command, check=True, capture_output=True)  # noqa: S603 - git, with words of this file


def _pack(filled: Path, archive: Path) -> None:
    """Packs a data folder and its backup; entries of the backup are stored as they are, so that both compress as one."""
    backup = filled / "backup.zip"
    if backup.exists():
        with zipfile.ZipFile(backup) as made, zipfile.ZipFile(filled / "stored.zip", "w") as stored:
            for each in made.infolist():
                stored.writestr(zipfile.ZipInfo(each.filename), made.read(each))
        (filled / "stored.zip").replace(backup)  # the same entries under the same manifest, only not compressed
    preset = lzma.PRESET_EXTREME | 9
    with tarfile.open(archive, "w:xz", preset=preset) as packed:
        for part in ("data", "backup.zip"):
            if (filled / part).exists():
                packed.add(filled / part, part, filter=_anonymous)


def _anonymous(entry: tarfile.TarInfo) -> tarfile.TarInfo | None:
    if entry.name.endswith((".lock", "-shm")) or entry.name.startswith("data/leases/"):
        return None
    entry.uid = entry.gid = 0
    entry.uname = entry.gname = ""
    return entry


def fill(folder: Path) -> None:
    """Fills a data folder with the program of the current folder, and says what is in it."""
    documents, data = folder / "documents", folder / "data"
    write_documents(documents)
    facts: dict[str, Any] = {}
    _command("ingest", str(documents), "--data", str(data))
    if Path("api/app.py").exists():
        _use(data, facts)
    if Path("assistant/cli/backup.py").exists():
        _command("backup", str(folder / "backup.zip"), "--data", str(data))
        facts["backup"] = True
    shutil.rmtree(documents)
    (folder / "facts.json").write_text(json.dumps(facts))


def write_documents(folder: Path) -> None:
    """Writes the two invented documents with their catalogue to a folder, which is made."""
    folder.mkdir(parents=True)
    for name, text in (("guidance.md", GUIDANCE), ("procedure.md", PROCEDURE), ("catalogue.toml", CATALOGUE)):
        (folder / name).write_text(text)


def _command(*arguments: str) -> None:
    from assistant.cli import run

    if run(arguments):
        raise SystemExit(f"assistant {' '.join(arguments)} failed")


def _use(data: Path, facts: dict[str, Any]) -> None:
    """Asks, and stores what this version can store; facts get the ids."""
    from starlette.testclient import TestClient

    from api.app import create_app
    from assistant.bootstrap import Assistant
    from assistant.settings import Settings

    assistant = Assistant(Settings(data=data))
    app = create_app(assistant)
    paths = app.openapi()["paths"]
    with TestClient(app, base_url="http://127.0.0.1") as client:
        _ask(client, facts)
        _give_feedback(client, paths, assistant, facts)
        _decide(client, paths, assistant, facts)
        _save_scenario(client, paths, facts)
    _enter(assistant, facts)


def _posted(client: Any, path: str, **body: Any) -> dict[str, Any]:
    answer = client.post(path, json=body)
    if answer.status_code >= 400:
        raise SystemExit(f"{path}: {answer.status_code} {answer.text}")
    return dict(answer.json())


def _ask(client: Any, facts: dict[str, Any]) -> None:
    conversation = _posted(client, "/v1/conversations")["conversation_id"]
    first = _posted(client, f"/v1/conversations/{conversation}/messages", question=QUESTION)
    _posted(client, f"/v1/conversations/{conversation}/messages", question=FOLLOW_UP)
    facts.update(conversation=conversation, record=first["record_id"], ending=first["outcome"]["outcome"])


def _give_feedback(client: Any, paths: Any, assistant: Any, facts: dict[str, Any]) -> None:
    if "/v1/feedback" in paths:
        _posted(client, "/v1/feedback", record_id=facts["record"], opinion="helpful", note=NOTE)
        return
    from assistant.model.people import Feedback, Opinion

    given = Feedback("feedback-1", facts["record"], None, Opinion("helpful"), NOTE, datetime.now(UTC))
    assistant.records.add_feedback(given, "local")


def _decide(client: Any, paths: Any, assistant: Any, facts: dict[str, Any]) -> None:
    with suppress(ImportError):
        from assistant.model.coverage import CoverageRun, Decision

        if "/v1/coverage/{part}/decisions" in paths:
            finding = client.get("/v1/coverage/duties").json()["rows"][0]["key"]
            _posted(client, "/v1/coverage/duties/decisions", key=finding, state="covered", note=NOTE)
            _posted(client, "/v1/coverage/runs")
            imported = [{"question": "May a school exclude a child in care?"}]
            _posted(client, "/v1/coverage/questions/imports", source="A list", questions=imported)
        else:
            finding = "finding-1"
            now = datetime.now(UTC)
            assistant.coverage_store.decide(Decision("duties", finding, "covered", NOTE, "local", now, "0" * 16))
            assistant.coverage_store.add_run(CoverageRun(now, "fingerprint", {"duties": {"covered": 1}}))
        facts["decision"] = finding


def _save_scenario(client: Any, paths: Any, facts: dict[str, Any]) -> None:
    if "/v1/scenarios/kept" not in paths:
        return
    made = _posted(client, "/v1/scenarios", theme="neglect", agencies=["school"], length="short", seed=471)
    saved = _posted(client, "/v1/scenarios/kept", recipe=made["recipe"])["scenario_id"]
    _posted(client, f"/v1/scenarios/kept/{saved}/feedback", score=4, note=NOTE)
    facts["scenario"] = saved


def _enter(assistant: Any, facts: dict[str, Any]) -> None:
    """Stores a key of a known secret and a session."""
    import hashlib

    from assistant.model.people import ApiKey, Asker, Role, Session

    now = datetime.now(UTC)
    roles = frozenset({Role("practitioner"), Role("policy")})
    assistant.access_store.add_key(
        ApiKey("key-1", "A fixture", roles, ("leads",), now), hashlib.sha256(SECRET.encode()).hexdigest()
    )
    session = Session(Asker("local", "A person", roles), "csrf", now, now + timedelta(hours=10))
    assistant.access_store.add_session(hashlib.sha256(TOKEN.encode()).hexdigest(), session)
    facts["key"] = "key-1"


if __name__ == "__main__":
    if sys.argv[1] == "fill":
        sys.path[0] = str(Path.cwd())
        fill(Path(sys.argv[2]))
    else:
        make(Path(sys.argv[1]))
