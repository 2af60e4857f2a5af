"""Applies every rule of the house to the tree, and shows that each one can fail."""

from __future__ import annotations

import re
import subprocess
from pathlib import Path

import pytest

from assistant.extras import EXTRAS
from tests.architecture import rules

ROOT = Path(__file__).resolve().parents[2]
GOOD = "from assistant.model import Passage\n\nVALUE = 1\n"
LONG_FUNCTION = "def long():\n" + "    x = 1\n" * rules.FUNCTION_LINES
BAD = [
    (rules.direction, "assistant.answering.retrieval.retrieve", "import ingest.build"),
    (rules.direction, "assistant.answering.pipeline", "def f():\n    from evals import gold"),
    (rules.direction, "ingest.build", "from evals.dataset.gold import Gold"),
    (rules.direction, "api.app", "from ingest.build import ingest"),
    (rules.direction, "api.app", "from assistant.cli import main"),
    (rules.direction, "evals.scoring.run", "import api.app"),
    (rules.direction, "assistant.answering.pipeline", "from assistant.cli.render import show"),
    (rules.direction, "evals.scoring.run", "from tests.fakes import FakeEmbedder"),
    (rules.rings, "assistant.model.library", "from assistant.ports import Embedder"),
    (rules.rings, "assistant.ports", "from assistant.settings import Settings"),
    (rules.rings, "assistant.adapters.indexes.chroma", "from assistant.answering.pipeline import ask"),
    (
        rules.rings,
        "assistant.answering.retrieval.retrieve",
        "from assistant.adapters.indexes.chroma import ChromaIndex",
    ),
    (rules.rings, "assistant.cli.ask", "from assistant.adapters import embedders"),
    (rules.rings, "ingest.build", "from assistant.bootstrap import Assistant"),
    (rules.floors, "assistant.text.words", "from assistant.answering.pipeline import ask"),
    (rules.floors, "assistant.answering.retrieval.retrieve", "from assistant.answering.steps import cited"),
    (rules.floors, "assistant.coverage.report", "from assistant.operations.status import status_of"),
    (rules.floors, "assistant.somewhere_new", "VALUE = 1"),
    (rules.vendors, "assistant.answering.retrieval.retrieve", "import chromadb"),
    (rules.vendors, "ingest.build", "def f():\n    from torch import nn"),
    (rules.vendors, "assistant.answering.compose.writer", "from langchain_core.documents import Document"),
    (rules.vendors, "evals.scoring.run", "import ragas"),
    (
        rules.light,
        "assistant.coverage.questions.themes",
        "def f():\n    from sklearn.cluster import AgglomerativeClustering",
    ),
    (rules.light, "ingest.readers.pdf", "import scipy.spatial as near"),
    (rules.light, "assistant.adapters.embedders.onnx", "import onnx"),
    (rules.light, "assistant.adapters.embedders.sentence_transformers", "import torch"),
    (rules.light, "assistant.adapters.embedders.sentence_transformers", "def f():\n    import scipy"),
    (rules.sizes, "assistant.big", LONG_FUNCTION),
    (rules.environment, "assistant.answering.pipeline", "import os\nHOME = os.environ['HOME']"),
    (rules.environment, "ingest.build", "from os import getenv"),
    (rules.environment, "evals.scoring.run", "import os\nKEY = os.getenv('KEY')"),
    (rules.prints, "ingest.build", "def f():\n    print('done')"),
    (rules.vocabulary, "assistant.answering.pipeline", "def chunk_of(doc_id): ..."),
    (rules.readers, "api.asking.pages", "with state.assistant.opened() as snapshot: ..."),
    (rules.readers, "api.asking.pages", "with state.assistant.library.open() as snapshot: ..."),
    (rules.vocabulary, "ingest.cutting.passages", "# a Chunk of text"),
]


