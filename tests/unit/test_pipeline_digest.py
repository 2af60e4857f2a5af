"""Whatever answers depend on opens the release lock when it changes, whether or not somebody remembers to say so."""

import ast
import shutil
from pathlib import Path

import pytest

import assistant
from assistant.answering import pipeline_digest
from assistant.answering.pipeline_digest import ROOMS
from assistant.text.file_digest import code_files, file_digest
from tests.architecture import rules

PACKAGE = Path(assistant.__file__).parent
FILES = tuple(path.relative_to(PACKAGE).as_posix() for path in code_files(PACKAGE, ROOMS))
BESIDE = {
    "assistant": "holds nothing",
    "assistant.adapters": "holds nothing",
    "assistant.adapters.packaged_models": "checks that model files are those of the fingerprint",
    "assistant.errors": "what is raised, not what is answered",
    "assistant.messages": "wording of refusals and notices, not which of them",
    "assistant.ports": "Protocols alone",
    "assistant.prompts": "in the fingerprint of the language model",
    "assistant.settings": "those that change answers have a digest of their own",
    "assistant.stopwatch": "times alone",
}
"""What the pipeline imports outside the rooms of the digest, and why it may change unseen."""


@pytest.fixture
def copy(tmp_path):
    for room in ROOMS:
        shutil.copytree(PACKAGE / room, tmp_path / room, ignore=shutil.ignore_patterns("__pycache__", "*.onnx"))
    return tmp_path


def test_every_file_of_the_pipeline_counts(copy):
    before = file_digest(copy, ROOMS)
    assert before == file_digest(PACKAGE, ROOMS)
    for name in FILES:
        path = copy / name
        content = path.read_bytes()
        path.write_bytes(content.replace(b"a", b"b", 1) if b"a" in content else content + b"#")
        assert file_digest(copy, ROOMS) != before, name
        path.write_bytes(content)
    assert file_digest(copy, ROOMS) == before


def test_a_file_that_is_new_gone_or_renamed_counts_and_line_ends_do_not(copy):
    before = file_digest(copy, ROOMS)
    words = copy / "text" / "words.py"
    words.write_bytes(words.read_bytes().replace(b"\n", b"\r\n"))
    assert file_digest(copy, ROOMS) == before
    renamed = words.rename(words.with_name("other_words.py"))
    assert file_digest(copy, ROOMS) != before
    renamed.rename(words)
    (copy / "text" / "new.toml").write_text("")
    assert file_digest(copy, ROOMS) != before


@pytest.mark.parametrize(
    "name",
    [
        "answering/answerability/reranking.py",
        "answering/retrieval/retrieve.py",
        "answering/screening/data/urgent.toml",
        "answering/screening/data/ordinary_words.txt",
        "answering/named_sources.py",
        "text/abbreviations.toml",
        "text/words.py",
        "adapters/indexes/tantivy.py",
    ],
)
def test_constants_word_lists_and_tokenising_are_among_them(name):
    assert name in FILES


def imported(module: str) -> set[str]:
    path = PACKAGE.parent / Path(*module.split("."))
    path = path / "__init__.py" if path.is_dir() else path.with_suffix(".py")
    names = {name for name, _ in rules.imports(module, path.read_text(encoding="utf-8"))}
    names |= {node.module for node in ast.walk(ast.parse(path.read_text())) if isinstance(node, ast.ImportFrom)}
    return {name for name in names if name and is_module(name)}


def is_module(name: str) -> bool:
    path = PACKAGE.parent / Path(*name.split("."))
    return rules.is_in(name, "assistant") and (path.is_dir() or path.with_suffix(".py").is_file())


def test_nothing_that_the_pipeline_imports_is_left_out_without_a_reason():
    rooms = [f"assistant.{room.replace('/', '.')}" for room in ROOMS]
    start = "assistant.answering.pipeline"
    known, waiting, left_out = {start}, [start], set()
    while waiting:
        for name in imported(waiting.pop()) - known:
            known.add(name)
            if rules.is_in(name, *rooms):
                waiting.append(name)
            elif not any(name == each or (rules.is_in(name, each) and each.count(".") > 0) for each in BESIDE):
                left_out.add(name)
    assert len(known) > 40
    assert left_out == set()


def test_the_digest_is_read_once(monkeypatch):
    monkeypatch.setattr(pipeline_digest, "file_digest", lambda root, rooms: pytest.fail("read again"))
    pipeline_digest.pipeline_digest.cache_clear()
    with pytest.raises(pytest.fail.Exception):
        pipeline_digest.pipeline_digest()
    monkeypatch.undo()
    assert pipeline_digest.pipeline_digest() == pipeline_digest.pipeline_digest() == file_digest(PACKAGE, ROOMS)
