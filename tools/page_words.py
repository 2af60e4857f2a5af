"""Lists every string that the pages show, with its reading age: `python tools/page_words.py [--all]`.

The pages of practitioners are what counts: own words at most ``MOST_AGE`` together, and no sentence of theirs above
``MOST_OF_ONE``. Words of documents, names and what a page fills in are not counted. With --all, every page is listed.
"""

from __future__ import annotations

import ast
import re
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from html.parser import HTMLParser
from pathlib import Path

from evals.scenarios.reading import reading_age

ROOT = Path(__file__).parents[1]
WEB = ROOT / "api" / "web"
MOST_AGE, MOST_OF_ONE = 11.0, 14.0
FEWEST_WORDS = 8
"""Words from which a sentence is long enough to say how hard it is."""
OTHER_PAGES = (
    "coverage", "scenario", "publishing", "preview", "details", "question", "left_out", "quality", "bench", "evaluation", "usage",
    "run_parts", "evidence",
)  # fmt: skip
"""What the names of templates for the policy team and for trainers begin with."""
SOURCES = (
    "assistant/messages.py", "api/web/labels.py", "api/web/navigation.py", "api/web/source_lines.py", "api/asking/shown.py",
    "assistant/operations/scorecard.py", "api/web/problem_words.py", "api/feedback/service.py",
)  # fmt: skip
"""Modules whose strings the pages of practitioners show."""
_TAG = re.compile(r"\{#.*?#\}|\{%.*?%\}|\{\{.*?\}\}", re.DOTALL)
_QUOTED = re.compile(r'"((?:[^"\\]|\\.)*)"')
_SENTENCE = re.compile(r"(?<=[.?!:])\s+(?=[A-Z“])")
_FILLED = re.compile(r"\$?\{[^{}]*\}")
_INLINE = frozenset({"a", "strong", "em", "span", "q", "code", "b", "i", "br", "mark", "button"})
_READ_OUT = ("aria-label", "alt", "title", "placeholder")


@dataclass(frozen=True, slots=True)
class PageString:
    """A string and where it stands."""

    place: str
    text: str

    @property
    def age(self) -> float:
        """Age from which it is read with ease; 0 where it is too short to say."""
        return reading_age(self.text) if len(self.text.split()) >= FEWEST_WORDS else 0.0


def page_strings(*, is_every_page: bool = False) -> tuple[PageString, ...]:
    """Returns the strings of the pages, sentence by sentence, each once."""
    found: dict[str, PageString] = {}
    for place, text in _all_texts(is_every_page):
        for sentence in _SENTENCE.split(" ".join(_FILLED.sub("it", text).split())):
            if re.search(r"[A-Za-z]{2}", sentence):
                found.setdefault(sentence, PageString(place, sentence))
    return tuple(found.values())


def age_of(strings: tuple[PageString, ...]) -> float:
    """Returns the reading age of the sentences together; labels, which would make it seem lower, do not count."""
    sentences = [each.text.rstrip(".?!:") for each in strings if len(each.text.split()) >= FEWEST_WORDS]
    return reading_age(". ".join(sentences))


def _all_texts(is_every_page: bool) -> Iterator[tuple[str, str]]:
    for path in sorted((WEB / "templates").glob("*.html")):
        if is_every_page or not path.name.startswith(OTHER_PAGES):
            yield from ((path.name, text) for text in _of_template(path.read_text(encoding="utf-8")))
    for path in sorted((WEB / "static").glob("*.js")):
        code = re.sub(r"^\s*(//|import ).*$", "", path.read_text(encoding="utf-8"), flags=re.MULTILINE)
        strings = (each[0] or each[1] for each in re.findall(r'"((?:[^"\\]|\\.)*)"|`([^`]*)`', code))
        yield from ((path.name, text) for text in strings if _is_said(text))
    for name in SOURCES:
        yield from ((name, text) for text in _of_module((ROOT / name).read_text(encoding="utf-8")))


def _of_template(source: str) -> Iterator[str]:
    for tag in _TAG.findall(source):
        if not tag.startswith("{#"):
            yield from (text for text in _QUOTED.findall(tag) if _is_said(text))
    reader = _Texts()
    reader.feed(_TAG.sub(lambda tag: " it " if tag[0].startswith("{{") else " ", source))
    reader.close()
    yield from reader.texts


def _of_module(source: str) -> Iterator[str]:
    tree = ast.parse(source)
    docs = {id(each.value) for each in ast.walk(tree) if isinstance(each, ast.Expr)}
    inside = {id(part) for each in ast.walk(tree) if isinstance(each, ast.JoinedStr) for part in each.values}
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in docs | inside:
            yield from [node.value] if _is_said(node.value) else []
        elif isinstance(node, ast.JoinedStr):
            text = "".join(str(p.value) if isinstance(p, ast.Constant) else "it" for p in node.values)
            yield from [text] if _is_said(text) else []


def _is_said(text: str) -> bool:
    """Returns whether a string is words for people: letters and a space, or a word that begins with a capital."""
    is_words = re.match(r"[A-Z“…]?[\w’'“”,:;.…()$\{ –-]+[\w.?!”)}…]*$", text) is not None and " " in text.strip()
    return (is_words or re.fullmatch(r"[A-Z][a-z]{2,}", text) is not None) and not re.search(
        r"[=<>/#\[\]]|\.\w+\(", text
    )


class _Texts(HTMLParser):
    """Collects the text of each block, and what is read out instead of a picture."""

    def __init__(self) -> None:
        super().__init__()
        self.texts: list[str] = []
        self._block = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.texts += [value for name, value in attrs if name in _READ_OUT and value]
        self._end(tag)

    def handle_endtag(self, tag: str) -> None:
        self._end(tag)

    def handle_data(self, data: str) -> None:
        self._block += data

    def close(self) -> None:
        super().close()
        self._end("")

    def _end(self, tag: str) -> None:
        if tag not in _INLINE:
            if self._block.strip():
                self.texts.append(self._block.strip())
            self._block = ""


def main() -> None:
    """Prints the strings, the hardest first, and their age together; exits with 1 where one is above the limit."""
    strings = page_strings(is_every_page="--all" in sys.argv)
    for each in sorted(strings, key=lambda each: -each.age):
        print(f"{each.age:5.1f}  {each.place:<22} {each.text}")
    together = age_of(strings)
    hard = [each for each in strings if each.age > MOST_OF_ONE]
    print(
        f"\n{len(strings)} strings, reading age {together:.1f} together (at most {MOST_AGE:g}); {len(hard)} above {MOST_OF_ONE:g}"
    )
    sys.exit(1 if hard or together > MOST_AGE else 0)


if __name__ == "__main__":
    main()
