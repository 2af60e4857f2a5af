#!/usr/bin/env bash
# Chromium 156 with pypdf 7.1.0 and pypdfium2 5.15.2 (Debian 12, Python 3.11, 2026-11-30), a printed page of guidance.
# Installs chromium by apt-get where it is missing.
#
# Situation: a warning in the middle of a page is `position: relative`, as the warning texts of common design systems are, to place a sign beside it.
# Behaviour: Chromium paints it after everything else on the page and writes the PDF in that order. pypdf and PDFium read in the order of the file, so
#   that the warning is the last sentence, far from what it warns of. One would expect the order of the
#   page.
# Output seen:
#   pypdf:  ['What to do', 'Ring the team.', 'Write it down.', 'Do not question the child.']
#   PDFium: ['What to do', 'Ring the team.', 'Write it down.', 'Do not question the child.']
# Exits 0 while this is so, 1 when it changes, 2 when it cannot be tried.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
command -v chromium >/dev/null || apt-get install -y -qq --no-install-recommends chromium >/dev/null 2>&1 || { echo "no Chromium"; exit 2; }
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install -q --disable-pip-version-check pypdf==7.1.0 pypdfium2==5.15.2 || exit 2
cat >"$folder/page.html" <<'HTML'
<html lang="en"><body><h2>What to do</h2><p>Ring the team.</p><p style="position: relative">Do not question the child.</p><p>Write it down.</p></body></html>
HTML
chromium --headless --no-sandbox --disable-gpu --user-data-dir="$folder/profile" --no-pdf-header-footer --print-to-pdf="$folder/page.pdf" "$folder/page.html" \
  >/dev/null 2>&1 || { echo "Chromium does not print here"; exit 2; }
"$folder/venv/bin/python" - "$folder/page.pdf" <<'PY'
import sys

import pypdfium2
from pypdf import PdfReader

texts = {
    "pypdf": PdfReader(sys.argv[1]).pages[0].extract_text(),
    "PDFium": pypdfium2.PdfDocument(sys.argv[1])[0].get_textpage().get_text_range(),
}
seen = {name: [line.strip() for line in text.splitlines() if line.strip()] for name, text in texts.items()}
for name, lines in seen.items():
    print(f"{name + ':':7} {lines}")
last = ["What to do", "Ring the team.", "Write it down.", "Do not question the child."]
sys.exit(any(lines != last for lines in seen.values()))
PY
