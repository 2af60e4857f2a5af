"""A publication on GOV.UK, by the public content API: its attachments, change notes, and whether it is withdrawn.

Source: https://content-api.publishing.service.gov.uk and https://docs.publishing.service.gov.uk/content-schemas.html.
"""

from __future__ import annotations

import hashlib
import html
import json
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from lxml import etree
from lxml import html as lxml_html

from assistant.errors import SourceError
from assistant.model.sources import MarkKind
from ingest.sources.judging import NeedsYou
from ingest.sources.sightings import Absent, Content, Left, Mark, Same, Sighting, Trouble, Visit
from ingest.sources.web.addresses import host_of, is_wanted, joined
from ingest.sources.web.client import Answer, Unreachable
from ingest.sources.web.files import format_of_answer

NOTE_CHARACTERS = 300
PARTS = 300
"""Most documents, sections or parts that a collection or manual leads to."""
_PRINT = re.compile(
    r"\s*[(\[-]?\s*(?:pdf|print[- ]ready(?: (?:pdf|version))?|accessible(?: version)?|web(?: version)?|html)\s*[)\]]?\s*$",
    re.IGNORECASE,
)
"""What the title of a file says that is the same document as another one."""
_FOLLOWED = ("documents", "sections", "children_of_manual")
"""Links of collections and manuals to what they consist of."""
_REPLACED = ("superseded_by", "replaced_by", "replacement")


@dataclass(frozen=True, slots=True)
class _Item:
    """A content item."""

    path: str
    title: str
    fields: Mapping[str, Any]

    @property
    def details(self) -> Mapping[str, Any]:
        value = self.fields.get("details")
        return value if isinstance(value, dict) else {}

    @property
    def updated(self) -> date | None:
        return _day(self.fields.get("public_updated_at"))

    @property
    def note(self) -> str:
        """The publisher's words on the last change, "" where there are none."""
        notes = [each for each in self.details.get("change_history") or () if isinstance(each, dict)]
        last = max(notes, key=lambda each: str(each.get("public_timestamp") or ""), default={})
        return _plain(str(last.get("note") or ""))


def gov_uk(visit: Visit) -> Iterator[Sighting]:
    """Yields the documents of a publication, and marks on them. Raises ``SourceError``, ``LimitReached``."""
    return _Publication(visit).sightings()


