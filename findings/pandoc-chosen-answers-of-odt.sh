#!/usr/bin/env bash
# pandoc 3.9 (PyPI: pypandoc_binary 1.17; Python 3.11, 2026-11-30), OpenDocument text to plain text.
#
# Situation: a form was filled in LibreOffice 7.4 or later: a drop-down and a tick box are `loext:content-control`, the chosen answer stands inside.
# Behaviour: the elements are left out with their words, without a warning: the answer is gone and the sentence reads on as if none was given. Pandoc
#   keeps the answer of the same form saved as DOCX. One would expect the words of an element that is not known to stay (OpenDocument 1.3, 3.17).
# Output seen:
#   'The risk is . Consent was given: .'
# Exits 0 while this is so, 1 when it changes, 2 when it cannot be tried.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install -q --disable-pip-version-check pypandoc_binary==1.17 || exit 2
"$folder/venv/bin/python" - "$folder/policy.odt" <<'PY'
import sys
import zipfile

import pypandoc

CONTENT = """<office:document-content xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0"
 xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0" xmlns:dc="http://purl.org/dc/elements/1.1/"
 xmlns:loext="urn:org:documentfoundation:names:experimental:office:xmlns:loext:1.0" office:version="1.3"><office:font-face-decls/>
 <office:automatic-styles/><office:body><office:text>
 %s</office:text></office:body></office:document-content>"""
STYLES = """<office:document-styles xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" office:version="1.3">
 <office:font-face-decls/><office:styles/><office:automatic-styles/><office:master-styles/></office:document-styles>"""
MANIFEST = """<manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0" manifest:version="1.3">
 <manifest:file-entry manifest:full-path="/" manifest:media-type="application/vnd.oasis.opendocument.text"/>
 <manifest:file-entry manifest:full-path="content.xml" manifest:media-type="text/xml"/>
 <manifest:file-entry manifest:full-path="styles.xml" manifest:media-type="text/xml"/></manifest:manifest>"""


def written(path: str, body: str) -> str:
    with zipfile.ZipFile(path, "w") as file:
        file.writestr("mimetype", "application/vnd.oasis.opendocument.text")
        file.writestr("content.xml", CONTENT % body)
        file.writestr("styles.xml", STYLES)
        file.writestr("META-INF/manifest.xml", MANIFEST)
    return path


ANSWERS = (
    '<text:p>The risk is <loext:content-control><loext:list-item loext:display-text="Low" loext:value="1"/>'
    '<loext:list-item loext:display-text="High" loext:value="2"/>High</loext:content-control>. '
    'Consent was given: <loext:content-control loext:checkbox="true" loext:checked="true" loext:checked-state="☒"'
    ' loext:unchecked-state="☐">☒</loext:content-control>.</text:p>'
)
text = pypandoc.convert_file(written(sys.argv[1], ANSWERS), "plain").strip()
print(repr(text))
sys.exit(text != "The risk is . Consent was given: .")
PY
