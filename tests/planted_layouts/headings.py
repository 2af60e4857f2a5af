"""Headings that are only bold, only underlined, numbered, spaced or at the head of a page; and large print that is none."""

from __future__ import annotations

from tests.planted_layouts import hands
from tests.planted_layouts.expected import layout
from tests.planted_layouts.pdf import number
from tests.planted_layouts.sheet import NAVY, TEAL, Sheet, document

BOLD = (
    (
        "Who can ask for a review",
        (
            "Any agency that worked with the child in the past two years can ask for a review.",
            "The request is made on one page and is sent to the business manager.",
        ),
    ),
    (
        "What the group looks at",
        ("The group looks at whether agencies can learn something that would help other children.",),
    ),
    (
        "Time allowed",
        (
            "A decision is made within fifteen working days.",
            "It is written down with its reasons and sent to everybody who asked.",
        ),
    ),
)


@layout(
    "bold-only headings",
    sentences=(
        *(words for _, parts in BOLD for words in parts),
        "Do not name the child in an email.",
        "Note: the fifteen days begin on the day after the request.",
    ),
    headings=(("Asking for a review", 1), *((head, 2) for head, _ in BOLD)),
    not_headings=("Do not name the child in an email.", "Note:"),
    never=("Who can ask for a review Any agency", "Time allowed A decision", "manager. What the group"),
)
def headings_bold_only() -> bytes:
    """Headings in the size of the body, told only by their weight; a bold warning and a bold first word are none."""
    d = document("Asking for a review", hands.WORD)
    s = Sheet(d, hands.WORD)
    s.head("Asking for a review", 16)
    for n, (head, parts) in enumerate(BOLD):
        s.para(head, font="B", after=3)
        for words in parts:
            s.para(words)
        if n == 0:
            s.para("Do not name the child in an email.", font="B")
    end = s.at(72, s.y, "Note:", "B")
    s.at(end + s.hand.width(" ", "R", 11), s.y, "the fifteen days begin on the day after the request.")
    return d.save()


UNDERLINED = (
    ("Before the interview", "The room is booked for twice the time that seems to be needed."),
    ("In the interview", "Questions are open, and none of them is asked three times."),
    ("Afterwards", "The child is driven home by somebody they know."),
)


@layout(
    "underlined headings",
    sentences=(*(words for _, words in UNDERLINED), "The word must is used here as the law uses it."),
    headings=(("Interviewing a child", 1), *((head, 2) for head, _ in UNDERLINED)),
    not_headings=("must",),
    never=("Before the interview The room", "Afterwards The child"),
)
def headings_underlined() -> bytes:
    """Headings with a drawn line under them; one word inside a sentence has one too."""
    d = document("Interviewing a child", hands.FOP)
    s = Sheet(d, hands.FOP, font="S", size=12)
    s.head("Interviewing a child", 16, "SB")
    for head, words in UNDERLINED:
        s.page.line(72, s.y - 2, 72 + s.hand.width(head, "S", 12), s.y - 2, 0.6)
        s.para(head, after=4)
        s.para(words)
    left = 72 + s.hand.width("The word ", "S", 12)
    s.page.line(left, s.y - 2, left + s.hand.width("must", "S", 12), s.y - 2, 0.6)
    s.para("The word must is used here as the law uses it.")
    return d.save()


