"""Documents, their pages, pictures and files, over HTTP."""

from __future__ import annotations

import hashlib
import io
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

import pytest
from fastapi.testclient import TestClient
from PIL import Image

from api.app import create_app
from assistant.bootstrap import Assistant
from assistant.model.people import Asker, Role
from assistant.settings import Settings
from ingest.build import ingest
from tests.pdf_files import drawn, write_pdf

CATALOGUE = """
[[edition]]
edition_id = "guide-2024"
work = "guide"
title = "Guide of 2024"
kind = "guidance"
path = "old.md"
in_force_from = 2024-01-01

[[edition]]
edition_id = "guide-2025"
work = "guide"
title = "Guide of 2025"
kind = "statutory_guidance"
path = "new.pdf"
in_force_from = 2025-01-01
supersedes = "guide-2024"

[[edition]]
edition_id = "secret-2025"
work = "secret"
title = "Secret procedure"
kind = "policy"
path = "secret.html"
groups = ["inner"]

[[edition]]
edition_id = "known-2026"
work = "known"
title = "Known secret"
kind = "policy"
groups = ["inner"]
"""
QUOTE = "Practitioners must record the reasons for their decision within two working days."
PAGES = (
    ["Chapter one", QUOTE, "They should tell the family unless that puts a child at risk of harm."],
    ["A second page follows.", "Staff may ask for advice from the named lead before they share anything."],
)


class Door:
    """Lets one asker in, whose groups a test sets."""

    def __init__(self) -> None:
        self.groups: tuple[str, ...] = ()
        self.roles = frozenset({Role.PRACTITIONER})

    def asker(self, request: object) -> Asker:
        return Asker("someone", "Someone", self.roles, self.groups)

    def count_ask(self, asker: Asker) -> None:
        return None

    def count_card(self, asker: Asker) -> bool:
        return True


@dataclass(frozen=True)
class Shelf:
    """An application over a few documents, one of them restricted."""

    client: TestClient
    door: Door
    folder: Path


@pytest.fixture(scope="module")
def shelf(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Shelf]:
    folder = tmp_path_factory.mktemp("shelf")
    documents = folder / "documents"
    documents.mkdir()
    (documents / "catalogue.toml").write_text(CATALOGUE)
    (documents / "old.md").write_text("# Old\n\nStaff must keep a copy of the old form for one year.\n")
    (documents / "secret.html").write_text("<h1>Secret</h1><p>Staff must use the secret door.<script>alert(1)</script>")
    write_pdf(documents / "new.pdf", [drawn(lines) for lines in PAGES])
    assistant = Assistant(Settings(data=folder / "data"))
    ingest((documents,), assistant.library, assistant.embedder, assistant.settings, files=assistant.files)
    app = create_app(assistant)
    door = Door()
    app.state.state = replace(app.state.state, guard=door)
    with TestClient(app, base_url="http://127.0.0.1:8000", raise_server_exceptions=False) as client:
        yield Shelf(client, door, documents)


@pytest.fixture(autouse=True)
def outsider(shelf: Shelf) -> None:
    shelf.door.groups = ()


def test_documents_come_by_authority_with_how_they_stand(shelf):
    told = shelf.client.get("/v1/documents").json()
    assert [(each["edition_id"], each["status"]) for each in told["documents"]] == [
        ("guide-2025", "in_force"),
        ("guide-2024", "superseded"),
    ]
    assert told["total"] == 2
    old = told["documents"][1]
    assert old["replaced_by"]["edition_id"] == "guide-2025"
    assert not old["is_answering"]


def test_filters_narrow_and_pages_follow_one_another(shelf):
    get = shelf.client.get
    assert [each["edition_id"] for each in get("/v1/documents?status=superseded").json()["documents"]] == ["guide-2024"]
    assert get("/v1/documents?kind=policy").json()["total"] == 0
    assert get("/v1/documents?title=GUIDE 2025").json()["total"] == 1
    first = get("/v1/documents?limit=1").json()
    second = get(f"/v1/documents?limit=1&offset={first['next_offset']}").json()
    assert [first["documents"][0]["edition_id"], second["documents"][0]["edition_id"]] == ["guide-2025", "guide-2024"]
    assert second["next_offset"] is None


RESTRICTED = ("", "/pages/1", "/pages/1.png", "/file")


@pytest.mark.parametrize("below", RESTRICTED)
def test_a_restricted_edition_is_as_if_it_were_not_there(shelf, below):
    there = shelf.client.get(f"/v1/documents/secret-2025{below}")
    absent = shelf.client.get(f"/v1/documents/no-such{below}")
    assert there.status_code == absent.status_code == 404
    assert there.json()["detail"] == absent.json()["detail"]


def test_restricted_editions_are_not_counted_and_a_member_of_the_group_sees_them(shelf):
    assert "secret" not in shelf.client.get("/v1/documents").text.casefold()
    shelf.door.groups = ("inner",)
    told = shelf.client.get("/v1/documents").json()
    assert {"secret-2025", "known-2026"} <= {each["edition_id"] for each in told["documents"]}
    assert told["total"] == 4
    assert shelf.client.get("/v1/documents/secret-2025").status_code == 200


