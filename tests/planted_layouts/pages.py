"""Pages that are turned, shared, headed by a form, marked across, numbered in all ways, or scanned."""

from __future__ import annotations

from tests.planted_layouts import hands
from tests.planted_layouts.expected import layout, table_of
from tests.planted_layouts.hands import Hand, chance
from tests.planted_layouts.pdf import A4, Pdf, literal, number
from tests.planted_layouts.sheet import PALE, TEAL, Sheet, document, wrap

TURNED = (842.0, 595.0)

DUTY = [
    ["Week", "First on call", "Second on call", "Driver"],
    ["One", "Northby team", "Saltmere team", "Depot A"],
    ["Two", "Saltmere team", "Upper Wend team", "Depot B"],
    ["Three", "Upper Wend team", "Northby team", "None, taxis are used"],
]


@layout(
    "turned page",
    "/Rotate 90",
    tables=(table_of(DUTY),),
    sentences=(
        "The list begins anew with the fourth week, and a holiday does not change it.",
        "A team that swaps its week tells the night duty manager by noon on the Friday before.",
    ),
    tied=(("Three", "None, taxis are used"),),
    never=("One Two", "Northby team Saltmere", "team team", "before. Week"),
    headings=(("On-call list", 1),),
)
def turned_90() -> bytes:
    """A page lying on its side in the file and turned upright for the reader."""
    d = document("On-call list", hands.WORD)
    s = Sheet(d, hands.WORD, width=640, top=520, page=d.page(TURNED, 90, "0 1 -1 0 595 0", A4))
    s.head("On-call list", 18)
    s.para("A team that swaps its week tells the night duty manager by noon on the Friday before.")
    s.table((80, 190, 190, 180), DUTY, ink="rect", head_fill=(0.85,))
    s.para("The list begins anew with the fourth week, and a holiday does not change it.")
    return d.save()


@layout(
    "turned page",
    "/Rotate 270",
    "two columns",
    sentences=(
        "A brother or sister who lives elsewhere is named on the first page of the plan.",
        "Contact between them is agreed in days and hours, and not in words such as often.",
        "The carer brings photographs to the first meeting.",
        "A visit that fell out is made up for within two weeks.",
    ),
    never=(
        "first page Contact",
        "plan. Contact between them is agreed in days and hours, and not in words such as often. The carer",
        "named on the The carer",
        "elsewhere is A visit",
    ),
    headings=(("Brothers and sisters", 1),),
)
def turned_270() -> bytes:
    d = document("Brothers and sisters", hands.LIBREOFFICE)
    s = Sheet(d, hands.LIBREOFFICE, width=320, top=520, page=d.page(TURNED, 270, "0 -1 1 0 0 842", A4))
    s.head("Brothers and sisters", 18)
    top = s.y
    for words in (
        (
            "A brother or sister who lives elsewhere is named on the first page of the plan. This holds "
            "for half-brothers and half-sisters too."
        ),
        "Contact between them is agreed in days and hours, and not in words such as often.",
    ):
        s.para(words)
    s.y = top
    for words in (
        "The carer brings photographs to the first meeting. They are copied for each child.",
        "A visit that fell out is made up for within two weeks.",
    ):
        s.para(words, x=430)
    s.page.reorder(lambda i, x, y: (-y, x))
    return d.save()


AUDIT = [
    ["Question", "Yes", "In part", "No", "What was seen in the files"],
    ["Was the child seen alone?", "14", "3", "1", "One child was ill on both days"],
    ["Is there a chronology?", "9", "", "9", "Half of the files begin with the last referral"],
    ["Did a manager sign?", "18", "", "", "All signatures had a date"],
]


