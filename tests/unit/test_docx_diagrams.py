"""What a Word document draws from parts of its own, SmartArt and charts, is found and pointed to, never quoted."""

from __future__ import annotations

import zipfile
from pathlib import Path

from ingest.readers.docx import read_docx
from tests.reading import check_runs, left_out, para, seen, word_file

A = "http://schemas.openxmlformats.org/drawingml/2006/main"
DGM = "http://schemas.openxmlformats.org/drawingml/2006/diagram"
CHART = "http://schemas.openxmlformats.org/drawingml/2006/chart"
MC = "http://schemas.openxmlformats.org/markup-compatibility/2006"
RELS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
DIAGRAM = (
    f'<dgm:dataModel xmlns:dgm="{DGM}" xmlns:a="{A}"><dgm:ptLst><dgm:pt><dgm:t><a:p><a:r><a:t>Worried about </a:t></a:r>'
    "<a:r><a:t>a child</a:t></a:r></a:p></dgm:t></dgm:pt><dgm:pt><dgm:t><a:p><a:r><a:t>Ring the front door</a:t></a:r></a:p></dgm:t>"
    "</dgm:pt>"
    "</dgm:ptLst></dgm:dataModel>"
)
A_CHART = (
    f'<c:chartSpace xmlns:c="{CHART}" xmlns:a="{A}"><c:title><c:tx><c:rich><a:p><a:r>'
    "<a:t>Referrals a year</a:t></a:r></a:p></c:rich></c:tx></c:title>"
    "<c:ser><c:cat><c:strRef><c:strCache><c:pt><c:v>Schools</c:v></c:pt></c:strCache></c:strRef></c:cat>"
    "<c:val><c:numRef><c:numCache><c:pt><c:v>412</c:v></c:pt></c:numCache></c:numRef></c:val></c:ser></c:chartSpace>"
)


def test_diagrams_and_charts_are_figures(tmp_path: Path) -> None:
    diagram = f'<w:drawing><dgm:relIds xmlns:dgm="{DGM}" r:dm="d1"/></w:drawing>'
    twice = f'<mc:Choice Requires="x">{diagram}</mc:Choice><mc:Fallback>{diagram}</mc:Fallback>'
    both = f'<mc:AlternateContent xmlns:mc="{MC}">{twice}</mc:AlternateContent>'
    chart = f'<w:drawing><c:chart xmlns:c="{CHART}" r:id="c1"/></w:drawing>'
    gone = f'<w:drawing><c:chart xmlns:c="{CHART}" r:id="none"/></w:drawing>'
    body = (
        para("Who to ring:")
        + "".join(f"<w:p><w:r>{each}</w:r></w:p>" for each in (both, chart, gone))
        + para("Then wait.")
    )
    path = with_parts(word_file(tmp_path / "a.docx", body), d1=("diagramData", DIAGRAM), c1=("chart", A_CHART))
    found = read_docx(path)
    check_runs(found)
    assert [(kind, text) for kind, _, _, text in seen(found)] == [
        ("paragraph", "Who to ring:"),
        ("figure", "Worried about a child Ring the front door"),
        ("figure", "Referrals a year Schools"),
        ("paragraph", "Then wait."),
    ]
    assert left_out(found) == "diagram: Worried about a child Ring the front door / diagram: Referrals a year Schools"


def with_parts(path: Path, **parts: tuple[str, str]) -> Path:
    """Returns a Word file with more parts, by relation id."""
    with zipfile.ZipFile(path) as archive:
        held = {name: archive.read(name).decode() for name in archive.namelist()}
    rows = "".join(
        f'<Relationship Id="{name}" Type="{RELS}/{kind}" Target="{name}.xml"/>' for name, (kind, _) in parts.items()
    )
    held["word/_rels/document.xml.rels"] = held["word/_rels/document.xml.rels"].replace(
        "</Relationships>", f"{rows}</Relationships>"
    )
    types = "".join(f'<Override PartName="/word/{name}.xml" ContentType="application/xml"/>' for name in parts)
    held["[Content_Types].xml"] = held["[Content_Types].xml"].replace("</Types>", f"{types}</Types>")
    with zipfile.ZipFile(path, "w") as archive:
        for name, text in {**held, **{f"word/{name}.xml": text for name, (_, text) in parts.items()}}.items():
            archive.writestr(name, text)
    return path
