"""``rebuild`` needs nothing but the data folder: the documents' own folder may be gone."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.bootstrap import Assistant
from assistant.errors import IndexMismatch, LibraryEmpty, LibraryLocked, UnreadableDocument
from assistant.model import EditionId, Filter
from assistant.model.people import Asker, Role
from assistant.settings import Settings
from ingest.build import ingest
from ingest.cutting.sections import lay_out
from ingest.publish import intake
from ingest.publish.report import IngestReport
from ingest.readers.text import blocks_of_text
from ingest.rebuild import rebuild
from ingest.uploads.publisher import UploadPublisher
from tests.command import assistant as command
from tests.fakes import FakeEmbedder
from tests.integration.ingesting import rows, write
from tests.libraries import folder_copied, names

CATALOGUE = """
[[edition]]
edition_id = "chairing-2026"
work = "chairing"
path = "chairing.md"
title = "Who chairs"
kind = "policy"
form = "draft"
in_force_from = 2026-04-01
review_by = 2027-03-31
groups = ["hub"]
supersedes = "chairing-2020"

[[edition]]
edition_id = "chairing-2020"
work = "chairing"
path = "old.md"
title = "Who chaired"
kind = "policy"
"""
LONG = " ".join(f"The chair writes note {number} on the day." for number in range(60))


def opened(data: Path, embedder: FakeEmbedder | None = None, **settings: Any) -> Assistant:
    """Returns an assistant over a data folder, with a fake embedder."""
    found = Assistant(Settings(data=data, **settings))
    found.embedder = embedder or FakeEmbedder()
    return found


def rebuilt(assistant: Assistant, **options: Any) -> IngestReport:
    return rebuild(assistant.library, assistant.embedder, assistant.settings, assistant.files, **options)


def ingested(assistant: Assistant, *paths: Path) -> IngestReport:
    return ingest(paths, assistant.library, assistant.embedder, assistant.settings, files=assistant.files)


def state(assistant: Assistant) -> dict[str, Any]:
    """Returns what the current generation holds: metadata, sources without their recipe, texts, pages and passages."""
    with assistant.library.open_for_rebuild() as snapshot:
        ids = [edition.edition_id for edition in snapshot.editions()]
        return {
            "editions": snapshot.editions(),
            "known": snapshot.known(),
            "sources": [replace(source, recipe="") for source in snapshot.sources()],
            "texts": {name: (snapshot.text(name), snapshot.pages(name)) for name in ids},
            "passages": {name: snapshot.passages_of(name) for name in ids},
        }


def embedded_titles(embedder: FakeEmbedder) -> set[str]:
    return {text.split(" | ")[0] for text in embedder.embedded if " | " in text}


@pytest.fixture(scope="module")
def filled(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Returns a data folder over a folder with a catalogue, one without, a collection and an upload; they are gone."""
    folder = tmp_path_factory.mktemp("filled")
    data, documents, plain = folder / "data", folder / "documents", folder / "plain"
    write(documents / "chairing.md", f"# Chairs\n\nThe chair acts.\n\n## Notes\n\n{LONG}\n")
    write(documents / "catalogue.toml", CATALOGUE)
    write(plain / "own-title.html", "<title>Its own title</title><h1>One</h1><p>The LADO is told.</p>")
    write(plain / "no-title.txt", "Records are kept for ten years.")
    rows(plain / "texts.jsonl", "One act.\n\nTwo acts,\nin two lines.", "Three acts.")
    assistant = opened(data)
    ingested(assistant, documents, plain)
    publisher = UploadPublisher(assistant.library, assistant.embedder, assistant.settings, assistant.files)
    asker, metadata = Asker("ann", "Ann", frozenset({Role.POLICY})), {"title": "Sent in", "kind": "policy"}
    preview = publisher.stage(asker, "uploaded.md", b"# Uploaded\n\nIt was sent in.\n", metadata)
    publisher.publish(asker, preview.upload_id)
    for gone in (documents, plain, data / "uploads"):
        shutil.rmtree(gone)
    return data


@pytest.fixture
def data(filled: Path, tmp_path: Path) -> Path:
    """Returns a copy of that data folder."""
    return folder_copied(filled, tmp_path / "data")


def test_another_embedder_is_taken_into_use_without_the_folder(data: Path) -> None:
    before = state(opened(data))
    other = opened(data, FakeEmbedder(name="other"))
    with pytest.raises(IndexMismatch, match=r"embedder fake/256.*other/256\. Run `assistant rebuild`"), other.opened():
        pass
    report = rebuilt(other)
    assert (len(report.changed), report.failed, report.embedded) == (6, (), report.passages)
    assert state(other) == before
    with other.opened() as snapshot:
        found = snapshot.search_words("lado", k=5, filter=Filter())
        assert [each.edition_id for each in snapshot.passages([each.passage_id for each in found])] == ["own-title"]
    assert other.library.check() == ()


