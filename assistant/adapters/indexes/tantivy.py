"""LexicalIndex: BM25 by tantivy, one folder per generation.

The body is stemmed by ``assistant.text.words`` before it is handed over, so that index, query and sentence features use the
same words. Why tantivy: ``docs/adr/0002-words.md``.
"""

from __future__ import annotations

import math
import shutil
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from types import MappingProxyType
from typing import Any

import msgspec
import tantivy

from assistant.adapters.indexes.partitions import OPEN, PartitionList, Partitions, read_partitions
from assistant.adapters.indexes.word_lines import KeptLines, Line, LineFile, kept_lines, line_of
from assistant.adapters.indexes.working_view import WorkingView
from assistant.data_folder import has_room, is_read_only, make_private_folder, tighten
from assistant.errors import LibraryError
from assistant.model import Edition, EditionId, Filter, Passage, PassageId, Ranked
from assistant.text.words import content_words, stem
from assistant.text.words import words as tokens

HEAP_BYTES = 64_000_000
RESTRICTED_HEAP_BYTES = 16_000_000
"""Of the writer of a partition that is for some groups only."""
PARTITIONS = "partitions"
"""Folder of the partitions that are for some groups only, within the index of a generation."""
VOCABULARY = "vocabulary.json"
"""The words of a partition as they stand, with how many of its passages hold each."""
MARGIN = 20
"""Further lines fetched at first; more are fetched while a tie reaches past them."""
BUILDING = ".building"
"""Ending of a folder whose index is not finished."""


