"""Charts as SVG text: each has a title, a description and a table beside it for people who cannot see it."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape

import numpy as np

from evals.scoring.metrics import Share

WIDTH, HEIGHT, LEFT, BOTTOM, TOP, RIGHT = 560, 280, 56, 44, 12, 16
BAR, LABEL = 26, 190


def _svg(title: str, description: str, body: str, height: int = HEIGHT) -> str:
    name = "".join(each if each.isalnum() else "-" for each in title.lower())
    return (
        f'<svg role="img" viewBox="0 0 {WIDTH} {height}" aria-labelledby="{name}-t {name}-d">'
        f'<title id="{name}-t">{escape(title)}</title><desc id="{name}-d">{escape(description)}</desc>{body}</svg>'
    )


def _x(share: float) -> float:
    return LEFT + share * (WIDTH - LEFT - RIGHT)


def _y(share: float) -> float:
    return HEIGHT - BOTTOM - share * (HEIGHT - BOTTOM - TOP)


def _axes(across: str, up: str, top: float = 1.0) -> str:
    lines = []
    for step in (0, 0.25, 0.5, 0.75, 1):
        lines.append(f'<line class="grid" x1="{LEFT}" x2="{WIDTH - RIGHT}" y1="{_y(step):.1f}" y2="{_y(step):.1f}"/>')
        lines.append(f'<text x="{LEFT - 6}" y="{_y(step) + 4:.1f}" text-anchor="end">{step * top:.0%}</text>')
        lines.append(f'<text x="{_x(step):.1f}" y="{HEIGHT - BOTTOM + 16}" text-anchor="middle">{step:.0%}</text>')
    lines.append(f'<text x="{_x(0.5):.1f}" y="{HEIGHT - 8}" text-anchor="middle">{escape(across)}</text>')
    lines.append(f'<text transform="translate(13 {_y(0.5):.1f}) rotate(-90)" text-anchor="middle">{escape(up)}</text>')
    return "".join(lines)


def risk_coverage_picture(points: Sequence[tuple[float, float, float]], threshold: float | None) -> str:
    """Returns the curve of wrong answers against answered questions, with the chosen threshold marked."""
    top = max([0.05, *(wrong for _, _, wrong in points)])
    line = " ".join(f"{_x(covered):.1f},{_y(wrong / top):.1f}" for _, covered, wrong in points)
    chosen = [point for point in points if threshold is not None and point[0] >= threshold][-1:]
    dots = "".join(f'<circle class="chosen" cx="{_x(c):.1f}" cy="{_y(w / top):.1f}" r="6"/>' for _, c, w in chosen)
    described = f"{len(points)} thresholds from the strictest to none. " + "".join(
        f"At the chosen one {c:.0%} of answerable questions are answered and {w:.1%} of all are false answers."
        for _, c, w in chosen
    )
    body = _axes("answerable questions answered", "false answers", top) + f'<polyline points="{line}"/>' + dots
    return _svg("Risk and coverage", described, body)


def reliability_picture(bins: Sequence[tuple[float, Share]]) -> str:
    """Returns how often the documents really answer against how likely the assistant thought it."""
    body = _axes("how likely it thought", "how often it was so")
    body += f'<line class="ideal" x1="{_x(0)}" y1="{_y(0):.1f}" x2="{_x(1)}" y2="{_y(1):.1f}"/>'
    for stated, found in bins:
        if found.value is None or found.low is None or found.high is None:
            continue
        at = _x(stated)
        body += (
            f'<line class="whisker" x1="{at:.1f}" x2="{at:.1f}" y1="{_y(found.low):.1f}" y2="{_y(found.high):.1f}"/>'
        )
        body += f'<circle cx="{at:.1f}" cy="{_y(found.value):.1f}" r="5"/>'
    said = "; ".join(f"thought {stated:.0%}, was {found.count} of {found.of}" for stated, found in bins)
    return _svg("Calibration", said or "Nothing was judged.", body)


def bars_picture(title: str, rows: Sequence[tuple[str, Share]]) -> str:
    """Returns a bar per row with its interval."""
    height, body = BAR * len(rows) + 30, ""
    room = WIDTH - LABEL - 70
    for place, (name, found) in enumerate(rows):
        if found.value is None or found.low is None or found.high is None:
            continue
        middle = place * BAR + 18
        low, high = LABEL + found.low * room, LABEL + found.high * room
        body += f'<text x="{LABEL - 8}" y="{middle + 4}" text-anchor="end">{escape(name.replace("_", " "))}</text>'
        body += f'<rect x="{LABEL}" y="{middle - 8}" width="{max(found.value * room, 1):.1f}" height="16"/>'
        body += f'<line class="whisker" x1="{low:.1f}" x2="{high:.1f}" y1="{middle}" y2="{middle}"/>'
        body += f'<text x="{WIDTH - 62}" y="{middle + 4}">{found.count} of {found.of}</text>'
    said = "; ".join(f"{name}: {found.count} of {found.of}" for name, found in rows)
    return _svg(title, said, body, height)


def latency_picture(seconds: Sequence[float]) -> str:
    """Returns a histogram of the time per question."""
    milliseconds = np.array(seconds) * 1000
    end = float(np.quantile(milliseconds, 0.99)) if len(milliseconds) else 1.0
    counts, edges = np.histogram(np.minimum(milliseconds, end), bins=20, range=(0, max(end, 1.0)))
    step, most = (WIDTH - LEFT - RIGHT) / 20, max(int(counts.max()), 1)
    body = "".join(
        f'<rect x="{LEFT + place * step + 1:.1f}" y="{_y(count / most):.1f}" width="{step - 2:.1f}" '
        f'height="{HEIGHT - BOTTOM - _y(count / most):.1f}"/>'
        for place, count in enumerate(counts)
    )
    for share in (0, 0.5, 1):
        text = f"{share * edges[-1]:.0f}"
        body += f'<text x="{_x(share):.1f}" y="{HEIGHT - BOTTOM + 16}" text-anchor="middle">{text}</text>'
    body += f'<text x="{_x(0.5):.1f}" y="{HEIGHT - 8}" text-anchor="middle">milliseconds per question</text>'
    body += f'<text x="{LEFT - 6}" y="{TOP + 10}" text-anchor="end">{most}</text>'
    return _svg("Time per question", times(seconds), body)


def times(seconds: Sequence[float]) -> str:
    """Returns in one sentence how long answers took."""
    if not seconds:
        return "Nothing was asked."
    middle, late = np.quantile(np.array(seconds) * 1000, [0.5, 0.95])
    return f"Half of the answers came within {middle:.0f} ms, 95 in 100 within {late:.0f} ms."