@pytest.mark.parametrize("change", [{"passage_tokens": 64}])
def test_another_length_of_passages_cuts_again_and_embeds_only_what_is_new(data: Path, change: dict[str, int]) -> None:
    before = state(opened(data))
    embedder = FakeEmbedder()
    other = opened(data, embedder, **change)
    with (
        pytest.raises(
            IndexMismatch, match=r"passages of 256 word pieces, and the settings say 64\. Run `assistant rebuild`"
        ),
        other.opened(),
    ):
        pass
    rebuilt(other)
    after = state(other)
    assert {key: after[key] for key in ("editions", "known", "texts", "sources")} == {
        key: before[key] for key in ("editions", "known", "texts", "sources")
    }
    assert len(after["passages"]["chairing-2026"]) > len(before["passages"]["chairing-2026"])
    assert embedded_titles(embedder) == {"Who chairs"}
    assert other.library.check() == ()


def test_files_read_by_an_older_version_are_read_again(data: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with opened(data).opened() as snapshot:
        older = {source.edition_id: source.recipe for source in snapshot.sources()}
    monkeypatch.setattr(intake, "reading_digest", lambda: "a newer reader")
    embedder = FakeEmbedder()
    assistant = opened(data, embedder)
    rebuilt(assistant)
    assert embedder.embedded == []
    with assistant.opened() as snapshot:
        newer = {source.edition_id: source.recipe for source in snapshot.sources()}
    assert older.keys() == newer.keys()
    assert all(newer[name] != recipe for name, recipe in older.items())


def test_an_ingest_of_the_folder_that_came_back_finds_nothing_changed(tmp_path: Path) -> None:
    documents = tmp_path / "documents"
    write(documents / "own-title.html", "<title>Its own title</title><h1>One</h1><p>The LADO is told.</p>")
    write(documents / "no-title.txt", "Records are kept for ten years.")
    rows(documents / "texts.jsonl", "One act.", "Two acts.")
    ingested(opened(tmp_path / "data"), documents)
    other = opened(tmp_path / "data", FakeEmbedder(name="other"))
    rebuilt(other)
    again = ingested(other, documents)
    assert (len(again.unchanged), again.added, again.changed, again.removed) == (4, (), (), ())


def test_a_rebuild_of_what_fits_writes_nothing(data: Path) -> None:
    assistant = opened(data)
    with assistant.opened() as snapshot:
        number = snapshot.generation.number
    assert (rebuilt(assistant).generation, assistant.embedder.embedded) == (number, [])


def test_a_rebuild_restores_lost_vectors_and_indexes(data: Path) -> None:
    shutil.rmtree(data / "vectors")
    assert any(line.endswith("run `assistant rebuild`") for line in opened(data).library.check())
    rebuilt(opened(data))
    assert opened(data).library.check() == ()


class Interrupted(FakeEmbedder):
    """Embeds a number of times and is then stopped."""

    def __init__(self, times: int) -> None:
        super().__init__(name="other")
        self._times = times

    def embed(self, texts: Any, *, kind: Any) -> Any:
        self._times -= 1
        if self._times < 0:
            raise KeyboardInterrupt
        return super().embed(texts, kind=kind)


@pytest.mark.parametrize("times", [0, 1, 2, 4])
def test_the_old_library_answers_until_the_new_one_is_whole(
    data: Path, times: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("ingest.publish.embedding.BATCH", 2)
    with pytest.raises(KeyboardInterrupt):
        rebuilt(opened(data, Interrupted(times)))
    with opened(data).opened() as snapshot:
        assert len(snapshot.search_words("acts", k=9, filter=Filter())) > 1
    other = opened(data, FakeEmbedder(name="other"))
    report = rebuilt(other)
    assert report.embedded == report.passages - times // 2 * 2
    assert other.library.check() == ()


def test_readers_of_the_old_generation_see_it_whole_during_a_rebuild(data: Path) -> None:
    with opened(data).opened() as snapshot:
        editions = snapshot.editions()
        rebuilt(opened(data, FakeEmbedder(name="other")))
        assert snapshot.editions() == editions
        assert snapshot.text(EditionId("own-title")) == "One\n\nThe LADO is told."


def test_no_second_writer_gets_between(data: Path) -> None:
    with opened(data).library.writing(), pytest.raises(LibraryLocked):
        rebuilt(opened(data, lock_wait_s=0.05))


def copy_of(data: Path, edition_id: str) -> Path:
    with opened(data).library.open_for_rebuild() as snapshot:
        (source,) = (each for each in snapshot.sources() if each.edition_id == edition_id)
    return data / "files" / source.sha256[:2] / source.sha256


def lost(path: Path) -> None:
    path.unlink()


def damaged(path: Path) -> None:
    path.write_bytes(path.read_bytes()[:-3] + b"???")


@pytest.mark.parametrize("harm", [lost, damaged])
def test_a_document_that_is_nowhere_any_more_is_named(data: Path, harm: Callable[[Path], None]) -> None:
    harm(copy_of(data, "own-title"))
    other = opened(data, FakeEmbedder(name="other"))
    with pytest.raises(UnreadableDocument, match=r"own-title\.html: neither .*--keep-going"):
        rebuilt(other)
    assert len(state(other)["editions"]) == 6
    report = rebuilt(other, keep_going=True)
    assert (report.removed, [each.path.name for each in report.failed]) == (("own-title",), ["own-title.html"])
    assert "own-title" not in names(state(other)["editions"])
    assert other.library.check() == ()


def test_in_a_library_that_fits_a_document_that_cannot_be_read_stays_as_it_is(data: Path) -> None:
    lost(copy_of(data, "own-title"))
    report = rebuilt(opened(data), keep_going=True)
    assert (report.removed, report.unchanged) == ((), ("own-title",))
    assert "own-title" in names(state(opened(data))["editions"])


def test_a_file_without_a_copy_is_read_where_it_is_and_stored(tmp_path: Path) -> None:
    path = write(tmp_path / "documents" / "first.md", "# First\n\nThe chair acts.\n")
    ingested(opened(tmp_path / "data"), path)
    lost(copy_of(tmp_path / "data", "first"))
    rebuilt(opened(tmp_path / "data"))
    path.unlink()
    assert len(rebuilt(opened(tmp_path / "data", FakeEmbedder(name="other"))).changed) == 1


def test_where_nothing_can_be_read_nothing_is_published(tmp_path: Path) -> None:
    path = write(tmp_path / "documents" / "first.md", "# First\n\nThe chair acts.\n")
    ingested(opened(tmp_path / "data"), path)
    lost(copy_of(tmp_path / "data", "first"))
    path.unlink()
    with pytest.raises(UnreadableDocument):
        rebuilt(opened(tmp_path / "data", FakeEmbedder(name="other")), keep_going=True)
    assert names(state(opened(tmp_path / "data"))["editions"]) == ["first"]


def test_there_has_to_be_a_library(tmp_path: Path) -> None:
    with pytest.raises(LibraryEmpty, match="assistant ingest"):
        rebuilt(opened(tmp_path / "data"))
    ended = command("rebuild", "--data", str(tmp_path / "nowhere"))
    assert (ended.returncode, "nowhere: no such data folder" in ended.stderr) == (1, True)


def test_the_commands_say_what_to_do_and_what_was_done(tmp_path: Path) -> None:
    path = write(tmp_path / "documents" / "first.md", "# First\n\nThe chair acts.\n")
    data = ("--data", str(tmp_path / "data"))
    assert command("ingest", str(path.parent), *data).returncode == 0
    path.unlink()
    other = {"ASSISTANT_PASSAGE_TOKENS": "64"}
    asked = command("search", "chair", *data, **other)
    assert (asked.returncode, "Run `assistant rebuild`" in asked.stderr) == (1, True)
    checked = command("check", *data, **other)
    assert (checked.returncode, checked.stdout.splitlines()[1:]) == (
        1, ["1 fault; `assistant rebuild` repairs what can be repaired"],
    )  # fmt: skip
    done = command("rebuild", *data, **other)
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.splitlines()[0] == "rebuilt: 1 edition"
    assert command("check", *data, **other).stdout == "the library is whole\n"


def test_check_says_why_before_it_counts(data: Path) -> None:
    (line,) = opened(data, FakeEmbedder(name="other"), passage_tokens=64).library.check()
    assert "with the embedder fake/256" in line
    assert "with passages of 256 word pieces, and the settings say 64" in line
    assert line.endswith("Run `assistant rebuild`, which reads the copies in the data folder, or set them back.")


def test_the_folder_is_named_while_it_is_there(tmp_path: Path) -> None:
    path = write(tmp_path / "my documents" / "first.md", "# First\n\nThe chair acts.\n")
    ingested(opened(tmp_path / "data"), path.parent)
    other = opened(tmp_path / "data", passage_tokens=64)
    (line,) = other.library.check()
    assert f"Run `assistant ingest '{path.parent}'` to rebuild it" in line
    with pytest.raises(IndexMismatch, match="Run `assistant ingest"), other.opened():
        pass
    path.unlink()
    with pytest.raises(IndexMismatch, match="Run `assistant rebuild`"), other.opened():
        pass


@given(st.text(alphabet=st.sampled_from("ab. \n\t\r\u00ad\u2028\u2019-1(")).filter(str.strip))
def test_the_text_of_a_collection_in_the_library_is_read_as_the_text_itself_was(text: str) -> None:
    laid_out = lay_out(blocks_of_text(text))
    again = lay_out(blocks_of_text(laid_out.text))
    assert (again.text, again.units, again.pages) == (laid_out.text, laid_out.units, laid_out.pages)
