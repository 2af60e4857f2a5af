"""Publisher, area and layer: the body whose name stands on the cover, in the properties or at the end of a document."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from assistant.editions.areas import area_of
from assistant.model import Edition, EditionId, Kind, Layer
from assistant.model.proposal import Proposal
from ingest.metadata.labelled import facts_of
from ingest.metadata.labelled_dates import where_of
from ingest.metadata.words import words
from ingest.readers.cover import Cover, CoverLine

_CAPITAL = r"[A-Z][\w’'.-]*"
_JOINED = rf"{_CAPITAL}(?:,? (?:(?:and|of|the|upon|on|in|with|under|le|&|for) )*{_CAPITAL})*"
_LOCAL = words("local_bodies")
_BODY = re.compile(
    rf"\b(?:(?:London|Royal) Borough of {_JOINED}|(?:City|County|Isle|Diocese) of {_JOINED} (?:Council)?|{_JOINED} {_LOCAL})(?![\w-])"
)
_OWN = re.compile(words("publisher"))
_OWNER = re.compile(words("owner"))
_REGIONS = re.compile(rf"\b{words('regions')}\b")
_CROWN = re.compile(r"©\s*Crown copyright", re.IGNORECASE)


_DOCUMENT = words("documents")
_BEFORE_NAME = words("before_name")
_THANKS = re.compile(rf"\b{words('others')}\b", re.IGNORECASE)
PROSE = 120
"""Characters from which a line is prose."""
_GENERAL = r"(?:Children|Adults?|Safeguarding|Borough|County|City|District|Parochial|Community|Local|Regional)"
LONGEST = 90
"""Characters of the name of a body."""


@dataclass(frozen=True, slots=True)
class Body:
    """A national body."""

    name: str
    other: tuple[str, ...] = ()
    addresses: tuple[str, ...] = ()


@cache
def national_bodies() -> tuple[Body, ...]:
    """Returns the national bodies that publish in the field."""
    raw = tomllib.loads((files("ingest.metadata") / "bodies.toml").read_text(encoding="utf-8"))
    return tuple(
        Body(each["name"], tuple(each.get("other", ())), tuple(each.get("addresses", ()))) for each in raw["body"]
    )


def national_body(text: str) -> str:
    """Returns the national body that a text names first, in full; "" for none."""
    found = [(match.start(), -len(match[0]), name) for name, pattern in _names() if (match := pattern.search(text))]
    return min(found)[2] if found else ""


def local_body(text: str) -> str:
    """Returns the partnership, council, trust or the like that a text names; "" for none."""
    match = _BODY.search(text)
    if match is None:
        return ""
    name = " ".join(match[0].split())
    name = re.sub(rf"^.*\b(?:{_DOCUMENT})\b[^|]*? (?:of|for|by) (?:the )?", "", name)
    name = re.sub(rf"^{_BEFORE_NAME}\s+", "", name)
    name = re.sub(r"^(?:The|Our|This|Your|A|An|Local|Each|All)\s+", "", name)
    name = _first_of(name)
    is_general = re.fullmatch(
        rf"{_LOCAL}|(?:Multi-?[Aa]gency|Local|Safeguarding|Strategic|Executive|Joint) {_LOCAL}", name
    )
    if re.match(r"\w\s", name) or re.fullmatch(rf"(?:{_GENERAL}\s)+{_LOCAL}", name):
        return ""
    return "" if is_general and not re.fullmatch(r"[A-Z]\w+ (?:Police|Constabulary|Council)", name) else name


def _first_of(name: str) -> str:
    """Returns the first of several bodies, with letters such as "SCP" written out."""
    for cut in re.finditer(r",? and |, ", name):
        if re.fullmatch(_BODY, name[: cut.start()]):
            name = name[: cut.start()]
            break
    letters = re.search(r" L?S(?P<who>C|A)(?P<form>P|B)$", name)
    if letters is None:
        return name
    who, form = {"C": "Children", "A": "Adults"}[letters["who"]], {"P": "Partnership", "B": "Board"}[letters["form"]]
    return f"{name[: letters.start()]} Safeguarding {who} {form}"


def is_body(text: str) -> bool:
    """Returns whether a text is the name of a body and nothing else."""
    bare = " ".join(text.split()).strip(" .:|-–")
    names = {name.lower() for each in national_bodies() for name in (each.name, *each.other)}
    title_case = (
        bare.title().replace("’S", "’s").replace("'S", "'s").replace(" And ", " and ").replace(" Of ", " of ")
        if bare.isupper()
        else bare
    )
    return bare.lower() in names or (local_body(title_case) == title_case and bool(title_case))


@cache
def _names() -> tuple[tuple[str, re.Pattern[str]], ...]:
    pairs = []
    for each in national_bodies():
        for name in (each.name, *each.other):
            spelled = re.escape(name).replace("'", "[’']").replace(r"\ ", r"\s+")
            is_case = name.isupper() or len(name) <= 5 or name in ("Foundations", "Home Office")
            pairs.append((each.name, re.compile(rf"(?<![\w-]){spelled}(?![\w-])", 0 if is_case else re.IGNORECASE)))
    return tuple(pairs)


def propose_publisher(cover: Cover) -> Proposal | None:
    """Returns the publisher that is proposed, None where nothing names one."""
    return max(_publishers(cover), key=lambda each: each.confidence, default=None)


def _publishers(cover: Cover) -> Iterator[Proposal]:
    for fact in facts_of(cover):
        if _OWN.fullmatch(fact.label):
            known = local_body(fact.value) or national_body(fact.value)
            if known or (
                re.fullmatch(r"[A-Z][\w’'&,. -]+", fact.value) and " " in fact.value and len(fact.value) < LONGEST
            ):
                yield _proposal(
                    known or fact.value.strip(" ."), 0.96 if known else 0.7, f"cover, page {fact.page}", fact.words
                )
        elif _OWNER.fullmatch(fact.label) and (name := local_body(fact.value) or national_body(fact.value)):
            yield _proposal(name, 0.75, f"cover, page {fact.page}", fact.words)
    yield from _on_pages(cover)
    author = cover.said("author", "publisher", "creator", "company", "site_name")
    if name := national_body(author) or local_body(author):
        yield _proposal(name, 0.9, "document properties", author)
    yield from _at_end(cover)


def _on_pages(cover: Cover) -> Iterator[Proposal]:
    first = [each for each in cover.lines if each.page == 1]
    for lines, sure in (
        (_head(first), 0.92),
        ([each for each in first if each.is_running], 0.86),
        (first[-6:], 0.8),
        (cover.lines[:60], 0.62),
    ):
        for line, text in _joined(lines):
            if name := local_body(text):
                is_prose = len(text) > PROSE and not text.startswith(name)
                yield _proposal(name, 0.45 if is_prose else sure, where_of(line), text)
                break
            if (name := national_body(text)) and len(text) < 100:
                yield _proposal(name, sure - 0.06, where_of(line), text)
                break


def _head(lines: list[CoverLine]) -> list[CoverLine]:
    """Returns the short lines of a cover, without its prose and without whom it thanks."""
    return [each for each in lines[:40] if len(each.text) < PROSE and not _THANKS.search(each.text)]


def _joined(lines: list[CoverLine] | tuple[CoverLine, ...]) -> Iterator[tuple[CoverLine, str]]:
    """Yields lines with the next two of their print, which a name may go on in, else alone."""
    for place, line in enumerate(lines):
        if len(line.cells) > 1:
            yield from ((line, text) for text in _columns(lines[place : place + 2]))
            continue
        run = [line.text]
        for other in lines[place + 1 : place + 3]:
            if abs(other.size - line.size) > 0.5 or other.page != line.page or other.cells or line.cells:
                break
            run.append(other.text)
        whole = _cased(" ".join(run))
        name = local_body(whole)
        alone = _cased(line.text)
        if name and whole.startswith(name) and not local_body(alone):
            yield line, name
        else:
            yield line, alone


def _columns(lines: Sequence[CoverLine]) -> Iterator[str]:
    """Yields what stands side by side in a line, each with what goes on below it: the logos of two bodies."""
    line, below = lines[0], lines[1] if len(lines) > 1 and abs(lines[0].size - lines[-1].size) < 0.5 else None
    under = (below.cells or (below.text,)) if below is not None and below.page == line.page else ()
    for place, cell in enumerate(line.cells):
        whole = f"{_cased(cell)} {_cased(under[place])}" if place < len(under) else ""
        name = local_body(whole)
        is_over_both = name and whole.startswith(name) and not local_body(_cased(cell))
        yield name if is_over_both else _cased(cell)


def _cased(text: str) -> str:
    """Returns a line in capitals with its words in capitals only at their beginning."""
    if not text.isupper():
        return text
    titled = re.sub(r"(?<=[’'])S\b", "s", text.title())
    return re.sub(r"\b(?:And|Of|The|For|On|In|Upon)\b", lambda match: match[0].lower(), titled)


def _at_end(cover: Cover) -> Iterator[Proposal]:
    words = " ".join(each.text for each in (*cover.last, *cover.lines))
    for body in national_bodies():
        if any(each in words for each in body.addresses):
            yield _proposal(body.name, 0.72, "last page", next(each for each in body.addresses if each in words))
            return
    for line in cover.last:
        if name := local_body(_cased(line.text)):
            yield _proposal(name, 0.5, f"last page, page {line.page}", line.text)
            return


def _proposal(name: str, confidence: float, where: str, words: str) -> Proposal:
    return Proposal("publisher", name, round(confidence, 2), where, " ".join(words.split())[:120])


def propose_area(title: str, kind: Kind, publisher: Proposal | None) -> Proposal | None:
    """Returns the area that a local document is proposed to be for, from its publisher or its title."""
    by = publisher.value if publisher else ""
    local = Kind.POLICY if kind is Kind.STATUTORY_GUIDANCE and local_body(by) else kind
    if area := area_of(Edition(EditionId("x"), "x", "", local, by)):
        return Proposal("area", area, round(min(0.95, publisher.confidence if publisher else 0), 2), "publisher", by)
    if not national_body(by) and (area := area_of(Edition(EditionId("x"), "x", title, local))):
        return Proposal("area", area, 0.75, "title", title)
    return None


def propose_layer(
    title: str, kind: Kind, publisher: Proposal | None, area: Proposal | None, cover: Cover
) -> Proposal | None:
    """Returns whether a document is proposed as national, regional or local; None where nothing says so."""
    by = publisher.value if publisher else ""
    if match := _REGIONS.search(f"{by} | {title}"):
        return Proposal("layer", Layer.REGIONAL.value, 0.8, "publisher or title", match[0].strip())
    if by and local_body(by):
        return Proposal(
            "layer", Layer.LOCAL.value, round(min(0.95, publisher.confidence), 2) if publisher else 0.5, "publisher", by
        )
    if kind in (Kind.LEGISLATION, Kind.STATUTORY_GUIDANCE):
        return Proposal("layer", Layer.NATIONAL.value, 0.92, "kind", kind.value)
    if national_body(by):
        return Proposal(
            "layer",
            Layer.NATIONAL.value,
            round(min(0.95, publisher.confidence), 2) if publisher else 0.5,
            "publisher",
            by,
        )
    top = " | ".join(each.text for each in cover.lines[:8] if len(each.text) < LONGEST)
    if (match := _REGIONS.search(top)) and re.search(r"(?i)safeguarding|procedures|child protection", top):
        return Proposal("layer", Layer.REGIONAL.value, 0.7, "cover, page 1", match[0].strip())
    if area is not None:
        return Proposal("layer", Layer.LOCAL.value, 0.8, "area", area.value)
    if any(_CROWN.search(each.text) for each in (*cover.last, *cover.lines)):
        return Proposal("layer", Layer.NATIONAL.value, 0.85, "last page", "Crown copyright")
    return None


def publisher_by_letters(cover: Cover, area: Proposal | None) -> Proposal | None:
    """Returns the partnership that letters such as "NSCP" stand for, where an area begins with the first of them."""
    for line in cover.lines:
        match = re.search(r"\b(?P<area>[A-Z]{1,3})SC(?P<form>[PB])\b", line.text)
        if match is not None and area is not None and match["area"].startswith(area.value[0]):
            form = "Partnership" if match["form"] == "P" else "Board"
            return _proposal(f"{area.value} Safeguarding Children {form}", 0.6, where_of(line), line.text)
    return None
