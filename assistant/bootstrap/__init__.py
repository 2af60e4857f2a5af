"""The composition root: builds the adapters of the settings, each when it is first needed."""

from __future__ import annotations

import logging
from collections.abc import Callable, Collection, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, date, datetime
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

from assistant.answering.answerability.calibration import Calibration, check_reranker, load_calibration
from assistant.answering.answerability.second_judge import SecondJudge
from assistant.answering.approved.index import ApprovedIndex
from assistant.answering.compose.writer import Writer
from assistant.answering.pipeline import OnStep, ask, signpost
from assistant.answering.resources import OnStatement, Resources
from assistant.answering.rewriting.by_model import ModelRewriter
from assistant.answering.screening.door import Door
from assistant.answering.screening.masking import mask
from assistant.answering.screening.screen import names_shown, screen
from assistant.answering.search import located, search
from assistant.answering.verify.by_model import ModelJudge
from assistant.bootstrap.stores import Stores
from assistant.coverage.questions.probes import ProbeContext
from assistant.coverage.questions.topics import read_topics
from assistant.coverage.report import for_viewer
from assistant.editions.library_view import LibraryView
from assistant.editions.source_marks import with_marks
from assistant.editions.visible_snapshot import visible_to
from assistant.errors import AssistantError, ConfigurationError, LibraryEmpty, LibraryError
from assistant.model import CUT_VERSION, Edition, Hit, Outcome, Page, Question, Screened, Signposted
from assistant.model.people import EVERYTHING, Reader
from assistant.operations.approved.blocks import BlockDesk
from assistant.operations.approved.desk import ApprovedDesk
from assistant.operations.approved.settle import Settled, settle
from assistant.operations.scorecard import NOT_MEASURED, Scorecard, check_fits, sign, trust_sentence
from assistant.outcomes.marked import marked
from assistant.ports import (
    Embedder,
    Entailment,
    Generator,
    LanguageModel,
    Library,
    Progress,
    Reranker,
    Rewriter,
    Snapshot,
)
from assistant.quality.themes_of_questions import ThemeSorter
from assistant.scenarios.grammar.themes import Grammar, read_grammar
from assistant.scenarios.make import ScenarioContext
from assistant.settings import Settings

if TYPE_CHECKING:
    from assistant.adapters.chat.retriever import PolicyRetriever
    from assistant.adapters.embedders.tuned import TunedEmbedder
    from assistant.adapters.rerankers.own_entailment import OwnEntailment


log = logging.getLogger(__name__)


