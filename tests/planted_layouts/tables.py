"""Ruled tables, and tables with few rules or none of any kind but shading."""

from __future__ import annotations

from tests.planted_layouts import hands
from tests.planted_layouts.expected import Table, layout, table_of
from tests.planted_layouts.sheet import NAVY, PALE, SAND, TEAL, WHITE, Cell, Sheet, document

VISITS = [
    ["Reason for the visit", "Who goes", "By when", "What is written down"],
    [
        "A baby under one year old lives in the house",
        "Health visitor and social worker together",
        "Within one working day",
        "Where the baby sleeps, who else lives there and whether the cot is safe",
    ],
    [
        "A young person has come back after being missing",
        "Return interviewer",
        "Within 72 hours",
        "What the young person says in their own words",
    ],
    [
        "A parent has cancelled twice",
        "Team manager",
        "Within five working days",
        "Why each visit was cancelled and who agreed to it",
    ],
]


@layout(
    "ruled table",
    "wrapped cells",
    tables=(table_of(VISITS),),
    sentences=(
        "Every visit under this schedule is planned with the family unless that would put a child at risk.",
        (
            "A visit that has not been made by the date in the table is reported to the service manager "
            "on the next working day."
        ),
    ),
    tied=(("A parent has cancelled twice", "Within five working days"), ("Who goes", "Return interviewer")),
    never=(
        "Health visitor and Within one",
        "Where the baby sleeps, social worker",
        "Return interviewer Within 72 hours What the young",
        "A young person has come Return interviewer",
    ),
    headings=(("Visiting schedule", 1), ("Visits that are late", 2)),
    not_headings=("Reason for the visit", "Who goes"),
)
def wrapped_cells_word() -> bytes:
    """Word: thin filled boxes for rules, wrapped cells row by row."""
    d = document("Visiting schedule", hands.WORD)
    s = Sheet(d, hands.WORD)
    s.head("Visiting schedule", 18)
    s.para("Every visit under this schedule is planned with the family unless that would put a child at risk.")
    s.gap()
    s.table((130, 105, 80, 150), VISITS, ink="rect", pad=5)
    s.head("Visits that are late", 14)
    s.para(
        "A visit that has not been made by the date in the table is reported to the service manager "
        "on the next working day."
    )
    return d.save()


TRAINING = [
    ["Course", "Volunteers", "Paid staff", "Managers", "Renewed"],
    ["Introduction to safeguarding", "Required", "Required", "Required", "Every three years"],
    ["Working with interpreters", "", "Required", "", "Once"],
    ["Chairing a strategy discussion", "", "", "Required", ""],
    ["Online harm", "Advised", "Required", "", "Every two years"],
]


@layout(
    "ruled table",
    "empty cells",
    tables=(table_of(TRAINING),),
    sentences=(
        "An empty box means that the course is open to this group but nobody has to take it.",
        "The training officer books places in the order in which managers ask for them.",
    ),
    tied=(("Chairing a strategy discussion", "Managers"),),
    never=("Required Once", "Advised Required", "discussion Required"),
    headings=(("Who takes which course", 1),),
    not_headings=("Every three years", "Once"),
)
def empty_cells_libreoffice() -> bytes:
    """LibreOffice: an outline for each cell, empty cells in every place, one portion for a cell."""
    d = document("Training requirements", hands.LIBREOFFICE)
    s = Sheet(d, hands.LIBREOFFICE, x=57, width=480, size=10.5)
    s.head("Who takes which course", 17)
    s.para("An empty box means that the course is open to this group but nobody has to take it.")
    s.table((165, 75, 75, 75, 90), TRAINING, ink="cell", head_fill=PALE)
    s.para("The training officer books places in the order in which managers ask for them.")
    return d.save()


