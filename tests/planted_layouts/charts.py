"""Flow charts, whose boxes come in a certain order or in none, and charts with axes."""

from __future__ import annotations

from tests.planted_layouts import hands
from tests.planted_layouts.boxes import boxed
from tests.planted_layouts.expected import layout
from tests.planted_layouts.sheet import NAVY, PALE, SAND, TEAL, WHITE, Sheet, document

DOWN = (
    "The worry is noticed and written down with the time.",
    "The safeguarding lead reads the note within one hour.",
    "The lead rings the front door and gives the name, the address and the worry.",
    "The front door tells the lead by the next morning what it will do.",
)


@layout(
    "flow chart",
    "certain vertical order",
    steps=(DOWN,),
    sentences=(*DOWN, "This chart is pinned up beside every staff telephone."),
    never=("time. The safeguarding lead", "hour. The lead", "worry. The front door"),
    headings=(("From worry to answer", 1),),
)
def flow_down() -> bytes:
    """Four boxes under one another with arrows between them; their words were written from the foot up."""
    d = document("From worry to answer", hands.WORD)
    s = Sheet(d, hands.WORD)
    s.head("From worry to answer", 18)
    s.para("This chart is pinned up beside every staff telephone.")
    tops = [s.y - 10 - 78 * n for n in range(len(DOWN))]
    for n in reversed(range(len(DOWN))):
        foot = boxed(s, 150, tops[n], 280, DOWN[n : n + 1], 11, PALE, NAVY)
        if n < len(DOWN) - 1:
            s.page.arrow(290, foot, 290, tops[n + 1])
    return d.save()


NUMBERED = (
    "A school tells the panel that a pupil has not been seen.",
    "The panel looks in its three registers.",
    "If no register has the name, a visit is made on the same day.",
    "The panel closes the case once two people have seen the pupil.",
)


@layout(
    "flow chart",
    "certain order by numbers",
    steps=(NUMBERED,),
    sentences=NUMBERED,
    never=("1 2", "seen. The panel looks", "day. The panel closes"),
    not_alone=("1", "2", "3", "4"),
    headings=(("The path of a case", 1),),
)
def flow_numbered() -> bytes:
    """Boxes one under the other, each with its number in a disc at its left."""
    d = document("The path of a case", hands.CHROMIUM)
    s = Sheet(d, hands.CHROMIUM)
    s.head("The path of a case", 18)
    y = s.y - 10
    for n, words in enumerate(NUMBERED, 1):
        foot = boxed(s, 130, y, 320, (words,), 10.5, None, TEAL)
        s.page.disc(100, (y + foot) / 2, 13, TEAL)
        s.centred(100, (y + foot) / 2 - 4, str(n), "B", 12, WHITE)
        if n < len(NUMBERED):
            s.page.arrow(290, foot, 290, foot - 24)
        y = foot - 26
    return d.save()


YES_NO = (
    "Is the child in danger now?",
    "Ring the police at once and stay with the child.",
    "Has the family agreed to help?",
    "Send the joint plan to the family hub.",
    "Talk to the front door about going ahead without consent.",
)


