"""The encoding that a web page names in its own tags."""

from __future__ import annotations

import codecs

from bs4.dammit import EncodingDetector

_AS_BROWSERS_DO = {"iso8859-1": "cp1252", "ascii": "cp1252", "iso8859-9": "cp1254", "tis-620": "cp874"}
"""Encodings that browsers read as another. Source: WHATWG, Encoding Standard, section 4.2."""
_OF_PAGES = ("cp", "iso8859", "mac", "koi8", "utf-16", "shift", "euc", "gb", "big5", "ascii", "tis")
"""How the encodings begin that pages are written in; Python has others, which are none."""
_MARKS = {codecs.BOM_UTF16_LE: "utf-16", codecs.BOM_UTF16_BE: "utf-16"}


def encoding_of(raw: bytes) -> str | None:
    """Returns the encoding of a page by its byte order mark or its meta tag, None where it names none that is known."""
    for mark, encoding in _MARKS.items():
        if raw.startswith(mark):
            return encoding
    said = EncodingDetector.find_declared_encoding(raw, is_html=True)
    try:
        name = codecs.lookup(str(said)).name if said else None
    except LookupError:
        return None
    return _AS_BROWSERS_DO.get(name, name) if name and name.startswith(_OF_PAGES) else None
