"""Forms (parts of a page that are kept apart and placed on it) written out where they are placed (ISO 32000-1, 8.10)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from pypdf.generic import ContentStream, DictionaryObject, NameObject

from ingest.readers.pdf.operations import Operation, operations_of
from ingest.readers.pdf.unseen.layers import is_placed_off

_KINDS = {b"Tf": "/Font", b"gs": "/ExtGState", b"Do": "/XObject", b"cs": "/ColorSpace", b"CS": "/ColorSpace"}
"""Where the first operand of an operator is looked up."""
_PROPERTIES = "/Properties"
_SHORT = 4000
"""Bytes of drawing up to which a form without text is written out; longer ones are pictures."""
_DEEPEST = 12
"""Forms within forms that are written out; deeper ones stay as they are."""
_MOST = 1_000_000
"""Operations on a page up to which forms are written out."""


class WrittenOut:
    """The operations of a page with its forms written out, and the resources that they need."""

    def __init__(self, operations: Sequence[Operation], resources: Any, pdf: Any, off: frozenset[int]) -> None:
        self._pdf, self._off = pdf, off
        self._placed, self._taken = 0, len(operations)
        self.resources = DictionaryObject({NameObject(kind): resources.raw_get(kind) for kind in resources})
        self.operations = list(self._through(operations, resources, {}, 0))

    def _through(
        self, operations: Sequence[Operation], resources: Any, names: dict[tuple[str, str], NameObject], depth: int
    ) -> Iterator[Operation]:
        for operands, operator in operations:
            form = self._form(operands, resources, depth) if operator == b"Do" else None
            if form is not None:
                yield from self._written(form, depth)
            else:
                yield _renamed(operands, operator, names), operator

    def _form(self, operands: Any, resources: Any, depth: int) -> Any:
        """Returns the form that is placed, where it holds text or may cover some, and is shown."""
        known = resources.get("/XObject")
        placed: Any = known.get_object().get(operands[0]) if known is not None and operands else None
        placed = placed.get_object() if placed is not None else None
        if placed is None or placed.get("/Subtype") != "/Form" or depth >= _DEEPEST or self._taken > _MOST:
            return None
        return placed if _matters(placed) and not is_placed_off(placed, self._off) else None

    def _written(self, form: Any, depth: int) -> Iterator[Operation]:
        self._placed += 1
        operations = operations_of(ContentStream(form, self._pdf, "bytes"))
        self._taken += len(operations)
        own = form.get("/Resources", DictionaryObject()).get_object()
        names = dict(self._renamings(own))
        yield [], b"q"
        if "/Matrix" in form:
            yield [float(each) for each in form["/Matrix"]], b"cm"
        if len(form.get("/BBox", ())) == 4:
            left, bottom, right, top = (float(each) for each in form["/BBox"])
            yield [left, bottom, right - left, top - bottom], b"re"
            yield [], b"W"
            yield [], b"n"
        yield from self._through(operations, own, names, depth + 1)
        yield [], b"Q"

    def _renamings(self, own: Any) -> Iterator[tuple[tuple[str, str], NameObject]]:
        """Yields new names for what a form names, and adds what they stand for to the resources of the page."""
        for kind in {*_KINDS.values(), _PROPERTIES}:
            entries = own.get(kind)
            for name in entries.get_object() if entries is not None else ():
                renamed = NameObject(f"/written{self._placed}{name.replace('/', '-')}")
                self._of(kind)[renamed] = entries.get_object().raw_get(name)
                yield (kind, str(name)), renamed

    def _of(self, kind: str) -> DictionaryObject:
        """Returns a part of the page's resources that may be added to: the document's own stays as it is."""
        part: Any = self.resources.get(kind)
        part = part.get_object() if part is not None else {}
        if not isinstance(part, _Copied):
            copied = _Copied({name: part.raw_get(name) for name in part})
            self.resources[NameObject(kind)] = copied
            return copied
        return part


class _Copied(DictionaryObject):
    """A dictionary of the page's resources that belongs to nobody else."""


def _matters(form: Any) -> bool:
    """Returns whether a form holds text, or is as short as a box drawn over text is."""
    own = form.get("/Resources")
    return (own is not None and "/Font" in own.get_object()) or len(form.get_data()) <= _SHORT


def _renamed(operands: Any, operator: bytes, names: dict[tuple[str, str], NameObject]) -> Any:
    if not names or not operands:
        return operands
    kind = _KINDS.get(operator)
    if kind is not None and (kind, str(operands[0])) in names:
        return [names[kind, str(operands[0])], *operands[1:]]
    if operator == b"BDC" and len(operands) > 1 and (_PROPERTIES, str(operands[1])) in names:
        return [operands[0], names[_PROPERTIES, str(operands[1])]]
    return operands
