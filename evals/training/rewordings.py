"""Rewordings of a sentence that leave what it says as it is: phrases, figures, and the order of its clauses."""

from __future__ import annotations

import re

import numpy as np

from assistant.text.number_words import NUMBERS

PHRASES = (
    ("must", "is required to"), ("must", "has to"), ("should", "ought to"), ("should", "is expected to"),
    ("may", "is allowed to"), ("may", "can"), ("at least", "no fewer than"), ("at least", "a minimum of"),
    ("at most", "no more than"), ("no later than", "at the latest by"), ("as soon as possible", "without delay"),
    ("ensure", "make sure"), ("ensure that", "see to it that"), ("before", "prior to"), ("after", "following"),
    ("during", "in the course of"), ("about", "regarding"), ("about", "concerning"), ("in relation to", "regarding"),
    ("because of", "owing to"), ("for example", "such as"),
    
    ("help", "support"), ("assistance", "help"), ("provide", "give"), ("obtain", "get"), ("consider", "think about"),
    ("inform", "tell"), ("notify", "let know"), ("request", "ask for"), ("receive", "get"), ("require", "need"),
    ("review", "look again at"), ("assess", "carry out an assessment of"), ("consult", "seek the views of"),
    ("appropriate", "suitable"), ("relevant", "pertinent"), ("sufficient", "enough"), ("annually", "every year"),
    ("each year", "every year"), ("immediately", "straight away"), ("promptly", "quickly"), ("regularly", "at regular intervals"),
    ("if", "in the event that"), ("when", "at the time when"),
    ("unless", "except where"), ("arrangements", "provisions"), ("take account of", "take into account"),
    ("responsible for", "in charge of"), ("have regard to", "take into consideration"), ("set out", "laid down"),
    ("purpose", "aim"), ("important", "significant"), ("difficulties", "problems"), ("carry out", "undertake"),
    ("staff", "employees"), ("decide", "make a decision"), ("decision", "determination"), ("begin", "start"),
    ("end", "finish"), ("agree", "consent"), ("prepare", "draw up"), ("keep", "retain"), ("likely", "probable"),
    ("specified", "named"), ("person", "individual"), ("people", "individuals"), ("enable", "make it possible for"),
    ("identify", "find"), ("contribute to", "play a part in"), ("working with", "in partnership with"),
)  # fmt: skip
"""Each may stand for the other in most sentences; a model of meaning does not need the best style."""
FIGURES = {word: str(value) for word, value in NUMBERS.items() if 1 <= value <= 12}
_OPENING = re.compile(r"^(?:However|In addition|Additionally|Therefore|Furthermore|For example|As such|Similarly), ")
_LEADING = re.compile(r"^(If|Where|When|Unless|Before|After|Until|Once) ([^,;:]{8,120}), ([^;:]{12,}?)\.?$")
_TRAILING = re.compile(r"^([^,;:]{12,}?),? (if|where|when|unless|before|after|until|once) ([^,;:]{8,120}?)\.?$")


def reworded(text: str, random: np.random.Generator, most: int = 3) -> str:
    """Returns a sentence with up to ``most`` phrases replaced, and at times its clauses in another order."""
    text = _OPENING.sub(lambda found: "", text)
    text = text[:1].upper() + text[1:]
    if random.random() < 0.5:
        text = _reordered(text)
    for place in random.permutation(len(PHRASES) * 2)[:60]:
        if most == 0:
            break
        old, new = PHRASES[place // 2][:: 1 if place % 2 else -1]
        changed = re.sub(rf"\b{re.escape(old)}\b", new, text, count=1)
        most -= changed != text
        text = changed
    return _other_figures(text) if random.random() < 0.3 else text


def _reordered(text: str) -> str:
    if leading := _LEADING.match(text):
        link, condition, rest = leading.groups()
        return f"{rest[0].upper()}{rest[1:]} {link.lower()} {condition}."
    if trailing := _TRAILING.match(text):
        rest, link, condition = trailing.groups()
        return f"{link.capitalize()} {condition}, {rest[0].lower()}{rest[1:]}."
    return text


def _other_figures(text: str) -> str:
    """Returns a text with its small numbers as figures, or its small figures as words."""
    words = {figure: word for word, figure in FIGURES.items()}
    text = re.sub(
        rf"(?<![\w.,])({'|'.join(FIGURES)})(?= (?:days|weeks|months|years|hours|working|school))",
        lambda found: FIGURES[found[1]],
        text,
    )
    return (
        text
        if re.search(r"\d", text)
        else re.sub(rf"(?<![\w.,])({'|'.join(words)})(?= [a-z])", lambda found: words[found[1]], text)
    )
