"""How an edition was read, told from what is stored of it: so it is known for editions of earlier releases too."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from types import MappingProxyType

from assistant.editions.locations import pages_of
from assistant.model import EditionId, Exclusion, Page, Passage, SentenceKind
from assistant.model.reading import FIGURE_REASONS, PICTURE, SEEN_REASONS, LeftOut, LeftOutRegion, ReadingReport
from assistant.ports import Snapshot
from assistant.text.page_quotes import slices

UNSEEN: Mapping[str, str] = MappingProxyType(
    {
        "withdrawn: ": "withdrawn",
        "hidden text: ": "hidden",
        "watermark: ": "watermark",
        "note on the page: ": "note",
        "prompt of an empty field: ": "prompt",
        "line numbers: ": "line_numbers",
    }
)
"""What the previews of exclusions for other reasons begin with, and the reason that each stands for."""
CELLS = " | "
"""Stands between the cells of a table row."""


def reading_of(passages: Sequence[Passage], pages: Sequence[Page], exclusions: Sequence[Exclusion]) -> ReadingReport:
    """Returns how an edition was read.

    Args:
        passages: All of the edition.
        pages: Its page stretches.
        exclusions: What was left out of it.
    """
    figures = [each for each in passages if not each.is_quotable]
    figure_pages = {page.number for each in figures for page in pages_of(each.span, pages)}
    figure_pages |= {each.page for each in exclusions if each.reason in FIGURE_REASONS}
    return ReadingReport(
        sum(len(each.text.split()) for each in passages if each.is_quotable),
        sum(len(each.text.split()) for each in figures),
        sum(_rows(each) for each in passages if each.is_quotable),
        tuple(sorted(figure_pages)),
        tuple(sorted({each.page for each in exclusions if each.reason == PICTURE})),
        _left_out(exclusions),
        max((*(page.number for page in pages), *(each.page for each in exclusions)), default=1),
    )


def regions_of(
    passages: Sequence[Passage], pages: Sequence[Page], exclusions: Sequence[Exclusion]
) -> tuple[LeftOutRegion, ...]:
    """Returns what of an edition somebody should look at, since no answer quotes it, by page.

    These are figures and charts, pages that are pictures, and words that are withdrawn, hidden, laid over the page or
    notes without their mark; headers, contents and the like are not among them. Takes what ``reading_of`` takes.
    """
    kinds = {(each.page, each.preview[:40]): each.reason for each in exclusions if each.reason in FIGURE_REASONS}
    figures = (region for each in passages if not each.is_quotable for region in _figure(each, pages, kinds))
    return tuple(sorted((*figures, *_others(exclusions)), key=lambda region: region.page))


def reading_of_edition(edition_id: EditionId, snapshot: Snapshot) -> ReadingReport:
    """Returns how an edition of the library was read."""
    return reading_of(snapshot.passages_of(edition_id), snapshot.pages(edition_id), snapshot.exclusions(edition_id))


def regions_of_edition(edition_id: EditionId, snapshot: Snapshot) -> tuple[LeftOutRegion, ...]:
    """Returns the regions that are left out of an edition of the library, by page."""
    return regions_of(snapshot.passages_of(edition_id), snapshot.pages(edition_id), snapshot.exclusions(edition_id))


def combined(reports: Sequence[ReadingReport]) -> ReadingReport:
    """Returns the sums of reports of several editions of one file, or of several files; pages count within one file."""
    if len(reports) == 1:
        return reports[0]
    reasons = dict.fromkeys(each.reason for report in reports for each in report.left_out)
    return ReadingReport(
        sum(each.quotable_words for each in reports),
        sum(each.figure_words for each in reports),
        sum(each.table_rows for each in reports),
        left_out=tuple(LeftOut(each, sum(report.of(each).words for report in reports), ()) for each in reasons),
        pages=sum(each.pages for each in reports),
    )


def _rows(passage: Passage) -> int:
    """Returns how many rows of a table a passage has; the names of columns, which a paragraph break precedes, are none."""
    spans = [each.span for each in passage.sentences if each.kind is SentenceKind.TABLE_ROW]
    count, at = 0, 0
    for line in passage.text.split("\n"):
        start, end = passage.span.start + at, passage.span.start + at + len(line)
        is_after_break = passage.text[max(0, at - 2) : at] == "\n\n"
        has_row = any(span.start < end and start < span.end for span in spans)
        count += CELLS in line and has_row and not is_after_break
        at += len(line) + 1
    return count


def _figure(passage: Passage, pages: Sequence[Page], kinds: Mapping[tuple[int, str], str]) -> Iterator[LeftOutRegion]:
    for page in pages_of(passage.span, pages):
        text = " ".join(passage.slice(each) for each in slices(passage.span, pages, page.number))
        yield LeftOutRegion(page.number, kinds.get((page.number, text[:40]), "figure"), text)


def _others(exclusions: Sequence[Exclusion]) -> Iterator[LeftOutRegion]:
    for each in exclusions:
        reason, text = _said(each)
        if reason in SEEN_REASONS or reason == PICTURE:
            yield LeftOutRegion(each.page, reason, text)


def _said(exclusion: Exclusion) -> tuple[str, str]:
    """Returns for what reason words were left out, and the first of them."""
    if exclusion.reason == "other":
        for opening, reason in UNSEEN.items():
            if exclusion.preview.startswith(opening):
                return reason, exclusion.preview.removeprefix(opening)
    return exclusion.reason, exclusion.preview


def _left_out(exclusions: Sequence[Exclusion]) -> tuple[LeftOut, ...]:
    words: dict[str, int] = {}
    pages: dict[str, set[int]] = {}
    for each in exclusions:
        reason, text = _said(each)
        if reason in FIGURE_REASONS or reason in (PICTURE, "blank"):
            continue
        words[reason] = words.get(reason, 0) + (len(text.split()) if each.words is None else each.words)
        pages.setdefault(reason, set()).add(each.page)
    return tuple(LeftOut(reason, count, tuple(sorted(pages[reason]))) for reason, count in sorted(words.items()))
