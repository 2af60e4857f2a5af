"""Which changes of a source a rule may publish by itself; planted changes, each of one kind."""

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from assistant.coverage.edition_diff.edition_units import EditionUnits, units_of
from assistant.coverage.edition_diff.held_changes import Touched, held_changes
from assistant.model import Edition, EditionId, Kind
from assistant.settings import Settings
from ingest.publish.intake import document_of
from ingest.readers.html import read_html
from tests.fakes import FakeEmbedder

EDITION = Edition(EditionId("manual-2026"), "manual", "Manual", Kind.POLICY)
PAGE = """<!doctype html><html><head><title>Manual</title></head><body><main>
<h1>Manual</h1>
<p>This manual was written in plain language. It is easy to read aloud. A glossary closes the manual.</p>
<p>The pictures show a calm room. The colours of the pages follow the chapters. The index follows the alphabet.</p>
<h2>1. Referrals</h2>
<p>Staff must refer a concern within 24 hours. The referral is not delayed. Tell the parents before the referral.</p>
<p>If a child is missing, the police are told. Neglect means a persistent failure to meet basic needs.</p>
<p>The duty line is 01632 960123 and the form is at <a href="https://www.example.org/form">the portal</a>.</p>
<p>The deputy signs the form with the headteacher. Records are kept for 10 years. The panel sits on Monday.</p>
<h2>2. Signs</h2>
<p>The signs are:</p>
<ul><li>bruises</li><li>hunger</li><li>fear</li></ul>
<table><tr><th>Level</th><th>Meaning</th></tr><tr><td>Green</td><td>Universal help</td></tr>
<tr><td>Red</td><td>Specialist help</td></tr></table>
</main></body></html>"""


def read(page: str, folder: Path, edition: Edition = EDITION) -> EditionUnits:
    path = folder / "page.html"
    path.write_text(page, encoding="utf-8")
    return units_of(document_of(edition, read_html(path), FakeEmbedder(), Settings()))


@pytest.fixture(scope="module")
def old(tmp_path_factory: pytest.TempPathFactory) -> EditionUnits:
    return read(PAGE, tmp_path_factory.mktemp("old"))


def touched(old: EditionUnits, folder: Path, *changes: tuple[str, str]) -> set[Touched]:
    page = PAGE
    for before, after in changes:
        assert before in page, before
        page = page.replace(before, after)
    return {each.touched for each in held_changes(old, read(page, folder))}


PUBLISHED = [
    ("plain language.", "plain  language ."[:15] + "."),
    ("plain language", "plain\n   language"),
    ("The pictures show a calm room.", "The pictures show a quiet room."),
    ("It is easy to read aloud.", "It is pleasant to read aloud."),
    ("A glossary closes the manual.", "A short glossary closes the manual."),
    ("The index follows the alphabet.", "The index keeps to the alphabet."),
    ("<p>The pictures", "<p class='intro'>The pictures"),
    ("calm room", "calm<b> room</b>"),
]
"""Typography, mark-up, spelling, and prose that lays nothing down."""


@pytest.mark.parametrize(("before", "after"), PUBLISHED)
def test_a_change_that_touches_nothing_is_published_by_itself(old, tmp_path, before, after):
    assert touched(old, tmp_path, (before, after)) == set()


def test_typography_is_no_change_even_where_a_duty_stands(old, tmp_path):
    changes = [
        ("within 24 hours", "within\u00a024 hours"),
        ("Staff must refer", "Staff must  refer"),
        ("persistent failure", "persis\u00adtent failure"),
        ("basic needs", "basic\nneeds"),
    ]
    assert touched(old, tmp_path, *changes) == set()


