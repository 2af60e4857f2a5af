#!/usr/bin/env bash
# govuk-bank-holidays 0.19 (Python 3.11, 2026-11-30), a review date some years ahead, with the list of days that the package brings.
#
# Situation: the machine is offline, or takes the packaged list on purpose (`use_cached_holidays=True`), and asks whether a day is a working day.
# Behaviour: after the last day of its list every Monday to Friday is a working day, Christmas Day too; nothing says that the list has ended.
#   One would expect an error or a warning for a year that the list does not hold.
# Output seen:
#   25 December 2028 is a working day: False
#   25 December 2030 is a working day: True
# Exits 0 while this is so, 1 when it changes, 2 when it cannot be tried.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install -q --disable-pip-version-check govuk-bank-holidays==0.19 || exit 2
"$folder/venv/bin/python" - <<'PY'
import sys
from datetime import date

from govuk_bank_holidays.bank_holidays import BankHolidays

days = BankHolidays(use_cached_holidays=True)
seen = [days.is_work_day(date(year, 12, 25)) for year in (2028, 2030)]
for year, is_work_day in zip((2028, 2030), seen, strict=True):
    print(f"25 December {year} is a working day: {is_work_day}")
sys.exit(seen != [False, True])
PY
