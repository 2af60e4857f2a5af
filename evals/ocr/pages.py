"""Scans of invented pages whose words are known: clean, aslant, coarse, stamped, in columns, with tables and note marks."""

from __future__ import annotations

import io
import random
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pypdfium2
from PIL import Image, ImageDraw, ImageFilter, ImageFont
from reportlab.lib import colors
from reportlab.lib.pagesizes import A4
from reportlab.lib.styles import ParagraphStyle
from reportlab.platypus import BaseDocTemplate, Flowable, Frame, PageTemplate, Paragraph, Table, TableStyle

SENTENCES = (
    "The social worker must see the child within {a} working days of the referral.",
    "Ring the duty team on {phone} at any hour, and give the reference {ref}.",
    "A strategy discussion is held within {b} hours, and its record is shared within {a} days.",
    "Section {a}({b}) of the invented Act says that records are kept for {c} years.",
    "Schools should tell the hub about an absence of more than {a} days in any {c} weeks.",
    "The named nurse answers on {phone} from {hour} to {later} on working days.",
    "In {year} there were {big} referrals, of which {share} led to an assessment.",
    "Do not promise a child that what they tell you stays secret.",
    "Parents are told before the meeting, unless that would put the child at risk.",
    "The chair may add a review after {c} weeks where the plan has not begun.",
    "Every agency must send its report to the chair at least {a} days before the conference.",
    "Write down the words that the child used, the time, and who was in the room.",
    "A placement costs £{big} a year on average, and £{small} a week in an emergency.",
    "The duty manager decides by {hour} on the same day, and never later than {date}.",
    "See paragraph {a}.{b} for what to do when nobody answers.",
    "If the child is in danger now, ring 999 and do not wait for a manager.",
)
NOTED = (
    ("This duty applies to children under {c}", " and to care leavers."),
    ("The local protocol, paragraph {a}.{b}", ", says who chairs the meeting."),
)
"""Sentences with a raised note mark in their middle, after a number or a word."""
TITLES = ("Purpose of this guidance", "Who must act", "Time limits", "Contacts and hours", "Records", "Review")
ROWS = (
    "Police",
    "Health visitor",
    "Duty team",
    "Named doctor",
    "Housing",
    "Probation",
    "Youth justice",
    "School nurse",
)


@dataclass(frozen=True, slots=True)
class ScannedPage:
    """One page as a picture, and what stands on it."""

    name: str
    kind: str
    words: tuple[str, ...]
    """In reading order, without note marks."""
    picture: Image.Image
    dpi: int

    def save(self, folder: Path) -> Path:
        """Writes it as a PDF of one picture and returns its path."""
        path = folder / f"{self.name}.pdf"
        self.picture.save(path, "PDF", resolution=self.dpi)
        return path


@dataclass(frozen=True, slots=True)
class _Look:
    kind: str
    dpi: int = 300
    angle: float = 0.0
    stamp: str = ""
    columns: int = 1
    has_table: bool = False
    has_marks: bool = False
    noise: float = 0.0


LOOKS = (
    *(_Look("clean", 300) for _ in range(8)),
    *(_Look("note marks", 300, has_marks=True) for _ in range(4)),
    *(_Look("aslant", 300, angle) for angle in (-2.0, -1.4, -0.8, -0.3, 0.3, 0.8, 1.4, 2.0)),
    *(_Look("coarse", dpi, 0.4, noise=noise) for dpi, noise in ((150, 0.0), (150, 6.0), (200, 0.0), (200, 6.0), (250, 6.0), (150, 10.0))),
    *(_Look("stamped", 300, 0.5, stamp=stamp) for stamp in ("RECEIVED", "DRAFT", "COPY 3", "PAID 14 MAY", "FILED")),
    *(_Look("two columns", dpi, angle, columns=2) for dpi, angle in ((300, 0.0), (300, 1.0), (200, 0.0), (200, -0.7))),
    *(_Look("table", dpi, angle, has_table=True) for dpi, angle in ((300, 0.0), (300, 0.6), (200, 0.0), (150, 0.0), (300, -1.2))),
)  # fmt: skip
"""The forty pages."""


def scanned_pages(count: int | None = None, kinds: tuple[str, ...] = ()) -> list[ScannedPage]:
    """Returns the pages, the same in each run; the first ``count`` of the kinds asked for, all where none is."""
    chosen = [(at, look) for at, look in enumerate(LOOKS) if not kinds or look.kind in kinds]
    return [_page(at, look) for at, look in chosen[:count]]


def _page(at: int, look: _Look) -> ScannedPage:
    chance = random.Random(1000 + at)  # noqa: S311  invented text
    flow, words = _content(chance, look)
    picture = _rendered(flow, look)
    return ScannedPage(f"page-{at + 1:02}", look.kind, tuple(words), _scanned(picture, look, at), look.dpi)