@layout(
    "turned page",
    "landscape table on an upright page",
    tables=(table_of(AUDIT),),
    sentences=(
        "Eighteen files were read by two people who did not know the families.",
        "The next audit is in the autumn and looks at the same questions.",
    ),
    tied=(
        ("Did a manager sign?", "All signatures had a date"),
        ("Is there a chronology?", "Half of the files begin with the last referral"),
    ),
    never=("14 3", "9 9", "alone? Is there", "Yes In part"),
    headings=(("Audit of files", 1), ("Results", 1)),
    labels=("12", "13"),
)
def turned_table_on_upright_page() -> bytes:
    """An upright page followed by one whose table reads from the foot to the head, with its number upright at the foot."""
    d = document("Audit of files", hands.CHROMIUM)
    s = Sheet(d, hands.CHROMIUM, size=10.5)
    s.head("Audit of files", 18)
    s.para("Eighteen files were read by two people who did not know the families.")
    s.para("The next audit is in the autumn and looks at the same questions.")
    s.centred(297, 35, "12", size=9)
    s = Sheet(d, hands.CHROMIUM, size=10.5, width=690, top=520, page=d.page(TURNED, 0, "0 1 -1 0 595 0", A4))
    s.head("Results", 16)
    s.table((200, 60, 60, 60, 310), AUDIT, ink="cell", head_fill=PALE, size=10)
    name, subset = d.subset("R")
    s.page.text(0, 0, f"q 0 -1 1 0 0 595 cm BT 0 g /{name} 9 Tf 1 0 0 1 292 35 Tm <{subset.hex('13')}> Tj ET Q")
    return d.save()


TOLD = (
    ("Ring", "The school rings the home before ten o’clock."),
    ("Visit", "The attendance officer goes to the house on the third day."),
    ("Write", "A letter goes out on the sixth day."),
)


@layout(
    "turned page",
    "/Rotate 90 with turned text matrices",
    sentences=tuple(words for _, words in TOLD),
    tied=TOLD,
    never=(
        "Ring Visit",
        "o’clock. The attendance",
        "Visit Write",
        "Ring The school rings the home before ten o’clock. Visit",
    ),
    headings=(("Three steps", 1),),
)
def turned_by_text_matrix() -> bytes:
    """The same turning done by each text matrix, as a scanner's software does it; labels at the left, all written first."""
    d = document("Three steps")
    page = d.page(A4, 90)

    def put(u: float, v: float, words: str, font: str, size: float) -> None:
        page.text(
            u, v, f"BT 0 g /{d.plain(font)} {size} Tf 0 1 -1 0 {number(595 - v)} {number(u)} Tm {literal(words)} Tj ET"
        )

    put(72, 520, "Three steps", "B", 18)
    for n, (label, _) in enumerate(TOLD):
        put(72, 480 - 30 * n, label, "B", 12)
    for n, (_, words) in enumerate(TOLD):
        put(170, 480 - 30 * n, words, "R", 12)
    return d.save()


def _half(d: Pdf, hand: Hand, head: str, parts: tuple[str, ...], size: float = 12) -> Sheet:
    """Sets an A4 page that is not a page of the document."""
    page = d.page(A4)
    d.pages.remove(page)
    s = Sheet(d, hand, page=page, size=size)
    s.head(head, 20)
    for words in parts:
        s.para(words)
    return s


SHARED_LEFT = (
    "A carer who is ill rings the placements team, whatever the hour.",
    (
        "The team sends a second carer into the house, so that the child stays in the same bed "
        "and goes to the same school."
    ),
    "Nobody asks the carer to prove the illness in the first week.",
)
SHARED_RIGHT = (
    "A child who is ill is seen by the family’s own doctor.",
    "The carer signs for the treatment of small things only, and rings the social worker about the rest.",
    "The hospital is told on arrival who may sign.",
)


@layout(
    "two pages on a sheet",
    "as forms",
    sentences=(*SHARED_LEFT, *SHARED_RIGHT),
    never=("ill rings the A child", "hour. A child", "same bed and The carer", "When a carer is ill When"),
    headings=(("When a carer is ill", 1), ("When a child is ill", 1)),
)
def two_up_forms() -> bytes:
    """Two pages scaled onto a landscape sheet, each a form drawn with a matrix."""
    d = document("Illness", hands.WORD)
    forms = [
        d.form(_half(d, hands.WORD, head, parts).page.content())
        for head, parts in (("When a carer is ill", SHARED_LEFT), ("When a child is ill", SHARED_RIGHT))
    ]
    page = d.page(TURNED)
    for n, form in enumerate(forms):
        page.art(f"q 0.7 0 0 0.7 {421 * n} 5 cm /{form} Do Q")
    return d.save()