RESPONSE = [
    [Cell("Kind of contact"), Cell("First response", span=2), Cell("Longest time allowed", span=2)],
    ["", "In office hours", "At night", "To see the child", "To decide"],
    ["Injury seen by a teacher", "Front door team", "Night duty team", "Two hours", "One day"],
    ["Neglect noticed by a neighbour", "Front door team", "Noted for the morning", "Three days", "Five days"],
    ["Threat made online", "Police desk", "Police desk", "Four hours", "Two days"],
]


@layout(
    "ruled table",
    "merged header",
    "uneven rows",
    tables=(
        Table(
            ("Kind of contact", "In office hours", "At night", "To see the child", "To decide"),
            (
                ("Injury seen by a teacher", "Front door team", "Night duty team", "Two hours", "One day"),
                (
                    "Neglect noticed by a neighbour",
                    "Front door team",
                    "Noted for the morning",
                    "Three days",
                    "Five days",
                ),
                ("Threat made online", "Police desk", "Police desk", "Four hours", "Two days"),
            ),
        ),
    ),
    sentences=(
        (
            "Times run from the minute at which the contact reaches any agency, and not from the minute "
            "at which it is logged."
        ),
    ),
    tied=(("Neglect noticed by a neighbour", "Five days"), ("At night", "Noted for the morning")),
    never=("First response Longest time allowed In", "Two hours One day Neglect", "Police desk Police desk"),
    headings=(("How quickly we respond", 1),),
    not_headings=("First response", "Longest time allowed"),
)
def merged_header_chromium() -> bytes:
    """Chromium: two header rows, of which the upper spans pairs of columns."""
    d = document("Response times", hands.CHROMIUM)
    s = Sheet(d, hands.CHROMIUM, x=50, width=495, size=10)
    s.head("How quickly we respond", 20, after=10)
    s.table((140, 90, 95, 85, 85), RESPONSE, header=2, size=9, head_fill=(0.85,), pad=5)
    s.para(
        "Times run from the minute at which the contact reaches any agency, and not from the minute "
        "at which it is logged."
    )
    return d.save()


ROLES = [
    ["Post", "Decides about", "Cannot decide about"],
    [
        "Designated nurse",
        ("Medical examinations\nInformation held by the clinic\nWhether a child needs to be seen the same night"),
        "Where a child lives",
    ],
    [
        "Panel chair",
        "The order of cases",
        (
            "The outcome of an investigation, which is for the police and the social work team alone, "
            "and the release of any paper to a relative or to a newspaper"
        ),
    ],
    ["Clerk", "Nothing", "Anything"],
]


@layout(
    "ruled table",
    "uneven rows",
    "shuffled order",
    "white header on dark",
    tables=(table_of(ROLES),),
    sentences=(("No member of the panel acts alone, and each decision is signed by two people who were in the room."),),
    tied=(("Panel chair", "The order of cases"), ("Cannot decide about", "Where a child lives")),
    never=("Medical examinations Where a child lives", "The order of cases The outcome", "Nothing Anything"),
    headings=(("Powers of the panel", 1),),
    not_headings=("Decides about", "Cannot decide about"),
)
def shuffled_cells_white_header() -> bytes:
    """Cells written in an order of their own; the column names are white on dark."""
    d = document("Powers of the panel", hands.EACH_WORD)
    s = Sheet(d, hands.EACH_WORD)
    s.head("Powers of the panel", 18, colour=TEAL)
    s.para("No member of the panel acts alone, and each decision is signed by two people who were in the room.")
    s.table((90, 170, 190), ROLES, head_fill=NAVY, head_colour=WHITE, order="shuffle", size=10)
    return d.save()


FEES = [
    ["Placement", "Weekly sum", "Paid by", "Checked by"],
    ["Short break", "£140", "Allowances desk", "Finance officer"],
    ["Parent and child", "£655", "Placements team", "Head of placements"],
    ["Emergency bed", "£310", "Night duty team", "Finance officer"],
    ["Supported lodging", "£225", "Leaving care team", "Service manager"],
]


