"""Content controls and form fields of Word: what was filled in is text, what only prompts is none."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from ingest.readers.docx.numbering import W, is_on, value

AROUND = tuple(
    f"{W}{name}" for name in ("sdt", "sdtContent", "customXml", "ins", "moveTo", "smartTag", "fldSimple", "bdo", "dir")
)
"""Elements that stand round others and show nothing themselves."""
_PROMPT = re.compile(r"\s*(?:\[.*\]\s*$|\[?(?:click|tap|choose|enter|select|insert|type|pick)\b)", re.IGNORECASE)
_WORDS_OWN = re.compile(
    r"\s*(?:(?:click|tap)(?: or tap)?(?: here)? to (?:enter|add|choose|select) [\w ]{1,20}\.?|choose an item\.?)\s*",
    re.IGNORECASE,
)
"""What Word itself shows in empty controls."""
_PROMPT_STYLES = ("placeholdertext", "placeholder text")
TICKED, UNTICKED = "☒", "☐"


def is_prompt(element: Any) -> bool:
    """Returns whether an element is a content control that is empty and shows its prompt."""
    return bool(element.tag == f"{W}sdt") and is_on(element, "sdtPr/showingPlcHdr")


def is_prompting_run(run: Any) -> bool:
    """Returns whether a run is a prompt whose control is gone: Word's own, or in the style of prompts and worded as one."""
    style, words = (value(run, "rPr/rStyle") or "").lower(), words_in(run)
    is_styled = style in _PROMPT_STYLES and _PROMPT.match(words) is not None
    return is_styled or _WORDS_OWN.fullmatch(words) is not None


def is_contents(element: Any) -> bool:
    """Returns whether an element is the control that Word puts round a table of contents."""
    gallery = value(element, "sdtPr/docPartObj/docPartGallery") or ""
    return bool(element.tag == f"{W}sdt") and gallery.lower() == "table of contents"


def words_in(element: Any) -> str:
    """Returns all text in an element, shown or not."""
    return "".join(text.text or "" for text in element.iter(f"{W}t"))


def inside(element: Any, name: str) -> Iterator[Any]:
    """Yields the children of a name in order, those in content controls too."""
    for child in element.iterchildren():
        if child.tag == f"{W}{name}":
            yield child
        elif child.tag in AROUND:
            yield from inside(child, name)


def is_unfilled(element: Any) -> bool:
    """Returns whether an element stands in an empty control, which shows its prompt there."""
    return any(map(is_prompt, element.iterancestors(f"{W}sdt")))


def shown_by(field: Any) -> str:
    """Returns what a form field shows that its result does not hold: a box, ticked or not, or a choice; else ""."""
    data = field.find(f"{W}ffData")
    if data is None:
        return ""
    box, choices = data.find(f"{W}checkBox"), data.find(f"{W}ddList")
    if box is not None:
        said = "checked" if box.find(f"{W}checked") is not None else "default"
        return TICKED if is_on(box, said) else UNTICKED
    if choices is not None:
        entries = [str(each.get(f"{W}val", "")) for each in choices.iterchildren(f"{W}listEntry")]
        chosen = value(choices, "result") or value(choices, "default") or "0"
        return entries[int(chosen)] if chosen.isdecimal() and int(chosen) < len(entries) else ""
    return ""