@layout(
    "flow chart",
    "yes and no branches",
    pointed=(1,),
    searchable=YES_NO,
    sentences=(
        "The chart is a help to memory and does not take the place of the procedure.",
        "Each agency prints it in the size that fits its walls.",
    ),
    never=("danger now? Ring", "agreed to help? Send", "Yes No", "family hub. Talk", "child. Has the family"),
    not_alone=("Yes", "No"),
    headings=(("Which way to turn", 1),),
)
def flow_yes_no() -> bytes:
    """Two questions, each with a way out to the right and a way on downwards, with Yes and No beside the arrows."""
    d = document("Which way to turn", hands.PLAIN)
    s = Sheet(d)
    s.head("Which way to turn", 18)
    s.para("The chart is a help to memory and does not take the place of the procedure.")
    y = s.y - 20
    foot = boxed(s, 90, y, 180, YES_NO[:1], 10.5, SAND, NAVY)
    boxed(s, 350, y + 7, 160, YES_NO[1:2], 10.5, (1, 0.85, 0.85), NAVY)
    s.page.arrow(270, y - 16, 350, y - 16)
    s.at(298, y - 12, "Yes", "B", 10)
    s.page.arrow(180, foot, 180, foot - 50)
    s.at(186, foot - 28, "No", "B", 10)
    y = foot - 50
    foot = boxed(s, 90, y, 180, YES_NO[2:3], 10.5, SAND, NAVY)
    boxed(s, 350, y + 7, 160, YES_NO[3:4], 10.5, (0.88, 0.96, 0.88), NAVY)
    s.page.arrow(270, y - 16, 350, y - 16)
    s.at(298, y - 12, "Yes", "B", 10)
    s.page.arrow(180, foot, 180, foot - 50)
    s.at(186, foot - 28, "No", "B", 10)
    s.y = boxed(s, 90, foot - 50, 180, YES_NO[4:], 10.5, PALE, NAVY) - 30
    s.para("Each agency prints it in the size that fits its walls.")
    return d.save()


AROUND = (
    "Look again at what was learnt",
    "Plan with the family",
    "Act on the plan together",
    "Ask the child what changed",
)


@layout(
    "flow chart",
    "circle without a beginning",
    pointed=(1,),
    searchable=AROUND,
    sentences=(
        "Work with a family goes round, and may begin at any point.",
        "Each turn of the circle takes about six weeks.",
    ),
    never=("learnt Plan", "Act on the plan together Ask", "the family Ask", "Look again at Plan with"),
    headings=(("The circle of work", 1),),
)
def flow_circle() -> bytes:
    """Four rounded labels in a ring with arrows between: none is the first."""
    d = document("The circle of work", hands.LIBREOFFICE)
    s = Sheet(d, hands.LIBREOFFICE)
    s.head("The circle of work", 18)
    s.para("Work with a family goes round, and may begin at any point.")
    cx, cy = 297, 500
    for (x, y), words in zip(((cx, cy + 120), (cx + 140, cy), (cx, cy - 120), (cx - 140, cy)), AROUND, strict=False):
        s.page.box(x - 62, y - 22, 124, 44, PALE, TEAL)
        first, second = words.split(" ", 2)[:2], words.split(" ", 2)[2]
        s.centred(x, y + 4, " ".join(first), size=10.5)
        s.centred(x, y - 10, second, size=10.5)
    for x1, y1, x2, y2 in (
        (cx + 62, cy + 120, cx + 140, cy + 24),
        (cx + 140, cy - 24, cx + 62, cy - 120),
        (cx - 62, cy - 120, cx - 140, cy - 24),
        (cx - 140, cy + 24, cx - 62, cy + 120),
    ):
        s.page.line(x1, y1, x2, y2, 1.2)
        s.page.disc(x2, y2, 3)
    s.y = 330
    s.para("Each turn of the circle takes about six weeks.")
    return d.save()


@layout(
    "chart with axes",
    "upright bars",
    pointed=(1,),
    sentences=(
        "Referrals fell in the second quarter, when the schools were closed for longer than usual.",
        "Figure 1: Referrals by quarter",
        "The fourth quarter is an estimate, because two agencies had not sent their returns.",
    ),
    never=("0 20 40", "80 60", "Q1 Q2", "usual. 80", "Q4 Figure"),
    not_alone=("0", "20", "40", "60", "80", "Q1", "Q2", "Q3", "Q4", "80 60 40 20 0", "Q1 Q2 Q3 Q4"),
    headings=(("Referrals in the past year", 1),),
)
def chart_upright_bars() -> bytes:
    d = document("Referrals in the past year", hands.WORD)
    s = Sheet(d, hands.WORD)
    s.head("Referrals in the past year", 18)
    s.para("Referrals fell in the second quarter, when the schools were closed for longer than usual.")
    base, left = s.y - 190, 110
    for n in range(5):
        y = base + 40 * n
        s.page.line(left, y, left + 340, y, 0.4, (0.7,))
        s.at(left - 8 - s.hand.width(str(20 * n), "R", 9), y - 3, str(20 * n), size=9)
    for n, high in enumerate((140, 92, 118, 124)):
        s.page.box(left + 30 + 80 * n, base, 44, high, fill=TEAL)
        s.centred(left + 52 + 80 * n, base - 13, f"Q{n + 1}", size=9)
    s.y = base - 36
    s.para("Figure 1: Referrals by quarter", size=10, font="I")
    s.para("The fourth quarter is an estimate, because two agencies had not sent their returns.")
    return d.save()


