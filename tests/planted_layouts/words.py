"""Words cut at line ends, torn by font subsets, drawn twice, or with the numbers of their lines beside them."""

from __future__ import annotations

from tests.planted_layouts import hands
from tests.planted_layouts.expected import layout
from tests.planted_layouts.pdf import number
from tests.planted_layouts.sheet import NAVY, Sheet, document


@layout(
    "hyphens at line ends",
    "broken words, compounds, telephone number and range",
    sentences=(
        (
            "On the first day of absence the attendance officer sends enquiries to the school nurse "
            "and to the officer for each neighbouring council, and notifies the panel by noon."
        ),
        "A multi-agency meeting follows within ten days.",
        "Pupils aged 11-15 are seen first, and the others in the order of names.",
        "Self-harm is asked about in plain words.",
        "Ring 01632 555-0199 for advice at any hour.",
    ),
    never=(
        "enquir-",
        "enquir ies",
        "multiagency",
        "multi agency",
        "1115",
        "11- 15",
        "555- 0199",
        "5550199",
        "Selfharm",
        "Self harm",
        "neigh bouring",
        "neigh-bouring",
    ),
    headings=(("Children not in school", 1),),
)
def hyphens_plain() -> bytes:
    """Each broken word stands whole elsewhere on the page, and so does each compound."""
    d = document("Children not in school", hands.PLAIN)
    s = Sheet(d)
    s.head("Children not in school", 18)
    s.para(
        (
            "All enquiries are logged. Every neighbouring council has a named officer, and a multi-agency "
            "list of them hangs in the office. Notes on self-harm are kept apart."
        ),
        width=330,
    )
    s.lines(
        (
            "On the first day of absence the attendance officer sends enquir-",
            "ies to the school nurse and to the officer for each neigh-",
            "bouring council, and notifies the panel by noon. A multi-",
            "agency meeting follows within ten days. Pupils aged 11-",
            "15 are seen first, and the others in the order of names. Self-",
            "harm is asked about in plain words. Ring 01632 555-",
            "0199 for advice at any hour.",
        )
    )
    return d.save()


@layout(
    "hyphens at line ends",
    "in narrow columns",
    "en dash in a range",
    sentences=(
        (
            "Each month the placement committee hears requests for help with transport on Wednesdays between 10:00–12:30 in the small hall."
        ),
        "A long-term carer may bring a friend, and a short-term carer may ask for one.",
        "The secretary notes each word of the recommendation and reads it back before the family goes home.",
    ),
    never=(
        "commit- tee",
        "commit tee",
        "longterm",
        "long term",
        "shortterm",
        "10:0012:30",
        "10:00– 12:30",
        "recommen- dation",
        "recommen dation",
        "trans-port",
    ),
    headings=(("Placement committee", 1),),
)
def hyphens_in_columns() -> bytes:
    """LibreOffice's own hyphenation in two narrow columns; one word is cut at the foot of the first column."""
    d = document("Placement committee", hands.LIBREOFFICE)
    s = Sheet(d, hands.LIBREOFFICE, size=10.5)
    s.head("Placement committee", 18)
    s.para(
        (
            "The committee hears each recommendation twice. It pays for transport, and has a long-term "
            "and a short-term list."
        ),
        after=16,
    )
    top = s.y
    s.lines(
        (
            "Each month the placement commit-",
            "tee hears requests for help with trans-",
            "port on Wednesdays between 10:00–",
            "12:30 in the small hall. A long-",
            "term carer may bring a friend, and a short-",
        ),
        after=0,
    )
    s.y = top
    s.lines(
        (
            "term carer may ask for one. The sec-",
            "retary notes each word of the recommen-",
            "dation and reads it back before the",
            "family goes home.",
        ),
        x=310,
    )
    return d.save()


