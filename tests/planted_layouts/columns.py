"""Pages in two columns, drawn in any order."""

from __future__ import annotations

from tests.planted_layouts import hands
from tests.planted_layouts.expected import layout, table_of
from tests.planted_layouts.sheet import NAVY, PALE, Sheet, document

LEFT = (
    (
        "The forum meets in the town hall on the first Tuesday of the month. Its meetings are open "
        "to every person who works with children in the district, whether paid or not."
    ),
    (
        "Members bring one case each. The case is told without names, and those who know the family "
        "leave the room while it is talked about."
    ),
    "The chair is elected for two years and may be elected once more.",
)
RIGHT = (
    (
        "Minutes are sent to all members within a week. They name the points that were made and "
        "not the people who made them."
    ),
    "A member who has missed three meetings is asked whether the place should go to a colleague.",
    ("The forum reports to the partnership each spring, and its report is published with the annual report."),
)
BOTH = (
    "those who know the family leave the room while it is talked about.",
    "The chair is elected for two years and may be elected once more.",
    "They name the points that were made and not the people who made them.",
    "A member who has missed three meetings is asked whether the place should go to a colleague.",
)


def pillars(
    s: Sheet,
    left: tuple[str, ...],
    right: tuple[str, ...],
    width: float = 215,
    gap: float = 24,
    heads: tuple[str, str] = ("", ""),
) -> float:
    """Sets two columns from the current height; returns the lower foot."""
    top, feet = s.y, []
    for c, (parts, head) in enumerate(((left, heads[0]), (right, heads[1]))):
        s.y = top
        x = s.x + c * (width + gap)
        if head:
            s.para(head, x=x, width=width, size=13, font="SB" if s.font == "S" else "B", after=6)
        for words in parts:
            s.para(words, x=x, width=width)
        feet.append(s.y)
    s.y = min(feet)
    return s.y


@layout(
    "two columns",
    "lines drawn across the page",
    sentences=(
        ("The case is told without names, and those who know the family leave the room while it is talked about."),
        *BOTH[1:],
    ),
    never=(
        "first Tuesday of and not",
        "town hall on the first within a",
        "open to every A member",
        "once more. Minutes are sent to all members within a week. They name Members",
    ),
    headings=(("The learning forum", 1),),
)
def columns_drawn_across() -> bytes:
    """The lines of the two columns were written in turn, from the head to the foot."""
    d = document("The learning forum", hands.PLAIN)
    s = Sheet(d, font="S", size=11)
    s.head("The learning forum", 18, "SB")
    pillars(s, LEFT, RIGHT)
    s.page.reorder(lambda i, x, y: (-y, x))
    return d.save()


UP_LEFT = (
    (
        "A child who is questioned by the police has an adult beside them throughout. The adult "
        "is never a person who saw what happened."
    ),
    ("Custody staff ring the volunteer desk as soon as the child is booked in. The desk answers at all hours."),
)
UP_RIGHT = (
    "The volunteer comes within two hours and reads the custody record before seeing the child.",
    "Where the child asks for another adult, the sergeant writes down the reason and tries once more.",
)


@layout(
    "two columns",
    "drawn from the foot up",
    "headings in the columns",
    sentences=(
        "The adult is never a person who saw what happened.",
        "Custody staff ring the volunteer desk as soon as the child is booked in.",
        "The volunteer comes within two hours and reads the custody record before seeing the child.",
        "Where the child asks for another adult, the sergeant writes down the reason and tries once more.",
    ),
    tied=(),
    never=("Being present Arriving", "has an adult The volunteer", "hours and beside them"),
    headings=(("Children in custody", 1), ("Being present", 2), ("Arriving", 2)),
)
def columns_bottom_up() -> bytes:
    d = document("Children in custody", hands.EACH_WORD)
    s = Sheet(d, hands.EACH_WORD, size=10.5)
    s.head("Children in custody", 20)
    pillars(s, UP_LEFT, UP_RIGHT, heads=("Being present", "Arriving"))
    s.page.reorder(lambda i, x, y: -i)
    return d.save()