@layout(
    "chart with axes",
    "level bars",
    pointed=(1,),
    sentences=(
        "Half of all calls came from schools, which is more than in any year before.",
        "Calls without a name were counted under the place from which they came.",
    ),
    never=("Schools Police", "Police Health", "0 50 100", "before. Schools", "Neighbours 0"),
    not_alone=("0", "50", "100", "150", "Schools", "Police", "Health", "Neighbours", "0 50 100 150", "Number of calls"),
    headings=(("Who rang us", 1),),
)
def chart_level_bars() -> bytes:
    d = document("Who rang us", hands.CHROMIUM)
    s = Sheet(d, hands.CHROMIUM, size=10.5)
    s.head("Who rang us", 18)
    s.para("Half of all calls came from schools, which is more than in any year before.")
    top = s.y - 10
    for n, (name, long) in enumerate((("Schools", 300), ("Police", 140), ("Health", 96), ("Neighbours", 64))):
        y = top - 30 * n - 20
        s.at(145 - s.hand.width(name, "R", 9), y + 5, name, size=9)
        s.page.box(152, y, long, 18, fill=NAVY)
    foot = top - 122
    s.page.line(152, foot, 470, foot)
    for n in range(4):
        s.centred(152 + 100 * n, foot - 13, str(50 * n), size=9)
    s.centred(310, foot - 28, "Number of calls", "B", 9)
    s.y = foot - 56
    s.para("Calls without a name were counted under the place from which they came.")
    return d.save()


@layout(
    "chart with axes",
    "lines with a legend and an upright title",
    pointed=(1,),
    sentences=(
        "Waiting times rose in winter and fell once two more workers had been taken on.",
        "Days are counted from the referral to the first visit.",
    ),
    never=("Northby Saltmere", "Jan Apr", "on. 12", "Days waited Days are"),
    not_alone=("4", "8", "12", "Jan", "Apr", "Jul", "Oct", "Jan Apr Jul Oct", "Days waited", "Northby", "Saltmere"),
    headings=(("Waiting times", 1),),
)
def chart_lines() -> bytes:
    d = document("Waiting times", hands.LIBREOFFICE)
    s = Sheet(d, hands.LIBREOFFICE)
    s.head("Waiting times", 18)
    s.para("Waiting times rose in winter and fell once two more workers had been taken on.")
    base, left = s.y - 180, 120
    s.page.line(left, base, left, base + 160)
    s.page.line(left, base, left + 320, base)
    for n in (1, 2, 3):
        s.at(left - 20, base + 45 * n - 3, str(4 * n), size=9)
    for n, month in enumerate(("Jan", "Apr", "Jul", "Oct")):
        s.centred(left + 40 + 80 * n, base - 14, month, size=9)
    name, subset = d.subset("R", composite=False)
    s.page.text(92, base, f"BT 0 g /{name} 9 Tf 0 1 -1 0 92 {base + 50:.1f} Tm <{subset.hex('Days waited')}> Tj ET")
    for heights, colour, place, label in (
        ((120, 90, 60, 70), NAVY, 0, "Northby"),
        ((80, 100, 50, 40), TEAL, 1, "Saltmere"),
    ):
        for n in range(3):
            s.page.line(left + 40 + 80 * n, base + heights[n], left + 120 + 80 * n, base + heights[n + 1], 1.5, colour)
        s.page.line(left + 340, base + 120 - 18 * place, left + 360, base + 120 - 18 * place, 1.5, colour)
        s.at(left + 365, base + 117 - 18 * place, label, size=9)
    s.y = base - 44
    s.para("Days are counted from the referral to the first visit.")
    return d.save()
