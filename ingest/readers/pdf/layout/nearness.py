"""Which boxes of a page are near one another, directly or by way of others."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from ingest.readers.pdf.unseen.geometry import Box


def near_together(boxes: Sequence[Box], near: float) -> Collection[list[int]]:
    """Returns the places of boxes in groups: those of one are no farther apart than a distance, one after another.

    Args:
        boxes: On one page.
        near: Points, across and up.
    """
    parent = list(range(len(boxes)))

    def root(place: int) -> int:
        while parent[place] != place:
            parent[place] = parent[parent[place]]
            place = parent[place]
        return place

    passed: list[int] = []
    for place in sorted(range(len(boxes)), key=lambda each: boxes[each].left):
        box = boxes[place]
        passed = [each for each in passed if boxes[each].right >= box.left - near]
        for other in passed:
            if boxes[other].bottom <= box.top + near and box.bottom <= boxes[other].top + near:
                parent[root(other)] = root(place)
        passed.append(place)
    groups: dict[int, list[int]] = {}
    for place in range(len(boxes)):
        groups.setdefault(root(place), []).append(place)
    return groups.values()
