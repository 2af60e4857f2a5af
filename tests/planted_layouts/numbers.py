"""Printed page numbers in the forms in which they are met, each over three or four pages."""

from __future__ import annotations

from collections.abc import Callable

from tests.planted_layouts import hands
from tests.planted_layouts.expected import layout
from tests.planted_layouts.hands import Hand
from tests.planted_layouts.pdf import Pdf
from tests.planted_layouts.sheet import Sheet, document

Foot = Callable[[Sheet, int], None]


def _pages(title: str, hand: Hand, texts: tuple[tuple[str, ...], ...], foot: Foot, labels: str = "") -> Pdf:
    d = document(title, hand, labels)
    for n, parts in enumerate(texts):
        s = Sheet(d, hand, top=755)
        if not n:
            s.head(title, 18)
        for words in parts:
            s.para(words)
        foot(s, n)
    return d


OF = (
    ("The duty desk opens at eight and closes at six.", "Calls after six go to the night team."),
    ("The night team writes each call into the same book.", "The book is read by the duty manager at eight."),
    ("A call that was missed is rung back within the hour.",),
)


@layout(
    "page numbers",
    "Page 3 of 12",
    sentences=tuple(w for p in OF for w in p),
    labels=("3", "4", "5"),
    never=("team. Page", "of 12"),
    not_alone=("Page 3 of 12",),
    headings=(("The duty desk", 1),),
)
def number_page_of() -> bytes:
    return _pages(
        "The duty desk", hands.WORD, OF, lambda s, n: s.centred(297, 40, f"Page {3 + n} of 12", size=9)
    ).save()


BAR = (
    ("Volunteers are met by the same person each week.", "They are told whom to ring when that person is away."),
    ("No volunteer drives a child alone.",),
    ("A volunteer who leaves is thanked in writing.", "The badge is handed back."),
)


@layout(
    "page numbers",
    "3 | Page, with spaced letters",
    sentences=tuple(w for p in BAR for w in p),
    labels=("7", "8", "9"),
    never=("P a g e", "| P", "alone. 8"),
    not_alone=("7 | P a g e", "7", "| Page"),
    headings=(("Volunteers", 1),),
)
def number_bar_spaced() -> bytes:
    """Word's foot "7 | P a g e", under a thin line, ranged right."""

    def foot(s: Sheet, n: int) -> None:
        s.page.line(72, 56, 522, 56, 0.4, (0.6,))
        x = s.at(455, 42, f"{7 + n} | ", "B", 10)
        s.at(x, 42, "P a g e", size=10, colour=(0.5,))

    return _pages("Volunteers", hands.WORD, BAR, foot).save()


DASH = (
    ("Pets are asked about before a child comes to stay.",),
    ("A dog that has bitten is named in the plan.", "The vet’s letter is kept with it."),
    ("Cats are not mentioned unless the child is ill from them.",),
)


@layout(
    "page numbers",
    "between dashes",
    sentences=tuple(w for p in DASH for w in p),
    labels=("14", "15", "16"),
    never=("– 14 –", "stay. –", "it. –"),
    not_alone=("– 14 –", "14"),
    headings=(("Animals in the house", 1),),
)
def number_dashes() -> bytes:
    return _pages(
        "Animals in the house", hands.FOP, DASH, lambda s, n: s.centred(297, 36, f"– {14 + n} –", size=10)
    ).save()


TITLED = (
    ("A lodger over sixteen is checked like a member of the family.",),
    ("The check is asked for before the key is handed over.", "Friends who stay one night are not checked."),
    ("A lodger who leaves is taken off the list.",),
    ("The list is looked at in each review.",),
)


@layout(
    "page numbers",
    "beside a title, left and right in turn",
    sentences=tuple(w for p in TITLED for w in p),
    labels=("30", "31", "32", "33"),
    never=("Fostering handbook", "over. 31", "family. Fostering"),
    not_alone=("Fostering handbook 30", "31", "Version 4, May"),
    headings=(("Lodgers", 1),),
)
def number_with_title_turns() -> bytes:
    """Even pages carry the number at the left and the title at the right, odd ones the other way about."""

    def foot(s: Sheet, n: int) -> None:
        name, printed = "Fostering handbook", str(30 + n)
        if n % 2:
            s.at(72, 38, name, "I", 9)
            s.at(510, 38, printed, size=9)
        else:
            s.at(72, 38, printed, size=9)
            s.at(522 - s.hand.width(name, "I", 9), 38, name, "I", 9)
        s.centred(297, 38, "Version 4, May", size=9)

    return _pages("Lodgers", hands.LIBREOFFICE, TITLED, foot).save()