HELD = [
    ("must refer", "should refer", Touched.DUTY),
    ("must refer", "refer", Touched.DUTY),
    ("must refer", "must quickly refer", Touched.DUTY),
    ("It is easy to read aloud.", "It must be read aloud.", Touched.DUTY),
    ("It is easy to read aloud.", "It can be read aloud.", Touched.DUTY),
    ("It is easy to read aloud.", "It is required reading.", Touched.DUTY),
    ("Records are kept", "Records are stored", Touched.DUTY),
    ("The index follows the alphabet.", "The index is locked away.", Touched.DUTY),
    ("The index follows the alphabet.", "Staff keep the index.", Touched.ACTOR),
    ("Tell the parents", "Inform the parents", Touched.DUTY),
    ("It is easy to read aloud.", "Keep it near the desk.", Touched.DUTY),
    ("Staff must refer a concern within 24 hours. ", "", Touched.DUTY),
    ("is not delayed", "is delayed", Touched.NEGATION),
    ("It is easy to read aloud.", "It is not easy to read aloud.", Touched.NEGATION),
    ("It is easy to read aloud.", "It is easy to read aloud, without pictures.", Touched.NEGATION),
    ("a calm room", "a calm room, except the cover", Touched.NEGATION),
    ("within 24 hours", "within 48 hours", Touched.NUMBER),
    ("within 24 hours", "within two days", Touched.TIME),
    ("for 10 years", "for ten years", Touched.NUMBER),
    ("for 10 years", "for 25 years", Touched.TIME),
    ("The pictures show", "Three pictures show", Touched.NUMBER),
    ("a calm room", "a pair of calm rooms", Touched.NUMBER),
    ("on Monday", "on Friday", Touched.TIME),
    ("A glossary closes the manual.", "A glossary closes the manual each week.", Touched.TIME),
    ("A glossary closes the manual.", "A glossary of May closes the manual.", Touched.DUTY),
    ("A glossary closes the manual.", "A glossary of June closes the manual.", Touched.TIME),
    ("01632 960123", "01632 960124", Touched.CONTACT),
    ("A glossary closes the manual.", "A glossary is at help@example.org here.", Touched.CONTACT),
    ("https://www.example.org/form", "https://www.example.org/other", Touched.LINK),
    ("1. Referrals", "1. Enquiries", Touched.HEADING),
    ("<h2>2. Signs</h2>", "", Touched.HEADING),
    ("<h2>2. Signs</h2>", "<p>2. Signs</p>", Touched.HEADING),
    ("<li>hunger</li>", "", Touched.LIST),
    ("<li>hunger</li>", "<li>hunger</li><li>silence</li>", Touched.LIST),
    ("<li>hunger</li>", "<li>thirst</li>", Touched.LIST),
    ("Specialist help", "Targeted help", Touched.TABLE),
    ("<tr><td>Red</td><td>Specialist help</td></tr>", "", Touched.TABLE),
    ("<th>Meaning</th>", "<th>Answer</th>", Touched.TABLE),
    ("If a child is missing", "Where a child is missing", Touched.CONDITION),
    ("a calm room", "a calm room only", Touched.CONDITION),
    ("persistent failure", "failure", Touched.DEFINITION),
    ("with the headteacher", "with the social worker", Touched.ACTOR),
    ("The pictures show a calm room.", "The pictures show a calm child.", Touched.ACTOR),
    ("The pictures show a calm room.", "The nurse shows a calm room.", Touched.ACTOR),
    ("before the referral", "after the referral", Touched.MEANING),
    ("show a calm room", "often show a calm room", Touched.MEANING),
    ("The colours of the pages", "All colours of the pages", Touched.MEANING),
    ("calm room.", "calm or bright room.", Touched.MEANING),
    ("The colours of the pages follow the chapters.", "The chapters follow the colours of the pages.", Touched.MEANING),
]


@pytest.mark.parametrize(("before", "after", "what"), HELD)
def test_a_change_that_touches_something_is_held(old, tmp_path, before, after, what):
    assert what in touched(old, tmp_path, (before, after))


def test_a_footnote_is_always_read(tmp_path):
    page = PAGE.replace(
        "</main>",
        '<p>The rooms<sup><a href="#n1">1</a></sup> are calm.</p><p id="n1">1 Rooms with {} colours.</p></main>',
    )
    before, after = (read(page.format(word), tmp_path) for word in ("soft", "pale"))
    assert {each.touched for each in held_changes(before, after)} != set()


@pytest.mark.parametrize(
    "page",
    [
        "<html><body><main><h1>Sign in</h1><p>Enter your password.</p></main></body></html>",
        "<html><body><main><p>This domain is parked.</p></main></body></html>",
        PAGE.split("<h2>")[0] + "</main></body></html>",
    ],
)
def test_a_page_that_lost_its_content_is_held(old, tmp_path, page):
    assert Touched.HEADING in {each.touched for each in held_changes(old, read(page, tmp_path))}


def test_much_harmless_text_is_read_too(tmp_path):
    sentences = "alpha beta gamma delta epsilon zeta".split()
    pages = [
        "<html><body><main><h1>Manual</h1>"
        + "".join(f"<p>The {each} picture looks {look}.</p>" for each in sentences)
        + "</main></body></html>"
        for look in ("calm", "quiet")
    ]
    before, after = (read(each, tmp_path) for each in pages)
    assert Touched.AMOUNT in {each.touched for each in held_changes(before, after)}


@pytest.mark.parametrize(
    "changed",
    [
        {"in_force_from": date(2027, 1, 1)},
        {"title": "Manual 2027"},
        {"kind": Kind.STATUTORY_GUIDANCE},
        {"groups": ("leads",)},
        {"licence": "All rights reserved"},
    ],
)
def test_other_details_of_the_document_are_held(old, changed):
    assert [each.touched for each in held_changes(old, replace(old, edition=replace(EDITION, **changed)))] == [
        Touched.DETAILS
    ]


def test_the_day_of_publication_and_the_file_follow_from_a_change_and_hold_nothing(old):
    edition = replace(EDITION, published=date(2026, 5, 1), sha256="0" * 64, source_url="https://www.example.org/")
    assert held_changes(old, replace(old, edition=edition)) == ()


def test_a_reason_shows_the_words_before_and_after(old, tmp_path):
    (held,) = [
        each
        for each in held_changes(old, read(PAGE.replace("24 hours", "48 hours"), tmp_path))
        if each.touched is Touched.NUMBER
    ]
    assert "24 hours" in held.before
    assert "48 hours" in held.after
