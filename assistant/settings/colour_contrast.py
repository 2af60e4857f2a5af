"""Contrast of text with a colour."""

from __future__ import annotations

LEAST_CONTRAST = 4.5
"""Least contrast of text with its background (WCAG 2.2, success criterion 1.4.3)."""


def contrast_with_white(colour: str) -> float:
    """Returns the contrast ratio of white with a colour "#rrggbb", 1 to 21 (WCAG 2.2, contrast ratio)."""
    return 1.05 / (_luminance(colour) + 0.05)


def _luminance(colour: str) -> float:
    """Returns the relative luminance, 0 to 1 (WCAG 2.2, relative luminance, of sRGB)."""
    channels = (int(colour[start : start + 2], 16) / 255 for start in (1, 3, 5))
    linear = [each / 12.92 if each <= 0.04045 else ((each + 0.055) / 1.055) ** 2.4 for each in channels]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]
