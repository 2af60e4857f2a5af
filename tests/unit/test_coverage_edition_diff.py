from hypothesis import given
from hypothesis import strategies as st

from assistant.coverage.edition_diff.compare import ChangeKind, compare
from assistant.coverage.edition_diff.word_changes import Concern, concerns_of, word_changes
from assistant.coverage.texts.paragraphs import Paragraph
from assistant.model import Duty, EditionId, Kind, Span

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


def test_the_mark_of_a_footnote_and_a_letter_before_an_item_are_no_change():
    assert kinds(("It may end.146 Where it does, tell them.",), ("It may end.212 Where it does, tell them.",)) == []
    assert kinds(("iv. A volunteer is a person who acts unpaid.",), ("A volunteer is a person who acts unpaid.",)) == []
    assert kinds(("Checked under section128 of the act.",), ("Checked under section 128 of the act.",)) == []


def test_what_moved_with_little_else_has_moved_and_what_binds_anew_has_changed():
    long = "The cohort of pupils who are taught elsewhere often has needs that a school has to know of before they go."
    first = "Placements are made by the school after it has looked at what each pupil needs and has written it down."
    old = (f"{first} {long}", "Nothing else is said here.")
    assert kinds(old, (first, "Nothing else is said here.", f"Note it. {long}")) == [ChangeKind.MOVED, ChangeKind.MOVED]
    binding = compare(
        paragraphs(*old), paragraphs(first, "Nothing else is said here.", f"Schools must note it. {long}"), KIND
    )
    assert [each.duty for each in binding if each.kind is not ChangeKind.MOVED] == [Duty.MUST]


def test_what_the_edition_lists_itself_comes_before_what_it_does_not():
    old = paragraphs("The list of harms has bullying in it.", "The list of places has parks in it and some more.")
    new = paragraphs(
        "The list of harms has bullying and lies in it.", "The list of places has parks and many kinds of pitches."
    )
    log = paragraphs("Page 3 | Para 0 - harms updated.", headings=("Annex: Table of changes",))
    first, second, last = compare(old, (*new, *log), KIND)
    assert (first.listed, second.listed) == ("Para 0 - harms updated.", "")
    assert last.new is log[0]
