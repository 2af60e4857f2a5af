from hypothesis import given
from hypothesis import strategies as st

from assistant.coverage.edition_diff import ChangeKind, compare
from assistant.coverage.paragraphs import Paragraph
from assistant.coverage.word_changes import Concern, concerns_of, word_changes
from assistant.model import EditionId, Kind, Span

KIND = Kind.STATUTORY_GUIDANCE
WORDS = "school child staff must should record within days police leader review keep never tell".split()
TEXTS = st.lists(
    st.lists(st.sampled_from(WORDS), min_size=4, max_size=12).map(" ".join), min_size=0, max_size=8, unique=True
)


def paragraphs(*texts: str, headings: tuple[str, ...] = ()) -> tuple[Paragraph, ...]:
    return tuple(
        Paragraph(EditionId("e"), Span(place * 100, place * 100 + len(text)), text, str(place), headings, False)
        for place, text in enumerate(texts)
    )


def kinds(old: tuple[str, ...], new: tuple[str, ...]) -> list[ChangeKind]:
    return [each.kind for each in compare(paragraphs(*old), paragraphs(*new), KIND)]


def test_renumbered_cross_references_are_no_change():
    assert kinds(("See paragraph 171 and pages 12-14 of this.",), ("See paragraph 182 and pages 13-15 of this.",)) == []


def test_a_changed_duty_word_comes_before_a_changed_wording():
    old = ("Schools should tell the parents at once about it.", "The record is kept by the office in a cupboard.")
    new = ("Schools must tell the parents at once about it.", "The record is kept by the office in a locked cupboard.")
    first, second = compare(paragraphs(*old), paragraphs(*new), KIND)
    assert first.concerns == (Concern.DUTY,)
    assert second.concerns == (Concern.WORDING,)


def test_a_paragraph_that_stands_elsewhere_has_moved():
    a, b, c = "The first rule is about records.", "The second rule is about visits.", "The third rule is about leave."
    assert kinds((a, b, c), (b, c, a)) == [ChangeKind.MOVED]


def test_a_sentence_that_was_joined_to_another_paragraph_has_only_moved():
    one, other = (
        "Staff should write down what the child has said.",
        "The file is then locked away by the office manager.",
    )
    (change,) = [
        each
        for each in compare(paragraphs(one, other), paragraphs(f"{one} {other}"), KIND)
        if each.old and not each.new
    ]
    assert change.kind is ChangeKind.MOVED
    assert change.duty is None


def test_the_editions_own_list_of_changes_comes_last():
    old = paragraphs("Staff are told.")
    log = paragraphs("Schools must now do this and that.", headings=("Annex F: Table of changes",))
    new = (*paragraphs("Staff are told.", "A new sentence about the weather today."), *log)
    assert [each.new.headings for each in compare(old, new, KIND) if each.new][-1] == ("Annex F: Table of changes",)


def test_a_longer_time_limit_is_told_from_a_changed_number():
    assert concerns_of("Do it within 5 days.", "Do it within 10 days.")[0] is Concern.TIME_LIMIT
    assert concerns_of("There were 5 of them.", "There were 10 of them.") == (Concern.NUMBER,)


@given(TEXTS)
def test_an_edition_is_the_same_as_itself(texts):
    assert compare(paragraphs(*texts), paragraphs(*texts), KIND) == ()


@given(TEXTS, TEXTS)
def test_every_paragraph_is_unchanged_or_told_once(old, new):
    changes = compare(paragraphs(*old), paragraphs(*new), KIND)
    left = [each.old.text for each in changes if each.old]
    right = [each.new.text for each in changes if each.new]
    assert len(left) == len(set(left))
    assert len(right) == len(set(right))
    assert set(old) - set(left) <= set(new)
    assert set(new) - set(right) <= set(old)


@given(st.lists(st.sampled_from(WORDS), max_size=10), st.lists(st.sampled_from(WORDS), max_size=10))
def test_the_word_changes_hold_both_wordings(old, new):
    changes = word_changes(" ".join(old), " ".join(new))
    assert " ".join(each.text for each in changes if each.kind in ("same", "removed")).split() == old
    assert " ".join(each.text for each in changes if each.kind in ("same", "added")).split() == new
