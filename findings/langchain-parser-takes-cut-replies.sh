#!/usr/bin/env bash
# langchain-core 1.8.3 with pydantic 2.14.4 (Python 3.11, 2026-11-30), PydanticOutputParser.
#
# Situation: a small server stops at its limit of tokens in the middle of a value, so that the reply is no whole JSON; the fields that are still
#   to come have defaults.
# Behaviour: the parser closes the open string and the braces, validates what that makes, and returns it: half a sentence, and nothing
#   tells it from a whole one. With words before the JSON the same cut reply raises. One would expect OutputParserException for both, as
#   json.loads raises; reading parts on purpose is what `parse_result(…, partial=True)` is for.
# Output seen:
#   cut reply:               duty='You must not share it unless' source='-'
#   cut reply after a word:  OutputParserException
# Exits 0 while this is so, 1 when it changes, 2 when it cannot be tried.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install -q --disable-pip-version-check langchain-core==1.8.3 pydantic==2.14.4 || exit 2
"$folder/venv/bin/python" - <<'PY'
import sys

from langchain_core.exceptions import OutputParserException
from langchain_core.output_parsers import PydanticOutputParser
from pydantic import BaseModel


class Claim(BaseModel):
    duty: str
    source: str = "-"


def read(reply: str) -> str:
    try:
        return str(PydanticOutputParser(pydantic_object=Claim).parse(reply))
    except OutputParserException:
        return "OutputParserException"


CUT = '{"duty": "You must not share it unless'
alone, after_a_word = read(CUT), read(f"Here: {CUT}")
print("cut reply:              ", alone)
print("cut reply after a word: ", after_a_word)
sys.exit((alone, after_a_word) != ("duty='You must not share it unless' source='-'", "OutputParserException"))
PY