def _content(chance: random.Random, look: _Look) -> tuple[list[Flowable], list[str]]:
    body = ParagraphStyle(
        "b", fontName=chance.choice(("Helvetica", "Times-Roman")), fontSize=11, leading=15, spaceAfter=8
    )
    head = ParagraphStyle("h", fontName="Helvetica-Bold", fontSize=15, leading=20, spaceBefore=6, spaceAfter=6)
    flow: list[Flowable] = []
    words: list[str] = []
    for title in chance.sample(TITLES, 3):
        flow.append(Paragraph(title, head))
        words.extend(title.split())
        for _ in range(2 if look.columns == 1 else 3):
            said = [_filled(chance, each) for each in chance.sample(SENTENCES, 3)]
            marked = list(said)
            if look.has_marks:
                first, rest = chance.choice(NOTED)
                first = _filled(chance, first)
                marked.append(f"{first}<super>{chance.randint(1, 9)}</super>{rest}")
                said.append(first + rest)
            flow.append(Paragraph(" ".join(marked), body))
            words.extend(" ".join(said).split())
    if look.has_table:
        rows = _rows(chance)
        flow.insert(0, _table(rows, body))
        words[:0] = [word for row in rows for cell in row for word in cell.split()]
    return flow, words


def _rows(chance: random.Random) -> list[list[str]]:
    rows = [["Agency", "Telephone", "Hours", "Answers within"]]
    for name in chance.sample(ROWS, 6):
        rows.append(
            [name, _filled(chance, "{phone}"), _filled(chance, "{hour} to {later}"), _filled(chance, "{a} days")]
        )
    return rows


def _table(rows: list[list[str]], body: ParagraphStyle) -> Flowable:
    table = Table(rows, colWidths=[120, 110, 130, 100])
    grid = ("GRID", (0, 0), (-1, -1), 0.8, colors.black)
    font = ("FONT", (0, 0), (-1, -1), body.fontName, 11)
    table.setStyle(
        TableStyle([grid, font, ("BOTTOMPADDING", (0, 0), (-1, -1), 5), ("TOPPADDING", (0, 0), (-1, -1), 5)])
    )
    table.spaceAfter = 12
    return table


def _filled(chance: random.Random, text: str) -> str:
    hour = chance.randint(7, 11)
    return text.format(
        a=chance.randint(2, 48),
        b=chance.randint(1, 72),
        c=chance.choice((3, 6, 12, 15, 16, 18, 21, 25)),
        year=chance.randint(2015, 2026),
        big=f"{chance.randint(1, 90)},{chance.randint(0, 999):03}",
        small=chance.randint(100, 999),
        share=f"{chance.randint(1, 99)}%",
        hour=f"{hour}.{chance.choice(('00', '15', '30', '45'))}am",
        later=f"{chance.randint(3, 6)}.30pm",
        phone=f"01632 960{chance.randint(0, 999):03}",
        ref=f"{chance.choice('ABCDEFGH')}{chance.randint(100, 9999)}",
        date=f"{chance.randint(1, 28)} {chance.choice(('March', 'June', 'October'))} {chance.randint(2020, 2027)}",
    )


def _rendered(flow: list[Flowable], look: _Look) -> Image.Image:
    width, height = A4
    gap, margin = 24, 60
    wide = (width - 2 * margin - gap * (look.columns - 1)) / look.columns
    frames = [
        Frame(margin + at * (wide + gap), margin, wide, height - 2 * margin, 0, 0, 0, 0) for at in range(look.columns)
    ]
    held = io.BytesIO()
    document = BaseDocTemplate(held, pagesize=A4)
    document.addPageTemplates([PageTemplate(frames=frames)])
    document.build(flow)
    page = pypdfium2.PdfDocument(held.getvalue())
    if len(page) != 1:
        raise ValueError("The invented text takes more than one page.")
    picture: Image.Image = page[0].render(scale=look.dpi / 72).to_pil()
    return picture.convert("RGB")


def _scanned(picture: Image.Image, look: _Look, seed: int) -> Image.Image:
    """Returns a page as a scanner gives it: stamped, aslant, a little soft, with specks."""
    if look.stamp:
        picture = _stamped(picture, look)
    if look.angle:
        picture = picture.rotate(look.angle, resample=Image.Resampling.BICUBIC, fillcolor=(255, 255, 255))
    if look.noise:
        grain = np.random.default_rng(seed).normal(0, look.noise, (picture.height, picture.width, 1))
        picture = Image.fromarray(np.clip(np.asarray(picture) + grain, 0, 255).astype(np.uint8))
        picture = picture.filter(ImageFilter.GaussianBlur(0.6))
    return picture


def _stamped(picture: Image.Image, look: _Look) -> Image.Image:
    """Returns a page with a stamp across its text; every other one is as black as the text."""
    layer = Image.new("RGBA", picture.size, (255, 255, 255, 0))
    colour = (190, 20, 40, 190) if len(look.stamp) % 2 else (20, 20, 30, 200)
    draw = ImageDraw.Draw(layer)
    size = picture.width // 9
    at = (picture.width // 5, picture.height // 5)
    draw.text(at, look.stamp, font=ImageFont.load_default(size), fill=colour, stroke_width=2)
    layer = layer.rotate(12, center=at)
    return Image.alpha_composite(picture.convert("RGBA"), layer).convert("RGB")


Progress = Callable[[int, int], None]
