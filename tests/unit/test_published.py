from pathlib import Path

from assistant.cli.published import manual, schema

DOCS = Path(__file__).resolve().parents[2] / "docs"


def test_the_published_manual_is_the_help_of_the_code():
    assert (DOCS / "cli.md").read_text(encoding="utf-8") == manual(), "run `make docs`"


def test_the_published_schema_is_written_by_the_code():
    assert (DOCS / "outcome.schema.json").read_text(encoding="utf-8") == schema(), "run `make schema`"
