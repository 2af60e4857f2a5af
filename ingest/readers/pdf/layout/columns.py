"""Columns of a page: text that stands side by side, read column by column, or row by row where it is a table."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from statistics import median

from ingest.readers.pdf.layout.items import Item, Region, Row, around, have_letters, item_of
from ingest.readers.pdf.layout.run_around import beside, box_in_text, paragraph_start
from ingest.readers.pdf.layout.tables import header_count
from ingest.readers.pdf.line import Line
from ingest.readers.pdf.unseen.geometry import Box

GUTTER = 6.0
"""Points without words that part two columns."""
_BESIDE_FRAME = 2.0
"""Points without words beside a frame."""
_WIDE = 0.75
"""Sizes without words that part two columns, where that is more."""
_ROW_GAP = 1.25
"""Times the usual distance of lines from which a gap parts two rows."""
_LOOSE = 0.6
"""Sizes between the letters of two lines from which they are no lines of one paragraph."""
_FULL = 0.85
"""Share of the widest line of a column from which a line is full: its words go on below."""
_LONG = 28
"""Letters that the usual line of a column of text has at least."""
_EDGE = 6.0
"""Points within which edges are in line."""
_IN_LINE = 0.6
"""Share of the items of a table without lines that stand in line with others of their column."""
_RULED = 0.6
"""Share of a table that a level line crosses that parts its rows."""
_LONGEST_BOX = 60
"""Words of a box that is one of a pair, at most."""
_LINE_GAP = 1.7
"""Sizes between two lines of one paragraph, at most."""
_TAIL = 0.9
"""Sizes between the letters of two lines that go on in one column, at most."""
_FAR_TAIL = 2.5
"""The same where both columns hold running text."""
_FEWEST_LONG = 3
"""Long lines that make a column of running text."""
_INDENT = 24.0
"""Points by which a line of a column may be set in."""
_LEVEL = 2.0
"""Points within which the tops of two lines stand at one height."""
_SAYS = 4
"""Words of a line beside a figure from which it says something, as a step beside its number does."""
_LABEL = 8
"""Words of a framed label, at most."""
_OVERLAP = 0.35
"""Share of the lower of two items by which they must overlap to stand side by side."""

Band = tuple[Item, ...]
"""Items at one height, from left to right."""
Gap = tuple[float, float]
"""From where to where a band has no words."""


@dataclass(frozen=True, slots=True)
class _Zone:
    """Bands with gutters in common."""

    bands: tuple[Band, ...]
    gutters: tuple[Gap, ...]

    def column_of(self, item: Item) -> int:
        """Returns which column an item stands in, counted from the left."""
        return _side(item, self.gutters)


def in_order(items: Sequence[Item], rules: Sequence[Box] = (), depth: int = 0) -> Iterator[Region]:
    """Yields the regions of a page, or of a part of it, in the order of reading.

    Args:
        items: Lines, boxes and tables.
        rules: Level lines, and edges of shaded bands, that may part the rows of a table.
        depth: How many columns the part lies in.
    """
    bands = bands_of(items)
    at = 0
    text: list[Line] = []
    while at < len(bands):
        zone = _zone(bands, at) if len(bands[at]) > 1 and depth < 8 else None
        if zone is None:
            yield from _plain(bands[at], text)
            at += 1
            continue
        beneath = at + len(zone.bands)
        inside = [item for band in zone.bands for item in band]
        box = box_in_text(inside, text, [item for band in bands[beneath : beneath + 2] for item in band])
        if box is not None:
            yield from _around(box, inside, text)
            at = beneath
            continue
        head = _head(text, zone)
        if len(head) < len(text):
            yield Region("text", tuple(text[: len(text) - len(head)]))
        text.clear()
        if head:
            zone = _Zone((*((item_of(line),) for line in head), *zone.bands), zone.gutters)
        yield from _side_by_side(zone, rules, depth)
        at += len(zone.bands) - len(head)
    if text:
        yield Region("text", tuple(text))


def _around(box: Item, items: Sequence[Item], text: list[Line]) -> Iterator[Region]:
    """Yields a box that a paragraph goes around before that paragraph, whose lines are left in the text."""
    start = paragraph_start(text, items)
    if start:
        yield Region("text", tuple(text[:start]))
    yield from (replace(region, is_apart=True) for region in box.regions)
    text[:] = [*text[start:], *beside(items)]


def _head(text: Sequence[Line], zone: _Zone) -> list[Line]:
    """Returns the last lines above a zone that belong to its last column already: its text begins higher up."""
    head: list[Line] = []
    last = [item for item in zone.bands[0] if item.box.left >= zone.gutters[-1][0]]
    below = max(last, key=lambda item: item.box.top).line if last else None
    for line in reversed(text):
        is_right = line.x >= zone.gutters[-1][0]
        if below is None or not is_right or line.is_bold != below.is_bold or abs(line.size - below.size) > 0.4:
            break
        if line.y - below.y > _LINE_GAP * line.size:
            break
        head.insert(0, line)
        below = line
    return head


def _plain(band: Band, text: list[Line]) -> Iterator[Region]:
    """Yields what stands at one height without a gutter; lines of running text are collected first."""
    lines = [item.line for item in band if item.line is not None]
    if len(lines) == len(band):
        text.extend(lines)
        return
    if text:
        yield Region("text", tuple(text))
        text.clear()
    for item in band:
        if item.line is not None:
            yield Region("text", (item.line,), is_apart=True)
        yield from item.regions


def bands_of(items: Sequence[Item]) -> list[Band]:
    """Returns the items by height, from the top, each band with what stands side by side."""
    bands: list[list[Item]] = []
    foot = 0.0
    for item in sorted(items, key=lambda each: (-each.box.top, each.box.left)):
        high = item.box.top - item.box.bottom
        if bands and item.box.top - foot > _OVERLAP * min(high, bands[-1][0].box.top - foot):
            bands[-1].append(item)
            foot = min(foot, item.box.bottom)
        else:
            bands.append([item])
            foot = item.box.bottom
    return [tuple(sorted(band, key=lambda each: each.box.left)) for band in bands]


def _gaps(band: Band) -> list[Gap]:
    """Returns where a band has no words, to both ends of the page."""
    gaps: list[Gap] = []
    end = -1e6
    for item in band:
        if item.box.left > end:
            gaps.append((end, item.box.left))
        end = max(end, item.box.right)
    return [*gaps, (end, 1e6)]


def _common(first: Iterable[Gap], second: Sequence[Gap], least: float) -> list[Gap]:
    found = [(max(a, c), min(b, d)) for a, b in first for c, d in second]
    return [(low, high) for low, high in found if high - low >= least]


def _zone(bands: Sequence[Band], first: int) -> _Zone | None:
    """Returns the bands from one on that have a gutter in common, None where it has none that the next one has."""
    sizes = [line.size for item in bands[first] for line in item.lines]
    has_frame = any(item.line is None for item in bands[first])
    least = _BESIDE_FRAME if has_frame else max(GUTTER, _WIDE * min(sizes, default=8.0))
    gutters = [gap for gap in _gaps(bands[first])[1:-1] if gap[1] - gap[0] >= least]
    last, tried, shared = first, first + 1, gutters
    while shared and tried < len(bands):
        band = bands[tried]
        common = _common(shared, _gaps(band), least)
        if len(band) > 1:
            inner = _common(shared, _gaps(band)[1:-1], least)
            if not inner:
                break
            shared = inner if len(inner) == len(shared) else common
            gutters, last = shared, tried
        elif not common or _opens(band[0], bands[tried - 1], shared):
            break
        else:
            shared = common
        tried += 1
    last = _with_tail(bands, first, last, gutters)
    chosen = tuple(bands[first : last + 1])
    kept = tuple(gap for gap in gutters if _parts(chosen, gap))
    if not kept:
        return None
    zone = _Zone(chosen, kept)
    has_box = any(item.line is None for band in chosen for item in band)
    return zone if has_box or sum(len(band) > 1 for band in chosen) > 1 or _is_pair(chosen[0], least) else None


def _is_pair(band: Band, least: float) -> bool:
    """Returns whether two lines stand so far apart that they are not one, with room for a word between them."""
    lines = [item.line for item in band if item.line is not None]
    if any(len(line.words) >= 2 * _LONG for line in lines):
        return False
    return any(after.box.left - before.box.right >= 3 * least for before, after in pairwise(band))


def _parts(bands: Sequence[Band], gap: Gap) -> bool:
    middle = (gap[0] + gap[1]) / 2
    items = [item for band in bands for item in band]
    return any(item.box.right <= middle for item in items) and any(item.box.left >= middle for item in items)


def _opens(item: Item, before: Band, gutters: Sequence[Gap]) -> bool:
    """Returns whether a line that stands alone opens something else: a heading at the left, larger or bold."""
    line = item.line
    if line is None or item.box.left > min(each.box.left for each in before) + 2:
        return False
    last = [each for other in before for each in other.lines if other.box.right <= gutters[0][1]]
    if not last:
        return line.is_bold or any(line.size > each.size + 0.4 for other in before for each in other.lines)
    gap = min(each.y for each in last) - line.y
    is_new = (line.is_bold and not last[-1].is_bold) or line.size > last[-1].size + 0.4
    return is_new and gap > 1.4 * line.size


def _is_rest_of_column(bands: Sequence[Band], first: int, at: int, gutters: Sequence[Gap]) -> bool:
    """Returns whether all that is left below columns of running text stands in the first of them and fills it."""
    if not _is_running_text(bands[first:at], gutters):
        return False
    below = [item for band in bands[at:] for item in band]
    if any(item.box.right > gutters[0][1] for item in below):
        return False
    column = [item.box for band in bands[first:at] for item in band if _side(item, gutters) == 0]
    right = max(box.right for box in column)
    width = right - min(box.left for box in column)
    return sum(item.box.right >= right - (1 - _FULL) * width for item in below) >= _FEWEST_LONG


def _with_tail(bands: Sequence[Band], first: int, last: int, gutters: Sequence[Gap]) -> int:
    """Returns the last band of a zone, with lines below that go on in one of its columns."""
    lowest = {_side(item, gutters): item for band in bands[first : last + 1] for item in band}
    far = _FAR_TAIL if _is_running_text(bands[first : last + 1], gutters) else _TAIL
    while gutters and last + 1 < len(bands):
        band = bands[last + 1]
        if len(band) > 1 or not _common(gutters, _gaps(band), 1.0):
            break
        before, item = lowest.get(_side(band[0], gutters)), band[0]
        if before is None or before.line is None or item.line is None:
            break
        is_alike = before.line.is_bold == item.line.is_bold or far == _FAR_TAIL
        is_near = before.box.bottom - item.box.top <= far * item.line.size
        if not (is_alike and is_near) or (abs(before.box.left - item.box.left) > _INDENT):
            break
        lowest[_side(item, gutters)] = item
        last += 1
    return len(bands) - 1 if gutters and _is_rest_of_column(bands, first, last + 1, gutters) else last


def _is_running_text(bands: Sequence[Band], gutters: Sequence[Gap]) -> bool:
    """Returns whether several lines of each column are as long as those of running text."""
    counts = [0] * (len(gutters) + 1)
    for band in bands:
        for item in band:
            counts[_side(item, gutters)] += item.line is not None and len(item.line.words) >= _LONG
    return min(counts) >= _FEWEST_LONG


def _side(item: Item, gutters: Sequence[Gap]) -> int:
    middle = (item.box.left + item.box.right) / 2
    return sum(middle > (left + right) / 2 for left, right in gutters)


def _side_by_side(zone: _Zone, rules: Sequence[Box], depth: int) -> Iterator[Region]:
    columns: list[list[Item]] = [[] for _ in range(len(zone.gutters) + 1)]
    for band in zone.bands:
        for item in band:
            columns[zone.column_of(item)].append(item)
    filled = [column for column in columns if column]
    if len(filled) < 2:
        yield from in_order([item for column in filled for item in column], rules, depth + 1)
    elif _are_columns(zone, filled):
        for column in filled:
            yield from _apart(in_order(column, rules, depth + 1))
    elif _stand_in_line(filled) and _are_rows_sure(zone, rules):
        rows = tuple(_rows(zone, len(columns), rules))
        if _have_names(rows):
            yield Region("table", rows=rows, headers=header_count(rows), is_apart=True)
        else:
            yield _figure(zone)
    else:
        yield _figure(zone)


def _figure(zone: _Zone) -> Region:
    return Region("figure", tuple(line for band in zone.bands for item in band for line in item.lines))


def _have_names(rows: Sequence[Row]) -> bool:
    """Returns whether rows say something: what has only figures at the left, and no sentence, is the scale of a chart."""
    is_named = any(have_letters(row[0]) for row in rows)
    return is_named or any(len(line.words.split()) >= _SAYS for row in rows for cell in row[1:] for line in cell)


def _are_rows_sure(zone: _Zone, rules: Sequence[Box]) -> bool:
    """Returns whether it is certain what belongs to one row: by frames, by lines, or since it stands at one height."""
    has_frame = any(item.line is None for band in zone.bands for item in band)
    return has_frame or _is_level(zone) or bool(_ruled(zone, rules))


def _stand_in_line(columns: Sequence[Sequence[Item]]) -> bool:
    """Returns whether most of what stands in each column shares its left edge, its middle or its right edge."""
    count = total = 0
    for column in columns:
        total += len(column)
        count += max(
            max(sum(abs(place - other) <= _EDGE for other in places) for place in places)
            for places in (
                [item.box.left for item in column],
                [(item.box.left + item.box.right) / 2 for item in column],
                [item.box.right for item in column],
            )
        )
    return count >= _IN_LINE * total


def _apart(regions: Iterable[Region]) -> Iterator[Region]:
    for number, region in enumerate(regions):
        yield region if number else Region(region.kind, region.lines, region.rows, region.headers, region.is_apart)


def _are_columns(zone: _Zone, columns: Sequence[Sequence[Item]]) -> bool:
    """Returns whether columns are read one after another: all hold running text, and the file goes on down each."""
    if any(region.kind != "text" for column in columns for item in column for region in item.regions):
        return True
    if all(item.line is None and _words(item) <= _LABEL for item in columns[0]):
        return False
    if all(item.line is None for column in columns for item in column):
        return not _are_pairs(zone)
    if any(item.line is None and _words(item) > _LABEL for column in columns for item in column):
        return True
    placed = sorted((item.order, number) for number, column in enumerate(columns) for item in column)
    changes = sum(before[1] != after[1] for before, after in pairwise(placed))
    lines = [[line for item in column for line in item.lines] for column in columns]
    if changes < len(columns) and min(len(column) for column in lines) > 1:
        is_text = all(max(len(line.words) for line in column) >= _LONG for column in lines)
        if is_text or not _is_level(zone):
            return True
    is_running = all(median(len(line.words) for line in column) >= _LONG for column in lines)
    if not is_running or min(len(column) for column in lines) < 2:
        return False
    return changes <= 2 * len(columns) or not _open_level(columns)


def _are_pairs(zone: _Zone) -> bool:
    """Returns whether boxes side by side belong together, as a myth and the truth do: each row begins at one height."""
    bands = [band for band in zone.bands if len(band) > 1]
    is_level = all(max(item.box.top for item in band) - min(item.box.top for item in band) <= _EDGE for band in bands)
    is_short = all(_words(item) <= _LONGEST_BOX for band in bands for item in band)
    return is_level and is_short and len(bands) == len(zone.bands)


def _is_level(zone: _Zone) -> bool:
    """Returns whether what stands side by side stands at one height, as the cells of a row do."""
    beside = [band for band in zone.bands if len(band) > 1]
    level = sum(abs(band[0].box.top - item.box.top) <= _LEVEL for band in beside for item in band[1:])
    return level >= 0.8 * sum(len(band) - 1 for band in beside)


def _words(item: Item) -> int:
    return sum(len(line.words.split()) for line in item.lines)


def _open_level(columns: Sequence[Sequence[Item]]) -> bool:
    """Returns whether paragraphs of columns open at one height, as the cells of a row do."""
    tops = [list(_openings(column)) for column in columns]
    fewest = min(tops, key=len)
    if len(fewest) < 2:
        return False
    shared = [top for top in fewest if all(any(abs(top - each) <= 3 for each in others) for others in tops)]
    return len(shared) >= 0.8 * len(fewest)


def _openings(column: Sequence[Item]) -> Iterator[float]:
    gaps = [before.box.bottom - after.box.top for before, after in pairwise(column)]
    usual = median(gaps) if gaps else 0.0
    yield column[0].box.top
    for (before, after), gap in zip(pairwise(column), gaps, strict=True):
        if gap > usual + 0.3 * (before.box.top - before.box.bottom):
            yield after.box.top


def _rows(zone: _Zone, count: int, rules: Sequence[Box]) -> Iterator[Row]:
    """Yields the rows of a table without upright lines."""
    for items in _row_items(zone, rules):
        cells: list[list[Line]] = [[] for _ in range(count)]
        for item in sorted(items, key=lambda each: -each.box.top):
            cells[zone.column_of(item)].extend(item.lines)
        yield tuple(tuple(cell) for cell in cells)


def _row_items(zone: _Zone, rules: Sequence[Box]) -> Iterator[list[Item]]:
    labels = [item for band in zone.bands for item in band if zone.column_of(item) == 0 and item.line is None]
    if labels and len(labels) == sum(zone.column_of(item) == 0 for band in zone.bands for item in band):
        yield from _by_label(zone, labels)
        return
    gaps = [gap_between(before, after) for before, after in pairwise(zone.bands)]
    starts = _ruled(zone, rules) or _starts(zone, gaps)
    row: list[Item] = []
    for number, band in enumerate(zone.bands):
        if number in starts and row:
            yield row
            row = []
        row.extend(band)
    yield row


def _by_label(zone: _Zone, labels: Sequence[Item]) -> Iterator[list[Item]]:
    """Yields rows that framed labels at the left make: what stands beside each, or nearest to it.

    What no gap parts stays together, where gaps make as many parts as there are labels.
    """
    others = [item for band in zone.bands for item in band if item not in labels]
    parts = _parted(others) if others else []
    if len(parts) < len(labels):
        parts = [[item] for item in others]
    frames = [around([item.box for item in part]) for part in parts]
    homes = [_nearest(frame, labels) for frame in frames]
    for number, label in enumerate(labels):
        yield [label, *(item for home, part in zip(homes, parts, strict=True) if home == number for item in part)]


def _parted(items: Sequence[Item]) -> list[list[Item]]:
    """Returns items with those together that no larger gap parts, from the top."""
    bands = bands_of(items)
    gaps = [gap_between(before, after) for before, after in pairwise(bands)]
    high = median(item.box.top - item.box.bottom for item in items)
    least = max(median(gaps), 0.0) + (_ROW_GAP - 1) * high if gaps else 0.0
    parts = [list(bands[0])]
    for gap, band in zip(gaps, bands[1:], strict=True):
        if gap > least:
            parts.append([])
        parts[-1].extend(band)
    return parts


def _nearest(frame: Box, labels: Sequence[Item]) -> int:
    """Returns the place of the label that most stands beside a part, or is nearest to the middle of it."""
    beside = [min(frame.top, each.box.top) - max(frame.bottom, each.box.bottom) for each in labels]
    if max(beside) > 0:
        return beside.index(max(beside))
    middle = (frame.top + frame.bottom) / 2
    far = [max(each.box.bottom - middle, middle - each.box.top) for each in labels]
    return far.index(min(far))


def gap_between(before: Band, after: Band) -> float:
    """Returns how far the letters of a band stand above those of the next, in points."""
    return min(item.box.bottom for item in before) - max(item.box.top for item in after)


def _ruled(zone: _Zone, rules: Sequence[Box]) -> frozenset[int]:
    """Returns which bands open a row by the level lines between them; none where they are too few for rows."""
    boxes = [item.box for band in zone.bands for item in band]
    frame = around(boxes)
    wide = [
        rule
        for rule in rules
        if min(rule.right, frame.right) - max(rule.left, frame.left) >= _RULED * (frame.right - frame.left)
    ]
    starts = {
        number + 1
        for number, (before, after) in enumerate(pairwise(zone.bands))
        if any(_middle(after) < (rule.bottom + rule.top) / 2 < _middle(before) for rule in wide)
    }
    return frozenset(starts) if len(starts) >= max(2, len(zone.bands) // 5) else frozenset()


def _middle(band: Band) -> float:
    tallest = max(item.box.top for item in band)
    return (tallest + min(item.box.bottom for item in band)) / 2


def _starts(zone: _Zone, gaps: Sequence[float]) -> frozenset[int]:
    """Returns which bands open a row: those after a larger gap, or where all gaps are alike, those with a first cell."""
    high = median(item.box.top - item.box.bottom for band in zone.bands for item in band)
    usual = min(gaps, default=0.0)
    larger = {number + 1 for number, gap in enumerate(gaps) if gap > max(usual, 0.0) + (_ROW_GAP - 1) * high}
    if _is_loose_and_full(zone, usual, high):
        return frozenset(range(len(zone.bands)))
    if larger and len(larger) < len(gaps) and _are_rows(zone, larger):
        return frozenset(larger)
    widest = max(
        (item.box.right - item.box.left for band in zone.bands for item in band if zone.column_of(item) == 0), default=0
    )
    starts: set[int] = set()
    was_full = False
    for number, band in enumerate(zone.bands):
        first = [item for item in band if zone.column_of(item) == 0]
        opens = bool(first) and len(band) > 1 and not (was_full and gaps[number - 1] <= usual + 1)
        if opens or number in larger:
            starts.add(number)
        was_full = bool(first) and len(band) == 1 and first[-1].box.right - first[-1].box.left >= _FULL * widest
    return frozenset(starts)


def _is_loose_and_full(zone: _Zone, usual: float, high: float) -> bool:
    """Returns whether every band fills every column, farther apart than the lines of a paragraph: each is a row."""
    return usual >= _LOOSE * high and all(len(band) == len(zone.gutters) + 1 for band in zone.bands)


def _are_rows(zone: _Zone, starts: set[int]) -> bool:
    """Returns whether most bands at which rows would start have more than one cell."""
    return sum(len(zone.bands[number]) > 1 for number in starts) >= 0.6 * len(starts)
