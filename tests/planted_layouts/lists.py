"""Lists with drawn bullets, ticks, numbers and letters, tied to their lead-ins."""

from __future__ import annotations

from tests.planted_layouts import hands
from tests.planted_layouts.expected import layout
from tests.planted_layouts.sheet import TEAL, Sheet, document

LEAD = "The night worker wakes the manager when:"
ITEMS = (
    "a young person has not come in by eleven o’clock",
    (
        "somebody at the door will not say who they are or whom they have come to see, or asks "
        "for a young person by a name that is not used in the house"
    ),
    "the smoke alarm has gone off",
    "medicine is missing from the cupboard",
)


@layout(
    "drawn bullets",
    "filled discs",
    tied=tuple((LEAD, item) for item in ITEMS),
    sentences=(
        "Every call to the manager is written in the night book with its time.",
        (
            "somebody at the door will not say who they are or whom they have come to see, or asks "
            "for a young person by a name that is not used in the house"
        ),
    ),
    never=("o’clock somebody", "in the house the smoke", "gone off medicine", "cupboard Every"),
    headings=(("Nights in the house", 1),),
    not_headings=(LEAD,),
)
def bullets_drawn_discs() -> bytes:
    """Chromium draws list bullets as paths: the text has none."""
    d = document("Nights in the house", hands.CHROMIUM)
    s = Sheet(d, hands.CHROMIUM, size=10.5)
    s.head("Nights in the house", 18)
    s.para(LEAD)
    for item in ITEMS:
        s.page.disc(88, s.y + 3.5, 2.2)
        s.item("", item, 8, 22)
    s.gap()
    s.para("Every call to the manager is written in the night book with its time.")
    return d.save()


SQUARES = "A safe building has:"
SQUARE_ITEMS = (
    "a front door that locks by itself",
    "a book in which each visitor signs",
    "windows that a child cannot open wider than a hand",
)
TICK_LEAD = "Before the doors open, the caretaker has checked that:"
TICK_ITEMS = ("the yard is empty", "the side gate is shut and the chain is on it", "the first aid box is full")


@layout(
    "drawn bullets",
    "squares as paths and ticks as images",
    tied=(*((SQUARES, item) for item in SQUARE_ITEMS), *((TICK_LEAD, item) for item in TICK_ITEMS)),
    sentences=("The caretaker signs the sheet and hangs it in the porch.",),
    never=("by itself a book", "signs windows", "empty the side", "on it the first", "full The caretaker"),
    headings=(("Buildings", 1), ("Opening", 2)),
    not_headings=(TICK_LEAD,),
)
def bullets_squares_and_tick_images() -> bytes:
    d = document("Buildings", hands.WORD)
    rows = [
        "00000000000",
        "00000000010",
        "00000000110",
        "01000001100",
        "01100011000",
        "00110110000",
        "00011100000",
        "00001000000",
        "00000000000",
    ]
    tick = d.picture(11, 9, 8, bytes(0 if bit == "1" else 255 for row in rows for bit in row))
    s = Sheet(d, hands.WORD)
    s.head("Buildings", 18)
    s.para(SQUARES)
    for item in SQUARE_ITEMS:
        s.page.box(92, s.y + 1, 5, 5, fill=TEAL)
        s.item("", item, 18, 20)
    s.head("Opening", 14)
    s.para(TICK_LEAD)
    for item in TICK_ITEMS:
        s.page.art(f"q 11 0 0 9 88 {s.y:.2f} cm /{tick} Do Q")
        s.item("", item, 18, 20)
    s.gap()
    s.para("The caretaker signs the sheet and hangs it in the porch.")
    return d.save()


DONE_LEAD = "A good record shows:"
DONE = (
    "who was in the room, and who was asked to leave it",
    "what the child said, in the child’s words",
    (
        "what was decided and by whom, and what would have to happen for the decision to be looked "
        "at again before the date that was set"
    ),
)


@layout(
    "ticked list",
    "☑ as a character",
    tied=tuple((DONE_LEAD, item) for item in DONE),
    sentences=(DONE[2], "A record that leaves one of these out is sent back to its writer."),
    never=("leave it what the child", "words what was", "leave it ☑ what", "set A record"),
    headings=(("Records", 1),),
)
def bullets_ticked_characters() -> bytes:
    d = document("Records", hands.LIBREOFFICE)
    d.has_marks = True
    s = Sheet(d, hands.LIBREOFFICE)
    s.head("Records", 18)
    s.para(DONE_LEAD)
    for item in DONE:
        s.page.text(90, s.y, f"BT 0 g /T3 12 Tf 1 0 0 1 90 {s.y:.2f} Tm (A) Tj ET")
        s.item("", item, 18, 20)
    s.gap()
    s.para("A record that leaves one of these out is sent back to its writer.")
    return d.save()