@layout(
    "numbered headings",
    "numbered paragraphs",
    sentences=(
        "This protocol says how hospitals and social workers share what they know about unborn children.",
        "It binds midwives, ward managers and the social work teams of the three districts.",
        ("The midwife makes the referral as soon as the pregnancy is known, and by week eighteen at the latest."),
        "The plan is in the mother’s notes by week thirty-four.",
        "A copy goes to the ward, to the ambulance trust and to the night duty team.",
    ),
    headings=(
        ("Unborn children protocol", 1),
        ("1. Purpose", 2),
        ("2. Referral", 2),
        ("2.1 Who refers", 3),
        ("2.2 The plan for the birth", 3),
        ("3. Review of this protocol", 2),
    ),
    not_headings=("2.1.1", "2.2.1 The plan is in the mother’s notes by week thirty-four."),
    never=("Purpose This protocol", "Who refers The midwife", "2. Referral 2.1", "2.2.1 2.2.2"),
)
def headings_numbered() -> bytes:
    """Numbers of three depths: two of headings, the third of paragraphs that hang from their numbers."""
    d = document("Unborn children protocol", hands.LIBREOFFICE)
    s = Sheet(d, hands.LIBREOFFICE, size=10.5)
    s.head("Unborn children protocol", 18)
    s.head("1. Purpose", 14)
    s.para("This protocol says how hospitals and social workers share what they know about unborn children.")
    s.para("It binds midwives, ward managers and the social work teams of the three districts.")
    s.head("2. Referral", 14)
    s.head("2.1 Who refers", 11.5, before=2)
    s.item(
        "2.1.1",
        ("The midwife makes the referral as soon as the pregnancy is known, and by week eighteen at the latest."),
        0,
        40,
    )
    s.head("2.2 The plan for the birth", 11.5, before=6)
    s.item("2.2.1", "The plan is in the mother’s notes by week thirty-four.", 0, 40)
    s.item("2.2.2", "A copy goes to the ward, to the ambulance trust and to the night duty team.", 0, 40)
    s.head("3. Review of this protocol", 14)
    s.para("The protocol is looked at again in the spring of every second year.")
    return d.save()


@layout(
    "larger print that is no heading",
    sentences=(
        (
            "Every child in Marlshire has the right to grow up without fear, and every adult who works "
            "here has a part in that."
        ),
        ("If you are worried about a child, read the Marlshire short guide and ring the front door on the same day."),
        "The guide fits on one page and is kept beside the telephone.",
        "You are never wrong to ask.",
    ),
    headings=(("A word to all staff", 1), ("Where to find the guide", 2)),
    not_headings=(
        (
            "Every child in Marlshire has the right to grow up without fear, and every adult who works "
            "here has a part in that."
        ),
        "Marlshire short guide",
    ),
    never=("worried about a child, read the and ring",),
)
def large_print_prose() -> bytes:
    """An opening paragraph in larger print, and a link in larger print inside a sentence of the body."""
    d = document("A word to all staff", hands.CHROMIUM)
    s = Sheet(d, hands.CHROMIUM, size=10.5)
    s.head("A word to all staff", 22)
    s.para(
        (
            "Every child in Marlshire has the right to grow up without fear, and every adult who works "
            "here has a part in that."
        ),
        size=14,
        colour=TEAL,
        after=14,
    )
    s.para(
        "Those who founded the partnership wrote this sentence above their first plan, and it has "
        "stood there ever since. The rest of this page is about what it asks of each of us in an "
        "ordinary week."
    )
    s.run("If you are worried about a child, read the ", ("Marlshire short guide", 13, 0), " and")
    s.lines(("ring the front door on the same day.",))
    s.head("Where to find the guide", 14)
    s.para("The guide fits on one page and is kept beside the telephone.")
    s.para("You are never wrong to ask.")
    return d.save()


ANNEXES = (
    (
        "Annex 1",
        "The list of the trained chairs is kept by the clerk.",
        "A chair who has not sat for a year is trained again.",
    ),
    (
        "Annex 2",
        "The letter to parents is sent in the language they read best.",
        "It names the person to whom they can speak before the meeting.",
    ),
    ("Annex 3", "The room has two doors, a telephone and water.", "Toys are cleaned after each meeting."),
)


