#!/usr/bin/env bash
# pypdf 7.1.0 with reportlab 5.1.0 (Python 3.11, 2026-11-30), text by place through `extract_text(visitor_text=…)`.
#
# Situation: a letterhead or a box is kept as a form (form XObject) and placed on the page by a matrix (`q 1 0 0 1 72 700 cm /box Do Q`), as page
#   layout programs, stamps and overlays do. A reader that sorts text by its place, such as one that finds headers, columns or table cells, asks
#   the visitor for matrices and adds them up.
# Behaviour: the visitor is given the matrix of the form's own drawing alone: neither the matrix that places the form nor the form's /Matrix is in it.
#   The same words drawn on the page itself come with their place. Two forms placed at two heights come at one height.
# Output seen:
#   drawn on the page: (72, 700)
#   first form:        (0, 8)
#   second form:       (0, 8)
# Exits 0 while this is so, 1 when it changes, 2 when it cannot be tried.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install -q --disable-pip-version-check pypdf==7.1.0 reportlab==5.1.0 || exit 2
"$folder/venv/bin/python" - "$folder/letter.pdf" <<'PY'
import sys

from pypdf import PdfReader
from reportlab.pdfgen.canvas import Canvas

canvas = Canvas(sys.argv[1], pagesize=(595, 842))
for name, words in (("first", "Emergency duty team"), ("second", "Front door team")):
    canvas.beginForm(name, 0, 0, 300, 30)
    canvas.setFont("Helvetica", 11)
    canvas.drawString(0, 8, words)
    canvas.endForm()
canvas.setFont("Helvetica", 11)
canvas.drawString(72, 700, "Who to ring")
for name, height in (("first", 600), ("second", 400)):
    canvas.saveState()
    canvas.translate(72, height)
    canvas.doForm(name)
    canvas.restoreState()
canvas.save()

places = {}


def seen(text, cm, tm, font, size):
    if text.strip():
        x, y = tm[4] * cm[0] + tm[5] * cm[2] + cm[4], tm[4] * cm[1] + tm[5] * cm[3] + cm[5]
        places[text.strip()] = (round(x), round(y))


PdfReader(sys.argv[1]).pages[0].extract_text(visitor_text=seen)
print("drawn on the page:", places["Who to ring"])
print("first form:       ", places["Emergency duty team"])
print("second form:      ", places["Front door team"])
is_so = places == {"Who to ring": (72, 700), "Emergency duty team": (0, 8), "Front door team": (0, 8)}
sys.exit(0 if is_so else 1)
PY
