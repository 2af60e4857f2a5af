"""What users are told of how a file was read: how much of it can be quoted, and what to look at."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from types import MappingProxyType

from assistant.model.reading import ReadingReport
from assistant.outcomes.citation_text import page_words

REASONS: Mapping[str, str] = MappingProxyType(
    {
        "contents": "contents page",
        "running_header": "running header",
        "running_footer": "running footer",
        "page_number": "page number",
        "figure": "figure",
        "flow_chart": "flow chart",
        "uncertain_table": "table of uncertain reading order",
        "blank": "blank page",
        "footnote_unattached": "footnote without its mark",
        "no_text_layer": "page without text",
        "cover": "cover",
        "withdrawn": "withdrawn words, struck through",
        "hidden": "hidden words",
        "watermark": "watermark",
        "note": "note or comment on the page",
        "prompt": "prompt of an empty field",
        "line_numbers": "line numbers",
        "other": "other",
    }
)
"""What each reason for leaving words out is called."""


def file_page_words(numbers: Sequence[int]) -> str:
    """Returns "page 12" or "pages 12 to 14 and 20" of pages by their indexes in the file; "" for none."""
    return page_words([(number, str(number)) for number in numbers])


def share_words(report: ReadingReport) -> str:
    """Returns "96 % of 55,000 words can be quoted"; the share is rounded down, so that 100 % means all of them."""
    if report.share is None:
        return "no word can be quoted"
    percent = 100 * report.quotable_words // report.words
    return f"{percent} % of {_counted(report.words, 'word')} can be quoted"


def reading_line(report: ReadingReport) -> str:
    """Returns how a file was read: "96 % of 55,000 words can be quoted, 214 table rows, 7 pages with figures or charts"."""
    parts = [share_words(report)]
    if report.table_rows:
        parts.append(_counted(report.table_rows, "table row"))
    if report.figure_pages:
        parts.append(f"{_counted(len(report.figure_pages), 'page')} with figures or charts")
    if report.picture_pages:
        parts.append(f"{_counted(len(report.picture_pages), 'page')} without readable text")
    return ", ".join(parts)


def reading_warnings(report: ReadingReport) -> tuple[str, ...]:
    """Returns a sentence with a next step for each thing that a reader of the file sees, or could, and no answer quotes.

    Pages are named where there is more than one.
    """
    return tuple(_warnings(report))


def _warnings(report: ReadingReport) -> Iterator[str]:
    def at(pages: Sequence[int]) -> str:
        return f" on {file_page_words(pages)}" if report.pages > 1 and pages else ""

    if report.figure_pages or report.figure_words:
        figures = f"Figures and charts{at(report.figure_pages)} ({_counted(report.figure_words, 'word')})"
        yield f"{figures} are pointed to and never quoted: check that what they say also stands in the text."
    if report.picture_pages:
        unread = file_page_words(report.picture_pages)
        yield (
            f"Pages without readable text: {unread.removeprefix('pages ').removeprefix('page ')}. Look at them; where they are "
            "scanned, install Tesseract and run `assistant rebuild`, or run the file through text recognition (for example "
            "ocrmypdf) and take it in again."
        )
    for reason, what, step in _LOOK_AT:
        left = report.of(reason)
        if left.pages or left.words:
            yield f"{what}{at(left.pages)} ({_counted(left.words, 'word')}) {step}"


_LOOK_AT = (
    ("withdrawn", "Words that are struck through", "are left out: check that they are meant to be withdrawn."),
    ("hidden", "Words that no reader sees", "are left out: if they belong to the text, make them visible in the file."),
    ("note", "Notes and comments", "are left out: if they are rules, write them into the text."),
    ("footnote_unattached", "Notes whose mark was not found", "are left out: check them in the file."),
)
"""Reason, what it is called, and what to do."""


def _counted(number: int, noun: str) -> str:
    return f"{number:,} {noun}" if number == 1 else f"{number:,} {noun}s"