@layout(
    "headings that open pages and differ by a number",
    "running header",
    sentences=tuple(words for _, *parts in ANNEXES for words in parts),
    headings=tuple((head, 1) for head, *_ in ANNEXES),
    not_headings=("Conference handbook",),
    labels=("21", "22", "23"),
    never=("Conference handbook Annex", "again. 21", "handbook The list"),
)
def headings_annexes() -> bytes:
    """Three pages which begin with Annex 1, Annex 2 and Annex 3 under the same running header."""
    d = document("Conference handbook", hands.WORD)
    for n, (head, *parts) in enumerate(ANNEXES):
        s = Sheet(d, hands.WORD, top=760)
        s.at(72, 805, "Conference handbook", "I", 9, (0.4,))
        s.head(head, 18, before=0)
        for words in parts:
            s.para(words)
        s.centred(297, 35, str(21 + n), size=9)
    return d.save()


SPACED = (
    ("PURPOSE", "This sheet helps a manager to decide who should come to the first meeting."),
    ("WHO COMES", "The worker who knows the child best comes, even where that worker is new."),
    ("AFTER THE MEETING", "The plan is sent out on the same evening."),
)


@layout(
    "letter-spaced headings",
    "by Tc",
    sentences=tuple(words for _, words in SPACED),
    headings=(("FIRST MEETINGS", 1), *((head, 2) for head, _ in SPACED)),
    never=("P U R", "W H O", "AFTERTHE", "WHOCOMES", "PURPOSE This", "PUR POSE"),
)
def spaced_by_character_spacing() -> bytes:
    """Headings set with a character spacing of nearly half their size."""
    d = document("First meetings", hands.PLAIN)
    s = Sheet(d)

    def spaced(words: str, size: float, gap: float) -> None:
        s.page.text(
            72,
            s.y,
            (
                f"BT 0.1 0.2 0.45 rg /{d.plain('B')} {number(size)} Tf {gap} Tc 1 0 0 1 72 {number(s.y)} "
                f"Tm ({words}) Tj 0 Tc ET"
            ),
        )
        s.y -= size * 1.8

    spaced("FIRST MEETINGS", 18, 6)
    for head, words in SPACED:
        spaced(head, 12, 5)
        s.para(words, after=12)
    return d.save()


SPACED_STEPS = (
    ("Scope", "This note is for those who run holiday clubs in church halls and sports grounds."),
    ("Ratios", "There is one adult for every eight children, and never fewer than two adults."),
    ("Going home", "A child leaves only with a person whose name is on the card."),
)


@layout(
    "letter-spaced headings",
    "by steps in TJ and single letters",
    sentences=tuple(words for _, words in SPACED_STEPS),
    headings=(("Holiday clubs", 1), *((head, 2) for head, _ in SPACED_STEPS)),
    never=("S c o p e", "Ra tios", "Goinghome", "H o l", "Scope This"),
)
def spaced_by_steps() -> bytes:
    """Headings whose letters stand apart: in one array of steps, or each letter in a place of its own."""
    d = document("Holiday clubs", hands.EACH_WORD)
    s = Sheet(d, hands.EACH_WORD)
    font = d.plain("B")
    for n, (words, size) in enumerate((("Holiday clubs", 18), *((head, 13) for head, _ in SPACED_STEPS))):
        if n % 2:
            x, out = 72.0, []
            for letter in words:
                if letter != " ":
                    out.append(f"1 0 0 1 {number(x)} {number(s.y)} Tm ({letter}) Tj")
                x += s.hand.width(letter, "B", size) + size * 0.3
            s.page.text(72, s.y, f"BT 0 g /{font} {size} Tf " + " ".join(out) + " ET")
        else:
            s.page.text(
                72,
                s.y,
                f"BT 0 g /{font} {size} Tf 1 0 0 1 72 {number(s.y)} Tm ["
                + " -300 ".join(f"({letter})" for letter in words)
                + "] TJ ET",
            )
        s.y -= size * 1.7
        if n:
            s.para(SPACED_STEPS[n - 1][1], after=12)
    return d.save()


SPACED_TYPED = (
    ("A I M S", "AIMS", "The scheme lends a bicycle to each worker who visits more than four homes in a week."),
    (
        "R U L E S   O F   L O A N",
        "RULES OF LOAN",
        "A bicycle comes back on the last day of the month, with its lock and its lamp.",
    ),
    ("D A M A G E", "DAMAGE", "Damage is told to the depot within a day and costs the worker nothing."),
)


