"""Notes in Markdown with words struck out."""

from __future__ import annotations

from tests.planted_unseen.planted import Planted


def _notes(name: str, text: str, unseen: tuple[str, ...], seen: tuple[str, ...]) -> Planted:
    return Planted(f"{name}.md", lambda path: path.write_text(text.lstrip(), encoding="utf-8"), unseen, seen)


INLINE = _notes(
    "tildes-inline",
    """
# Greywater online safety

Schools in Greywater teach online safety in every year. The lesson is given ~~by visiting magicians~~
by a teacher the class knows.

- A picture of a child is **never** passed on.
- The lead rings ~~directory enquiries~~ the Greywater police desk.
""",
    ("by visiting magicians", "directory enquiries"),
    (
        "Schools in Greywater teach online safety in every year.",
        "by a teacher the class knows.",
        "A picture of a child is never passed on.",
        "the Greywater police desk.",
    ),
)
WHOLE = _notes(
    "tildes-whole",
    """
# Fallow End neglect strategy

Neglect in Fallow End is seen early when people who know the child talk to one another.

~~Practitioners tolerate squalor during harvest months.~~

The home is seen by two workers. ~~Photographs satisfy absent inspectors.~~ The child is asked what a day is like.
""",
    ("Practitioners tolerate squalor during harvest months.", "Photographs satisfy absent inspectors."),
    (
        "Neglect in Fallow End is seen early when people who know the child talk to one another.",
        "The home is seen by two workers.",
        "The child is asked what a day is like.",
    ),
)
TAGGED = _notes(
    "tagged-inline",
    """
# Upper Larkham respite care

Respite carers in Upper Larkham meet the child twice before the first stay. The child brings
<del>sixteen sealed crates</del> a favourite thing from home.

The carer keeps a diary of the stay, and <u>the family reads it</u>.
""",
    ("sixteen sealed crates",),
    (
        "Respite carers in Upper Larkham meet the child twice before the first stay.",
        "a favourite thing from home.",
        "The carer keeps a diary of the stay, and the family reads it.",
    ),
)

MARKDOWN = (INLINE, WHOLE, TAGGED)
