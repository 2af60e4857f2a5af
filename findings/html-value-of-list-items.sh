#!/usr/bin/env bash
# html2text 2025.4.15, markdownify 1.2.3, xhtml2pdf 0.2.28, fpdf2 2.8.9 (Python 3.11, 2026-11-30), numbered steps of a web page.
#
# Situation: a page goes on with its numbers after a gap: <li value="9">, as browsers show it and as legislation and web editors write it.
# Behaviour: all four honour `start` of the list and pass over `value` of the item: the step that readers see as 9 is 5 in the copy. "As in
#   step 9" then points to nothing. One would expect both attributes or neither (HTML standard, 4.4.8).
# Output seen:
#   html2text ['4.', '5.'], markdownify ['4.', '5.'], xhtml2pdf ['4.', '5.'], fpdf2 ['4.', '5.']
# Exits 0 while this is so, 1 when it changes, 2 when it cannot be tried.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install -q --disable-pip-version-check html2text==2025.4.15 markdownify==1.2.3 fpdf2==2.8.9 xhtml2pdf==0.2.28 pypdf==7.1.0 || exit 2
"$folder/venv/bin/python" - "$folder" <<'PY' 2>/dev/null
import re
import sys
from pathlib import Path

from fpdf import FPDF
from html2text import html2text
from markdownify import markdownify
from pypdf import PdfReader
from xhtml2pdf import pisa

HTML = '<ol start="4"><li>Write it down.</li><li value="9">Tell the lead.</li></ol>'
folder = Path(sys.argv[1])
with (folder / "xhtml2pdf.pdf").open("wb") as file:
    pisa.CreatePDF(f"<html><body>{HTML}</body></html>", dest=file)
drawn = FPDF()
drawn.set_font("Helvetica")
drawn.add_page()
drawn.write_html(HTML)
drawn.output(str(folder / "fpdf2.pdf"))
texts = {"html2text": html2text(HTML), "markdownify": markdownify(HTML)}
texts |= {name: PdfReader(folder / f"{name}.pdf").pages[0].extract_text() for name in ("xhtml2pdf", "fpdf2")}
seen = {name: re.findall(r"\d\.", text) for name, text in texts.items()}
print(", ".join(f"{name} {numbers}" for name, numbers in seen.items()))
sys.exit(set(map(tuple, seen.values())) != {("4.", "5.")})
PY
