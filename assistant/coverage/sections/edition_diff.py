"""The section that shows what changed between two editions, and the local passages affected."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Annotated

from assistant.coverage.duties.register import digest_of
from assistant.coverage.edition_diff.change_log import is_change_log
from assistant.coverage.edition_diff.citing_passages import citing
from assistant.coverage.edition_diff.compare import Change, ChangeKind, compare
from assistant.coverage.edition_diff.word_changes import Concern, Words
from assistant.coverage.facts import Column, Facts, yes_or_blank
from assistant.coverage.sections.duties import local_quote
from assistant.coverage.texts.local_text import RELATED, LocalSentence, LocalText
from assistant.coverage.texts.paragraphs import Paragraph, paragraphs
from assistant.coverage.values import ReportSection, Row, SourceQuote, source_quote
from assistant.errors import UsageError
from assistant.model import Duty, Edition, EditionId, Kind
from assistant.ports import Embedder, Snapshot

STATES = tuple(kind.value for kind in ChangeKind)
LEAD = "Paragraphs that were changed, added, removed or moved; duty words and time limits first. Renumbering does not count."
LOCAL = (Kind.POLICY, Kind.STRATEGY, Kind.LEARNING_REVIEW)
"""Types of document that a change may affect."""


@dataclass(frozen=True, slots=True)
class DiffFacts(Facts):
    """Facts of a change between two editions."""

    concerns: Annotated[tuple[Concern, ...], Column("touches")]
    """What the change affects, the most important first."""
    duty: Annotated[Duty | None, Column("duty word")]
    label_before: Annotated[str | None, Column("paragraph before")]
    label_after: Annotated[str | None, Column("paragraph after")]
    has_moved: Annotated[bool, Column("moved", text=yes_or_blank)]
    listed: Annotated[str, Column("listed by the edition")]
    """Entry in the edition's own list of changes, "" where there is none."""
    is_in_change_log: Annotated[bool, Column("own list of changes", text=yes_or_blank)]
    words: Annotated[str, Column("words")]
    """The wording with its changes marked; see ``marked``."""


Cited = Mapping[str, tuple[LocalSentence, ...]]
AROUND = 60
"""Characters shown on each side of a change."""


def edition_diff_section(
    snapshot: Snapshot, embedder: Embedder, old: EditionId, new: EditionId, visible: Sequence[Edition]
) -> ReportSection:
    """Returns the changes from one edition to another, the most important first.

    Args:
        snapshot: The library.
        embedder: Embeds the changed text, to find similar local passages.
        old: The earlier edition.
        new: The later edition.
        visible: The editions that the reader may see.

    Raises:
        UsageError: One of them is not indexed, or both are the same.
    """
    names = {each.edition_id: each for each in visible}
    for name in (old, new):
        if name not in names:
            raise UsageError(f"{name}: not indexed. Indexed editions: {', '.join(sorted(names))}.")
    if old == new:
        raise UsageError(f"{old}: named twice. Name an earlier and a later edition.")
    changes = compare(paragraphs(snapshot, old), paragraphs(snapshot, new), names[new].kind)
    local = [each for each in visible if each.kind in LOCAL and each.work != names[new].work]
    beside = LocalText.of(snapshot, local)
    near = _near(snapshot, embedder, changes, beside)
    cited = [citing(beside.sentences, names[each]) for each in (old, new)]
    rows = tuple(
        _row(each, snapshot, names[new].work, (*_citing(each, snapshot, cited), *touched))
        for each, touched in zip(changes, near, strict=True)
    )
    notes = () if local else ("No local document is indexed, so none can be shown beside a change.",)
    title = f"{names[old].title} → {names[new].title}"
    return ReportSection("diff", title, LEAD, notes, STATES, rows)


def _near(
    snapshot: Snapshot, embedder: Embedder, changes: Sequence[Change], beside: LocalText
) -> list[tuple[SourceQuote, ...]]:
    """Returns for each change the similar local sentences, the nearest first."""
    if not beside.sentences or not changes:
        return [() for _ in changes]
    texts = [_text(each) for each in changes]
    vectors = embedder.embed(texts, kind="passage")
    nearest = (beside.nearest(text, vector) for text, vector in zip(texts, vectors, strict=True))
    return [tuple(local_quote(snapshot, each) for each in some if each.likeness >= RELATED) for some in nearest]


def _citing(change: Change, snapshot: Snapshot, cited: Sequence[Cited]) -> Iterator[SourceQuote]:
    """Yields the local sentences that cite the paragraph by its old or new number."""
    for paragraph, by_number in zip((change.old, change.new), cited, strict=True):
        for each in by_number.get((paragraph and paragraph.label) or "", ()):
            yield source_quote(
                snapshot, each.edition_id, each.parts, label=each.label, headings=each.headings, role="cites it"
            )


def _row(change: Change, snapshot: Snapshot, work: str, near: tuple[SourceQuote, ...]) -> Row[DiffFacts]:
    sides = [(change.old, "before"), (change.new, "after")]
    quotes = tuple(_side(snapshot, paragraph, role) for paragraph, role in sides if paragraph is not None)
    facts = DiffFacts(
        concerns=change.concerns,
        duty=change.duty,
        label_before=change.old.label if change.old else None,
        label_after=change.new.label if change.new else None,
        has_moved=change.has_moved,
        listed=change.listed,
        is_in_change_log=is_change_log(change.new or change.old),
        words=marked(change),
    )
    key = digest_of(work, f"{change.old.text if change.old else ''}\n{change.new.text if change.new else ''}")
    return Row(key, change.kind.value, _text(change), facts, (*quotes, *near))


def marked(change: Change) -> str:
    """Returns the wording with removed words in [-…-] and added words in {+…+}, as ``git diff --word-diff`` writes it.

    Long unchanged or moved stretches are shortened to their ends.
    """
    marks = {"same": "{}", "removed": "[-{}-]", "added": "{{+{}+}}", "moved": "~{}~"}
    return " ".join(marks[each.kind].format(_ends(each)) for each in change.words)


def _ends(words: Words) -> str:
    is_long = words.kind in ("same", "moved") and len(words.text) > 2 * AROUND
    return f"{words.text[:AROUND]} … {words.text[-AROUND:]}" if is_long else words.text


def _side(snapshot: Snapshot, paragraph: Paragraph, role: str) -> SourceQuote:
    where = (snapshot, paragraph.edition_id, (paragraph.span,))
    return source_quote(*where, label=paragraph.label, headings=paragraph.headings, role=role)


def _text(change: Change) -> str:
    paragraph = change.new or change.old
    return paragraph.text if paragraph else ""
