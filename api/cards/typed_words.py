"""The words that somebody typed, read from the body of a question that was refused.

A body that is not what a route expects may still hold a question: under another name, in a list, in JSON that breaks off,
or in a form. What it says is read all the same, for urgency alone.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Sequence
from json import detect_encoding
from typing import Any
from urllib.parse import parse_qsl, unquote_plus

QUESTION = "question"
NOT_TYPED = frozenset(
    {"history", "model", "mode", "role", "type", "kinds", "editions", "conversation", "csrf", "as_at"}
)
"""Names whose values nobody typed as the question."""
NOT_ASKER = frozenset({"assistant", "system", "developer", "tool", "function"})
"""Roles of messages that are not the asker's words."""
MOST_DEPTH = 20
"""Levels of lists and objects that are looked into."""
NAME = re.compile(r'"\w{1,40}"\s*:')
LAST_QUESTION = re.compile(r'"role"\s*:\s*"user"\s*,\s*"content"\s*:')
"""Where a message of the user begins, in the order in which clients write it."""
ESCAPE = re.compile(r"\\(?:u([0-9a-fA-F]{4})|(.))", re.DOTALL)
MARKS = re.compile(r'["{}\[\]]')
IS_STREAM = re.compile(r'"stream"\s*:\s*true\b')


def typed_words(parts: Sequence[bytes], *, is_form: bool) -> tuple[str, ...]:
    """Returns the texts in which a question may stand: one, or two where something between them is missing; () for none.

    Args:
        parts: The whole body, or its beginning and its end.
        is_form: Whether it was sent as a form's fields.
    """
    found = _read_whole(parts[0], is_form=is_form) if len(parts) == 1 else None
    texts = (_plain(part, is_form=is_form) for part in _likely(parts)) if found is None else (found,)
    return tuple(text for text in texts if text.strip())


def words_of(value: Any) -> str:
    """Returns the words that a JSON value may hold of a question, a line each; "" for none."""
    return "\n".join(_question_in(value))


def is_stream_asked(parts: Sequence[bytes]) -> bool:
    """Returns whether a request for a completion asks for a stream."""
    return any(IS_STREAM.search(_decoded(part)) for part in parts)


def _read_whole(body: bytes, *, is_form: bool) -> str | None:
    """Returns what was typed into a whole body of JSON or form fields; None for any other."""
    value = _json_of(body)
    if isinstance(value, (dict, list, str)):
        return words_of(value)
    fields = parse_qsl(_decoded(body), errors="replace") if is_form else []
    named = [text for name, text in fields if name == QUESTION]
    return "\n".join(named or (text for name, text in fields if name not in NOT_TYPED)) or None


def _json_of(body: bytes) -> Any:
    """Returns the value of a JSON text; None for anything else."""
    try:
        return json.loads(body)
    except (ValueError, RecursionError):
        return None


def _question_in(value: Any) -> Iterator[str]:
    """Yields the texts of the question, of the last message that is the asker's, or else every text that may be either."""
    if isinstance(value, dict):
        texts = tuple(_texts(value.get(QUESTION)))
        if any(text.strip() for text in texts):
            yield from texts
            return
        messages = value.get("messages")
        if isinstance(messages, list):
            own = [each for each in messages if not (isinstance(each, dict) and str(each.get("role")) in NOT_ASKER)]
            yield from _texts(own[-1:])
            return
    yield from _texts(value)


def _texts(value: Any, depth: int = 0) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif depth < MOST_DEPTH:
        inner = value if isinstance(value, list) else []
        if isinstance(value, dict):
            inner = [each for name, each in value.items() if name not in NOT_TYPED]
        for each in inner:
            yield from _texts(each, depth + 1)


def _likely(parts: Sequence[bytes]) -> Iterator[str]:
    """Yields the text of each part, the last first; of a conversation only from its last question on."""
    for part in reversed(parts):
        text = _decoded(part)
        found = [match.end() for match in LAST_QUESTION.finditer(text)]
        yield text[found[-1] :] if found else text
        if found:
            return


def _decoded(body: bytes) -> str:
    return body.decode(detect_encoding(body), "replace")


def _plain(text: str, *, is_form: bool) -> str:
    """Returns a text without the marks and names of JSON, or of a form."""
    if is_form:
        text = unquote_plus(text)
    text = ESCAPE.sub(_unescaped, NAME.sub(" ", text))
    return MARKS.sub(" ", text).encode("utf-16", "surrogatepass").decode("utf-16", "replace")


def _unescaped(match: re.Match[str]) -> str:
    number, mark = match.groups()
    return chr(int(number, 16)) if number else {"n": "\n", "r": "\n", "t": " "}.get(mark, mark)
