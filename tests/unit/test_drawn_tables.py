"""Tables that are no tables by their tags keep their columns: drawn by roles or style sheets, or HTML within Markdown."""

from __future__ import annotations

import pytest

from ingest.readers.html import blocks_of_html
from ingest.readers.markdown import blocks_of_markdown
from tests.reading import check_runs, left_out, texts

CSS = "<style>.t{display:table}.h{display:table-header-group}.r{display:table-row}.c{display:table-cell}</style>"
BY_ROLE = """<div role="table" aria-label="Steps"><div role="rowgroup"><div role="row"><span role="columnheader">Step</span>
<span role="columnheader">Time limit</span></div></div><div role="rowgroup"><div role="row"><span role="cell">Visit</span>
<span role="cell">5 days</span></div><div role="row"><div role="rowheader">Review</div><div role="cell">3 months</div></div></div></div>"""
BY_STYLE = f"""{CSS}<div class="t"><div class="h"><div class="r"><p class="c">Step</p><p class="c">Time limit</p></div></div>
<div class="r"><p class="c">Visit</p><p class="c">5 days</p></div>
<div class="r"><div class="c">Review</div><div class="c">3 months</div></div></div>"""
_CELL, _NAME = 'span style="display:table-cell"', 'b style="display:table-cell"'
_ROWS = ((_NAME, "Step", "Time limit"), (_CELL, "Visit", "5 days"), (_CELL, "Review", "3 months"))
INLINE = "".join(
    f'<div style="display:table-row"><{tag}>{one}</{tag[:4].split()[0]}><{tag}>{other}</{tag[:4].split()[0]}></div>'
    for tag, one, other in _ROWS
)
INLINE = f'<section style="display: table">{INLINE}</section>'


@pytest.mark.parametrize("drawn", [BY_ROLE, BY_STYLE, INLINE])
def test_a_drawn_table_keeps_its_columns(drawn: str) -> None:
    found = blocks_of_html(f"<html><body><main><h1>Visits</h1><p>Words.</p>{drawn}</main></body></html>")
    check_runs(found)
    assert texts(found, "table_header") == ["Step | Time limit"]
    assert texts(found, "table_row") == ["Visit | 5 days", "Review | 3 months"]


@pytest.mark.parametrize(
    "layout",
    [
        f'{CSS}<div class="t"><div class="r"><div class="c"><p>Ring first.</p></div><div class="c"><p>Then write.</p></div></div></div>',
        '<div role="grid"><div role="row"><p>Ring first.</p></div><div role="row"><p>Then write.</p></div></div>',
        f'{CSS}<div class="t"><p>Ring first.</p><p>Then write.</p></div>',
    ],
)
def test_what_only_places_blocks_is_no_table(layout: str) -> None:
    found = blocks_of_html(f"<html><body><main>{layout}</main></body></html>")
    assert texts(found, "paragraph") == ["Ring first.", "Then write."]


def test_spans_of_a_drawn_table_count() -> None:
    row = '<div role="row"><div role="cell">{}</div><div role="cell">{}</div></div>'
    head = '<div role="row"><div role="columnheader">Step</div><div role="columnheader" aria-colspan="2">Time limits</div></div>'
    more = '<div role="row"><div role="cell" aria-rowspan="2">Visit</div><div role="cell">5 days</div><div role="cell">6</div></div>'
    found = blocks_of_html(
        f'<html><body><main><div role="table">{head}{more}{row.format("7 days", "8")}</div></main></body></html>'
    )
    assert texts(found, "table_row") == ["Visit | 5 days | 6", "Visit | 7 days | 8"]


TABLE = """# Visits

<table class="x">
<caption>Time <b>limits</b></caption>
<thead><tr><th>Step</th><th>Time&nbsp;limit</th></tr></thead>

<tbody>
<tr><td rowspan="2">Visit</td><td>5 days<sup>1</sup> &amp; a call</td></tr>

<tr><td>10 days <s>15 days</s></td></tr>
<tr><td>Ask</td><td><ul><li>the child</li><li>the school</li></ul></td></tr>
</tbody>
</table>

After the table.
"""


def test_a_table_of_html_in_markdown_keeps_its_columns() -> None:
    found = blocks_of_markdown(TABLE)
    check_runs(found)
    assert texts(found, "table_header") == ["Time limits", "Step | Time limit"]
    assert texts(found, "table_row") == ["Visit | 5 days & a call", "Visit | 10 days", "Ask | • the child • the school"]
    assert texts(found, "paragraph") == ["After the table."]
    assert "15 days" in left_out(found)


@pytest.mark.parametrize(
    ("markup", "words"),
    [
        ("<table>\n<tr><td>Ring first.</td>\n", "Ring first."),
        ("<table><tr><td>A<table><tr><td>B</td></tr></table></td></tr></table>\n", "A B"),
    ],
)
def test_a_table_that_does_not_end_or_holds_others_loses_no_words(markup: str, words: str) -> None:
    found = " ".join(each.text for each in blocks_of_markdown(f"{markup}\nThen write.\n").blocks)
    assert found.split() == [*words.split(), "Then", "write."]


@pytest.mark.parametrize(
    "head", ["<title>Visits</title>", "<!doctype html><style>p { color: red }</style>", "<meta charset=utf-8>"]
)
@pytest.mark.parametrize("first", ["<main>", "<section>", "<article>", "<div>"])
def test_a_page_without_a_tag_for_its_body_is_read(head: str, first: str) -> None:
    found = blocks_of_html(f"{head}{first}<h1>Visits</h1><p>Ring first.</p><p>Then write.</p></{first[1:]}")
    assert texts(found, "paragraph") == ["Ring first.", "Then write."]


def test_quotations_keep_the_marks_that_a_browser_shows() -> None:
    found = blocks_of_html("<html><body><p>She said <q>I was told <q>no</q> twice</q>.</p></body></html>")
    check_runs(found)
    assert texts(found, "paragraph") == ["She said “I was told ‘no’ twice”."]
