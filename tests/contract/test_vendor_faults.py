"""Every exception class of a vendor leaves our adapters as an ``AssistantError``, or stands here with the reason why not.

The classes are enumerated from the vendor's own modules, so that a version with a new one is noticed.
"""

from __future__ import annotations

import importlib
import sqlite3
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from types import SimpleNamespace
from typing import Any, NoReturn

import docx
import filelock
import httpx
import numpy as np
import onnxruntime
import pypdfium2
import pytest
from sqlalchemy import make_url

from assistant.adapters.chat.language_model import LangChainModel
from assistant.adapters.embedders import minilm_files
from assistant.adapters.embedders.onnx import OnnxEmbedder, open_session, open_tokenizer
from assistant.adapters.indexes import chroma
from assistant.adapters.indexes.partitions import OPEN, Partitions
from assistant.adapters.indexes.tantivy import TantivyIndex, _Opened
from assistant.adapters.library_sql import SqlLibrary
from assistant.adapters.library_sql.snapshot import SqlSnapshot
from assistant.adapters.library_sql.writer_lock import WriterLock
from assistant.adapters.packaged_models import own_model
from assistant.adapters.pages.images import PdfPages
from assistant.adapters.records_sql import RecordsDatabase
from assistant.adapters.rerankers.pair_scorer import PairScorer
from assistant.errors import AssistantError
from assistant.model import EditionId, Filter, Generation
from assistant.ports import Embedding, Update
from assistant.settings.language_model import LanguageModelSetting
from ingest.downloads.download import DownloadLimits, download
from ingest.sandbox.worker import answer
from tests.fakes import FakeLexicalIndex, FakePassageIndex
from tests.pdf_files import drawn, write_pdf

VECTOR = np.ones(3, dtype=np.float32)
MOST_ARGUMENTS = 6


class Broken:
    """Stands for an object of a vendor; whatever is asked of it, or it is called with, raises the fault of the day."""

    fault: Exception = RuntimeError("no fault set")

    def __getattr__(self, name: str) -> NoReturn:
        raise self.fault

    def __call__(self, *arguments: object, **named: object) -> NoReturn:
        raise self.fault


class BrokenEngine(Broken):
    """An SQL engine that fails at whatever is asked of its database."""

    url = make_url("sqlite:///library.sqlite")
    dialect = SimpleNamespace(name="sqlite")


Calls = Mapping[str, Callable[[], object]]
"""Calls of our own adapters, by name; each reaches the vendor."""
Boundary = Callable[[Path, pytest.MonkeyPatch], Calls]


@dataclass(frozen=True)
class Vendor:
    """A library whose exceptions must not come through."""

    modules: tuple[str, ...]
    """Modules that define its exceptions."""
    boundary: Boundary
    exempt: Mapping[str, str] = field(default_factory=dict)
    """Names of classes that cannot reach a user, each with the reason."""


def chroma_calls(folder: Path, monkeypatch: pytest.MonkeyPatch) -> Calls:
    index, broken = chroma.ChromaIndex(folder), Broken()

    @contextmanager
    def using(_folder: Path) -> Iterator[Any]:
        yield broken

    monkeypatch.setattr(index, "_folders", SimpleNamespace(using=using, close=lambda _folder: None))
    monkeypatch.setattr(chroma, "client_of", broken)
    (folder / "1").mkdir()
    return {
        "build": lambda: index.build(2, ()),
        "search": lambda: index.search(1, VECTOR, k=1, filter=Filter()),
        "count": lambda: index.count(1),
    }


def tantivy_calls(folder: Path, monkeypatch: pytest.MonkeyPatch) -> Calls:
    index, opening, broken = TantivyIndex(folder), TantivyIndex(folder), Broken()
    monkeypatch.setattr(index, "_opened", lambda _generation: _Opened(Partitions(), {OPEN: broken}))
    monkeypatch.setattr("tantivy.Index", broken)
    (folder / "1").mkdir()
    return {
        "build": lambda: TantivyIndex(folder).build(2, ()),
        "open": lambda: opening.count(1),
        "search": lambda: index.search(1, "children", k=1, filter=Filter()),
        "count": lambda: index.count(1),
        "document frequencies": lambda: index.document_frequencies(1, ["children"]),
    }


