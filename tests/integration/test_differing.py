"""Texts of two editions in force that differ about the same thing are both shown, marked, the higher authority first."""

from __future__ import annotations

from dataclasses import dataclass

import pytest

from api.completions.outcome_text import text_of
from assistant.bootstrap import Assistant
from assistant.cli.render import lines_of
from assistant.model import Answered, Question, Refused
from assistant.outcomes.view import outcome_view
from assistant.settings import Settings
from ingest.build import ingest

DOCUMENTS = {
    "lodgings-guidance": """# Statutory guidance on night stays

## Notifications

The host must tell the placing council about an unexplained absence of a young person from the lodgings within one hour.

## Guests

Young people must not be asked to leave the lodgings at night without the agreement of the placing council.

## Visits

The placing council must visit every lodger in the first week of the stay.
""",
    "vale-policy": """# Vale night stays policy

## What to do

The host must tell the placing council about an unexplained absence of a young person from the lodgings within six hours.

## House rules

Young people may be asked to leave the lodgings at night without the agreement of the placing council.

## Visits

The placing council must visit every lodger in the first week of the stay.
""",
    "bruising-2023": "# Bruising protocol 2023\n\n## Times\n\nA non-mobile baby with a bruise must be seen by a paediatrician "
    "within 24 hours.\n",
    "bruising-2026": "# Bruising protocol 2026\n\n## Times\n\nA non-mobile baby with a bruise must be seen by a paediatrician "
    "within 4 hours.\n",
    "panel-2020": "# Panel terms 2020\n\n## Meetings\n\nThe vulnerability panel meets every 14 days.\n",
    "panel-2025": "# Panel terms 2025\n\n## Meetings\n\nThe vulnerability panel meets once a month.\n",
    "allegations": "# Allegations procedure\n\n## Whom to tell\n\nAn allegation against a member of staff must be reported to the "
    "local authority designated officer.\n\n## Telephone\n\nTo report an allegation ring the designated officer on "
    "01632 960222.\n",
    "club-allegations": "# Club handbook\n\n## Whom to tell\n\nAn allegation against a member of staff must be reported to the "
    "club welfare officer.\n\n## Telephone\n\nTo report an allegation ring the designated officer on 01632 960333.\n",
}
CATALOGUE = """
[[edition]]
edition_id = "lodgings-guidance"
work = "lodgings-guidance"
path = "lodgings-guidance.md"
title = "Statutory guidance on night stays"
kind = "statutory_guidance"
in_force_from = 2024-01-01

[[edition]]
edition_id = "vale-policy"
work = "vale-policy"
path = "vale-policy.md"
title = "Vale night stays policy"
kind = "policy"
in_force_from = 2025-01-01

[[edition]]
edition_id = "panel-2020"
work = "panel"
path = "panel-2020.md"
title = "Panel terms 2020"
kind = "policy"
in_force_from = 2020-01-01

[[edition]]
edition_id = "panel-2025"
work = "panel"
path = "panel-2025.md"
title = "Panel terms 2025"
kind = "policy"
in_force_from = 2025-01-01
supersedes = "panel-2020"
"""


@pytest.fixture(scope="module")
def assistant(tmp_path_factory: pytest.TempPathFactory) -> Assistant:
    folder = tmp_path_factory.mktemp("differing")
    catalogued, loose = folder / "catalogued", folder / "loose"
    for each in (catalogued, loose):
        each.mkdir()
    for name, text in DOCUMENTS.items():
        (catalogued if f"{name}.md" in CATALOGUE else loose).joinpath(f"{name}.md").write_text(text, encoding="utf-8")
    (catalogued / "catalogue.toml").write_text(CATALOGUE, encoding="utf-8")
    made = Assistant(Settings(data=folder / "data"))
    ingest([catalogued, loose], made.library, made.embedder, made.settings, files=made.files)
    return made


@dataclass(frozen=True)
class Case:
    question: str
    kind: str
    first: str
    second: str
    words: tuple[str, str]


CASES = [
    Case(
        "How soon must the host tell the council about an unexplained absence?",
        "time",
        "lodgings-guidance",
        "vale-policy",
        ("one hour", "six hours"),
    ),
    Case(
        "Can a young person be asked to leave the lodgings at night?",
        "negation",
        "lodgings-guidance",
        "vale-policy",
        ("must not be asked", "may be asked"),
    ),
    Case(
        "How soon must a baby with a bruise be seen by a paediatrician?",
        "time",
        "bruising-2023",
        "bruising-2026",
        ("24 hours", "4 hours"),
    ),
    Case(
        "Who must be told about an allegation against a member of staff?",
        "body",
        "allegations",
        "club-allegations",
        ("local authority designated officer", "club welfare officer"),
    ),
    Case(
        "On which telephone number do I ring the designated officer to report an allegation?",
        "contact",
        "allegations",
        "club-allegations",
        ("01632 960222", "01632 960333"),
    ),
]


@pytest.mark.parametrize("case", CASES, ids=lambda case: f"{case.kind}-{case.first}")
def test_texts_that_differ_are_both_shown_and_marked(assistant: Assistant, case: Case) -> None:
    outcome = assistant.ask(Question(case.question))
    assert isinstance(outcome, Answered | Refused)
    shown = outcome.citations if isinstance(outcome, Answered) else outcome.nearest
    cited = {each.number: each for each in shown}
    found = {
        (
            each.kinds,
            frozenset(
                zip(
                    (cited[n].edition.edition_id for n in each.citations), (*each.words, *each.other_words), strict=True
                )
            ),
        )
        for each in outcome.differences
    }
    assert ((case.kind,), frozenset(zip((case.first, case.second), case.words, strict=True))) in found
    noticed = [each.text for each in outcome.notices if each.code == "differs"]
    assert any(all(f"“{words}”" in text for words in case.words) for text in noticed)


def test_the_higher_authority_comes_first_and_is_named(assistant: Assistant) -> None:
    outcome = assistant.ask(Question(CASES[0].question))
    assert isinstance(outcome, Answered)
    assert [each.edition.edition_id for each in outcome.citations][:2] == ["lodgings-guidance", "vale-policy"]
    (text,) = [each.text for each in outcome.notices if each.code == "differs"]
    assert "The higher authority is Statutory guidance on night stays" in text


def test_every_place_that_shows_an_answer_marks_the_difference(assistant: Assistant) -> None:
    outcome = assistant.ask(Question(CASES[0].question))
    assert any("differs from [2]" in line.text for line in lines_of(outcome))
    text = text_of(outcome_view(outcome), "http://localhost")
    assert "differs from [2]" in text
    assert "These differ: “one hour”" in text
    view = outcome_view(outcome).model_dump(mode="json")
    assert view["differences"] == [
        {"kinds": ["time"], "citations": [1, 2], "words": ["one hour"], "other_words": ["six hours"]}
    ]


@pytest.mark.parametrize(
    "question", ["How often does the vulnerability panel meet?", "When must the council visit a lodger?"]
)
def test_a_superseded_edition_and_a_text_that_agrees_differ_from_nothing(assistant: Assistant, question: str) -> None:
    outcome = assistant.ask(Question(question))
    assert isinstance(outcome, Answered | Refused)
    assert outcome.differences == ()
    assert "differs" not in {each.code for each in outcome.notices}
