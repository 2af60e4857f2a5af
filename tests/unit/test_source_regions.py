"""The main part of a web page is found on the layouts of manuals: no duty sentence is lost, no furniture is kept."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from itertools import count

import pytest

from ingest.readers.html import blocks_of_html

WHO = ("named doctor", "head teacher", "designated officer", "lead nurse", "registrar", "social worker")
SIX = range(6)


class Layouts:
    """Pages with planted duties in their main part and newsletters around it."""

    def __init__(self) -> None:
        self._number = count(1)
        self.duties: list[str] = []
        self.notes: list[str] = []

    def duty(self) -> str:
        number = next(self._number)
        self.duties.append(
            f"The {WHO[number % 6]} must send form {number} to the partnership within {number % 9 + 2} days."
        )
        return self.duties[-1]

    def note(self) -> str:
        self.notes.append(f"Read more in newsletter number {next(self._number)} and at our events.")
        return self.notes[-1]

    def many(self, before: str, after: str, times: int = 6) -> str:
        return "".join(f"{before}{self.duty()}{after}" for _ in range(times))

    def mains(self) -> Iterator[tuple[str, str]]:
        yield "paragraphs", f"<main><h1>T</h1>{self.many('<p>', '</p>')}</main>"
        inner = "".join(f"<li>{self.duty()}<ul><li>{self.duty()}</li></ul></li>" for _ in range(3))
        yield "nested lists", f"<main><h1>T</h1><p>Each agency:</p><ul>{inner}</ul></main>"
        rows = "".join(f"<tr><td>{WHO[at]}</td><td>0123 456{at}</td><td>{self.duty()}</td></tr>" for at in SIX)
        yield (
            "contacts table",
            f"<main><h1>T</h1><table><tr><th>Who</th><th>Call</th><th>What</th></tr>{rows}</table></main>",
        )
        parts = self.many("<details><summary>Part</summary><p>", "</p></details>")
        yield "accordion", f"<main><h1>T</h1>{parts}</main>"
        head = "<div class='accordion__section'><h2><button aria-expanded='false'>Part</button></h2><div><p>"
        yield "accordion of buttons", f"<main><h1>T</h1>{self.many(head, '</p></div></div>')}</main>"
        box = f"<aside class='callout'><p>{self.duty()}</p></aside><div class='warning-text'><b>{self.duty()}</b></div>"
        yield "callouts", f"<main><h1>T</h1><p>{self.duty()}</p>{box}<p>{self.duty()}</p></main>"
        yield "definitions", f"<main><h1>T</h1><dl>{self.many('<dt>Who</dt><dd>', '</dd>')}</dl></main>"
        yield "divs", f"<div id='content'><div><div><h1>T</h1>{self.many('<div>', '</div>')}</div></div></div>"
        yield "one line", f"<main><h1>T</h1><p>{self.duty()}</p></main>"
        yield "cards", f"<main><h1>T</h1><div>{self.many('<div class=card><h3>Who</h3><p>', '</p></div>')}</div></main>"
        notes = f"<div class='footnotes'><ol><li id='f1'>{self.duty()}</li></ol></div>"
        yield "notes", f"<main><h1>T</h1><p>{self.duty()}<sup><a href='#f1'>1</a></sup></p>{notes}</main>"
        yield "linked", f"<main><h1>T</h1><ul>{self.many('<li><a href=/x>', '</a></li>')}</ul></main>"
        related = "".join(f"<li><a href='/x'>{self.note()}</a></li>" for _ in range(4))
        more = f"<div class='related'><h2>Related</h2><ul>{related}</ul></div>"
        yield "related", f"<main><h1>T</h1>{self.many('<p>', '</p>', 4)}{more}</main>"


def layouts() -> Iterator[tuple[str, str, list[str], list[str]]]:
    made = Layouts()
    mains = made.mains()
    while True:
        made.duties, made.notes = [], []
        main = next(mains, None)
        if main is None:
            return
        menu = "".join(f"<li><a href='/p'>{made.note()}</a></li>" for _ in SIX)
        page = (
            f"<html><head><title>T</title></head><body><header><a href='/'>Site</a></header><nav><ul>{menu}</ul></nav>"
            f"{main[1]}<footer><p>{made.note()}</p></footer></body></html>"
        )
        yield main[0], page, made.duties, made.notes


@pytest.mark.parametrize(("page", "duties", "notes"), [pytest.param(*each[1:], id=each[0]) for each in layouts()])
def test_no_duty_of_the_main_part_is_lost_and_no_furniture_is_kept(
    page: str, duties: list[str], notes: list[str]
) -> None:
    text = " ".join(" ".join(block.text for block in blocks_of_html(page).blocks).split())
    assert {each for each, times in Counter(duties).items() if text.count(each) < times} == set()
    assert {each for each in notes if each in text} == set()
