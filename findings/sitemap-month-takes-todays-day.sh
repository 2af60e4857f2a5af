#!/usr/bin/env bash
# ultimate-sitemap-parser 1.8.1 (Python 3.11, 2026-11-30), `last_modified` of the pages of a sitemap.
#
# Situation: a sitemap gives the month alone, <lastmod>2026-06</lastmod>, as the W3C form of dates that sitemaps use allows, and a crawler keeps
#   the date to see what is new.
# Behaviour: the day of the month on which the program runs is put in (the last of the month where it has none such), so that the page seems changed
#   from one day to the next. One would expect the first of the month, or no date.
# Output seen, on the 30th of a month:
#   2026-06-30
# Exits 0 while this is so, 1 when it changes, 2 when it cannot be tried.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install -q --disable-pip-version-check ultimate-sitemap-parser==1.8.1 || exit 2
"$folder/venv/bin/python" - <<'PY' 2>/dev/null
import sys
from datetime import date

from usp.tree import sitemap_from_str

SITEMAP = """<?xml version="1.0"?><urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">
<url><loc>https://policies.example/safe-sleep</loc><lastmod>2026-06</lastmod></url></urlset>"""
seen = next(sitemap_from_str(SITEMAP).all_pages()).last_modified.date()
print(seen)
sys.exit(seen != date(2026, 6, min(date.today().day, 30)))
PY
