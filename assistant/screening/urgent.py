"""Tells a child in danger now from a policy question about danger.

Danger words alone are not enough: guidance is full of them. A here-and-now cue (a person, the present, an event) must
stand beside them, and nothing that marks a question about policy.
"""

from __future__ import annotations

import re

_DANGER = re.compile(
    r"\b(?:hit(?:s|ting)?|beat(?:s|ing|en)?|hurt(?:s|ing)?|attack(?:s|ed|ing)?|strangl\w+|stab(?:s|bed|bing)?|rap(?:e|ed|ing)|"
    r"kill\w*|die|dying|drown\w*|threat\w*|suicid\w*|overdos\w*|knife|gun|weapon|acid|bleed\w*|blood|unconscious|"
    r"not breathing|breath\w*|collapsed?|scream\w*|trapped|hostage|hanging|jump|burn(?:ed|t|ing)?|bleach|abus\w+|"
    r"danger|taken|take|taking|leaving|snatch\w*|locked|end (?:their|her|his|my) life|in the water|smashing|breaking in|"
    r"married|fgm|flight|exploit\w*|bin outside|gas smell|cut herself|cut himself|in his room|hiding|get in the car|help)\b",
    re.IGNORECASE,
)
_NOW = re.compile(
    r"\b(?:right now|rite now|now|just|tonight|today|at this moment|this minute|immediately|currently|still|about to|"
    r"on (?:his|her|their|the) way|waiting|in \d+ min\w*|going to|gonna|tomorrow morning|live online|alone now|!{2,})\b|!!",
    re.IGNORECASE,
)
_PRESENT = re.compile(
    r"\b(?:i'?m|i am|we are|we're|he'?s|she'?s|he is|she is|they'?re|they are|theyre|there(?:'s| is)|theres|someone is|"
    r"baby (?:is|not|isn)|child (?:is|has|isn|in|collapsed|says)|kids are|(?:mum|dad|mother|father|boy|girl|man|toddler|uncle|"
    r"stepdad|pupil|friend|sister|brother|young person|1?\d ?(?:yo|year old)) (?:is|are|has|says|just|hanging|bleeding|in)|"
    r"my (?:friend|client|stepdad|dad|mum|sister|brother)|the kids|"
    r"is (?:hitting|hurting|attacking|trying|smashing|holding|being))\b",
    re.IGNORECASE,
)
_SEVERE = re.compile(
    r"\b(?:(?:has|had|have) (?:taken an overdose|a (?:gun|knife)|swallowed|collapsed)|not breathing|unconscious|hostage|"
    r"on the bridge|kill (?:himself|herself|themselves|him|her|them|it|me)|"
    r"(?:he|she|they) (?:says?|said) (?:he|she|they)(?:'ll| will) (?:stab|kill|jump|drown)|"
    r"says? (?:he|she)'?ll (?:jump|drown|stab)|(?:will|'ll) (?:be killed|kill|stab|drown)|end their life|"
    r"threat\w* to (?:jump|kill|throw|stab)|(?:is|are|been) locked in (?:the|a)|isn'?t responding|still alive|"
    r"hanging from|bleeding badly|blood everywhere|in immediate danger what do i|collapsed after|"
    r"(?:in|into) the water and|coming with a knife|hurt(?:ing)? me|hurt at home|being hurt|bein hurt|"
    r"h(?:e|i)s beating|is hitting|cut herself deep|going to die|help me|need help now|kids crying inside)\b",
    re.IGNORECASE,
)
_ABOUT = re.compile(
    r"^(?:so |and |ok |please |can you |could you )*(?:what|when|who|whose|how|which|where|is (?:there|it|the|a|an|fgm|\w+ing)|"
    r"are|do(?:es)?|did|can|could|must|should|under|in which|define|after (?:a|an|the)|police|list|explain)\b[^.!]*$|"
    r"\b(?:guidance|policy|procedure|strategy|timescale|define|definition|according to|working together|kcsie)\b",
    re.IGNORECASE,
)
_FIRST_HAND = re.compile(
    r"\b(?:right now|rite now|at this moment|tonight|i can hear|just (?:told|found|disclosed|been|ran|took)|she texted me|"
    r"in immediate danger what do i|help me|my (?:stepdad|dad|mum|uncle) is)\b|!!",
    re.IGNORECASE,
)


def is_urgent(text: str) -> bool:
    """Returns whether a text speaks of a child who is in danger now, and not of danger in general."""
    if not _DANGER.search(text):
        return False
    if _ABOUT.search(text) and not _FIRST_HAND.search(text):
        return False
    if _SEVERE.search(text):
        return True
    return bool(_NOW.search(text) and _PRESENT.search(text))