@layout(
    "ruled table",
    "column order",
    tables=(table_of(FEES),),
    sentences=("Sums are reviewed each April and carers are told of a change a month before it begins.",),
    tied=(("Emergency bed", "£310"), ("Supported lodging", "Leaving care team")),
    never=(
        "Short break Parent and child",
        "£140 £655",
        "Allowances desk Placements team Night duty team",
        "Finance officer Head of placements",
    ),
    headings=(("Allowances", 1),),
)
def column_order_fop() -> bytes:
    """FOP: a table whose columns were written one after the other."""
    d = document("Allowances for carers", hands.FOP)
    s = Sheet(d, hands.FOP, font="S", size=11.5)
    s.head("Allowances", 18, "SB")
    s.table((120, 90, 120, 120), FEES, order="column", size=10.5, head_font="SB", pad=5)
    s.para("Sums are reviewed each April and carers are told of a change a month before it begins.")
    return d.save()


ACTIONS = [["No.", "Action", "Owner", "Due"]] + [
    [f"{n}", action, owner, due]
    for n, (action, owner, due) in enumerate(
        (
            ("Write to every nursery about the new consent form", "Early years lead", "12 May"),
            ("Publish the list of trained chairs", "Business manager", "30 May"),
            ("Ask the ambulance trust for its record of refused calls", "Audit officer", "6 June"),
            ("Agree how a child’s wishes are noted when the child does not speak", "Practice lead", "20 June"),
            ("Replace the poster in the custody suite", "Inspector for custody", "1 July"),
            ("Hold a meeting with foster carers about curfews", "Fostering manager", "14 July"),
            ("Test the out of hours number once a week", "Night duty manager", "At once"),
        ),
        1,
    )
]


@layout(
    "ruled table",
    "two pages, header repeated",
    tables=(table_of(ACTIONS),),
    sentences=(
        "The plan is looked at in every meeting of the improvement group until each action is closed.",
        "An action is closed by the group and never by its owner.",
    ),
    tied=(("Hold a meeting with foster carers about curfews", "14 July"), ("Owner", "Night duty manager")),
    never=("Due No.", "Practice lead 20 June No.", "1 July 6"),
    headings=(("Improvement plan", 1), ("Closing an action", 2)),
    not_headings=("Action", "Due"),
)
def two_pages_header_repeated() -> bytes:
    """A table that goes on over the page, its column names given again."""
    d = document("Improvement plan", hands.WORD)
    s = Sheet(d, hands.WORD, top=230)
    s.at(72, 780, "Improvement plan", "B", 18)
    y, s.y = s.y, 750
    s.para("The plan is looked at in every meeting of the improvement group until each action is closed.")
    for words in (
        (
            "It was written after the review of last autumn and takes up each of its findings. The "
            "group asked for short actions with one owner each, because longer ones had been left undone."
        ),
        (
            "Owners send a line about their action to the business manager on the Monday before the "
            "meeting. A line says what has been done, what is left and what stands in the way."
        ),
    ):
        s.para(words)
    s.y = y
    widths = (30, 260, 110, 60)
    s.table(widths, ACTIONS[:4], ink="rect", head_fill=(0.8,), pad=6)
    s = Sheet(d, hands.WORD, top=790)
    s.table(widths, [ACTIONS[0], *ACTIONS[4:]], ink="rect", head_fill=(0.8,), pad=6)
    s.head("Closing an action", 14)
    s.para("An action is closed by the group and never by its owner.")
    return d.save()


DUTIES = [
    ["Stage", "What the school does", "What the council does"],
    ["Day one", "Rings home before ten o’clock", "Nothing yet"],
    ["Day three", "Visits the address it has on file", "Checks the register of moves"],
    ["Day six", "Sends a letter that can be tracked", "Opens a file"],
    ["Day ten", "Makes a referral with all it knows", "Asks other councils and the border agency"],
    ["Day twenty", "Keeps the place open", "Decides whether the name may come off the roll"],
]


