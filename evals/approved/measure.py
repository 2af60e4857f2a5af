"""The figures of a set: how many wordings are matched, and how many near ones falsely, by what differs."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from scipy.stats import beta

from assistant.answering.approved.matching import MatchingCalibration, compared, is_match
from evals.approved.pairs import SAME, Pair
from evals.approved.prepared import Prepared

CONFIDENCE = 0.95


def measured(rows: Sequence[Prepared], calibration: MatchingCalibration) -> tuple[tuple[Pair, bool, str], ...]:
    """Returns each pair with whether it was matched, and why not where it was not."""
    found = []
    for row in rows:
        result = compared(row.asked, row.stored, calibration)
        found.append((row.pair, is_match(result, calibration), result.differs_in or "below the threshold"))
    return tuple(found)


def given_another(rows: Sequence[Prepared], calibration: MatchingCalibration) -> int:
    """Returns how many questions would be given another answer of the set than the one that they stand beside.

    Some of them ask what that other one answers.
    """
    answers = {row.stored.name: row.stored for row in rows}
    count = 0
    for row in rows:
        others = (compared(row.asked, each, calibration) for name, each in answers.items() if name != row.pair.answer)
        count += any(is_match(each, calibration) for each in others)
    return count


def table(found: Sequence[tuple[Pair, bool, str]], calibration: MatchingCalibration, another: int = 0) -> str:
    """Returns the figures as a Markdown table, and how many questions would be given another answer of the set."""
    last = f"\nGiven another answer of the set: {another} of {len(found)}.\n"
    return "\n".join(_lines(found, calibration)) + f"\n{last}"


def _lines(found: Sequence[tuple[Pair, bool, str]], calibration: MatchingCalibration) -> Iterator[str]:
    yield f"Threshold {calibration.threshold:.3f}, calibrated on {calibration.set_size} pairs, {calibration.date}."
    yield ""
    yield "| wordings | matched | of | share | 95 % interval |"
    yield "|---|---:|---:|---:|---|"
    matching = [is_matched for pair, is_matched, _ in found if pair.is_match]
    near = [is_matched for pair, is_matched, _ in found if not pair.is_match]
    yield _line("to be matched", matching)
    yield _line("near, not to be matched", near)
    for differs in sorted({pair.differs for pair, _, _ in found} - {SAME}):
        yield _line(f"near: differs in {differs}", [is_m for pair, is_m, _ in found if pair.differs == differs])


def _line(name: str, matched: Sequence[bool]) -> str:
    low, high = interval(sum(matched), len(matched))
    rate = sum(matched) / len(matched) if matched else 0.0
    return f"| {name} | {sum(matched)} | {len(matched)} | {rate:.1%} | {low:.1%} to {high:.1%} |"


def interval(count: int, of: int) -> tuple[float, float]:
    """Returns the exact (Clopper-Pearson) interval of a share."""
    rest = (1 - CONFIDENCE) / 2
    low = 0.0 if count == 0 else float(beta.ppf(rest, count, of - count + 1))
    high = 1.0 if count == of else float(beta.ppf(1 - rest, count + 1, of - count))
    return low, high


def failures(found: Sequence[tuple[Pair, bool, str]]) -> Iterator[str]:
    """Yields a line for each pair that went wrong."""
    for pair, is_matched, why in found:
        if is_matched != pair.is_match:
            what = f"missed ({why})" if pair.is_match else f"false match ({pair.differs})"
            yield f"- {what}: {pair.asked} / {pair.wordings[0]}"
