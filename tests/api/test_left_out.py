"""What of a document is never quoted, on its page, on the preview of an upload, and over HTTP."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pypdf
import pytest
from fastapi.testclient import TestClient
from pypdf.generic import DecodedStreamObject, NameObject

from api.app import create_app
from assistant.bootstrap import Assistant
from assistant.model.people import Role
from assistant.settings import Settings
from ingest.build import ingest
from ingest.uploads.publisher import UploadPublisher
from tests.api.conftest import Served
from tests.api.test_documents import Door
from tests.pdf_files import Drawn, drawn, write_pdf

RULES = ["Staff must record the reasons for every decision.", "They should tell the lead before noon."]
WITHDRAWN = "Staff may wait for two weeks before they act."
META = {"kind": "policy", "edition_id": "locks-2026", "title": "Locks"}


def written(path: Path) -> Path:
    """Writes a PDF with a page of rules, one of which is struck out, a page that is a picture, and a blank one."""
    write_pdf(path, [[*drawn(RULES), Drawn(60, 600, WITHDRAWN)], [], []])
    writer = pypdf.PdfWriter(clone_from=path)
    for number, painted in ((0, b"1 w 58 603 m 300 603 l S"), (1, b"0.5 g 100 100 300 300 re f")):
        page = writer.pages[number]
        content, before = DecodedStreamObject(), page.get_contents()
        content.set_data((b"" if before is None else before.get_data()) + b"\n" + painted)
        page[NameObject("/Contents")] = writer._add_object(content)
    with path.open("wb") as file:
        writer.write(file)
    return path


@pytest.fixture(scope="module")
def desk(served: Served, tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[TestClient, Door, Path]]:
    folder = tmp_path_factory.mktemp("left-out")
    documents = folder / "documents"
    documents.mkdir()
    file = written(documents / "rules.pdf")
    assistant = Assistant(Settings(data=folder / "data"))
    assistant.embedder = served.assistant.embedder  # loaded once
    ingest((documents,), assistant.library, assistant.embedder, assistant.settings, files=assistant.files)
    app = create_app(
        assistant, UploadPublisher(assistant.library, assistant.embedder, assistant.settings, assistant.files)
    )
    door = Door()
    app.state.state = replace(app.state.state, guard=door)
    with TestClient(app, base_url="http://127.0.0.1:8000", raise_server_exceptions=False) as client:
        yield client, door, file


@pytest.fixture(autouse=True)
def policy(desk) -> None:
    desk[1].roles = frozenset({Role.POLICY})


def test_a_document_tells_how_much_of_it_can_be_quoted(desk):
    told = desk[0].get("/v1/documents/rules").json()["reading"]
    assert (told["share"], told["figure_words"], told["figure_pages"]) == (1.0, 0, [])
    assert told["quotable_words"] == sum(len(each.split()) for each in RULES)
    assert told["picture_pages"] == [2], "the third page is blank, not a picture"
    assert {"reason": "withdrawn", "words": len(WITHDRAWN.split()), "pages": [1]} in told["left_out"]
    assert any("page 1" in each and "struck through" in each for each in told["warnings"])


def test_a_page_tells_what_of_it_is_left_out_and_where_when_asked(desk):
    assert desk[0].get("/v1/documents/rules/pages/1").json()["left_out"] is None
    (region,) = desk[0].get("/v1/documents/rules/pages/1?left_out=true").json()["left_out"]
    assert (region["reason"], region["text"]) == ("withdrawn", WITHDRAWN)
    (area,) = region["rectangles"]
    assert area["top"] < 1 - 604 / 842 < area["top"] + area["height"]
    assert area["left"] < 60 / 595 < area["left"] + area["width"]


def test_the_page_of_a_document_outlines_what_is_left_out(desk):
    page = desk[0].get("/documents/rules").text
    assert "100 % of" in page
    assert page.count('<figure class="picture outlined">') == 2
    assert 'aria-label="Outlined on page 1, never quoted: withdrawn words, struck through"' in page
    assert 'aria-label="Outlined on page 2, never quoted: page without text"' in page
    assert page.count("<rect ") == 2
    assert desk[0].get("/v1/documents/rules/pages/2.png").headers["content-type"] == "image/png"
    later = desk[0].get("/documents/rules?left_out_from=2").text
    assert later.count('<figure class="picture outlined">') == 1
    assert 'href="/documents/rules?left_out_from=1#left-out"' in later


def test_only_the_policy_role_gets_the_outlines_and_everybody_the_share(desk):
    desk[1].roles = frozenset({Role.PRACTITIONER})
    page = desk[0].get("/documents/rules").text
    assert "can be quoted" in page
    assert "outlined" not in page


def test_the_preview_of_an_upload_shows_the_same_before_it_is_published(desk):
    client, door, file = desk
    told = client.post("/v1/publishing/uploads", data=META, files={"file": ("rules.pdf", file.read_bytes())}).json()
    assert told["reading"] == client.get("/v1/documents/rules").json()["reading"]
    assert [(each["page"], each["reasons"]) for each in told["left_out"]] == [
        (1, ["withdrawn"]),
        (2, ["no_text_layer"]),
    ]
    assert any("struck through" in each for each in told["warnings"])
    assert sum("readable text" in each for each in told["warnings"]) == 1
    shown = client.get(told["left_out"][0]["picture"])
    assert shown.headers["content-type"] == "image/png"
    unchanged = client.get(told["left_out"][0]["picture"], headers={"If-None-Match": shown.headers["etag"]})
    assert unchanged.status_code == 304
    page = client.get(f"/publishing/{told['upload_id']}").text
    assert page.count('<figure class="picture outlined">') == 2
    assert page.count("<rect ") == 2
    assert told["left_out"][0]["picture"] in page
    door.roles = frozenset({Role.PRACTITIONER})
    assert client.get(told["left_out"][0]["picture"]).status_code in (403, 404)


def test_an_upload_without_pictures_of_pages_has_none(desk):
    words = b"# Locks\n\nStaff must lock doors. ~~They may leave.~~\n"
    told = desk[0].post("/v1/publishing/uploads", data=META, files={"file": ("locks.md", words)}).json()
    assert [(each["reasons"], each["picture"]) for each in told["left_out"]] == [(["withdrawn"], None)]
    assert desk[0].get(f"/v1/publishing/uploads/{told['upload_id']}/pages/1.png").status_code == 404
    page = desk[0].get(f"/publishing/{told['upload_id']}").text
    assert "They may leave." in page
    assert "<figure" not in page