FOLD_LEFT = (
    "Bring the letter and something that shows your name.",
    "The meeting lasts one hour, and you may stop it for a rest.",
    "Your child may come in at the end.",
)
FOLD_RIGHT = (
    "The chair writes to you within three days.",
    "You can ask for the letter in large print or in another language.",
    "If you do not agree with it, ring the number at the top.",
)


@layout(
    "two pages on a sheet",
    "booklet, right page first",
    sentences=(*FOLD_LEFT, *FOLD_RIGHT),
    never=("something that The chair", "your name. The chair", "On the day Afterwards", "for a rest. You can"),
    headings=(("On the day", 1), ("Afterwards", 1)),
)
def two_up_right_first() -> bytes:
    """A folded leaflet: two halves drawn in place, the right one first, with a fold line between."""
    d = document("Coming to a meeting", hands.LIBREOFFICE)
    page = d.page(TURNED)
    for x, head, parts in ((466, "Afterwards", FOLD_RIGHT), (50, "On the day", FOLD_LEFT)):
        s = Sheet(d, hands.LIBREOFFICE, x=x, width=320, top=530, page=page)
        s.head(head, 18, colour=TEAL)
        for words in parts:
            s.para(words)
    page.line(421, 30, 421, 565, 0.4, (0.7,))
    return d.save()


HAND_LEFT = ("Greet the family at the door.", "Say how long it will take.", "Name everybody in the room.")
HAND_RIGHT = (
    "Read the aims aloud.",
    "Ask the child’s question first, even where it seems small to the others.",
    "Agree the date before coats are fetched.",
)


@layout(
    "two pages on a sheet",
    "lines written across",
    sentences=(*HAND_LEFT, *HAND_RIGHT),
    never=("door. Read", "at the door. Read the aims", "take. Ask", "room. Agree", "Opening Middle"),
    headings=(("Opening", 1), ("Middle", 1)),
)
def two_up_lines_across() -> bytes:
    """Slides for a handout, two framed beside each other, whose lines stand at the same heights and were written across."""
    d = document("Chairing", hands.EACH_WORD)
    page = d.page(TURNED)
    for x, head, parts in ((56, "Opening", HAND_LEFT), (440, "Middle", HAND_RIGHT)):
        page.box(x - 16, 230, 362, 300, None, (0.3,))
        s = Sheet(d, hands.EACH_WORD, x=x, width=330, top=490, page=page, size=14)
        s.head(head, 24)
        for words in parts:
            s.para(words, after=12)
    page.reorder(lambda i, x, y: (-y, x))
    return d.save()


@layout(
    "letterhead as a form",
    "matrix in the form",
    sentences=(
        "We write to all schools about the new way of telling us that a pupil has moved.",
        "From the first of June the form is sent on the day of the move.",
        "A school that does not know the new address writes that it does not know it.",
    ),
    tied=(("Tel", "01632 960 700"),),
    never=("Partnership We write", "960 700 We", "NB1 Dear", "Marlshire Safeguarding Partnership To all"),
    headings=(("To all head teachers", 1),),
    not_headings=("Tel 01632 960 700",),
)
def letterhead_form_matrix() -> bytes:
    """The head is a form whose own matrix halves it and moves it up."""
    d = document("To all head teachers", hands.WORD)
    bold, plain = d.plain("B"), d.plain("R")
    form = d.form(
        (
            f"0.1 0.2 0.45 rg 0 0 900 8 re f BT /{bold} 36 Tf 0 40 Td (Marlshire Safeguarding Partnership) "
            f"Tj /{plain} 18 Tf 0 -22 Td (3 Quay Lane, Northby NB1 4ZZ   Tel 01632 960 700) Tj ET"
        ),
        (0, 0, 900, 90),
        "0.5 0 0 0.5 72 770",
    )
    s = Sheet(d, hands.WORD, top=710)
    s.page.art(f"q /{form} Do Q")
    s.head("To all head teachers", 14)
    for words in (
        "We write to all schools about the new way of telling us that a pupil has moved.",
        "From the first of June the form is sent on the day of the move.",
        "A school that does not know the new address writes that it does not know it.",
    ):
        s.para(words)
    return d.save()