@layout(
    "ruled table",
    "two pages, header once",
    tables=(table_of(DUTIES),),
    sentences=(
        "School days are counted, so that a holiday does not shorten the time.",
        ("The head teacher alone takes a name off the roll, and only after the council has said yes in writing."),
    ),
    tied=(("Day ten", "Asks other councils and the border agency"), ("What the school does", "Keeps the place open")),
    never=("Checks the register of moves Day", "Opens a file Asks other", "Rings home before ten o’clock Nothing yet"),
    headings=(("Pupils who stop coming", 1),),
    not_headings=("Day six", "Day ten"),
)
def two_pages_header_once() -> bytes:
    """A table that goes on over the page without its column names; its words come column by column on each page."""
    d = document("Pupils who stop coming", hands.LIBREOFFICE)
    s = Sheet(d, hands.LIBREOFFICE, size=10.5, top=790)
    s.head("Pupils who stop coming", 17)
    s.para("School days are counted, so that a holiday does not shorten the time.")
    for words in (
        (
            "A pupil who stops coming may have moved, may be ill or may be kept from school. Nobody "
            "can tell which by waiting, and so each stage begins on its day whether or not somebody "
            "has promised to ring back."
        ),
        (
            "The attendance officer keeps a diary of what was tried and by whom. Relatives, clubs and "
            "the landlord are asked where the law allows it."
        ),
    ):
        s.para(words)
    s.y = 165
    s.table((80, 190, 190), DUTIES[:4], order="column", pad=5)
    s = Sheet(d, hands.LIBREOFFICE, size=10.5, top=800)
    s.table((80, 190, 190), DUTIES[4:], header=0, order="column", pad=5)
    s.para("The head teacher alone takes a name off the roll, and only after the council has said yes in writing.")
    return d.save()


@layout(
    "ruled table",
    "notes in rows",
    tables=(
        Table(
            ("Record", "Kept for", "Then"),
            (
                ("Referral form", "25 years", "Destroyed by the archive"),
                ("Visitor book", "Six years", "Destroyed on site"),
                ("Complaint file", "Ten years", "Offered to the county record office"),
            ),
        ),
    ),
    sentences=(
        "This holds for paper and for scanned copies alike.",
        "A visitor book in which an incident is noted becomes part of the referral form’s file.",
        "Nothing is destroyed while an inquiry is open.",
    ),
    tied=(("Visitor book", "Six years"), ("Complaint file", "Offered to the county record office")),
    never=("archive This holds", "Six years A visitor book in which", "on site Complaint file"),
    headings=(("Keeping and destroying records", 1),),
    not_headings=("This holds for paper and for scanned copies alike.",),
)
def notes_in_rows() -> bytes:
    """Rows of three cells, each followed by a note that goes across the whole table."""
    d = document("Keeping records")
    s = Sheet(d)
    s.head("Keeping and destroying records", 18)

    def note(words: str) -> list[str | Cell]:
        return [Cell(words, span=3, font="I")]

    s.table(
        (150, 110, 190),
        [
            ["Record", "Kept for", "Then"],
            ["Referral form", "25 years", "Destroyed by the archive"],
            note("This holds for paper and for scanned copies alike."),
            ["Visitor book", "Six years", "Destroyed on site"],
            note("A visitor book in which an incident is noted becomes part of the referral form’s file."),
            ["Complaint file", "Ten years", "Offered to the county record office"],
        ],
        head_fill=SAND,
        size=10,
    )
    s.para("Nothing is destroyed while an inquiry is open.")
    return d.save()


LEVEL = [
    ["Meeting", "How often", "Papers sent", "Minutes by"],
    ["Full partnership", "Four times a year", "Ten days before", "Business manager"],
    [
        (
            "Case audit group, which meets in private and asks the worker and the team manager to come "
            "in for their own case"
        ),
        "Each month",
        "Three days before",
        "Audit officer",
    ],
    ["Learning forum", "Twice a year", "None", "Nobody, but slides are shared"],
]


