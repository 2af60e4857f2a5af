"""Every fixed sentence that users read: refusals, notices and the names of masked details."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from types import MappingProxyType

from assistant.model import Edition, EditionId, MaskedSpan, Notice, Reason

REFUSALS: Mapping[Reason, str] = MappingProxyType(
    {
        Reason.NO_PASSAGE: (
            "Nothing in the indexed documents matches this question. Try the words that a policy would use, or ask "
            "the contact below."
        ),
        Reason.NOT_ANSWERED_HERE: (
            "I could not confirm an answer in the indexed documents. The closest passages are shown below, best first; ask "
            "the contact below before you act."
        ),
        Reason.NOT_SUPPORTED: (
            "An answer was found, but its words could not be confirmed in the documents, so it is not shown. Ask the "
            "contact below."
        ),
        Reason.OUT_OF_SCOPE: (
            "I answer only from the safeguarding documents indexed here. This question is about something else."
        ),
        Reason.NEEDS_JUDGEMENT: (
            "This assistant does not decide cases: that takes professional judgement and facts it does not have. "
            "What the documents set out about the subject is quoted below. Talk the decision through with the contact "
            "below, and do not wait if a child may be at risk."
        ),
        Reason.SUPERSEDED_ONLY: (
            "Only editions that are not in force at the date you asked about match this question. Choose another "
            "date, or ask the contact below which rule applies."
        ),
        Reason.TOO_VAGUE: (
            "There is too little here to search for. Ask a whole question, for example: who must be told when a "
            "child discloses abuse?"
        ),
        Reason.NOTHING_LEFT_TO_ASK: (
            "Nothing is left to ask. You typed only a mark, a number or personal details, and details are removed before "
            "searching. Ask about the rule you need, for example: who must be told when a child discloses abuse?"
        ),
        Reason.COURTESY: "You are welcome. Ask about a rule or a procedure whenever you need one.",
    }
)

COURTESIES: Mapping[str, str] = MappingProxyType(
    {
        "thanks": "You are welcome. Ask again whenever you need a rule or a procedure.",
        "greeting": (
            "Hello. I am a program that looks things up in the safeguarding documents indexed here. Ask about a rule or a "
            "procedure in your own words, and I show you what they say, with the page."
        ),
        "farewell": "Goodbye. Ask again whenever you need a rule or a procedure.",
        "received": "Good. Ask again whenever you need a rule or a procedure.",
    }
)
"""What is said to a message that only thanks, greets, takes leave or acknowledges, by kind."""

NO_CRITERIA = (
    "This assistant does not decide cases: that takes professional judgement and facts it does not have. It found no "
    "criteria in the documents that certainly fit this case, so none are quoted. Talk the decision through with the contact "
    "below, and do not wait if a child may be at risk."
)
"""Said of a case to decide where no criteria are quoted."""

NOT_MENTIONED = (
    "The indexed documents do not mention {names}. The nearest they come is shown below, best first; ask the contact below "
    "before you act."
)
"""Said instead of ``not_answered_here`` where a search shows it."""

NOT_TOGETHER = (
    "I could not confirm an answer: none of the passages found mentions “{one}” together with “{other}”. The closest passages "
    "are shown below, best first; ask the contact below before you act."
)
"""Said where the documents mention what is asked for, but no sentence found does so together."""
NOT_OF_TYPE = (
    "I could not confirm an answer: what the passages found say of {words} gives no {kind}. The closest passages are shown below, "
    "best first; ask the contact below before you act."
)
"""Said where no sentence found about what is asked for has the answer type."""

OTHER_AREA = {
    True: "This contact is {whose} ({title}), not {mine}.",
    False: "This is from {whose} documents ({title}), not {mine}.",
}
"""Said at a quote of another area's document, of one with a contact and of others."""
WHOSE_CONTACT = "This contact is {whose} ({title})."
"""Said at a contact where the library has local documents of several areas and none is set or asked for."""