STOCK = [
    ["Item", "Held at", "Lent for"],
    ["Anatomical dolls", "Family centre", "One week"],
    ["Recording kit", "Police desk", "One day"],
    ["Picture cards", "Every school", "No limit"],
]


@layout(
    "two columns",
    "full-width heading and table between",
    "right column first",
    tables=(table_of(STOCK),),
    sentences=(
        "A child may draw, point or use cards where speaking is too hard.",
        "The interviewer never finishes a sentence for the child.",
        "Sound and picture are tested before the child enters the room.",
        "A second adult sits where the child can see the door.",
        "The kit is signed out and signed in by the same person.",
        "Lost items are told to the centre manager on the day.",
    ),
    tied=(("Recording kit", "Police desk"),),
    never=(
        "speaking is too hard. Sound",
        "use cards Sound and",
        "Item The kit",
        "One day Picture cards",
        "A child may draw, point or Sound",
    ),
    headings=(("Tools for speaking with children", 1), ("What can be borrowed", 2)),
)
def columns_with_table_between() -> bytes:
    """Two columns, then a heading and a table over the full width, then two columns again; the right columns were written first."""
    d = document("Tools for speaking with children", hands.LIBREOFFICE)
    s = Sheet(d, hands.LIBREOFFICE, size=10.5, width=454)
    s.head("Tools for speaking with children", 18)
    pillars(
        s,
        (
            "A child may draw, point or use cards where speaking is too hard.",
            (
                "The interviewer never finishes a sentence for the child. Pauses are left as they come "
                "and are noted with their length."
            ),
        ),
        (
            "Sound and picture are tested before the child enters the room.",
            "A second adult sits where the child can see the door. This adult takes notes and does not speak.",
        ),
    )
    s.head("What can be borrowed", 14)
    s.table((160, 150, 144), STOCK, ink="cell", head_fill=PALE)
    pillars(
        s,
        ("The kit is signed out and signed in by the same person.",),
        ("Lost items are told to the centre manager on the day.",),
    )
    s.page.reorder(lambda i, x, y: (0 if x > 300 else 1, i))
    return d.save()


NEWS_LEFT = (
    (
        "In this issue we say goodbye to the old referral form. From the second of May the front "
        "door takes referrals by the portal or by telephone and in no other way."
    ),
    "Passwords for the portal are handed out by each agency’s own administrator.",
)
NEWS_RIGHT = (
    (
        "The summer course for new chairs has four places left. It runs on three Fridays and ends "
        "with a meeting that is chaired before friends."
    ),
    ("The toy library has moved next to the clinic in Wend Street. It lends toys to childminders who have a card."),
)


@layout(
    "two columns",
    "uneven lengths",
    "left column goes on in the right",
    sentences=(
        ("From the second of May the front door takes referrals by the portal or by telephone and in no other way."),
        "Passwords for the portal are handed out by each agency’s own administrator.",
        "It runs on three Fridays and ends with a meeting that is chaired before friends.",
        "It lends toys to childminders who have a card.",
        ("A worker who leaves hands back the telephone, the badge and the keys to the visiting rooms on the last day."),
    ),
    never=("goodbye to The summer", "old referral form. From chairs", "hands back the The summer"),
    headings=(("News from the partnership", 1), ("Portal", 2), ("Courses", 2)),
)
def columns_sentence_runs_over() -> bytes:
    """A sentence begins at the foot of the left column and ends at the head of the right one."""
    d = document("News from the partnership", hands.WORD)
    s = Sheet(d, hands.WORD, size=10.5, width=460)
    s.head("News from the partnership", 20, colour=NAVY)
    top = s.y
    width, right = 215, 72 + 240
    s.para("Portal", width=width, size=13, font="B", after=6)
    for words in NEWS_LEFT:
        s.para(words, width=width)
    s.lines(("A worker who leaves hands back the",), after=0)
    s.y = top
    s.lines(("telephone, the badge and the keys to the", "visiting rooms on the last day."), x=right)
    s.gap(6)
    s.para("Courses", x=right, width=width, size=13, font="B", after=6)
    for words in NEWS_RIGHT:
        s.para(words, x=right, width=width)
    return d.save()