@layout(
    "table with level rules only",
    "wrapped cells",
    tables=(table_of(LEVEL),),
    sentences=("Members who cannot come send a deputy who may decide for them.",),
    tied=(("Learning forum", "Twice a year"), ("Papers sent", "Three days before")),
    never=("Full partnership Four times a year Ten", "the worker and Each month", "None Nobody, but"),
    headings=(("Meetings of the partnership", 1),),
)
def level_rules_only() -> bytes:
    """A book-like table: rules above and below rows, none between columns, spaces as steps."""
    d = document("Meetings", hands.STEPS)
    s = Sheet(d, hands.STEPS, font="S", size=11)
    s.head("Meetings of the partnership", 17, "SB")
    s.table((170, 95, 95, 100), LEVEL, rules="level", head_font="SB", size=10)
    s.para("Members who cannot come send a deputy who may decide for them.")
    return d.save()


BANDS = [
    ["Sign", "What it may mean", "First thing to do"],
    [
        "New phone and no account of where it came from",
        "Somebody is paying for contact with the child",
        "Ask openly and note the answer word for word",
    ],
    ["Travel at odd hours", "The child is being moved between addresses", "Ring the transport police with the dates"],
    ["Older friends who wait outside", "", "Write down the number of the car"],
    [
        "Unpaid debts",
        "The child has been told to carry goods",
        "Tell the exploitation lead before the end of the shift",
    ],
]


@layout(
    "table with shaded bands only",
    "empty cells",
    "line order",
    tables=(table_of(BANDS),),
    sentences=(
        (
            "One sign on its own proves nothing, and three of them together are always talked over "
            "with the exploitation lead."
        ),
    ),
    tied=(
        ("Unpaid debts", "Tell the exploitation lead before the end of the shift"),
        ("Older friends who wait outside", "Write down the number of the car"),
    ),
    never=(
        "Travel at odd hours The child is being moved",
        "New phone and no account Somebody is paying",
        "wait outside Write down",
        "between addresses Ring",
    ),
    headings=(("Signs of exploitation", 1),),
)
def shaded_bands_only() -> bytes:
    """No rule at all: every other row is shaded, and the words are written line by line across the cells."""
    d = document("Signs of exploitation", hands.CHROMIUM)
    s = Sheet(d, hands.CHROMIUM, size=10.5)
    s.head("Signs of exploitation", 18)
    s.para(
        "One sign on its own proves nothing, and three of them together are always talked over "
        "with the exploitation lead."
    )
    s.table(
        (150, 150, 160), BANDS, rules="none", band=(0.9,), head_fill=TEAL, head_colour=WHITE, order="line", size=9.5
    )
    return d.save()


CHECKS = [
    ["Who is checked", "Check", "Done again"],
    ["Drivers", "Enhanced, with barred list", "Every year"],
    ["Escorts", "Enhanced, with barred list", "Every year"],
    ["Office staff who never meet a child", "Basic", "Every five years"],
    ["Governors", "Enhanced, without barred list", "At each election"],
]


@layout(
    "ruled table",
    "table without headings round it",
    tables=(table_of(CHECKS),),
    sentences=(
        "The contractor pays for the checks.",
        "A driver whose check has run out does not drive until the new one has come.",
    ),
    tied=(("Governors", "At each election"),),
    never=("checks. Who is checked", "At each election A driver", "Every year Escorts", "Drivers Escorts"),
)
def table_between_paragraphs() -> bytes:
    """Reportlab's platypus: a table straight after a paragraph and straight before one."""
    import io

    from reportlab.lib.pagesizes import A4
    from reportlab.lib.styles import getSampleStyleSheet
    from reportlab.platypus import Paragraph, SimpleDocTemplate, TableStyle
    from reportlab.platypus import Table as Flow

    out, style = io.BytesIO(), getSampleStyleSheet()["BodyText"]
    cells = [[Paragraph(f"<b>{cell}</b>" if not r else cell, style) for cell in row] for r, row in enumerate(CHECKS)]
    flow = Flow(
        cells,
        colWidths=(170, 180, 100),
        style=TableStyle([("GRID", (0, 0), (-1, -1), 0.5, (0, 0, 0)), ("VALIGN", (0, 0), (-1, -1), "TOP")]),
    )
    SimpleDocTemplate(out, pagesize=A4, title="School transport", invariant=1).build(
        [
            Paragraph("The contractor pays for the checks.", style),
            flow,
            Paragraph("A driver whose check has run out does not drive until the new one has come.", style),
        ]
    )
    return out.getvalue()


