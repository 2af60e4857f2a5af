"""Whatever happens to the bytes of a file, reading it ends in blocks or in an error that names it."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from assistant.errors import DocumentError
from ingest.readers.blocks import ReadFile
from ingest.sandbox.worker import answer
from tests.integration.test_bad_input import pdf
from tests.reading import para, word_file

CHANGES = st.lists(st.tuples(st.integers(0, 10_000), st.binary(min_size=1, max_size=6)), min_size=1, max_size=6)


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes]:
    folder = tmp_path_factory.mktemp("whole")
    pdf(folder / "a.pdf", pages=2)
    word_file(folder / "a.docx", para("Schools must:") + para("act"), numbering="", footnotes="")
    (folder / "a.html").write_text("<html><body><table><tr><td>Who<td>What</table><ol><li>one</ol></body></html>")
    (folder / "a.md").write_text("# Head\n\n1. one[^1]\n\n| a | b |\n|---|---|\n| c | d |\n\n[^1]: note\n")
    return {each.name: each.read_bytes() for each in folder.iterdir()}


@pytest.mark.parametrize("name", ["a.pdf", "a.docx", "a.html", "a.md"])
@given(changes=CHANGES, kept=st.integers(0, 10_000))
@settings(max_examples=150, suppress_health_check=[HealthCheck.function_scoped_fixture])
@pytest.mark.filterwarnings("ignore")
def test_damage_ends_in_blocks_or_in_an_error(
    whole: dict[str, bytes], tmp_path: Path, name: str, changes: list[tuple[int, bytes]], kept: int
) -> None:
    held = bytearray(whole[name])
    for at, new in changes:
        place = at % len(held)
        held[place : place + len(new)] = new
    path = tmp_path / name
    path.write_bytes(bytes(held[: max(kept % (3 * len(held)), 1)]))
    found = answer(path, 100)
    assert isinstance(found, ReadFile | DocumentError)
    assert isinstance(found, ReadFile) or name in str(found)