@layout(
    "hyphens at line ends",
    "over a page end",
    "reference numbers",
    sentences=(
        "The reference, which looks like NW-2031-B, is put on each page of the bundle and on the envelope.",
        "A re-referral within six months goes to the same worker, who has the earlier papers.",
        "Post-adoption help may be asked for by the young person alone.",
    ),
    never=(
        "NW-2031- B",
        "NW-2031B",
        "re- referral",
        "rereferral",
        "Post- adoption",
        "Postadoption",
        "enve- lope",
        "enve lope",
        "envelo pe",
        "3 lope",
        "enve- 3",
    ),
    labels=("3", "4"),
    headings=(("Papers for court", 1),),
)
def hyphens_over_pages() -> bytes:
    """Word in a narrow measure: a compound with two hyphens cut at the second, and a word cut by the page's end."""
    d = document("Papers for court", hands.WORD)
    s = Sheet(d, hands.WORD, top=240)
    s.at(72, 780, "Papers for court", "B", 18)
    s.y = 745
    s.para(
        (
            "Each re-referral has its own bundle. The envelope is sealed before it leaves the building. "
            "Post-adoption papers are kept on a shelf of their own, and nobody opens them without leave. "
            "The first bundle of this year was NW-2031-B."
        ),
        width=330,
    )
    s.para(
        (
            "The clerk numbers the pages by hand, beginning anew with each witness. Photographs go "
            "last, one on each sheet, with the date and the name of whoever took them. Where the court "
            "has asked for a film, the clerk brings two copies and a machine on which they have been tried."
        ),
        width=330,
    )
    for n in range(9):
        s.para(
            (
                "Bundles are ready five days before the hearing.",
                "The index is on yellow paper.",
                "Copies for the family have wide margins.",
                "Nothing is stapled.",
                "Maps are folded once.",
                "The judge’s copy is in a blue folder.",
                "Drawings by the child are copied in colour.",
                "Each tab shows a letter.",
                "A late paper is put at the end, and the index is written again.",
            )[n],
            after=38,
        )
    s.y = 100
    s.lines(
        (
            "The clerk opens a new file for each child and each case. A re-",
            "referral within six months goes to the same worker, who has",
            "the earlier papers. The reference, which looks like NW-2031-",
            "B, is put on each page of the bundle and on the enve-",
        )
    )
    s.centred(297, 35, "3", size=9)
    s = Sheet(d, hands.WORD)
    s.lines(
        (
            "lope. The bundle leaves the building by hand only. Post-",
            "adoption help may be asked for by the young person alone.",
        )
    )
    s.para("The clerk’s office is open until four o’clock.")
    s.centred(297, 35, "4", size=9)
    return d.save()


def _mixed(s: Sheet, words: str, cut: dict[int, tuple[str, int]], font: str = "R", size: float = 11) -> None:
    """Draws a line whose letters change font subset at places in ``cut``: place → (key, part)."""
    x, run, current = s.x, "", (font, 0)

    def flush() -> None:
        nonlocal x, run
        if run:
            name, subset = s.pdf.subset(current[0], part=current[1])
            s.page.text(
                x,
                s.y,
                f"q\nBT\n/{name} {number(size)} Tf\n1 0 0 1 {number(x)} {number(s.y)} Tm\n0 g\n<{subset.hex(run)}> Tj\nET\nQ",
            )
            x += hands.CHROMIUM.width(run, current[0], size)
            run = ""

    for place, letter in enumerate(words):
        if place in cut:
            flush()
            current = cut[place]
        run += letter
    flush()
    s.y -= size * 1.27 + 6


@layout(
    "font subset changes within a word",
    "last letters",
    sentences=(
        "Report every missing child to the police at once.",
        "The filing officer checks each finding against the file.",
        "A difficult office is a sufficient reason to move.",
    ),
    never=("missin g", "fi ling", "fi nding", "fi le", "of ficer", "diffi cult", "suffi cient", "offi ce"),
    headings=(("Filing", 1),),
)
def subset_change_last_letters() -> bytes:
    """Single letters, and the pair "fi", come from a second subset of the same font."""
    d = document("Filing", hands.WORD)
    s = Sheet(d, hands.CHROMIUM)
    d.producer = hands.WORD.producer
    s.head("Filing", 18)
    for words in (
        "Report every missing child to the police at once.",
        "The filing officer checks each finding against the file.",
        "A difficult office is a sufficient reason to move.",
    ):
        cut: dict[int, tuple[str, int]] = {}
        for pair in ("fi", "g "):
            at = words.find(pair)
            while at >= 0:
                cut[at] = ("R", 1)
                cut[at + (2 if pair == "fi" else 1)] = ("R", 0)
                at = words.find(pair, at + 1)
        _mixed(s, words, cut)
    return d.save()


@layout(
    "font subset changes within a word",
    "bold first letters and large first letter",
    sentences=(
        "Safe means that the child sleeps without fear.",
        "Seen means that two people have spoken with the child.",
        "Heard means that the child’s words are in the record.",
    ),
    never=("S afe", "S een", "H eard", "Sa fe"),
    headings=(("Safe, seen and heard", 1),),
)
def subset_change_first_letters() -> bytes:
    """The first letter of each line is bold, or stands in larger print on the same line."""
    d = document("Safe, seen and heard", hands.CHROMIUM)
    s = Sheet(d, hands.CHROMIUM)
    s.head("Safe, seen and heard", 18)
    _mixed(s, "Safe means that the child sleeps without fear.", {0: ("B", 0), 1: ("R", 0)})
    _mixed(s, "Seen means that two people have spoken with the child.", {0: ("B", 0), 1: ("R", 1), 3: ("R", 0)})
    s.gap(6)
    s.run(("H", 16, 0), "eard means that the child’s words are in the record.")
    return d.save()


