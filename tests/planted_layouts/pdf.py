"""A small writer of PDF files, which leaves every drawing operation to its caller. Its bytes are the same on every run."""

from __future__ import annotations

import zlib
from collections.abc import Callable
from functools import cache
from pathlib import Path

import reportlab
from reportlab.pdfbase.pdfmetrics import stringWidth
from reportlab.pdfbase.ttfonts import TTFontFile

A4 = (595.0, 842.0)
STANDARD = {
    "R": "Helvetica",
    "B": "Helvetica-Bold",
    "I": "Helvetica-Oblique",
    "S": "Times-Roman",
    "SB": "Times-Bold",
    "SI": "Times-Italic",
    "M": "Courier",
    "Z": "ZapfDingbats",
    "Y": "Symbol",
}
VERA = {"R": "Vera", "B": "VeraBd", "I": "VeraIt", "S": "Vera", "SB": "VeraBd", "SI": "VeraIt"}
SUBSETS = "BCDEEE BCDFEE BCDGEE BCDHEE BCDIEE BCDJEE BCDKEE BCDLEE".split()


@cache
def vera(name: str) -> TTFontFile:
    return TTFontFile(str(Path(reportlab.__file__).parent / "fonts" / f"{name}.ttf"), subfontIndex=0)


def number(value: float) -> str:
    return f"{value:.3f}".rstrip("0").rstrip(".") if value % 1 else str(int(value))


def literal(words: str) -> str:
    """Returns a string operand in the encoding of the standard fonts."""
    out = ""
    for byte in words.encode("cp1252"):
        out += "\\" + chr(byte) if chr(byte) in "()\\" else chr(byte) if 32 <= byte < 127 else f"\\{byte:03o}"
    return f"({out})"


class Subset:
    """An embedded subset of a TrueType font, whose codes are given as letters come up."""

    def __init__(self, face: str, base: str, composite: bool) -> None:
        self.face, self.base, self.composite, self.letters = face, base, composite, [0]

    def code(self, letter: str) -> int:
        if ord(letter) not in self.letters:
            self.letters.append(ord(letter))
        return self.letters.index(ord(letter))

    def hex(self, words: str) -> str:
        return "".join(f"{self.code(letter):0{4 if self.composite else 2}X}" for letter in words)

    def width(self, letter: str) -> float:
        return vera(self.face).charWidths.get(ord(letter), vera(self.face).defaultWidth)


