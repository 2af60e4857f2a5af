"""Directories of contacts, myths beside truths, and forms."""

from __future__ import annotations

from tests.planted_layouts import hands
from tests.planted_layouts.expected import Table, layout, table_of
from tests.planted_layouts.sheet import GREEN, NAVY, PALE, RED, SAND, TEAL, WHITE, Cell, Sheet, document

CONTACTS = [
    ["Service", "Telephone", "Email", "Hours"],
    ["Front door", "01632 960 411", "frontdoor@marlshire.example", "Monday to Friday, 8.30am to 5.30pm"],
    ["Night duty team", "01632 960 455", "nights@marlshire.example", "All other hours"],
    ["Police, not urgent", "01632 960 101", "contact@police.example", "Always"],
    ["Designated doctor", "01632 960 230", "", "Tuesday and Thursday"],
]


@layout(
    "contact directory",
    "ruled table",
    tables=(table_of(CONTACTS),),
    sentences=("If a child is in danger this minute, ring 999 first and the front door afterwards.",),
    tied=(
        ("Night duty team", "01632 960 455"),
        ("Front door", "frontdoor@marlshire.example"),
        ("Designated doctor", "Tuesday and Thursday"),
    ),
    never=("960 411 frontdoor", "Front door 01632", "960 455 nights", "Always Designated"),
    headings=(("Who to ring", 1),),
    not_headings=("Front door", "Night duty team"),
)
def contacts_table() -> bytes:
    d = document("Who to ring", hands.WORD)
    s = Sheet(d, hands.WORD, x=50, width=495)
    s.head("Who to ring", 20)
    s.para("If a child is in danger this minute, ring 999 first and the front door afterwards.", font="B")
    s.table(
        (115, 95, 165, 120),
        CONTACTS,
        ink="rect",
        head_fill=NAVY,
        head_colour=WHITE,
        first_font="B",
        pad=5,
        order="column",
    )
    return d.save()


CARDS = (
    ("Family hub Northby", "Tel: 01632 960 512", "northby.hub@marlshire.example", "12 Quay Lane, Northby"),
    ("Family hub Saltmere", "Tel: 01632 960 530", "saltmere.hub@marlshire.example", "Old Library, Saltmere"),
    ("Young carers’ desk", "Tel: 01632 960 544", "carers@marlshire.example", "Room 4, Town Hall"),
    ("Toy library", "Tel: 01632 960 577", "toys@marlshire.example", "Wend Street Clinic"),
)