@layout(
    "font subset changes within a word",
    "small capitals and words with apostrophes",
    sentences=(
        "The PARTNERSHIP keeps the child’s file and the mother’s file apart.",
        "The worker’s diary isn’t part of either, and a carer’s isn’t.",
        "Naïve questions are welcome, and so is Zoë’s café for meetings.",
    ),
    never=("P ARTNERSHIP", "child ’s", "child’ s", "isn ’t", "Na ïve", "Na ï", "Zo ë", "caf é"),
    headings=(("Files", 1),),
)
def subset_change_inside() -> bytes:
    """A large first capital before smaller ones; apostrophes and accented letters from a second subset."""
    d = document("Files", hands.CHROMIUM)
    s = Sheet(d, hands.CHROMIUM)
    s.head("Files", 18)
    s.run("The ", ("P", 11, 0), ("ARTNERSHIP", 8.8, 0), " keeps the child’s file and the mother’s file apart.")
    s.gap(6)
    for words in (
        "The worker’s diary isn’t part of either, and a carer’s isn’t.",
        "Naïve questions are welcome, and so is Zoë’s café for meetings.",
    ):
        cut = {}
        for place, letter in enumerate(words):
            if ord(letter) > 127:
                cut[place] = ("R", 1)
                cut.setdefault(place + 1, ("R", 0))
        _mixed(s, words, cut)
    return d.save()


@layout(
    "words drawn twice",
    "line by line, further lines between",
    sentences=(
        "A child left alone at night is a child in need of a visit today.",
        "Medicine is locked away, and the key is not in the lock.",
        "Photographs are taken only by the police or a doctor.",
    ),
    never=(
        "A child A child",
        "visit today. A child left",
        "AA child",
        "lock. Medicine is locked",
        "Medicine Medicine",
        "today. today.",
    ),
    headings=(("Neglect", 1),),
)
def twice_whole_lines() -> bytes:
    """Bold made by a second drawing of each line a third of a point to the right, all second drawings at the end."""
    d = document("Neglect", hands.PLAIN)
    s = Sheet(d)
    s.head("Neglect", 18)
    s.para("Photographs are taken only by the police or a doctor.")
    at = s.y
    for dx in (0, 0.35):
        s.y = at
        for words in (
            "A child left alone at night is a child in need of a visit today.",
            "Medicine is locked away, and the key is not in the lock.",
        ):
            s.para(words, x=72 + dx)
    return d.save()


@layout(
    "words drawn twice",
    "shadow of headings",
    sentences=(
        "Each school has one named person and one who stands in.",
        "Both can be rung during the holidays.",
        "The names are on the wall of the staff room.",
    ),
    headings=(("Named persons", 1), ("In the holidays", 2)),
    never=("Named persons Named persons", "Named Named", "holidays In the holidays", "NNamed"),
)
def twice_shadow() -> bytes:
    """Headings with a grey copy a point below and to the right, drawn first."""
    d = document("Named persons", hands.WORD)
    s = Sheet(d, hands.WORD)
    for head, size, parts in (
        (
            "Named persons",
            20,
            ("Each school has one named person and one who stands in.", "The names are on the wall of the staff room."),
        ),
        ("In the holidays", 15, ("Both can be rung during the holidays.",)),
    ):
        s.gap(8)
        s.at(73.2, s.y - 1.2, head, "B", size, (0.75,))
        s.at(72, s.y, head, "B", size, NAVY)
        s.y -= size * 1.8
        for words in parts:
            s.para(words)
    return d.save()


@layout(
    "words drawn twice",
    "words in a cell and in a sentence",
    sentences=(
        "The register is read out at nine and at one, and then at nine again on the next day.",
        "No, no child goes out without a coat.",
        "Ring, and if nobody answers, ring again and again.",
    ),
    never=("out at at", "at nine at nine", "nine nine", "one, one,", "never never"),
    headings=(("Registers", 1),),
)
def twice_single_words() -> bytes:
    """Two words of a line are drawn again a hair lower; true repetitions in the text stay."""
    d = document("Registers", hands.EACH_WORD)
    s = Sheet(d, hands.EACH_WORD)
    s.head("Registers", 18)
    x, y = 72.0, s.y
    for word in "The register is read out at nine and at one, and then at nine again on the next day.".split():
        s.at(x, y, word)
        if word in ("out", "nine", "one,"):
            s.at(x + 0.2, y - 0.2, word)
        x += s.hand.width(word + " ", "R", 11)
    s.y -= 22
    s.para("No, no child goes out without a coat.")
    s.para("Ring, and if nobody answers, ring again and again.")
    return d.save()