HEADED = (
    ("Keys are signed for.", "A lost key is told to the manager, who has the lock changed on the same day."),
    ("Windows on the ground floor are shut at dusk.",),
    ("The alarm is tested on the first Monday of the month.", "Neighbours are told of the test."),
)


@layout(
    "page numbers",
    "inside a running header",
    sentences=tuple(w for p in HEADED for w in p),
    labels=("5", "6", "7"),
    never=("Children’s homes: security", "page 5 Keys", "security, page", "day. Children"),
    not_alone=("Children’s homes: security, page 5, reviewed in May", "5", "reviewed in May"),
    headings=(("Locks and alarms", 1),),
)
def number_in_header() -> bytes:
    """The number stands in the middle of the header's line: title, page, date."""
    return _pages(
        "Locks and alarms",
        hands.CHROMIUM,
        HEADED,
        lambda s, n: s.centred(
            297, 805, f"Children’s homes: security, page {5 + n}, reviewed in May", size=8.5, colour=(0.4,)
        ),
    ).save()


ROMAN = (
    ("This guide was written by people who had been through the panel themselves.",),
    ("They asked that it be short and that it be given to parents before the meeting and not at it.",),
    ("The panel meets on Thursdays.", "It hears four families in a day, and no more."),
    ("Tea is offered, and the toilets are shown.",),
)


@layout(
    "page numbers",
    "Roman, then Arabic",
    sentences=tuple(w for p in ROMAN for w in p),
    labels=("iii", "iv", "1", "2"),
    never=("themselves. iii", "at it. iv", "more. 1"),
    not_alone=("iii", "iv", "1", "2"),
    headings=(("For parents", 1),),
)
def number_roman() -> bytes:
    return _pages(
        "For parents",
        hands.PLAIN,
        ROMAN,
        lambda s, n: s.centred(297, 40, ("iii", "iv", "1", "2")[n], "S", 10),
        "/Nums [0 << /S /r /St 3 >> 2 << /S /D /St 1 >>]",
    ).save()


UNPRINTED = (
    ("Shoes are left at the door if the family asks for it.",),
    ("The worker sits where the child can see both hands.", "Toys are brought in a bag that can be washed."),
    ("The last five minutes belong to the child.",),
)


@layout(
    "page numbers",
    "only in /PageLabels",
    sentences=tuple(w for p in UNPRINTED for w in p),
    labels=("A-5", "A-6", "A-7"),
    headings=(("Manners", 1),),
    never=("it. The worker",),
)
def number_only_labels() -> bytes:
    """Nothing is printed; the document's own page labels say A-5, A-6 and A-7."""
    return _pages(
        "Manners", hands.EACH_WORD, UNPRINTED, lambda s, n: None, "/Nums [0 << /S /D /P (A-) /St 5 >>]"
    ).save()


CUT = (
    (
        "School nurses see each child in the first year.",
        "They look at eyes, ears and teeth, and they ask how the child",
    ),
    (
        "sleeps at home. A child who is afraid of the night is seen again within two weeks.",
        "The letter to the parents is signed by the nurse.",
    ),
    ("Teachers are told only what they need in order to help.",),
)


@layout(
    "page numbers",
    "3/20 at the outer edge, a sentence over the page end",
    sentences=(
        "They look at eyes, ears and teeth, and they ask how the child sleeps at home.",
        "A child who is afraid of the night is seen again within two weeks.",
        "The letter to the parents is signed by the nurse.",
        "Teachers are told only what they need in order to help.",
    ),
    labels=("3", "4", "5"),
    never=("how the child 3", "child 3/20", "3/20 sleeps", "nurse. 4/20"),
    not_alone=("3/20", "4/20", "5/20"),
    headings=(("Health at school", 1),),
)
def number_of_total_sentence_over_page() -> bytes:
    """The last paragraph of the first page goes on at the head of the second."""
    d = document("Health at school", hands.LIBREOFFICE)
    for n, parts in enumerate(CUT):
        s = Sheet(d, hands.LIBREOFFICE, top=755, size=10.5)
        if not n:
            s.head("Health at school", 18)
            for words in (
                "A nurse comes to each school on one day in the week.",
                "The room has a screen, a basin and a chair for a friend.",
                "A child may ask to be seen without giving a reason.",
            ):
                s.para(words)
            s.y = 96
        for words in parts:
            s.para(words, width=470)
        s.at(522, 40, f"{3 + n}/20", size=9)
    return d.save()