class Page:
    """A page whose operations are kept in order; those of text can be put in another order."""

    def __init__(
        self, pdf: Pdf, size: tuple[float, float], rotate: int, frame: str, media: tuple[float, float] | None
    ) -> None:
        self.pdf, self.size, self.rotate, self.frame, self.media = pdf, size, rotate, frame, media or size
        self.ops: list[tuple[str, float, float, str]] = []
        self.images: dict[str, int] = {}
        self.extra: dict[str, str] = {}

    def art(self, op: str) -> None:
        self.ops.append(("art", 0, 0, op))

    def text(self, x: float, y: float, op: str) -> None:
        self.ops.append(("text", x, y, op))

    def line(
        self, x1: float, y1: float, x2: float, y2: float, width: float = 0.6, colour: tuple[float, ...] = (0,)
    ) -> None:
        self.art(f"q {pen(colour)} {number(width)} w {number(x1)} {number(y1)} m {number(x2)} {number(y2)} l S Q")

    def box(
        self,
        x: float,
        y: float,
        width: float,
        height: float,
        fill: tuple[float, ...] | None = None,
        stroke: tuple[float, ...] | None = None,
        pen_width: float = 0.8,
    ) -> None:
        paint = "B" if fill and stroke else "f" if fill else "S"
        self.art(
            f"q {brush(fill) if fill else ''} {pen(stroke) if stroke else ''} {number(pen_width)} w "
            f"{' '.join(map(number, (x, y, width, height)))} re {paint} Q"
        )

    def path(
        self,
        points: list[tuple[float, float]],
        fill: tuple[float, ...] | None = None,
        stroke: tuple[float, ...] | None = None,
    ) -> None:
        start, *rest = points
        steps = f"{number(start[0])} {number(start[1])} m " + " ".join(f"{number(x)} {number(y)} l" for x, y in rest)
        paint = "B" if fill and stroke else "f" if fill else "S"
        self.art(f"q {brush(fill) if fill else ''} {pen(stroke) if stroke else ''} {steps} h {paint} Q")

    def disc(
        self,
        x: float,
        y: float,
        r: float,
        fill: tuple[float, ...] | None = (0,),
        stroke: tuple[float, ...] | None = None,
    ) -> None:
        k = 0.5523 * r
        curve = " ".join(
            " ".join(map(number, c)) + " c"
            for c in (
                (x + r, y + k, x + k, y + r, x, y + r),
                (x - k, y + r, x - r, y + k, x - r, y),
                (x - r, y - k, x - k, y - r, x, y - r),
                (x + k, y - r, x + r, y - k, x + r, y),
            )
        )
        self.art(
            f"q {brush(fill) if fill else ''} {pen(stroke) if stroke else ''} {number(x + r)} {number(y)} "
            f"m {curve} {'f' if fill else 'S'} Q"
        )

    def arrow(self, x1: float, y1: float, x2: float, y2: float) -> None:
        """Draws an arrow with a filled head, upright or level."""
        self.line(x1, y1, x2, y2, 1.2)
        s = 5
        if x1 == x2:
            d = s if y2 > y1 else -s
            self.path([(x2, y2), (x2 - s * 0.7, y2 - d), (x2 + s * 0.7, y2 - d)], fill=(0,))
        else:
            d = s if x2 > x1 else -s
            self.path([(x2, y2), (x2 - d, y2 - s * 0.7), (x2 - d, y2 + s * 0.7)], fill=(0,))

    def reorder(self, key: Callable[[int, float, float], object]) -> None:
        """Puts the text drawn so far behind the lines and fills, in the order of ``key(place, x, y)``."""
        texts = [op for op in self.ops if op[0] == "text"]
        places = sorted(range(len(texts)), key=lambda i: key(i, texts[i][1], texts[i][2]))
        self.ops = [op for op in self.ops if op[0] != "text"] + [texts[i] for i in places]

    def content(self) -> str:
        drawn = "\n".join(op for *_, op in self.ops) + "\n"
        return f"q {self.frame} cm\n{drawn}Q\n" if self.frame else drawn


def brush(colour: tuple[float, ...]) -> str:
    return " ".join(map(number, colour)) + (" rg" if len(colour) == 3 else " g")


def pen(colour: tuple[float, ...]) -> str:
    return " ".join(map(number, colour)) + (" RG" if len(colour) == 3 else " G")


