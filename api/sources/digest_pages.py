"""The digest of the week as a page, and as a feed under a private address that needs no sign-in."""

from __future__ import annotations

from typing import Annotated, Any

from fastapi import APIRouter, Depends, Path, Query, Request, Response
from fastapi.responses import RedirectResponse

from api.audit_log import audit
from api.deps import CurrentState, guard, require_role
from api.http.problems import Problem
from api.sources import service
from api.state import State
from api.web.routing import PageRoute
from api.web.templating import render, require_same_origin
from assistant.following.digest import OPEN_TO_EVERYBODY, STATE_WORDS, digest_sentence
from assistant.following.digest_feed import MEDIA, feed_of
from assistant.following.digest_mail import read_state
from assistant.following.feed_address import feed_key, is_feed_key, new_feed_key, no_feed
from assistant.model.people import Asker, Role

router = APIRouter(route_class=PageRoute)
PolicyAsker = Annotated[Asker, Depends(require_role(Role.POLICY))]
Done = Annotated[str, Query(max_length=20)]
DONE = {
    "address": "The feed has a new address. The old one leads nowhere now.",
    "ended": "The feed is ended.",
}


@router.get("/sources-digest")
def digest(request: Request, state: CurrentState, asker: PolicyAsker, done: Done = "") -> Response:
    """Renders the digest of the last seven days and of the weeks before, and where the feed is."""
    followed = service.following_of(state)
    settings = state.assistant.settings
    key = feed_key(settings.data)
    context: dict[str, Any] = {
        "week": followed.this_week(asker), "earlier": followed.earlier(asker), "sentence_of": digest_sentence,
        "STATES": STATE_WORDS, "done": DONE.get(done, ""), "feed": f"{_base(request, state)}/feeds/sources/{key}" if key else "",
        "mail": settings.digest.mail, "mail_every": settings.digest.every, "mail_state": read_state(settings.data),
    }  # fmt: skip
    return render(request, "sources_digest.html", asker, **context)


@router.post("/sources-digest/feed", dependencies=[Depends(require_same_origin)])
def new_address(state: CurrentState, asker: PolicyAsker) -> Response:
    """Gives the feed a new private address."""
    new_feed_key(state.assistant.settings.data)
    audit(state, asker, "feed_address", "new")
    return RedirectResponse("/sources-digest?done=address", 303)


@router.post("/sources-digest/feed/end", dependencies=[Depends(require_same_origin)])
def end(state: CurrentState, asker: PolicyAsker) -> Response:
    """Ends the feed."""
    no_feed(state.assistant.settings.data)
    audit(state, asker, "feed_address", "ended")
    return RedirectResponse("/sources-digest?done=ended", 303)


@router.get("/feeds/sources/{key}")
def feed(request: Request, state: CurrentState, key: Annotated[str, Path(max_length=200)]) -> Response:
    """Returns the feed, of sources open to everybody; its address is the key."""
    settings = state.assistant.settings
    if not is_feed_key(settings.data, key):
        guard(request).count_failure(request, "feed address")
        raise Problem(404, "not_found", "There is no such feed. A policy user finds its address under Sources, Digest.")
    followed = service.following_of(state)
    week, earlier = followed.this_week(OPEN_TO_EVERYBODY), followed.earlier(OPEN_TO_EVERYBODY)
    body = feed_of(settings.page.name, _base(request, state), week, earlier)
    return Response(body, media_type=MEDIA, headers={"Cache-Control": "no-store", "X-Content-Type-Options": "nosniff"})


def _base(request: Request, state: State) -> str:
    return state.assistant.settings.access.public_url or str(request.base_url).rstrip("/")