LETTER = (
    "The review of the case has ended and its report is with this letter.",
    "It makes four recommendations, of which two are for your agency.",
    "Please send your plan by the end of the month, and say who will answer for it.",
    "A meeting of all agencies is held in the week after that.",
)


@layout(
    "letterhead as a form",
    "whole page inside a form",
    "letterhead on each page",
    sentences=LETTER,
    never=("Wendland Children’s Trust The review", "Trust Please send", "Hall, Saltmere Please", "agency. Wendland"),
    headings=(("Report of the review", 1),),
    not_headings=("Wendland Children’s Trust",),
)
def letterhead_page_in_form() -> bytes:
    """Each page is a form drawn at half the size of its coordinates, with the letterhead as a form inside it."""
    d = document("Report of the review", hands.PLAIN)
    head = d.form(
        (
            f"BT 0 0.4 0.4 rg /{d.plain('SB')} 22 Tf 0 30 Td (Wendland Children\\222s Trust) Tj /{d.plain('S')} "
            f"11 Tf 0 -16 Td (Old Hall, Saltmere) Tj ET"
        ),
        (0, 0, 500, 60),
        "1 0 0 1 20 0",
    )
    for n in range(2):
        inner = d.page((1190, 1684))
        d.pages.remove(inner)
        s = Sheet(d, hands.PLAIN, x=144, width=900, top=1440, size=22, page=inner)
        if not n:
            s.head("Report of the review", 32)
        for words in LETTER[2 * n : 2 * n + 2]:
            s.para(words)
        inner.art(f"q 1.8 0 0 1.8 108 1540 cm /{head} Do Q")
        form = d.form(inner.content(), (0, 0, 1190, 1684))
        d.page().art(f"q 0.5 0 0 0.5 0 0 cm /{form} Do Q")
    return d.save()


NOTICE = (
    "The car park behind the clinic is shut until the wall has been mended.",
    "Families who come by car are met at the front and shown where to stop.",
)


@layout(
    "letterhead as a form",
    "head turned and shifted at the side",
    sentences=(*NOTICE, "Nobody is turned away because they came late."),
    never=("clinic is Clinic", "Street The car", "front and shown Wend"),
    headings=(("Parking at the clinic", 1),),
    not_headings=("Wend Street Clinic",),
)
def letterhead_at_side() -> bytes:
    """A form with the clinic's name drawn upwards beside the letter, through a turning matrix."""
    d = document("Parking at the clinic", hands.FOP)
    s = Sheet(d, hands.FOP, x=120, width=400)
    s.head("Parking at the clinic", 18)
    for words in (*NOTICE, "Nobody is turned away because they came late."):
        s.para(words)
    form = d.form(
        (
            f"0.9 0.93 0.97 rg 0 0 400 40 re f BT 0.1 0.2 0.45 rg /{d.plain('B')} 20 Tf 14 13 Td (Wend "
            f"Street Clinic) Tj ET"
        ),
        (0, 0, 400, 40),
    )
    s.page.art(f"q 0 1 -1 0 80 400 cm /{form} Do Q")
    return d.save()


MARKED = (
    "The worker who hears it first writes it down before the end of the shift.",
    "The note says who was there, what was said and what was done about it.",
    "Two people read the note on the same day, and one of them is a manager.",
    "A note is never changed; a second note is written instead and pinned to it.",
)


def _marked(title: str, hand: Hand) -> tuple[Pdf, Sheet]:
    d = document(title, hand)
    s = Sheet(d, hand)
    s.head(title, 18)
    return d, s


def _body(s: Sheet) -> None:
    for words in MARKED:
        s.para(words, after=30)
    s.y -= 120
    s.para("Notes are kept for thirty years.")


@layout(
    "watermark",
    "grey and slanted, under the text",
    sentences=(*MARKED, "Notes are kept for thirty years."),
    never=("DRAFT", "D R A F T", "shift. DR"),
    headings=(("Writing notes", 1),),
)
def watermark_under() -> bytes:
    d, s = _marked("Writing notes", hands.WORD)
    s.page.art(f"q 0.707 0.707 -0.707 0.707 190 300 cm BT 0.85 g /{d.plain('B')} 110 Tf 0 0 Td (DRAFT) Tj ET Q")
    _body(s)
    return d.save()


