"""A title that a program made up is no title of a document."""

from __future__ import annotations

import pytest

from ingest.readers.titles import is_made_up, title_of

MADE_UP = [
    "Microsoft Word - trafficking procedure v3 FINAL (2).docx", "Untitled", "untitled 2", "PowerPoint Presentation", "Document",
    "Document1", "Word Document", "New Microsoft Word Document", "plan.doc", "policy_v3_final", "Title", "[Document title]",
    "Policy template", "Letter Template (2)", "Normal.dotm", "Slide 1", "https://elmshire.example/a", "C:\\Users\\plan", "index",
    "Home page", "Presentation1", "1.2", "Title of the policy", "Microsoft PowerPoint - briefing",
]  # fmt: skip


@pytest.mark.parametrize("title", MADE_UP)
def test_titles_that_programs_make_up(title: str) -> None:
    assert is_made_up(title)
    assert title_of(title, ["Gangs protocol"]) == "Gangs protocol"
    assert title_of(title, []) is None


@pytest.mark.parametrize(
    "title",
    ["Trafficking procedure", "Working Together 2023", "Document retention policy", "Home education", "Page turners"],
)
def test_titles_that_people_give_are_kept(title: str) -> None:
    assert not is_made_up(title)
    assert title_of(title, ["Contents"]) == title


@pytest.mark.parametrize(
    ("said", "cover", "title"),
    [
        ("Home education: guide - GOV.UK", ["Home education: guide"], "Home education: guide"),
        ("Bruising in babies | Vale Partnership", ["Bruising in babies who are not mobile"], "Bruising in babies who are not mobile"),
        ("Neglect - a toolkit", ["Contents"], "Neglect - a toolkit"),
        (None, ["", "Scope"], "Scope"),
        (" ", [], None),
    ],
)  # fmt: skip
def test_the_name_of_the_site_gives_way_to_the_heading(said: str | None, cover: list[str], title: str | None) -> None:
    assert title_of(said, cover) == title
