"""A hyphen at the end of a line goes only where the line broke the word."""

from __future__ import annotations

from collections import Counter

import pytest

from ingest.readers.pdf.line import Line
from ingest.readers.pdf.line_joining import text_of
from ingest.readers.source_map import mapped


@pytest.mark.parametrize(
    ("end", "start", "known", "whole"),
    [
        ("begin enquir-", "ies now", {"enquiries": 1}, "begin enquiries now"),
        ("the secre-", "tary notes", {}, "the secretary notes"),
        ("a neigh-", "bouring home", {}, "a neighbouring home"),
        ("a multi-", "agency plan", {}, "a multi-agency plan"),
        ("a multi-", "agency plan", {"multiagency": 2}, "a multiagency plan"),
        ("about self-", "harm is", {"self-harm": 1, "selfharm": 1}, "about self-harm is"),
        ("for day-to-", "day work", {"today": 4}, "for day-to-day work"),
        ("aged 11-", "15 are", {}, "aged 11-15 are"),
        ("from 10:00–", "12:30 daily", {}, "from 10:00–12:30 daily"),
        ("ring 01632 555-", "0199 for", {}, "ring 01632 555-0199 for"),
        ("reference NW-2031-", "B is", {}, "reference NW-2031-B is"),
        ("Smith-", "Jones wrote", {}, "Smith-Jones wrote"),
        ("https://a.example/child-", "care is", {}, "https://a.example/child-care is"),
        ("begin enquir\u2010", "ies now", {"enquiries": 1}, "begin enquiries now"),
        ("a multi\u2010", "agency plan", {}, "a multi\u2010agency plan"),
        ("the plan -", "and more", {}, "the plan - and more"),
    ],
)
def test_the_end_of_a_line(end: str, start: str, known: dict[str, int], whole: str) -> None:
    first = Line(1, 60.0, 100.0, 12.0, False, mapped(end, 1))
    second = Line(1, 60.0, 80.0, 12.0, False, mapped(start, 1, 40))
    assert text_of([first, second], Counter(known))[0].text == whole
