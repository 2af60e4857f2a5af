"""``python -m evals.screening [--split development|report] [--failures]``: a table of recall and false alarms."""

from __future__ import annotations

import argparse
import sys

from scipy.stats import beta

from evals.screening.measure import Count, measure


def interval(hits: int, total: int) -> tuple[float, float]:
    """Returns the exact 95 % interval of a share (Clopper and Pearson); (0, 1) where nothing was tried.

    Source: Clopper and Pearson, Biometrika 26 (1934).
    """
    low = float(beta.ppf(0.025, hits, total - hits + 1)) if hits else 0.0
    high = float(beta.ppf(0.975, hits + 1, total - hits)) if hits < total else 1.0
    return low, high


def row(count: Count) -> str:
    """Returns one line of the table."""
    low, high = interval(count.hits, count.total)
    share = count.hits / count.total if count.total else float("nan")
    return f"| {count.name} | {count.hits}/{count.total} | {share:.3f} | {low:.3f}–{high:.3f} |\n"


def main() -> None:
    """Prints the table; failures only for the development half."""
    parser = argparse.ArgumentParser(prog="python -m evals.screening", description=__doc__)
    parser.add_argument("--split", choices=("development", "report"), default="development")
    parser.add_argument("--failures", action="store_true", help="list what failed (development only)")
    chosen = parser.parse_args()
    counts = measure(chosen.split)
    sys.stdout.write("| measure | count | share | 95 % interval |\n|---|---|---|---|\n")
    sys.stdout.writelines(row(each) for each in counts)
    if chosen.failures and chosen.split == "development":
        sys.stdout.writelines(f"\n{each.name}\n  " + "\n  ".join(each.misses) + "\n" for each in counts if each.misses)


if __name__ == "__main__":
    main()