DRAFT = (
    "1. A panel of three people looks at each death of a child who",
    "lived in the county, whatever the cause.",
    "2. The panel meets within four weeks of the news and does not",
    "wait for the inquest.",
    "3. Parents are told of the meeting by a nurse who has met them",
    "before, and may send a letter to be read out.",
)


@layout(
    "margin line numbers",
    "each line",
    sentences=(
        "A panel of three people looks at each death of a child who lived in the county, whatever the cause.",
        "The panel meets within four weeks of the news and does not wait for the inquest.",
        ("Parents are told of the meeting by a nurse who has met them before, and may send a letter to be read out."),
    ),
    never=("who 2 lived", "not 4 wait", "1 1. A", "them 6 before", "2 lived"),
    not_alone=("1", "2", "3", "4", "5", "6", "1 2 3 4 5 6"),
    headings=(("Draft order on deaths", 1),),
)
def line_numbers_each() -> bytes:
    """A bill in draft: every line has its number at the left, beside true numbers of its clauses."""
    d = document("Draft order on deaths", hands.EACH_WORD)
    s = Sheet(d, hands.EACH_WORD, x=100, font="S", size=12)
    s.at(100, s.y, "Draft order on deaths", "SB", 17)
    s.y -= 36
    for n, words in enumerate(DRAFT, 1):
        s.at(64, s.y, str(n), "S", 9)
        s.lines((words,), after=6 if n % 2 == 0 else 0)
    return d.save()


LONG = (
    (
        "A home that takes children from other counties tells the council in whose area it stands. "
        "It does so on the day on which the child comes, by telephone, and in writing within a week."
    ),
    (
        "The council keeps a list of such children. It names a worker who visits the home twice "
        "in a year, and who may speak with any of them alone."
    ),
    (
        "When a child goes missing, the home tells both councils. The one that is nearer leads "
        "the search, and the other one tells the parents."
    ),
)


@layout(
    "margin line numbers",
    "every fifth line, at the right",
    "numbers written first",
    sentences=tuple(words.split(". ")[1] for words in LONG),
    never=("it 5", "5 stands", "10 of them", "a 5 year", "worker 5", "15 leads"),
    not_alone=("5", "10", "5 10"),
    headings=(("Children from other counties", 1),),
)
def line_numbers_fifth() -> bytes:
    """A judgment: 5, 10 in the right margin beside every fifth line."""
    d = document("Children from other counties", hands.LIBREOFFICE)
    s = Sheet(d, hands.LIBREOFFICE, width=300)
    s.head("Children from other counties", 16)
    for words in LONG:
        s.para(words)
    heights = sorted({op[2] for op in s.page.ops if op[0] == "text"}, reverse=True)[1:]
    for place in range(4, len(heights), 5):
        s.at(420, heights[place], str(place + 1), size=8)
    s.page.reorder(lambda i, x, y: (x < 400, i))
    return d.save()


SPEECH = (
    ("The witness said that the door had been open since", "the morning and that nobody had asked why. She had"),
    ("rung the office twice. The second call was taken by", "a man who gave no name and wrote nothing down."),
)


@layout(
    "margin line numbers",
    "in one text object, over two pages",
    "line numbers go on",
    sentences=(
        "The witness said that the door had been open since the morning and that nobody had asked why.",
        "She had rung the office twice.",
        "The second call was taken by a man who gave no name and wrote nothing down.",
    ),
    never=("since 2", "had 3", "had 25", "by 26", "24 25", "nobody 24"),
    not_alone=("23", "24", "25", "26", "23 24", "25 26"),
    labels=("8", "9"),
)
def line_numbers_two_pages() -> bytes:
    """A transcript in typewriter print: all numbers of a page in one object at the left, beginning with 23."""
    d = document("Transcript", hands.PLAIN)
    for p, lines in enumerate(SPEECH):
        s = Sheet(d, x=110, font="M", size=11)
        first = 23 + 2 * p
        s.page.text(70, 780, f"BT 0 g /{d.plain('M')} 9 Tf 70 780 Td ({first}) Tj 0 -24 Td ({first + 1}) Tj ET")
        for words in lines:
            s.lines((words,), after=0, lead=24 / 11)
        s.centred(297, 35, str(8 + p), size=9)
    return d.save()
