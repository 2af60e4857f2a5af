#!/usr/bin/env bash
# LibreOffice 7.4.7 with openpyxl 3.1.5 (Debian 12, Python 3.11, 2026-11-30), a sheet as CSV.
# Installs libreoffice-calc-nogui by apt-get where `soffice` is missing; another version of LibreOffice is not tried.
#
# Situation: a sheet made by openpyxl holds 1 April 2026, shown as 01/04/2026 by the format of its cell, and is turned into CSV on a server without a
#   locale.
# Behaviour: CSV has the date in American order, "04/01/2026", whatever the cell's format is; the percentage beside it is written as the cell shows
#   it, and the same sheet as PDF shows 01/04/2026. A reader of the CSV takes it for 4 January. "As shown" is the documented default.
# Output seen:
#   CSV: 04/01/2026,04/01/2026,50%
#   PDF: 01 April 2026 01/04/2026 50%
# Exits 0 while this is so, 1 when it changes, 2 when it cannot be tried.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
command -v soffice >/dev/null || apt-get install -y -qq --no-install-recommends libreoffice-calc-nogui >/dev/null 2>&1 || { echo "no LibreOffice"; exit 2; }
[[ $(soffice --version 2>/dev/null) == *" 7.4."* ]] || { echo "another LibreOffice"; exit 2; }
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install -q --disable-pip-version-check openpyxl==3.1.5 pypdf==7.1.0 || exit 2
"$folder/venv/bin/python" - "$folder/dates.xlsx" <<'PY'
import sys
from datetime import date

from openpyxl import Workbook

book = Workbook()
for column, value, form in (("A", date(2026, 4, 1), "DD MMMM YYYY"), ("B", date(2026, 4, 1), "DD/MM/YYYY"), ("C", 0.5, "0%")):
    book.active[f"{column}1"] = value
    book.active[f"{column}1"].number_format = form
    book.active.column_dimensions[column].width = 20
book.save(sys.argv[1])
PY
for form in csv pdf; do
  LC_ALL=C soffice "-env:UserInstallation=file://$folder/profile" --headless --convert-to $form --outdir "$folder" "$folder/dates.xlsx" >/dev/null 2>&1
done
"$folder/venv/bin/python" - "$folder" <<'PY'
import sys
from pathlib import Path

from pypdf import PdfReader

folder = Path(sys.argv[1])
csv = (folder / "dates.csv").read_text().strip()
pdf = " ".join(PdfReader(folder / "dates.pdf").pages[0].extract_text().split())
print("CSV:", csv)
print("PDF:", pdf)
sys.exit((csv, pdf) != ("04/01/2026,04/01/2026,50%", "01 April 2026 01/04/2026 50%"))
PY
