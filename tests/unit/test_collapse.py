"""Near-identical passages of different editions are one text only where they do not differ in what they say."""

from __future__ import annotations

from dataclasses import replace

import pytest

from assistant.answering.retrieval.retrieve import collapse
from assistant.model import Edition, EditionId, Form, Hit, Kind, PassageId
from tests.fakes_model import hit
from tests.libraries import document

SHARED = (
    "The host keeps a list of every person who stays in the lodgings and shows it to the council when it is asked for.",
    "The young person is told in writing about the rules of the lodgings before the first night.",
)


def editions(kind: Kind, *names: str) -> dict[EditionId, Edition]:
    made = (document(name, "Text.", kind=kind)[0].edition for name in names)
    return {each.edition_id: replace(each, form=Form.OFFICIAL) for each in made}


def twin(name: str, sentence: str) -> Hit:
    found = hit(name, *SHARED, sentence)
    passage = replace(found.passage, edition_id=EditionId(name), passage_id=PassageId(name))
    return replace(found, passage=passage)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("The host must tell the council within one hour.", "The host must tell the council within six hours."),
        ("The host must tell the council about a guest.", "The host must not tell the council about a guest."),
        ("The host should tell the council about a guest.", "The host must tell the council about a guest."),
        ("Ring the duty team on 01632 960101.", "Ring the duty team on 01632 960102."),
        ("The host may take two lodgers.", "The host may take three lodgers."),
    ],
)
def test_passages_that_differ_are_both_kept(one: str, other: str) -> None:
    hits = collapse([twin("a", one), twin("b", other)], editions(Kind.POLICY, "a", "b"))
    assert [each.rejected for each in hits] == [None, None]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("The host must tell the council within ten days.", "The host must tell the council within 10 days."),
        ("The host must tell the council at once.", "The host must tell the council immediately."),
    ],
)
def test_passages_that_say_the_same_are_one(one: str, other: str) -> None:
    hits = collapse([twin("a", one), twin("b", other)], editions(Kind.POLICY, "a", "b"))
    assert [each.rejected for each in hits] == [None, "near_duplicate"]
