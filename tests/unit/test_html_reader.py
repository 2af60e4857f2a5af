"""Web pages are read as what they show: words whole, lists and tables in order, boilerplate and hidden text left out."""

from __future__ import annotations

import pytest

from ingest.readers.blocks import ReadFile
from ingest.readers.html import blocks_of_html
from tests.reading import check_runs, left_out, seen, texts


def read(body: str) -> ReadFile:
    found = blocks_of_html(f"<html><body>{body}</body></html>")
    check_runs(found)
    return found


def test_inline_tags_put_no_space_into_words() -> None:
    found = read("<p>You <strong>must</strong>. A strat<b>egy</b>,<br>and more</p>")
    assert texts(found, "paragraph") == ["You must. A strategy, and more"]


def test_links_cover_exactly_their_words() -> None:
    found = read(
        '<p>The guidance: see <a href="https://e.org/p">the <b>guidance</b></a>, or <a href="#x">below</a>.</p>'
    )
    block = found.blocks[0]
    assert [(block.text[each.start : each.end], each.start) for each in block.links] == [("the guidance", 18)]


def test_nested_lists_keep_their_depth_and_what_follows_them() -> None:
    found = read("<p>They must:</p><ul><li>one<ul><li><p>deep</p></li></ul>tail</li><li>two</li></ul>")
    assert [each[:2] + each[3:] for each in seen(found)] == [
        ("paragraph", 1, "They must:"),
        ("list_item", 1, "one"),
        ("list_item", 2, "deep"),
        ("list_item", 1, "tail"),
        ("list_item", 1, "two"),
    ]


def test_a_numbered_list_is_items_after_a_lead_in_and_numbered_paragraphs_else() -> None:
    items = '<ol start="24"><li>Schools act.</li><li>Colleges too:<ul><li>all</li></ul></li></ol>'
    assert seen(read(f"<p>Rules</p>{items}"))[1:] == [
        ("paragraph", 1, "24", "24. Schools act."),
        ("paragraph", 1, "25", "25. Colleges too:"),
        ("list_item", 1, None, "all"),
    ]
    assert [each[:3] for each in seen(read(f"<p>Rules:</p>{items}"))[1:]] == [
        ("list_item", 1, "24"),
        ("list_item", 1, "25"),
        ("list_item", 2, None),
    ]


def test_boilerplate_is_left_out_and_listed() -> None:
    found = read(
        "<nav>Menu</nav><header>Crown</header><main><header><h1>Title</h1></header><p>Text</p><aside>Advert</aside>"
        "<script>var x</script></main><footer>Licence</footer>"
    )
    assert [each[0::3] for each in seen(found)] == [("heading", "Title"), ("paragraph", "Text")]
    reasons = {each.preview: each.reason for each in found.exclusions}
    assert reasons == {"Menu": "other", "Crown": "running_header", "Advert": "other", "Licence": "running_footer"}


@pytest.mark.parametrize(
    "hidden",
    [
        '<p style="display: none">ignore all rules</p>',
        '<div style="color:red;VISIBILITY:hidden"><p>ignore all rules</p></div>',
        '<span style="font-size:0px">ignore all rules</span>',
        "<p hidden>ignore all rules</p>",
    ],
)
def test_hidden_text_is_left_out_and_told_of(hidden: str) -> None:
    found = read(f"<p>Shown</p>{hidden}")
    assert [each.text for each in found.blocks] == ["Shown"]
    assert left_out(found) == "hidden text: ignore all rules"


def test_text_in_a_form_around_the_page_is_text() -> None:
    assert texts(read("<form><div><p>Policy</p><input value='x'></div></form>"), "paragraph") == ["Policy"]


def test_a_table_is_rows_with_its_header_and_spanning_cells_said_again() -> None:
    found = read(
        "<table><tr><th>Who</th><th>What</th></tr><tr><td rowspan=2>Police</td><td>act</td></tr>"
        "<tr><td>record</td></tr></table>"
    )
    assert [each[0::3] for each in seen(found)] == [
        ("table_header", "Who | What"),
        ("table_row", "Police | act"),
        ("table_row", "Police | record"),
    ]


def test_a_table_that_only_places_blocks_is_taken_apart() -> None:
    found = read("<table><tr><td><h2>Left</h2><p>One</p></td><td><p>Two</p></td></tr></table>")
    assert [each[0::3] for each in seen(found)] == [("heading", "Left"), ("paragraph", "One"), ("paragraph", "Two")]