NOTICES: Mapping[str, str] = MappingProxyType(
    {
        "summary": "{title} is a summary in our own words. Check the official edition before you rely on it.",
        "draft": "{title} is a draft and has not been adopted.",
        "past_review": "{title} was due for review by {on}. Check that it is still current.",
        "replaced": "{title} was replaced on {on} by {successor}, which is not indexed here.",
        "as_at": "As at {on}: editions in force on that day answer, and nothing later.",
        "withdrawn": "{title} was withdrawn by its publisher{since}.{note}{successor} Check what holds now "
        "before you rely on it.",
        "superseded": "{title} was superseded{since}, as its publisher says.{note}{successor} Check the newer one before you rely "
        "on it.",
        "not_yet_in_force": "{title} does not apply before {on}.",
        "masked": "Personal details were removed before searching: {kinds}. Please ask without them next time.",
        "language": "I only search English documents, and this seems to be {language}. Please ask in English, or ask the "
        "contact on the page to help you.",
        "figure": "Page {page} of {title} has a figure, flow chart or table that cannot be quoted. Open the page.",
        "approved_past_review": "This answer of {owner} was due for review by {on}. Check that it is still current.",
        "differs": "These differ: {one} and {other}. {which}",
        "fallback": "A written answer could not be confirmed, so the documents are quoted instead.",
        "written": "Written by the language model {model}. Fixed rules checked each sentence against its quote; read the "
        "quote before you act.",
        "left_out": "Part of the written answer could not be confirmed in the documents and was left out.",
        "model_unavailable": "The language model did not answer, so the documents are quoted instead.",
        "model_found_none": "The language model wrote no answer from these passages, so the documents are quoted "
        "instead. Check that they answer the question.",
        "found_by_judge": "The language model {model} found that these passages answer; by the words alone it was not certain enough. "
        "What is shown are the documents' own words: check that they answer the question.",
        "rejected_by_judge": "The language model {model} found that these passages do not answer what was asked.",
        "no_model": "No language model is set up here, so the documents are quoted.",
        "story_written": "The story was written by the language model {model} and checked by fixed rules. What good practice looks "
        "like is quoted from the documents.",
        "story_fallback": "The language model wrote no story that passed the checks, so it is made from the prepared parts.",
        "spelling": "Searched for {meant} instead of {typed}. Put a word in quotation marks to search for it as you typed it.",
        "part_unanswered": "I could not confirm an answer to one part: “{part}”. Ask that part by itself, or ask the contact of your "
        "organisation.",
        "only_named": "Only what the question names was searched: {titles}.",
        "too_long": "The question is too long to answer. Ask it again in {most} characters or fewer.",
        "too_many": "There were too many questions in a minute, so nothing was looked up. Ask again in a minute.",
        "not_looked_up": "Nothing was looked up. {why}",
        "not_stored": "This question and its answer are not stored: the assistant can only read its data folder.",
        "superseded_hidden": "Editions that are not in force at the date asked about were left out.",
    }
)

WHO_DECIDES = "Who decides, in the documents' words:"
"""Before the quote of a refusal to decide a case."""
STEPS_TODAY = "What your documents say to do today:"
"""Before the quotes under the card of *act today*."""

APPROVED = "Approved by {owner}, checked on {on}"
"""Above an approved answer."""
OWN_WORDS = "In the partnership's own words"
"""Before the one sentence of an approved answer that is no quote."""
OTHER_EVIDENCE = "What else the documents say"
"""Between an approved answer and the outcome without it."""

DETAILS: Mapping[str, str] = MappingProxyType(
    {
        "name": "name",
        "date_of_birth": "date of birth",
        "date": "date",
        "address": "address",
        "postcode": "postcode",
        "phone": "phone number",
        "email": "e-mail address",
        "nhs_number": "NHS number",
        "ni_number": "National Insurance number",
        "upn": "pupil number",
        "case_number": "case number",
        "court_number": "court number",
        "school": "school",
        "practice": "practice",
        "workplace": "place of work",
        "handle": "social media name",
        "registration": "car registration",
        "passport": "passport number",
        "bank": "bank details",
        "ip_address": "IP address",
        "place": "age and small place",
    }
)
"""What each kind of masked detail is called, in a placeholder and in the notice."""

