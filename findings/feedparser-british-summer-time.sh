#!/usr/bin/env bash
# feedparser 6.0.14 (Python 3.11, 2026-11-30), the date of an item in a British feed.
#
# Situation: a feed dates its items in local time, "BST" in summer, and a reader asks what is newer than its last visit.
# Behaviour: `published_parsed`, which is documented to be UTC, is the local time unchanged: an hour late. The American zones of the same form (EST,
#   EDT …) are converted, and an unknown one is taken for UTC without a word. One would expect 08:00, or no date.
# Output seen:
#   09:00 +0100 -> 08:00
#   09:00 BST   -> 09:00
#   09:00 EDT   -> 13:00
# Exits 0 while this is so, 1 when it changes, 2 when it cannot be tried.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install -q --disable-pip-version-check feedparser==6.0.14 || exit 2
"$folder/venv/bin/python" - <<'PY'
import sys
import time

import feedparser

ITEM = '<rss version="2.0"><channel><title>News</title><item><title>New edition</title><pubDate>{}</pubDate></item></channel></rss>'


def utc(zone: str) -> str:
    entry = feedparser.parse(ITEM.format(f"Mon, 29 Jun 2026 09:00:00 {zone}")).entries[0]
    return time.strftime("%H:%M", entry.published_parsed)


seen = {zone: utc(zone) for zone in ("+0100", "BST", "EDT")}
for zone, told in seen.items():
    print(f"09:00 {zone:5} -> {told}")
sys.exit(seen != {"+0100": "08:00", "BST": "09:00", "EDT": "13:00"})
PY