def modules() -> list[tuple[str, Path]]:
    paths = [path for package in rules.PACKAGES for path in sorted((ROOT / package).rglob("*.py"))]
    return [(".".join(path.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__"), path) for path in paths]


@pytest.mark.parametrize("rule", rules.RULES, ids=lambda rule: rule.__name__)
def test_the_tree_keeps_the_rule(rule):
    found = [fault for module, path in modules() for fault in rule(module, path.read_text(encoding="utf-8"))]
    assert not found, "\n".join(found)


@pytest.mark.parametrize(("rule", "module", "source"), BAD)
def test_a_bad_sample_breaks_the_rule(rule, module, source):
    assert rule(module, source)


@pytest.mark.parametrize("rule", rules.RULES, ids=lambda rule: rule.__name__)
def test_a_good_sample_keeps_every_rule(rule):
    assert rule("assistant.answering.retrieval.retrieve", GOOD) == []


def test_every_package_of_an_extra_is_one_that_the_default_installation_lacks():
    elsewhere = {"langchain_openai", "langchain_ollama", "mcp"}  # imported by langchain by name, and in api/mcp alone
    assert {package for packages in EXTRAS.values() for package in packages} - elsewhere <= rules.HEAVY


def test_every_module_that_may_import_what_is_not_installed_does():
    for module, packages in rules.MAY_IMPORT_HEAVY.items():
        source = (ROOT / f"{module.replace('.', '/')}.py").read_text(encoding="utf-8")
        assert {name.split(".")[0] for name, _ in rules.imports(module, source)} >= packages, module


def test_every_rule_has_a_bad_sample():
    assert {rule for rule, _, _ in BAD} == set(rules.RULES)


def test_the_command_line_and_the_composition_root_may_see_what_others_may_not():
    assert rules.direction("assistant.cli.ingest", "from ingest.build import ingest") == []
    assert rules.rings("assistant.bootstrap", "from assistant.adapters.indexes.chroma import ChromaIndex") == []


def machine_paths(text: str, folders: tuple[Path, ...]) -> list[str]:
    """Folders of one machine that a text names; a folder directly under the root is too short to tell."""
    return [str(folder) for folder in folders if len(str(folder)) > 1 and f"{folder}/" in text]


def test_no_tracked_file_names_a_folder_of_this_machine():
    listed = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, text=True, check=False)
    if listed.returncode != 0:
        pytest.skip("not a git checkout: nothing is tracked")
    folders = (ROOT.parent, ROOT, Path.home())
    found = {
        name: paths
        for name in listed.stdout.split("\0")
        if name and (ROOT / name).is_file()
        if (paths := machine_paths((ROOT / name).read_text(encoding="utf-8", errors="replace"), folders))
    }
    assert not found


def test_a_folder_of_this_machine_is_seen():
    assert machine_paths(f"open {ROOT}/README.md", (ROOT,)) == [str(ROOT)]
    assert machine_paths("open docs/README.md", (ROOT, Path("/"))) == []


def test_no_module_and_no_package_imports_itself_by_way_of_others():
    sources = {module: path.read_text(encoding="utf-8") for module, path in modules()}
    assert rules.circles(rules.graph_of(sources)) == []


def test_a_circle_of_modules_and_one_of_packages_are_seen():
    modules_of_a_circle = {"a.one": "from a.two import x", "a.two": "import a.one"}
    assert rules.circles(rules.graph_of(modules_of_a_circle))
    packages = {
        "a.b.one": "from a.c.two import x",
        "a.c.two": "x = 1",
        "a.c.three": "from a.b.four import y",
        "a.b.four": "",
    }
    assert [len(each) for each in rules.circles(rules.graph_of(packages))] == [3]


def test_what_is_imported_when_it_is_needed_makes_no_circle():
    later = {"a.one": "def f():\n    from a.two import x", "a.two": "from a.one import f"}
    assert rules.circles(rules.graph_of(later)) == []


def missing_places(text: str) -> list[str]:
    """Places of the repository that a document names in code marks and that do not exist."""
    named = re.findall(r"`((?:assistant|api|evals|ingest|tests|docs|corpus)/[\w./-]*)`", text)
    return [each for each in named if not (ROOT / each).exists()]


@pytest.mark.parametrize("document", ["CONTRIBUTING.md", "README.md", "docs/architecture.md"])
def test_every_place_that_a_map_names_exists(document):
    assert missing_places((ROOT / document).read_text(encoding="utf-8")) == []


def test_a_place_that_is_gone_is_seen():
    assert missing_places("see `assistant/text/words.py` and `assistant/gone.py`") == ["assistant/gone.py"]
