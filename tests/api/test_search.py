from __future__ import annotations

from tests.api.conftest import Served


def test_pages_of_hits_follow_one_another(served: Served) -> None:
    whole = served.client.get("/v1/search", params={"q": "assessment", "limit": 6}).json()
    first = served.client.get("/v1/search", params={"q": "assessment", "limit": 3}).json()
    then = served.client.get(
        "/v1/search", params={"q": "assessment", "limit": 3, "offset": first["next_offset"]}
    ).json()

    assert [h["rank"] for h in (*first["hits"], *then["hits"])] == [1, 2, 3, 4, 5, 6]
    assert [h["passage_id"] for h in first["hits"]] == [h["passage_id"] for h in whole["hits"]][:3]


def test_what_is_looked_for_is_masked(served: Served) -> None:
    found = served.client.get("/v1/search", params={"q": "referral of Jane Smith, born 3 May 2012"}).json()

    assert found["masked"]
    assert "2012" not in found["query"]


def test_kinds_narrow_the_search(served: Served) -> None:
    found = served.client.get("/v1/search", params={"q": "assessment", "kind": "policy"}).json()

    assert {each["kind"] for each in found["hits"]} == {"policy"}
