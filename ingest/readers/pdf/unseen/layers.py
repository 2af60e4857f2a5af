"""Layers of a PDF (optional content) that are switched off when it is opened (ISO 32000-1, 8.11)."""

from __future__ import annotations

from typing import Any

from pypdf import PdfReader

_NO_LAYERS: frozenset[int] = frozenset()


def layers_off(reader: PdfReader) -> frozenset[int]:
    """Returns the object numbers of the layers that the default configuration switches off."""
    properties: Any = reader.trailer["/Root"].get_object().get("/OCProperties")  # type: ignore[union-attr]
    if properties is None:
        return _NO_LAYERS
    properties = properties.get_object()
    default: Any = properties.get("/D", {}).get_object() if properties.get("/D") is not None else {}
    off = _numbers(default.get("/OFF"))
    if default.get("/BaseState") == "/OFF":
        off |= _numbers(properties.get("/OCGs")) - _numbers(default.get("/ON"))
    return frozenset(off)


def _numbers(array: Any) -> set[int]:
    if array is None:
        return set()
    return {int(each.idnum) for each in array.get_object() if hasattr(each, "idnum")}


def is_placed_off(placed: Any, off: frozenset[int]) -> bool:
    """Returns whether the layer that an image or a form names for itself is not shown."""
    return "/OC" in placed and is_off(placed.raw_get("/OC"), off)


def is_off(reference: Any, off: frozenset[int]) -> bool:
    """Returns whether what belongs to a layer, or to a group of layers, is not shown.

    Args:
        reference: The entry of ``/Properties`` or ``/OC``, not yet looked up.
        off: As of ``layers_off``.
    """
    if not off or reference is None:
        return False
    if getattr(reference, "idnum", None) in off:
        return True
    group: Any = reference.get_object()
    members = group.get("/OCGs") if hasattr(group, "get") and group.get("/Type") == "/OCMD" else None
    if members is None:
        return False
    array = members if isinstance(members, list) else members.get_object()
    listed = array if isinstance(array, list) else [members]
    states = [getattr(each, "idnum", None) in off for each in listed]
    policy = str(group.get("/P", "/AnyOn"))
    shown = {
        "/AllOn": not any(states),
        "/AnyOff": any(states),
        "/AllOff": all(states),
    }.get(policy, not all(states))
    return bool(states) and not shown