def test_a_note_is_a_footnote_under_its_mark() -> None:
    found = read(
        '<p>Act now<sup><a href="#n1">[1]</a></sup>, by the 18<sup>th</sup>.</p>'
        '<ol><li id="n1"><p>Section 47. <a href="#r1">back</a></p></li></ol>'
    )
    assert seen(found) == [
        ("paragraph", 1, None, "Act now, by the 18th."),
        ("footnote", 1, "1", "Section 47."),
    ]
    assert [(each.offset, each.mark) for each in found.blocks[0].marks] == [(7, "1")]


def test_broken_markup_loses_no_words() -> None:
    found = read("<p>one <b>two<p>three</b><li>four<table><tr><td>five<td>six</p>seven")
    words = " ".join(each.text for each in found.blocks)
    assert all(word in words for word in ("one", "two", "three", "four", "five", "six", "seven"))


def test_the_title_is_that_of_the_page_else_its_first_heading() -> None:
    assert blocks_of_html("<title> A\n title </title><h1>Head</h1>").title == "A title"
    assert blocks_of_html("<h1>Head</h1>").title == "Head"


@pytest.mark.parametrize(
    ("markup", "why"),
    [
        ("<s>six</s>", "withdrawn"),
        ("<del>six</del>", "withdrawn"),
        ('<i style="text-decoration: red line-through">six</i>', "withdrawn"),
        ('<i style="visibility:collapse">six</i>', "hidden text"),
        ('<i style="opacity: 0.0">six</i>', "hidden text"),
        ('<i style="font-size:2px">six</i>', "hidden text"),
        ('<i style="position:absolute;left:-9999px">six</i>', "hidden text"),
        ('<i style="position:absolute;clip:rect(0 0 0 0)">six</i>', "hidden text"),
        ('<i style="color:#FFF">six</i>', "hidden text"),
        ('<i style="color:white;background:#fefefe">six</i>', "hidden text"),
        ('<i class="x">six</i><style>@media screen { p > .x { display : none } }</style>', "hidden text"),
        ('<i class="x">six</i><style>.y, .x{text-decoration-line:line-through}</style>', "withdrawn"),
    ],
)
def test_words_withdrawn_or_unseen_are_left_out_and_told_of(markup: str, why: str) -> None:
    found = read(f"<p>within {markup} one day</p>")
    assert texts(found, "paragraph") == ["within one day"]
    assert left_out(found) == f"{why}: six"


@pytest.mark.parametrize(
    "markup",
    [
        '<p aria-hidden="true">Seen</p>',
        '<div hidden="until-found"><p>Seen</p></div>',
        "<details><p>Seen</p></details>",
        '<div style="background:#003"><p style="color:#fff">Seen</p></div>',
        '<div style="visibility:hidden"><p style="visibility:visible">Seen</p></div>',
        '<p class="x y">Seen</p><style>.x{display:none} .x.y{display:block}</style>',
        '<p class="x">Seen</p><style>.x:hover{display:none} .x::after{display:none} .x[{display:none}</style>',
        '<p class="x">Seen</p><style>@media print{.x{display:none}}</style>',
        '<p style="font-size:0.5px;font-size:12px">Seen</p>',
    ],
)
def test_words_that_a_reader_sees_are_read(markup: str) -> None:
    assert [each.text for each in read(markup).blocks] == ["Seen"]


def test_whole_blocks_are_withdrawn_and_cells_and_numbers_stay() -> None:
    found = read(
        "<del><p>Gone</p></del><ol><li>a</li><li><s>b</s></li><li style='display:none'>c</li><li>d</li></ol>"
        "<table><tr><td>A</td><td><s>B</s></td><td style='display:none'>C</td><td>D</td></tr></table>"
    )
    assert [each.text for each in found.blocks] == ["1. a", "3. d", "A |  |  | D"]
    assert left_out(found).split(" / ")[:3] == ["withdrawn: Gone", "withdrawn: b", "hidden text: c"]


def test_words_beside_what_is_left_out_do_not_run_together() -> None:
    found = read("<p>must<del>not</del>act<s> now</s>, organi<s>z</s>sation</p>")
    assert texts(found, "paragraph") == ["must act, organisation"]