SPANS = (
    ("Before the move", (("Books the van", "Carer"), ("Tells the school", "Social worker"))),
    (
        "On the day",
        (
            ("Packs with the child", "Carer"),
            ("Sits beside the child in the car", "Social worker"),
            ("Rings ahead", "Duty desk"),
        ),
    ),
)


@layout(
    "ruled table",
    "a cell over several rows",
    tied=(
        ("Before the move", "Books the van"),
        ("Before the move", "Tells the school"),
        ("On the day", "Packs with the child"),
        ("On the day", "Rings ahead"),
        ("Rings ahead", "Duty desk"),
        ("Tells the school", "Social worker"),
    ),
    sentences=("A child is never moved in a bin bag.",),
    never=("move On the day", "Carer Tells", "in the car Rings", "van Tells"),
    headings=(("Moving house", 1),),
    not_headings=("Before the move", "On the day"),
)
def cell_over_rows() -> bytes:
    """The first column has one tall cell for two or three rows, its words at half height and written last."""
    d = document("Moving house", hands.WORD)
    s = Sheet(d, hands.WORD)
    s.head("Moving house", 18)
    s.para("A child is never moved in a bin bag.")
    y, labels = s.y, []
    for words, x in (("When", 72), ("Task", 192), ("Who", 392)):
        s.at(x + 5, y - 15, words, "B", 10)
    s.page.box(72, y - 22, 450, 22, stroke=(0,))
    y -= 22
    for label, tasks in SPANS:
        height = 22 * len(tasks)
        s.page.box(72, y - height, 120, height, stroke=(0,))
        labels.append((y - height / 2 - 3.5, label))
        for task, who in tasks:
            s.page.box(192, y - 22, 200, 22, stroke=(0,))
            s.page.box(392, y - 22, 130, 22, stroke=(0,))
            s.at(197, y - 15, task, size=10)
            s.at(397, y - 15, who, size=10)
            y -= 22
    s.page.line(192, s.y, 192, y, 0.8)
    s.page.line(392, s.y, 392, y, 0.8)
    for middle, label in labels:
        s.at(77, middle, label, size=10)
    return d.save()


QUEUE = [
    ["Order", "Who is seen", "Why", "Seen by"],
    ["1", "Babies", "They cannot tell", "Health visitor"],
    ["2", "Children who do not speak", "They are not asked", "Play worker with signs"],
    ["3", "Children who came back this week", "What they know fades", "Return interviewer"],
    ["4", "Brothers and sisters", "They saw it too", "The same worker as the child"],
    ["5", "Friends who ask for it", "They carry it about", "School nurse"],
    ["6", "Parents", "They need a plan for tonight", "Team manager"],
    ["7", "Neighbours", "They may have heard", "Police officer"],
    ["8", "The one who rang", "Thanks are owed", "Duty desk"],
]


