"""Writes the figures of the benchmark as Markdown, and compares them with the limits of the project."""

from __future__ import annotations

from typing import Any

LIMIT_SIZE = 10_000
OWN_AND_SEARCH_MS = 30.0
WHOLE_MS = 100.0
WITH_RERANKER_MS = 400.0
"""Longest whole question where a reranker scores the first sentences."""
COLD_S = 3.0
STAGES = ("reading", "cutting", "embedding", "publishing")


def limits(found: dict[str, Any]) -> list[dict[str, Any]]:
    """Returns each limit that could be checked with its figure; those not measured are left out."""
    rows = []
    for each in found["questions"]:
        if each["passages"] == LIMIT_SIZE:
            rows.append(_limit("own work and search, p95, 10k", each["own and search"]["p95"], OWN_AND_SEARCH_MS, "ms"))
            whole = WITH_RERANKER_MS if "read" in each else WHOLE_MS
            rows.append(_limit("whole question, p95, 10k", each["whole"]["p95"], whole, "ms"))
    if found["cold"] is not None:
        rows.append(_limit("cold `assistant ask`, median", found["cold"]["median_s"], COLD_S, "s"))
    return rows


def _limit(name: str, value: float, limit: float, unit: str) -> dict[str, Any]:
    return {"name": name, "value": value, "limit": limit, "unit": unit, "held": value <= limit}


def tables(found: dict[str, Any]) -> str:
    """Returns every table."""
    where = found["machine"]
    load = f"load {where['load']:.1f} before the start"
    head = f"Measured on {where['date']}, {where['cores']} cores ({load}), Python {where['python']}, no GPU.\n"
    return "\n".join((head, _ingest(found["ingest"]), _questions(found["questions"]), _limits(found)))


def _ingest(found: dict[str, Any]) -> str:
    columns = [
        "run",
        "pages",
        "passages",
        "embedded",
        *(f"{each} s" for each in STAGES),
        "wall s",
        "pages/s",
        "passages/s",
    ]
    rows = []
    for name in ("first", "second"):
        each = found[name]
        stages = [f"{each['seconds'].get(stage, 0.0):.2f}" for stage in STAGES]
        counts = [str(each[count]) for count in ("pages", "passages", "embedded")]
        rates = [f"{each['wall_s']:.2f}", f"{each['pages_per_s']:.1f}", f"{each['passages_per_s']:.1f}"]
        rows.append([name if name == "first" else "second, unchanged", *counts, *stages, *rates])
    title = f"Ingest of {found['subject']}; peak memory {found['peak_mb']:.0f} MB."
    return f"{title}\n\n{_table(columns, rows)}"


def _questions(found: list[dict[str, Any]]) -> str:
    names = [name for name in found[0] if isinstance(found[0][name], dict)] if found else []
    columns = ["milliseconds, p50 / p95", *(f"{each['passages']:,} passages" for each in found)]
    rows = [[name, *(_pair(each[name]) for each in found)] for name in sorted(names, key=_order)]
    rows.append(["peak memory MB, asking", *(f"{each['peak_mb']:.0f}" for each in found)])
    rows.append(["vector recall@50", *(f"{each['recall']:.3f}" for each in found)])
    rows.append(["peak memory MB, publishing", *(f"{each['fill_peak_mb']:.0f}" for each in found)])
    rows.append(["publishing s (indexes)", *(f"{each['publish_s']:.0f}" for each in found)])
    real = max((each["real"] for each in found), default=0)
    title = f"Questions, over {real} real passages and generated ones with generated vectors beyond."
    return f"{title}\n\n{_table(columns, rows)}"


def _order(name: str) -> tuple[int, str]:
    first = ("whole", "own and search", "own", "embed", "read", "search vectors", "search words")
    return (first.index(name) if name in first else len(first), name)


def _pair(figures: dict[str, float]) -> str:
    return f"{figures['p50']:.1f} / {figures['p95']:.1f}"


def _limits(found: dict[str, Any]) -> str:
    rows = []
    for each in found["limits"]:
        value, limit = f"{each['value']:.2f} {each['unit']}", f"{each['limit']:.0f} {each['unit']}"
        rows.append([each["name"], value, limit, "yes" if each["held"] else "**no**"])
    best = (
        ""
        if found["cold"] is None
        else f"Cold start, best of {found['cold']['runs']}: {found['cold']['best_s']:.2f} s.\n\n"
    )
    return best + _table(["limit", "measured", "at most", "held"], rows)


def _table(columns: list[str], rows: list[list[str]]) -> str:
    lines = [columns, ["---"] * len(columns), *rows]
    return "".join(f"| {' | '.join(line)} |\n" for line in lines)
