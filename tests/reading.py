"""What tests of readers share: blocks at a glance, the law that runs obey, and small Word files."""

from __future__ import annotations

import zipfile
from pathlib import Path

from ingest.readers.blocks import ReadFile
from ingest.readers.source_map import mapped, normalised

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
R = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_RELATIONS = "http://schemas.openxmlformats.org/package/2006/relationships"
_WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml"


def seen(read: ReadFile) -> list[tuple[str, int, str | None, str]]:
    """Returns kind, level, label and text of each block."""
    return [(str(each.kind), each.level, each.label, each.text) for each in read.blocks]


def texts(read: ReadFile, kind: str) -> list[str]:
    """Returns the texts of the blocks of a kind."""
    return [each.text for each in read.blocks if each.kind == kind]


def left_out(read: ReadFile) -> str:
    """Returns the previews of what was left out."""
    return " / ".join(each.preview for each in read.exclusions)


def check_runs(read: ReadFile) -> None:
    """Asserts that each character of a run is what mending makes of the raw character that it names."""
    for block in read.blocks:
        ends = [0]
        for run in block.runs:
            assert run.start >= ends[-1], "runs overlap or are out of order"
            ends.append(run.start + run.length)
            mine = block.text[run.start : run.start + run.length]
            raw = read.raw_pages[run.page - 1][run.raw_start : run.raw_start + run.length]
            assert len(raw) == run.length, "a run leaves its page"
            for letter, its_raw in zip(mine, raw, strict=True):
                is_space = letter == " " and (its_raw.isspace() or its_raw < " ")
                assert is_space or letter in normalised(mapped(its_raw, 1)).text, (letter, its_raw)
        assert ends[-1] <= len(block.text)
        for mark in block.marks:
            assert 0 <= mark.offset <= len(block.text)
        for link in block.links:
            assert 0 <= link.start < link.end <= len(block.text)


def word_file(
    path: Path,
    body: str,
    *,
    numbering: str | None = None,
    footnotes: str | None = None,
    styles: str = "",
    footer: str | None = None,
    links: dict[str, str] | None = None,
) -> Path:
    """Writes a Word file from the inside of its parts and returns its path."""
    parts = {
        "word/document.xml": ("document", f"<w:body>{body}</w:body>", "document.main"),
        "word/styles.xml": ("styles", styles, "styles"),
    }
    if numbering is not None:
        parts["word/numbering.xml"] = ("numbering", numbering, "numbering")
    if footnotes is not None:
        parts["word/footnotes.xml"] = ("footnotes", footnotes, "footnotes")
    if footer is not None:
        parts["word/footer1.xml"] = ("ftr", footer, "footer")
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        types = "".join(f'<Override PartName="/{n}" ContentType="{_WORD}.{t}+xml"/>' for n, (_, _, t) in parts.items())
        archive.writestr(
            "[Content_Types].xml",
            '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
            '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
            f"{types}</Types>",
        )
        archive.writestr("_rels/.rels", _rels([("rId1", "officeDocument", "word/document.xml", "")]))
        inner = [(f"in{at}", root, Path(name).name, "") for at, (name, (root, _, _)) in enumerate(parts.items()) if at]
        outer = [(name, "hyperlink", target, ' TargetMode="External"') for name, target in (links or {}).items()]
        archive.writestr("word/_rels/document.xml.rels", _rels(inner + outer))
        for name, (root, inside, _) in parts.items():
            archive.writestr(name, f'<w:{root} xmlns:w="{W}" xmlns:r="{R}">{inside}</w:{root}>')
    return path


def _rels(rows: list[tuple[str, str, str, str]]) -> str:
    inside = "".join(f'<Relationship Id="{n}" Type="{R}/{kind}" Target="{t}"{more}/>' for n, kind, t, more in rows)
    return f'<Relationships xmlns="{_RELATIONS}">{inside}</Relationships>'


def para(text: str, properties: str = "") -> str:
    """Returns a Word paragraph; ``text`` is runs where it begins with a tag."""
    runs = text if text.startswith("<") else f'<w:r><w:t xml:space="preserve">{text}</w:t></w:r>'
    return f"<w:p><w:pPr>{properties}</w:pPr>{runs}</w:p>"
