#!/usr/bin/env bash
# langchain-text-splitters 1.1.3 (Python 3.11, 2026-11-30), MarkdownHeaderTextSplitter.
#
# Situation: policy text keeps a number with its word by a no-break space ("section 47", "10 working days", "1 000"), as word processors and
#   house styles do; it is Markdown and is cut at its headings before it is indexed.
# Behaviour: characters that Python does not count as printable are deleted from every line, the no-break space among them: the words on either
#   side become one, and "1 000" becomes another number. Lines lose the white space at their start as well, so that a nested list is flat.
#   One would expect the text of a section to come back as it was; the experimental splitter beside it does that.
# Output seen:
#   by headings:  'Start under section47 within 10working days.  \n- first\n- nested'
#   experimental: '\nStart under section\xa047 within 10\xa0working days.\n\n- first\n    - nested\n'
# Exits 0 while this is so, 1 when it changes, 2 when it cannot be tried.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install -q --disable-pip-version-check langchain-text-splitters==1.1.3 langchain-core==1.8.3 || exit 2
"$folder/venv/bin/python" - <<'PY'
import sys

from langchain_text_splitters import ExperimentalMarkdownSyntaxTextSplitter, MarkdownHeaderTextSplitter

TEXT = "# Duties\n\nStart under section\u00a047 within 10\u00a0working days.\n\n- first\n    - nested\n"
by_headings = MarkdownHeaderTextSplitter([("#", "title")]).split_text(TEXT)[0].page_content
experimental = ExperimentalMarkdownSyntaxTextSplitter().split_text(TEXT)[0].page_content
print("by headings: ", repr(by_headings))
print("experimental:", repr(experimental))
is_so = by_headings == "Start under section47 within 10working days.  \n- first\n- nested" and experimental in TEXT
sys.exit(0 if is_so else 1)
PY
