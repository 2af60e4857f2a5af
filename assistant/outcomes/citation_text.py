"""What a citation is called in words: the one wording for the command line, the page, the API and every file."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import TYPE_CHECKING, Self

from assistant.editions.source_marks import mark_words
from assistant.model import Citation, Duty, Edition, Form, Kind, More
from assistant.model.formats import PAGE, PAGE_WORDS
from assistant.text.headings import first_that_speaks, turns_round

if TYPE_CHECKING:
    from assistant.outcomes.view import CitationView, HitView, MoreView

FINDING = "a finding, not a duty"
"""What is said of a learning review where other documents have a duty word."""
NO_DUTY = "no duty word"
HEADINGS = 2
"""Headings that are named, the nearest ones below the title."""

NumberedPage = tuple[int, str]
"""A page's index in the file, and its label as printed."""


@dataclass(frozen=True, slots=True)
class CitationText:
    """A citation's facts that are put into words, and the words; made from a citation or from its view."""

    title: str
    kind: Kind
    form: Form
    headings: tuple[str, ...]
    label: str | None
    pages: tuple[NumberedPage, ...]
    """In reading order, each page once."""
    duty: Duty | None = None
    recognised: float | None = None
    """Confidence of words that were read by OCR."""
    at_source: str = ""
    """What its source says of the edition, such as "withdrawn by its publisher"; "" for nothing."""

    @classmethod
    def of(cls, citation: Citation) -> Self:
        """Returns the words for a citation."""
        pages = _numbered((part.pages, part.page_labels) for part in citation.parts)
        at = cls.at(citation.edition, citation.headings, citation.label, pages, citation.duty)
        return replace(at, recognised=citation.recognised)

    @classmethod
    def at(
        cls,
        edition: Edition,
        headings: Sequence[str],
        label: str | None,
        pages: Iterable[NumberedPage],
        duty: Duty | None = None,
    ) -> Self:
        """Returns the words for a place in an edition."""
        place = tuple(headings), label, tuple(pages)
        return cls(edition.title, edition.kind, edition.form, *place, duty, at_source=mark_words(edition.source_mark))

    @classmethod
    def of_view(cls, citation: CitationView) -> Self:
        """Returns the words for the view of a citation."""
        pages = _numbered((part.pages, part.page_labels) for part in citation.parts)
        kind, form = citation.kind, citation.form
        place = citation.headings, citation.label, pages, citation.duty
        return cls(citation.title, kind, form, *place, citation.recognised, mark_words(citation.source_mark))

    @classmethod
    def of_hit(cls, hit: HitView) -> Self:
        """Returns the words for the view of a search hit."""
        pages = _numbered([(hit.pages, hit.page_labels)])
        at_source = mark_words(hit.source_mark)
        place = hit.headings, hit.label, pages
        return cls(hit.title, hit.kind, hit.form, *place, recognised=hit.recognised, at_source=at_source)

    @property
    def source(self) -> str:
        """Everything: "Policy 2026 (policy, draft); 7. Enquiries; section 7.2; pages 12 to 13"."""
        return "; ".join(
            filter(None, (self.document, self.heading_path, self.label_words, self.page_words, self.ocr_words))
        )

    @property
    def document(self) -> str:
        """Title, kind, form where it is not official, and what its source says: "Policy 2026 (policy, draft)"."""
        form = f", {form_words(self.form)}" if form_words(self.form) else ""
        finding = f"; {FINDING}" if self.kind is Kind.LEARNING_REVIEW else ""
        at_source = f"; {self.at_source}" if self.at_source else ""
        return f"{self.title} ({kind_words(self.kind)}{form}{finding}{at_source})"

    @property
    def place(self) -> str:
        """Label and pages: "section 7.2, pages 12 to 13", and that they were read by OCR."""
        return ", ".join(filter(None, (self.label_words, self.page_words, self.ocr_words)))

    @property
    def ocr_words(self) -> str:
        """How words were read that the file has as a picture only: "read by OCR, confidence .93"; "" where it has text."""
        if self.recognised is None:
            return ""
        return f"read by OCR, confidence {f'{self.recognised:.2f}'.removeprefix('0')}"

    @property
    def heading_path(self) -> str:
        """The nearest headings below the title: "2 Referrals > 2.1 Time limits", and those above that say what they are about.

        A heading that turns its text round ("Do not") is always among them.
        """
        below = [each.rstrip(" :") for each in self.headings if each != self.title]
        return " > ".join(below[first_that_speaks(below, HEADINGS) :])

    @property
    def subject(self) -> str:
        """What a quote is about: "Policy 2026 > 7. Enquiries > 7.2 Time limits"."""
        return " > ".join(filter(None, (self.title, self.heading_path)))

    @property
    def turning(self) -> str:
        """The headings that turn the words under them round, such as "Do not" or "Myths"; "" for none."""
        return " > ".join(each.rstrip(" :") for each in self.headings if turns_round(each))

    @property
    def label_words(self) -> str:
        """What the label is called: "paragraph 155", "section 7.2"; "" for none, and where ``heading_path`` prints it."""
        if not self.label or _prints(self.heading_path, self.label):
            return ""
        if " " in self.label:
            return self.label
        return f"{'section' if '.' in self.label else 'paragraph'} {self.label}"

    @property
    def page_words(self) -> str:
        """Pages as printed, with their place in the file where that is another number."""
        return page_words(self.pages)

    @property
    def strength(self) -> str:
        """The duty word, or that there is none; a learning review's words are never a duty."""
        if self.kind is Kind.LEARNING_REVIEW:
            return FINDING
        return self.duty.value if self.duty else NO_DUTY


