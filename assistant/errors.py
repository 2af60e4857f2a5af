"""Every error that the project raises on purpose.

::

    AssistantError
    ├── UsageError            the caller asked for something that cannot be done (exit 2)
    │   └── TooClose              a scenario stands so close to a learning review that a family could recognise itself
    ├── ConfigurationError    a setting, a model file or the environment is not usable
    │   ├── ModelMissing      weights are absent, changed or cannot be loaded offline
    │   └── ExtraMissing      an optional part of the installation is not there; names the extra and the pip command
    ├── DocumentError         one file cannot be accepted; names file, page and fix
    │   ├── UnreadableDocument    encrypted, truncated, empty, no text layer, too large, too slow
    │   └── CatalogueError        the catalogue is wrong: unknown kind, bad date, two files with one id
    ├── LibraryError          the stored library is not usable
    │   ├── LibraryEmpty          nothing has been ingested yet
    │   ├── LibraryLocked         another ingest is running
    │   └── IndexMismatch         built with another model, cut or version; names the rebuild command
    ├── FetchError            an official document could not be fetched, or is not the one expected
    ├── SourceError           a followed source cannot be read now; it is tried again
    │   └── SourceBusy            another process or thread syncs it now
    ├── MailError             a mail could not be sent; it is tried again
    └── ModelError            a language model did not do what it was asked; the documents are quoted instead
        ├── ModelUnavailable      down, too slow, refusing, rate-limited or cut off
        └── ModelMalformed        its reply does not have the shape asked for, or there is no room for the question

A refusal is a value (``assistant.model.Refused``), never one of these.
"""

from __future__ import annotations

from pathlib import Path


class AssistantError(Exception):
    """Root of the tree; its text is fit for a user."""


class UsageError(AssistantError):
    """The caller asked for something that cannot be done."""


class TooClose(UsageError):
    """A training scenario stands so close to an indexed learning review that a family could recognise itself."""


class ConfigurationError(AssistantError):
    """A setting, a model file or the environment is not usable."""


class ModelMissing(ConfigurationError):
    """Model weights are absent, changed or cannot be loaded without a network."""


class ExtraMissing(ConfigurationError):
    """An optional part of the installation is needed and not there; names the extra and the command that installs it."""


class DocumentError(AssistantError):
    """One file cannot be accepted.

    Args:
        path: The file, as the user named it.
        what: What is wrong, without a full stop.
        fix: What the user can do about it, without a full stop.
        page: Page index from 1, where the fault is on one page.
    """

    def __init__(self, path: Path | str, what: str, fix: str, page: int | None = None) -> None:
        self.path = Path(path)
        self.what = what
        self.fix = fix
        self.page = page
        where = f"{path}, page {page}" if page is not None else f"{path}"
        super().__init__(f"{where}: {what}. {fix}.")

    def __reduce__(self) -> tuple[type[DocumentError], tuple[Path, str, str, int | None]]:
        """Returns what rebuilds this error in another process."""
        return type(self), (self.path, self.what, self.fix, self.page)


class UnreadableDocument(DocumentError):
    """The file cannot be read as the kind of document it claims to be."""


class CatalogueError(DocumentError):
    """The catalogue, or the metadata of one file, is wrong."""


class LibraryError(AssistantError):
    """The stored library is not usable."""


class LibraryEmpty(LibraryError):
    """Nothing has been ingested yet."""


class LibraryLocked(LibraryError):
    """Another process is publishing."""


class IndexMismatch(LibraryError):
    """The index was built with another model, cut or version."""


class FetchError(AssistantError):
    """An official document could not be fetched, or is not the one expected."""


class SourceError(AssistantError):
    """A followed source cannot be read now; what was published of it stays, and it is tried again."""


class SourceBusy(SourceError):
    """Another process or thread syncs this source now."""


class MailError(AssistantError):
    """A mail could not be sent; it is tried again."""


class ModelError(AssistantError):
    """A language model did not do what it was asked."""


class ModelUnavailable(ModelError):
    """The language model is down, too slow, refused the request or was cut off."""


class ModelMalformed(ModelError):
    """The reply does not have the shape asked for, or the question leaves no room for passages."""
