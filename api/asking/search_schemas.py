"""Responses of a search."""

from __future__ import annotations

from pydantic import BaseModel, ConfigDict
from pydantic.config import JsonDict

from api.http.schemas import MARK
from assistant.outcomes.view import HitView

HIT: JsonDict = {
    "rank": 1,
    "passage_id": "example-policy-2026:0f1e2d3c4b5a:1",
    "edition_id": "example-policy-2026",
    "title": "Example policy",
    "kind": "policy",
    "form": "official",
    "headings": ["Example policy", "1. Recording"],
    "label": "1",
    "text": "Staff must record the reasons for a decision.",
    "pages": [2],
    "page_labels": ["1"],
    "is_quotable": True,
    "score": 0.91,
    "cosine": 0.62,
    "bm25": 7.4,
    "dense_rank": 1,
    "lexical_rank": 2,
    "lines": [
        {
            "text": "Staff must record the reasons for a decision.",
            "kind": "text",
            "depth": 0,
            "mark": "",
            "cells": [],
            "is_lead_in": False,
            "follows_gap": False,
        }
    ],
    "recognised": 0.97,
    "source_mark": MARK,
}


class SearchResponse(BaseModel):
    """Passages, best first."""

    model_config = ConfigDict(
        json_schema_extra={
            "examples": [
                {
                    "query": "strategy discussion",
                    "standalone": "strategy discussion",
                    "masked": [],
                    "hits": [HIT],
                    "next_offset": 10,
                    "generation": 1,
                    "fingerprint": "0f1e2d3c4b5a6978",
                }
            ]
        }
    )

    query: str
    """The query with personal details masked."""
    standalone: str
    masked: list[str]
    hits: list[HitView]
    next_offset: int | None
    """Pass as ``offset`` to get the next page; null on the last one."""
    generation: int
    fingerprint: str
