"""What cannot be taken is refused with the file, the page and the fix, and the library stays as it was."""

import json
import zipfile
from pathlib import Path

import pypdf
import pytest

from assistant.errors import DocumentError
from assistant.settings import Settings
from ingest.build import ingest
from tests.fakes import FakeEmbedder
from tests.libraries import real_library

CATALOGUE = '[[edition]]\nedition_id = "c"\nwork = "c"\npath = "c.md"\ntitle = "C"\n'
LINES = (
    "Staff must act on every concern.",
    "They record the decision and tell the lead.",
    "The lead replies in a day.",
)


def pdf(path, lines=LINES, pages=1, password=None):
    """Writes a small PDF by hand: one font, one line of text per line."""
    writer = pypdf.PdfWriter()
    for _ in range(pages):
        page = writer.add_blank_page(300, 300)
        drawn = "BT /F1 12 Tf 20 250 Td " + " ".join(f"({line}) Tj 0 -16 Td" for line in lines) + " ET"
        content = pypdf.generic.DecodedStreamObject()
        content.set_data(drawn.encode())
        font = pypdf.generic.DictionaryObject(
            {
                pypdf.generic.NameObject("/Type"): pypdf.generic.NameObject("/Font"),
                pypdf.generic.NameObject("/Subtype"): pypdf.generic.NameObject("/Type1"),
                pypdf.generic.NameObject("/BaseFont"): pypdf.generic.NameObject("/Helvetica"),
            }
        )
        fonts = pypdf.generic.DictionaryObject({pypdf.generic.NameObject("/F1"): font})
        resources = pypdf.generic.DictionaryObject({pypdf.generic.NameObject("/Font"): fonts})
        page[pypdf.generic.NameObject("/Resources")] = resources
        page[pypdf.generic.NameObject("/Contents")] = content
    if password:
        writer.encrypt(password)
    with path.open("wb") as file:
        writer.write(file)


def encrypted(path):
    pdf(path, password="secret")


def truncated(path):
    pdf(path)
    path.write_bytes(path.read_bytes()[:400])


def bomb(path):
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("word/document.xml", b"0" * 30_000_000)


BAD = {
    "scanned.pdf": (lambda path: pdf(path, ()), "no text layer"),
    "encrypted.pdf": (encrypted, "encrypted"),
    "truncated.pdf": (truncated, "not a whole PDF"),
    "empty.pdf": (lambda path: path.write_bytes(b""), "0 bytes"),
    "named.docx": (pdf, "named .docx but holds pdf"),
    "text.pdf": (lambda path: path.write_text("words"), "named .pdf but holds"),
    "latin.md": (lambda path: path.write_bytes("café".encode("latin-1")), "not UTF-8"),
    "blank.md": (lambda path: path.write_text(" \n"), "empty"),
    "bomb.docx": (bomb, "unpacked"),
    "rows.jsonl": (lambda path: path.write_text('{"id": "a"}'), "line 1"),
    "rows.jsonlx": (lambda path: path.write_text("x"), "unknown format"),
}


@pytest.fixture
def embedder():
    return FakeEmbedder()


@pytest.fixture
def settings(tmp_path):
    return Settings(data=tmp_path / "data", cache=tmp_path)


@pytest.fixture
def library(tmp_path, embedder):
    return real_library(tmp_path / "data", embedder)


@pytest.fixture
def take(library, embedder, settings):
    def taken(*paths, **options):
        return ingest(list(paths), library, embedder, settings, **options)

    return taken


@pytest.fixture
def published(take, tmp_path):
    folder = tmp_path / "good"
    folder.mkdir()
    (folder / "good.md").write_text("# Good\n\nThe chair must act within five days.")
    take(folder)
    return folder


def editions(library):
    with library.open() as snapshot:
        return {each.edition_id for each in snapshot.editions()}


@pytest.mark.parametrize("name", BAD)
def test_a_bad_file_is_named_with_its_fix_and_nothing_is_published(name, take, library, published, tmp_path):
    make, words = BAD[name]
    path = tmp_path / name
    make(path)
    with pytest.raises(DocumentError, match=words) as caught:
        take(published, path)
    assert name in str(caught.value)
    assert caught.value.fix
    assert editions(library) == {"good"}
    assert library.check() == ()


