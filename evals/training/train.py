"""Trains a model of our own and puts it where it is served (``python -m evals train ROLE``).

A run that was stopped goes on from its last checkpoint when it is started again with the same output folder.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Literal

import torch

from assistant.adapters.embedders.minilm_files import weights_folder
from assistant.adapters.embedders.onnx_export import export
from assistant.adapters.embedders.sentence_transformers import SentenceTransformersEmbedder
from assistant.adapters.packaged_models import own_model
from assistant.bootstrap import Assistant
from assistant.settings import Settings
from evals.training import cross_encoder, embedder
from evals.training.claims import claim_lists
from evals.training.contrast import ContrastRecipe, train_contrast
from evals.training.distillation import imitation_lists
from evals.training.lists import TrainingList, reranker_lists
from evals.training.material import Material, load_material
from evals.training.serving import WEIGHTS, export_pairs, install
from evals.training.twin_material import load_twin_material
from evals.training.unpacked import unpack, unpack_pairs
from evals.training.whole import mixed, passage_lists

SEED = embedder.SEED
Role = Literal["embedder", "reranker", "verifier"]


@dataclass(frozen=True, slots=True)
class Plan:
    """What is trained, on what, and where it goes."""

    role: Role
    training: Path
    """Folder of the training material."""
    out: Path
    """Folder of checkpoints and fp32 models."""
    name: str
    """Name with version, such as policy-embedder-1."""
    weights: Path | None = None
    """Folder that models are served from; that of the package unless given."""
    given_only: bool = False
    """Leave out our own questions and texts."""
    start: Path | None = None
    """A model of the role that training goes on from; the tuned embedder unless given."""
    rounds: int | None = None
    learning_rate: float | None = None
    """Those of the recipe unless given."""
    on_cpu: bool = True
    twins: bool = False
    """Train the served reranker on with twins."""


def train(plan: Plan) -> tuple[Path, Path]:
    """Trains, exports, shrinks and installs a model; returns the served file and the one in fp32.

    Raises:
        ConfigurationError: The material is not there; says where it belongs.
    """
    if plan.twins:
        fp32 = _train_on_twins(plan)
        return install("reranker", plan.name, fp32, plan.weights or WEIGHTS), fp32
    assistant = Assistant(Settings(data=plan.out / "none", embedder="minilm"))
    material = load_material(plan.training, assistant.embedder, assistant.settings, given_only=plan.given_only)
    sys.stderr.write(f"{len(material.questions)} questions over {len(material.cuts)} passages\n")
    fp32 = TRAINERS[plan.role](plan, assistant, material)
    return install(plan.role, plan.name, fp32, plan.weights or WEIGHTS), fp32


def _train_embedder(plan: Plan, assistant: Assistant, material: Material) -> Path:
    out = plan.out / "embedder"
    recipe = embedder.Recipe(on_cpu=plan.on_cpu)
    model = embedder.train_embedder(material, assistant.embedder, weights_folder(), out, recipe, os.cpu_count() or 1)
    export(model, out / "fp32.onnx")
    return out / "fp32.onnx"


def _train_reranker(plan: Plan, assistant: Assistant, material: Material) -> Path:
    recipe = _recipe(plan, cross_encoder.Recipe())
    tuned = SentenceTransformersEmbedder(str(_tuned_embedder(plan)))
    lists = reranker_lists(material, [assistant.embedder, tuned], recipe.rounds, recipe.length, SEED)
    whole = passage_lists(material, lists[: len(lists) // 2])
    start = plan.start or _distilled(imitation_lists(material, tuned, SEED), plan, recipe)
    return _train_pairs(mixed(lists, whole), start, plan, recipe)


def _train_on_twins(plan: Plan) -> Path:
    """Trains the served reranker on, some layers of it, with groups of near questions and the old material."""
    out = plan.out / "reranker-twins"
    material = load_twin_material(plan.training, out / "libraries", SEED)
    sys.stderr.write(f"{len(material.twins)} groups of near questions, {len(material.old)} lists of the old material\n")
    usual = ContrastRecipe()
    recipe = usual if plan.learning_rate is None else replace(usual, learning_rate=plan.learning_rate)
    start = plan.start or unpack_pairs(own_model("reranker").path, _tuned_embedder(plan), out / "served")
    torch.set_num_threads(os.cpu_count() or 1)
    model = train_contrast(material.twins, material.old, start, out, recipe)
    export_pairs(model, out / "fp32.onnx")
    return out / "fp32.onnx"


def _distilled(lists: tuple[TrainingList, ...], plan: Plan, recipe: cross_encoder.Recipe) -> Path:
    """Returns a model that ranks as hybrid search does; the reranker starts from it."""
    out = plan.out / "reranker-distilled"
    model = out / "model"
    if (model / "modules.json").is_file():
        return model
    return cross_encoder.train_cross_encoder(lists, _tuned_embedder(plan), out, recipe, os.cpu_count() or 1)


def _train_verifier(plan: Plan, assistant: Assistant, material: Material) -> Path:
    recipe = _recipe(plan, cross_encoder.Recipe(rounds=6, batch=24))
    lists = claim_lists(plan.training, material, recipe.rounds, SEED)
    return _train_pairs(lists, plan.start or _tuned_embedder(plan), plan, recipe)


def _recipe(plan: Plan, usual: cross_encoder.Recipe) -> cross_encoder.Recipe:
    """Returns the recipe of a role with the plan's own numbers."""
    return replace(
        usual,
        on_cpu=plan.on_cpu,
        rounds=usual.rounds if plan.rounds is None else plan.rounds,
        learning_rate=usual.learning_rate if plan.learning_rate is None else plan.learning_rate,
    )


def _train_pairs(lists: tuple[TrainingList, ...], start: Path, plan: Plan, recipe: cross_encoder.Recipe) -> Path:
    out = plan.out / plan.role
    model = cross_encoder.train_cross_encoder(lists, start, out, recipe, os.cpu_count() or 1)
    export_pairs(model, out / "fp32.onnx")
    return out / "fp32.onnx"


def _tuned_embedder(plan: Plan) -> Path:
    """Returns the folder of the embedder from which the others start: the one just trained, else the served one."""
    folder = plan.out / "embedder" / "model"
    if folder.is_dir():
        return folder
    sys.stderr.write(f"{folder}: not there; starting from the embedder that is served.\n")
    return unpack(own_model("embedder").path, weights_folder(), plan.out / "embedder" / "unpacked")


TRAINERS: Mapping[Role, Callable[[Plan, Assistant, Material], Path]] = {
    "embedder": _train_embedder,
    "reranker": _train_reranker,
    "verifier": _train_verifier,
}
