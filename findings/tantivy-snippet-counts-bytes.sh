#!/usr/bin/env bash
# tantivy (Python) 0.27.0 (Python 3.11, 2026-11-30), the words of a snippet that a search highlights.
#
# Situation: the text has curly quotes or dashes before the word that was searched for, and `snippet.highlighted()` is used to mark it in
#   `snippet.fragment()`.
# Behaviour: the ranges count bytes of UTF-8, while the fragment is a Python string, so that each such sign moves the mark two further on. In plain
#   ASCII the two agree. One would expect places in the string that comes with them.
# Output seen:
#   plain:  'conference'
#   curly:  'ence each '
# Exits 0 while this is so, 1 when it changes, 2 when it cannot be tried.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install -q --disable-pip-version-check tantivy==0.27.0 || exit 2
"$folder/venv/bin/python" - <<'PY'
import sys

import tantivy


def marked(text: str) -> str:
    builder = tantivy.SchemaBuilder()
    builder.add_text_field("body", stored=True)
    index = tantivy.Index(builder.build())
    writer = index.writer()
    writer.add_document(tantivy.Document(body=text))
    writer.commit()
    index.reload()
    searcher, query = index.searcher(), index.parse_query("conference", ["body"])
    address = searcher.search(query, 1).hits[0][1]
    generator = tantivy.SnippetGenerator.create(searcher, query, index.schema, "body")
    snippet = generator.snippet_from_doc(searcher.doc(address))
    place = snippet.highlighted()[0]
    return snippet.fragment()[place.start : place.end]


plain = marked("The plan is agreed by the chair of the conference each month.")
curly = marked("The child’s plan is “agreed” by the conference each month.")
print("plain: ", repr(plain))
print("curly: ", repr(curly))
sys.exit((plain, curly) != ("conference", "ence each "))
PY
