"""A myth is never quoted without the truth about it."""

from __future__ import annotations

import pytest

from ingest.cutting.sections import lay_out
from ingest.readers.blocks import Block, BlockKind, ReadFile
from ingest.readers.myths import with_truths
from ingest.readers.source_map import mapped

P, H, R, T, L = BlockKind.PARAGRAPH, BlockKind.HEADING, BlockKind.TABLE_ROW, BlockKind.TABLE_HEADER, BlockKind.LIST_ITEM
CLAIM, TRUTH = "It stops at 16.", "It holds until 18."


def sentences(*rows: tuple[BlockKind, str]) -> list[str]:
    blocks = with_truths([Block(kind, text, mapped(text, 1).runs()) for kind, text in rows])
    laid_out = lay_out(ReadFile(blocks, ("",), ("1",)))
    return [
        " / ".join(laid_out.text[start:end] for start, end in (*each.lead_ins, each.span))
        for unit in laid_out.units
        for each in unit.sentences
    ]


@pytest.mark.parametrize(
    "rows",
    [
        [(P, f"Myth: {CLAIM}"), (P, f"Fact: {TRUTH}")],
        [(P, f"Myth 1 – {CLAIM}"), (P, f"Reality – {TRUTH}")],
        [(P, f"☒ The myth: {CLAIM}"), (P, f"☑ The truth: {TRUTH}")],
        [(L, f"False: {CLAIM}"), (L, f"True: {TRUTH}")],
        [(R, f"Myth | {CLAIM}"), (R, f"Fact | {TRUTH}")],
        [(T, f"Myth | {CLAIM}"), (R, f"Fact | {TRUTH}")],
        [(H, "Myth 3"), (P, CLAIM), (H, "The truth"), (P, TRUTH)],
        [(P, "Myth:"), (P, CLAIM), (P, "Fact:"), (P, TRUTH)],
        [(P, f"Common misconception: {CLAIM} Fact: {TRUTH}")],
        [(T, "Myth | Truth"), (R, f"{CLAIM} | {TRUTH} " + "Every time. " * 40)],
    ],
)
def test_a_myth_and_its_truth_are_one_quote(rows: list[tuple[BlockKind, str]]) -> None:
    quotes = [each for each in sentences(*rows) if CLAIM in each]
    assert len(quotes) == 1
    assert TRUTH in quotes[0]


@pytest.mark.parametrize(
    "rows",
    [
        [(H, "Myth busting"), (P, "Read on."), (P, "Facts are these.")],
        [(P, "False allegations are rare."), (P, "True stories help.")],
        [(P, "The facts of the case are recorded."), (P, "Reality is harder.")],
    ],
)
def test_words_that_only_sound_like_myths_change_nothing(rows: list[tuple[BlockKind, str]]) -> None:
    assert sentences(*rows) == [text for kind, text in rows if kind is P]