@layout(
    "ruled table",
    "over three pages, running header and page number between",
    tables=(table_of(QUEUE),),
    sentences=(
        "The order is kept even where a later person is easier to reach.",
        "Thanks are given by name, unless the caller gave none.",
    ),
    tied=(
        ("Neighbours", "Police officer"),
        ("Seen by", "Duty desk"),
        ("Friends who ask for it", "They carry it about"),
    ),
    never=("interviewer 2", "Emergency duty guide 4", "3 Emergency", "nurse Emergency", "manager 7"),
    headings=(("Who is seen first", 1),),
    not_headings=("Emergency duty guide",),
    labels=("2", "3", "4"),
)
def three_pages_header_once() -> bytes:
    """Ruled rows over three pages; the running header and page number stand between the parts, the column names only at the start."""
    d = document("Emergency duty guide", hands.CHROMIUM)
    for n, rows in enumerate((QUEUE[:3], QUEUE[3:7], QUEUE[7:])):
        s = Sheet(d, hands.CHROMIUM, size=10.5, top=770)
        s.at(72, 808, "Emergency duty guide", "I", 8.5, (0.4,))
        if not n:
            s.head("Who is seen first", 18)
            s.para("The order is kept even where a later person is easier to reach.")
            for words in (
                "This page is read by the worker who is woken. It says whom to see first when a whole family needs somebody "
                "and there are two workers for the night.",
                "Those who wait are told how long it will be and are given a number to ring.",
            ):
                s.para(words)
            s.y = 160
        s.table((45, 150, 140, 125), rows, header=0 if n else 1, pad=7, tall=165 if n == 1 else 0)
        if n == 2:
            s.para("Thanks are given by name, unless the caller gave none.")
        s.centred(297, 34, str(2 + n), size=9)
    return d.save()


STOCKTAKE = [
    ["Signal", "Meaning", "Answer"],
    ["Two rings and a pause", "The caller cannot speak", "Say yes-or-no questions only, and leave time for a tap"],
    ["A call that ends at once", "Somebody came in", "Do not ring back"],
    ["The word “parcel”", "The caller wants the police", "Keep the line open on one telephone and ring from another"],
]


@layout(
    "table with level rules only",
    "column order",
    tables=(table_of(STOCKTAKE),),
    sentences=("The signals are learnt by heart and are not written on the wall.", "They change every spring."),
    tied=(("A call that ends at once", "Do not ring back"),),
    never=("pause The caller", "speak Say", "in Do not", "back The word", "only, and A call"),
    headings=(("Signals on the telephone", 1),),
)
def level_rules_column_order() -> bytes:
    """Thin rules under each row, names of columns without weight but under a heavier rule, columns written one by one."""
    d = document("Signals on the telephone", hands.LIBREOFFICE)
    s = Sheet(d, hands.LIBREOFFICE, size=10.5)
    s.head("Signals on the telephone", 17)
    s.para("The signals are learnt by heart and are not written on the wall.")
    top = s.y
    s.table((140, 140, 190), STOCKTAKE, rules="level", head_font="I", order="column", pad=6)
    s.page.line(72, top, 542, top, 1.6)
    s.para("They change every spring.")
    return d.save()


STRIPES = [
    ["Age", "Looked after by", "Longest time alone"],
    ["Under eight", "An adult", "Not at all"],
    ["Eight to eleven", "An adult or a brother or sister over sixteen", "While the adult is at the shop"],
    ["Twelve to fifteen", "Anyone the parent trusts", "An evening, with a telephone at hand"],
]


@layout(
    "table with shaded bands only",
    "all rows shaded in two tints",
    tables=(table_of(STRIPES),),
    sentences=("The law names no age; this table is what the partnership advises.",),
    tied=(("Under eight", "Not at all"), ("Looked after by", "Anyone the parent trusts")),
    never=("Under eight An adult", "An adult Not", "adult or a brother While", "trusts An evening"),
    headings=(("Children at home alone", 1),),
)
def shaded_bands_two_tints() -> bytes:
    """Word: each cell is filled, in two tints in turn, and there is no rule; the words stand at half height."""
    d = document("Children at home alone", hands.WORD)
    s = Sheet(d, hands.WORD)
    s.head("Children at home alone", 18)
    rows = [STRIPES[0]] + [
        [Cell(words, fill=((0.93, 0.96, 1), (0.85, 0.9, 0.97))[n % 2]) for words in row]
        for n, row in enumerate(STRIPES[1:])
    ]
    s.table(
        (110, 170, 170),
        rows,
        rules="none",
        head_fill=NAVY,
        head_colour=WHITE,
        middle=True,
        size=10,
        pad=6,
        order="shuffle",
    )
    s.para("The law names no age; this table is what the partnership advises.")
    return d.save()
