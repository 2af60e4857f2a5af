#!/usr/bin/env bash
# readability-lxml 0.9 (Python 3.11, 2026-11-30), the main part of a web page.
#
# Situation: a page of guidance names its sections after their subject: <section class="community-safety">.
# Behaviour: an element whose class or id holds "community" (or "extra", "remark", "foot" and others, anywhere in it) is taken for comments and is
#   dropped whole, heading and all, from the middle of the article. The same section under another name is kept. One would expect the
#   text of the article to decide, as it does for other elements.
# Output seen:
#   class "domestic-abuse":   kept
#   class "community-safety": dropped
#   id "extra-familial-harm": dropped
# Exits 0 while this is so, 1 when it changes, 2 when it cannot be tried.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install -q --disable-pip-version-check readability-lxml==0.9 lxml==6.1.3 lxml_html_clean==0.4.6 || exit 2
"$folder/venv/bin/python" - <<'PY'
import sys

from readability import Document

PAGE = """<html><head><title>Guidance</title></head><body><article><h1>Guidance</h1>
<p>This guidance is for everybody who works with families, and it says what to do when a concern is raised by anyone, at any time of day.</p>
<section {}><h2>What to share</h2><p>Share the concern with the partnership, which meets every week, and keep a note of what was shared,
with whom, and why it was needed.</p></section>
<p>Every organisation names a lead, who can be asked at any time, and who keeps the records of what was decided and of the reasons.</p>
</article></body></html>"""
seen = {}
for name in ('class "domestic-abuse"', 'class "community-safety"', 'id "extra-familial-harm"'):
    text = Document(PAGE.format(name.replace(" ", "="))).summary()
    seen[name] = "kept" if "Share the concern" in text else "dropped"
    print(f"{name + ':':25} {seen[name]}")
sys.exit(list(seen.values()) != ["kept", "dropped", "dropped"])
PY