@layout(
    "letter-spaced headings",
    "by typed spaces",
    sentences=tuple(words for *_, words in SPACED_TYPED),
    headings=(("Bicycle scheme", 1), *((head, 2) for _, head, _ in SPACED_TYPED)),
    never=("A I M S", "R U L E S", "RULESOF", "D A M", "AIMS The scheme"),
)
def spaced_by_typed_spaces() -> bytes:
    """Headings typed with a space after each letter, and three between words."""
    d = document("Bicycle scheme", hands.LIBREOFFICE)
    s = Sheet(d, hands.LIBREOFFICE)
    s.head("Bicycle scheme", 18)
    for typed, _, words in SPACED_TYPED:
        s.at(72, s.y, typed, "B", 12, NAVY)
        s.y -= 22
        s.para(words, after=12)
    return d.save()


CAPITALS = (
    ("WHAT WE LOOK FOR", None, "Inspectors spend a morning in each home and eat there at midday."),
    ("", "In the kitchen", "They look into the fridge and ask who cooks on Sundays."),
    ("", "In the bedrooms", "They go in only if the young person says that they may."),
    ("WHAT WE WRITE", None, "The report is read aloud to the young people before it is sent to the owner."),
)


@layout(
    "bold-only headings",
    "two depths by capitals",
    sentences=tuple(words for *_, words in CAPITALS),
    headings=(
        ("Inspecting a home", 1),
        ("WHAT WE LOOK FOR", 2),
        ("In the kitchen", 3),
        ("In the bedrooms", 3),
        ("WHAT WE WRITE", 2),
    ),
    never=("FOR Inspectors", "kitchen They", "midday. In the kitchen", "WRITE The report"),
)
def headings_bold_capitals() -> bytes:
    """Headings in the size of the body: capitals above small letters, both bold."""
    d = document("Inspecting a home", hands.LIBREOFFICE)
    s = Sheet(d, hands.LIBREOFFICE, size=10.5)
    s.head("Inspecting a home", 16)
    for upper, lower, words in CAPITALS:
        for head in (upper, lower):
            if head:
                s.gap(5)
                s.para(head, font="B", after=3)
        s.para(words)
    return d.save()


WRAPPED_HEAD = "When a young person over sixteen asks that nothing be said to a parent or to the school"


@layout(
    "bold-only headings",
    "a heading over two lines",
    sentences=(
        "The worker explains at once what cannot be kept back and why.",
        "The wish is written down in the words in which it was said.",
        "A parent who rings is told that the worker will call back.",
    ),
    headings=(("Keeping a confidence", 1), (WRAPPED_HEAD, 2), ("If a parent rings", 2)),
    never=("school The worker", "parent or The worker", "rings A parent"),
)
def headings_bold_wrapped() -> bytes:
    d = document("Keeping a confidence", hands.CHROMIUM)
    s = Sheet(d, hands.CHROMIUM, size=10.5, width=400)
    s.head("Keeping a confidence", 18)
    s.para(WRAPPED_HEAD, font="B", after=4)
    s.para("The worker explains at once what cannot be kept back and why.")
    s.para("The wish is written down in the words in which it was said.")
    s.gap(4)
    s.para("If a parent rings", font="B", after=4)
    s.para("A parent who rings is told that the worker will call back.")
    return d.save()


ESCALATION = (
    ("4", "Escalation", ""),
    ("", "", "Most quarrels end when two workers have spoken, and this section is for the others."),
    ("4.1", "", "The two managers meet within two working days of the first quarrel."),
    ("4.2", "", "If they do not agree, the heads of service decide within five working days."),
    ("5", "Learning from quarrels", ""),
    ("5.1", "", "The business manager keeps a list of quarrels, without the names of children."),
)


