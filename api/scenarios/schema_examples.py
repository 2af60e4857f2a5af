"""Example data for the OpenAPI description of the scenarios API."""

from __future__ import annotations

from pydantic.config import JsonDict

from api.http.schemas import MARK
from assistant.outcomes.citation_text import FINDING
from assistant.scenarios.files.json import FORMAT
from assistant.scenarios.files.sheet import FICTION, NOT_ADVICE

REQUEST: JsonDict = {
    "theme": "neglect", "agencies": ["education", "social_care"], "setting": "primary_school", "age_band": "5_10",
    "difficulty": "medium", "length": "short", "aims": [], "seed": 4711, "twist": False, "variant": 0,
    "kept": {"household": "hh-01", "opening": "op-03", "dilemma": "dl-07", "pressure": "pr-02"}, "keeps_people": 4711,
}  # fmt: skip
RECIPE: JsonDict = {
    "request": REQUEST, "unlike": [], "written_by": "", "grammar": "0f1e2d3c4b5a", "fingerprint": "0f1e2d3c4b5a6978",
    "words": {"title": "Neglect: a short one", "stages": [{"number": 1, "text": "It rains.", "questions": ["What next?"]}]},
}  # fmt: skip


def _citation(kind: str, quote: str, duty: str) -> JsonDict:
    return {
        "number": 1, "edition_id": f"example-{kind}-2026", "title": "Example document", "kind": kind, "form": "official",
        "headings": ["Recording"], "label": "12", "quote": quote, "pages": [9], "duty": duty,
        "parts": [{"quote": quote, "span": [120, 120 + len(quote)], "pages": [9], "page_labels": ["7"]}],
        "more": {"count": 2, "pages": [10], "page_labels": ["8"]},
        "recognised": 0.97, "source_mark": MARK,
        "lines": [
            {"text": quote, "kind": "text", "depth": 0, "mark": "", "cells": [], "is_lead_in": False, "follows_gap": False}
        ],
    }  # fmt: skip


CHOICES: JsonDict = {
    "themes": [
        {
            "id": "neglect", "title": "Neglect", "about": "A child whose care may not be good enough.",
            "age_bands": ["5_10"], "settings": ["primary_school"], "aims": ["recognising"],
        }
    ],
    "agencies": [{"id": "education", "title": "School or college", "age_bands": ["5_10"]}],
    "settings": [{"id": "primary_school", "title": "Primary school", "agency": "education", "age_bands": ["5_10"]}],
    "aims": [{"id": "recognising", "title": "Recognising indicators"}],
    "difficulties": ["easy", "medium", "hard"],
    "lengths": ["brief", "short", "medium", "long"],
    "grammar": "0f1e2d3c4b5a",
}  # fmt: skip
SCENARIO: JsonDict = {
    "format": FORMAT, "version": "facilitator", "title": "Neglect: a short one", "fictional": FICTION,
    "content_note": "This scenario describes a child whose care may not be good enough.", "setting": "Primary school",
    "people": [{"part": "child", "name": "Kofi", "role": "7, Year 3"}], "roles": ["social worker (Children's social care)"],
    "minutes": 27,
    "stages": [
        {
            "number": 1, "title": "How it comes to light", "day": "Monday 21 June", "minutes": 12,
            "text": "Kofi comes to school without a coat.", "questions": ["What next?"], "expectations": [1],
            "fragments": {"household": "hh-01", "opening": "op-03"},
        }
    ],
    "advice": NOT_ADVICE,
    "expectations": [
        {
            "number": 1, "id": "recording", "title": "Writing it down", "asks": "What should staff record?",
            "aims": ["recording"], "strength": "must",
            "citation": _citation("policy", "Staff must record the reasons for a decision.", "must"),
        }
    ],
    "pitfalls": [
        {
            "title": "Not asked", "strength": FINDING,
            "citation": _citation("learning_review", "Nobody asked what may have kept the child away.", "may"),
        }
    ],
    "pitfalls_note": "",
    "not_answered_on_purpose": [{"asks": "Who pays for a coat?", "why": "It is settled locally."}],
    "lacking": [{"title": "Clothing", "asks": "Who provides clothing?", "reason": "not_answered_here"}],
    "notes": ["Let the group name what money would solve."], "aims": ["Recording"], "aims_missed": [],
    "notices": [{"code": "draft", "text": "Example document is a draft.", "edition_id": "example-policy-2026", "citation": 1}],
    "request": REQUEST, "edited": [], "written_by": "", "grammar": "0f1e2d3c4b5a", "fingerprint": "0f1e2d3c4b5a6978",
}  # fmt: skip
MADE: JsonDict = {"scenario": SCENARIO, "recipe": RECIPE, "masked": [], "changed": []}
KEPT: JsonDict = {
    "scenario_id": "2deb3bbdf07048eaac42bf519fbf37b5", "title": "Neglect: a short one", "theme": "neglect",
    "saved_at": "2026-05-01T09:00:00Z",
}  # fmt: skip
OPINION: JsonDict = {
    "feedback_id": "0f1e2d3c4b5a69780f1e2d3c4b5a6978", "theme": "neglect", "seed": 4711, "score": 4,
    "note": "Stage 3 got people talking.", "given_on": "2026-05-01",
}  # fmt: skip