def sql_calls(folder: Path, monkeypatch: pytest.MonkeyPatch) -> Calls:
    vectors, words, engine = FakePassageIndex(), FakeLexicalIndex(), BrokenEngine()
    library = SqlLibrary(folder / "data", "fake", 3, vectors, words)
    snapshot = SqlSnapshot(engine, Generation(1, "", 0, 0), "fake", 3, vectors, words)
    records = RecordsDatabase(folder / "data")
    monkeypatch.setattr(library, "_engine", engine)
    monkeypatch.setattr(records, "_engine", engine)
    monkeypatch.setattr("assistant.adapters.sql.engine.create_engine", lambda _url: engine)

    def entered(context: Any) -> Callable[[], object]:
        return lambda: context().__enter__()

    return {
        "library": lambda: SqlLibrary(folder / "other", "fake", 3, vectors, words),
        "open": entered(library.open),
        "writing": entered(library.writing),
        "missing embeddings": lambda: library.missing_embeddings(["a"]),
        "add embeddings": lambda: library.add_embeddings({"a": Embedding(VECTOR, VECTOR)}),
        "publish": lambda: library.publish(Update()),
        "roll back": library.roll_back,
        "forget previous": library.forget_previous,
        "held files": library.files_in_use,
        "check": library.check,
        "editions": snapshot.editions,
        "sources": snapshot.sources,
        "passages": lambda: snapshot.passages(["a:1"]),
        "text": lambda: snapshot.text(EditionId("a")),
        "sentence vectors": lambda: snapshot.sentence_vectors(["a:1"]),
        "records": lambda: RecordsDatabase(folder / "other"),
        "reading": entered(records.reading),
        "writing records": entered(records.writing),
        "forgetting": entered(records.forgetting),
        "emptying the log": lambda: _forgotten(records),
    }


def _forgotten(records: RecordsDatabase) -> None:
    """Forgets with a transaction that succeeds, so that only the log is left to fail."""
    records.writing = contextmanager(lambda: iter([None]))  # type: ignore[method-assign]
    try:
        with records.forgetting():
            pass
    finally:
        del records.writing


def alembic_calls(folder: Path, monkeypatch: pytest.MonkeyPatch) -> Calls:
    broken = Broken()
    monkeypatch.setattr("alembic.command.upgrade", broken)
    return {"upgrade": lambda: RecordsDatabase(folder)}


def runtime_calls(folder: Path, monkeypatch: pytest.MonkeyPatch) -> Calls:
    broken = Broken()
    embedder, scorer = OnnxEmbedder(lambda: folder, "fake", 1), PairScorer(own_model("reranker"), 1)
    vars(embedder)["_session"] = vars(scorer)["_session"] = broken
    monkeypatch.setattr(onnxruntime, "InferenceSession", broken)
    return {
        "open": lambda: open_session(folder, 1),
        "embed": lambda: embedder.embed(["children"], kind="query"),
        "score": lambda: scorer.score([("children", "children")]),
    }


def tokenizer_calls(folder: Path, monkeypatch: pytest.MonkeyPatch) -> Calls:
    monkeypatch.setattr("assistant.adapters.embedders.onnx.Tokenizer", Broken())
    return {"open": open_tokenizer}


def read(path: Path) -> None:
    """Reads a file as the child does, and raises what it answers."""
    answered = answer(path, 10)
    if isinstance(answered, Exception):
        raise answered


def pypdf_calls(folder: Path, monkeypatch: pytest.MonkeyPatch) -> Calls:
    path = write_pdf(folder / "a.pdf", [drawn(["Staff must empty every blue locker at the end of term."])])

    def with_broken(name: str) -> Callable[[], object]:
        def call() -> None:
            with monkeypatch.context() as patch:
                patch.setattr(f"ingest.readers.pdf.{name}", Broken())
                read(path)

        return call

    return {name: with_broken(name) for name in ("PdfReader", "shown_by", "with_links")}