@layout(
    "watermark",
    "see-through form over the text, on two pages",
    sentences=(*MARKED[:2], "A note on paper is copied before it is sent.", "Notes are kept for thirty years."),
    never=("NOT FOR CIRCULATION", "CIRCULATION", "NOT FOR"),
    headings=(("Keeping notes", 1), ("Sending notes", 1)),
)
def watermark_over_form() -> bytes:
    """An artifact added afterwards to each page: a form with transparency, its words in capitals over two lines."""
    d = document("Keeping notes", hands.CHROMIUM)
    mark = d.form(
        f"/Pale gs BT 0.8 0.1 0.1 rg /{d.plain('B')} 52 Tf 0 56 Td (NOT FOR) Tj 0 -54 Td (CIRCULATION) Tj ET",
        (0, -10, 420, 110),
    )
    for head, parts in (
        ("Keeping notes", (*MARKED[:2], "Notes are kept for thirty years.")),
        ("Sending notes", ("A note on paper is copied before it is sent.",)),
    ):
        s = Sheet(d, hands.CHROMIUM)
        s.head(head, 18)
        for words in parts:
            s.para(words, after=26)
        s.page.art(
            f"/Artifact <</Type /Pagination /Subtype /Watermark>> BDC q 0.82 0.57 -0.57 0.82 150 560 "
            f"cm /{mark} Do Q EMC"
        )
    return d.save()


