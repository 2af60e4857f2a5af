"""The paragraphs of a box on a slide: items by their bullets, words without those struck out, headings by looks."""

from __future__ import annotations

from typing import Any

from assistant.model import Exclusion
from ingest.readers.blocks import Block, BlockKind
from ingest.readers.bold_headings import Standing, reads_as_heading
from ingest.readers.inline_text import RawPage, Words, prefixed
from ingest.readers.labels import paragraph_label, typed_item
from ingest.readers.pptx.drawing import A, P, R
from ingest.readers.unseen import Reason, left_out

_STRUCK = ("sngStrike", "dblStrike")
_DEFAULT_SIZE = 18.0
_LISTED = ("body", "obj", None)
"""Types of placeholders whose paragraphs have bullets unless something says otherwise; no type is an object."""


def take_words(paragraph: Any, page: int, exclusions: list[Exclusion], part: Any = None) -> Words:
    """Returns the words of a paragraph; those struck out are listed instead, with fields that a program fills in.

    Args:
        paragraph: The element.
        page: Number of the slide.
        exclusions: Grows by what is left out.
        part: The slide, which knows where links lead to.
    """
    words = Words()
    for run in paragraph.iterchildren(f"{A}r", f"{A}br", f"{A}fld"):
        text = "".join(each.text or "" for each in run.iterchildren(f"{A}t"))
        looks = run.find(f"{A}rPr")
        if run.tag == f"{A}br":
            words.add(" ")
        elif looks is not None and looks.get("strike") in _STRUCK:
            exclusions.extend(left_out(Reason.WITHDRAWN, text, page))
            words.leave_out(text)
        elif run.tag == f"{A}r" or not str(run.get("type", "")).startswith(("slidenum", "datetime")):
            _add(words, text, looks, part)
    return words


def _add(words: Words, text: str, looks: Any, part: Any) -> None:
    is_raised = looks is not None and int(looks.get("baseline") or 0) > 0
    if is_raised and text.strip().isdecimal() and words.text and not words.text.endswith("m"):
        words.marks.append((len(words.text), text.strip()))
        return
    start = len(words.text)
    words.add(text)
    link = looks.find(f"{A}hlinkClick") if looks is not None else None
    if link is not None and part is not None:
        relation = part.rels.get(str(link.get(f"{R}id")))
        if relation is not None and relation.is_external:
            words.links.append((start, len(words.text), str(relation.target_ref)))


class Paragraphs:
    """Takes the paragraphs of one box and collects blocks."""

    def __init__(self, shape: Any, page: RawPage) -> None:
        self.blocks: list[Block] = []
        self.exclusions: list[Exclusion] = []
        self.standing: dict[int, Standing] = {}
        self._page = page
        self._part = shape.part
        self._bullets = Bullets(shape)
        self._counts: dict[int, int] = {}

    def take(self, paragraph: Any) -> None:
        """Takes a paragraph."""
        content = self._page.add(take_words(paragraph, self._page.number, self.exclusions, self._part))
        text = content.text.text
        if not text:
            return
        level = _level(paragraph)
        kind = self._bullets.kind(paragraph, level)
        standing = _standing(paragraph)
        if kind == "number":
            number = self._counts[level] = self._counts.get(level, 0) + 1
            self.blocks.append(prefixed("", content).block(BlockKind.LIST_ITEM, level + 1, str(number)))
        elif item := typed_item(text, self.blocks):
            self.blocks.append(content.cut(item.start).block(BlockKind.LIST_ITEM, level + 1, item.label))
        elif kind == "bullet":
            self.blocks.append(content.block(BlockKind.LIST_ITEM, level + 1))
        else:
            self._counts.clear()
            if standing is not None and reads_as_heading(text):
                self.standing[len(self.blocks)] = standing
            self.blocks.append(content.block(BlockKind.PARAGRAPH, 1, paragraph_label(text)))
        self._counts = {deep: count for deep, count in self._counts.items() if deep <= level}


def _level(paragraph: Any) -> int:
    said = paragraph.find(f"{A}pPr")
    value = str(said.get("lvl", "0")) if said is not None else "0"
    return min(int(value), 8) if value.isdecimal() else 0


def _standing(paragraph: Any) -> Standing | None:
    """Returns how much a paragraph stands out that is bold throughout, None for others."""
    runs = [run for run in paragraph.iterchildren(f"{A}r") if "".join(run.itertext(f"{A}t")).strip()]
    looks = [run.find(f"{A}rPr") for run in runs]
    if not runs or any(each is None or each.get("b") not in ("1", "true") for each in looks):
        return None
    text = "".join("".join(run.itertext(f"{A}t")) for run in runs)
    size = max(float(each.get("sz") or _DEFAULT_SIZE * 100) for each in looks) / 100
    return Standing(size, text.isupper(), True)


class Bullets:
    """Tells which paragraphs of a box have bullets or numbers: by themselves, by the box, or by its layout."""

    def __init__(self, shape: Any) -> None:
        self._lists = [each for each in (_list_style(one) for one in _inherited(shape)) if each is not None]
        placeholder = shape._element.find(f".//{P}nvPr/{P}ph")
        self._default = "bullet" if placeholder is not None and placeholder.get("type") in _LISTED else "none"

    def kind(self, paragraph: Any, level: int) -> str:
        """Returns "bullet", "number" or "none"."""
        own = _said(paragraph.find(f"{A}pPr"))
        inherited = (_said(each.find(f"{A}lvl{level + 1}pPr")) for each in self._lists)
        return own or next(filter(None, inherited), self._default)


def _said(properties: Any) -> str | None:
    if properties is None:
        return None
    if properties.find(f"{A}buNone") is not None:
        return "none"
    if properties.find(f"{A}buAutoNum") is not None:
        return "number"
    has_sign = properties.find(f"{A}buChar") is not None or properties.find(f"{A}buBlip") is not None
    return "bullet" if has_sign else None


def _inherited(shape: Any) -> list[Any]:
    """Returns a box, the placeholder of the layout that it fills, and that of the master."""
    chain = [shape]
    while getattr(chain[-1], "is_placeholder", False) and len(chain) < 3:
        base = getattr(chain[-1], "_base_placeholder", None)
        if base is None:
            break
        chain.append(base)
    return chain


def _list_style(shape: Any) -> Any:
    return shape._element.find(f"{P}txBody/{A}lstStyle")
