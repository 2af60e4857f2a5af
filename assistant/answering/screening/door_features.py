"""What the classifier of the door sees of a text: the states of the encoder, and hashed pieces of words.

Training and serving both take their features here.
"""

from __future__ import annotations

import re
import zlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from assistant.ports import LayeredEmbedder

Floats = npt.NDArray[np.float32]
BUCKETS = 1 << 16
"""Columns of the hashed pieces, of words and of characters alike."""
WINDOW_WORDS = 60
"""A longer text is judged window by window, so that a sentence in its middle is not lost among the others."""
SENTENCE_WORDS = 8
"""A longer text is judged by its sentences too; one that is shorter than this with the one after it."""
MOST_WINDOWS = 64
"""Windows of one text; a longer one is judged in longer windows, and not by its sentences."""
WORD_GRAMS, CHAR_GRAMS = (1, 2, 3), (2, 3, 4, 5)
_SENTENCE = re.compile(r"(?<=[.!?\n])\s+|\n+")
_WORD = re.compile(r"[a-z']+|\d+|[?!]")


@dataclass(frozen=True, slots=True)
class TextFeatures:
    """Features of texts, one row each."""

    states: Floats
    """float32 (n, width), of the encoder's middle layers."""
    words: tuple[npt.NDArray[np.int64], ...]
    """Buckets of runs of one to three words, each once, in rising order."""
    characters: tuple[npt.NDArray[np.int64], ...]
    """Buckets of runs of two to five characters within words, each once, in rising order."""

    def rows(self, wanted: Sequence[int]) -> TextFeatures:
        """Returns the features of some of the texts, in the order asked for."""
        return TextFeatures(
            self.states[list(wanted)],
            tuple(self.words[row] for row in wanted),
            tuple(self.characters[row] for row in wanted),
        )


def features_of(texts: Sequence[str], embedder: LayeredEmbedder) -> TextFeatures:
    """Returns the features of texts in their order."""
    folded = [text.lower().replace("’", "'") for text in texts]
    return TextFeatures(
        embedder.layers(texts), tuple(map(_word_buckets, folded)), tuple(map(_character_buckets, folded))
    )


def without_repeats(text: str) -> str:
    """Returns a text with each of its sentences once, and words that go round and round once; others come back unchanged.

    What is said ten times is no more urgent than what is said once, and no less.
    """
    sentences = [each for each in _SENTENCE.split(text) if each.strip()]
    distinct = {" ".join(each.lower().split()).rstrip(" .!?"): each for each in reversed(sentences)}
    once = text if len(distinct) == len(sentences) else " ".join(reversed(distinct.values()))
    words = once.split()
    period = _period(words)
    return once if 2 * period > len(words) else " ".join(words[:period])


def _period(words: Sequence[str]) -> int:
    """Returns the least number of words after which all of them come again in their order; all of them for none.

    Source: the failure function of Knuth, Morris and Pratt, "Fast Pattern Matching in Strings", 1977.
    """
    failure = [0] * len(words)
    for at in range(1, len(words)):
        length = failure[at - 1]
        while length and words[at] != words[length]:
            length = failure[length - 1]
        failure[at] = length + (words[at] == words[length])
    return len(words) - failure[-1] if words else 0


def windows(text: str) -> tuple[str, ...]:
    """Returns what of a text is judged by itself: the whole, or the overlapping windows and the sentences of a long one.

    Every word is in one at least. A short sentence is judged with the next, and one that comes again only once.
    """
    text = without_repeats(text)
    sentences = [each for each in _SENTENCE.split(text) if each.strip()]
    if len(text.split()) <= WINDOW_WORDS:
        return (text,)
    wholes = _overlapping(sentences)
    if not 1 < len(sentences) <= MOST_WINDOWS:
        return tuple(wholes)
    pairs = zip(sentences, [*sentences[1:], ""], strict=True)
    alone = [(one if len(one.split()) >= SENTENCE_WORDS else f"{one} {two}").strip() for one, two in pairs]
    return tuple(dict.fromkeys((*wholes, *alone)))


def _overlapping(sentences: list[str]) -> list[str]:
    pieces = [piece for sentence in sentences for piece in _pieces(sentence)]
    found: list[str] = []
    for start in range(len(pieces)):
        window: list[str] = []
        count = 0
        for piece in pieces[start:]:
            if window and count + len(piece.split()) > WINDOW_WORDS:
                break
            window.append(piece)
            count += len(piece.split())
        found.append(" ".join(window))
        if start + len(window) == len(pieces):
            break
    step = max(1, -(-len(found) // MOST_WINDOWS))
    return [" ".join(found[at : at + step]) for at in range(0, len(found), step)]


def _pieces(sentence: str) -> list[str]:
    """Returns a sentence, or pieces of half a window where it is longer than a window."""
    words = sentence.split()
    if len(words) <= WINDOW_WORDS:
        return [sentence] if words else []
    size = WINDOW_WORDS // 2
    return [" ".join(words[at : at + size]) for at in range(0, len(words), size)]


def _word_buckets(text: str) -> npt.NDArray[np.int64]:
    words = _WORD.findall(text)
    return _hashed(" ".join(words[at : at + n]) for n in WORD_GRAMS for at in range(len(words) - n + 1))


def _character_buckets(text: str) -> npt.NDArray[np.int64]:
    return _hashed(
        padded[at : at + n]
        for word in dict.fromkeys(text.split())
        for padded in (f" {word} ",)
        for n in CHAR_GRAMS
        for at in range(max(1, len(padded) - n + 1))
    )


def _hashed(pieces: Iterable[str]) -> npt.NDArray[np.int64]:
    hashes = {zlib.crc32(piece.encode("utf-8", "replace")) % BUCKETS for piece in pieces}
    return np.array(sorted(hashes), dtype=np.int64)
