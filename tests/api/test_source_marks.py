"""An edition thby its publisher withdrew says so at every citation at once, without a new generation."""

from datetime import date

from assistant.model import EditionId
from assistant.model.people import Role
from assistant.model.sources import EditionMark, MarkKind, SourceId
from tests.api.conftest import QUESTION
from tests.api.entered import Entered

SAYS = "Withdrawn by its publisher"


def test_every_citation_says_at_once_what_the_source_says(entered: Entered) -> None:
    secret = entered.key(Role.POLICY)
    ask = entered.asks(secret, "POST", "/v1/conversations").json()
    path = f"/v1/conversations/{ask['conversation_id']}"
    answer = entered.asks(secret, "POST", f"{path}/messages", json={"question": QUESTION}).json()["outcome"]
    cited = answer["citations"][0]
    assert cited["source_mark"] is None
    with entered.assistant.opened() as snapshot:
        before = snapshot.generation

    name = EditionId(cited["edition_id"])
    mark = EditionMark(name, SourceId("site"), MarkKind.WITHDRAWN, date(2026, 5, 3), "Gone.", "https://x.example/p", "")
    entered.assistant.source_store.save_marks(SourceId("site"), [mark])

    again = entered.asks(secret, "POST", "/v1/ask", json={"question": QUESTION}).json()["outcome"]
    assert [each["source_mark"]["kind"] for each in again["citations"] if each["edition_id"] == name]
    assert "withdrawn" in [each["code"] for each in again["notices"]]
    stored = entered.asks(secret, "GET", path).json()["messages"][0]["outcome"]
    assert stored["citations"][0]["source_mark"]["since"] == "2026-05-03"
    found = entered.asks(secret, "GET", "/v1/search", params={"q": QUESTION}).json()["hits"]
    assert {each["source_mark"] is not None for each in found if each["edition_id"] == name} == {True}
    document = entered.asks(secret, "GET", f"/v1/documents/{name}").json()
    assert document["source_mark"]["note"] == "Gone."
    body = {"model": "policy-assistant", "messages": [{"role": "user", "content": QUESTION}]}
    text = entered.asks(secret, "POST", "/v1/chat/completions", json=body).json()["choices"][0]["message"]["content"]
    assert "withdrawn by its publisher" in text
    browser = entered.browser(secret)
    for address in (path.removeprefix("/v1"), "/documents", f"/documents/{name}", f"/documents/{name}/pages/1"):
        assert SAYS in entered.asks(secret, "GET", address).text, address
    with entered.assistant.opened() as snapshot:
        assert snapshot.generation == before

    entered.assistant.source_store.save_marks(SourceId("site"), [])
    assert SAYS not in browser.get(f"/documents/{name}").text
