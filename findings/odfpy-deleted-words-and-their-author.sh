#!/usr/bin/env bash
# odfpy 1.4.1 (Python 3.11, 2026-11-30), `teletype.extractText` of the body of an OpenDocument file.
#
# Situation: a word was deleted with changes tracked: OpenDocument keeps the words of deletions, their author and the date ahead of the text, in
#   `text:tracked-changes`, and only a point where they stood.
# Behaviour: the text of the body begins with the author, the date and the deleted words, joined to the first paragraph; asked for all
#   paragraphs, odfpy gives the deleted words as the first of them. One would expect what a reader sees.
# Output seen:
#   body:       'Reviewer2026-01-01not You must share.'
#   paragraphs: ['not ', 'You must share.']
# Exits 0 while this is so, 1 when it changes, 2 when it cannot be tried.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install -q --disable-pip-version-check odfpy==1.4.1 || exit 2
"$folder/venv/bin/python" - "$folder/policy.odt" <<'PY'
import sys
import zipfile

from odf import teletype
from odf.opendocument import load
from odf.text import P

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


DELETED = (
    '<text:tracked-changes><text:changed-region text:id="ct1"><text:deletion><office:change-info><dc:creator>Reviewer</dc:creator>'
    "<dc:date>2026-01-01</dc:date></office:change-info><text:p>not </text:p></text:deletion></text:changed-region></text:tracked-changes>"
    '<text:p>You must <text:change text:change-id="ct1"/>share.</text:p>'
)
document = load(written(sys.argv[1], DELETED))
body = teletype.extractText(document.text).strip()
paragraphs = [teletype.extractText(each) for each in document.text.getElementsByType(P)]
print("body:      ", repr(body))
print("paragraphs:", paragraphs)
sys.exit((body, paragraphs) != ("Reviewer2026-01-01not You must share.", ["not ", "You must share."]))
PY