class _Publication:
    """One publication address, with what it leads to."""

    def __init__(self, visit: Visit) -> None:
        self._visit = visit
        self._site = visit.settings.sources.gov_uk
        self._body = visit.folder / "body.part"

    def sightings(self) -> Iterator[Sighting]:
        """Yields what the publication consists of, one document after another."""
        start = urlsplit(self._visit.source.address).path.rstrip("/")
        if host_of(self._visit.source.address) != host_of(self._site):
            raise SourceError(f"{self._visit.source.address}: is not on {self._site}. Follow it as a website.")
        item = self._item(start)
        if isinstance(item, Answer):
            yield from self._gone(start, item)
            return
        waiting, seen = [item], {item.path}
        while waiting:
            item = waiting.pop(0)
            yield from self._documents(item)
            for path in _leads_to(item) if len(seen) < PARTS else ():
                if path in seen:
                    continue
                seen.add(path)
                other = self._item(path)
                if isinstance(other, _Item):
                    waiting.append(other)

    def _documents(self, item: _Item) -> Iterator[Sighting]:
        addresses: list[str] = []
        for sighting in self._bodies(item):
            if not isinstance(sighting, Left):
                addresses.append(sighting.item.address if isinstance(sighting, Same) else _address_of(sighting))
            yield sighting
        yield from self._marks(item, tuple(addresses))

    def _marks(self, item: _Item, addresses: tuple[str, ...]) -> Iterator[Sighting]:
        notice = item.fields.get("withdrawn_notice")
        page = f"{self._site}{item.path}"
        if isinstance(notice, dict) and notice.get("withdrawn_at"):
            explanation = str(notice.get("explanation") or "")
            successor = _first_link(explanation, page)
            note = _plain(explanation)[:NOTE_CHARACTERS]
            yield Mark(addresses, MarkKind.WITHDRAWN, _day(notice["withdrawn_at"]), note, page, successor)
            return
        links = item.fields.get("links")
        for name in _REPLACED:
            others = links.get(name) if isinstance(links, dict) else None
            other = others[0] if isinstance(others, list) and others and isinstance(others[0], dict) else None
            if other is not None and other.get("base_path"):
                note, successor = _plain(str(other.get("title") or "")), f"{self._site}{other['base_path']}"
                yield Mark(addresses, MarkKind.SUPERSEDED, item.updated, note[:NOTE_CHARACTERS], page, successor)
                return

    def _bodies(self, item: _Item) -> Iterator[Sighting]:
        attachments = [each for each in item.details.get("attachments") or () if isinstance(each, dict)]
        pages = [each for each in attachments if each.get("attachment_type") == "html"]
        names = {_work_title(str(each.get("title") or "")) for each in pages}
        for each in attachments:
            title = str(each.get("title") or item.title)
            if each.get("attachment_type") == "html":
                yield self._page(str(each.get("url") or ""), item)
            elif each.get("attachment_type") in ("file", None) and each.get("url"):
                if _work_title(title) in names:
                    yield Left(str(each["url"]), "the same document is there as a page")
                else:
                    yield self._file(str(each["url"]), title, item)
        text = _body_of(item)
        if text and (not attachments or item.fields.get("document_type") not in _ONLY_COVERS):
            yield self._written(item, text, item)

    def _page(self, url: str, publication: _Item) -> Sighting:
        path = urlsplit(url).path
        address = f"{self._site}{path}"
        if not self._is_wanted(address):
            return Left(address, "left out by the patterns")
        try:
            found = self._item(path)
        except Unreachable as error:
            return Trouble(address, str(error))
        if isinstance(found, Answer):
            return Absent(address, f"GOV.UK answers {found.status}", is_final=found.status == 410)
        text = _body_of(found)
        return self._written(found, text, publication) if text else Trouble(address, "GOV.UK gives no text of it")

    def _written(self, item: _Item, text: str, publication: _Item) -> Sighting:
        """Returns the text of a content item as a page of its own."""
        title = html.escape(item.title)
        page = f'<!doctype html><html lang="en"><head><meta charset="utf-8"><title>{title}</title></head><body><main>'
        raw = f"{page}<h1>{title}</h1>{text}</main></body></html>".encode()
        file = self._visit.folder / "page.html"
        file.write_bytes(raw)
        address, digest = f"{self._site}{item.path}", hashlib.sha256(raw).hexdigest()
        dated = publication.updated or item.updated
        return Content(
            address, file, digest, title=item.title, dated=dated, why=publication.note or item.note, body_bytes=len(raw),
            is_judged=False,
        )  # fmt: skip

    def _file(self, url: str, title: str, publication: _Item) -> Sighting:
        address = joined(f"{self._site}/", url) or url
        if not self._is_wanted(address):
            return Left(address, "left out by the patterns")
        known = self._visit.known.get(address)
        if known is not None and self._visit.is_done(address):
            return Same(known)
        etag, changed = (known.etag, known.last_modified) if known is not None else ("", "")
        try:
            answer = self._visit.client.get(address, self._body, etag=etag, last_modified=changed)
        except Unreachable as error:
            return Trouble(address, str(error).removeprefix(f"{address}: "))
        if answer.status == 304 and known is not None:
            return Same(known)
        if answer.path is None:
            if answer.status in (404, 410):
                return Absent(address, f"GOV.UK answers {answer.status}", is_final=answer.status == 410)
            return Trouble(address, f"GOV.UK answers {answer.status}")
        file_format = format_of_answer(answer, address)
        if file_format is None:
            return Left(address, f"what is sent as {answer.content_type or 'no known type'} is not read")
        file = self._visit.folder / f"body{file_format.endings[0]}"
        answer.path.replace(file)
        return Content(
            address, file, answer.sha256, answer.etag, answer.last_modified, title, publication.updated, publication.note,
            body_bytes=answer.body_bytes,
        )  # fmt: skip

    def _gone(self, path: str, answer: Answer) -> Iterator[Sighting]:
        """Yields what it means that a publication is not there any more (404, 410)."""
        known = [each for each in self._visit.known.values() if each.edition_id is not None]
        if answer.status != 410:
            raise NeedsYou(f"{self._site}{path}: GOV.UK answers {answer.status}. Check the address of the publication.")
        for each in known:
            yield Absent(each.address, "GOV.UK removed the publication (410)", is_final=True)

    def _item(self, path: str) -> _Item | Answer:
        """Returns a content item, or the answer where there is none; follows redirects on the site.

        Raises:
            SourceError: It is none of the content API, or cannot be fetched.
        """
        address = f"{self._site}/api/content{path}"
        answer = self._visit.client.get(
            address, self._body, may_follow=lambda target: host_of(target) == host_of(self._site)
        )
        if answer.path is None:
            if answer.status in (404, 410):
                return answer
            raise Unreachable(f"{address}: the content API answers {answer.status}.")
        fields = _json(self._body, address)
        base = str(fields.get("base_path") or path)
        return _Item(base, _plain(str(fields.get("title") or "")) or base, fields)

    def _is_wanted(self, address: str) -> bool:
        options = self._visit.source.options
        return is_wanted(address, options.include, options.exclude)