class Assistant(Stores):
    """Everything that a program needs to ingest documents and to answer questions.

    Args:
        settings: The settings; nothing else is read from outside.
        progress: Called during long one-time work, such as preparing the embedding model.
    """

    def __init__(self, settings: Settings, progress: Progress | None = None) -> None:
        super().__init__(settings)
        self._progress = progress

    @cached_property
    def embedder(self) -> Embedder:
        """The embedder of the settings. Raises ``ModelMissing``."""
        from assistant.adapters.embedders.choose import open_embedder

        return open_embedder(self.settings, self._progress)

    @cached_property
    def library(self) -> Library:
        """The library in the data folder. Raises ``LibraryError``."""
        from assistant.adapters.indexes.chroma import ChromaIndex
        from assistant.adapters.indexes.tantivy import TantivyIndex
        from assistant.adapters.library_sql import SqlLibrary

        data = self.settings.data
        return SqlLibrary(
            data,
            self.embedder.fingerprint,
            self.embedder.dimension,
            ChromaIndex(data / "vectors"),
            TantivyIndex(data / "words"),
            self.settings.lock_wait_s,
            cut=f"{CUT_VERSION}/{self.settings.passage_tokens}",
            has_copy=lambda sha256: self.files.path_of(sha256, "") is not None,
            on_published=self._published,
        )

    def _published(self) -> None:
        """Compares the approved answers with the generation that was just made current; a fault leaves that to the next time."""
        try:
            self.settle_approved()
        except AssistantError as error:
            log.warning("approved answers are compared with the library later (%s)", type(error).__name__)

    def settle_approved(self) -> Settled:
        """Compares the approved answers with the current generation, once for each and a day; returns what changed."""
        if not self.has_records or not self.is_writable:
            return Settled()
        with self.library.open() as snapshot:
            return settle(self.approved_store, snapshot, date.today(), datetime.now(UTC))

    def approved_desk(self, snapshot: Snapshot, groups: Collection[str] | None = None) -> ApprovedDesk:
        """Returns what the policy team works on approved answers with, over one whole generation.

        Args:
            snapshot: The generation, with everything in it.
            groups: Those of who works; None for somebody who sees everything.
        """
        seen = snapshot if groups is None else visible_to(snapshot, groups)
        return ApprovedDesk(self.approved_store, seen, self.reader(groups), self.resources.today(), self.masked)

    @cached_property
    def calibration(self) -> Calibration:
        """The calibration of the settings, the packaged one unless set."""
        return load_calibration(self.settings.calibration, self.settings.packaged_calibration)

    @cached_property
    def reranker(self) -> Reranker | None:
        """The reranker of the first sentences, None where there is none. Raises ``ModelMissing``."""
        from assistant.adapters.rerankers.choose import open_reranker

        return open_reranker(self.settings, self.calibration.reranker)

    @cached_property
    def resources(self) -> Resources:
        """What the pipeline needs. Raises ``ConfigurationError`` for a calibration of another reranker."""
        check_reranker(self.calibration, self.reranker)
        return Resources(
            self.embedder,
            self.settings,
            self.calibration,
            generator=self.generator,
            rewriter=self.rewriter,
            entailment=self.entailment,
            second_judge=self.second_judge,
            reranker=self.reranker,
            door=self.door,
            approved=self.approved,
            telemetry=self.telemetry,
        )

    def probe_context(
        self,
        progress: Progress | None = None,
        is_time_up: Callable[[], bool] = lambda: False,
        groups: Collection[str] | None = None,
    ) -> ProbeContext:
        """Returns what the sections of the coverage report ask questions with; see ``assistant.coverage.questions.probes``."""
        reader = self.reader(groups)
        resources = replace(self.resources, second_judge=None)  # hundreds of questions that nobody asked now
        return ProbeContext(resources, self.question_store, self.records, progress, is_time_up, reader=reader)

    def reader(self, groups: Collection[str] | None) -> Reader:
        """Returns somebody with these groups as a reader of what others asked; None for somebody who sees everything."""
        if groups is None:
            return EVERYTHING
        try:
            with self.opened() as snapshot:
                every = (*snapshot.editions(), *snapshot.known())
        except LibraryError:
            every = ()
        return Reader(tuple(groups), {each.edition_id: each.groups for each in every if each.groups})

    def library_view(self, snapshot: Snapshot, groups: Collection[str] | None) -> LibraryView:
        """Returns a generation as a reader with these groups sees it today; None for somebody who sees everything."""
        return LibraryView(snapshot, groups, self.resources.today(), self.records.question_groups())

    @property
    def grammar(self) -> Grammar:
        """The grammar of training scenarios. Raises ``ConfigurationError``."""
        return read_grammar(self.settings.themes)

    def scenario_context(self, view: LibraryView, progress: Progress | None = None) -> ScenarioContext:
        """Returns what training scenarios are made with, for one view of the library."""
        return ScenarioContext(self.grammar, view, for_viewer(view, self.probe_context(progress)))

    @cached_property
    def language_model(self) -> LanguageModel | None:
        """The language model of the settings, None where there is none; it is not asked anything yet.

        Raises:
            ConfigurationError: It is not on this machine and the settings do not allow that.
        """
        from assistant.adapters.chat.language_model import LangChainModel

        setting = self.settings.language_model
        return LangChainModel(setting) if setting else None

    @cached_property
    def generator(self) -> Generator | None:
        """What writes answers, None without a language model."""
        setting = self.settings.language_model
        return Writer(self.language_model, setting) if self.language_model and setting else None

    @cached_property
    def rewriter(self) -> Rewriter | None:
        """The rewriter of follow-ups besides the rules, None without a language model."""
        setting = self.settings.language_model
        return ModelRewriter(self.language_model, setting.silence_s) if self.language_model and setting else None

    @cached_property
    def entailment(self) -> Entailment | None:
        """The model that may reject written claims after the rules; None unless set, or without a language model.

        Raises:
            ModelMissing: It is not on this machine.
        """
        setting, model = self.settings.entailment, self.language_model
        if setting is None or model is None or self.settings.language_model is None:
            return None
        if setting.model == "language_model":
            return ModelJudge(model, self.settings.language_model.silence_s)
        from assistant.adapters.rerankers.choose import open_entailment

        return open_entailment(setting, self.settings.embed_threads)

    @cached_property
    def second_judge(self) -> SecondJudge | None:
        """The language model as second judge of whether the documents answer; None unless set.

        Raises:
            ConfigurationError: It is set, but no language model is set up.
        """
        setting = self.settings.answerability
        if setting.judge == "none":
            return None
        if self.language_model is None:
            raise ConfigurationError(
                'answerability.judge = "language_model": no language model is set up. Set language_model (docs/models.md), '
                'or judge = "none".'
            )
        return SecondJudge(self.language_model, setting.timeout_s, setting.passages)

    @cached_property
    def packaged_embedder(self) -> TunedEmbedder:
        """The packaged embedder, whatever the settings name: the classifier and the matching of wordings are set with it."""
        from assistant.adapters.embedders.tuned import TunedEmbedder

        known = self.embedder if self.settings.embedder == "tuned" else None
        return known if isinstance(known, TunedEmbedder) else TunedEmbedder(self.settings.embed_threads)

    @cached_property
    def door(self) -> Door:
        """The classifier beside the rules of screening; it runs on the packaged embedder, whatever the settings name."""
        return Door(self.packaged_embedder)

    @cached_property
    def approved(self) -> ApprovedIndex:
        """Approved answers and blocks, read again when they change; where there are no records, there are none."""
        return ApprovedIndex(lambda: self.approved_store if self.has_records else None, self.packaged_embedder)

    def prepare(self) -> None:
        """Loads every model that a question needs; the sha256 of each of our own is checked. Raises ``ModelMissing``."""
        self.embedder.embed(["ready"], kind="query")
        self.door.prepare()
        if self.reranker is not None:
            self.reranker.score("ready", ["ready"])
        if self.entailment is not None and self.settings.entailment and self.settings.entailment.model == "own":
            self.entailment.entails("Ready.", "Ready.")

    @cached_property
    def own_verifier(self) -> OwnEntailment:
        """The project's own entailment model, whether the settings name it or not, for evaluation. Raises ``ModelMissing``."""
        from assistant.adapters.rerankers.own_entailment import OwnEntailment

        return OwnEntailment(0.5, self.settings.embed_threads)

    def retriever(self, **scope: Any) -> PolicyRetriever:
        """Returns the search as a LangChain retriever; ``scope`` is any of k, kinds, editions, as_at and groups."""
        from assistant.adapters.chat.retriever import PolicyRetriever

        return PolicyRetriever(search=self._search_passages, **scope)

    def _search_passages(self, question: Question, k: int) -> tuple[tuple[Hit, Edition, tuple[Page, ...]], ...]:
        with self.opened() as snapshot:
            return located(search(question, snapshot, self.resources, k).hits, snapshot)

    def block_desk(self, snapshot: Snapshot, groups: Collection[str] | None = None) -> BlockDesk:
        """Returns what the policy team sets and lifts blocks with; see ``approved_desk``."""
        seen = snapshot if groups is None else visible_to(snapshot, groups)
        return BlockDesk(self.approved_store, seen, self.reader(groups), self.masked)

    @contextmanager
    def opened(self, groups: Collection[str] | None = None) -> Iterator[Snapshot]:
        """Yields the current generation, which stays whole until the context is left; creates no folder.

        Its editions carry what their sources say of them now.

        Args:
            groups: Those of the reader, for whom restricted editions of other groups are not in it; None for the whole.

        Raises:
            LibraryEmpty: There is no data folder, or nothing has been published in it.
            IndexMismatch: It was built with another embedder, cut or format.
        """
        data = self.settings.data
        if not data.is_dir():
            raise LibraryEmpty(f"{data}: no such data folder. Run `assistant ingest PATH...` or name another, --data.")
        with self.library.open() as snapshot:
            marked = with_marks(snapshot, self.source_marks.current())
            yield marked if groups is None else visible_to(marked, groups)

    def forget_earlier(self, before: datetime) -> int:
        """Removes states of the library that were replaced before a time, with texts and files that no other holds.

        Returns how many; 0 in a data folder without a library, and where it cannot be written now: the next purge does it.
        """
        if not (self.settings.data / "library.sqlite").is_file():
            return 0
        try:
            if not any(each.until is not None and each.until < before for each in self.library.publications()):
                return 0
            with self.library.writing():  # an ingest that stores files waits
                count = self.library.forget_earlier(before)
                self.files.remove_all_but(self.library.files_in_use())
        except AssistantError as error:
            log.warning("earlier states of the library stay until the next purge (%s)", type(error).__name__)
            return 0
        return count

    def ask(self, question: Question) -> Outcome:
        """Returns the outcome of a question over the current generation."""
        with self.opened() as snapshot:
            return self.ask_over(question, snapshot)

    def ask_over(
        self,
        question: Question,
        snapshot: Snapshot,
        on_step: OnStep | None = None,
        on_statement: OnStatement | None = None,
        screening: Screened | None = None,
    ) -> Outcome:
        """Returns the outcome of a question over one generation; see ``assistant.answering.pipeline.ask``."""
        return marked(ask(question, snapshot, self.resources, on_step, on_statement, screening))

    def screen(self, question: Question) -> Screened:
        """Returns the screening result of a question, to be shown before anything is searched, and passed on.

        Raises:
            UsageError: The question is empty, or too long and without a card.
        """
        return screen(question, self.settings, self.door)

    @cached_property
    def theme_sorter(self) -> ThemeSorter:
        """Sorts questions by the topics of the settings. Raises ``ConfigurationError``."""
        return ThemeSorter(self.embedder, read_topics(self.settings.topics))

    def trust_sentence(self) -> str:
        """Returns in one sentence how often answers are right, or that nobody has measured it; for help and the first page."""
        try:
            with self.opened() as snapshot:
                return trust_sentence(snapshot, self.resources)
        except LibraryError:
            return NOT_MEASURED

    def sign_scorecard(self, fields: Mapping[str, Any], by: str) -> Scorecard:
        """Returns the scorecard of an evaluation after it was written with whoever signs it.

        Raises:
            UsageError: Documents, models, settings or program changed since it was measured.
            ConfigurationError: It cannot be written.
        """
        card = Scorecard.model_validate({**fields, "signed_by": by})
        with self.opened() as snapshot:
            check_fits(card, snapshot, self.resources)
        sign(self.settings, card)
        return card

    def masked(self, text: str) -> str:
        """Returns a text with its personal details masked, as questions are: a note, a title."""
        return mask((text,), names_shown(self.settings), self.door.details.read).texts[0]

    def card_for(self, screening: Screened) -> Signposted | None:
        """Returns the card of a screened question that somebody has to act on; None for any other."""
        return signpost(screening, self.settings) if screening.has_card else None


def check_copy(folder: Path) -> None:
    """Checks that the databases of a copied data folder are intact and of no newer version. Raises ``LibraryError``."""
    from assistant.adapters.data_copy import quick_check

    quick_check(folder)
