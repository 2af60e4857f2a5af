#!/usr/bin/env bash
# docx2txt 0.9 and docx2python 3.7.1 (Python 3.11, 2026-11-30), text of a Word file with a text box.
#
# Situation: a notice stands in a text box: `mc:AlternateContent` holds the drawing and, for old programs, a fallback with the same words.
# Behaviour: both branches are read, so that the notice stands twice in the text, where a program shows one of them (ECMA-376 part 3, 9.3).
#   A count of rules, a comparison of editions or a search for repeated paragraphs goes wrong. python-docx leaves both out.
# Output seen:
#   docx2txt:    2
#   docx2python: 2
# Exits 0 while this is so, 1 when it changes, 2 when it cannot be tried.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install -q --disable-pip-version-check docx2txt==0.9 docx2python==3.7.1 python-docx==1.2.0 || exit 2
"$folder/venv/bin/python" - "$folder/box.docx" <<'PY'
import sys

import docx2txt
from docx import Document
from docx.oxml import parse_xml
from docx2python import docx2python

BOX = """<w:r xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" xmlns:v="urn:schemas-microsoft-com:vml"
 xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"
 xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing"
 xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape"><mc:AlternateContent><mc:Choice Requires="wps"><w:drawing>
 <wp:inline><wp:extent cx="2000000" cy="500000"/><wp:docPr id="5" name="Box"/><a:graphic>
 <a:graphicData uri="http://schemas.microsoft.com/office/word/2010/wordprocessingShape"><wps:wsp><wps:cNvSpPr txBox="1"/><wps:spPr/>
 <wps:txbx><w:txbxContent><w:p><w:r><w:t>Office hours only.</w:t></w:r></w:p></w:txbxContent></wps:txbx><wps:bodyPr/></wps:wsp></a:graphicData>
 </a:graphic></wp:inline></w:drawing></mc:Choice><mc:Fallback><w:pict><v:shape style="width:150pt;height:40pt"><v:textbox><w:txbxContent><w:p>
 <w:r><w:t>Office hours only.</w:t></w:r></w:p></w:txbxContent></v:textbox></v:shape></w:pict></mc:Fallback></mc:AlternateContent></w:r>"""

document = Document()
document.add_paragraph("Beside a box. ")._p.append(parse_xml(BOX))
document.save(sys.argv[1])
NOTICE = "Office hours only."
seen = docx2txt.process(sys.argv[1]).count(NOTICE), docx2python(sys.argv[1]).text.count(NOTICE)
print("docx2txt:   ", seen[0])
print("docx2python:", seen[1])
sys.exit(seen != (2, 2))
PY
