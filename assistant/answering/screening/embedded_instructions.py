"""Finds sentences of a document that address a program rather than a reader; they are never quoted."""

from __future__ import annotations

import re

from assistant.text.plain_text import plain_text

_MATERIAL = (
    r"(?:instructions?|prompts?|rules?|passages?|documents?|sources?|context|guidance|guidelines|polic(?:y|ies)|training|"
    r"text|tokens?|messages?|conversation|restrictions?|safety|everything|anything|all (?:that|this)|the (?:above|rest))"
)
_MACHINE = (
    r"(?:ai|a\.i\.|llms?|chat ?bots?|bots?|gpt\w*|claude|copilot|gemini|llama|(?:large )?language models?|ai (?:assistants?|models?|"
    r"agents?|tools?|systems?)|(?:virtual|digital|automated|policy|helpful) (?:assistants?|readers?|agents?|summari[sz]ers?)|"
    r"(?:automated|machine) readers?|summari[sz]ers?|generators?|assistants? that (?:summari[sz]e|read|answer)\w*|models?)"
)
_SIGNS = (
    rf"\b(?:ignor(?:e|ing)|disregard|forget|overrid(?:e|es|ing)|bypass|set aside|discard)\b (?:\w+,? ){{0,5}}?{_MATERIAL}\b",
    rf"^\W*(?:[\d.()]+ )?(?:(?:note|notice|message|attention|important|instructions?|memo|warning|dear|to|for|if you are)\b[ :,]*)+"
    rf"(?:(?:to|for|all|any|an|a|the|every|you|are) )*{_MACHINE}\b",
    rf"^\W*(?:[\d.()]+ )?(?:hey |hello |dear )?{_MACHINE}\b ?[:,;–-]",
    r"^\W*(?:[\d.()]+ )?(?:system|assistant|developer|admin(?:istrator)?|user|human|root|sudo|prompt|override|tool|function)\b"
    r"(?: (?:note|message|prompt|override|update|notice|instruction|alert|command|mode)\w*)*(?: to [\w ]{1,40})? ?[:>\])=]",
    r"\b(?:tell|inform|assure|convince|advise|remind|answer|reply to|respond to) (?:every|any|all|each|the) "
    r"(?:readers?|users?|askers?|caller|person asking|questioner)\b",
    r"\b(?:system prompts?|your (?:system |hidden |initial )?(?:prompt|instructions|programming|guard ?rails|context window)|"
    r"as an? (?:ai|language model|assistant)|you are (?:now|no longer) |from now on|jail ?break|developer mode|"
    r"new (?:system )?instructions?\b|do anything now|role ?play|pretend (?:to|that|you)|prompt injection)",
    r"\b(?:answer|reply|respond|output|write|print|return|say)\w*\b (?:\w+ ){0,3}?(?:only |always |just |exactly )"
    r"(?:with|as|that|in|yes|no|the (?:words?|sentence|following))\b",
    r"\b(?:begin|start|end|finish|append|prepend|include|repeat|mention|cite|quote|use)\b (?:\w+ ){0,4}?(?:in|to|at the end of|with|as) "
    r"(?:your|every|each|all|the) (?:answers?|repl(?:y|ies)|responses?|outputs?|claims?|quotes?|support for)\b",
    r"\b(?:in|as|for) your (?:answer|reply|response|output|claims?|next)\b|\bwhen (?:asked|answering|quoting|summari[sz]ing)\b.{0,60}"
    r"\b(?:say|answer|reply|write|tell|output|state|respond|always|claim)\b",
    r"\b(?:answered|claims?|token|quote|standalone)['\"]? ?[:=] ?[\[{'\"]|\"(?:role|content|claims|token|quote|answered)\"",
    r"</?(?:system|script|style|instructions?|prompt|assistant|user|passages?|data|document|tool|function|img|iframe|a)\b|<!--|-->|"
    r"\[/?(?:INST|SYS|SYSTEM)\]|<<SYS>>|<\|[^|<>]{0,40}\|>|#{2,} ?(?:system|instruction|assistant|response|user)|!?\[[^\]]*\]\(|```",
    r"\b(?:decode|base64|rot13)\b|\buse token\b|^\W*(?:[\d.()]+ )?(?:quote|cite|repeat|copy) (?:this|the following|these)\b",
    r"(?:^|[.;:!?]) ?(?:please |now |then |and )*(?:say|state|claim|answer|reply) (?:that|yes|no|only)\b|"
    r"\b(?:begin|start|end|finish) your (?:answer|reply|response)\b|\bdear (?:ai|assistant|model|chat ?bot)\b",
)
_PATTERN = re.compile("|".join(f"(?:{each})" for each in _SIGNS), re.IGNORECASE | re.MULTILINE)
_INVISIBLE = re.compile("[\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff\U000e0000-\U000e007f]")


def speaks_to_a_program(text: str) -> bool:
    """Returns whether a text gives orders to a program, forges its dialogue or hides characters that readers cannot see."""
    return _INVISIBLE.search(text) is not None or _PATTERN.search(plain_text(text)) is not None
