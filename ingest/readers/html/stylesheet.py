"""The rules of a page's own style sheets, as far as they may hide words or strike them through."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

import soupsieve
from bs4 import Tag

_COMMENT = re.compile(r"/\*.*?(?:\*/|\Z)|<!--|-->", re.DOTALL)
_NAME = re.compile(r"[.#]([\w-]+)")
_IDS, _CLASSES, _TYPES = re.compile(r"#[\w-]+"), re.compile(r"\.[\w-]+|\[[^\]]*\]|:[\w-]+"), re.compile(r"[\w-]+")
_SCREEN = re.compile(r"@(?:media\s+(?:only\s+)?(?:screen|all)(?:\s*,\s*print)?|layer\b.*|supports\b.*)", re.IGNORECASE)
_RELEVANT = (
    "display", "visibility", "opacity", "font-size", "text-decoration-line", "color", "background", "left", "top",
    "right", "font-weight", "text-indent", "margin-left", "margin-top", "transform", "clip", "clip-path",
)  # fmt: skip
_LONGEST_SELECTOR = 400
_INLINE = (1, 0, 0, 0)

Weight = tuple[bool, tuple[int, int, int, int], int]
"""Whether it is important, its specificity and its place: of two declarations the greater holds."""


@dataclass(frozen=True, slots=True)
class Rule:
    """One selector with what it declares."""

    selector: soupsieve.SoupSieve
    specificity: tuple[int, int, int, int]
    place: int
    declared: dict[str, tuple[str, bool]]
    """Property to value and whether it is important."""
    name: str | None = None
    """A class or id that every tag it selects has, None where that is not plain."""


@dataclass(slots=True)
class Stylesheet:
    """The rules of the style sheets of a page, in order.

    Args:
        css: The text of its ``<style>`` elements.
        names: Its classes and ids; rules about others are left out. None keeps all.
    """

    css: str
    names: set[str] | None = None
    rules: list[Rule] = field(default_factory=list)

    def __post_init__(self) -> None:
        """Reads the rules; those whose selector is not understood are left out."""
        for heads, body in _rules(_COMMENT.sub(" ", self.css)):
            declared = {name: said for name, said in declarations(body).items() if name in _RELEVANT}
            for head in _selectors(heads) if declared else ():
                selector = self._compiled(head)
                if selector is not None:
                    self.rules.append(Rule(selector, _specificity(head), len(self.rules), declared, _last_name(head)))

    def _compiled(self, head: str) -> soupsieve.SoupSieve | None:
        is_elsewhere = self.names is not None and "(" not in head and "[" not in head
        if is_elsewhere and not set(_NAME.findall(head)) <= (self.names or set()):
            return None
        if len(head) > _LONGEST_SELECTOR or ":has(" in head:
            return None
        try:
            return soupsieve.compile(head)
        except (soupsieve.SelectorSyntaxError, ValueError, NotImplementedError):
            return None

    def declared(self, tag: Tag, rules: list[Rule]) -> dict[str, str]:
        """Returns the values that hold for a tag, inline style included.

        Args:
            tag: The tag.
            rules: Those that select it.
        """
        held: dict[str, tuple[Weight, str]] = {}
        sources = [(rule.specificity, rule.place, rule.declared) for rule in rules]
        for specificity, place, declared in [*sources, (_INLINE, 0, declarations(str(tag.get("style", ""))))]:
            for name, (value, is_important) in declared.items():
                weight = (is_important, specificity, place)
                if name not in held or weight >= held[name][0]:
                    held[name] = (weight, value)
        return {name: value for name, (_, value) in held.items()}


def declarations(text: str) -> dict[str, tuple[str, bool]]:
    """Returns property to value, both in lower case, and whether the value is important."""
    found: dict[str, tuple[str, bool]] = {}
    for part in _COMMENT.sub(" ", text).lower().split(";"):
        name, colon, value = part.partition(":")
        bare, mark, _ = value.partition("!")
        if colon and bare.strip():
            name = _SHORT.get(name.strip(), name.strip())
            if name not in found or mark or not found[name][1]:
                found[name] = (bare.strip(), bool(mark))
    return found


_SHORT = {"text-decoration": "text-decoration-line", "background-color": "background", "background-image": "background"}
"""Properties that stand in for each other here."""


def _rules(css: str) -> Iterator[tuple[str, str]]:
    """Yields selectors and body of each rule that holds on a screen of any size."""
    waiting = [css]
    while waiting:
        rest = waiting.pop()
        at = 0
        while (opens := rest.find("{", at)) >= 0:
            head = rest[at:opens].rpartition(";")[2].strip()
            closes = _closing(rest, opens)
            body = rest[opens + 1 : closes]
            at = closes + 1
            if not head.startswith("@"):
                yield head, body
            elif _SCREEN.fullmatch(head):
                waiting.append(body)


def _closing(css: str, opens: int) -> int:
    depth = 0
    for sign in re.finditer("[{}]", css[opens:]):
        depth += 1 if sign[0] == "{" else -1
        if depth == 0:
            return opens + sign.start()
    return len(css)


def _selectors(heads: str) -> list[str]:
    return [heads] if "(" in heads else [head.strip() for head in heads.split(",") if head.strip()]


def _last_name(head: str) -> str | None:
    names = [] if re.search(r"[(\[\\]", head) else _NAME.findall(re.split(r"[\s>+~]+", head)[-1])
    return names[-1] if names else None


def _specificity(head: str) -> tuple[int, int, int, int]:
    ids, rest = len(_IDS.findall(head)), _IDS.sub(" ", head)
    classes, rest = len(_CLASSES.findall(rest)), _CLASSES.sub(" ", rest)
    return 0, ids, classes, len(_TYPES.findall(rest))
