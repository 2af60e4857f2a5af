"""Trains a model of our own and puts it where it is served. Use `make train-embedder`, `train-reader`, `train-verifier`.

A run that was stopped goes on from its last checkpoint when it is started again with the same --out.
"""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from assistant.adapters.embedders.minilm_files import weights_folder
from assistant.adapters.embedders.onnx_export import export
from assistant.adapters.embedders.sentence_transformers import SentenceTransformersEmbedder
from assistant.adapters.packaged_models import own_model
from assistant.bootstrap import Assistant
from assistant.errors import ConfigurationError
from assistant.settings import Settings
from evals.training import cross_encoder, embedder
from evals.training.claims import claim_lists
from evals.training.distillation import imitation_lists
from evals.training.lists import ReadingList, reading_lists
from evals.training.material import Material, load_material
from evals.training.serving import WEIGHTS, export_pairs, install
from evals.training.unpacked import unpack
from evals.training.whole import mixed, passage_lists

SEED = embedder.SEED


def main() -> None:
    """Trains, exports, shrinks and installs the model of a role."""
    shared = Path(os.environ.get("ASSISTANT_SHARED", "../shared"))
    parser = argparse.ArgumentParser(prog="python -m evals.training", description=__doc__)
    parser.add_argument("role", choices=list(ROLES), help="which model")
    parser.add_argument("--training", type=Path, default=shared / "training", help="folder of the shared material")
    parser.add_argument("--out", type=Path, default=Path("data/training"), help="folder for checkpoints and fp32")
    parser.add_argument("--weights", type=Path, default=WEIGHTS, help="folder that models are served from")
    parser.add_argument("--name", help="name with version, such as policy-reader-2 (default: policy-ROLE-1)")
    parser.add_argument("--given-only", action="store_true", help="leave out our own questions and texts")
    parser.add_argument("--start", type=Path, help="go on from this model of the role (default: the tuned embedder)")
    parser.add_argument("--rounds", type=int, help="times that each question or claim is seen (default: the recipe's)")
    parser.add_argument("--learning-rate", type=float, help="at its highest (default: the recipe's)")
    parser.add_argument("--gpu", action="store_true", help="train on the accelerator that torch finds")
    chosen = parser.parse_args()
    assistant = Assistant(Settings(data=chosen.out / "none", embedder="minilm"))
    try:
        material = load_material(chosen.training, assistant.embedder, assistant.settings, given_only=chosen.given_only)
    except ConfigurationError as error:
        parser.exit(1, f"{error}\n")
    sys.stderr.write(f"{len(material.questions)} questions over {len(material.cuts)} passages\n")
    fp32 = ROLES[chosen.role](chosen, assistant, material)
    path = install(chosen.role, chosen.name or f"policy-{chosen.role}-1", fp32, chosen.weights)
    sys.stdout.write(f"{path}: {path.stat().st_size / 1e6:.1f} MB, served from now on; fp32 beside it: {fp32}\n")


def _embedder(chosen: argparse.Namespace, assistant: Assistant, material: Material) -> Path:
    out = chosen.out / "embedder"
    recipe = embedder.Recipe(on_cpu=not chosen.gpu)
    model = embedder.train_embedder(material, assistant.embedder, weights_folder(), out, recipe, os.cpu_count() or 1)
    export(model, out / "fp32.onnx")
    return Path(out / "fp32.onnx")


def _reader(chosen: argparse.Namespace, assistant: Assistant, material: Material) -> Path:
    recipe = _recipe(chosen, cross_encoder.Recipe())
    tuned = SentenceTransformersEmbedder(str(_tuned(chosen)))
    lists = reading_lists(material, [assistant.embedder, tuned], recipe.rounds, recipe.length, SEED)
    whole = passage_lists(material, lists[: len(lists) // 2])
    start = chosen.start or _warmed(imitation_lists(material, tuned, SEED), chosen, recipe)
    return _pairs(mixed(lists, whole), start, chosen, recipe)


def _warmed(lists: tuple[ReadingList, ...], chosen: argparse.Namespace, recipe: cross_encoder.Recipe) -> Path:
    """Returns a model that finds alike what hybrid search does; from it the reader starts."""
    out = Path(chosen.out / "reader-warm")
    made = out / "model"
    if (made / "modules.json").is_file():
        return made
    return cross_encoder.train_cross_encoder(lists, _tuned(chosen), out, recipe, os.cpu_count() or 1)


def _verifier(chosen: argparse.Namespace, assistant: Assistant, material: Material) -> Path:
    recipe = _recipe(chosen, cross_encoder.Recipe(rounds=6, batch=24))
    lists = claim_lists(chosen.training, material, recipe.rounds, SEED)
    return _pairs(lists, chosen.start or _tuned(chosen), chosen, recipe)


def _recipe(chosen: argparse.Namespace, usual: cross_encoder.Recipe) -> cross_encoder.Recipe:
    """Returns the recipe of a role with what was asked for on the command line."""
    asked = {"rounds": chosen.rounds, "learning_rate": chosen.learning_rate}
    return replace(usual, on_cpu=not chosen.gpu, **{name: each for name, each in asked.items() if each is not None})


def _pairs(
    lists: tuple[ReadingList, ...], start: Path, chosen: argparse.Namespace, recipe: cross_encoder.Recipe
) -> Path:
    out = Path(chosen.out / chosen.role)
    model = cross_encoder.train_cross_encoder(lists, start, out, recipe, os.cpu_count() or 1)
    export_pairs(model, out / "fp32.onnx")
    return out / "fp32.onnx"


def _tuned(chosen: argparse.Namespace) -> Path:
    """Returns the folder of the embedder from which reader and verifier start: the one just trained, else the served."""
    folder = Path(chosen.out / "embedder" / "model")
    if folder.is_dir():
        return folder
    sys.stderr.write(f"{folder}: not there; starting from the embedder that is served.\n")
    return unpack(own_model("embedder").path, weights_folder(), chosen.out / "embedder" / "unpacked")


Train = Callable[[argparse.Namespace, Assistant, Material], Path]
ROLES: dict[str, Train] = {"embedder": _embedder, "reranker": _reader, "verifier": _verifier}

if __name__ == "__main__":
    main()
