#!/usr/bin/env bash
# lxml 6.1.3 with beautifulsoup4 4.15.0 (Python 3.11, 2026-11-30), reading a web page that leaves out the tags that HTML lets it leave out.
#
# Situation: a page of a procedures manual begins with its title, then goes straight on to <main>; <html>, <head> and <body> are optional in HTML.
# Behaviour: lxml's parser does not know <main>, <section>, <article> and <header> of HTML 5 and leaves them where it is: inside the head. A reader that
#   drops the head, or asks for soup.body, gets nothing of the page; the same page with <div> or <p> in their place has a body. html5lib puts both in the body.
# Output seen:
#   lxml, <main>: in the head, body: None
#   lxml, <section>: in the head, body: None
#   lxml, <div>: in the body, body: 'Ring the police at once.'
#   html5lib, <main>: in the body, body: 'Ring the police at once.'
# Exits 0 while this is so, 1 when it changes, 2 when it cannot be tried.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install -q --disable-pip-version-check lxml==6.1.3 beautifulsoup4==4.15.0 soupsieve==2.10 html5lib==1.1 || exit 2
"$folder/venv/bin/python" - <<'PY'
import sys

from bs4 import BeautifulSoup

seen = {}
for parser, tag in (("lxml", "main"), ("lxml", "section"), ("lxml", "div"), ("html5lib", "main")):
    page = f"<!doctype html><title>Visits</title><{tag}><p>Ring the police at once.</p></{tag}>"
    soup = BeautifulSoup(page, parser)
    is_in_head = soup.find(tag).find_parent("head") is not None
    body = soup.body.get_text() if soup.body is not None else None
    seen[parser, tag] = is_in_head
    print(f"{parser}, <{tag}>: in the {'head' if is_in_head else 'body'}, body: {body!r}")
sys.exit(list(seen.values()) != [True, True, False, False])
PY
