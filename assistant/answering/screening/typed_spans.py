"""Finds where masked details stood in a question as it was typed, so that the one who typed it can be shown them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from difflib import SequenceMatcher

from assistant.model import MaskedSpan
from assistant.text.plain_origins import plain_origins

_PIECE = re.compile(r"[^\W_]+|\S")


def typed_spans(spans: Sequence[MaskedSpan], bare: str, whole: str, typed: str) -> tuple[MaskedSpan, ...]:
    """Returns the spans in the typed text, in order; one whose place cannot be told is left out.

    Args:
        spans: Spans in the text that was masked.
        bare: That text: the plain text without instructions to the assistant.
        whole: The plain text.
        typed: The text as it was typed.
    """
    if not spans:
        return ()
    origins = plain_origins(typed)
    if not origins:
        return ()
    placed = spans if bare == whole else _placed(spans, bare, whole)
    return tuple(MaskedSpan(origins[each.start][0], origins[each.end - 1][1], each.kind) for each in placed)


def _placed(spans: Sequence[MaskedSpan], bare: str, whole: str) -> Sequence[MaskedSpan]:
    """Returns the spans in the whole of a text that was cut down to its bare words, which stand in it in their order."""
    pieces, all_pieces = list(_PIECE.finditer(bare)), list(_PIECE.finditer(whole))
    matcher = SequenceMatcher(None, [each.group() for each in pieces], [each.group() for each in all_pieces], False)
    places = {block.a + step: block.b + step for block in matcher.get_matching_blocks() for step in range(block.size)}
    found = []
    for span in spans:
        inside = [at for at, each in enumerate(pieces) if each.start() < span.end and each.end() > span.start]
        if inside and inside[0] in places and inside[-1] in places:
            first, last = all_pieces[places[inside[0]]], all_pieces[places[inside[-1]]]
            start = first.start() + span.start - pieces[inside[0]].start()
            found.append(MaskedSpan(start, last.end() + span.end - pieces[inside[-1]].end(), span.kind))
    return found
