"""Letters that the codes of a font show."""

from __future__ import annotations

import pypdf
import pytest
from pypdf.generic import DecodedStreamObject, DictionaryObject, NameObject

from ingest.readers.pdf.faces import Faces


@pytest.mark.parametrize(
    ("written", "shown"),
    [
        ("66006900", "fi"),
        ("660066006900", "ffi"),
        ("00660069", "fi"),
        ("66006901", "昀椁"),
        ("6600", "昀"),
    ],
)
def test_a_ligature_whose_bytes_stand_the_wrong_way_round_is_read_as_its_letters(written: str, shown: str) -> None:
    """Ghostscript 10.0.0 (Debian 12) writes the ligatures of Typst's PDFs so; its "first" is then read as "昀椀rst"."""
    unicode = DecodedStreamObject()
    unicode.set_data(
        f"1 begincodespacerange <00> <ff> endcodespacerange\n1 beginbfchar\n<41> <{written}>\nendbfchar".encode()
    )
    font = DictionaryObject(
        {
            NameObject("/Type"): NameObject("/Font"),
            NameObject("/Subtype"): NameObject("/Type1"),
            NameObject("/BaseFont"): NameObject("/Helvetica"),
            NameObject("/Encoding"): NameObject("/WinAnsiEncoding"),
            NameObject("/ToUnicode"): pypdf.PdfWriter()._add_object(unicode),
        }
    )
    face = Faces().of(font)
    assert face is not None
    assert face.codes(b"A")[0][0] == shown
