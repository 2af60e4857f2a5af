"""The main jobs are done where nothing is installed but what the default installation has."""

from __future__ import annotations

import json
import subprocess
import sys
import textwrap
from pathlib import Path

import pytest

from tests.architecture.rules import HEAVY
from tests.data_folders import INVENTED, ROOT

PROGRAM = r"""
import json, sys
from datetime import date
from pathlib import Path

QUESTIONS = ("Who keeps the kite register?", "Where is the kite register kept?", "What is the training fee?")
HEAVY, DATA, OUT = set(json.loads(sys.argv[1])), sys.argv[2], Path(sys.argv[3])


class Without:  # finds what another finder finds, apart from the packages of extras
    def __init__(self, finder):
        self.finder = finder

    def find_spec(self, name, path=None, target=None):
        return None if name.split(".")[0] in HEAVY else self.finder.find_spec(name, path, target)

    def __getattr__(self, name):
        return getattr(self.finder, name)


sys.meta_path[:] = [Without(each) for each in sys.meta_path]

from assistant.cli import run


def done(*words, code=0):
    returned = run([*words, "--data", DATA])
    assert returned == code, (words, returned)


done("ingest", sys.argv[4])
done("check")
done("ask", "Who keeps the record of the kite register?", code=3)
done("ask", "What is the annual staff bonus of the partnership?", code=3)
csv = OUT / "questions.csv"
csv.write_text("question,asked_on,audience\n" + "".join(f"{each},{date.today()},staff\n" for each in QUESTIONS))
done("coverage", "questions", "--import", str(csv))
done("scenario", "--theme", "neglect", "--agency", "school", "--agency", "health", "--seed", "471", "--out", str(OUT / "s.docx"))
done("backup", str(OUT / "backup.tar"))

from fastapi.testclient import TestClient
from assistant.bootstrap import Assistant
from assistant.cli.serve import application
from assistant.settings import Settings

with TestClient(application(Assistant(Settings(data=DATA)), "127.0.0.1"), base_url="http://127.0.0.1:8000") as client:
    pages = ("/", "/coverage", "/coverage/questions", "/coverage/report.xlsx", "/coverage/report.html", "/scenarios")
    for page in pages:
        assert client.get(page).status_code == 200, page
    assert client.post("/v1/ask", json={"question": "What is the annual budget?"}).status_code == 200

DATA = str(OUT / "restored")
done("restore", str(OUT / "backup.tar"))
done("check")
print("all done", sorted(HEAVY & set(sys.modules)))
"""


def run(*arguments: str, program: str = PROGRAM) -> subprocess.CompletedProcess[str]:
    """Runs a program in which the packages of extras cannot be imported."""
    command = [sys.executable, "-c", textwrap.dedent(program), json.dumps(sorted(HEAVY)), *arguments]
    return subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False, timeout=300)


def test_ingest_ask_coverage_scenarios_pages_and_backup_need_no_extra(tmp_path: Path) -> None:
    done = run(str(tmp_path / "data"), str(tmp_path), str(INVENTED / "invented-local-procedure.md"))
    assert done.returncode == 0, done.stdout + done.stderr
    assert done.stdout.splitlines()[-1] == "all done []"
    assert "kite register" in done.stdout
    assert {each.name for each in tmp_path.iterdir()} >= {"s.docx", "backup.tar", "restored"}


@pytest.mark.parametrize(
    ("extra", "words"),
    [
        ("models", ("ingest", "corpus")),
        ("evals", ("eval", "calibrate")),
    ],
)
def test_what_needs_an_extra_names_it_and_the_command(
    extra: str, words: tuple[str, ...], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    head = PROGRAM[: PROGRAM.index("def done(")]
    if extra == "models":
        monkeypatch.setenv("ASSISTANT_EMBEDDER", "minilm")
        monkeypatch.setenv("ASSISTANT_CACHE", str(tmp_path))
    done = run(str(tmp_path / "data"), str(tmp_path), program=f"{head}\nsys.exit(run([*{words!r}, '--data', DATA]))")
    assert done.returncode == 1, done.stdout
    assert f"needs the extra [{extra}]" in done.stderr
    assert "pip install" in done.stderr
    assert "Traceback" not in done.stderr
