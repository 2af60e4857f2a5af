"""Work that chat front ends send on their own account: a title for a chat, tags, follow-up questions, search words.

Nobody asked it, so it is answered as what it is and never becomes a question in the records. Front ends word it differently
and let operators reword it, so it is told by its shape: an instruction to make something *of a chat*, and the chat itself
with what the assistant said in it. A message without such a chat is a question like any other, whatever it asks for.

Sources for the shapes: the default prompts of Open WebUI 0.6 (``backend/open_webui/config.py``) and of LibreChat 0.8 with
``@librechat/agents`` 2.4 (``src/utils/title.ts``).
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from assistant.model import Turn

MOST_WORDS = 8
"""Words of a title."""
NO_TITLE = "Policy question"
_TURN = re.compile(
    r"(?:^|\n|\|\|>)[ \t>*#]*(?P<who>user|human|assistant|ai|bot|model|chatgpt)[ \t*]*:[ \t]*", re.IGNORECASE
)
"""Where a turn of a chat that is quoted in a message begins."""
_CHAT = re.compile(
    r"<chat_?history>|chat history|conversation|(?:this|the|following) (?:chat|dialogue|discussion|exchange)|<text>",
    re.IGNORECASE,
)
_MAKES = re.compile(
    r"\b(?:generate|suggest|create|provide|write|give|make|propose|produce|analy[sz]e|categori[sz]e|detect|summari[sz]e|"
    r"return|respond|you are)\b",
    re.IGNORECASE,
)
_USERS = frozenset({"user", "human"})


@dataclass(frozen=True, slots=True)
class _Kind:
    """A kind of task."""

    is_meant: re.Pattern[str]
    """What its instruction names."""
    answer: Callable[[str], Mapping[str, object] | str]
    """Returns what is made, from the chat's first question, masked."""


def _titled(first: str) -> Mapping[str, object]:
    words = first.split()
    title = " ".join(words[:MOST_WORDS]).strip(" ,;:") + ("…" if len(words) > MOST_WORDS else "")
    return {"title": title or NO_TITLE}


_KINDS: tuple[_Kind, ...] = (
    _Kind(
        re.compile(r"\bfollow[- ]?ups?\b|\bquestions? (?:that )?the user\b", re.IGNORECASE),
        lambda _: {"follow_ups": []},
    ),
    _Kind(re.compile(r"\bautocomplet|\bcomplete the (?:text|user)", re.IGNORECASE), lambda _: {"text": ""}),
    _Kind(re.compile(r"\b(?:search |retrieval )?quer(?:y|ies)\b", re.IGNORECASE), lambda _: {"queries": []}),
    _Kind(re.compile(r"\btitle\b|\bname (?:for|of) th(?:e|is) (?:chat|conversation)\b", re.IGNORECASE), _titled),
    _Kind(re.compile(r"\btags?\b|\bthemes?\b|\btopics?\b", re.IGNORECASE), lambda _: {"tags": []}),
    _Kind(re.compile(r"\bemoji\b", re.IGNORECASE), lambda _: {"emoji": ""}),
    _Kind(re.compile(r"\bsummar", re.IGNORECASE), lambda _: ""),
)
"""In the order in which they are looked for: a prompt for follow-up questions may name the title as well."""


@dataclass(frozen=True, slots=True)
class Task:
    """A task with what answers it."""

    instruction: str
    """What is asked for, without the chat: an urgent one is no task."""
    made: str


def task_of(turns: Sequence[Turn], systems: Sequence[str], masked: Callable[[str], str]) -> Task | None:
    """Returns the task that a message is; None for a message that somebody asked.

    Args:
        turns: What user and assistant said, the message last.
        systems: What the front end told the assistant: some put the instruction there and the chat into the message.
        masked: Returns a text without personal details.
    """
    if len(turns) > 1:
        return None
    text = turns[-1].content
    marks = list(_TURN.finditer(text))
    is_answered = any(each["who"].lower() not in _USERS for each in marks)
    if not is_answered or marks[0]["who"].lower() not in _USERS:
        return None
    instruction = "\n".join((*systems, text[: marks[0].start()], _after(text)))
    kind = next((each for each in _KINDS if each.is_meant.search(instruction)), None)
    if kind is None or not _CHAT.search(instruction) or not _MAKES.search(instruction):
        return None
    return Task(instruction, _written(kind.answer(masked(_first_question(text, marks))), instruction))


def _written(made: Mapping[str, object] | str, instruction: str) -> str:
    """Returns what is made as JSON where that is asked for, else as plain text."""
    if isinstance(made, str):
        return made
    is_json = re.search(r"\bjson\b|\{\s*\"", instruction, re.IGNORECASE)
    return (
        json.dumps(made, ensure_ascii=False) if is_json else "".join(str(each) for each in made.values() if each != [])
    )


def _after(text: str) -> str:
    """Returns what stands after a chat that is marked off."""
    return text.rpartition("</chat_history>")[2] if "</chat_history>" in text else ""


def _first_question(text: str, marks: Sequence[re.Match[str]]) -> str:
    end = marks[1].start() if len(marks) > 1 else len(text)
    return " ".join(text[marks[0].end() : end].strip(' \n"').split())
