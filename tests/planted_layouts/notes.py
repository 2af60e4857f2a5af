"""Notes with raised digits, letters and signs, marks of amended law, and raised letters that are no notes."""

from __future__ import annotations

from tests.planted_layouts import hands
from tests.planted_layouts.expected import Table, layout
from tests.planted_layouts.sheet import Sheet, document


@layout(
    "footnotes",
    "raised digits",
    sentences=(
        "A decision to hold a meeting is made by the team manager within one working day.",
        "The police, the school and a health professional are always asked.",
        "Where the child is in hospital the meeting is held there.",
    ),
    notes=(
        (
            "A decision to hold a meeting is made by the team manager within one working day.",
            "Saturdays and Sundays are not working days in this guide.",
        ),
        (
            "The police, the school and a health professional are always asked.",
            (
                "In the school holidays the council’s education desk stands in for the school and keeps "
                "a list of head teachers whom it can ring at home."
            ),
        ),
    ),
    never=("day.1", "day. 1", "asked.2", "professional2", "there. 1 Saturdays", "guide. 2 In"),
    headings=(("Strategy meetings", 1),),
)
def footnotes_digits_word() -> bytes:
    """Word: raised digits of two thirds size after full stops, a short rule and two notes, the second over two lines."""
    d = document("Strategy meetings", hands.WORD)
    s = Sheet(d, hands.WORD)
    s.head("Strategy meetings", 18)
    s.run("A decision to hold a meeting is made by the team manager within one working day.", ("1", 7, 4))
    s.gap(7)
    s.run("The police, the school and a health professional are always asked.", ("2", 7, 4))
    s.gap(7)
    s.para("Where the child is in hospital the meeting is held there.")
    s.page.line(72, 112, 216, 112, 0.7)
    s.y = 98
    s.run(("1", 6, 3), (" Saturdays and Sundays are not working days in this guide.", 9, 0))
    s.run(
        ("2", 6, 3),
        (
            (" In the school holidays the council’s education desk stands in for the school and keeps a list of head"),
            9,
            0,
        ),
    )
    s.run(("teachers whom it can ring at home.", 9, 0))
    return d.save()


@layout(
    "footnotes",
    "letters in a table",
    "two marks in a row",
    tables=(
        Table(
            ("Post", "Check", "Valid for"),
            (
                ("Sports coach", "Enhanced", "Three years"),
                ("Caretaker", "Enhanced", "Five years"),
                ("Guest speaker", "None", ""),
            ),
        ),
    ),
    notes=(
        ("Three years", "One year where the coach travels abroad with children."),
        ("Guest speaker", "A guest speaker is never alone with a child."),
        ("Caretaker", "This includes a caretaker sent by a firm."),
    ),
    sentences=("Checks are paid for by the club.",),
    never=("yearsa", "years a", "speakerc", "Caretakerb", "Three yearsa Caretaker"),
    headings=(("Checks in clubs", 1),),
)
def footnotes_letters_in_table() -> bytes:
    """Raised letters in cells of a table; the notes stand under the table in small print."""
    d = document("Checks in clubs", hands.LIBREOFFICE)
    s = Sheet(d, hands.LIBREOFFICE)
    s.head("Checks in clubs", 18)
    top = s.y
    s.table(
        (150, 130, 130),
        [
            ["Post", "Check", "Valid for"],
            ["Sports coach", "Enhanced", "Three years"],
            ["Caretaker", "Enhanced", "Five years"],
            ["Guest speaker", "None", ""],
        ],
        ink="cell",
        size=10.5,
        pad=5,
    )
    row = 10.5 * 1.22 + 10
    for r, x, words, mark in ((1, 352, "Three years", "a"), (2, 72, "Caretaker", "b"), (3, 72, "Guest speaker", "c")):
        s.at(x + 5 + s.hand.width(words, "R", 10.5) + 0.5, top - row * r - 5 - 10.5 * 0.85 + 4, mark, size=6.5)
    s.y += 8
    for mark, words in (
        ("a", "One year where the coach travels abroad with children."),
        ("b", "This includes a caretaker sent by a firm."),
        ("c", "A guest speaker is never alone with a child."),
    ):
        s.run((mark, 6, 3), (" " + words, 8.5, 0))
    s.gap()
    s.para("Checks are paid for by the club.")
    return d.save()


