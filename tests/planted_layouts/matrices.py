"""Threshold matrices: what is seen, by level of need and by side of life."""

from __future__ import annotations

from tests.planted_layouts import hands
from tests.planted_layouts.expected import Table, layout, table_of
from tests.planted_layouts.sheet import AMBER, GREEN, NAVY, RED, WHITE, Cell, Sheet, document

BULLETS = [
    ["Level 1 Universal", "Level 2 Early help", "Level 3 Targeted", "Level 4 Specialist"],
    [
        "• Goes to the dentist once a year\n• Sleeps well",
        "• Often tired in class\n• Jabs are behind",
        "• Loses weight and nobody has asked why",
        "• Refuses food and water\n• Pain is left untreated for days",
    ],
    [
        "• Comes to school every day",
        "• Late more than twice in a week\n• Homework is seldom done",
        "• Misses a day of school in every week\n• Has been sent home three times in a term",
        "• Has no school place and nobody looks for one",
    ],
    [
        "• Has friends of the same age",
        "• Is left out at break",
        "• Spends the evening with adults whom the family cannot name",
        "• Is taken to other towns by adults",
    ],
]


@layout(
    "threshold matrix",
    "levels as columns",
    "bullets in cells",
    "white labels on colour",
    tables=(table_of(BULLETS),),
    sentences=(
        "A worker looks at the whole child and never adds up boxes.",
        "Where two levels seem right, the worker talks to the duty manager before anything is sent.",
    ),
    tied=(
        ("Level 3 Targeted", "Loses weight and nobody has asked why"),
        ("Level 4 Specialist", "Is taken to other towns by adults"),
        ("Level 2 Early help", "Is left out at break"),
    ),
    never=(
        "once a year Often tired",
        "Sleeps well Jabs",
        "Comes to school every day Late",
        "Has friends of the same age Is left out",
        "Level 1 Level 2",
    ),
    headings=(("Levels of need in Marlshire", 1),),
)
def matrix_levels_as_columns() -> bytes:
    d = document("Levels of need in Marlshire", hands.WORD)
    s = Sheet(d, hands.WORD, x=42, width=510)
    s.head("Levels of need in Marlshire", 18)
    s.para("A worker looks at the whole child and never adds up boxes.")
    top = [
        Cell(words, fill=fill, colour=colour)
        for words, fill, colour in zip(
            BULLETS[0], (GREEN, AMBER, (0.9, 0.45, 0.1), RED), (WHITE, (0.0,), WHITE, WHITE), strict=False
        )
    ]
    s.table((127.5,) * 4, [top, *BULLETS[1:]], ink="rect", order="column", size=9)
    s.para("Where two levels seem right, the worker talks to the duty manager before anything is sent.")
    return d.save()


ROWS = [
    ["Level", "What it looks like", "Who acts", "Form"],
    [
        "Level 1",
        "Needs are met by the family with the help that is open to everybody.",
        "School, nursery, surgery",
        "None",
    ],
    ["Level 2", "One agency can meet an extra need by itself.", "That agency", "Plan on a page"],
    [
        "Level 3",
        "Several needs hang together and the family agrees to a joint plan.",
        "Family hub",
        "Whole family plan",
    ],
    [
        "Level 4",
        "A child is being hurt or will be if nothing is done.",
        "Social work team and police",
        "Urgent referral",
    ],
]


@layout(
    "threshold matrix",
    "levels as rows",
    "coloured labels",
    tables=(table_of(ROWS),),
    sentences=("A family may move up or down between levels within one week.",),
    tied=(
        ("Level 3", "Family hub"),
        ("Level 4", "Urgent referral"),
        ("Level 2", "One agency can meet an extra need by itself."),
    ),
    never=("Level 1 Level 2", "by itself. That agency", "joint plan. Family hub", "Level 4 A child is being hurt"),
    headings=(("The four levels", 1),),
    not_headings=("Level 3", "Level 4"),
)
def matrix_levels_as_rows() -> bytes:
    d = document("The four levels", hands.LIBREOFFICE)
    s = Sheet(d, hands.LIBREOFFICE, x=52, width=490)
    s.head("The four levels", 18)
    fills = (GREEN, AMBER, (0.9, 0.45, 0.1), RED)
    rows = [
        ROWS[0],
        *(
            [Cell(row[0], fill=fill, colour=WHITE, font="B"), *row[1:]]
            for row, fill in zip(ROWS[1:], fills, strict=False)
        ),
    ]
    s.table((60, 200, 120, 110), rows, ink="cell", middle=True, size=10, pad=6)
    s.para("A family may move up or down between levels within one week.")
    return d.save()


