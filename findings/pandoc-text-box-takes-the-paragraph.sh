#!/usr/bin/env bash
# pandoc 3.9 (PyPI: pypandoc_binary 1.17; Python 3.11, 2026-11-30), Word to Markdown.
#
# Situation: a paragraph holds the anchor of a text box, as every text box of Word has one: `mc:AlternateContent` with the drawing and a fallback.
# Behaviour: the words of the box take the place of the paragraph: what stands in the paragraph itself, before and after the anchor, is not in the
#   output, and no warning says so. The same paragraph without the box is there. One would expect both.
# Output seen:
#   without the box: 'You must ring the team today.'
#   with the box:    'Office hours only.'
# Exits 0 while this is so, 1 when it changes, 2 when it cannot be tried.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install -q --disable-pip-version-check pypandoc_binary==1.17 python-docx==1.2.0 || exit 2
"$folder/venv/bin/python" - "$folder" <<'PY'
import sys
from pathlib import Path

import pypandoc
from docx import Document
from docx.oxml import parse_xml

BOX = """<w:r xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" xmlns:v="urn:schemas-microsoft-com:vml"
 xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"
 xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing"
 xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape"><mc:AlternateContent><mc:Choice Requires="wps"><w:drawing>
 <wp:inline><wp:extent cx="2000000" cy="500000"/><wp:docPr id="5" name="Box"/><a:graphic>
 <a:graphicData uri="http://schemas.microsoft.com/office/word/2010/wordprocessingShape"><wps:wsp><wps:cNvSpPr txBox="1"/><wps:spPr/>
 <wps:txbx><w:txbxContent><w:p><w:r><w:t>Office hours only.</w:t></w:r></w:p></w:txbxContent></wps:txbx><wps:bodyPr/></wps:wsp></a:graphicData>
 </a:graphic></wp:inline></w:drawing></mc:Choice><mc:Fallback><w:pict><v:shape style="width:150pt;height:40pt"><v:textbox><w:txbxContent><w:p>
 <w:r><w:t>Office hours only.</w:t></w:r></w:p></w:txbxContent></v:textbox></v:shape></w:pict></mc:Fallback></mc:AlternateContent></w:r>"""


def read(name: str, box: str | None) -> str:
    document = Document()
    paragraph = document.add_paragraph("You must ring ")
    if box:
        paragraph._p.append(parse_xml(box))
    paragraph.add_run("the team today.")
    path = Path(sys.argv[1], name)
    document.save(path)
    return pypandoc.convert_file(str(path), "markdown").strip()


without, with_box = read("without.docx", None), read("with.docx", BOX)
print("without the box:", repr(without))
print("with the box:   ", repr(with_box))
sys.exit((without, with_box) != ("You must ring the team today.", "Office hours only."))
PY