@layout(
    "marks of amended law",
    "notes at the foot",
    sentences=(
        "“provider” means a person who runs a home for children under this Order",
        "must show the record to an inspector who asks for it in writing",
        "3. This Order does not apply to a school in which no child sleeps.",
    ),
    notes=(
        (
            "“provider” means a person who runs a home for children under this Order",
            "2009 No. 41, amended by S.R. 2014/7, article 3",
        ),
        (
            "of every complaint that is made to it",
            "Words in article 2 inserted (1.4.2015) by the Wendland Homes (Amendment) Order 2015, article 4(2)",
        ),
    ),
    never=("OrderM4", "F2of", "[F2of", "Order ;"),
    headings=(("Wendland Homes for Children Order 2008", 1), ("Interpretation", 2), ("Records", 2)),
)
def amended_law_marks() -> bytes:
    """Small raised marks "M4" and "[F2" as in amended orders, with the notes of both kinds at the foot."""
    d = document("Wendland Homes for Children Order 2008", hands.FOP)
    s = Sheet(d, hands.FOP, font="S", size=11.5)
    s.head("Wendland Homes for Children Order 2008", 16, "SB")
    s.head("Interpretation", 12, "SB")
    s.run(
        "1. In this Order “provider” means a person who runs a home for children under this Order",
        ("M4", 6.5, 4.5, "SB"),
        ";",
    )
    s.gap(6)
    s.head("Records", 12, "SB")
    s.run(
        "2. A provider must keep a record [",
        ("F2", 6.5, 4.5, "SB"),
        "of every complaint that is made to it] for three years and",
    )
    s.run("must show the record to an inspector who asks for it in writing.")
    s.gap(6)
    s.run("3. This Order does not apply to a school in which no child sleeps.")
    s.page.line(72, 130, 522, 130, 0.5)
    s.y = 116
    s.run(("Marginal Citations", 8, 0, "SB"))
    s.run(("M4", 8, 0, "SB"), ("  2009 No. 41, amended by S.R. 2014/7, article 3", 8, 0))
    s.run(("Textual Amendments", 8, 0, "SB"))
    s.run(
        ("F2", 8, 0, "SB"),
        (("  Words in article 2 inserted (1.4.2015) by the Wendland Homes (Amendment) Order 2015, article 4(2)"), 8, 0),
    )
    return d.save()


@layout(
    "endnotes",
    "bracketed numbers and an asterisk",
    sentences=(
        "Children under five are seen at home.",
        "Children of school age may be seen at school if they ask for it.",
        "Interpreters are never members of the family.",
    ),
    notes=(
        ("Children under five are seen at home.", "A nursery counts as a home where the child sleeps there."),
        ("Children of school age may be seen at school if they ask for it.", "The head teacher finds the room."),
        ("Interpreters are never members of the family.", "The list of interpreters is kept by the front door."),
    ),
    never=("home.1", "for it.2", "there. [2] The", "Notes A nursery"),
    headings=(("Where children are seen", 1), ("Notes", 2)),
)
def endnotes_next_page() -> bytes:
    """Numbers in brackets with their notes on the next page; an asterisk with its note at the foot of the first."""
    d = document("Where children are seen", hands.CHROMIUM)
    s = Sheet(d, hands.CHROMIUM, size=10.5)
    s.head("Where children are seen", 18)
    s.run("Children under five are seen at home.", ("[1]", 7, 4))
    s.gap(6)
    s.run("Children of school age may be seen at school if they ask for it.", ("[2]", 7, 4))
    s.gap(6)
    s.run("Interpreters are never members of the family.*")
    s.y = 90
    s.run(("* The list of interpreters is kept by the front door.", 8, 0))
    s = Sheet(d, hands.CHROMIUM, size=10.5)
    s.head("Notes", 14)
    for n, words in (
        (1, "A nursery counts as a home where the child sleeps there."),
        (2, "The head teacher finds the room."),
    ):
        s.run((f"[{n}] {words}", 9, 0))
        s.gap(4)
    return d.save()


