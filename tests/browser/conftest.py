"""The page in the system's Chromium, over a server on loopback with the project's own documents and three planted."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterator, Mapping
from contextlib import ExitStack
from dataclasses import dataclass
from datetime import UTC, datetime

import pytest
from playwright.sync_api import Browser, Page, sync_playwright

from api.app import create_app
from assistant.bootstrap import Assistant
from assistant.model.people import Role
from assistant.operations.api_keys import create_key
from assistant.settings import Settings
from assistant.settings.serving import AccessSetting
from evals.evaluator import PageEvaluator
from ingest.uploads.publisher import UploadPublisher
from tests.api.loopback import listening
from tests.browser.planted import plant
from tests.data_folders import DataFolders

Open = Callable[..., Page]


@pytest.fixture(scope="package")
def browser() -> Iterator[Browser]:
    """Yields the browser, closed after the last test here: its event loop would stand in the way of others."""
    found = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
    if found is None:
        told = "NO BROWSER TESTS: no Chromium here. On Debian: apt-get install chromium"
        if os.environ.get("ASSISTANT_BROWSER") == "required" or os.environ.get("CI"):
            pytest.fail(told)
        pytest.skip(told)
    with sync_playwright() as playwright:
        opened = playwright.chromium.launch(executable_path=found, args=["--no-sandbox", "--disable-dev-shm-usage"])
        yield opened
        opened.close()


@pytest.fixture(scope="session")
def assistant(data_folders: DataFolders, tmp_path_factory: pytest.TempPathFactory) -> Assistant:
    planted = plant(tmp_path_factory.mktemp("browser") / "planted")
    return Assistant(Settings(data=data_folders.copy(planted)))


@pytest.fixture(scope="session")
def address(assistant: Assistant) -> Iterator[str]:
    """Yields the address of a server for the one local user."""
    publisher = UploadPublisher(assistant.library, assistant.embedder, assistant.settings, assistant.files)
    with listening(create_app(assistant, publisher, evaluator=PageEvaluator(assistant))) as found:
        yield found


@dataclass(frozen=True, slots=True)
class People:
    """A server that asks who comes, and the keys of four people."""

    address: str
    keys: Mapping[str, str]
    settings: Settings


@pytest.fixture(scope="session")
def people(assistant: Assistant) -> Iterator[People]:
    """Yields a server over the same library: amber practises, birch is on the board, cedar makes policy, dahlia trains."""
    access = AccessSetting(keys=True, asks_per_minute=1000, failed_per_minute=1000)
    guarded = Assistant(assistant.settings.model_copy(update={"access": access}))
    guarded.embedder = assistant.embedder  # loaded once
    named = {
        "amber": (Role.PRACTITIONER, ()),
        "birch": (Role.PRACTITIONER, ("board",)),
        "cedar": (Role.POLICY, ()),
        "dahlia": (Role.TRAINER, ()),
    }
    keys = {
        name: create_key(guarded.access_store, name.title(), frozenset({role}), datetime.now(UTC), groups=groups)[1]
        for name, (role, groups) in named.items()
    }
    publisher = UploadPublisher(guarded.library, guarded.embedder, guarded.settings, guarded.files)
    with listening(create_app(guarded, publisher)) as found:
        yield People(found, keys, guarded.settings)


@pytest.fixture
def open_page(browser: Browser, address: str) -> Iterator[Open]:
    """Yields what opens a page of the server; every error of its script fails the test."""
    faults: list[str] = []
    with ExitStack() as stack:

        def opened(path: str = "/", at: str = address, key: str | None = None, **options: object) -> Page:
            context = browser.new_context(base_url=at, **options)  # type: ignore[arg-type]
            stack.callback(context.close)
            if key is not None:
                assert context.request.post("/sign-in", form={"key": key}, headers={"Origin": at}).ok
            page = context.new_page()
            page.set_default_timeout(15_000)
            page.on("pageerror", lambda error: faults.append(str(error)))
            page.on("dialog", lambda dialog: faults.append(f"dialog {dialog.message}"))
            page.goto(path)
            return page

        yield opened
    assert faults == []
