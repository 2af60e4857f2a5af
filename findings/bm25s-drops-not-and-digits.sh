#!/usr/bin/env bash
# bm25s 0.3.16 (Python 3.11, 2026-11-30), searching rules with its own tokenizer as it comes.
#
# Situation: passages differ by one small word ("must share", "must not share") or by the number of a section ("Section 7", "Section 9").
# Behaviour: "not" is on the list of stop words, and a token has two characters at least, so both passages of a pair have one score and the first
#   of them, or the last, comes first. One would expect the passage that has every word of the query to score higher.
# Output seen:
#   must not share: {'You must share': 0.51, 'You must not share': 0.51}
#   section 9: {'Section 7 of the plan': 0.3, 'Section 9 of the plan': 0.3}
# Exits 0 while this is so, 1 when it changes, 2 when it cannot be tried.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install -q --disable-pip-version-check bm25s==0.3.16 || exit 2
"$folder/venv/bin/python" - <<'PY'
import sys

import bm25s

PASSAGES = ["Section 7 of the plan", "Section 9 of the plan", "You must not share", "You must share"]
index = bm25s.BM25()
index.index(bm25s.tokenize(PASSAGES, show_progress=False), show_progress=False)
are_tied = []
for query in ("must not share", "section 9"):
    places, scores = index.retrieve(bm25s.tokenize(query, show_progress=False), k=2, show_progress=False)
    seen = {PASSAGES[place]: round(float(score), 2) for place, score in zip(places[0], scores[0], strict=True)}
    print(f"{query}: {dict(sorted(seen.items(), reverse=query.startswith('must')))}")
    are_tied.append(len(set(seen.values())) == 1 and min(seen.values()) > 0 and len(seen) == 2)
sys.exit(are_tied != [True, True])
PY
