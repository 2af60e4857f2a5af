"""What the assistant needs from outside, as Protocols; adapters implement them, fakes in tests do too.

Each Protocol has one class of contract tests in ``tests/contract`` which every implementation passes.
"""

from assistant.ports.answering import Embedder, Generator, Progress, Reader, Vectors, Verifier
from assistant.ports.library import Embedding, LexicalIndex, Library, PassageIndex, Snapshot, Source, Update
from assistant.ports.pages import Files, PageImages, Rectangle
from assistant.ports.publishing import Preview, PreviewPassage, Publisher
from assistant.ports.records import AccessStore, Records

__all__ = [
    "AccessStore",
    "Embedder",
    "Embedding",
    "Files",
    "Generator",
    "LexicalIndex",
    "Library",
    "PageImages",
    "PassageIndex",
    "Preview",
    "PreviewPassage",
    "Progress",
    "Publisher",
    "Reader",
    "Records",
    "Rectangle",
    "Snapshot",
    "Source",
    "Update",
    "Vectors",
    "Verifier",
]
