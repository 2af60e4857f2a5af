#!/usr/bin/env bash
# phonenumbers 9.0.43 (Python 3.11, 2026-11-30), finding helplines in a page with PhoneNumberMatcher for "GB".
#
# Situation: a contact list gives the hours after the number, with no sign between them: "020 7946 0018 8am to 10pm", "… 24 hours a day", or the
#   code of the text relay service before it.
# Behaviour: digits that follow after a space are taken for a part of the number, the whole is no number then, and nothing is found: no shorter
#   match is tried that leaves them out. With a comma or a bracket before the hours the number is found. One would expect the number each time.
# Output seen:
#   'Ring 020 7946 0018 (24 hours a day).' ['020 7946 0018']
#   'Ring 020 7946 0018 24 hours a day.' []
#   'Ring 020 7946 0018 8am to 10pm.' []
#   'Text relay: 18001 020 7946 0018' []
# Exits 0 while this is so, 1 when it changes, 2 when it cannot be tried.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install -q --disable-pip-version-check phonenumbers==9.0.43 || exit 2
"$folder/venv/bin/python" - <<'PY'
import sys

from phonenumbers import PhoneNumberMatcher

LINES = (
    "Ring 020 7946 0018 (24 hours a day).",
    "Ring 020 7946 0018 24 hours a day.",
    "Ring 020 7946 0018 8am to 10pm.",
    "Text relay: 18001 020 7946 0018",
)
seen = [[match.raw_string for match in PhoneNumberMatcher(line, "GB")] for line in LINES]
for line, numbers in zip(LINES, seen, strict=True):
    print(repr(line), numbers)
sys.exit(seen != [["020 7946 0018"], [], [], []])
PY