@layout(
    "numbered headings",
    "numbers in a text object of their own",
    sentences=tuple(words for *_, words in ESCALATION if words),
    headings=(("4 Escalation", 1), ("5 Learning from quarrels", 1)),
    not_headings=("4.1", "5.1", "4.2"),
    never=("Escalation Most", "days. 4.2", "quarrels 5.1 The business", "4 4.1"),
)
def headings_number_apart() -> bytes:
    """Word: the number of a heading or paragraph is drawn apart from its words, far to the left."""
    d = document("Resolving quarrels", hands.WORD)
    s = Sheet(d, hands.WORD)
    for mark, head, words in ESCALATION:
        if head:
            s.gap(6)
            s.at(72, s.y, mark, "B", 14)
            s.para(head, x=108, size=14, font="B", after=8)
        else:
            s.item(mark, words, 0, 36, after=7)
    return d.save()


PARTS = (
    ("Part A: The young person", 1, "The young person chooses where the talk is held."),
    ("Section 1: Before the talk", 2, "The worker reads what the police have written."),
    ("Section 2: The talk", 2, "The talk is over when the young person says that it is over."),
    ("Part B: The family", 1, "A parent is spoken to by somebody else, on the same day."),
)


@layout(
    "numbered headings",
    "parts and sections",
    sentences=tuple(words for *_, words in PARTS),
    headings=(*((head, level) for head, level, _ in PARTS),),
    never=("person The young", "held. Section 1", "talk The talk", "over. Part B", "family A parent"),
)
def headings_parts_and_sections() -> bytes:
    d = document("Return talks", hands.FOP)
    s = Sheet(d, hands.FOP, font="S", size=12)
    for head, level, words in PARTS:
        s.head(head, 17 if level == 1 else 13.5, "SB")
        s.para(words)
    return d.save()


@layout(
    "larger print that is no heading",
    "a notice of three lines",
    sentences=(
        (
            "If you think that a child is being hurt, do not wait until you are sure, and do not ask "
            "the child to say it again."
        ),
        "Ring 01632 960 411 by day and 01632 960 455 by night.",
        "This leaflet is given to everybody who hires a hall.",
    ),
    headings=(("Hiring a hall", 1),),
    not_headings=("Ring 01632 960 411 by day and 01632 960 455 by night.",),
    never=("hall. If you think", "again. This leaflet"),
)
def large_print_notice() -> bytes:
    """A notice in bold print half as large again as the body, over several lines."""
    d = document("Hiring a hall", hands.PLAIN)
    s = Sheet(d)
    s.head("Hiring a hall", 24)
    s.para("This leaflet is given to everybody who hires a hall.")
    s.para("It is short, so that it can be read while the kettle boils. Longer guidance is on the shelf in the porch.")
    s.gap(8)
    for words in (
        (
            "If you think that a child is being hurt, do not wait until you are sure, and do not ask "
            "the child to say it again."
        ),
        "Ring 01632 960 411 by day and 01632 960 455 by night.",
    ):
        s.para(words, size=15, font="B")
    s.gap(8)
    s.para(
        "Chairs are stacked by those who used them. The last to leave turns off the lights and "
        "drops the key through the letter box."
    )
    return d.save()


@layout(
    "larger print that is no heading",
    "a saying set in the middle",
    sentences=(
        "“They asked my mother how I was, and my teacher how I was, and then they went home.”",
        "The review was asked for by the young man himself, who is now an adult.",
        "He read this report before anybody else did, and changed three words.",
    ),
    headings=(("Why this report was written", 1),),
    not_headings=("“They asked my mother how I was, and my teacher how I was, and then they went home.”",),
    never=("adult. “They", "home.” He read"),
)
def large_print_saying() -> bytes:
    d = document("Why this report was written", hands.LIBREOFFICE)
    s = Sheet(d, hands.LIBREOFFICE, size=10.5)
    s.head("Why this report was written", 18)
    s.para("The review was asked for by the young man himself, who is now an adult.")
    s.gap(12)
    for line in ("“They asked my mother how I was,", "and my teacher how I was,", "and then they went home.”"):
        s.centred(297, s.y, line, "I", 15, TEAL)
        s.y -= 20
    s.gap(14)
    s.para("He read this report before anybody else did, and changed three words.")
    return d.save()


