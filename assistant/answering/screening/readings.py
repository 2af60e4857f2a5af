"""The ways in which a message may be meant: as it is written, without what is wrapped around it, and decoded.

The level is the highest of them, so that an instruction, a quotation or an encoding lowers none.
"""

from __future__ import annotations

import base64
import binascii
import codecs
import re
from collections.abc import Iterator
from urllib.parse import unquote

from assistant.answering.screening.instructions import without_instructions
from assistant.answering.screening.word_lists import is_everyday

_WORD = re.compile(r"[a-z']+")
_BASE64 = re.compile(r"(?<![\w+/=-])[A-Za-z0-9+/_-]{16,}={0,2}(?![\w+/=])")
_HEX = re.compile(r"(?<!\w)(?:0x)?(?:[0-9a-fA-F]{2}[ :-]?){8,}(?!\w)")
_PERCENT = re.compile(r"(?:%[0-9a-fA-F]{2}.{0,8}?){3,}")
_SPACED = re.compile(r"(?<![^\W_])[^\W\d_](?:([ .*|/_-]{1,3})[^\W\d_]){5,}(?![^\W_])")
_BROKEN = re.compile(r"(?<![^\W_])[^\W\d_](?:[.*|_-][^\W\d_]){2,}(?![^\W_])")
_LEET = str.maketrans(
    {"0": "o", "1": "i", "3": "e", "4": "a", "5": "s", "7": "t", "@": "a", "$": "s", "!": "i", "|": "l", "8": "b"}
)
_LEET_WORD = re.compile(r"(?<!\S)(?=\S*[a-zA-Z])(?=\S*[013457@$|8])[\w@$!|']{2,}(?=[.,?]*(?:\s|$))")
_QUOTED = re.compile(r"[\"“«]([^\"”»]{12,600})[\"”»]|(?<!\w)['‘]([^'’\n]{12,600})['’](?!\w)")
_DIALOGUE = re.compile(r"[{,]\s*\"\w+\"\s*:|(?:^|\n)\s*(?:user|human|system|assistant)\s*:", re.IGNORECASE)
_FRAME = re.compile(
    r"(?:^|(?<=[.?!\n] ))(?:for|per|under|in line with|in terms of|regarding|as a question of|just (?:for|"
    r"a) (?:the )?) ?(?:the |our |your )?(?:polic(?:y|ies)|guidance|procedures?)"
    r"(?: question| purposes?)?\s?[:,-]|what (?:does|do|would|is) (?:the |our |your )?(?:polic(?:y|ies)|"
    r"guidance|procedures?|documents?) (?:say |state |require |advise )?(?:about|on|for|in) "
    r"(?:this|that|it|these|such(?: a)? cases?)\s?\??|(?:is|are) (?:this|that|it) (?:covered )?in (?:the |"
    r"our )?(?:policy|guidance)\s?\??",
    re.IGNORECASE,
)
"""A policy question about "this" says nothing of what is told beside it."""
_LEAST_ENGLISH = 0.6
"""Share of English words from which a decoded text is taken for one."""
_MOST_ENGLISH = 0.4
"""Share of English words in a text up to which it may be one in cipher."""
_MOST_CHARACTERS = 4_000
_FEWEST_LETTERS = 2


def readings(text: str) -> tuple[str, ...]:
    """Returns the text first, then what is in it once instructions, quotation marks and encodings are taken away."""
    found = [text, *_decoded(text[:_MOST_CHARACTERS])]
    for each in tuple(found):
        bare = without_instructions(each)
        found += [bare] if bare and bare != each else []
        if bare != each or _DIALOGUE.search(each):
            found += [(match[1] or match[2]).strip() for match in _QUOTED.finditer(each)]
        framed = _FRAME.sub(" ", each).strip()
        found += [framed] if framed and framed != each else []
    return tuple(dict.fromkeys(found))


def _decoded(text: str) -> Iterator[str]:
    for match in _BASE64.finditer(text):
        yield from _english(_from_base64(match.group()))
    for match in _HEX.finditer(text):
        yield from _english(_from_hex(match.group()))
    if _PERCENT.search(text):
        yield from _english(unquote(text))
    yield from _plain(text)
    if _share_of_english(text) <= _MOST_ENGLISH:
        words = text.split()
        for turned in (codecs.decode(text, "rot13"), text[::-1], " ".join(word[::-1] for word in words)):
            yield from _english(turned)


def _plain(text: str) -> Iterator[str]:
    """Yields a text with figures for letters, spaced letters and letters with marks between them written plainly."""
    if _LEET_WORD.search(text):
        plain = _LEET_WORD.sub(lambda match: match.group().translate(_LEET), text)
        if _share_of_english(plain) > _share_of_english(text):
            yield plain
    if _SPACED.search(text):
        yield _SPACED.sub(lambda match: _worded(re.sub(r"[\W_]", "", match.group())), text)
    if _BROKEN.search(text):
        yield _BROKEN.sub(lambda match: re.sub(r"[\W_]", "", match.group()), text)


def _english(text: str) -> Iterator[str]:
    if len(text) > _FEWEST_LETTERS and _share_of_english(text) >= _LEAST_ENGLISH:
        yield text


def _share_of_english(text: str) -> float:
    words = [word for word in _WORD.findall(text.lower()) if len(word) > 1]
    return sum(is_everyday(word.replace("'", "")) or is_everyday(word) for word in words) / max(1, len(words))


def _from_base64(text: str) -> str:
    padded = text.replace("-", "+").replace("_", "/").rstrip("=")
    try:
        return base64.b64decode(padded + "=" * (-len(padded) % 4), validate=True).decode("utf-8")
    except (binascii.Error, ValueError):
        return ""


def _from_hex(text: str) -> str:
    try:
        return bytes.fromhex(re.sub(r"[^0-9a-fA-F]", "", text.removeprefix("0x"))).decode("utf-8")
    except ValueError:
        return ""


def _worded(letters: str) -> str:
    """Returns letters in a row with spaces between the fewest English words they make; as they are where they make none."""
    folded = letters.lower()
    best: list[tuple[int, str] | None] = [(0, "")]
    for end in range(1, len(folded) + 1):
        ways = (
            (known[0] + (1 if end - start > 1 else 2), f"{known[1]} {folded[start:end]}")
            for start in range(max(0, end - 14), end)
            if (known := best[start]) is not None and _is_word(folded[start:end])
        )
        best.append(min(ways, default=None))
    return best[-1][1].strip() if best[-1] else letters


def _is_word(piece: str) -> bool:
    return piece in ("a", "i") if len(piece) == 1 else is_everyday(piece)
