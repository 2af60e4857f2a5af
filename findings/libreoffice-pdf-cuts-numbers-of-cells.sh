#!/usr/bin/env bash
# LibreOffice 7.4.7 with openpyxl 3.1.5 and pypdf 7.1.0 (Debian 12, Python 3.11, 2026-11-30), a contact list as PDF.
# Installs libreoffice-calc-nogui by apt-get where `soffice` is missing; another version of LibreOffice is not tried.
#
# Situation: a phone number, kept as text, is wider than its column, and the cell to its right is filled.
# Behaviour: the text of the PDF holds only the digits that fit: another number, with nothing that says so. Where the next cell is empty the number is
#   whole. A number cell would show ###. One would expect the whole text under a clip, as a text that is too wide for its row of a table has.
# Output seen:
#   next cell filled: 020794600
#   next cell empty:  02079460018
# Exits 0 while this is so, 1 when it changes, 2 when it cannot be tried.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
command -v soffice >/dev/null || apt-get install -y -qq --no-install-recommends libreoffice-calc-nogui >/dev/null 2>&1 || { echo "no LibreOffice"; exit 2; }
[[ $(soffice --version 2>/dev/null) == *" 7.4."* ]] || { echo "another LibreOffice"; exit 2; }
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install -q --disable-pip-version-check openpyxl==3.1.5 pypdf==7.1.0 || exit 2
"$folder/venv/bin/python" - "$folder/contacts.xlsx" <<'PY'
import sys

from openpyxl import Workbook

book = Workbook()
book.active.append(["Duty", "02079460018", "day and night"])
book.active.append(["Lead", "02079460018"])
book.save(sys.argv[1])
PY
soffice "-env:UserInstallation=file://$folder/profile" --headless --convert-to pdf --outdir "$folder" "$folder/contacts.xlsx" >/dev/null 2>&1
"$folder/venv/bin/python" - "$folder/contacts.pdf" <<'PY'
import re
import sys

from pypdf import PdfReader

numbers = re.findall(r"0207\d*", PdfReader(sys.argv[1]).pages[0].extract_text())
cut, whole = min(numbers, key=len), max(numbers, key=len)
print("next cell filled:", cut)
print("next cell empty: ", whole)
sys.exit(not (len(numbers) == 2 and whole == "02079460018" and len(cut) < len(whole) and whole.startswith(cut)))
PY
