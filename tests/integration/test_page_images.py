"""Pictures of pages and the places of words on them, on drawn, turned, hostile and real files."""

from __future__ import annotations

import hashlib
import io
import os
import threading
import tomllib
from pathlib import Path

import pypdf
import pytest
import yaml
from PIL import Image

from assistant.adapters.pages.file_store import FileStore
from assistant.adapters.pages.images import MAX_PIXELS, PdfPages
from assistant.errors import DocumentError, LibraryError, UnreadableDocument
from tests.pdf_files import Drawn, drawn, write_pdf

ROOT = Path(__file__).parents[2]
SHARED = Path(os.environ.get("ASSISTANT_SHARED", ROOT.parent / "shared")) / "corpus"
REAL = ("information-sharing", "national-framework", "children-missing-education")
LINES = ["Staff must record the", "reasons for their decision.", "They may ask for advice."]


@pytest.fixture
def pages() -> PdfPages:
    return PdfPages(max_file_mb=10)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return write_pdf(tmp_path / "x.pdf", [drawn(LINES)])


def ink(png: bytes, place) -> float:
    """Returns which share of all ink of a page stands in a rectangle."""
    image = Image.open(io.BytesIO(png)).convert("L").point(lambda grey: 255 - grey)
    width, height = image.size
    box = (
        place.left * width,
        place.top * height,
        (place.left + place.width) * width,
        (place.top + place.height) * height,
    )
    inside = sum(image.crop(tuple(round(each) for each in box)).get_flattened_data())
    return inside / sum(image.get_flattened_data())


def test_words_on_two_lines_are_two_rectangles_that_hold_their_ink(pages, path):
    found = pages.rectangles(path, 1, ["must record the reasons for their decision."])
    assert len(found) == 2
    assert found[0].left > found[1].left
    whole = pages.rectangles(path, 1, [" ".join(LINES)])
    assert sum(ink(pages.png(path, 1, 800), each) for each in whole) == pytest.approx(1, abs=0.02)


@pytest.mark.parametrize("turn", [90, 180, 270])
def test_a_turned_page_has_its_rectangles_where_it_is_drawn(pages, path, turn):
    writer = pypdf.PdfWriter(clone_from=path)
    writer.pages[0].rotate(turn)
    writer.write(path)
    whole = [place for line in LINES for place in pages.rectangles(path, 1, [line])]
    assert sum(ink(pages.png(path, 1, 800), each) for each in whole) == pytest.approx(1, abs=0.05)


def test_a_cropped_page_has_its_rectangles_where_it_is_drawn(pages, path):
    writer = pypdf.PdfWriter(clone_from=path)
    writer.pages[0].cropbox = pypdf.generic.RectangleObject((40, 600, 400, 800))
    writer.write(path)
    whole = pages.rectangles(path, 1, [" ".join(LINES)])
    assert sum(ink(pages.png(path, 1, 800), each) for each in whole) == pytest.approx(1, abs=0.02)


def test_columns_are_told_apart(pages, tmp_path):
    left, right = drawn(["left one", "left two"], x=60), drawn(["right one", "right two"], x=320)
    path = write_pdf(tmp_path / "x.pdf", [[*left, *right]])
    found = pages.rectangles(path, 1, ["left one left two"])
    assert len(found) == 2
    assert all(each.left + each.width < 0.5 for each in found)


def test_a_file_that_is_no_pdf_or_has_no_such_page_is_told(pages, path, tmp_path):
    (tmp_path / "y.pdf").write_bytes(b"%PDF-1.7 nothing")
    with pytest.raises(UnreadableDocument):
        pages.png(tmp_path / "y.pdf", 1, 800)
    for page in (0, 2, -1):
        with pytest.raises(DocumentError, match="no such page"):
            pages.png(path, page, 800)


def test_large_files_and_giant_pages_are_bounded(path, tmp_path):
    with pytest.raises(UnreadableDocument, match="too large"):
        PdfPages(max_file_mb=0).png(path, 1, 800)
    writer = pypdf.PdfWriter(clone_from=path)
    writer.pages[0].mediabox = pypdf.generic.RectangleObject((0, 0, 200, 14_000))
    writer.write(path)
    width, height = Image.open(io.BytesIO(PdfPages(10).png(path, 1, 3000))).size
    assert width * height <= MAX_PIXELS * 1.01


def test_a_page_that_takes_too_long_is_given_up(tmp_path):
    busy = [Drawn(x % 500, 10 + x % 800, "slow " * 20) for x in range(20_000)]
    path = write_pdf(tmp_path / "x.pdf", [busy])
    with pytest.raises(UnreadableDocument, match="too long"):
        PdfPages(10, draw_s=0.01).png(path, 1, 1200)


def test_many_threads_get_what_one_gets(pages, path):
    alone = pages.png(path, 1, 500), pages.rectangles(path, 1, [LINES[2]])
    found = []
    threads = [
        threading.Thread(target=lambda: found.append((pages.png(path, 1, 500), pages.rectangles(path, 1, [LINES[2]]))))
        for _ in range(8)
    ]
    for each in threads:
        each.start()
    for each in threads:
        each.join()
    assert found == [alone] * 8


def test_a_kept_file_is_whole_its_own_and_dropped_when_not_needed(tmp_path, path):
    files = FileStore(tmp_path / "files")
    sha256 = hashlib.sha256(path.read_bytes()).hexdigest()
    files.store(path, sha256)
    files.store(tmp_path / "gone.pdf", sha256)
    kept = files.path_of(sha256, "x.pdf")
    assert kept is not None
    assert kept.read_bytes() == path.read_bytes()
    for wrong in ("0" * 64, "../../etc/passwd", ""):
        assert files.path_of(wrong, "x.pdf") is None
    with pytest.raises(LibraryError, match="changed"):
        files.store(path, "0" * 64)
    files.remove_all_but({sha256})
    assert kept.exists()
    files.remove_all_but(())
    assert files.path_of(sha256, "x.pdf") is None
    assert [each for each in (tmp_path / "files").rglob("*") if each.is_file()] == []


@pytest.mark.real_corpus
@pytest.mark.skipif(not SHARED.is_dir(), reason="the real documents of the shared corpus folder are not there")
def test_nearly_every_gold_quote_is_found_on_its_page(pages):
    catalogue = tomllib.loads((SHARED / "catalogue.toml").read_text())["edition"]
    where = {each["edition_id"]: SHARED / each["path"] for each in catalogue if each.get("path")}
    gold = [
        (where[each["edition_id"]], each["page"], each["quote"])
        for name in REAL
        for question in yaml.safe_load((ROOT / f"evals/dataset/questions/real/{name}.yaml").read_text())["questions"]
        for each in question.get("gold") or ()
        if where[each["edition_id"]].suffix == ".pdf"
    ]
    found = [bool(pages.rectangles(path, page, [quote])) for path, page, quote in gold]
    assert len(found) > 100
    assert sum(found) >= 0.98 * len(found)
