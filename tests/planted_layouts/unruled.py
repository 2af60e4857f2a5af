"""Tables whose columns are kept by their places alone."""

from __future__ import annotations

from tests.planted_layouts import hands
from tests.planted_layouts.expected import layout, table_of
from tests.planted_layouts.sheet import Sheet, document

SHIFTS = [
    ["Shift", "Begins", "Ends", "In charge"],
    ["Early", "07:00", "14:30", "Deputy manager"],
    ["Late", "14:00", "22:00", "Shift leader"],
    ["Night", "21:45", "07:15", "Senior on call"],
]


@layout(
    "unruled table",
    "one BT for a row",
    tables=(table_of(SHIFTS),),
    sentences=(
        "Two adults are in the house on every shift.",
        "The one in charge carries the red telephone and answers it within five rings.",
    ),
    tied=(("Night", "Senior on call"),),
    never=("07:00 14:30", "Begins Ends", "14:30 Deputy manager", "Early 07:00"),
    headings=(("Shifts in the children’s home", 1),),
)
def unruled_one_bt() -> bytes:
    """Each row is one text object with steps to the next column."""
    d = document("Shifts")
    s = Sheet(d)
    s.head("Shifts in the children’s home", 17)
    s.para("Two adults are in the house on every shift.", after=14)
    font = {True: d.plain("B"), False: d.plain("R")}
    for r, row in enumerate(SHIFTS):
        steps = " ".join(f"{'72 ' + str(s.y) if not i else '110 0'} Td ({words}) Tj" for i, words in enumerate(row))
        s.page.text(72, s.y, f"BT /{font[r == 0]} 11 Tf 0 g {steps} ET")
        s.y -= 20
    s.gap(14)
    s.para("The one in charge carries the red telephone and answers it within five rings.")
    return d.save()


AGENCIES = [
    ["Agency", "Sends a report", "Speaks at the conference", "Gets the minutes"],
    ["Housing office", "Where rent or repairs are in question", "If asked by the chair", "Decisions only"],
    ["Probation", "Always", "Always", "In full"],
    ["Voluntary groups that know the family", "Through the lead worker", "No", "No"],
]


@layout(
    "unruled table",
    "wrapped cells",
    tables=(table_of(AGENCIES),),
    sentences=(
        "Reports reach the chair two working days before the conference.",
        "A report that is late is read out and is not handed round.",
    ),
    tied=(("Housing office", "Decisions only"), ("Voluntary groups that know the family", "Through the lead worker")),
    never=("Housing office Where rent", "repairs are in If asked", "Always Always", "Voluntary groups that Through"),
    headings=(("Reports to the conference", 1), ("Late reports", 2)),
    not_headings=("Sends a report",),
)
def unruled_wrapped_word() -> bytes:
    """Word with tab stops: wrapped cells, no rule and no shading, a wide gap between rows."""
    d = document("Reports to the conference", hands.WORD)
    s = Sheet(d, hands.WORD)
    s.head("Reports to the conference", 18)
    s.para("Reports reach the chair two working days before the conference.")
    s.gap()
    s.table((125, 130, 115, 100), AGENCIES, rules="none", size=10.5, pad=7)
    s.head("Late reports", 14)
    s.para("A report that is late is read out and is not handed round.")
    return d.save()


NUMBERS = [
    ["Area", "Year one", "Year two", "Year three"],
    ["Northby", "114", "120", "97"],
    ["Saltmere", "86", "–", "91"],
    ["Upper Wend", "45", "52", "60"],
    ["Whole county", "245", "172", "248"],
]


@layout(
    "unruled table",
    "numbers ranged right",
    tables=(table_of(NUMBERS),),
    sentences=("Saltmere sent no figure for the second year because its system was being changed.",),
    tied=(("Upper Wend", "52"), ("Year three", "97")),
    never=("114 120", "Northby 114", "97 Saltmere", "120 52"),
    headings=(("Children with a plan", 1),),
    not_headings=("Whole county",),
)
def unruled_numbers_right() -> bytes:
    """Figures ranged right under ranged-right names, written by LibreOffice column by column."""
    d = document("Children with a plan", hands.LIBREOFFICE)
    h = hands.LIBREOFFICE
    s = Sheet(d, h)
    s.head("Children with a plan", 18)
    top = s.y
    for c, right in enumerate((None, 270, 360, 460)):
        for r, row in enumerate(NUMBERS):
            font = "B" if not r or r == 4 else "R"
            x = 72 if right is None else right - h.width(row[c], font, 11)
            s.at(x, top - 19 * r, row[c], font)
    s.y = top - 19 * 5 - 12
    s.para("Saltmere sent no figure for the second year because its system was being changed.")
    return d.save()
