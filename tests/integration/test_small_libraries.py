"""Small invented libraries asked with the packaged models: lists, headings with a not, areas, and what is not mentioned."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import ExitStack

import pytest

from api.completions.outcome_text import text_of
from assistant.bootstrap import Assistant
from assistant.cli.printing import WIDTH, rows
from assistant.cli.render import lines_of
from assistant.model import Answered, Outcome, Question, Reason, Refused
from assistant.outcomes.view import outcome_view
from assistant.settings import Settings
from ingest.build import ingest

GATEWAY = """# Gateway decisions

## Grounds for the panel

A case may be brought to the panel if:

- the plan has failed twice
- the parents have refused a visit, or
- a worker has been threatened

## Steps after a refusal

After a refusal the worker must:

1. write to the parents
2. ask the school to
   - report absences
   - keep a chronology

## Do not

Visits to a refused home are made alone after dark.
"""
LODGINGS = """# Supported lodgings handbook

## Hosts

Hosts are approved by the lodgings panel. A host must have a spare room before a young person moves in.

## Visits

The support worker must visit every two weeks.

## Money

The young person pays a service charge of ten pounds a week.
"""
BUDDY = """# Buddy reading project

## Volunteers

Every volunteer needs two references before the first session. Volunteers read with one pupil at a time, in the library.

## Worries

If a pupil says something that worries a volunteer, the volunteer tells the designated lead before leaving the building.
"""
MINIBUS = """# Minibus rules

## Drivers

Drivers must be over 25. A second adult travels on every trip with children under eight.

## Checks

The driver checks tyres and lights before each journey and signs the log book.
"""
NORTH = """# Contacts

## Referrals

To make a referral, ring the safeguarding hub on 01632 960111 or e-mail hub@northshire.example.
"""
ALDMOOR = """# Who to ring

## Referrals

Referrals are taken by the front door on 01632 970111.

## Private fostering

Notify the private fostering team at 3 Castle Road, Aldmoor, at least six weeks before the arrangement begins.
"""
CATALOGUE = """
[[edition]]
edition_id = "north"
work = "north"
path = "north.md"
title = "Contacts"
kind = "policy"
publisher = "Northshire Safeguarding Children Partnership"

