"""Embedder: an encoder of token states in ONNX, served by onnxruntime without torch."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import cached_property
from pathlib import Path
from typing import Any, Literal

import numpy as np
import numpy.typing as npt
import onnxruntime
from onnxruntime.capi import onnxruntime_pybind11_state as faults
from tokenizers import Encoding, Tokenizer

from assistant.adapters.embedders.onnx_outputs import with_outputs
from assistant.adapters.packaged_models import checked_file, own_model
from assistant.errors import ConfigurationError, ModelMissing
from assistant.ports import Vectors

WINDOW = 256
DIMENSION = 384
BATCH_TOKENS = 4096
"""Most word pieces of a batch, padding included: 16 whole windows, or some hundred sentences."""
RUNTIME_FAULTS: tuple[type[Exception], ...] = tuple(
    each for each in vars(faults).values() if isinstance(each, type) and issubclass(each, Exception)
)
"""Everything that the runtime raises; its exceptions have no root of their own."""
LOADING_FAULTS: tuple[type[Exception], ...] = (*RUNTIME_FAULTS, OSError)
"""What is raised for a model that cannot be loaded."""

Floats = npt.NDArray[np.float32]
Feed = dict[str, npt.NDArray[np.int64]]


class OnnxEmbedder:
    """Mean-pooled, L2-normalised sentence vectors of a model with the word pieces of all-MiniLM-L6-v2.

    Source: Reimers and Gurevych, "Sentence-BERT", EMNLP 2019, for the pooling; window and pooling are those of the
    model's own configuration.

    Args:
        model: Returns the file of the model; called with the first text.
        fingerprint: Name, weights and encoding of the model.
        threads: Threads of the runtime.
        also: Names of values inside the graph that the session gives out besides its states.

    Raises:
        ModelMissing: From the first ``embed`` or ``count_tokens``, when the model is not available.
    """

    def __init__(self, model: Callable[[], Path], fingerprint: str, threads: int, also: Sequence[str] = ()) -> None:
        self._model = model
        self._fingerprint = fingerprint
        self._threads = threads
        self._also = also

    @property
    def fingerprint(self) -> str:
        """Name, weights and encoding of the model."""
        return self._fingerprint

    @property
    def dimension(self) -> int:
        """384."""
        return DIMENSION

    @property
    def window(self) -> int:
        """256 word pieces."""
        return WINDOW

    def embed(self, texts: Sequence[str], *, kind: Literal["query", "passage"]) -> Vectors:
        """Returns float32 (n, 384), L2-normalised, in the order of ``texts``; both kinds are encoded alike.

        Texts over the window are cut at it. Batches are formed by length, so that little is spent on padding.
        """
        return self._in_batches(texts, DIMENSION, self._vectors)

    def count_tokens(self, texts: Sequence[str]) -> tuple[int, ...]:
        """Returns the number of word pieces of each text, special ones included, not cut at the window."""
        return tuple(len(each.ids) for each in self._encoded(texts))

    def _encoded(self, texts: Sequence[str]) -> list[Encoding]:
        """Returns the word pieces of each text."""
        return encoded(self._tokenizer, texts)

    @cached_property
    def _tokenizer(self) -> Tokenizer:
        return open_tokenizer()

    @cached_property
    def _session(self) -> onnxruntime.InferenceSession:
        return open_session(self._model(), self._threads, self._also)

    def _in_batches(self, texts: Sequence[str], width: int, made: Callable[[Feed], Floats]) -> Floats:
        """Returns float32 (n, width): what ``made`` returns for batches of texts of near length, in the order of ``texts``."""
        out = np.zeros((len(texts), width), dtype=np.float32)
        encodings = self._encoded(texts)
        order = sorted(range(len(texts)), key=lambda i: len(encodings[i].ids))
        for picked in _batches(order, [len(each.ids) for each in encodings]):
            out[picked] = made(feed_of([encodings[i] for i in picked]))
        return out

    def _vectors(self, feed: Feed) -> Floats:
        pooled = mean_of(run(self._session, ("states",), feed)[0], feed)
        return np.asarray(pooled / np.linalg.norm(pooled, axis=1, keepdims=True), dtype=np.float32)


def encoded(tokenizer: Tokenizer, texts: Sequence[str]) -> list[Encoding]:
    """Returns the word pieces of each text; half of a surrogate pair, which no encoding has, counts as "?"."""
    found: list[Encoding] = tokenizer.encode_batch([each.encode("utf-8", "replace").decode() for each in texts])
    return found


def open_tokenizer() -> Tokenizer:
    """Returns the word pieces of all-MiniLM-L6-v2, which our own models share, without padding or cutting.

    Raises:
        ModelMissing: The file is absent, or not the one that came with the model.
    """
    file = checked_file(own_model("tokenizer"))
    try:
        tokenizer = Tokenizer.from_file(str(file))
    except Exception as error:
        raise ModelMissing(f"{file}: cannot be loaded ({error}). Install the project again.") from error
    tokenizer.no_padding()
    tokenizer.no_truncation()
    return tokenizer


def mean_of(states: Floats, feed: Feed) -> Floats:
    """Returns float32 (n, dim): the mean of the states of each text, without padding."""
    weights = feed["attention_mask"][:, :, None].astype(np.float32)
    return np.asarray((states * weights).sum(axis=1) / weights.sum(axis=1), dtype=np.float32)


def open_session(path: Path, threads: int, also: Sequence[str] = ()) -> onnxruntime.InferenceSession:
    """Returns a model ready to run; weights kept as int8 become fp32 once, here.

    Args:
        path: Its file.
        threads: Threads of the runtime.
        also: Names of values inside the graph that it gives out besides its outputs; no output changes by it.

    Raises:
        ModelMissing: It cannot be loaded.
    """
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = threads
    # a thread that waits busily takes the core from the rest of the question: a third of its time where a reranker runs
    options.add_session_config_entry("session.intra_op.allow_spinning", "0")
    options.inter_op_num_threads = 1
    options.log_severity_level = 3
    options.enable_mem_pattern = False  # else a plan of memory is kept for every shape of input that ever came
    options.add_session_config_entry("session.disable_quant_qdq", "1")  # else they are expanded at every run
    try:
        source = with_outputs(path, also) if also else str(path)
        return onnxruntime.InferenceSession(source, options, providers=["CPUExecutionProvider"])
    except LOADING_FAULTS as error:
        raise ModelMissing(f"{path}: cannot be loaded. Delete the folder; it is made again.") from error


def run(session: onnxruntime.InferenceSession, outputs: Sequence[str], feed: Mapping[str, Any]) -> list[Floats]:
    """Returns outputs of a model.

    Raises:
        ConfigurationError: The runtime gives up, for want of memory most likely.
    """
    try:
        values: list[Floats] = session.run(list(outputs), feed)
    except RUNTIME_FAULTS as error:
        what = f"a model cannot be run ({type(error).__name__}: {str(error)[:200]})"
        raise ConfigurationError(f"{what}. Free memory, or install the project again.") from error
    return values


def feed_of(encodings: Sequence[Encoding]) -> Feed:
    """Returns word pieces and mask of a batch, cut at the window and padded to its longest text."""
    length = min(WINDOW, max(len(each.ids) for each in encodings))
    ids = np.zeros((len(encodings), length), dtype=np.int64)
    mask = np.zeros_like(ids)
    for row, each in enumerate(encodings):
        cut = each.ids if len(each.ids) <= length else [*each.ids[: length - 1], each.ids[-1]]
        ids[row, : len(cut)] = cut
        mask[row, : len(cut)] = 1
    return {"input_ids": ids, "attention_mask": mask}


def _batches(order: Sequence[int], lengths: Sequence[int]) -> Iterator[list[int]]:
    """Yields the order in stretches of at most ``BATCH_TOKENS``; lengths rise, so the last one sets the padding."""
    batch: list[int] = []
    for place in order:
        if batch and (len(batch) + 1) * min(WINDOW, lengths[place]) > BATCH_TOKENS:
            yield batch
            batch = []
        batch.append(place)
    if batch:
        yield batch