LANGUAGES: Mapping[str, str] = MappingProxyType(
    {
        "ar": "Arabic",
        "bg": "Bulgarian",
        "bn": "Bengali",
        "ckb": "Sorani Kurdish",
        "cs": "Czech or Slovak",
        "cy": "Welsh",
        "de": "German",
        "el": "Greek",
        "es": "Spanish",
        "fa": "Persian",
        "fr": "French",
        "gu": "Gujarati",
        "hi": "Hindi",
        "hu": "Hungarian",
        "it": "Italian",
        "ku": "Kurdish",
        "lt": "Lithuanian",
        "lv": "Latvian",
        "nl": "Dutch",
        "pa": "Punjabi",
        "pl": "Polish",
        "ps": "Pashto",
        "pt": "Portuguese",
        "ro": "Romanian",
        "ru": "Russian",
        "so": "Somali",
        "sq": "Albanian",
        "sw": "Swahili",
        "ti": "Tigrinya or Amharic",
        "tl": "Tagalog",
        "tr": "Turkish",
        "uk": "Ukrainian",
        "ur": "Urdu",
        "vi": "Vietnamese",
        "zh": "Chinese",
    }
)
"""What each language whose words of alarm are recognised is called."""


def spelling_notice(repairs: Sequence[tuple[str, str]]) -> tuple[Notice, ...]:
    """Returns the notice about mistyped words, () where none was repaired.

    Args:
        repairs: Each word as it was typed, and what it was taken for.
    """
    if not repairs:
        return ()
    typed, meant = (", ".join(f"“{word}”" for word in words) for words in zip(*dict.fromkeys(repairs), strict=True))
    return (notice("spelling", typed=typed, meant=meant),)


def needs_judgement(*, has_criteria: bool) -> str:
    """Returns the sentence of a refusal to decide a case; without criteria that fit, it says that none are quoted."""
    return REFUSALS[Reason.NEEDS_JUDGEMENT] if has_criteria else NO_CRITERIA


def not_mentioned(names: Sequence[str]) -> str:
    """Returns the sentence of a refusal that names what no document mentions."""
    return NOT_MENTIONED.format(names=_quoted(names, "or"))


def not_of_type(kind: str, words: Sequence[str]) -> str:
    """Returns the sentence of a refusal that says what type of answer is not given of some words."""
    return NOT_OF_TYPE.format(kind=kind, words=_quoted(words, "and"))


def _quoted(names: Sequence[str], link: str) -> str:
    quoted = [f"“{name}”" for name in names]
    return f" {link} ".join(filter(None, (", ".join(quoted[:-1]), quoted[-1])))


def removed_words(typed: str, spans: Sequence[MaskedSpan]) -> str:
    """Returns the line that shows the one who typed a question what was masked in it; "" where nothing was.

    It holds the words themselves: for their own screen, never to be stored or sent.
    """
    words = ", ".join(f"{DETAILS[each.kind]} “{' '.join(typed[each.start : each.end].split())}”" for each in spans)
    return (
        f"Removed before searching: {words}. Only you see these words, and only now: they are not stored."
        if words
        else ""
    )


HIGHER_AUTHORITY = "The higher authority is {title}; ask the contact of your organisation before you rely on either."
SAME_AUTHORITY = "Neither has the higher authority; ask the contact of your organisation which one holds."
"""What is said of two texts that differ, by their authority."""


def notice(code: str, edition_id: EditionId | None = None, **fields: str) -> Notice:
    """Returns a notice with its wording filled in. Raises ``KeyError`` for an unknown code or a missing field."""
    return Notice(code, NOTICES[code].format(**fields), edition_id)


def other_area_notice(edition: Edition, number: int, area: str, mine: Sequence[str], *, is_contact: bool) -> Notice:
    """Returns the notice whose contact or document a citation quotes.

    Args:
        edition: The edition quoted.
        number: The number of the citation.
        area: Its area.
        mine: The areas asked for or set; () for none.
        is_contact: Whether a contact is quoted.
    """
    words = OTHER_AREA[is_contact] if mine else WHOSE_CONTACT
    own = " or ".join(map(possessive, mine))
    text = words.format(whose=possessive(area), title=edition.title, mine=own)
    return Notice("other_area", text, edition.edition_id, number)


def possessive(name: str) -> str:
    """Returns whose something is: "Aldmoor's", "Leeds'"."""
    return f"{name}'" if name.endswith("s") else f"{name}'s"


def masked_notice(kinds: Sequence[str]) -> tuple[Notice, ...]:
    """Returns the notice about masked details, () where none was masked."""
    if not kinds:
        return ()
    return (notice("masked", kinds=", ".join(DETAILS[kind] for kind in kinds)),)


def language_notice(code: str) -> tuple[Notice, ...]:
    """Returns the notice that only English is searched, for the code of another language; () for English."""
    return (notice("language", language=LANGUAGES[code]),) if code else ()