[[edition]]
edition_id = "aldmoor"
work = "aldmoor"
path = "aldmoor.md"
title = "Who to ring"
kind = "policy"
area = "Aldmoor"
"""
Ask = Callable[..., Outcome]
LIBRARIES = {
    "gateway": {"gateway.md": GATEWAY},
    "lodgings": {"lodgings.md": LODGINGS},
    "buddy": {"buddy.md": BUDDY},
    "minibus": {"minibus.md": MINIBUS},
    "areas": {"north.md": NORTH, "aldmoor.md": ALDMOOR, "catalogue.toml": CATALOGUE},
}


@pytest.fixture(scope="module")
def ask(tmp_path_factory: pytest.TempPathFactory) -> Ask:
    """Returns a function that asks one of the libraries, filled when it is first asked."""
    opened: dict[str, Assistant] = {}

    def asked(name: str, question: str, *area: str) -> Outcome:
        if name not in opened:
            folder = tmp_path_factory.mktemp(name)
            (folder / "documents").mkdir()
            for file, text in LIBRARIES[name].items():
                (folder / "documents" / file).write_text(text, encoding="utf-8")
            filled = Assistant(Settings(data=folder / "data"))
            ingest((folder / "documents",), filled.library, filled.embedder, filled.settings, files=filled.files)
            opened[name] = filled
        assistant = opened[name]
        if area:
            assistant = Assistant(Settings(data=assistant.settings.data, area=area))
        with ExitStack() as stack:
            return assistant.ask_over(Question(question), stack.enter_context(assistant.opened()))

    return asked


def printed(outcome: Outcome) -> str:
    return "\n".join(row.strip() for line in lines_of(outcome) for row in rows(line, WIDTH))


def test_lists_keep_their_lines_on_the_command_line_and_the_chat_route(ask: Ask) -> None:
    steps = ask("gateway", "What must the worker do after a refusal?")
    assert "1. write to the parents\n2. ask the school to\n- report absences\n- keep a chronology" in printed(steps)
    chat = text_of(outcome_view(steps), "http://host")
    assert "1. write to the parents\n2. ask the school to\n   - report absences" in chat
    assert chat.index("**Gateway decisions > Steps after a refusal**") < chat.index("“After a refusal")
    grounds = printed(ask("gateway", "When may a case be brought to the panel?"))
    assert "- the parents have refused a visit, or\n- a worker has been threatened" in grounds


def test_a_quote_under_do_not_says_so_before_it(ask: Ask) -> None:
    found = ask("gateway", "Are visits to a refused home made alone after dark?")
    shown = printed(found)
    assert shown.index("Under the heading “Do not”:") < shown.index("“Visits to a refused home")


@pytest.mark.parametrize(("library", "question", "missing"), [
    ("lodgings", "Who chairs the lodgings panel?", "do not mention “chairs”"),
    ("lodgings", "How much is a host paid each week?", "“host” together with “paid”"),
    ("lodgings", "Who signs the placement agreement?", "“signs”, “placement” or “agreement”"),
    ("lodgings", "What happens if a host is arrested?", "do not mention “arrested”"),
    ("lodgings", "At what age may a young person move in?", "do not mention “age”"),
    ("buddy", "What do volunteers get paid?", "do not mention “paid”"),
    ("buddy", "May a volunteer drive a pupil home?", "do not mention “drive” or “home”"),
    ("minibus", "How is a driver disciplined?", "do not mention “disciplined”"),
    ("minibus", "What is the speed limit for the minibus?", "do not mention “speed”"),
])  # fmt: skip
def test_what_a_small_library_does_not_answer_is_refused_with_what_it_does_not_mention(
    ask: Ask, library: str, question: str, missing: str
) -> None:
    refused = ask(library, question)
    assert isinstance(refused, Refused)
    assert refused.reason is Reason.NOT_ANSWERED_HERE
    assert missing in refused.message
    assert refused.nearest


@pytest.mark.parametrize(("library", "question", "words"), [
    ("lodgings", "How often must the support worker visit?", "every two weeks"),
    ("buddy", "How many references does a volunteer need?", "two references"),
    ("minibus", "How old must drivers be?", "over 25"),
])  # fmt: skip
def test_what_it_answers_is_answered(ask: Ask, library: str, question: str, words: str) -> None:
    answered = ask(library, question)
    assert isinstance(answered, Answered)
    assert words in answered.statements[0].text


@pytest.mark.parametrize(("question", "area", "said"), [
    ("Private fostering team address in Northshire?", (), "This contact is Aldmoor's (Who to ring), not Northshire's."),
    ("Private fostering team address", (), "This contact is Aldmoor's (Who to ring)."),
    ("Private fostering team address", ("Northshire",), "This contact is Aldmoor's (Who to ring), not Northshire's."),
    ("Private fostering team address in Aldmoor", ("Northshire",), ""),
    ("Private fostering team address", ("Aldmoor",), ""),
    ("Private fostering team address in Westmarch?", (), "This contact is Aldmoor's (Who to ring), not Westmarch's."),
])  # fmt: skip
def test_another_areas_contact_says_whose_it_is_at_the_statement(
    ask: Ask, question: str, area: tuple[str, ...], said: str
) -> None:
    found = ask("areas", question, *area)
    assert isinstance(found, Answered | Refused)
    quoted = found.citations if isinstance(found, Answered) else found.nearest
    (number,) = (each.number for each in quoted if "Castle Road" in each.quote)
    notices = [each.text for each in found.notices if each.code == "other_area" and each.citation == number]
    assert notices == ([said] if said else [])
    if said:
        shown = " ".join(printed(found).split())
        assert shown.index("3 Castle Road") < shown.index(said)
        assert said in text_of(outcome_view(found), "http://host")


def test_documents_of_the_area_come_first(ask: Ask) -> None:
    for area, number in (("Northshire", "960111"), ("Aldmoor", "970111")):
        for found in (ask("areas", f"referral number in {area}"), ask("areas", "referral number", area)):
            assert isinstance(found, Answered | Refused)
            quoted = found.citations if isinstance(found, Answered) else found.nearest
            assert number in quoted[0].quote