class TantivyIndex:
    """BM25 (k1 = 1.2, b = 0.75) over the stems of ``embed_text``, in partitions that are searched together.

    How rare a word is is counted over the partitions that are searched; how long a passage is, within its own.

    Source: Robertson and Zaragoza, "The Probabilistic Relevance Framework: BM25 and Beyond", 2009; the constants
    are tantivy's.

    Args:
        folder: Folder that holds one folder per generation.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._opened = lru_cache(maxsize=4)(self._open)
        """The partitions of a generation, and an index for each."""
        self._vocabularies = lru_cache(maxsize=4)(self._read_vocabularies)
        """The words of some partitions of a generation together."""

    def build(self, generation: int, passages: Iterable[tuple[Passage, Edition]]) -> None:
        """Builds the index of a generation beside the others and gives it its name when it is complete.

        Building one again replaces it. Raises ``LibraryError`` when the folder cannot be written; nothing of it stays then.
        """
        self._built(generation, map(line_of, passages))

    def _built(
        self,
        generation: int,
        lines: Iterable[Line],
        kept: KeptLines | None = None,
        before: Mapping[str, Mapping[str, int]] | None = None,
    ) -> None:
        self.drop(generation)
        folder = self._path(generation)
        unfinished = folder.with_name(folder.name + BUILDING)
        try:
            make_private_folder(unfinished)
            _write(unfinished, lines, kept or KeptLines(), before or {})
            tighten(unfinished)
            unfinished.replace(folder)
        except (OSError, ValueError, msgspec.DecodeError) as error:
            shutil.rmtree(unfinished, ignore_errors=True)
            fix = "Make room or make the folder writable, then run the ingest again"
            raise LibraryError(f"{folder}: the word index cannot be written ({error}). {fix}.") from error

    def extend(
        self, generation: int, base: int, gone: Collection[EditionId], passages: Iterable[tuple[Passage, Edition]]
    ) -> bool:
        """Builds the index of a generation from the stems that another keeps beside its index; see the port.

        The index is written whole, so that it is the one that ``build`` makes: what is saved is finding the words again.

        Raises:
            LibraryError: The folder cannot be written; nothing of it stays.
        """
        try:
            with self._using(base) as (partitions, _):
                if not partitions.is_separated:
                    return False
            kept = kept_lines(self._path(base), frozenset(gone))
            before = {
                name: _read_vocabulary(_folder_of(self._path(base), name) / VOCABULARY) for name in partitions.names()
            }
        except (LibraryError, OSError, ValueError):
            return False
        if kept is None:
            return False
        self._built(generation, map(line_of, passages), kept, before)
        return True

    def search(self, generation: int, query: str, *, k: int, filter: Filter) -> tuple[Ranked, ...]:
        """Returns up to k passages with at least one word of the query, best first, ties by passage id.

        The query is any text; it has no syntax. () for a query without words that carry meaning.
        """
        stems = tuple(dict.fromkeys(content_words(query)))
        with self._using(generation, filter.hidden) as (partitions, indexes):
            if not stems or k < 1:
                return ()
            scope = partitions.scope(filter)
            ranked = [each for found in _searched(indexes, stems, scope, k) for each in found]
        return tuple(sorted(ranked, key=lambda each: (-each.score, each.passage_id)))[:k]

    def document_frequencies(
        self, generation: int, words: Sequence[str], hidden: Collection[EditionId] = ()
    ) -> tuple[int, ...]:
        """Returns in how many passages each word occurs, 0 for an unknown or empty one; hidden ones do not count."""
        stems = ["".join(stem(each) for each in tokens(word)[:1]) for word in words]
        with self._using(generation, hidden) as (_, indexes):
            searchers = [each.searcher() for each in indexes]
            return tuple(_frequency(searchers, each) if each else 0 for each in stems)

    def vocabulary(self, generation: int, hidden: Collection[EditionId] = ()) -> Mapping[str, int]:
        """Returns the words as they stand, in lower case, with how many passages hold each; hidden ones do not count.

        Empty for an index of an earlier release.
        """
        with self._using(generation) as (partitions, _):
            return self._vocabularies(generation, partitions.names(hidden))

    def count(self, generation: int) -> int:
        """Returns how many passages the index of a generation holds; 0 where there is none."""
        if not self._path(generation).exists():
            return 0
        with self._using(generation) as (_, indexes):
            return sum(int(each.searcher().num_docs) for each in indexes)

    def is_separated(self, generation: int) -> bool:
        """Returns whether what is hidden from some can be left out uncounted; False for an index of an earlier release."""
        with self._using(generation) as (partitions, _):
            return partitions.is_separated

    def drop(self, generation: int) -> None:
        """Removes the index of a generation."""
        self._opened.cache_clear()
        self._vocabularies.cache_clear()
        folder = self._path(generation)
        shutil.rmtree(folder.with_name(folder.name + BUILDING), ignore_errors=True)
        shutil.rmtree(folder, ignore_errors=True)

    def generations(self) -> tuple[int, ...]:
        """Returns the generations that have an index, complete or not, sorted."""
        names = {each.name.removesuffix(BUILDING) for each in self._folder.glob("*")}
        return tuple(sorted(int(name) for name in names if name.isdigit()))

    def _path(self, generation: int) -> Path:
        return self._folder / str(generation)

    @contextmanager
    def _using(
        self, generation: int, hidden: Collection[EditionId] = ()
    ) -> Iterator[tuple[Partitions, tuple[tantivy.Index, ...]]]:
        """Yields the partitions of a generation and the indexes of those in which nothing is hidden, opened.

        Faults of tantivy, which are all ``ValueError``, and of the disk are translated.
        """
        try:
            opened = self._opened(generation)
            yield opened.partitions, tuple(opened.indexes[name] for name in opened.partitions.names(hidden))
        except (ValueError, OSError) as error:
            fix = "Run `assistant rebuild`"
            raise LibraryError(f"{self._path(generation)}: the word index cannot be used ({error}). {fix}.") from error

    def _read_vocabularies(self, generation: int, names: tuple[str, ...]) -> Mapping[str, int]:
        together: Counter[str] = Counter()
        for name in names:
            together.update(_read_vocabulary(_folder_of(self._path(generation), name) / VOCABULARY))
        return MappingProxyType(together)

    def _open(self, generation: int) -> _Opened:
        folder = self._path(generation)
        if not is_read_only(folder):
            try:
                return _Opened(*_whole(folder))
            except ValueError:
                if has_room(folder):
                    raise
        view = WorkingView(folder)
        return _Opened(*_whole(view.path), view)


@dataclass(frozen=True, slots=True)
class _Opened:
    """The open index of a generation."""

    partitions: Partitions
    indexes: Mapping[str, tantivy.Index]
    """One for each partition, by its name."""
    view: WorkingView | None = None
    """What was opened in place of the folder, where the folder cannot be written; it goes with the indexes."""


def _whole(folder: Path) -> tuple[Partitions, Mapping[str, tantivy.Index]]:
    """Returns the partitions of a folder and their indexes, once they can be searched: that takes a lock."""
    partitions = read_partitions(folder)
    indexes = {name: tantivy.Index.open(str(_folder_of(folder, name))) for name in partitions.names()}
    for each in indexes.values():
        each.searcher()
    return partitions, indexes


def _read_vocabulary(path: Path) -> dict[str, int]:
    try:
        return msgspec.json.decode(path.read_bytes(), type=dict[str, int])
    except FileNotFoundError:
        return {}


def _folder_of(folder: Path, partition: str) -> Path:
    return folder if partition == OPEN else folder / PARTITIONS / partition


def _write(folder: Path, lines: Iterable[Line], kept: KeptLines, before: Mapping[str, Mapping[str, int]]) -> None:
    """Writes an index of lines that are taken over and of new ones; the words of what is taken over are counted already."""
    writers = {OPEN: tantivy.Index(_schema(), path=str(folder)).writer(heap_size=HEAP_BYTES, num_threads=1)}
    partitions = PartitionList()
    vocabularies = defaultdict[str, Counter[str]](Counter, {name: Counter(counts) for name, counts in before.items()})

    def add(line: Line) -> None:
        partition = partitions.add_named(EditionId(line.edition_id), line.partition)
        if partition not in writers:
            writers[partition] = _writer(_folder_of(folder, partition))
        writers[partition].add_document(_document(line))

    with LineFile(folder) as file:
        for line, text in kept:
            add(line)
            file.copy(text)
        for line in lines:
            add(line)
            file.add(line)
            vocabularies[line.partition].update(line.words)
    for line in kept.gone:
        vocabularies[line.partition].subtract(line.words)
    for writer in writers.values():
        writer.commit()
        writer.wait_merging_threads()
    for partition in writers:
        (_folder_of(folder, partition) / VOCABULARY).write_bytes(msgspec.json.encode(dict(+vocabularies[partition])))
    partitions.write(folder)


def _document(line: Line) -> Any:
    return tantivy.Document(body=line.body, passage_id=line.passage_id, edition_id=line.edition_id, kind=line.kind)


def _writer(folder: Path) -> Any:
    folder.mkdir(parents=True)
    return tantivy.Index(_schema(), path=str(folder)).writer(heap_size=RESTRICTED_HEAP_BYTES, num_threads=1)


def _searched(indexes: Sequence[Any], stems: Sequence[str], scope: Filter, k: int) -> Iterator[list[Ranked]]:
    """Yields the best passages of each partition; words weigh what they weigh over all of them."""
    searchers = [each.searcher() for each in indexes]
    passages = sum(int(each.num_docs) for each in searchers)
    frequencies = {each: _frequency(searchers, each) for each in stems}
    for index, searcher in zip(indexes, searchers, strict=True):
        boosts = {each: _boost(searcher, each, frequencies[each], passages) for each in stems}
        query = _query(index, boosts, scope)
        hits = _with_ties(searcher, query, k) if int(searcher.num_docs) else []
        yield [Ranked(PassageId(searcher.doc(at)["passage_id"][0]), float(score)) for score, at in hits]


def _frequency(searchers: Iterable[Any], stemmed: str) -> int:
    return sum(int(each.doc_freq("body", stemmed)) for each in searchers)


def _boost(searcher: Any, stemmed: str, frequency: int, passages: int) -> float:
    """Returns what turns a word's rarity within one partition into that over all of them; 1 where they are the same."""
    own = int(searcher.doc_freq("body", stemmed))
    if not own or (own, int(searcher.num_docs)) == (frequency, passages):
        return 1.0
    return _rarity(frequency, passages) / _rarity(own, int(searcher.num_docs))


