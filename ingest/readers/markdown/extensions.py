"""What Markdown of publishing systems adds to CommonMark: notes, abbreviations, definitions, callouts and attributes.

Source: the syntax of GOV.UK's govspeak, kramdown, PHP Markdown Extra, GitHub's alerts and MkDocs's admonitions.
"""

from __future__ import annotations

import re

from markdown_it import MarkdownIt
from markdown_it.rules_block import StateBlock

NOTE = re.compile(r"\[\^([^\]\s]+)\]:[ \t]*")
ABBREVIATION = re.compile(r"\*\[([^\]\n]+)\]:[ \t]*(?=\S)")
DEFINED, ABBREVIATED = "definition_open", "abbreviation"
"""Types of the tokens before the term and its meanings, and of an abbreviation."""
_MEANING = re.compile(r"[:~][ \t]+(?=\S)")
_NO_TERM = re.compile(r"[#>|\-*+=`~:]|\d+[.)]\s|\[\^|\s*$")
_FENCE = re.compile(r" {0,3}(`{3,}|~{3,})")
_ADMONITION = re.compile(r"(?:!!!|\?\?\?\+?)[ \t]+\w+(?:[ \t]+\"(?P<title>[^\"]*)\")?[ \t]*$")
_NO_WORDS = re.compile(
    r"\$[A-Z]{1,4}|\$(?:End)?[A-Z][A-Za-z]+|:{3,}.*|\{:{1,2}[^}]*\}|\{%[^%]*%\}|\[TOC\]|\[\[_TOC_\]\]", re.IGNORECASE
)
_APART = "<!-- -->"
"""What makes the rest of its line a block of its own."""
_ALERT = re.compile(r"((?:[ \t]*>)+[ \t]*)\[!\w+\][ \t]*$")
_ATTRIBUTES = re.compile(r"[ \t]*\{[:#.][^}\n]*\}[ \t]*$")
_STEP = re.compile(r"s(\d{1,3}\.[ \t])")
CALLOUTS = "^%@"
"""Signs that stand at both ends of a paragraph that stands out."""


def parser() -> MarkdownIt:
    """Returns the parser of Markdown."""
    made = MarkdownIt("commonmark").enable(["table", "strikethrough"]).disable("text_join")
    made.block.ruler.before("reference", "note", _note_rule, {"alt": ["paragraph", "reference"]})
    made.block.ruler.before("reference", "abbreviation", _abbreviation_rule, {"alt": ["paragraph", "reference"]})
    made.block.ruler.before("paragraph", "definition", _definition_rule, {"alt": []})
    return made


def as_common(body: str) -> str:
    """Returns Markdown with as many lines, in which what marks callouts and attributes is blank."""
    lines: list[str] = []
    fence = ""
    is_inside = False
    for line in body.split("\n"):
        found = _FENCE.match(line)
        if found and (not fence or line.strip().startswith(fence)):
            fence = "" if fence else found[1]
        admonition = None if fence else _ADMONITION.match(line)
        is_inside = admonition is not None or (is_inside and (not line.strip() or line.startswith("    ")))
        if fence or found:
            lines.append(line)
        elif admonition is not None:
            lines.append(f"{_APART}{admonition['title']}" if admonition["title"] else "")
        else:
            lines.append(_plain(line[4:] if is_inside else line))
    return "\n".join(lines)


def _plain(line: str) -> str:
    if _NO_WORDS.fullmatch(line.strip()):
        return ""
    alert = _ALERT.match(line)
    line = alert[1] if alert else _ATTRIBUTES.sub("", line)
    return line[1:] if _STEP.match(line) else line


def _note_rule(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    """Takes ``[^1]: text`` up to the next note or a paragraph that is not indented; a rule of markdown-it."""
    if state.is_code_block(start) or not NOTE.match(_line(state, start)):
        return False
    if silent:
        return True
    after = start + 1
    while (
        after < end
        and not NOTE.match(_line(state, after))
        and (not state.isEmpty(after) or _is_more(state, after, end))
    ):
        after += 1
    _push(state, start, after, [_line(state, each) for each in range(start, after)])
    return True


def _is_more(state: StateBlock, blank: int, end: int) -> bool:
    """Returns whether a note goes on after a blank line: what follows is indented."""
    return blank + 1 < end and not state.isEmpty(blank + 1) and state.sCount[blank + 1] - state.blkIndent >= 2


def _abbreviation_rule(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    """Takes ``*[DSL]: designated safeguarding lead``; a rule of markdown-it."""
    if state.is_code_block(start) or not ABBREVIATION.match(_line(state, start)):
        return False
    if not silent:
        state.push(ABBREVIATED, "", 0)
        _push(state, start, start + 1, [_line(state, start)])
    return True


def _definition_rule(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    """Takes a line with lines under it that begin with a colon; a rule of markdown-it."""
    first = _meaning_after(state, start, end)
    if silent or first is None or _NO_TERM.match(_line(state, start)):
        return False
    state.push(DEFINED, "", 1)
    _push(state, start, start + 1, [_line(state, start)])
    at: int | None = first
    after = first
    while at is not None:
        after = at + 1
        while after < end and not state.isEmpty(after) and not _MEANING.match(_line(state, after)):
            after += 1
        lines = [_line(state, each) for each in range(at, after)]
        _push(state, at, after, [_MEANING.sub("", lines[0], count=1), *lines[1:]])
        at = after if after < end and _MEANING.match(_line(state, after)) else None
    state.push("definition_close", "", -1)
    state.line = after
    return True


def _meaning_after(state: StateBlock, start: int, end: int) -> int | None:
    """Returns the line of the first meaning of a term, None where there is none."""
    for line in (start + 1, start + 2):
        if line < end and _MEANING.match(_line(state, line)) and state.sCount[line] >= state.blkIndent:
            return line
        if line >= end or not state.isEmpty(line):
            return None
    return None


def _push(state: StateBlock, start: int, after: int, lines: list[str]) -> None:
    inline = state.push("inline", "", 0)
    inline.content = "\n".join(lines)
    inline.map = [start, after]
    inline.children = []
    state.line = after


def _line(state: StateBlock, line: int) -> str:
    return state.src[state.bMarks[line] + state.tShift[line] : state.eMarks[line]]