def test_a_document_shows_its_pages_and_sections(shelf):
    told = shelf.client.get("/v1/documents/guide-2025").json()
    assert [each["number"] for each in told["pages"]] == [1, 2]
    assert told["passages"] > 0
    assert told["has_file"]
    assert told["has_pictures"]
    assert told["sections"][0]["page"] == 1


def marked(told):
    return [" ".join(each["text"].split()) for each in told["stretches"] if each["is_marked"]]


def test_a_quote_is_marked_in_the_text_and_on_the_picture(shelf):
    told = shelf.client.get("/v1/documents/guide-2025/pages/1", params={"quote": QUOTE}).json()
    assert marked(told) == [QUOTE]
    assert told["is_found"]
    (place,) = told["rectangles"]
    assert place["left"] == pytest.approx(60 / 595, abs=0.01)
    assert place["top"] < 1 - 744 / 842 < place["top"] + place["height"]
    assert (told["previous"], told["next"], told["page_count"]) == (None, 2, 2)


def test_several_quotes_and_offsets_are_marked(shelf):
    second = "unless that puts a child at risk"
    told = shelf.client.get("/v1/documents/guide-2025/pages/1", params={"quote": [QUOTE, second]}).json()
    assert marked(told) == [QUOTE, second]
    assert len(told["rectangles"]) == 2
    text = "".join(each["text"] for each in told["stretches"])
    at = text.index(QUOTE)
    by_place = shelf.client.get(f"/v1/documents/guide-2025/pages/1?start={at}&end={at + len(QUOTE)}").json()
    assert marked(by_place) == [QUOTE]


@pytest.mark.parametrize("quote", ["Practitioners may record the reasons", "e", "A second page follows."])
def test_what_is_not_there_for_certain_is_not_marked(shelf, quote):
    told = shelf.client.get("/v1/documents/guide-2025/pages/1", params={"quote": quote}).json()
    assert marked(told) == []
    assert told["rectangles"] == []
    assert not told["is_found"]


@pytest.mark.parametrize("query", ["start=1", "start=5&end=2", "start=1&end=2&end=3", "start=-1&end=2", "quote="])
def test_wrong_marks_are_a_problem(shelf, query):
    told = shelf.client.get(f"/v1/documents/guide-2025/pages/1?{query}")
    assert told.status_code == 422
    assert told.headers["content-type"] == "application/problem+json"


def test_the_picture_is_a_png_of_the_set_width_and_not_sent_twice(shelf):
    told = shelf.client.get("/v1/documents/guide-2025/pages/2.png")
    assert told.headers["content-type"] == "image/png"
    assert Image.open(io.BytesIO(told.content)).size == (1200, round(1200 / 595 * 842))
    again = shelf.client.get("/v1/documents/guide-2025/pages/2.png", headers={"If-None-Match": told.headers["etag"]})
    assert (again.status_code, again.content) == (304, b"")
    accepted = shelf.client.get("/v1/documents/guide-2025/pages/2", headers={"Accept": "image/png"})
    assert accepted.content == told.content


@pytest.mark.parametrize("below", ["pages/3", "pages/3.png", "pages/0"])
def test_a_page_that_is_not_there_is_a_problem(shelf, below):
    assert shelf.client.get(f"/v1/documents/guide-2025/{below}").status_code in (404, 422)


def test_a_document_without_pages_of_its_own_has_text_and_no_picture(shelf):
    told = shelf.client.get("/v1/documents/guide-2024/pages/1").json()
    assert "old form" in "".join(each["text"] for each in told["stretches"])
    assert told["picture"] is None
    assert shelf.client.get("/v1/documents/guide-2024/pages/1.png").status_code == 404


def test_the_file_is_the_one_that_was_read(shelf):
    told = shelf.client.get("/v1/documents/guide-2025/file")
    assert hashlib.sha256(told.content).digest() == hashlib.sha256((shelf.folder / "new.pdf").read_bytes()).digest()
    assert told.headers["content-type"] == "application/pdf"
    assert told.headers["content-disposition"] == 'inline; filename="guide-2025.pdf"'
    assert told.headers["x-content-type-options"] == "nosniff"
    again = shelf.client.get("/v1/documents/guide-2025/file", headers={"If-None-Match": told.headers["etag"]})
    assert again.status_code == 304


def test_a_web_page_is_saved_and_never_opened_on_this_site(shelf):
    shelf.door.groups = ("inner",)
    told = shelf.client.get("/v1/documents/secret-2025/file")
    assert told.headers["content-disposition"].startswith("attachment")


@pytest.mark.parametrize("name", ["..%2f..%2fetc%2fpasswd", "%00", "guide-2025%0d%0aX: y", "a" * 201])
def test_no_name_leads_elsewhere(shelf, name):
    for below in RESTRICTED:
        assert shelf.client.get(f"/v1/documents/{name}{below}").status_code in (404, 422)
