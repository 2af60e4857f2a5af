"""Words that a document's reader cannot see, or that its author struck out, are no evidence, and are said to be left out."""

import pytest

from ingest.readers import read_file
from ingest.readers.blocks import BlockKind
from tests.planted_unseen import PLANTED, Planted

RUN = 3
"""How many of the unseen words, one after another, are too many to be found in the evidence."""


def collapsed(text: str) -> str:
    return " ".join(text.split())


def runs(phrase: str) -> list[str]:
    """Returns every run of words in the phrase that must not be evidence; a shorter phrase is its own only run."""
    words = phrase.split()
    return [" ".join(words[at : at + RUN]) for at in range(max(1, len(words) - RUN + 1))]


def test_there_are_thirty_documents_and_none_shows_what_it_hides():
    assert len({each.name for each in PLANTED}) == len(PLANTED) == 30
    shown = " ".join(phrase for each in PLANTED for phrase in each.seen)
    assert not [run for each in PLANTED for phrase in each.unseen for run in runs(phrase) if run in shown]


@pytest.mark.parametrize("planted", PLANTED, ids=lambda planted: planted.name)
def test_only_what_the_reader_sees_is_evidence(planted: Planted, tmp_path):
    path = tmp_path / planted.name
    planted.write(path)
    read = read_file(path, 100)
    evidence = collapsed("\n".join(block.text for block in read.blocks if block.kind is not BlockKind.FIGURE))
    assert [phrase for phrase in planted.seen if phrase not in evidence] == []
    assert [run for phrase in planted.unseen for run in runs(phrase) if run in evidence] == []
    if planted.is_listed:
        previews = [collapsed(exclusion.preview) for exclusion in read.exclusions]
        unlisted = [phrase for phrase in planted.unseen if not any(runs(phrase)[0] in preview for preview in previews)]
        assert unlisted == []