PRINCIPLES_LEAD = "All teams follow these five rules:"
PRINCIPLES = (
    "The youngest child in the house is seen first.",
    "A closed door is knocked at twice, on two days, and at two times of the day.",
    ("Brothers and sisters are asked one by one, and never in front of the one who is said to have done harm."),
    "What a neighbour says is written down as what a neighbour says.",
    "No file is closed on a Friday.",
)


@layout(
    "indented numbers",
    tied=tuple((PRINCIPLES_LEAD, item) for item in PRINCIPLES),
    sentences=(*PRINCIPLES, "A team that cannot keep a rule says so to the service manager on the same day."),
    never=("seen first. 2", "first. A closed", "day. 3", "day. Brothers", "Friday. A team"),
    headings=(("Rules for visiting", 1),),
    not_headings=("1. The youngest child in the house is seen first.",),
)
def numbers_indented() -> bytes:
    """Numbers set in from the margin; further lines stand under the words; each item ends in a full stop."""
    d = document("Rules for visiting", hands.EACH_WORD)
    s = Sheet(d, hands.EACH_WORD)
    s.head("Rules for visiting", 18)
    s.para(PRINCIPLES_LEAD, after=3)
    for n, item in enumerate(PRINCIPLES, 1):
        s.item(f"{n}.", item, 26, 20, after=0)
    s.gap(8)
    s.para("A team that cannot keep a rule says so to the service manager on the same day.")
    return d.save()


LETTER_LEAD = "The chair may leave a parent out of the meeting only if:"
LETTERS = (
    ("(a)", "the parent has threatened a person who must be there;"),
    ("(b)", "a court has said that the parent must not come near the child; or"),
    ("(c)", "two members of the panel believe that the child would not speak, and they have:"),
)
ROMANS = (
    ("(i)", "asked the child,"),
    ("(ii)", "looked for another way, such as a second room, and"),
    ("(iii)", "written down why none was found."),
)


@layout(
    "lettered items",
    "nested list",
    tied=(*((LETTER_LEAD, item) for _, item in LETTERS), *((LETTERS[2][1], item) for _, item in ROMANS)),
    sentences=("A parent who is left out gets the minutes within three days.", LETTERS[1][1]),
    never=("be there; a court", "or two members", "asked the child, looked", "found. A parent", "(a) (b)", "(i) (ii)"),
    headings=(("Leaving a parent out", 1),),
)
def letters_and_romans() -> bytes:
    """Lettered items, the last of which leads into Roman numbers; the letters were written first."""
    d = document("Leaving a parent out", hands.FOP)
    s = Sheet(d, hands.FOP, font="S", size=12)
    s.head("Leaving a parent out", 17, "SB")
    s.para(LETTER_LEAD)
    for mark, item in LETTERS:
        s.item(mark, item, 20, 26)
    for mark, item in ROMANS:
        s.item(mark, item, 50, 26)
    s.gap()
    s.para("A parent who is left out gets the minutes within three days.")
    s.page.reorder(lambda i, x, y: (0 if 90 < x < 95 else 1, i))
    return d.save()


SYMBOL_LEAD = "The plan says:"
SYMBOL = (
    ("what will change for the child", ("by the first review", "by the end of the school year")),
    ("who will do what", ()),
    (
        "what happens if nothing changes",
        ("in three weeks, when the core group meets", "in three months, when the conference meets again"),
    ),
)


@layout(
    "nested list",
    "bullets in a symbol font",
    tied=(
        *((SYMBOL_LEAD, item) for item, _ in SYMBOL),
        (SYMBOL[0][0], "by the end of the school year"),
        (SYMBOL[2][0], "in three months, when the conference meets again"),
    ),
    sentences=("The plan is written so that the child’s grandparents could understand it.",),
    never=(
        "child by the first",
        "year who will",
        "what what happens",
        "meets in three months",
        "again The plan",
        "o by the",
    ),
    headings=(("What a plan holds", 1),),
)
def bullets_symbol_font_nested() -> bytes:
    """Word: bullets of the Symbol font, and the letter o of a typewriter font at the second depth."""
    d = document("What a plan holds", hands.WORD)
    s = Sheet(d, hands.WORD)
    s.head("What a plan holds", 18)
    s.para(SYMBOL_LEAD)

    def mark(x: float, font: str, code: str) -> None:
        s.page.text(
            x,
            s.y,
            (
                f"q\nBT\n/{d.plain(font)} 11 Tf\n1 0 0 1 {x} {s.y:.2f} Tm\n0 g\n[({code})] TJ\nET\nQ\nq\nBT\n/{d.plain('R')} "
                f"11 Tf\n1 0 0 1 {x + 6} {s.y:.2f} Tm\n0 g\n[( )] TJ\nET\nQ"
            ),
        )

    for item, below in SYMBOL:
        mark(90, "Y", "\\267")
        s.item("", item, 18, 18)
        for words in below:
            mark(126, "M", "o")
            s.item("", words, 54, 18)
    s.gap()
    s.para("The plan is written so that the child’s grandparents could understand it.")
    return d.save()


