"""How producers write a line of words into a page; each hand draws the same words at the same place."""

from __future__ import annotations

import random
import zlib
from collections.abc import Callable
from dataclasses import dataclass

from tests.planted_layouts.pdf import Page, brush, literal, number, plain_width, vera_width

Write = Callable[[Page, float, float, str, str, float, tuple[float, ...]], str]


@dataclass(frozen=True)
class Hand:
    """A producer: what it calls itself, how wide its words are, and the operations of a line of words."""

    name: str
    producer: str
    write: Write
    width: Callable[[str, str, float], float]

    def draw(
        self,
        page: Page,
        x: float,
        y: float,
        words: str,
        font: str = "R",
        size: float = 11,
        colour: tuple[float, ...] = (0,),
    ) -> float:
        """Draws words with their baseline at a place; returns where they end."""
        page.text(x, y, self.write(page, x, y, words, font, size, colour))
        return x + self.width(words, font, size)


def chance(words: str) -> random.Random:
    return random.Random(zlib.crc32(words.encode()))


def _plain(page: Page, x: float, y: float, words: str, font: str, size: float, colour: tuple[float, ...]) -> str:
    return (
        f"BT {brush(colour)} /{page.pdf.plain(font)} {number(size)} Tf 1 0 0 1 {number(x)} {number(y)} "
        f"Tm {literal(words)} Tj ET"
    )


def _word(page: Page, x: float, y: float, words: str, font: str, size: float, colour: tuple[float, ...]) -> str:
    """Word: groups of words in a BT of their own inside a clip, letters kerned by a hair, and an empty group at the end."""
    rng, name, out = chance(words), page.pdf.plain(font), []
    groups, group = [], ""
    for piece in words.split(" "):
        group += ("" if not group and not groups else " ") + piece if group or groups else piece
        if rng.random() < 0.3:
            groups.append(group)
            group = ""
    if group:
        groups.append(group)
    for part in (*groups, " "):
        shown, chunk = "", ""
        for letter in part:
            chunk += letter
            if rng.random() < 0.18:
                shown += literal(chunk) + rng.choice(("-3", "3", "5", "-5"))
                chunk = ""
        shown += literal(chunk) if chunk else ""
        out.append(
            f"q\n0.000008871 0 {number(page.size[0])} {number(page.size[1])} re\nW* n\nBT\n/{name} {number(size)} "
            f"Tf\n1 0 0 1 {number(x)} {number(y)} Tm\n{brush(colour)}\n[{shown}] TJ\nET\nQ"
        )
        x += plain_width(part, font, size)
    return "\n".join(out)


def _chromium(page: Page, x: float, y: float, words: str, font: str, size: float, colour: tuple[float, ...]) -> str:
    """Chromium's print: a page turned upside down, glyph numbers, one position for each run and a correction here and there."""
    name, subset = page.pdf.subset(font)
    rng, shown, chunk = chance(words), "", ""
    for letter in words:
        chunk += letter
        if rng.random() < 0.12:
            shown += f"<{subset.hex(chunk)}> {rng.choice(('4', '-4', '7'))} "
            chunk = ""
    shown += f"<{subset.hex(chunk)}>" if chunk else ""
    return (
        f"q\n.24 0 0 -.24 0 {number(page.size[1])} cm\nq\n3.125 0 0 3.125 {number(x / 0.24)} {number((page.size[1] - y) / 0.24)} "
        f"cm\n{brush(colour)}\nBT\n/{name} {number(size / 0.75)} Tf\n1 0 0 -1 0 0 Tm\n[{shown}] "
        f"TJ\nET\nQ\nQ"
    )


def _chromium_glyphs(
    page: Page, x: float, y: float, words: str, font: str, size: float, colour: tuple[float, ...]
) -> str:
    """An older Chromium: every glyph has its own step, and spaces are steps only."""
    name, subset = page.pdf.subset(font)
    out, step = [], 0.0
    for letter in words:
        if letter != " ":
            out.append(f"{number(step / 0.75)} 0 Td <{subset.hex(letter)}> Tj")
            step = 0.0
        step += vera_width(letter, font, size)
    return (
        (
            f"q\n.75 0 0 -.75 0 {number(page.size[1])} cm\n{brush(colour)}\nBT\n/{name} {number(size / 0.75)} "
            f"Tf\n1 0 0 -1 {number(x / 0.75)} {number((page.size[1] - y) / 0.75)} Tm\n"
        )
        + "\n".join(out)
        + "\nET\nQ"
    )


def _libreoffice(page: Page, x: float, y: float, words: str, font: str, size: float, colour: tuple[float, ...]) -> str:
    """LibreOffice: a portion is one string of byte codes of an embedded subset."""
    name, subset = page.pdf.subset(font, composite=False)
    return f"q {brush(colour)}\nBT\n{number(x)} {number(y)} Td /{name} {number(size)} Tf<{subset.hex(words)}>Tj\nET\nQ"


def _fop(page: Page, x: float, y: float, words: str, font: str, size: float, colour: tuple[float, ...]) -> str:
    """FOP: upside down, one TJ a line, spaces as characters with the justification beside them."""
    rng, shown = chance(words), ""
    for place, piece in enumerate(words.split(" ")):
        shown += (f" {rng.choice((-12, -20, -8, 10))} " if place else "") + literal((" " if place else "") + piece)
    return (
        f"q\n1 0 0 -1 0 {number(page.size[1])} cm\nBT\n/{page.pdf.plain(font)} {number(size)} Tf\n{brush(colour)}\n1 "
        f"0 0 -1 {number(x)} {number(page.size[1] - y)} Tm [{shown}] TJ\nET\nQ"
    )


def _steps(page: Page, x: float, y: float, words: str, font: str, size: float, colour: tuple[float, ...]) -> str:
    """A typesetter: no space is written, each is a step to the right."""
    pieces = words.split(" ")
    shown = (
        " -278 ".join(literal(piece) for piece in pieces if piece)
        if font in ("R", "B", "I")
        else " -250 ".join(literal(piece) for piece in pieces if piece)
    )
    return f"BT {brush(colour)} /{page.pdf.plain(font)} {number(size)} Tf {number(x)} {number(y)} Td [{shown}] TJ ET"


def _each_word(page: Page, x: float, y: float, words: str, font: str, size: float, colour: tuple[float, ...]) -> str:
    """A converter: every word has its place."""
    out = [f"BT {brush(colour)} /{page.pdf.plain(font)} {number(size)} Tf"]
    for word in words.split(" "):
        if word:
            out.append(f"1 0 0 1 {number(x)} {number(y)} Tm {literal(word)} Tj")
        x += plain_width(word + " ", font, size)
    return " ".join(out) + " ET"


PLAIN = Hand("plain", "ReportLab PDF Library - www.reportlab.com", _plain, plain_width)
WORD = Hand("word", "Microsoft Word for Microsoft 365", _word, plain_width)
CHROMIUM = Hand("chromium", "Skia/PDF m121", _chromium, vera_width)
CHROMIUM_GLYPHS = Hand("chromium-glyphs", "Skia/PDF m71", _chromium_glyphs, vera_width)
LIBREOFFICE = Hand("libreoffice", "LibreOffice 7.4", _libreoffice, vera_width)
FOP = Hand("fop", "Apache FOP Version 2.6", _fop, plain_width)
STEPS = Hand("steps", "pdfTeX-1.40.24", _steps, plain_width)
EACH_WORD = Hand("each-word", "Adobe PDF Library 15.0", _each_word, plain_width)
