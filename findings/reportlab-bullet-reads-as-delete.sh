#!/usr/bin/env bash
# reportlab 5.1.0 with pypdf 7.1.0 and pypdfium2 5.15.2 (Python 3.11, 2026-11-30), text of lists.
#
# Situation: a list is drawn with "•" in one of the standard fonts, as report writers built on reportlab do, and read again.
# Behaviour: reportlab writes the bullet as the byte 7F, a code that WinAnsiEncoding leaves unused. The specification lets a viewer show every unused
#   code as a bullet (ISO 32000-1, annex D.2, note 3), so it looks right in every viewer; pypdf gives the control character U+007F instead, and
#   PDFium gives the bullet. A reader that looks for bullets finds no list; a tidy-up that drops control characters joins items to one sentence.
# Output seen:
#   byte in the page: 7f
#   pypdf:            '\x7f within one working day'
#   PDFium:           '• within one working day'
# Exits 0 while this is so, 1 when it changes, 2 when it cannot be tried.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install -q --disable-pip-version-check reportlab==5.1.0 pypdf==7.1.0 pypdfium2==5.15.2 || exit 2
"$folder/venv/bin/python" - "$folder/list.pdf" <<'PY'
import re
import sys

import pypdfium2
from pypdf import PdfReader
from reportlab.pdfgen.canvas import Canvas

canvas = Canvas(sys.argv[1], pagesize=(595, 842), pageCompression=0)
canvas.setFont("Helvetica", 11)
canvas.drawString(72, 700, "• within one working day")
canvas.save()

page = PdfReader(sys.argv[1]).pages[0]
shown = re.search(rb"\((.*?) within", page.get_contents().get_data())
code = shown[1].decode("latin-1")
byte = f"{int(code[1:], 8):02x}" if code.startswith("\\") else f"{ord(code):02x}"
by_pypdf = page.extract_text().strip()
by_pdfium = pypdfium2.PdfDocument(sys.argv[1])[0].get_textpage().get_text_range().strip()
print("byte in the page:", byte)
print("pypdf:           ", repr(by_pypdf))
print("PDFium:          ", repr(by_pdfium))
sys.exit((byte, by_pypdf, by_pdfium) != ("7f", "\x7f within one working day", "• within one working day"))
PY
