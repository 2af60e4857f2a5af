#!/usr/bin/env bash
# markdownify 1.2.3 and html2text 2025.4.15 (Python 3.11, 2026-11-30), a table of who does what by when.
#
# Situation: the first cell stands for two rows: <td rowspan="2">Assess</td>, as web editors and Word write it.
# Behaviour: the second row has a cell fewer, so that its cells stand one column to the left: "Manager" is a step and "10 days" a person. markdownify
#   does fill up a `colspan`. One would expect an empty cell, or the spanning one again, and the time limit under "Time".
# Output seen:
#   markdownify: ['Manager', '10 days']
#   html2text:   ['Manager', '10 days']
# Exits 0 while this is so, 1 when it changes, 2 when it cannot be tried.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install -q --disable-pip-version-check html2text==2025.4.15 markdownify==1.2.3 || exit 2
"$folder/venv/bin/python" - <<'PY'
import sys

from html2text import html2text
from markdownify import markdownify

HTML = """<table><tr><th>Step</th><th>Who</th><th>Time</th></tr>
<tr><td rowspan="2">Assess</td><td>Social worker</td><td>45 days</td></tr><tr><td>Manager</td><td>10 days</td></tr></table>"""


def cells(markdown: str) -> list[str]:
    row = next(line for line in markdown.splitlines() if "Manager" in line)
    return [cell.strip() for cell in row.strip().strip("|").split("|")]


seen = {"markdownify": cells(markdownify(HTML)), "html2text": cells(html2text(HTML))}
for name, row in seen.items():
    print(f"{name + ':':12} {row}")
sys.exit(any(row != ["Manager", "10 days"] for row in seen.values()))
PY
