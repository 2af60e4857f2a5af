#!/usr/bin/env bash
# LibreOffice 7.4.7 (Debian 12, 2026-11-30), a Word file as plain text, for an index of words.
# Installs libreoffice-writer-nogui by apt-get where `soffice` is missing; another version of LibreOffice is not tried.
#
# Situation: a paragraph has a footnote after "section 47" and a page has a hidden paragraph, as templates keep instructions in.
# Behaviour: the number of the note is written on to the word before it, the note itself is left out, and the hidden words are there. One would
#   expect the opposite: the note with the text that a reader sees, and no hidden words, as the PDF of the same file has it.
# Output seen:
#   Under section 471 they act. For the writer only.
# Exits 0 while this is so, 1 when it changes, 2 when it cannot be tried.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
command -v soffice >/dev/null || apt-get install -y -qq --no-install-recommends libreoffice-writer-nogui >/dev/null 2>&1 || { echo "no LibreOffice"; exit 2; }
[[ $(soffice --version 2>/dev/null) == *" 7.4."* ]] || { echo "another LibreOffice"; exit 2; }
cat >"$folder/policy.rtf" <<'RTF'
{\rtf1\ansi\deff0{\fonttbl{\f0 Arial;}}\pard\f0 Under section 47{\super\chftn}{\footnote\pard\plain{\super\chftn} Children Act 1989.} they act. {\v For the writer only.}\par}
RTF
soffice "-env:UserInstallation=file://$folder/profile" --headless --convert-to docx --outdir "$folder" "$folder/policy.rtf" >/dev/null 2>&1
soffice "-env:UserInstallation=file://$folder/profile" --headless --convert-to txt:Text --outdir "$folder" "$folder/policy.docx" >/dev/null 2>&1
seen=$(tr -d '\r\n' <"$folder/policy.txt" | sed 's/^\xef\xbb\xbf//')
echo "$seen"
[ "$seen" = "Under section 471 they act. For the writer only." ]
