"""How a page shows its tags: struck through, hidden, off the screen, white on white or too small to read."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from bs4 import Tag

from ingest.readers.unseen import NEAR_WHITE, Reason, is_white

STRUCK_TAGS = ("s", "del", "strike")
SMALLEST_PRINT = 3.0
"""Pixels; smaller print is not read."""
_AWAY = -999
_FAINTEST = 0.05
_NUMBER = re.compile(r"-?(?:\d+\.?\d*|\.\d+)")
_LENGTH = re.compile(r"(-?(?:\d+\.?\d*|\.\d+))\s*(px|pt|em|rem|%|ex|ch|vw|vh|mm|cm|in)?")
_PIXELS = {"px": 1.0, "pt": 4 / 3, "rem": 16.0, "mm": 3.78, "cm": 37.8, "in": 96.0}
_RELATIVE = {"em": 16.0, "%": 0.16, "ex": 8.0, "ch": 8.0}
_NO_BACKGROUND = ("none", "transparent", "white", "initial", "inherit", "unset", "0 0")


@dataclass(frozen=True, slots=True)
class Look:
    """How the words of a tag look; what a tag does not say it has from the tag around it."""

    is_gone: bool = False
    """Whether it and all in it are away, whatever they say themselves."""
    is_struck: bool = False
    is_invisible: bool = False
    is_tiny: bool = False
    is_white: bool = False
    is_backed: bool = False
    """Whether a colour or picture lies behind it."""

    @property
    def reason(self) -> Reason | None:
        """Why its words are no evidence, None where a reader sees them."""
        if self.is_struck:
            return Reason.WITHDRAWN
        is_unseen = self.is_gone or self.is_invisible or self.is_tiny or (self.is_white and not self.is_backed)
        return Reason.HIDDEN if is_unseen else None


def is_away(tag: Tag, declared: dict[str, str]) -> bool:
    """Returns whether a tag takes no room, as with ``display: none``."""
    by_attribute = "none" if tag.has_attr("hidden") and str(tag["hidden"]).lower() != "until-found" else ""
    return declared.get("display", by_attribute) == "none"


def is_bold(tag: Tag, declared: dict[str, str], is_around: bool) -> bool:
    """Returns whether the words of a tag are bold, if ``is_around`` says whether those around it are."""
    weight = declared.get("font-weight", "")
    if weight in ("bold", "bolder", "600", "700", "800", "900"):
        return True
    return (is_around and weight in ("", "inherit")) or (not weight and tag.name in ("b", "strong"))


def is_underlined(tag: Tag, declared: dict[str, str], is_around: bool) -> bool:
    """Returns whether the words of a tag are underlined other than as a link."""
    is_own = tag.name == "u" or "underline" in declared.get("text-decoration-line", "")
    return tag.name != "a" and (is_own or is_around)


def look_of(tag: Tag, declared: dict[str, str], around: Look) -> Look:
    """Returns how a tag looks.

    Args:
        tag: The tag.
        declared: The values that hold for it.
        around: How the tag around it looks.
    """
    look = replace(
        around,
        is_gone=around.is_gone or is_away(tag, declared) or _is_out_of_sight(declared),
        is_struck=around.is_struck or tag.name in STRUCK_TAGS or _strikes(declared),
    )
    if "visibility" in declared and declared["visibility"] != "inherit":
        look = replace(look, is_invisible=declared["visibility"] in ("hidden", "collapse"))
    if "font-size" in declared:
        look = replace(look, is_tiny=_is_tiny(declared["font-size"], around.is_tiny))
    colour = declared.get("color", str(tag.get("color", "")) if tag.name == "font" else "")
    if colour and colour not in ("inherit", "unset", "currentcolor"):
        look = replace(look, is_white=_is_white(colour))
    background = declared.get("background") or str(tag.get("bgcolor", "")).lower()
    if background and background not in _NO_BACKGROUND and not _is_white(background):
        look = replace(look, is_backed=True)
    return look


def _strikes(declared: dict[str, str]) -> bool:
    return "line-through" in declared.get("text-decoration-line", "")


def _is_out_of_sight(declared: dict[str, str]) -> bool:
    opacity = _NUMBER.fullmatch(declared.get("opacity", "1").rstrip("%"))
    places = (declared.get(name, "") for name in ("left", "top", "right", "text-indent", "margin-left", "margin-top"))
    moves = re.findall(r"translate[xy3d]*\(([^)]*)\)", declared.get("transform", ""))
    lengths = [float(found) for each in (*places, *moves) for found in _NUMBER.findall(each)]
    is_faint = opacity is not None and float(opacity[0]) < _FAINTEST
    return is_faint or any(each <= _AWAY for each in lengths) or _is_clipped(declared)


def _is_clipped(declared: dict[str, str]) -> bool:
    clip, path = declared.get("clip", ""), declared.get("clip-path", "")
    sides = [float(each) for each in _NUMBER.findall(clip)] if clip.startswith("rect(") else []
    inset = re.match(r"inset\(\s*(\d+)", path)
    is_closed = bool(sides) and all(each <= 1 for each in sides)
    return is_closed or (inset is not None and int(inset[1]) >= 50) or re.match(r"circle\(\s*0", path) is not None


def _is_tiny(size: str, is_around: bool) -> bool:
    found = _LENGTH.fullmatch(size)
    if found is None:
        return is_around and size in ("inherit", "unset", "smaller", "larger")
    number, unit = float(found[1]), found[2] or "px"
    if unit in _RELATIVE:
        return is_around or number * _RELATIVE[unit] < SMALLEST_PRINT
    return number * _PIXELS.get(unit, 16.0) < SMALLEST_PRINT


def _is_white(colour: str) -> bool:
    colour = colour.strip().lower()
    if colour.startswith("#"):
        digits = colour[1:]
        is_clear = len(digits) in (4, 8) and not digits[len(digits) * 3 // 4 :].strip("0")
        digits = "".join(each * 2 for each in digits[:3]) if len(digits) in (3, 4) else digits[:6]
        return is_clear or is_white(digits)
    if colour.startswith("rgb"):
        parts = [float(each) for each in _NUMBER.findall(colour)]
        is_clear = len(parts) > 3 and parts[3] == 0
        scale = 2.55 if "%" in colour else 1.0
        return is_clear or (len(parts) > 2 and all(each * scale >= NEAR_WHITE for each in parts[:3]))
    return colour in ("white", "transparent", "snow", "ghostwhite", "ivory") or bool(
        re.fullmatch(r"hsla?\([^,\s]+[,\s]+[^,\s]+[,\s]+(?:9[6-9]|100)%.*", colour)
    )