@layout(
    "watermark",
    "strewn over the page in small print",
    "outlined letters",
    sentences=(*MARKED, "Notes are kept for thirty years."),
    never=("COPY", "C O P Y", "COPY COPY"),
    headings=(("Reading notes", 1),),
)
def watermark_strewn() -> bytes:
    """The word COPY slanted in pale outline in twenty places, written between the paragraphs."""
    d, s = _marked("Reading notes", hands.LIBREOFFICE)
    font = d.plain("B")
    for n in range(20):
        s.page.text(
            0,
            0,
            (
                f"q BT 1 Tr 0.8 G 0.5 w /{font} 26 Tf 0.866 0.5 -0.5 0.866 {60 + 130 * (n % 4)} {120 + 140 * (n // 4)} "
                f"Tm (COPY) Tj ET Q"
            ),
        )
        if n % 4 == 3 and n // 4 < 4:
            s.para(MARKED[n // 4], after=30)
    s.para("Notes are kept for thirty years.")
    return d.save()


def _scan(d: Pdf, lines: list[tuple[float, float, str, float]], dust: bool = False) -> str:
    """Returns the picture of a page with lines (x, y, words, size) at 100 dots to the inch."""
    from pathlib import Path

    import reportlab
    from PIL import Image, ImageDraw, ImageFont

    image = Image.new("L", (827, 1170), 250)
    draw, scale = ImageDraw.Draw(image), 100 / 72
    for x, y, words, size in lines:
        font = ImageFont.truetype(str(Path(reportlab.__file__).parent / "fonts" / "Vera.ttf"), round(size * scale))
        draw.text((x * scale, (842 - y) * scale), words, fill=30, font=font, anchor="ls")
    if dust:
        rng = chance("dust")
        for _ in range(150):
            draw.point((rng.randrange(827), rng.randrange(1170)), fill=120)
    return d.picture(827, 1170, 8, image.tobytes())


SCANNED = (
    "Each visit is made by two workers where a dog is kept in the yard.",
    "The police are asked beforehand whether weapons have been seen in the house.",
    "A worker who feels unsafe leaves at once and rings the office from the car.",
    "No visit is counted as made if the child was not spoken to.",
)


@layout(
    "OCR layer",
    "invisible under a scan, sizes change by line",
    sentences=SCANNED,
    never=("dog is kept Each", "house. police", "yard. yard"),
    headings=(),
    not_headings=tuple(SCANNED),
)
def ocr_lines_change_size() -> bytes:
    """A scan with an invisible layer whose lines are set at 9 to 12 points although the print is even."""
    d = document("Scan 0031", hands.PLAIN)
    d.producer = "OCR engine 5.3"
    lines = [line for words in SCANNED for line in (*wrap(words, 400, hands.CHROMIUM, "R", 11), "")]
    placed = [(80.0, 760 - 17.0 * n, words, 11.0) for n, words in enumerate(lines) if words]
    picture = _scan(d, placed)
    page, font, rng = d.page(), d.plain("R"), chance("sizes")
    page.art(f"q 595 0 0 842 0 0 cm /{picture} Do Q")
    for x, y, words, size in placed:
        own = rng.choice((9, 10, 11, 12))
        stretch = 100 * hands.CHROMIUM.width(words, "R", size) / hands.PLAIN.width(words, "R", own)
        page.text(
            x,
            y,
            f"BT 3 Tr /{font} {own} Tf {number(stretch)} Tz 1 0 0 1 {number(x)} {number(y)} Tm {literal(words)} Tj ET",
        )
    return d.save()


SCANNED_LIST = (
    "1. The clerk stamps each letter on the day it comes.",
    "2. The stamp shows the hour, and the clerk’s initials stand under it.",
    "3. A letter that names a child goes to the manager unopened by anybody else.",
    "4. The post book is locked away at night.",
)


@layout(
    "OCR layer",
    "invisible, each word in a place and size of its own",
    sentences=tuple(words[3:] for words in SCANNED_LIST),
    never=("stamp shows the hour , and", "it comes. 2. The", "com es", "lett er"),
    headings=(),
    not_headings=("1. The clerk stamps each letter on the day it comes.",),
)
def ocr_words_apart() -> bytes:
    """Words set one by one with sizes from 9.4 to 12.2 and baselines that waver by a point."""
    d = document("Scan 0032", hands.PLAIN)
    d.producer = "OCR engine 4.1"
    placed, y = [], 750.0
    for words in SCANNED_LIST:
        for n, line in enumerate(wrap(words, 380, hands.CHROMIUM, "R", 11.5)):
            placed.append((86.0 + (17 if n else 0), y, line, 11.5))
            y -= 17
        y -= 8
    picture = _scan(d, placed, dust=True)
    page, font, rng = d.page(), d.plain("S"), chance("waver")
    page.art(f"q 595 0 0 842 0 0 cm /{picture} Do Q")
    for x, y, line, size in placed:
        for word in line.split(" "):
            own, up, wide = (
                rng.choice((9.4, 10.5, 11, 12.2)),
                rng.choice((-0.8, 0, 0.6)),
                hands.CHROMIUM.width(word, "R", size),
            )
            page.text(
                x,
                y,
                (
                    f"BT 3 Tr /{font} {own} Tf {number(100 * wide / hands.PLAIN.width(word, 'S', own))} Tz 1 "
                    f"0 0 1 {number(x)} {number(y + up)} Tm {literal(word + ' ')} Tj ET"
                ),
            )
            x += hands.CHROMIUM.width(word + " ", "R", size)
    return d.save()


@layout(
    "OCR layer",
    "recognised words in place of the scan",
    sentences=(
        "1. Money found in a child’s room is counted by two people and put into a bag with a number.",
        "2. The number of the bag is told to the police on the same day.",
        "3. The child is asked about the money by one person only.",
    ),
    never=("people and put 2.", "number. 2. The", "mon ey"),
    headings=(("Money found in rooms", 1),),
    not_headings=("2. The number of the bag is told to the police on the same day.",),
)
def ocr_visible_uneven() -> bytes:
    """Visible recognised text whose size changes between lines of one paragraph by up to a point."""
    d = document("Money found in rooms", hands.PLAIN)
    d.producer = "Paper capture 7"
    s = Sheet(d)
    s.head("Money found in rooms", 16)
    for words in (
        ("1. Money found in a child’s room is counted by two people and put", "into a bag with a number."),
        ("2. The number of the bag is told to the police on the same day.",),
        ("3. The child is asked about the money by one person only.",),
    ):
        for n, line in enumerate(words):
            s.at(72, s.y, line, size=(10.2, 11.1, 10.7)[(n + len(line)) % 3])
            s.y -= 15
        s.y -= 9
    return d.save()
