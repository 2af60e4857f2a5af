"""A text in which details give way to placeholders, with where each of them stood."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from assistant.answering.screening.identifiers import Detail
from assistant.messages import DETAILS
from assistant.model import MaskedSpan


@dataclass(frozen=True, slots=True)
class CoveredText:
    """A text with its placeholders, and the spans of what they cover in the text as it was."""

    text: str
    spans: tuple[MaskedSpan, ...] = ()
    """In the text as it was before anything was covered, in order."""

    def covered(self, details: Iterable[Detail]) -> CoveredText:
        """Returns the text with more details covered; they overlap neither each other nor a placeholder."""
        chosen = sorted(details)
        if not chosen:
            return self
        pieces, reached, spans = [], 0, list(self.spans)
        for start, end, kind in chosen:
            pieces += [self.text[reached:start], placeholder(kind)]
            spans.append(MaskedSpan(self._origin(start), self._origin(end), kind))
            reached = end
        return CoveredText("".join((*pieces, self.text[reached:])), tuple(sorted(spans, key=lambda each: each.start)))

    def _origin(self, place: int) -> int:
        """Returns where a place of this text, which is inside no placeholder, was before anything was covered."""
        shift = 0
        for span in self.spans:
            if span.start + shift >= place:
                break
            shift += len(placeholder(span.kind)) - (span.end - span.start)
        return place - shift


def placeholder(kind: str) -> str:
    """Returns what stands for a detail of a kind."""
    return f"[{DETAILS[kind]}]"