PARENTING = [
    [
        "Meals are regular and there is enough",
        "Breakfast is often missed",
        "The cupboard is empty at the end of each month",
        "A baby is not fed",
    ],
    [
        "Praise is heard in the home",
        "Praise is rare",
        "The child is blamed for the parents’ quarrels",
        "The child is called worthless before others",
    ],
]
HOUSING = [
    [
        "The home is dry and warm",
        "Repairs are waited for",
        "The heating has been off for a month",
        "Live wires hang within reach",
    ],
    [
        "Neighbours are known",
        "The family has just moved in",
        "The family hides from its neighbours",
        "Strangers come and go at night",
    ],
]
LEVELS = ("Level 1", "Level 2", "Level 3", "Level 4")


def _side(s: Sheet, words: str, low: float, high: float) -> None:
    """Writes a label upwards beside the rows between two heights."""
    s.page.box(42, low, 26, high - low, fill=NAVY)
    width = s.hand.width(words, "B", 11)
    s.page.text(
        42, low, f"BT 1 g /{s.pdf.plain('B')} 11 Tf 0 1 -1 0 59 {low + (high - low - width) / 2:.2f} Tm ({words}) Tj ET"
    )


@layout(
    "threshold matrix",
    "column names as running header",
    "rotated domain labels",
    "two pages",
    tables=(Table(LEVELS, tuple(map(tuple, PARENTING))), Table(LEVELS, tuple(map(tuple, HOUSING)))),
    tied=(
        ("Parenting", "Breakfast is often missed"),
        ("Housing", "Live wires hang within reach"),
        ("Level 3", "The heating has been off for a month"),
        ("Parenting", "A baby is not fed"),
        ("Level 4", "Strangers come and go at night"),
    ),
    sentences=("Each page shows one side of family life.",),
    never=(
        "Breakfast is often missed The cupboard",
        "The home is dry and warm Repairs",
        "Level 1 Level 2",
        "Neighbours are known The family has",
    ),
    not_headings=("Level 1", "Level 4"),
    labels=("6", "7"),
)
def matrix_running_header_rotated_labels() -> bytes:
    """The level names stand in larger print at the head of each page and each page's domain runs up its side."""
    d = document("Guide to levels of need", hands.PLAIN)
    for n, (domain, rows) in enumerate((("Parenting", PARENTING), ("Housing", HOUSING))):
        s = Sheet(d, x=72, width=460)
        for c, (name, fill) in enumerate(zip(LEVELS, (GREEN, AMBER, (0.9, 0.45, 0.1), RED), strict=False)):
            s.page.box(72 + 118 * c, 775, 112, 26, fill=fill)
            s.centred(128 + 118 * c, 783, name, "B", 14, WHITE)
        s.y = 750
        if not n:
            s.para("Each page shows one side of family life.", size=10)
        high = s.y
        s.table((118,) * 4, rows, header=0, size=9.5, pad=7, order="column")
        _side(s, domain, s.y + 18, high)
        s.centred(297, 30, str(6 + n), size=9)
    return d.save()


SHADES = [
    ["Side of life", "Level 1", "Level 2", "Level 3"],
    [
        "Speech",
        "Talks in sentences by the age of three",
        "Is understood only at home",
        "Stopped talking after a fright",
    ],
    ["Play", "", "Plays alone by choice", "Plays out violent scenes again and again"],
    ["Care for the self", "Washes and dresses", "", "Is dirty and smells, and the parent shrugs"],
    ["Money", "Has what peers have", "Borrows dinner money", ""],
]


@layout(
    "threshold matrix",
    "shaded columns without rules",
    "empty cells",
    "shuffled order",
    tables=(table_of(SHADES),),
    sentences=("An empty cell means that this side of life gives no sign at that level.",),
    tied=(
        ("Play", "Plays alone by choice"),
        ("Level 3", "Stopped talking after a fright"),
        ("Level 2", "Borrows dinner money"),
    ),
    never=("at home Stopped", "by choice Plays out", "Washes and dresses Is dirty", "Has what peers have Borrows"),
    headings=(("Signs for under fives", 1),),
)
def matrix_shaded_columns() -> bytes:
    d = document("Signs for under fives", hands.CHROMIUM)
    s = Sheet(d, hands.CHROMIUM, size=10.5)
    s.head("Signs for under fives", 18)
    s.para("An empty cell means that this side of life gives no sign at that level.")
    s.table(
        (95, 125, 125, 125),
        SHADES,
        rules="none",
        shade={1: (0.85, 0.95, 0.85), 2: (1, 0.95, 0.8), 3: (1, 0.88, 0.85)},
        order="shuffle",
        size=9.5,
        first_font="B",
        pad=6,
    )
    return d.save()
