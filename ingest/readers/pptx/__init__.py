"""PPTX reader: the title of each slide as its heading, its boxes in reading order, its tables row by row."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pptx
from lxml import etree
from pptx.exc import PythonPptxError

from assistant.errors import UnreadableDocument
from assistant.model.formats import PPTX
from ingest.readers.archives import DAMAGES, check_parts
from ingest.readers.blocks import BlockKind, ReadFile
from ingest.readers.pptx.slides import Slides
from ingest.readers.titles import title_of

NOT_WHOLE, SAVE_AGAIN = "not a whole PowerPoint file", "Save it again as .pptx"


def read_pptx(path: Path, max_pages: int) -> ReadFile:
    """Returns a presentation as blocks, a page a slide.

    Hidden slides, speaker notes and comments are listed and not read.

    Raises:
        UnreadableDocument: It is no presentation, damaged, encrypted, without text, too long, or grows too large.
    """
    check_parts(path, NOT_WHOLE, SAVE_AGAIN)
    try:
        presentation = pptx.Presentation(str(path))
        slides = list(presentation.slides)
    except (PythonPptxError, KeyError, etree.XMLSyntaxError, *DAMAGES) as error:
        raise UnreadableDocument(path, NOT_WHOLE, SAVE_AGAIN) from error
    if len(slides) > max_pages:
        what = f"{len(slides)} slides, more than the limit of {max_pages}"
        raise UnreadableDocument(path, what, "Raise ASSISTANT_MAX_PAGES")
    return _read(path, presentation, slides)


def _read(path: Path, presentation: Any, slides: list[Any]) -> ReadFile:
    read = Slides()
    for number, slide in enumerate(slides, start=1):
        read.take(slide, number)
    if not read.blocks:
        raise UnreadableDocument(path, "no readable text", "Check that the text is not only in pictures", 1)
    cover = [each.text for each in read.blocks if each.kind is BlockKind.HEADING]
    title = title_of(presentation.core_properties.title, cover)
    labels = tuple(f"{PPTX.page_word} {number}" for number in range(1, len(slides) + 1))
    return ReadFile(tuple(read.blocks), tuple(read.raw_pages), labels, tuple(read.exclusions), title)