class Pdf:
    """A document: pages, fonts by key, forms, images; ``labels`` is the raw /PageLabels number tree."""

    def __init__(self, title: str = "", producer: str = "", creator: str = "", labels: str = "") -> None:
        self.title, self.producer, self.creator, self.labels = title, producer, creator, labels
        self.pages: list[Page] = []
        self.standard: list[str] = []
        self.subsets: dict[tuple[str, bool, int], Subset] = {}
        self.forms: list[tuple[str, tuple[float, ...], str, str]] = []
        self.pictures: list[tuple[int, int, int, bytes]] = []
        self.has_marks = False

    def page(
        self, size: tuple[float, float] = A4, rotate: int = 0, frame: str = "", media: tuple[float, float] | None = None
    ) -> Page:
        """``size`` is that of the drawing, ``frame`` the matrix that lays it into ``media``."""
        page = Page(self, size, rotate, frame, media)
        self.pages.append(page)
        return page

    def plain(self, key: str) -> str:
        """Returns the resource name of a standard font."""
        if key not in self.standard:
            self.standard.append(key)
        return f"S{key}"

    def subset(self, key: str, composite: bool = True, part: int = 0) -> tuple[str, Subset]:
        found = self.subsets.get((key, composite, part))
        if found is None:
            kind = {"R": "Regular", "B": "Bold", "I": "Italic"}[key]
            base = f"{SUBSETS[len(self.subsets)]}+VeraSans" + ("" if kind == "Regular" else f"-{kind}")
            found = self.subsets[key, composite, part] = Subset(VERA[key], base, composite)
        return f"V{key}{'c' if composite else 's'}{part}", found

    def form(self, content: str, box: tuple[float, ...] = (0, 0, *A4), matrix: str = "", marks: str = "") -> str:
        self.forms.append((content, box, matrix, marks))
        return f"Fm{len(self.forms) - 1}"

    def picture(self, width: int, height: int, bits: int, data: bytes) -> str:
        """Adds a grey image."""
        self.pictures.append((width, height, bits, data))
        return f"Im{len(self.pictures) - 1}"

    def save(self) -> bytes:
        objects: list[bytes] = [b"", b"", b""]  # catalogue, page tree, resources

        def add(body: str | bytes) -> int:
            objects.append(body.encode("latin-1") if isinstance(body, str) else body)
            return len(objects)

        def stream(data: bytes, entries: str = "", squeeze: bool = True) -> int:
            data = zlib.compress(data, 9) if squeeze else data
            head = f"<< {entries} /Length {len(data)}{' /Filter /FlateDecode' if squeeze else ''} >>\nstream\n"
            return add(head.encode("latin-1") + data + b"\nendstream")

        fonts = []
        for key in self.standard:
            encoding = "" if key in "ZY" else " /Encoding /WinAnsiEncoding"
            fonts.append(
                f"/S{key} {add(f'<< /Type /Font /Subtype /Type1 /BaseFont /{STANDARD[key]}{encoding} >>')} 0 R"
            )
        for (key, composite, part), font in self.subsets.items():
            fonts.append(f"/V{key}{'c' if composite else 's'}{part} {self._embed(font, add, stream)} 0 R")
        if self.has_marks:
            fonts.append(f"/T3 {self._marks(add, stream)} 0 R")
        grey = "/Type /XObject /Subtype /Image /ColorSpace /DeviceGray"
        pictures = [
            f"/Im{i} {stream(data, f'{grey} /Width {w} /Height {h} /BitsPerComponent {bits}')} 0 R"
            for i, (w, h, bits, data) in enumerate(self.pictures)
        ]
        forms = []
        for i, (content, box, matrix, marks) in enumerate(self.forms):
            entries = (
                f"/Type /XObject /Subtype /Form /BBox [{' '.join(map(number, box))}] /Resources 3 0 R"
                + (f" /Matrix [{matrix}]" if matrix else "")
                + marks
            )
            forms.append(f"/Fm{i} {stream(content.encode('latin-1'), entries)} 0 R")
        objects[2] = (
            f"<< /Font << {' '.join(fonts)} >> /XObject << {' '.join(pictures + forms)} >> /ExtGState "
            f"<< /Pale << /ca 0.3 /CA 0.3 >> >> >>"
        ).encode()
        kids = []
        for page in self.pages:
            contents = stream(page.content().encode("latin-1"))
            rotate = f" /Rotate {page.rotate}" if page.rotate else ""
            kids.append(
                add(
                    f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 {number(page.media[0])} {number(page.media[1])}] "
                    f"/Resources 3 0 R /Contents {contents} 0 R{rotate} {' '.join(f'/{k} {v}' for k, v in page.extra.items())} >>"
                )
            )
        objects[1] = f"<< /Type /Pages /Count {len(kids)} /Kids [{' '.join(f'{kid} 0 R' for kid in kids)}] >>".encode()
        objects[0] = (
            f"<< /Type /Catalog /Pages 2 0 R{f' /PageLabels << {self.labels} >>' if self.labels else ''} >>".encode()
        )
        info = add(
            "<< "
            + " ".join(
                f"/{key} {literal(value)}"
                for key, value in (("Title", self.title), ("Producer", self.producer), ("Creator", self.creator))
                if value
            )
            + " >>"
        )
        out, places = bytearray(b"%PDF-1.6\n%\xe2\xe3\xcf\xd3\n"), []
        for place, body in enumerate(objects, 1):
            places.append(len(out))
            out += f"{place} 0 obj\n".encode() + body + b"\nendobj\n"
        start = len(out)
        out += f"xref\n0 {len(objects) + 1}\n0000000000 65535 f \n".encode() + b"".join(
            f"{place:010d} 00000 n \n".encode() for place in places
        )
        out += f"trailer\n<< /Size {len(objects) + 1} /Root 1 0 R /Info {info} 0 R >>\nstartxref\n{start}\n%%EOF\n".encode()
        return bytes(out)

    @staticmethod
    def _embed(font: Subset, add: Callable[[str], int], stream: Callable[..., int]) -> int:
        source = vera(font.face)
        data = source.makeSubset(list(font.letters))
        program = stream(data, f"/Length1 {len(data)}")
        flags = 4 | (1 << 18 if font.face.endswith("Bd") else 0) | (64 if font.face.endswith("It") else 0)
        descriptor = add(
            f"<< /Type /FontDescriptor /FontName /{font.base} /Flags {flags} /FontBBox [{' '.join(number(v) for v in source.bbox)}] "
            f"/ItalicAngle {-12 if flags & 64 else 0} /Ascent {number(source.ascent)} /Descent {number(source.descent)} "
            f"/CapHeight 729 /StemV {140 if flags & 1 << 18 else 80} /FontFile2 {program} 0 R >>"
        )
        digits = 4 if font.composite else 2
        pairs = [f"<{i:0{digits}X}> <{letter:04X}>" for i, letter in enumerate(font.letters) if i]
        maps = "\n".join(
            f"{len(part)} beginbfchar\n" + "\n".join(part) + "\nendbfchar"
            for part in (pairs[i : i + 100] for i in range(0, len(pairs), 100))
        )
        unicode_map = stream(
            (
                f"/CIDInit /ProcSet findresource begin\n12 dict begin\nbegincmap\n/CIDSystemInfo << /Registry "
                f"(Adobe) /Ordering (UCS) /Supplement 0 >> def\n/CMapName /Adobe-Identity-UCS def\n/CMapType "
                f"2 def\n1 begincodespacerange\n<{'0' * digits}> <{'F' * digits}>\nendcodespacerange\n{maps}\nendcmap\nCMapName "
                f"currentdict /CMap defineresource pop\nend\nend"
            ).encode()
        )
        widths = [number(round(font.width(chr(letter)))) for letter in font.letters[1:]]
        if not font.composite:
            return add(
                f"<< /Type /Font /Subtype /TrueType /BaseFont /{font.base} /FirstChar 0 /LastChar {len(widths)} "
                f"/Widths [600 {' '.join(widths)}] /FontDescriptor {descriptor} 0 R /ToUnicode {unicode_map} 0 R >>"
            )
        child = add(
            f"<< /Type /Font /Subtype /CIDFontType2 /BaseFont /{font.base} /CIDSystemInfo << /Registry "
            f"(Adobe) /Ordering (Identity) /Supplement 0 >> /FontDescriptor {descriptor} 0 R /CIDToGIDMap "
            f"/Identity /DW 600 /W [1 [{' '.join(widths)}]] >>"
        )
        return add(
            f"<< /Type /Font /Subtype /Type0 /BaseFont /{font.base} /Encoding /Identity-H /DescendantFonts "
            f"[{child} 0 R] /ToUnicode {unicode_map} 0 R >>"
        )

    @staticmethod
    def _marks(add: Callable[[str], int], stream: Callable[..., int]) -> int:
        """A font of three drawn marks: A is ☑, B is ☒, C is ☐."""
        frame = "800 0 0 0 750 750 d1 60 w 50 20 650 650 re S "
        marks = {
            "A": frame + "90 w 150 350 m 320 150 l 620 560 l S",
            "B": frame + "80 w 170 140 m 580 550 l S 170 550 m 580 140 l S",
            "C": frame,
        }
        procs = " ".join(f"/{letter} {stream(ops.encode())} 0 R" for letter, ops in marks.items())
        unicode_map = stream(
            b"/CIDInit /ProcSet findresource begin\n12 dict begin\nbegincmap\n/CMapName /Marks def\n/CMapType "
            b"2 def\n1 begincodespacerange\n<00> <FF>\nendcodespacerange\n3 beginbfchar\n<41> <2611>\n<42> "
            b"<2612>\n<43> <2610>\nendbfchar\nendcmap\nend\nend"
        )
        return add(
            f"<< /Type /Font /Subtype /Type3 /FontBBox [0 0 800 750] /FontMatrix [0.001 0 0 0.001 0 "
            f"0] /CharProcs << {procs} >> /Encoding << /Type /Encoding /Differences [65 /A /B /C] >> "
            f"/FirstChar 65 /LastChar 67 /Widths [800 800 800] /Resources << >> /ToUnicode {unicode_map} 0 R >>"
        )


def plain_width(words: str, key: str, size: float) -> float:
    return stringWidth(words, STANDARD[key], size)


def vera_width(words: str, key: str, size: float) -> float:
    face = vera(VERA[key])
    return sum(face.charWidths.get(ord(letter), face.defaultWidth) for letter in words) * size / 1000
