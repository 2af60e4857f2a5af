#!/usr/bin/env bash
# trafilatura 2.3.1 (Python 3.11, 2026-11-30), Markdown of a page of guidance.
#
# Situation: a rule quotes a word with <q>, and numbered steps go on from an earlier list: <ol start="4">.
# Behaviour: the quotation marks are gone, and the sentence ends in the middle: what follows <q> is a paragraph of its own. The steps count from 1
#   again. One would expect one paragraph with quotation marks, as every browser shows it, and the numbers that "see step 4" means.
# Output seen:
#   ['The word urgent', 'means on the same day.', '1. Write it down.', '2. Tell the lead.']
# Exits 0 while this is so, 1 when it changes, 2 when it cannot be tried.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install -q --disable-pip-version-check trafilatura==2.3.1 lxml==6.1.3 lxml_html_clean==0.4.6 || exit 2
"$folder/venv/bin/python" - <<'PY'
import sys

from trafilatura import extract

PAGE = """<html><body><article><h1>Concerns</h1>
<p>This guidance is for everybody who works with families, and it says what to do when a concern is raised, by anyone and at any time.</p>
<p>The word <q>urgent</q> means on the same day.</p><ol start="4"><li>Write it down.</li><li>Tell the lead.</li></ol></article></body></html>"""
text = extract(PAGE, output_format="markdown", include_formatting=True) or ""
lines = [line.strip() for line in text.splitlines() if line.strip()][2:]
print(lines)
sys.exit(lines != ["The word urgent", "means on the same day.", "1. Write it down.", "2. Tell the lead."])
PY
