#!/usr/bin/env bash
# holidays 0.109 (Python 3.11, 2026-11-30), counting working days in England.
#
# Situation: a time limit of some working days is counted with `country_holidays("GB")`, without a subdivision.
# Behaviour: only the days that all four nations share are in it, so that Easter Monday and the summer bank holiday count as working days. One
#   would expect the bank holidays of England and Wales, or an error that asks for the subdivision; `subdiv="ENG"` has them.
# Output seen:
#   GB:  Easter Monday False, summer bank holiday False
#   ENG: Easter Monday True, summer bank holiday True
# Exits 0 while this is so, 1 when it changes, 2 when it cannot be tried.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install -q --disable-pip-version-check holidays==0.109 || exit 2
"$folder/venv/bin/python" - <<'PY'
import sys
from datetime import date

from holidays import country_holidays

EASTER_MONDAY, SUMMER = date(2026, 4, 6), date(2026, 8, 31)
seen = {}
for name, subdivision in (("GB", None), ("ENG", "ENG")):
    days = country_holidays("GB", subdiv=subdivision, years=2026)
    seen[name] = (EASTER_MONDAY in days, SUMMER in days)
    print(f"{name + ':':4} Easter Monday {seen[name][0]}, summer bank holiday {seen[name][1]}")
sys.exit(seen != {"GB": (False, False), "ENG": (True, True)})
PY