def docx_calls(folder: Path, monkeypatch: pytest.MonkeyPatch) -> Calls:
    path = folder / "a.docx"
    docx.Document().save(str(path))

    def body() -> None:
        with monkeypatch.context() as patch:
            patch.setattr("ingest.readers.docx.Body", Broken())
            read(path)

    def opening() -> None:
        with monkeypatch.context() as patch:
            patch.setattr(docx, "Document", Broken())
            read(path)

    return {"open": opening, "body": body}


def html_calls(folder: Path, monkeypatch: pytest.MonkeyPatch) -> Calls:
    path = folder / "a.html"
    path.write_text("<p>Words</p>")
    monkeypatch.setattr("ingest.readers.html.BeautifulSoup", Broken())
    return {"read": lambda: read(path)}


def pdfium_calls(folder: Path, monkeypatch: pytest.MonkeyPatch) -> Calls:
    path = write_pdf(folder / "a.pdf", [drawn(["Words"])])
    pages = PdfPages(1)

    def drawing() -> None:
        with monkeypatch.context() as patch:
            patch.setattr(pages, "_drawn", Broken())
            pages.png(path, 1, 400)

    def opening() -> None:
        with monkeypatch.context() as patch:
            patch.setattr(pypdfium2, "PdfDocument", Broken())
            pages.rectangles(path, 1, ["Words"])

    return {"draw": drawing, "open": opening}


def lock_calls(folder: Path, monkeypatch: pytest.MonkeyPatch) -> Calls:
    lock, broken = WriterLock(folder, 0.1), Broken()
    monkeypatch.setattr(lock, "_lock", SimpleNamespace(is_locked=False, acquire=broken))
    monkeypatch.setattr(filelock, "FileLock", broken)
    model = folder / "cache" / "model.onnx"
    return {
        "writing": lambda: lock.held().__enter__(),
        "exporting": lambda: minilm_files._export_once(folder, model, model.with_suffix(".json"), None),
    }


def httpx_calls(folder: Path, monkeypatch: pytest.MonkeyPatch) -> Calls:
    monkeypatch.setattr(httpx, "Client", Broken())
    limits = DownloadLimits(attempts=1)
    return {"download": lambda: download("https://example.org/a.pdf", folder / "a.pdf", limits, "a.pdf")}


def chat_calls(provider: str) -> Boundary:
    def calls(folder: Path, monkeypatch: pytest.MonkeyPatch) -> Calls:
        setting = LanguageModelSetting(name="fake", provider=provider, base_url="http://127.0.0.1:1/v1", tries=1)
        model = LangChainModel(setting)
        vars(model)["_model"] = Broken()
        return {"reply": lambda: list(model.reply("Do this.", "{}", {}, 1.0))}

    return calls


OF_LXML = {"_TargetParserResult": "carries what a parser made, inside lxml"}
VENDORS = {
    "chroma": Vendor(("chromadb.errors",), chroma_calls),
    "sqlalchemy": Vendor(
        ("sqlalchemy.exc",),
        sql_calls,
        {"EmulatedDBAPIException": "raised by asyncio drivers inside SQLAlchemy, which wraps it in a DBAPIError"},
    ),
    "sqlite3": Vendor(
        ("sqlite3",),
        sql_calls,
        {"Warning": "raised for several statements in one call before Python 3.12; ours are single"},
    ),
    "alembic": Vendor(("alembic.util.exc",), alembic_calls),
    "onnxruntime": Vendor(("onnxruntime.capi.onnxruntime_pybind11_state",), runtime_calls),
    "pypdf": Vendor(("pypdf.errors",), pypdf_calls),
    "python-docx": Vendor(
        ("docx.exceptions", "docx.opc.exceptions", "docx.image.exceptions"),
        docx_calls,
        {
            name: "raised where a picture is put into a document or measured; reading opens none"
            for name in ("InvalidImageStreamError", "UnexpectedEndOfFileError", "UnrecognizedImageError")
        },
    ),
    "lxml in Word documents": Vendor(("lxml.etree",), docx_calls, OF_LXML),
    "lxml in HTML": Vendor(("lxml.etree",), html_calls, OF_LXML),
    "beautifulsoup": Vendor(("bs4.exceptions",), html_calls),
    "pdfium": Vendor(("pypdfium2",), pdfium_calls),
    "filelock": Vendor(
        ("filelock",), lock_calls, {"LeaseSettingsMismatch": "raised by leases of filelock's own, which nothing takes"}
    ),
    "httpx": Vendor(("httpx",), httpx_calls),
    "openai": Vendor(("openai",), chat_calls("openai")),
    "httpx2 under openai": Vendor(("httpx2",), chat_calls("openai")),
    "ollama": Vendor(("ollama",), chat_calls("ollama")),
    "httpx under ollama": Vendor(("httpx",), chat_calls("ollama")),
}
BARE = {"tantivy": (ValueError, tantivy_calls), "tokenizers": (Exception, tokenizer_calls)}
"""Vendors without classes of their own, and the only one that they raise."""


