"""What a question waits for at the start: nothing that only reports, scenarios or training need."""

from __future__ import annotations

import subprocess
import sys

HEAVY = {
    "sklearn",
    "scipy",
    "pandas",
    "torch",
    "transformers",
    "sentence_transformers",
    "onnx",
    "langchain",
    "docx",
    "reportlab",
    "openpyxl",
}
PROGRAM = f"""
import sys
from pathlib import Path
from assistant.bootstrap import Assistant
from assistant.model import Question
from assistant.settings import Settings
from ingest.build import ingest

data = Path(sys.argv[1])
assistant = Assistant(Settings(data=data))
policy = data.parent / "policy.md"
policy.write_text("# Policy\\n\\n1.1 The chair must send the minutes within ten working days.\\n")
ingest((policy,), assistant.library, assistant.embedder, assistant.settings)
with assistant.opened() as snapshot:
    assistant.ask_over(Question("Within how many days must the chair send the minutes?"), snapshot)
print(sorted({HEAVY!r} & set(sys.modules)))
"""


def test_ingesting_and_asking_import_nothing_heavy_that_they_do_not_use(tmp_path) -> None:
    done = subprocess.run(
        [sys.executable, "-c", PROGRAM, str(tmp_path / "data")], capture_output=True, text=True, check=True, timeout=300
    )
    assert done.stdout.splitlines()[-1] == "[]"