@layout(
    "raised letters that are no notes",
    "small letters raised",
    sentences=(
        "Returns are due on the 31st of March and on the 30th of September.",
        "The list closes on the 1st of June, and late names wait until the 2nd of October.",
        "A late return is sent within ten days.",
    ),
    never=("31 st", "30 th", "1 st", "2 nd", "31 of March"),
    headings=(("Returns", 1), ("Late returns", 2)),
)
def raised_ordinals_word() -> bytes:
    d = document("Returns", hands.WORD)
    s = Sheet(d, hands.WORD)
    s.head("Returns", 18)
    s.run("Returns are due on the 31", ("st", 7, 4), " of March and on the 30", ("th", 7, 4), " of September.")
    s.gap(6)
    s.run(
        "The list closes on the 1",
        ("st", 7, 4),
        " of June, and late names wait until the 2",
        ("nd", 7, 4),
        " of October.",
    )
    s.head("Late returns", 14)
    s.para("A late return is sent within ten days.")
    return d.save()


@layout(
    "raised letters that are no notes",
    "square metres and trade marks",
    "a true note beside them",
    sentences=(
        "A bedroom for one child has at least 7.5 m² of floor, and one for two has 11 m².",
        "Staff are trained in the StepBack® method and carry a QuietLine™ radio.",
        "The yard holds 40 m² for each ten children, as the county standard says.",
    ),
    notes=(
        (
            "The yard holds 40 m² for each ten children, as the county standard says.",
            "County standard for play, part 6.",
        ),
    ),
    never=("7.5 m of", "11 m .", "StepBack method", "QuietLine radio", "says.1", "says. 1"),
    headings=(("Rooms and yards", 1),),
)
def raised_square_metres_chromium() -> bytes:
    """Digits and signs raised in a run of their own, written after all other words of the page."""
    d = document("Rooms and yards", hands.CHROMIUM)
    s = Sheet(d, hands.CHROMIUM, size=10.5)
    s.head("Rooms and yards", 18)
    s.run(
        "A bedroom for one child has at least 7.5 m",
        ("2", 7, 4),
        " of floor, and one for two has 11 m",
        ("2", 7, 4),
        ".",
    )
    s.gap(6)
    s.run("Staff are trained in the StepBack", ("®", 7, 4), " method and carry a QuietLine", ("™", 7, 4), " radio.")
    s.gap(6)
    s.run("The yard holds 40 m", ("2", 7, 4), " for each ten children, as the county standard says.", ("1", 7, 4))
    s.y = 90
    s.run(("1", 6, 3), (" County standard for play, part 6.", 8.5, 0))
    lines = {op[2] for op in s.page.ops if op[0] == "text"}
    s.page.reorder(lambda i, x, y: (any(abs(y - line - 4) < 0.01 for line in lines), i))
    return d.save()


@layout(
    "raised letters that are no notes",
    "by text rise",
    sentences=(
        "The 21st birthday ends the support, or the 25th where the young person is at college.",
        "Gas is tested for CO₂ and the flow is given in m³ an hour.",
        "The form is kept for ten years.",
    ),
    never=("21 st", "25 th", "CO 2", "m 3", "21 birthday"),
    headings=(("Leaving care", 1),),
)
def raised_by_text_rise() -> bytes:
    """One text object with Ts: raised letters, a raised and a lowered digit."""
    d = document("Leaving care", hands.STEPS)
    s = Sheet(d, hands.STEPS)
    s.head("Leaving care", 18)
    font = d.plain("R")

    def rich(*pieces: tuple[str, float]) -> None:
        shown = " ".join(f"/{font} {7 if rise else 11} Tf {rise} Ts ({words}) Tj" for words, rise in pieces)
        s.page.text(72, s.y, f"BT 0 g 1 0 0 1 72 {s.y:.2f} Tm {shown} 0 Ts ET")
        s.y -= 20

    rich(
        ("The 21", 0),
        ("st", 4),
        (" birthday ends the support, or the 25", 0),
        ("th", 4),
        (" where the young person is at college.", 0),
    )
    rich(("Gas is tested for CO", 0), ("2", -2.5), (" and the flow is given in m", 0), ("3", 4), (" an hour.", 0))
    s.para("The form is kept for ten years.")
    return d.save()


