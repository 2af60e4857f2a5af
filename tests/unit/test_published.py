from pathlib import Path

from assistant.cli.published import manual, schema
from assistant.settings import Settings
from assistant.settings.table import settings_page

DOCS = Path(__file__).resolve().parents[2] / "docs"


def test_the_published_manual_is_the_help_of_the_code():
    assert (DOCS / "cli.md").read_text(encoding="utf-8") == manual(), "run `make docs`"


def test_the_published_schema_is_written_by_the_code():
    assert (DOCS / "outcome.schema.json").read_text(encoding="utf-8") == schema(), "run `make schema`"


def test_the_table_of_settings_is_that_of_the_code_and_explains_each():
    page = settings_page()
    assert (DOCS / "settings.md").read_text(encoding="utf-8") == page, "run `make docs`"
    rows = [line.split(" | ") for line in page.splitlines() if line.startswith("| `")]
    assert not [row[0] for row in rows if len(row[-1].strip("| ")) < 10]
    assert {row[0].strip("| `") for row in rows} >= set(Settings.model_fields)
