#!/usr/bin/env bash
# kreuzberg 4.10.4 (Python 3.11, 2026-11-30), text of an OpenDocument file with notes.
#
# Situation: a paragraph has two footnotes, one in the middle and one further on.
# Behaviour: the marks of both stand at the end of the paragraph, so that nobody can tell what each note belongs to: a note on a section of an Act
#   stands at the time limit behind it. Marks of a DOCX with the same notes stay in their places. One would expect that here as well.
# Output seen:
#   'Act under section 47 within two days of it.[^1][^2]'
# Exits 0 while this is so, 1 when it changes, 2 when it cannot be tried.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install -q --disable-pip-version-check kreuzberg==4.10.4 || exit 2
"$folder/venv/bin/python" - "$folder/policy.odt" <<'PY'
import sys
import zipfile

from kreuzberg import extract_file_sync

CONTENT = """<office:document-content xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0"
 xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0" xmlns:dc="http://purl.org/dc/elements/1.1/"
 xmlns:loext="urn:org:documentfoundation:names:experimental:office:xmlns:loext:1.0" office:version="1.3"><office:body><office:text>
 %s</office:text></office:body></office:document-content>"""
MANIFEST = """<manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0" manifest:version="1.3">
 <manifest:file-entry manifest:full-path="/" manifest:media-type="application/vnd.oasis.opendocument.text"/>
 <manifest:file-entry manifest:full-path="content.xml" manifest:media-type="text/xml"/></manifest:manifest>"""


def written(path: str, body: str) -> str:
    with zipfile.ZipFile(path, "w") as file:
        file.writestr("mimetype", "application/vnd.oasis.opendocument.text")
        file.writestr("content.xml", CONTENT % body)
        file.writestr("META-INF/manifest.xml", MANIFEST)
    return path


NOTE = (
    '<text:note text:id="ftn{0}" text:note-class="footnote"><text:note-citation>{0}</text:note-citation>'
    "<text:note-body><text:p>{1}.</text:p></text:note-body></text:note>"
)
first, second = NOTE.format(1, "Children Act 1989"), NOTE.format(2, "Working days")
found = extract_file_sync(written(sys.argv[1], f"<text:p>Act under section 47{first} within two days{second} of it.</text:p>")).content
line = next(each for each in found.splitlines() if each.startswith("Act"))
print(repr(line))
sys.exit(line != "Act under section 47 within two days of it.[^1][^2]")
PY