def _rarity(frequency: int, passages: int) -> float:
    """Returns the inverse document frequency as tantivy weighs it."""
    return math.log(1.0 + (passages - frequency + 0.5) / (frequency + 0.5))


def _with_ties(searcher: Any, query: Any, k: int) -> list[tuple[float, Any]]:
    """Returns the k best lines and every further one that ties with the last of them."""
    limit = k + MARGIN
    while True:
        found: list[tuple[float, Any]] = searcher.search(query, limit, count=False).hits
        if len(found) < limit or found[-1][0] < found[k - 1][0]:
            return found
        limit *= 4


def _schema() -> tantivy.Schema:
    builder = tantivy.SchemaBuilder()
    builder.add_text_field("body", tokenizer_name="whitespace", index_option="freq")
    builder.add_text_field("passage_id", stored=True, tokenizer_name="raw", index_option="basic")
    builder.add_text_field("edition_id", tokenizer_name="raw", index_option="basic")
    builder.add_text_field("kind", tokenizer_name="raw", index_option="basic")
    return builder.build()


def _query(index: Any, boosts: Mapping[str, float], filter: Filter) -> Any:
    make, occur = tantivy.Query, tantivy.Occur
    words = {each: make.term_query(index.schema, "body", each, "freq") for each in boosts}
    weighed = [words[each] if boost == 1.0 else make.boost_query(words[each], boost) for each, boost in boosts.items()]
    terms = make.boolean_query([(occur.Should, each) for each in weighed])
    clauses = [(occur.Must, terms)]
    for field, allowed in (("edition_id", filter.editions), ("kind", [each.value for each in filter.kinds])):
        if allowed:
            chosen = make.term_set_query(index.schema, field, list(allowed))
            clauses.append((occur.Must, make.const_score_query(chosen, 0.0)))
    if filter.excluded:
        clauses.append((occur.MustNot, make.term_set_query(index.schema, "edition_id", list(filter.excluded))))
    return make.boolean_query(clauses)