SLEEP_LEAD = "Before the first night the carer is told:"
SLEEP = (
    "What the child is called at home, which may not be the name in the papers.",
    (
        "Whether the child sleeps with a light, and where the light is to stand so that the door "
        "can be seen from the bed."
    ),
    "Who may ring, and at what hour.",
)


@layout(
    "drawn bullets",
    "triangles, drawn after the words",
    tied=tuple((SLEEP_LEAD, item) for item in SLEEP),
    sentences=(*SLEEP, "The rest can wait until the morning."),
    never=("papers. Whether", "bed. Who", "hour. The rest"),
    headings=(("The first night", 1),),
    not_headings=(SLEEP_LEAD,),
)
def bullets_drawn_triangles() -> bytes:
    d = document("The first night", hands.FOP)
    s = Sheet(d, hands.FOP, font="S", size=12)
    s.head("The first night", 18, "SB")
    s.para(SLEEP_LEAD)
    places = []
    for item in SLEEP:
        places.append(s.y)
        s.item("", item, 14, 16)
    for y in places:
        s.page.path([(88, y), (88, y + 7), (94, y + 3.5)], fill=(0.6, 0.1, 0.1))
    s.gap()
    s.para("The rest can wait until the morning.")
    return d.save()


PACK_LEAD = "The rucksack for a sudden move holds:"
PACK = ("two days of clothes", "the red book, or a copy of its first pages", "something soft that smells of home")


@layout(
    "ticked list",
    "ticks of ZapfDingbats",
    tied=tuple((PACK_LEAD, item) for item in PACK),
    sentences=("Rucksacks are kept by the night duty team, one for each age.",),
    never=("clothes the red", "pages something", "home Rucksacks", "4 two", "4 the"),
    headings=(("A sudden move", 1),),
)
def bullets_zapf_ticks() -> bytes:
    """✔ as code 4 of ZapfDingbats: a reader that does not know the font's codes reads a figure."""
    d = document("A sudden move", hands.PLAIN)
    s = Sheet(d)
    s.head("A sudden move", 18)
    s.para(PACK_LEAD)
    for item in PACK:
        s.item("4", item, 18, 18, mark_font="Z")
    s.gap()
    s.para("Rucksacks are kept by the night duty team, one for each age.")
    return d.save()


MUST_LEAD = "Staff in the swimming hall"
MUST = ("☑ count heads each quarter of an hour", "☑ lock the deep end when there is one guard only")
MUST_NOT_LEAD = "Staff in the swimming hall never"
MUST_NOT = ("☒ go into a cubicle in which a child is changing", "☒ take a picture, even if a parent asks for one")


@layout(
    "ticked list",
    "☑ and ☒ in two columns",
    tied=(*((MUST_LEAD, item) for item in MUST), *((MUST_NOT_LEAD, item) for item in MUST_NOT)),
    sentences=tuple(item[2:] for item in (*MUST, *MUST_NOT)),
    never=("hour ☒", "quarter of go into", "hall Staff", "an hour lock", "changing take"),
    headings=(("At the pool", 1),),
)
def bullets_ticks_and_crosses_in_columns() -> bytes:
    """What is done stands at the left, what is never done at the right; the lines were written across."""
    d = document("At the pool", hands.WORD)
    d.has_marks = True
    s = Sheet(d, hands.WORD)
    s.head("At the pool", 18)
    top = s.y
    for x, lead, items, code in ((72, MUST_LEAD, MUST, "A"), (310, MUST_NOT_LEAD, MUST_NOT, "B")):
        s.y = top
        s.para(lead, x=x, width=215, font="B")
        for item in items:
            s.page.text(x, s.y, f"BT 0 g /T3 12 Tf 1 0 0 1 {x} {s.y:.2f} Tm ({code}) Tj ET")
            s.para(item[2:], x=x + 18, width=195, after=5)
    s.page.reorder(lambda i, x, y: (-y, x))
    return d.save()


