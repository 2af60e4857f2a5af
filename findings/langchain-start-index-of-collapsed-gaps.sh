#!/usr/bin/env bash
# langchain-text-splitters 1.1.3 (Python 3.11, 2026-11-30), CharacterTextSplitter with `add_start_index=True`.
#
# Situation: pieces are cited by their place in the document. Two paragraphs have one blank line more than usual between them.
# Behaviour: separators that follow one another are written once in the piece, so that it differs from the document; it is then looked
#   for there, is not found, and its start is given as -1, without a warning. Slicing the document with it takes text from its end.
#   One would expect the place where the piece starts, or an error.
# Output seen:
#   'Ring the duty team.\n\nWrite it down.' -1
#   'Tell the lead the same day at the latest.' 39
# Exits 0 while this is so, 1 when it changes, 2 when it cannot be tried.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install -q --disable-pip-version-check langchain-text-splitters==1.1.3 langchain-core==1.8.3 || exit 2
"$folder/venv/bin/python" - <<'PY'
import sys

from langchain_text_splitters import CharacterTextSplitter

TEXT = "Ring the duty team.\n\n\n\nWrite it down.\n\nTell the lead the same day at the latest."
splitter = CharacterTextSplitter(separator="\n\n", chunk_size=45, chunk_overlap=0, add_start_index=True)
pieces = [(each.page_content, each.metadata["start_index"]) for each in splitter.create_documents([TEXT])]
for text, start in pieces:
    print(repr(text), start)
sys.exit([start for _, start in pieces] != [-1, TEXT.index("Tell")] or pieces[0][0] in TEXT)
PY