def classes_of(modules: Iterable[str], exempt: Collection[str] = ()) -> list[type[Exception]]:
    """Returns the exceptions that modules define or show, and their descendants of the same vendor; no warnings.

    A class whose name is exempt is left out with its descendants.
    """
    found: dict[type[Exception], None] = {}
    for name in modules:
        shown = list(vars(importlib.import_module(name)).values())
        waiting = [each for each in shown if isinstance(each, type) and issubclass(each, Exception)]
        while waiting:
            each = waiting.pop()
            is_known = each in found or each.__name__ in exempt
            if each.__module__ != "builtins" and not is_known and not issubclass(each, Warning):
                found[each] = None
                vendor = name.split(".")[0]
                waiting.extend(sub for sub in each.__subclasses__() if sub.__module__.split(".")[0] == vendor)
    return sorted(found, key=lambda each: each.__name__)


def raised(kind: type[Exception]) -> Exception:
    """Returns an exception of a class, whatever its constructor asks for."""
    for arguments in (*(["fault"] * count for count in range(1, MOST_ARGUMENTS)), ("fault", 1, 1, 1)):
        try:
            return kind(*arguments)
        except (TypeError, AttributeError):
            continue
    return kind.__new__(kind)


def unmapped(kinds: Iterable[type[Exception]], calls: Calls) -> list[str]:
    """Returns the classes that come through one of the calls as they are."""
    found = []
    for kind in kinds:
        Broken.fault = raised(kind)
        for name, call in calls.items():
            try:
                call()
            except AssistantError:
                continue
            except Exception as error:  # noqa: BLE001  what comes through is the finding
                found.append(f"{kind.__module__}.{kind.__name__} leaves {name!r} as {type(error).__name__}")
            else:
                found.append(f"{kind.__module__}.{kind.__name__} is lost in {name!r}")
    return found


@pytest.mark.parametrize("name", VENDORS)
def test_every_exception_of_a_vendor_is_translated(name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    vendor = VENDORS[name]
    names = {each.__name__ for each in classes_of(vendor.modules)}
    assert names >= vendor.exempt.keys(), "an exemption of a class that is not there any more"
    kinds = classes_of(vendor.modules, vendor.exempt)
    assert kinds
    assert unmapped(kinds, vendor.boundary(tmp_path, monkeypatch)) == []


@pytest.mark.parametrize("name", BARE)
def test_the_one_exception_of_a_vendor_without_its_own_is_translated(
    name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    kind, boundary = BARE[name]
    assert unmapped([kind], boundary(tmp_path, monkeypatch)) == []


@pytest.mark.parametrize("name", VENDORS)
def test_an_exception_that_nobody_knows_is_reported(name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    class Unheard(Exception):
        pass

    calls = VENDORS[name].boundary(tmp_path, monkeypatch)
    assert len(unmapped([Unheard], calls)) == len(calls)


def test_a_new_exception_of_a_vendor_is_enumerated() -> None:
    new = type("NewError", (importlib.import_module("chromadb.errors").ChromaError,), {"__module__": "chromadb.new"})
    assert new in classes_of(["chromadb.errors"])
    assert sqlite3.OperationalError in classes_of(["sqlite3"])