@layout(
    "contact directory",
    "cards in two columns",
    sentences=("Each hub keeps one room free for a family that comes without an appointment.",),
    tied=tuple((card[0], line) for card in CARDS for line in card[1:3]),
    never=(
        "Northby Family hub Saltmere",
        "960 512 Tel",
        "Northby Old Library",
        "Young carers’ desk Toy",
        "960 544 Tel",
    ),
    headings=(("Places to go", 1),),
)
def contacts_cards() -> bytes:
    """Four outlined cards, two beside two, whose lines were written across."""
    d = document("Places to go", hands.CHROMIUM)
    s = Sheet(d, hands.CHROMIUM, size=10.5)
    s.head("Places to go", 18)
    s.para("Each hub keeps one room free for a family that comes without an appointment.")
    top = s.y - 6
    for n, card in enumerate(CARDS):
        x, y = 72 + 232 * (n % 2), top - 92 * (n // 2)
        s.page.box(x, y - 80, 220, 80, PALE if n % 3 else SAND, TEAL)
        for k, line in enumerate(card):
            s.at(x + 10, y - 18 - 17 * k, line, "R" if k else "B", 10 if k else 11.5)
    s.page.reorder(lambda i, x, y: (-y, x))
    return d.save()


LEADERS = (
    ("Attendance officer", "960 601"),
    ("Business manager", "960 602"),
    ("Exploitation lead", "960 615"),
    ("Housing duty officer", "960 623"),
    ("School nurse, Saltmere", "960 640"),
)


@layout(
    "contact directory",
    "dot leaders",
    sentences=("All numbers begin with 01632.",),
    tied=LEADERS,
    never=("officer 960 602", "960 601 Business", "lead 960 623", "960 623 School"),
    not_alone=tuple(n for _, n in LEADERS),
    headings=(("Short list of numbers", 1),),
)
def contacts_dot_leaders() -> bytes:
    """Names on the left, numbers on the right, dots between; the numbers were written after all the names."""
    d = document("Short list of numbers", hands.FOP)
    s = Sheet(d, hands.FOP)
    s.head("Short list of numbers", 16)
    s.para("All numbers begin with 01632.")
    top = s.y - 4
    for n, (name, _) in enumerate(LEADERS):
        end = s.at(72, top - 18 * n, name)
        dots = int((395 - end) / s.hand.width(".", "R", 11))
        s.at(end + 3, top - 18 * n, "." * dots)
    for n, (_, number) in enumerate(LEADERS):
        s.at(402, top - 18 * n, number)
    return d.save()


TALES = [
    ["Myth", "Truth"],
    ["A child can agree to be hurt.", "No child can agree to it, whatever was said or given."],
    ["Only strangers are a danger.", "Most children who are hurt know the person well."],
    ["A referral breaks up the family.", "Most referrals end in help at home."],
]


@layout(
    "myth and truth",
    "two ruled columns",
    tables=(table_of(TALES),),
    tied=tuple((myth, truth) for myth, truth in TALES[1:]),
    sentences=("Staff hear these sentences every week and need an answer to hand.",),
    never=("hurt. Only strangers", "given. Most", "A child can agree to No child", "Myth Truth A child"),
    headings=(("What people say", 1),),
    not_headings=("Myth", "Truth"),
)
def myths_table() -> bytes:
    """Myths in one column, truths in the other; the file holds all myths first."""
    d = document("What people say", hands.LIBREOFFICE)
    s = Sheet(d, hands.LIBREOFFICE)
    s.head("What people say", 18)
    s.para("Staff hear these sentences every week and need an answer to hand.")
    top = [Cell("Myth", fill=RED, colour=WHITE), Cell("Truth", fill=GREEN, colour=WHITE)]
    s.table((215, 235), [top, *TALES[1:]], ink="cell", order="column", size=10.5, pad=6)
    return d.save()


BOXED_TALES = (
    ("Toddlers forget what they have seen.", "Even babies carry fear in the body, and toddlers show it in play."),
    ("A quiet child is a child who is well.", "A child may have learnt that being quiet is safest."),
    ("Fathers need not be asked.", "Every parent is asked, wherever that parent lives."),
)


@layout(
    "myth and truth",
    "pairs of boxes",
    tied=BOXED_TALES,
    sentences=tuple(truth for _, truth in BOXED_TALES),
    never=("they have Even babies", "seen. A quiet", "child who is A child may", "safest. Every parent"),
    headings=(("Said and so", 1),),
)
def myths_boxes() -> bytes:
    """Each pair is two boxes side by side, with a word on each."""
    d = document("Said and so", hands.PLAIN)
    s = Sheet(d, font="S", size=11.5)
    s.head("Said and so", 20, "SB")
    top = s.y
    for n, (myth, truth) in enumerate(BOXED_TALES):
        y = top - 86 * n
        for c, (label, words, fill) in enumerate((("Myth", myth, (1, 0.9, 0.9)), ("Fact", truth, (0.9, 1, 0.9)))):
            x = 72 + 230 * c
            s.page.box(x, y - 70, 215, 70, fill, (0.4,))
            s.at(x + 10, y - 18, label, "SB", 12)
            s.y = y - 36
            s.para(words, x=x + 10, width=195)
    s.page.reorder(lambda i, x, y: (-y, x))
    return d.save()


LABELLED = (
    (
        "It is not our business what goes on behind a door.",
        "The safety of a child is the business of everybody who works in the town.",
    ),
    ("Somebody else will have rung.", "Nine people may think so at once, and then nobody rings."),
)


@layout(
    "myth and truth",
    "under one another with marks",
    tied=LABELLED,
    sentences=tuple(truth for _, truth in LABELLED),
    never=("town. Somebody", "door. Somebody"),
    headings=(("Reasons for doing nothing", 1),),
)
def myths_marked() -> bytes:
    """A crossed mark before the myth and a ticked one before the truth, drawn in a font of marks."""
    d = document("Reasons for doing nothing", hands.WORD)
    d.has_marks = True
    s = Sheet(d, hands.WORD)
    s.head("Reasons for doing nothing", 18)
    for myth, truth in LABELLED:
        for mark, label, words in (("B", "Myth:", myth), ("A", "Truth:", truth)):
            s.page.text(72, s.y, f"BT 0 g /T3 13 Tf 1 0 0 1 72 {s.y:.2f} Tm ({mark}) Tj ET")
            s.at(92, s.y, label, "B")
            s.para(words, x=140, width=380, after=6)
        s.gap(10)
    return d.save()


@layout(
    "form",
    "labels with lines to write on",
    sentences=(
        "Send this form to the front door within one working day of the call.",
        "Has the family been told that this form is sent? If not, say why:",
    ),
    tied=(),
    never=("Name of child Date", "Address School", "______", "Signed Date Send"),
    not_alone=("Name of child:", "Date of birth:", "Address:", "School or nursery:", "Signed:", "Date:"),
    headings=(("Referral form", 1), ("About the child", 2), ("About you", 2)),
)
def form_lines() -> bytes:
    """Labels with drawn lines, typed underscores and dots: bare labels are no answer to anything."""
    d = document("Referral form", hands.WORD)
    s = Sheet(d, hands.WORD)
    s.head("Referral form", 18)
    s.para("Send this form to the front door within one working day of the call.")
    s.head("About the child", 13)
    for left, right in (("Name of child:", "Date of birth:"), ("Address:", "School or nursery:")):
        end = s.at(72, s.y, left)
        s.page.line(end + 4, s.y - 2, 300, s.y - 2)
        end = s.at(315, s.y, right)
        s.page.line(end + 4, s.y - 2, 520, s.y - 2)
        s.y -= 26
    s.para("Has the family been told that this form is sent? If not, say why:")
    s.para("_" * 70)
    s.head("About you", 13)
    s.at(72, s.y, "Signed: " + "_" * 28)
    s.at(340, s.y, "Date: " + "." * 40)
    return d.save()


FILLED = (
    ("Name of home", "Ash Tree House"),
    ("Manager on duty", "P. Okonedo-Wray"),
    ("Young person’s initials", "K. L."),
    ("Last seen", "Tuesday at 21:40, by the back gate"),
    ("Police log number", "NW-2209"),
)


@layout(
    "form",
    "filled in, boxes for answers",
    tied=FILLED,
    tables=(Table(("", ""), FILLED),),
    sentences=("This record is made each time a young person is not where they should be.",),
    never=("Ash Tree House Manager", "K. L. Last seen", "gate Police", "Name of home Manager"),
    not_alone=("Name of home", "Last seen", "Police log number"),
    headings=(("Missing from home record", 1),),
    not_headings=("Ash Tree House",),
)
def form_filled() -> bytes:
    """Labels on grey at the left, answers in boxes at the right, all labels written first."""
    d = document("Missing from home record", hands.LIBREOFFICE)
    s = Sheet(d, hands.LIBREOFFICE)
    s.head("Missing from home record", 17)
    s.para("This record is made each time a young person is not where they should be.")
    s.table(
        (160, 290),
        [[Cell(label, fill=(0.88,), font="B"), answer] for label, answer in FILLED],
        header=0,
        ink="cell",
        order="column",
        size=10.5,
        pad=6,
    )
    return d.save()


TICKS = (("Child lives with both parents", "A"), ("Child lives with one parent", "C"), ("Child is in foster care", "C"))


@layout(
    "form",
    "ticked boxes",
    sentences=("Tick one box and leave the others empty.",),
    tied=(
        ("Where does the child live?", "☑ Child lives with both parents"),
        ("Where does the child live?", "☐ Child is in foster care"),
        ("Is an interpreter needed?", "☒ Yes"),
        ("Is an interpreter needed?", "☐ No"),
    ),
    never=("both parents ☐ No", "☑ Tick", "☑ ☐", "☐ ☐"),
    headings=(("Family details", 1),),
    not_headings=("Tick one box and leave the others empty.",),
)
def form_ticks() -> bytes:
    """☑, ☒ and ☐ before the words they mark, in one line and under one another."""
    d = document("Family details", hands.PLAIN)
    d.has_marks = True
    s = Sheet(d)
    s.head("Family details", 18)
    s.para("Tick one box and leave the others empty.")
    s.gap(6)

    def mark(letter: str, x: float) -> None:
        s.page.text(x, s.y, f"BT 0 g /T3 12 Tf 1 0 0 1 {x} {s.y:.2f} Tm ({letter}) Tj ET")

    s.para("Where does the child live?", font="B")
    for words, letter in TICKS:
        mark(letter, 90)
        s.para(words, x=108, after=3)
    s.gap(8)
    s.para("Is an interpreter needed?", font="B")
    mark("B", 90)
    s.at(108, s.y, "Yes")
    mark("C", 170)
    s.at(188, s.y, "No")
    return d.save()
