"""Pages that are pictures are read by OCR, marked as such, and no number that is not certain is quoted."""

from __future__ import annotations

import io
from pathlib import Path

import pypdfium2
import pytest
from PIL import Image
from reportlab.lib.styles import ParagraphStyle
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import Paragraph

from assistant.adapters.library_sql.codec import pages_from, pages_to
from assistant.editions.locations import part_at, recognised_in
from assistant.errors import UnreadableDocument
from assistant.model import Span
from assistant.settings import Settings
from ingest.cutting.sections import lay_out
from ingest.readers import read_file
from ingest.readers.blocks import ReadFile
from ingest.readers.limits import LIMITS, ReadLimits
from ingest.readers.ocr import picture
from ingest.sandbox.sandbox import Sandbox
from tests.programs import need
from tests.reading import check_runs, seen, texts

SIZE = (420, 300)
SAID = (
    ("Missing children", 18),
    ("Ring the duty team on 01632 960 142 within 24 hours.", 11),
    ("The manager must tell the parents the same day. The rule of section 47<super>4</super> applies to schools. "
     "This is also true of colleges. Records are kept for 15 years.", 11),
)  # fmt: skip


def scan(path: Path, angle: float = 1.0, pages: int = 1, said: tuple[tuple[str, int], ...] = SAID) -> Path:
    """Writes pages of one picture each, aslant, and returns the path."""
    held = io.BytesIO()
    canvas = Canvas(held, pagesize=SIZE)
    y = SIZE[1] - 40
    for text, size in said:
        paragraph = Paragraph(text, ParagraphStyle("a", fontName="Helvetica", fontSize=size, leading=size * 1.4))
        _, high = paragraph.wrap(SIZE[0] - 80, SIZE[1])
        paragraph.drawOn(canvas, 40, y - high)
        y -= high + 14
    canvas.save()
    level = pypdfium2.PdfDocument(held.getvalue())[0].render(scale=300 / 72).to_pil().convert("L")
    turned = level.rotate(angle, resample=Image.Resampling.BICUBIC, fillcolor=255)
    turned.save(path, "PDF", resolution=300, save_all=True, append_images=[turned] * (pages - 1))
    return path


@pytest.fixture(scope="module")
def read(tmp_path_factory: pytest.TempPathFactory) -> ReadFile:
    need("tesseract")
    return read_file(scan(tmp_path_factory.mktemp("scan") / "scan.pdf"), 10)


def test_a_scan_reads_as_its_page_shows_it_but_for_numbers_beside_a_raised_mark(read: ReadFile) -> None:
    assert seen(read)[:3] == [
        ("heading", 1, None, "Missing children"),
        ("paragraph", 1, None, "Ring the duty team on 01632 960 142 within 24 hours."),
        ("paragraph", 1, None, "The manager must tell the parents the same day."),
    ]
    assert texts(read, "paragraph")[-1] == "Records are kept for 15 years."
    held, leaning = texts(read, "figure")
    assert held.startswith("The rule of section 47")
    assert leaning == "This is also true of colleges."
    check_runs(read)
    assert [each.page for each in read.exclusions if each.preview.startswith("number not read for certain")] == [1, 1]


def test_a_quote_of_a_scan_says_how_sure_its_words_are(read: ReadFile) -> None:
    layout = lay_out(read)
    at = layout.text.index("Ring the duty team")
    part = part_at(Span(at, at + 52), layout.text, layout.pages)
    assert part.recognised is not None
    assert 0.8 < part.recognised <= 1
    assert pages_from(pages_to(layout.pages)) == layout.pages
    assert recognised_in(Span(0, 0), layout.pages) is None


def test_a_long_scan_may_take_longer_than_one_page(tmp_path: Path) -> None:
    """The limit is for each page, and so many pages at most are read."""
    need("tesseract")
    beats: list[int] = []
    token = LIMITS.set(ReadLimits(1, lambda: beats.append(1)))
    try:
        found = read_file(scan(tmp_path / "a.pdf", pages=2), 10)
    finally:
        LIMITS.reset(token)
    assert len(beats) == 1
    assert [(each.page, each.reason) for each in found.exclusions if each.reason == "no_text_layer"] == [
        (2, "no_text_layer")
    ]


def test_without_ocr_a_scan_is_refused_with_what_to_do(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = scan(tmp_path / "a.pdf")
    with (
        Sandbox(Settings(ocr_pages=0)) as sandbox,
        pytest.raises(UnreadableDocument, match=r"no text layer.*ocrmypdf"),
    ):
        sandbox.read(path)
    monkeypatch.setattr("ingest.readers.pdf.program", lambda: None)
    monkeypatch.setattr("ingest.readers.pdf.scanned.program", lambda: None)
    with pytest.raises(UnreadableDocument, match=r"apt-get install tesseract-ocr"):
        read_file(path, 10)


def test_a_picture_without_words_is_no_text(tmp_path: Path) -> None:
    need("tesseract")
    Image.effect_noise((600, 400), 90).save(tmp_path / "noise.pdf", "PDF", resolution=150)
    with pytest.raises(UnreadableDocument, match="no text layer"):
        read_file(tmp_path / "noise.pdf", 10)


def test_a_page_of_any_size_is_rendered_within_bounds(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from pypdf import PdfReader, PdfWriter
    from pypdf.generic import NameObject, RectangleObject

    writer = PdfWriter(clone_from=PdfReader(scan(tmp_path / "a.pdf")))
    writer.pages[0][NameObject("/MediaBox")] = RectangleObject((0, 0, 14_400, 14_400))
    writer.write(tmp_path / "wide.pdf")
    monkeypatch.setattr(picture, "MOST_PIXELS", 1_000_000)
    with pypdfium2.PdfDocument(tmp_path / "wide.pdf") as document:
        found = picture.picture_of(document[0])
    assert found.grey.width * found.grey.height <= 1_010_000
