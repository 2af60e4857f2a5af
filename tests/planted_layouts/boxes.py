"""Boxes, callouts, quotation sidebars and coloured labels beside the body of a page."""

from __future__ import annotations

from tests.planted_layouts import hands
from tests.planted_layouts.expected import layout
from tests.planted_layouts.sheet import NAVY, PALE, SAND, TEAL, WHITE, Sheet, document, wrap


def boxed(
    s: Sheet,
    x: float,
    top: float,
    width: float,
    parts: tuple[str, ...],
    size: float = 10,
    fill: tuple[float, ...] | None = None,
    stroke: tuple[float, ...] | None = None,
    colour: tuple[float, ...] = (0.0,),
    head: str = "",
    head_size: float = 11,
    pad: float = 9,
) -> float:
    """Draws a box round paragraphs; returns the height of its foot."""
    lines = [("B", head_size, line) for line in (wrap(head, width - 2 * pad, s.hand, "B", head_size) if head else [])]
    for part in parts:
        lines += [("", 0, "")] if lines else []
        lines += [("R", size, line) for line in wrap(part, width - 2 * pad, s.hand, "R", size)]
    height = sum(own * 1.27 if font else 5 for font, own, _ in lines) + 2 * pad
    s.page.box(x, top - height, width, height, fill, stroke)
    y = top - pad
    for font, own, words in lines:
        if not font:
            y -= 5
            continue
        s.at(x + pad, y - own * 0.85, words, font, own, colour)
        y -= own * 1.27
    return top - height


@layout(
    "box",
    "filled, white on dark",
    sentences=(
        "Anyone who fears for a child tonight rings the police before anybody else.",
        ("The partnership answers letters within ten working days, and telephone calls on the day on which they come."),
        ("Do not wait for the next meeting, and do not tell the person you are worried about that you have rung."),
        "Complaints go to the business manager, who is not a member of any of the three agencies.",
    ),
    never=("come. Do not wait", "rung. Complaints"),
    headings=(("Getting in touch", 1),),
)
def box_filled_between_paragraphs() -> bytes:
    d = document("Getting in touch", hands.WORD)
    s = Sheet(d, hands.WORD)
    s.head("Getting in touch", 18)
    s.para(
        "The partnership answers letters within ten working days, and telephone calls on the day on which they come."
    )
    s.y = (
        boxed(
            s,
            72,
            s.y,
            450,
            (
                "Anyone who fears for a child tonight rings the police before anybody else.",
                (
                    "Do not wait for the next meeting, and do not tell the person you are worried about that "
                    "you have rung."
                ),
            ),
            11,
            NAVY,
            colour=WHITE,
        )
        - 24
    )
    s.para("Complaints go to the business manager, who is not a member of any of the three agencies.")
    return d.save()


BESIDE = (
    (
        "A young carer is a child who looks after somebody at home. Many never use the word, and "
        "so the question has to be put in another way: who gets up first, who cooks, who gives "
        "the tablets."
    ),
    (
        "Schools ask each new pupil these questions in the first month. The answers are kept with "
        "the pastoral record and are looked at again in every school year."
    ),
)


@layout(
    "box",
    "outlined, beside body text",
    "line order",
    sentences=(
        (
            "Many never use the word, and so the question has to be put in another way: who gets up "
            "first, who cooks, who gives the tablets."
        ),
        "Schools ask each new pupil these questions in the first month.",
        "The hub in Saltmere is open on Mondays and needs no appointment.",
        "Grants of up to eighty pounds are paid for clubs and trips.",
    ),
    tied=(("Help for young carers", "The hub in Saltmere is open on Mondays and needs no appointment."),),
    never=(
        "A young carer is a child who looks The hub",
        "at home. Many Mondays",
        "the question has to Grants",
        "never use the word, and so on Mondays",
    ),
    headings=(("Young carers", 1),),
)
def box_outlined_beside_text() -> bytes:
    """The lines of the box were written between those of the body, each line across the page."""
    d = document("Young carers", hands.LIBREOFFICE)
    s = Sheet(d, hands.LIBREOFFICE, size=10.5, width=290)
    s.head("Young carers", 18)
    top = s.y
    for part in BESIDE:
        s.para(part)
    boxed(
        s,
        385,
        top + 10,
        150,
        (
            "The hub in Saltmere is open on Mondays and needs no appointment.",
            "Grants of up to eighty pounds are paid for clubs and trips.",
        ),
        10.5,
        None,
        TEAL,
        head="Help for young carers",
        head_size=11,
    )
    s.page.reorder(lambda i, x, y: (-round(y / 6), x))
    return d.save()