def test_keep_going_publishes_the_good_ones_and_lists_the_rest(take, library, published):
    truncated(published / "bad.pdf")
    pdf(published / "fine.pdf")
    report = take(published, keep_going=True)
    assert [each.path.name for each in report.failed] == ["bad.pdf"]
    assert editions(library) == {"good", "fine"}


@pytest.mark.parametrize(
    ("extra", "words"),
    [
        ('kind = "rulebook"\n', "Use one of legislation"),
        ('kind = "policy"\npublished = "31 Feb"\n', "Write the date as"),
        ('kind = "policy"\ncolour = "red"\n', "colour"),
        ('kind = "policy"\nsupersedes = "c"\n', "circle"),
        ('kind = "policy"\n' + CATALOGUE + 'kind = "policy"\n', "used by 2"),
    ],
)
def test_a_wrong_catalogue_is_named_with_entry_and_field(extra, words, take, tmp_path):
    (tmp_path / "c.md").write_text("# C\n\nBody text.")
    (tmp_path / "catalogue.toml").write_text(CATALOGUE + extra)
    with pytest.raises(DocumentError, match=words):
        take(tmp_path / "c.md")


def test_two_files_with_one_edition_id_are_refused(take, tmp_path):
    for name in ("a", "b"):
        (tmp_path / name).mkdir()
        (tmp_path / name / "same.md").write_text("# S\n\nText.")
    with pytest.raises(DocumentError, match="edition id 'same'"):
        take(tmp_path / "a", tmp_path / "b")


def test_files_that_the_catalogue_does_not_name_are_skipped_with_a_notice(take, tmp_path):
    folder = tmp_path / "documents"
    folder.mkdir()
    (folder / "c.md").write_text("# C\n\nBody text.")
    (folder / "README.md").write_text("# Read me\n\nNo document.")
    (folder / "catalogue.toml").write_text(CATALOGUE + 'kind = "policy"\n')
    report = take(folder)
    assert report.added == ("c",)
    assert [each.path.name for each in report.skipped] == ["README.md"]


def test_ingesting_again_reads_and_embeds_nothing(take, published):
    again = take(published)
    assert (again.unchanged, again.pages, again.embedded) == (("good",), 0, 0)


def test_a_changed_file_embeds_only_what_changed_and_a_removed_one_leaves_nothing(take, library, published):
    long = "\n\n".join(f"# Part {n}\n\nRule {n} says that staff must write down concern {n}." for n in range(6))
    (published / "long.md").write_text(long)
    assert take(published).embedded == 6
    (published / "long.md").write_text(long.replace("concern 3", "worry 3"))
    assert take(published).embedded == 1
    (published / "long.md").unlink()
    assert take(published).removed == ("long",)
    assert editions(library) == {"good"}
    assert library.check() == ()


def test_reading_that_takes_too_long_or_too_much_is_stopped(library, embedder, settings, tmp_path):
    path = tmp_path / "long.pdf"
    pdf(path, pages=300)
    slow = settings.model_copy(update={"read_timeout_s": 0.05})
    with pytest.raises(DocumentError, match="longer than"):
        ingest([path], library, embedder, slow)
    short = settings.model_copy(update={"max_pages": 10})
    with pytest.raises(DocumentError, match="300 pages"):
        ingest([path], library, embedder, short)
    small = settings.model_copy(update={"max_file_mb": 0})
    with pytest.raises(DocumentError, match="more than the limit"):
        ingest([path], library, embedder, small)


def test_ready_texts_are_one_edition_a_line(take, library, tmp_path):
    rows = [{"id": f"t{n}", "title": f"Text {n}", "text": f"Staff report item {n}."} for n in range(5)]
    path = tmp_path / "texts.jsonl"
    path.write_text("\n".join(json.dumps(row) for row in rows))
    assert len(take(path).added) == 5
    assert take(path).embedded == 0
    path.write_text("\n".join(json.dumps(row) for row in rows[:3]))
    take(path)
    assert editions(library) == {"t0", "t1", "t2"}


def test_a_missing_path_is_named(take):
    with pytest.raises(DocumentError, match="no such file"):
        take(Path("not-there"))