_ONLY_COVERS = frozenset({
    "publication", "guidance", "statutory_guidance", "form", "policy_paper", "regulation", "notice", "correspondence",
    "decision", "impact_assessment", "independent_report", "international_treaty", "map", "promotional", "research",
    "official_statistics", "national_statistics", "transparency", "foi_release", "consultation", "closed_consultation",
    "consultation_outcome", "corporate_report", "document_collection",
})  # fmt: skip
"""Types of documents whose own page describes the attachments that hold the words."""


def _json(path: Path, address: str) -> Mapping[str, Any]:
    try:
        fields = json.loads(path.read_bytes())
    except (ValueError, OSError) as error:
        raise NeedsYou(
            f"{address}: what came is not what the content API sends (a sign-in page or a notice of your network?)."
        ) from error
    if not isinstance(fields, dict) or not ("base_path" in fields or "document_type" in fields):
        raise NeedsYou(f"{address}: what came is not a content item.")
    return fields


def _leads_to(item: _Item) -> Sequence[str]:
    """Returns the paths of what a collection or a manual consists of."""
    links = item.fields.get("links")
    found: list[str] = []
    for name in _FOLLOWED if isinstance(links, dict) else ():
        assert isinstance(links, dict)
        found += [str(each.get("base_path") or "") for each in links.get(name) or () if isinstance(each, dict)]
    for group in item.details.get("child_section_groups") or ():
        sections = group.get("child_sections") or () if isinstance(group, dict) else ()
        found += [str(each.get("base_path") or "") for each in sections if isinstance(each, dict)]
    return [each for each in found if each.startswith("/")]


def _body_of(item: _Item) -> str:
    """Returns the HTML of a content item: its body, or its parts one after another; "" where it has none."""
    parts = [each for each in item.details.get("parts") or () if isinstance(each, dict)]
    if parts:
        return "".join(
            f"<h2>{html.escape(str(each.get('title') or ''))}</h2>{_html(each.get('body'))}" for each in parts
        )
    return _html(item.details.get("body"))


def _html(body: object) -> str:
    """Returns the HTML among the forms in which a body is given."""
    if isinstance(body, str):
        return body
    forms = [each for each in body if isinstance(each, dict)] if isinstance(body, list) else []
    return next((str(each.get("content") or "") for each in forms if each.get("content_type") == "text/html"), "")


def _plain(markup: str) -> str:
    try:
        return " ".join(lxml_html.fromstring(f"<div>{markup}</div>").text_content().split()) if markup else ""
    except (etree.ParserError, ValueError):
        return ""


def _first_link(markup: str, base: str) -> str:
    try:
        found = lxml_html.fromstring(f"<div>{markup}</div>").xpath("//a/@href")
    except (etree.ParserError, ValueError):
        return ""
    return (joined(base, str(found[0])) or "") if found else ""


def _work_title(title: str) -> str:
    return _PRINT.sub("", title).strip().casefold()


def _day(value: object) -> date | None:
    try:
        return datetime.fromisoformat(str(value)).date() if value else None
    except ValueError:
        return None


def _address_of(sighting: Sighting) -> str:
    return str(getattr(sighting, "address", ""))