@layout(
    "box",
    "quotation sidebar",
    sentences=(
        "Children told the review that they had repeated their story to eleven adults in two months.",
        "From now on one worker stays with the child from the first call to the last meeting.",
        "“I stopped talking because nobody wrote it down the first time.”",
        "Where the worker falls ill, the team manager names the next one and introduces them in person.",
    ),
    never=("repeated their “I stopped", "talking because one worker", "it down the Where the worker"),
    headings=(("One worker for each child", 1),),
    not_headings=("“I stopped talking because nobody wrote it down the first time.”",),
)
def box_quotation_sidebar() -> bytes:
    """A pulled quotation in large italic print in the margin, written before the body."""
    d = document("One worker for each child", hands.EACH_WORD)
    s = Sheet(d, hands.EACH_WORD, x=220, width=320, font="S", size=11.5)
    s.page.line(200, 740, 200, 560, 2, TEAL)
    s.y = 720
    s.para(
        "“I stopped talking because nobody wrote it down the first time.”",
        x=50,
        width=135,
        size=17,
        font="SI",
        colour=TEAL,
        after=4,
    )
    s.para("Young person, aged 14", x=50, width=135, size=9, font="S")
    s.y = 780
    s.head("One worker for each child", 18, "SB", before=0)
    for words in (
        (
            "Children told the review that they had repeated their story to eleven adults in two months. "
            "Some of them gave up after the third, and said so to the interviewer who came last."
        ),
        (
            "From now on one worker stays with the child from the first call to the last meeting. The "
            "worker may be from any agency, and is chosen with the child."
        ),
        "Where the worker falls ill, the team manager names the next one and introduces them in person.",
    ):
        s.para(words)
    return d.save()


THREE = (
    (
        "Before",
        PALE,
        ("Read the last report.", "Ask who else will be there, and whether a child can be spoken to alone."),
    ),
    ("During", SAND, ("Look at each bedroom.", "Write down who opened the door and how long it took.")),
    (
        "After",
        (0.9, 0.97, 0.9),
        ("Ring the manager from the car.", "Finish the record on the same day, even where nothing was found."),
    ),
)


@layout(
    "box",
    "three boxes side by side",
    "column order and row order mixed",
    sentences=(
        "Ask who else will be there, and whether a child can be spoken to alone.",
        "Write down who opened the door and how long it took.",
        "Finish the record on the same day, even where nothing was found.",
        "A home visit has three parts and none of them is left out.",
    ),
    tied=(
        ("Before", "Read the last report."),
        ("During", "Look at each bedroom."),
        ("After", "Ring the manager from the car."),
    ),
    never=("Read the last report. Look at", "Before During", "Look at each bedroom. Ring", "be there, and Write down"),
    headings=(("Home visits", 1),),
)
def box_three_side_by_side() -> bytes:
    d = document("Home visits", hands.CHROMIUM_GLYPHS)
    s = Sheet(d, hands.CHROMIUM_GLYPHS, size=10.5)
    s.head("Home visits", 18)
    s.para("A home visit has three parts and none of them is left out.")
    top = s.y
    for c, (head, fill, parts) in enumerate(THREE):
        boxed(s, 72 + 156 * c, top, 144, parts, 10, fill, head=head, head_size=13)
    s.page.reorder(lambda i, x, y: (-round(y), x))
    return d.save()


LABELS = (
    ("Listen", "Let the child finish each sentence. Silence is an answer too, and a minute of it is not long."),
    ("Promise nothing", "Say early on that some things have to be passed on, and to whom."),
    ("Record", "Use the child’s words, put the time beside them, and sign the page."),
)


@layout(
    "box",
    "coloured labels beside text",
    sentences=(
        "Silence is an answer too, and a minute of it is not long.",
        "Say early on that some things have to be passed on, and to whom.",
        "Use the child’s words, put the time beside them, and sign the page.",
        "Nobody needs to be an expert to hear a child out.",
    ),
    tied=tuple((label, words.split(". ")[0].rstrip(".")) for label, words in LABELS),
    never=("Listen Promise", "each sentence. Promise nothing", "Promise nothing Record", "to whom. Record"),
    headings=(("When a child tells you something", 1),),
)
def box_coloured_labels() -> bytes:
    """Labels in white on coloured tabs, first all of them, then the texts beside them."""
    d = document("When a child tells you something", hands.WORD)
    s = Sheet(d, hands.WORD)
    s.head("When a child tells you something", 18)
    s.para("Nobody needs to be an expert to hear a child out.")
    top = s.y - 10
    for r, (label, _) in enumerate(LABELS):
        s.page.box(72, top - 62 * r - 44, 110, 44, fill=((0.5, 0.2, 0.5), TEAL, NAVY)[r])
        s.centred(127, top - 62 * r - 26, label, "B", 12, WHITE)
    for r, (_, words) in enumerate(LABELS):
        s.y = top - 62 * r - 14
        s.para(words, x=196, width=326)
    return d.save()