STAGES = (
    ("Stage 1", "The young person and the worker draw the week together.", "Each day has a colour."),
    ("Stage 2", "They mark the hours in which something goes wrong.", "The worker does not say what is wrong."),
    ("Stage 3", "They choose one hour and change it.", "After a week they look at the drawing again."),
    ("Stage 4", "The young person shows the drawing to whom they like.", "Nobody else shows it."),
)


@layout(
    "headings that open pages and differ by a number",
    "no page numbers",
    sentences=tuple(words for _, *parts in STAGES for words in parts),
    headings=tuple((head, 1) for head, *_ in STAGES),
    never=("colour. Stage 2", "wrong. Stage 3", "Stage 1 The", "again. Stage"),
)
def headings_stages() -> bytes:
    """Four pages, each opened by its stage in the middle of the line where a running header might stand; none has one."""
    d = document("Drawing the week", hands.CHROMIUM)
    for head, *parts in STAGES:
        s = Sheet(d, hands.CHROMIUM, top=800)
        s.centred(297, s.y, head, "B", 17)
        s.y -= 34
        for words in parts:
            s.para(words)
    return d.save()


LETTERS = (
    ("Letters to parents", "A letter says first what has been decided and then why."),
    ("Letters to children", "A letter to a child has short sentences and no abbreviations."),
    ("Letters to other councils", "A letter to another council names one person who can be rung."),
)


@layout(
    "underlined headings",
    "bold and underlined by thin boxes",
    sentences=(*(words for _, words in LETTERS), "The address www.marlshire.example is given in each letter."),
    headings=(("Writing letters", 1), *((head, 2) for head, _ in LETTERS)),
    not_headings=("www.marlshire.example",),
    never=("parents A letter", "children A letter", "rung. Letters"),
)
def headings_underlined_word() -> bytes:
    """Word: the line under a heading is a thin filled box; an underlined address inside a sentence is no heading."""
    d = document("Writing letters", hands.WORD)
    s = Sheet(d, hands.WORD)
    s.head("Writing letters", 16)
    for head, words in LETTERS:
        s.page.box(72, s.y - 1.8, s.hand.width(head, "B", 11), 0.7, fill=(0,))
        s.para(head, font="B", after=4)
        s.para(words)
    left = 72 + s.hand.width("The address ", "R", 11)
    s.page.box(left, s.y - 1.8, s.hand.width("www.marlshire.example", "R", 11), 0.6, fill=NAVY)
    s.para("The address www.marlshire.example is given in each letter.")
    return d.save()


@layout(
    "underlined headings",
    "underlined in two depths",
    sentences=(
        "The duty worker has a telephone, a torch and a card with the worker’s name.",
        "The card is shown before the door is opened and not after.",
        "Two workers go where the last visit ended in shouting.",
    ),
    headings=(("Going out", 1), ("What to take", 2), ("Whom to take", 2)),
    never=("Going out What", "take The duty", "after. Whom", "take Two"),
)
def headings_underlined_depths() -> bytes:
    """A bold title with a line over the full width, and plain headings with a line as long as their words."""
    d = document("Going out", hands.LIBREOFFICE)
    s = Sheet(d, hands.LIBREOFFICE, size=10.5)
    s.at(72, s.y, "Going out", "B", 15)
    s.page.line(72, s.y - 5, 522, s.y - 5, 1.2, TEAL)
    s.y -= 30
    for head, parts in (
        (
            "What to take",
            (
                "The duty worker has a telephone, a torch and a card with the worker’s name.",
                "The card is shown before the door is opened and not after.",
            ),
        ),
        ("Whom to take", ("Two workers go where the last visit ended in shouting.",)),
    ):
        s.gap(4)
        s.page.line(72, s.y - 2, 72 + s.hand.width(head, "R", 10.5), s.y - 2, 0.6)
        s.para(head, after=4)
        for words in parts:
            s.para(words)
    return d.save()
