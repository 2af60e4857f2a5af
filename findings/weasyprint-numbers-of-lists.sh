#!/usr/bin/env bash
# WeasyPrint 70.0 with pypdf 7.1.0 (Debian 12, Python 3.11, 2026-11-30), a policy in HTML as PDF.
# WeasyPrint needs Pango (Debian: libpango-1.0-0 and libpangoft2-1.0-0, which it installs by apt-get where they are missing).
#
# Situation: rules are numbered by the attributes of HTML: <ol start="4">, <li value="9">, <ol type="a">.
# Behaviour: the attributes are passed over, because they count as looks of the page unless `presentational_hints=True` is given: rules 4, 9 and (a) are
#   printed 1, 2 and 1, without a warning, so that a reference to rule 9 points nowhere. In the text of the PDF the numbers come after all
#   items. One would expect the numbers, which are content and no looks (HTML standard, 4.4.5), and each before its item.
# Output seen:
#   as it comes:        ['Four', 'Nine', 'Letter', '1.', '2.', '1.']
#   presentational:     ['Four', 'Nine', 'Letter', '4.', '9.', 'a.']
# Exits 0 while this is so, 1 when it changes, 2 when it cannot be tried.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
ldconfig -p | grep -q libpangoft2 || apt-get install -y -qq libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0 >/dev/null 2>&1 || { echo "no Pango"; exit 2; }
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install -q --disable-pip-version-check weasyprint==70.0 pypdf==7.1.0 || exit 2
"$folder/venv/bin/python" - <<'PY'
import sys
from io import BytesIO

from pypdf import PdfReader
from weasyprint import HTML

RULES = '<ol start="4"><li>Four</li><li value="9">Nine</li></ol><ol type="a"><li>Letter</li></ol>'


def printed(**options: bool) -> list[str]:
    pdf = HTML(string=RULES).write_pdf(**options)
    return PdfReader(BytesIO(pdf)).pages[0].extract_text().split()


seen = {"as it comes": printed(), "presentational": printed(presentational_hints=True)}
for name, words in seen.items():
    print(f"{name + ':':19} {words}")
items = ["Four", "Nine", "Letter"]
sys.exit(seen != {"as it comes": [*items, "1.", "2.", "1."], "presentational": [*items, "4.", "9.", "a."]})
PY
