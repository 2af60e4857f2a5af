"""Scores of ragas: the model-free ones on every run, the judged ones with an operator's chat model.

The only file that imports ragas, and only where a score is asked for; its telemetry is off before that. A refusal is
not scored, and a score that is not a number is a fault, never averaged away.
"""

from __future__ import annotations

import importlib.util
import math
import os
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from assistant.errors import AssistantError, ConfigurationError
from assistant.model import PassageId
from assistant.ports import Embedder, Snapshot
from assistant.settings.serving import JudgeSetting
from evals.scoring.graded import GradedQuestion
from evals.scoring.metrics import Mean, mean

os.environ["RAGAS_DO_NOT_TRACK"] = (
    "true"  # read when ragas is imported; nothing may be sent without the operator's wish
)

_NO_MARKS = str.maketrans(dict.fromkeys("\"“”„‟'‘’`´"))
"""Removes every mark that ragas takes for the start or end of a quote, apostrophes among them."""


@dataclass(frozen=True, slots=True)
class Score:
    """One score over the questions it can be given for."""

    name: str
    mean: Mean
    note: str
    """What it says and who judged, in one sentence."""


@dataclass(frozen=True, slots=True)
class Sample:
    """What a score is given of one question that was answered."""

    id: str
    question: str
    answer: str
    reference: str | None
    passages: tuple[str, ...]
    """Texts of the passages found, best first."""
    quotes: tuple[str, ...]
    """Verbatim parts of its citations."""


Scorer = Callable[[Sample], float]


def is_installed() -> bool:
    """Returns whether ragas is there (extra ``evals``)."""
    return importlib.util.find_spec("ragas") is not None


def samples_of(graded: Sequence[GradedQuestion], snapshot: Snapshot) -> tuple[Sample, ...]:
    """Returns the samples of the questions that were answered."""
    return tuple(_sample(each, snapshot) for each in graded if each.outcome["outcome"] == "answered")


def _sample(graded: GradedQuestion, snapshot: Snapshot) -> Sample:
    ids = [PassageId(each["passage_id"]) for each in graded.outcome["trace"]["hits"] if each["rejected"] is None]
    texts = tuple(each.text for each in snapshot.passages(ids))
    answer = " ".join(each["text"] for each in graded.outcome["statements"])
    quotes = tuple(part["quote"] for each in graded.outcome["citations"] for part in each["parts"])
    return Sample(graded.item.id, graded.item.question, answer, graded.item.reference, texts, quotes)


def model_free(samples: Sequence[Sample]) -> tuple[Score, ...]:
    """Returns the scores that need no model, over the samples that have a reference answer."""
    from ragas.metrics.collections import QuotedSpansAlignment, RougeScore

    rouge, spans = RougeScore(rouge_type="rougeL", mode="recall"), QuotedSpansAlignment()
    referenced = [each for each in samples if each.reference]
    return (
        _score(
            "ROUGE-L recall",
            "How much of the reference answer's word order stands in the answer.",
            referenced,
            lambda each: rouge.score(reference=each.reference, response=each.answer).value,
        ),
        _score(
            "quoted spans alignment",
            "Whether what is quoted stands in the passages found; 1 for verbatim quotes.",
            samples,
            lambda each: spans.score(response=_quoted(each.quotes), retrieved_contexts=_unmarked(each.passages)).value,
        ),
    )


def _quoted(quotes: Sequence[str]) -> str:
    """Returns each quote in quote marks and on one line, as ragas looks for it."""
    return " ".join(f'"{quote}"' for quote in _unmarked(quotes))


def _unmarked(texts: Sequence[str]) -> list[str]:
    """Returns texts without quote marks and line ends, so that quote and passage compare alike and no quote ends early."""
    return [" ".join(text.translate(_NO_MARKS).split()) for text in texts]


def judged(samples: Sequence[Sample], judge: JudgeSetting, embedder: Embedder) -> tuple[Score, ...]:
    """Returns the scores that a chat model gives; its name is in every note.

    Raises:
        ConfigurationError: The model cannot be reached or does not answer as asked.
    """
    from ragas.metrics import collections as kinds

    model = _model(judge)
    by = f"Judged by {judge.model}."
    faithful, accurate = kinds.Faithfulness(llm=model), kinds.AnswerAccuracy(llm=model)
    precise, recalled = kinds.ContextPrecision(llm=model), kinds.ContextRecall(llm=model)
    relevant = kinds.AnswerRelevancy(llm=model, embeddings=_embedding(embedder))
    referenced = [each for each in samples if each.reference]

    def with_passages(each: Sample) -> dict[str, Any]:
        return {"user_input": each.question, "retrieved_contexts": list(each.passages)}

    def with_answer(each: Sample) -> dict[str, Any]:
        return {"user_input": each.question, "response": each.answer}

    rows: tuple[tuple[str, Sequence[Sample], Scorer], ...] = (
        ("faithfulness", samples, lambda e: faithful.score(**with_passages(e), response=e.answer).value),
        ("response relevancy", samples, lambda e: relevant.score(**with_answer(e)).value),
        ("context precision", referenced, lambda e: precise.score(**with_passages(e), reference=e.reference).value),
        ("context recall", referenced, lambda e: recalled.score(**with_passages(e), reference=e.reference).value),
        ("answer accuracy", referenced, lambda e: accurate.score(**with_answer(e), reference=e.reference).value),
    )
    return tuple(_score(name, by, chosen, scorer) for name, chosen, scorer in rows)


def _model(judge: JudgeSetting) -> Any:
    from openai import AsyncOpenAI
    from ragas.llms import llm_factory

    client = AsyncOpenAI(base_url=judge.base_url, api_key=judge.api_key.get_secret_value(), timeout=judge.timeout_s)
    return llm_factory(judge.model, client=client)


def _embedding(embedder: Embedder) -> Any:
    """Returns the assistant's own embedder as ragas takes one."""
    from ragas.embeddings.base import BaseRagasEmbedding

    class Own(BaseRagasEmbedding):
        def embed_text(self, text: str, **_: Any) -> list[float]:
            return [float(each) for each in embedder.embed([text], kind="query")[0]]

        async def aembed_text(self, text: str, **_: Any) -> list[float]:
            return self.embed_text(text)

    return Own()


def _score(name: str, note: str, samples: Sequence[Sample], scorer: Scorer) -> Score:
    return Score(name, mean([_number(name, each, scorer) for each in samples]), note)


def _number(name: str, sample: Sample, scorer: Scorer) -> float:
    from instructor.core.exceptions import InstructorError
    from openai import OpenAIError

    try:
        value = float(scorer(sample))
    except (OpenAIError, InstructorError) as error:
        raise ConfigurationError(
            f"{sample.id}: the judge cannot be asked ({error}). Check the judge settings."
        ) from error
    if math.isnan(value):
        raise AssistantError(f"{sample.id}: {name} gave no number. Leave the question out or fix the judge.")
    return value
