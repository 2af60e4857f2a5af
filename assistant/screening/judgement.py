"""Tells a request to decide a case from a question about criteria."""

from __future__ import annotations

import re

_CASE = (
    r"(?:this|that|he|she|him|her|his|they|them|their|these|my|our|mum|mom|dad|mother|father|step ?\w+|the (?:child|baby|"
    r"boy|girl|mother|father|family|parents?|pupil|children|step ?father|step ?mother|school)|\[name\])"
)
_DECIDE = re.compile(
    rf"\b(?:do|does|did|would|will) {_CASE}\b[^?.]*\b(?:meet|reach|cross|count as|amount to|qualify|need|criteria|threshold)\b|"
    rf"\bdoes what \w+ (?:told|said)\b[^?.]*\bmeet\b|\b(?:does|do) (?:a|an|my)\b[^?.]*\bmeet (?:the )?threshold\b|"
    rf"\b(?:is|are|was|were|am|has|have) {_CASE}\b[^?.]*\b(?:abus\w*|neglect\w*|groom\w*|exploit\w*|significant harm|"
    r"at risk|a risk|safe|child in need|lying|enough|normal|ok|okay|wrong|harmful|risk of|non.?accidental|abuser|chos\w+|"
    rf"choosing|threshold)\b|"
    r"\b(?:should|shall|must|ought|can|could|may) (?:i|we) (?:remove|close|stop|refer|report|leave|go to court|step|return|be worried|"
    r"place|take|put|keep|call|send|escalate|allow|let|accept|end)\b(?=[^?]*\b(?:this|that|him|her|them|the (?:child|children|"
    r"baby|boy|girl|family|case|mother)|my|on this|over this|contact)\b)|"
    r"\bshould (?:we|i) (?:close|step down) (?:this|the) case\b|\bshould we go to court\b|"
    rf"\b(?:should|must|can|could) {_CASE}\b[^?.]*\b(?:go (?:on|home)|be (?:on|removed|placed)|live|stay|return|go to)\b|"
    r"\b(?:would|do) you (?:refer|say|think|agree|reckon|remove|do|believe|consider|recommend|class|advise)\b|"
    r"\bin (?:your|my) (?:view|opinion|position)\b|\b(?:tell me|decide|judge|assess|rate) (?:whether|if|which|the risk)\b|"
    r"\bcan you (?:decide|judge|assess|tell me (?:whether|if))\b|\bam i right\b|\bdo we have grounds\b|"
    r"\bdo(?:es)? (?:i|we|my case|this case) need (?:to call|to refer|to report|a strategy)\b[^?]*|"
    r"\bhas (?:mum|dad|he|she|the \w+|my \w+|\[name\]) (?:neglected|abused|harmed|groomed|committed)\b|"
    r"\bwas the school wrong\b|\bwhich of the (?:two )?(?:parents|carers)\b|\bmeets? (?:the )?threshold:|"
    r"\bthis (?:meet|meets|family ok)\b|"
    r"\bwould this (?:count|be)\b",
    re.IGNORECASE,
)
_GENERAL = re.compile(
    r"^(?:what (?:is|are|counts|makes|should|must|does|do)|when (?:should|do|can|must|is)|who|which (?:factors|signs|agenc\w+)|how (?:is|are|do|does|should|long|soon))\b"
    r"(?![^?]*\b(?:this|these) (?:child|boy|girl|family|bab(?:y|ies)|case|children)\b)(?![^?]*\bin my position\b)",
    re.IGNORECASE,
)
_RULE = re.compile(
    r"\b(?:policy|guidance|guidelines|procedure|strategy|law|statutory|required|working together|kcsie)\b",
    re.IGNORECASE,
)


def asks_to_decide(text: str) -> bool:
    """Returns whether a question asks the assistant to judge a case."""
    stripped = text.strip()
    if _GENERAL.search(stripped) or (_RULE.search(stripped) and "threshold" not in stripped.lower()):
        return False
    return _DECIDE.search(stripped) is not None