@layout(
    "marks of amended law",
    "numbered subsections and omitted words",
    sentences=(
        "The authority must keep a list of every home in its area.",
        "The list must be open to anyone who asks for it at a reasonable hour.",
        "A home which leaves the list must be told why within fourteen days.",
    ),
    notes=(
        (
            "The list must be open to anyone who asks for it at a reasonable hour.",
            "Article 6(2) substituted (3.1.2011) by S.R. 2010/88, Schedule 1",
        ),
    ),
    never=("F3 The list", "F3The", "(2)The list", "F4 .", "6 F3", "hour. F4"),
    headings=(("Lists of homes", 1),),
)
def amended_law_subsections() -> bytes:
    """A bracket with a raised F3 before a subsection, and a raised F4 before dots that stand for words taken out."""
    d = document("Lists of homes", hands.LIBREOFFICE)
    s = Sheet(d, hands.LIBREOFFICE, size=10.5)
    s.head("Lists of homes", 14)
    s.run("(1) ", "The authority must keep a list of every home in its area.")
    s.gap(5)
    s.run("[", ("F3", 6, 4), "(2) The list must be open to anyone who asks for it at a reasonable hour.]")
    s.gap(5)
    s.run(("F4", 6, 4), "(3) . . . . . . . . . . . . . . . .")
    s.gap(5)
    s.run("(4) ", "A home which leaves the list must be told why within fourteen days.")
    s.page.line(72, 120, 522, 120, 0.5)
    s.y = 106
    s.run(("F3", 8, 0), ("  Article 6(2) substituted (3.1.2011) by S.R. 2010/88, Schedule 1", 8, 0))
    s.run(("F4", 8, 0), ("  Article 6(3) omitted (3.1.2011) by S.R. 2010/88, Schedule 2", 8, 0))
    return d.save()


@layout(
    "marks of amended law",
    "marks at the margin and at a heading",
    sentences=(
        "A person who opens a home without leave is liable to a fine.",
        "Leave is given for three years and may be given again.",
    ),
    notes=(
        (
            "A person who opens a home without leave is liable to a fine.",
            "Article 9 extended by the Islands (Homes) Order 2001, article 3",
        ),
    ),
    never=("C1Opening", "Opening a homeC1", "I2Leave", "fine.I2", "fine.C1"),
    headings=(("Opening a home", 1),),
    not_headings=("I2",),
)
def amended_law_margin() -> bytes:
    """A raised C1 in the line of the heading's clause and an I2 in the margin, with their notes at the foot."""
    d = document("Opening a home", hands.WORD)
    s = Sheet(d, hands.WORD)
    s.head("Opening a home", 13)
    s.run("9. ", "A person who opens a home without leave is liable to a fine.", ("C1", 6, 4))
    s.gap(6)
    s.at(46, s.y + 4, "I2", size=6)
    s.run("10. ", "Leave is given for three years and may be given again.")
    s.y = 110
    s.run(("C1", 8, 0, "B"), ("  Article 9 extended by the Islands (Homes) Order 2001, article 3", 8, 0))
    s.run(("I2", 8, 0, "B"), ("  Article 10 in force at 1.9.1999, see article 1", 8, 0))
    return d.save()


@layout(
    "footnotes",
    "raised digits after words in the middle, numbers without a rule",
    sentences=(
        "A placement agreement is signed on the first day by the carer, the parent and the social worker.",
        "The life story book goes with the child wherever the child goes.",
    ),
    notes=(
        (
            "A placement agreement is signed on the first day by the carer, the parent and the social worker.",
            "The form is number 12 in the pack for carers.",
        ),
        (
            "The life story book goes with the child wherever the child goes.",
            "A book of pictures and words which tells a child where it comes from.",
        ),
    ),
    never=("agreement3", "agreement 3 is", "book4", "book 4 goes", "pack for carers. 4"),
    headings=(("First days", 1),),
    labels=("18",),
)
def footnotes_mid_sentence() -> bytes:
    """Marks 3 and 4 inside sentences, their notes without a rule above them, a page number under them."""
    d = document("First days", hands.EACH_WORD)
    s = Sheet(d, hands.EACH_WORD, font="S", size=11.5)
    s.head("First days", 17, "SB")
    s.run("A placement agreement", ("3", 7, 4), " is signed on the first day by the carer, the parent and the")
    s.run("social worker.")
    s.gap(6)
    s.run("The life story book", ("4", 7, 4), " goes with the child wherever the child goes.")
    s.y = 104
    s.run(("3", 6, 3), ("  The form is number 12 in the pack for carers.", 8.5, 0))
    s.run(("4", 6, 3), ("  A book of pictures and words which tells a child where it comes from.", 8.5, 0))
    s.centred(297, 36, "18", size=9)
    return d.save()
