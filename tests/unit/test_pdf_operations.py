"""The operations of a content stream are those that pypdf parses, whatever the stream holds."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pypdf.generic import ArrayObject, ContentStream, DecodedStreamObject, DictionaryObject, NameObject

from ingest.readers.pdf.operations import operations_of


def stream(data: bytes) -> ContentStream:
    source = DecodedStreamObject()
    source.set_data(data)
    return ContentStream(source, None, "bytes")


def plain(value: Any) -> Any:
    """Returns an operand as numbers, text, bytes and lists."""
    if isinstance(value, (ArrayObject, list)):
        return [plain(each) for each in value]
    if isinstance(value, (DictionaryObject, dict)):
        return {}
    if isinstance(value, NameObject) or type(value) is str:
        return str(value)
    if hasattr(value, "original_bytes"):
        return bytes(value.original_bytes)
    if isinstance(value, (bytes, bool)) or value is None:
        return value
    return float(value)


def ours(data: bytes) -> list[tuple[list[Any], bytes]]:
    return [([plain(each) for each in operands], operator) for operands, operator in operations_of(stream(data))]


def theirs(data: bytes) -> list[tuple[list[Any], bytes]]:
    return [([plain(each) for each in operands], operator) for operands, operator in stream(data).operations]


@pytest.mark.parametrize(
    "data",
    [
        b"BT /F1 12 Tf 1 0 0 1 72 700.5 Tm (Staff \\(all\\) must act.) Tj ET",
        b"[(A) -20.5 (b\\)c) .5 <0041 42>] TJ",
        b"(one (two (three)) four) Tj (a\\\nb) Tj (\\101\\0501\\7) Tj",
        b"/A#20B gs /P <</MCID 3 /Nested <</K [1 2]>>>> BDC EMC",
        b"% a comment ( with a bracket\n1 0 0 rg % another\r0 g",
        b"q 1 0 0 -1 0 842 cm Q\n+3 -.5 4. 0 k",
        b"<48656C6C6F> Tj <4> Tj <> Tj",
        b"foo T* (a)' 1 2 (b)\"",
    ],
)
def test_operations_are_those_of_pypdf(data: bytes) -> None:
    assert ours(data) == theirs(data)


def test_a_line_end_within_a_string_is_one_line_feed() -> None:
    assert ours(b"(x\r\ny\rz) Tj") == [([b"x\ny\nz"], b"Tj")]


def test_constants_are_operands() -> None:
    assert ours(b"true false null scn") == [([True, False, None], b"scn")]


def test_an_image_within_the_stream_is_taken_as_pypdf_takes_it() -> None:
    data = b"q BI /W 2 /H 1 /BPC 8 /CS /G ID \x00\xff EI Q (after) Tj"
    assert [operator for _, operator in operations_of(stream(data))] == [b"q", b"INLINE IMAGE", b"Q", b"Tj"]


@pytest.mark.parametrize("data", [b"(never closed Tj", b"[1 2 (a", b") ] >> } 1 0 0 rg", b"<<", b"/", b"\x80\xff"])
def test_a_broken_stream_is_read_as_far_as_it_goes(data: bytes) -> None:
    assert isinstance(operations_of(stream(data)), list)


def test_a_number_that_is_written_wrongly_is_read_as_viewers_read_it() -> None:
    assert operations_of(stream(b"--5 0 Td")) == [([-5.0, 0.0], b"Td")]


_NUMBERS = st.one_of(st.integers(-9999, 9999).map(str), st.decimals(-999, 999, places=3).map(str)).map(str.encode)
_STRINGS = st.binary(max_size=12).map(
    lambda raw: (
        b"(" + raw.replace(b"\\", b"\\\\").replace(b"(", b"\\(").replace(b")", b"\\)").replace(b"\r", b"r") + b")"
    )
)
_NAMES = st.text("abcXYZ019.-", min_size=1, max_size=6).map(lambda name: b"/" + name.encode())
_HEX = st.binary(max_size=6).map(lambda raw: b"<" + raw.hex().encode() + b">")
_ONE = st.one_of(_NUMBERS, _STRINGS, _NAMES, _HEX)
_OPERANDS = st.one_of(_ONE, st.lists(_ONE, max_size=4).map(lambda each: b"[" + b" ".join(each) + b"]"))
_OPERATIONS = st.tuples(st.lists(_OPERANDS, max_size=4), st.sampled_from([b"Tj", b"TJ", b"Td", b"re", b"scn", b"T*"]))


@settings(max_examples=60, deadline=None)
@given(st.lists(_OPERATIONS, max_size=6))
def test_any_stream_of_operands_is_read_as_pypdf_reads_it(operations: list[tuple[list[bytes], bytes]]) -> None:
    data = b"\n".join(b" ".join((*operands, operator)) for operands, operator in operations)
    assert ours(data) == theirs(data)
