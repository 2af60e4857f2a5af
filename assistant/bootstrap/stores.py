"""The stores of a data folder beside the library, each opened when it is first needed."""

from __future__ import annotations

from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from assistant.data_folder import has_room, is_read_only
from assistant.errors import ConfigurationError
from assistant.ports import (
    NO_TELEMETRY,
    AccessStore,
    ApprovedStore,
    CoverageStore,
    Files,
    Mail,
    PageImages,
    QualityStore,
    QuestionStore,
    Records,
    Rectangle,
    ScenarioStore,
    SourceMarks,
    SourceStore,
    Telemetry,
    WebhookSender,
    WebhookStore,
)
from assistant.ports.sealing import SealCheck, SealKey
from assistant.settings import Settings
from assistant.settings.telemetry_variables import EXTRA, telemetry_signals

if TYPE_CHECKING:
    from assistant.adapters.records_sql import RecordsDatabase


EVIDENCE = "evidence"
"""Folder, within the data folder, of the key that evidence is sealed with."""


class Stores:
    """Records, access, decisions on coverage, scenarios, and the documents' own files, of one data folder.

    Args:
        settings: The settings.
    """

    def __init__(self, settings: Settings) -> None:
        self.settings = settings

    @property
    def has_records(self) -> bool:
        """Whether anything is stored of people's questions; asking creates no file."""
        from assistant.adapters.records_sql import RecordsDatabase

        return RecordsDatabase.is_in(self.settings.data)

    @property
    def is_read_only(self) -> bool:
        """Whether the data folder is there for reading only: questions are answered, nothing is stored."""
        from assistant.adapters.records_sql.database import FILE

        return is_read_only(self.settings.data, FILE)

    @property
    def is_writable(self) -> bool:
        """Whether something can be stored now: the data folder may be written, and the disk has room."""
        return not self.is_read_only and has_room(self.settings.data)

    @cached_property
    def records(self) -> Records:
        """People's questions and their outcomes, in the data folder. Raises ``LibraryError``."""
        from assistant.adapters.records_sql import SqlRecords

        return SqlRecords(self._records_database)

    @cached_property
    def access_store(self) -> AccessStore:
        """Keys, sessions and the audit log, in the data folder. Raises ``LibraryError``."""
        from assistant.adapters.records_sql import SqlAccess

        return SqlAccess(self._records_database)

    @cached_property
    def coverage_store(self) -> CoverageStore:
        """Decisions of the policy team on coverage, in the data folder. Raises ``LibraryError``."""
        from assistant.adapters.records_sql import SqlCoverage

        return SqlCoverage(self._records_database)

    @cached_property
    def question_store(self) -> QuestionStore:
        """Imported questions, themes, and how questions ended, in the data folder. Raises ``LibraryError``."""
        from assistant.adapters.records_sql import SqlQuestions

        return SqlQuestions(self._records_database)

    @cached_property
    def quality_store(self) -> QualityStore:
        """Marks, everyday questions, question sets and runs of the policy team, in the data folder. Raises ``LibraryError``."""
        from assistant.adapters.records_sql import SqlQuality

        return SqlQuality(self._records_database)

    @cached_property
    def scenario_store(self) -> ScenarioStore:
        """Scenarios that trainers saved, and their feedback, in the data folder. Raises ``LibraryError``."""
        from assistant.adapters.records_sql import SqlScenarios

        return SqlScenarios(self._records_database)

    @cached_property
    def approved_store(self) -> ApprovedStore:
        """Approved answers and blocks, in the data folder. Raises ``LibraryError``."""
        from assistant.adapters.records_sql import SqlApproved

        return SqlApproved(self._records_database)

    @cached_property
    def webhook_store(self) -> WebhookStore:
        """Deliveries of webhooks, in the data folder. Raises ``LibraryError``."""
        from assistant.adapters.records_sql import SqlWebhooks

        return SqlWebhooks(self._records_database)

    @cached_property
    def webhook_sender(self) -> WebhookSender:
        """What sends webhooks."""
        from assistant.adapters.webhooks.http_sender import HttpSender

        return HttpSender()

    @cached_property
    def source_store(self) -> SourceStore:
        """Sources that the library follows, in the data folder. Raises ``LibraryError``."""
        from assistant.adapters.records_sql import SqlSources

        return SqlSources(self._records_database)

    @cached_property
    def mail(self) -> Mail | None:
        """The way to the people who get the digest, None where the settings name no mail server."""
        from assistant.adapters.smtp_mail import SmtpMail

        setting = self.settings.digest.mail
        return SmtpMail(setting) if setting is not None else None

    @cached_property
    def source_marks(self) -> SourceMarks:
        """What sources say of published editions, in the data folder; asking creates no file."""
        from assistant.adapters.records_sql.mark_file import StoredMarks

        return StoredMarks(self.settings.data)

    @cached_property
    def _records_database(self) -> RecordsDatabase:
        from assistant.adapters.records_sql import RecordsDatabase

        return RecordsDatabase(self.settings.data)

    @cached_property
    def files(self) -> Files:
        """The documents' own files, in the data folder."""
        from assistant.adapters.pages.file_store import FileStore

        return FileStore(self.settings.data / "files")

    @cached_property
    def page_images(self) -> PageImages:
        """Images of pages of PDF files."""
        from assistant.adapters.pages.images import PdfPages

        return PdfPages(self.settings.max_file_mb)

    @property
    def has_seal_key(self) -> bool:
        """Whether the data folder has the key that evidence is sealed with; asking makes none."""
        from assistant.adapters.seal_key import is_stored

        return is_stored(self.settings.data / EVIDENCE)

    @cached_property
    def seal_key(self) -> SealKey:
        """The key that evidence is sealed with, made when it is first needed. Raises ``LibraryError``."""
        from assistant.adapters.seal_key import StoredSealKey

        return StoredSealKey(self.settings.data / EVIDENCE)

    @cached_property
    def telemetry(self) -> Telemetry:
        """Where traces and metrics go: nowhere, unless the settings say so. Raises ``ConfigurationError``."""
        if not self.settings.telemetry:
            return NO_TELEMETRY
        signals = telemetry_signals()
        try:
            from assistant.adapters.telemetry import open_telemetry
        except ImportError as error:
            raise ConfigurationError(EXTRA) from error
        return open_telemetry(signals)

    def close(self) -> None:
        """Removes what was written outside the data folder to read it; nothing can be asked afterwards."""
        from assistant.adapters.indexes.working_view import close_views

        self.telemetry.close()
        close_views()

    def copy_data(self, target: Path) -> int:
        """Copies the data folder to another while it is in use; returns the generation copied."""
        from assistant.adapters.data_copy import copy_data

        return copy_data(self.settings.data, target)


def seal_check() -> SealCheck:
    """Returns what checks the seals of evidence files."""
    from assistant.adapters.seal_key import Ed25519Check

    return Ed25519Check()


def printed_pages(path: Path) -> tuple[str, ...]:
    """Returns the text of each page of a PDF as PDFium finds it."""
    from assistant.adapters.pages.printed import printed_pages as pages_of

    return pages_of(path)


def printed_picture(path: Path, page: int, text: str, width_px: int) -> tuple[bytes, tuple[Rectangle, ...]]:
    """Returns a page of a PDF as PNG, and the areas of it that hold a text; () where it is not found."""
    from assistant.adapters.pages.images import PdfPages

    pages = PdfPages(max_file_mb=1000)
    return pages.png(path, page, width_px), pages.outlines(path, page, [text])[0]
