"""Nobody outside a group can tell by any response of the server that there are documents for it."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from fastapi.routing import iter_route_contexts
from fastapi.testclient import TestClient

from api.app import create_app
from assistant.bootstrap import Assistant
from assistant.settings import Settings
from evals.restricted.calls import every_call
from evals.restricted.libraries import SETTINGS, Site, make_site
from evals.restricted.walk import Send, Walked, walk
from ingest.sources.service import SourceService
from ingest.uploads.publisher import UploadPublisher
from tests.api.conftest import Served


@pytest.fixture(scope="module")
def walked(served: Served, tmp_path_factory: pytest.TempPathFactory) -> Walked:
    folder = tmp_path_factory.mktemp("walk")

    @contextmanager
    def serving(site: Site) -> Iterator[Send]:
        own = Assistant(Settings.model_validate({"data": site.data, **tomllib.loads(SETTINGS)}))
        own.embedder = served.assistant.embedder  # loaded once
        publisher = UploadPublisher(own.library, own.embedder, own.settings, own.files)
        sources = SourceService(own.source_store, publisher, own.settings)
        client = TestClient(create_app(own, publisher, sources), "http://127.0.0.1:8000", raise_server_exceptions=False)
        with client as entered:
            yield entered.request

    sites = [
        make_site(folder / name, has_hidden=name == "with", assistant=served.assistant) for name in ("with", "without")
    ]
    return walk(sites[0], sites[1], serving, longest_s=3600.0)


def test_every_response_is_that_of_a_library_without_restricted_documents(walked: Walked) -> None:
    assert not walked.findings, "\n".join(map(str, walked.findings[:30]))


def test_the_walk_goes_everywhere_as_everybody(walked: Walked) -> None:
    assert len(walked.operations) > 40
    assert set(walked.requests) == {
        "nobody", "practitioner", "policy", "trainer", "admin", "policy of another group",
    }  # fmt: skip
    assert min(walked.requests.values()) > 100


def test_the_walk_goes_to_every_page(served: Served) -> None:
    pages = {
        f"{method} {route.path}"
        for route in iter_route_contexts(served.app.routes)
        if not route.include_in_schema
        for method in (route.methods or set()) - {"HEAD", "OPTIONS"}
    }
    walked = {call.operation for call in every_call()}
    assert len(pages) > 50
    assert pages - walked == set()


def test_members_of_the_group_see_what_is_compared(walked: Walked) -> None:
    assert set(walked.seen_inside) == {"practitioner", "policy", "trainer", "admin"}
    assert min(walked.seen_inside.values()) >= 3
