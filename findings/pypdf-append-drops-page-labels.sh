#!/usr/bin/env bash
# pypdf 7.1.0 with pikepdf 10.18.0 (Python 3.11, 2026-11-30), putting two files with page labels together.
#
# Situation: a handbook numbers its first pages i, ii, an annex its pages A, B; both are put into one file, to be kept or sent.
# Behaviour: `PdfWriter.append` carries the outline over and leaves the labels of both behind: pages count 1 to 4. A writer cloned from the first
#   file, and pikepdf, keep the labels of the first and go on counting with them: the annex has iii, iv. One would expect i, ii, A, B (ISO 32000-1,
#   12.4.2), as a citation of the printed page says, or no labels with a warning.
# Output seen:
#   append:           ['1', '2', '3', '4']
#   clone and append: ['i', 'ii', 'iii', 'iv']
#   pikepdf:          ['i', 'ii', 'iii', 'iv']
# Exits 0 while this is so, 1 when it changes, 2 when it cannot be tried.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install -q --disable-pip-version-check pypdf==7.1.0 pikepdf==10.18.0 || exit 2
"$folder/venv/bin/python" - "$folder" <<'PY'
import sys
from pathlib import Path

import pikepdf
from pypdf import PdfReader, PdfWriter
from pypdf.constants import PageLabelStyle

folder = Path(sys.argv[1])
for name, style in (("handbook", PageLabelStyle.LOWERCASE_ROMAN), ("annex", PageLabelStyle.UPPERCASE_LETTER)):
    writer = PdfWriter()
    for _ in range(2):
        writer.add_blank_page(300, 300)
    writer.set_page_label(0, 1, style=style)
    writer.write(folder / f"{name}.pdf")
appended = PdfWriter()
appended.append(folder / "handbook.pdf")
appended.append(folder / "annex.pdf")
appended.write(folder / "append.pdf")
cloned = PdfWriter(clone_from=folder / "handbook.pdf")
cloned.append(folder / "annex.pdf")
cloned.write(folder / "clone and append.pdf")
with pikepdf.open(folder / "handbook.pdf") as first, pikepdf.open(folder / "annex.pdf") as second:
    first.pages.extend(second.pages)
    first.save(folder / "pikepdf.pdf")
seen = {name: PdfReader(folder / f"{name}.pdf").page_labels for name in ("append", "clone and append", "pikepdf")}
for name, labels in seen.items():
    print(f"{name + ':':17} {labels}")
went_on = ["i", "ii", "iii", "iv"]
sys.exit(seen != {"append": ["1", "2", "3", "4"], "clone and append": went_on, "pikepdf": went_on})
PY
