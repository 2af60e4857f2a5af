"""Versions that decide what is read, cut and embedded again follow from the code, or from what it makes."""

import hashlib
from pathlib import Path

import pytest

from assistant.model import CUT_VERSION, Edition, EditionId, Kind
from assistant.settings import Settings
from ingest.build import document_of
from ingest.publish import intake
from ingest.publish.intake import recipe_of
from ingest.readers import read_file
from tests.fakes import FakeEmbedder

ROOT = Path(__file__).parents[2]
FILES = tuple(sorted((ROOT / "tests" / "data").glob("*.md")))
PASSAGES = {"cut-1": "c97a46194f218592", "cut-2": "a670ca0a1b44af6a"}
"""What each version of the cut makes of the invented documents of the tests, as a digest."""


def passages() -> str:
    embedder, settings = FakeEmbedder(), Settings()
    whole = hashlib.sha256()
    for file in FILES:
        edition = Edition(EditionId(file.stem), file.stem, file.stem, Kind.GUIDANCE)
        for passage in document_of(edition, read_file(file, 100), embedder, settings).passages:
            sentences = [(each.span, each.kind, each.lead_ins) for each in passage.sentences]
            whole.update(repr((passage.span, passage.headings, passage.label, sentences)).encode())
            whole.update(passage.embed_text.encode())
    return whole.hexdigest()[:16]


def test_passages_change_only_with_the_version_of_the_cut():
    assert len(FILES) == 2
    assert PASSAGES[CUT_VERSION] == passages(), (
        "Passages are cut otherwise: a library that was built before would mix both. Raise CUT_VERSION in "
        "assistant/model/library.py and add the digest of the new version here."
    )


def test_another_code_of_reading_means_that_every_file_is_read_again(monkeypatch):
    edition = Edition(EditionId("a"), "a", "A", Kind.POLICY)
    resources = intake.IngestResources(lambda path: pytest.fail("read"), FakeEmbedder(), Settings())
    before = recipe_of(edition, resources)
    assert before == recipe_of(edition, resources)
    monkeypatch.setattr(intake, "reading_digest", lambda: "another")
    assert recipe_of(edition, resources) != before
