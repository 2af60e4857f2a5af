#!/usr/bin/env bash
# ragas 0.4.3 with rapidfuzz 3.14.6 (Python 3.11, 2026-11-30), NonLLMContextRecall and NonLLMContextPrecisionWithReference.
#
# Situation: what was retrieved is compared with the sentence that it should hold, without a model.
# Behaviour: two texts are one by how many letters of the whole would have to change. A passage that holds the sentence word for word, with
#   two more around it, has recall 0; a passage that forbids what the reference allows has precision 1. One would expect the opposite.
# Output seen:
#   recall of a passage with the sentence in it: 0.0
#   precision of "You must not share it …":      1.0
# Exits 0 while this is so, 1 when it changes, 2 when it cannot be tried.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install -q --disable-pip-version-check ragas==0.4.3 rapidfuzz==3.14.6 langchain-community==0.4.1 || exit 2
RAGAS_DO_NOT_TRACK=true "$folder/venv/bin/python" -W ignore - <<'PY' 2>/dev/null
import asyncio
import sys

from ragas import SingleTurnSample
from ragas.metrics import NonLLMContextPrecisionWithReference, NonLLMContextRecall

SENTENCE = "Tell the lead on the same day that you were told."
PASSAGE = f"Everybody has a part in this, whatever their work is. {SENTENCE} The lead keeps a record, and says what happens next and who will do it."


def score(metric: object, retrieved: str, reference: str) -> float:
    sample = SingleTurnSample(retrieved_contexts=[retrieved], reference_contexts=[reference])
    return round(asyncio.run(metric.single_turn_ascore(sample)), 3)


recall = score(NonLLMContextRecall(), PASSAGE, SENTENCE)
precision = score(NonLLMContextPrecisionWithReference(), "You must not share it with the family.", "You must share it with the family.")
print("recall of a passage with the sentence in it:", recall)
print('precision of "You must not share it …":     ', precision)
sys.exit((recall, precision) != (0.0, 1.0))
PY