def more_words(more: More | MoreView) -> str:
    """Returns what is said of a list that is quoted in part: "and 6 more, page 40"."""
    return f"and {more.count} more, {page_words(tuple(zip(more.pages, more.page_labels, strict=False)))}"


def kind_words(kind: Kind) -> str:
    """Returns what a kind of document is called, such as "statutory guidance"."""
    return kind.value.replace("_", " ")


def form_words(form: Form) -> str:
    """Returns what a form is called; "" for official, which is not remarked on."""
    return "" if form is Form.OFFICIAL else form.value


def page_words(pages: Sequence[NumberedPage]) -> str:
    """Returns "page 12", "pages 12 to 14 and 20", "page iii (in the file 5)", "slide 3" or "sheet Contacts"; "" for no page."""
    if not pages:
        return ""
    word, pages = _called(pages)
    runs = _runs(pages)
    printed = dict.fromkeys(_range(run[0][1], run[-1][1]) for run in runs)
    text = f"{word}{'s' if len({label for _, label in pages}) > 1 else ''} {_listed(list(printed))}"
    if word != PAGE or all(str(number) == label for number, label in pages):
        return text
    return f"{text} (in the file {_listed([_range(str(run[0][0]), str(run[-1][0])) for run in runs])})"


def _called(pages: Sequence[NumberedPage]) -> tuple[str, Sequence[NumberedPage]]:
    """Returns what pages are called, and their labels without that word where they begin with it."""
    word = pages[0][1].split(" ")[0]
    if word == PAGE or word not in PAGE_WORDS or not all(label.startswith(f"{word} ") for _, label in pages):
        return PAGE, pages
    return word, [(number, label.removeprefix(f"{word} ")) for number, label in pages]


def _runs(pages: Sequence[NumberedPage]) -> list[list[NumberedPage]]:
    """Returns pages in runs that follow one another, in the file and as printed."""
    runs = [[page] for page in pages[:1]]
    for before, page in pairwise(pages):
        if _follows(before, page):
            runs[-1].append(page)
        else:
            runs.append([page])
    return runs


def _follows(before: NumberedPage, page: NumberedPage) -> bool:
    labels = before[1], page[1]
    numbers = [int(label) for label in labels if label.isdecimal()]
    is_next = numbers[1] == numbers[0] + 1 if len(numbers) == 2 else not numbers and labels[0] != labels[1]
    return page[0] == before[0] + 1 and is_next


def _range(first: str, last: str) -> str:
    return first if first == last else f"{first} to {last}"


def _listed(texts: Sequence[str]) -> str:
    return " and ".join(filter(None, (", ".join(texts[:-1]), texts[-1])))


def _prints(heading_path: str, label: str) -> bool:
    """Returns whether headings print a label: "2.1 Scope" prints 2.1, and neither 2 nor 1."""
    return re.search(rf"(?<![\d.]){re.escape(label)}(?!\.?\d)", heading_path) is not None


def _numbered(parts: Iterable[tuple[Sequence[int], Sequence[str]]]) -> tuple[NumberedPage, ...]:
    """Returns the pages of all parts, sorted by index, each once."""
    return tuple(sorted({number: label for part in parts for number, label in zip(*part, strict=True)}.items()))
