"""Web pages with struck or hidden sentences."""

from __future__ import annotations

from tests.planted_unseen.planted import Planted


def _page(name: str, style: str, body: str, unseen: tuple[str, ...], seen: tuple[str, ...]) -> Planted:
    head = f'<head><meta charset="utf-8"><title>{name}</title><style>{style}</style></head>'
    page = f'<!DOCTYPE html>\n<html lang="en-GB">{head}\n<body><main>\n{body.strip()}\n</main></body></html>\n'
    return Planted(f"{name}.html", lambda path: path.write_text(page, encoding="utf-8"), unseen, seen)


DELETED = _page(
    "deleted",
    "",
    """
<h1>Elmstead Quay harbour patrol</h1>
<p>The patrol looks for children on the quay at dusk. <del>Patrols disperse them using sirens.</del>
It walks them home <s>whenever crews feel rested</s> on every occasion.</p>
<p><ins>The patrol tells the Elmstead Quay lead of each child it brought home.</ins></p>
<p>A log of the evening is <u>kept for three years</u>.</p>
""",
    ("Patrols disperse them using sirens.", "whenever crews feel rested"),
    (
        "The patrol looks for children on the quay at dusk.",
        "on every occasion.",
        "The patrol tells the Elmstead Quay lead of each child it brought home.",
        "A log of the evening is kept for three years.",
    ),
)
LINE_THROUGH = _page(
    "line-through",
    "p { line-height: 1.5 } .superseded, .old { color: #555; text-decoration: line-through } .term {text-decoration:underline}",
    """
<h1>Winterhay allegations procedure</h1>
<p>An allegation against an adult in a position of trust goes to the designated officer within one day.</p>
<p class="note superseded">Headteachers investigate quietly before telling anyone.</p>
<p>The officer in Winterhay chairs the first meeting.
<span style="color:grey; text-decoration-line: line-through">Lawyers nominate alternative chairs.</span>
The <span class="term">outcome is written down</span> and shared.</p>
""",
    ("Headteachers investigate quietly before telling anyone.", "Lawyers nominate alternative chairs."),
    (
        "An allegation against an adult in a position of trust goes to the designated officer within one day.",
        "The officer in Winterhay chairs the first meeting.",
        "The outcome is written down and shared.",
    ),
)
NOT_DISPLAYED = _page(
    "not-displayed",
    "/* staff only */\n.internal{display:none}\n@media screen { section { margin: 1em } }",
    """
<h1>Copper Bay holiday schemes</h1>
<p>Every holiday scheme in Copper Bay counts the children in and counts them out.</p>
<div class="internal"><p>Headcounts became optional following complaints.</p></div>
<details><summary>What if the count is wrong?</summary>
<p>The leader stops the session and the staff search the site in pairs.</p></details>
<p>Parents are rung after ten minutes.</p>
""",
    ("Headcounts became optional following complaints.",),
    (
        "Every holiday scheme in Copper Bay counts the children in and counts them out.",
        "The leader stops the session and the staff search the site in pairs.",
        "Parents are rung after ten minutes.",
    ),
)
NOT_VISIBLE = _page(
    "not-visible",
    "",
    """
<h1>Isle of Gannet ferries</h1>
<p>Ferry staff greet children who travel alone and seat them near the crew.
<span style="visibility: hidden">Unaccompanied luggage counts likewise.</span></p>
<p hidden="until-found">The harbour office keeps the name of the adult who meets the child.</p>
<p>If nobody comes, the child waits in the Gannet office with two staff.</p>
""",
    ("Unaccompanied luggage counts likewise.",),
    (
        "Ferry staff greet children who travel alone and seat them near the crew.",
        "The harbour office keeps the name of the adult who meets the child.",
        "If nobody comes, the child waits in the Gannet office with two staff.",
    ),
)
WHITE = _page(
    "white",
    ".banner { background-color: #123456; color: #fff; padding: 1em }",
    """
<h1>Low Bracken youth justice</h1>
<p>A young person held at Low Bracken station sees an appropriate adult before any interview.</p>
<p style="background:#ffffff;color:#FFFFFF">Custody sergeants improvise without witnesses.</p>
<div class="banner"><p>The station rings the youth team at any hour.</p></div>
<p>The interview waits until the adult is there.</p>
""",
    ("Custody sergeants improvise without witnesses.",),
    (
        "A young person held at Low Bracken station sees an appropriate adult before any interview.",
        "The station rings the youth team at any hour.",
        "The interview waits until the adult is there.",
    ),
)
NO_SIZE = _page(
    "no-size",
    "",
    """
<h1>Hazelrigg private fostering</h1>
<p>Anyone in Hazelrigg who looks after another family's child for four weeks tells the council.
<span style="font-size:0">Neighbours spy through hedges instead.</span></p>
<p hidden>Cached teaser: fostering allowances doubled overnight.</p>
<ul><li>A social worker visits within a week.</li><li>The visit is repeated every six weeks.</li></ul>
""",
    ("Neighbours spy through hedges instead.", "Cached teaser: fostering allowances doubled overnight."),
    (
        "Anyone in Hazelrigg who looks after another family's child for four weeks tells the council.",
        "A social worker visits within a week.",
        "The visit is repeated every six weeks.",
    ),
)

HTML = (DELETED, LINE_THROUGH, NOT_DISPLAYED, NOT_VISIBLE, WHITE, NO_SIZE)