KEYS_LEAD = "A child who comes in at night is given"
KEYS = (
    "something to eat and a seat in the warm",
    "a telephone to ring one person",
    "a bed in a room with a door that can be opened from the inside, and a bell beside it",
)


@layout(
    "indented numbers",
    "1) without full stops, numbers written first",
    tied=tuple((KEYS_LEAD, item) for item in KEYS),
    sentences=(KEYS[2], "Questions wait until the morning."),
    never=("warm a telephone", "person a bed", "it Questions", "1) 2)"),
    headings=(("Coming in at night", 1),),
)
def numbers_bracketed() -> bytes:
    d = document("Coming in at night", hands.LIBREOFFICE)
    s = Sheet(d, hands.LIBREOFFICE, size=10.5)
    s.head("Coming in at night", 18)
    s.para(KEYS_LEAD)
    for n, item in enumerate(KEYS, 1):
        s.item(f"{n})", item, 18, 22)
    s.gap()
    s.para("Questions wait until the morning.")
    s.page.reorder(lambda i, x, y: (0 if 89 < x < 91 else 1, i))
    return d.save()


STAGES_LEAD = "A complaint has three stages, in this order:"
STAGES = (
    "A talk with the manager of the service",
    "A letter to the head of service, who answers within fifteen working days",
    "A hearing before three people, none of whom works for the council",
)


@layout(
    "indented numbers",
    "numbers with a tab, each in a text object of its own",
    tied=tuple((STAGES_LEAD, item) for item in STAGES),
    sentences=(
        "Nobody is treated worse because they have complained.",
        "A letter to the head of service, who answers within fifteen working days",
    ),
    never=("service A letter", "days A hearing", "council Nobody", "1. 2."),
    headings=(("Complaints", 1),),
    not_headings=("A talk with the manager of the service",),
)
def numbers_tabbed_word() -> bytes:
    d = document("Complaints", hands.WORD)
    s = Sheet(d, hands.WORD)
    s.head("Complaints", 18)
    s.para(STAGES_LEAD)
    for n, item in enumerate(STAGES, 1):
        s.item(f"{n}.", item, 20, 24)
    s.gap()
    s.para("Nobody is treated worse because they have complained.")
    return d.save()


CLAUSE = "7. The council must, before it moves a child to a home in another county—"
CLAUSE_ITEMS = (
    ("(a)", "tell the other council,"),
    ("(b)", "ask the child, and"),
    ("(c)", "visit the home, unless the move is made at night because of a danger that could not be foreseen."),
)


@layout(
    "lettered items",
    "under a numbered clause",
    tied=tuple((CLAUSE.removeprefix("7. "), item) for _, item in CLAUSE_ITEMS),
    sentences=(CLAUSE_ITEMS[2][1], "8. A visit under paragraph 7(c) is written up within one day."),
    never=("council, ask", "and visit", "foreseen. 8."),
    headings=(("Moves to another county", 1),),
    not_headings=("7. The council must, before it moves a child to a home in another county—",),
)
def letters_under_clause() -> bytes:
    d = document("Moves to another county", hands.STEPS)
    s = Sheet(d, hands.STEPS, font="S", size=12)
    s.head("Moves to another county", 16, "SB")
    s.para(CLAUSE)
    for mark, item in CLAUSE_ITEMS:
        s.item(mark, item, 24, 26)
    s.gap(6)
    s.para("8. A visit under paragraph 7(c) is written up within one day.")
    return d.save()


CHOICES_LEAD = "The panel can:"
CHOICES = (
    ("a.", "agree to the plan"),
    ("b.", "send the plan back with questions, which are answered at the next panel"),
    ("c.", "ask for a second assessment by a worker who has not met the family"),
)


@layout(
    "lettered items",
    "at the margin",
    tied=tuple((CHOICES_LEAD, item) for _, item in CHOICES),
    sentences=(CHOICES[1][1], CHOICES[2][1], "It cannot change the plan by itself."),
    never=("plan send", "plan b.", "panel ask", "family It cannot"),
    headings=(("What the panel decides", 1),),
)
def letters_at_margin() -> bytes:
    d = document("What the panel decides", hands.EACH_WORD)
    s = Sheet(d, hands.EACH_WORD)
    s.head("What the panel decides", 18)
    s.para(CHOICES_LEAD)
    for mark, item in CHOICES:
        s.item(mark, item, 0, 20)
    s.gap()
    s.para("It cannot change the plan by itself.")
    return d.save()
