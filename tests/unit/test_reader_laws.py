"""Laws that every reader of text obeys, whatever the text."""

from __future__ import annotations

import re

from hypothesis import example, given
from hypothesis import strategies as st

from ingest.cutting.sections import lay_out
from ingest.readers.html import blocks_of_html
from ingest.readers.markdown import blocks_of_markdown
from ingest.readers.source_map import mapped, normalised
from ingest.readers.text import blocks_of_text
from tests.reading import check_runs

PIECES = st.sampled_from(
    [
        "must ", "act", "ﬁle ", "\u00a0", "\n", "\n\n", "# ", "- ", "  ", "1. ", "2.1 ", "*", "**", "_", "`", "[", "](http://a.b)",
        "[^1]", "\n[^1]: ", "<sup>1</sup>", "<b>", "</b>", "<p>", "<li>", "<ol>", "</ol>", "<table><tr><td>", "</td><th>", "|",
        "|---|", "\\|", "\\", "&amp;", "&#8217;", "<!--", "-->", "<a href='http://a'>", "</a>", "> ", "```\n", "\t", "\x00",
        "<span style='display:none'>", "</span>", "---\n", "![x](y)", "é", "\u200b", "\ud7ff", "😀", "\r", "<td rowspan=3>",
    ]
)  # fmt: skip
TEXTS = st.lists(st.one_of(PIECES, st.text(max_size=8)), max_size=30).map("".join)


@given(TEXTS)
@example("> a\n>   b *c*\n")
@example("| a |\n|---|\n| \\| b |\n")
@example("- x [y](http://x) x\n")
def test_markdown_traces_every_character(raw: str) -> None:
    read = blocks_of_markdown(raw)
    check_runs(read)
    lay_out(read)


@given(TEXTS)
def test_html_traces_every_character(raw: str) -> None:
    read = blocks_of_html(raw)
    check_runs(read)
    lay_out(read)


@given(st.lists(st.text(st.characters(codec="utf-8", exclude_characters="<>&\r\x00"), min_size=1), max_size=8))
def test_html_paragraphs_keep_their_words(paragraphs: list[str]) -> None:
    read = blocks_of_html("<main>" + "".join(f"<p>{each}</p>" for each in paragraphs) + "</main>")
    wanted = [text for each in paragraphs if (text := normalised(mapped(each, 1)).text)]
    assert [squeezed(each.text) for each in read.blocks] == [squeezed(each) for each in wanted]


@given(TEXTS)
def test_ready_texts_keep_every_word(raw: str) -> None:
    read = blocks_of_text(raw)
    check_runs(read)
    assert squeezed("".join(each.text for each in read.blocks)) == squeezed(normalised(mapped(raw, 1)).text)


@given(
    st.lists(
        st.sampled_from(["must", "act", "now", "**must**", "[see](http://a.b)", "*at once*"]), min_size=1, max_size=9
    )
)
def test_markdown_keeps_every_word_of_a_sentence(words: list[str]) -> None:
    plain = [re.sub(r"\*|\[|\]\(.*\)", "", each) for each in words]
    assert [each.text for each in blocks_of_markdown("So " + " ".join(words)).blocks] == ["So " + " ".join(plain)]


def squeezed(text: str) -> str:
    return "".join(text.split())
