"""Words that carry no meaning of their own."""

from __future__ import annotations

FUNCTION_WORDS = frozenset(
    "a about an and any are as at be been being by can could did do does for from had has have how i if in into is it its "
    "me my of on or our out so some that the their them then there these they this those to under us was we were what "
    "when where which while who whom whose why will with would you your".split()
)
"""Articles, pronouns, prepositions, question words and auxiliaries: they change neither strength, number nor sense."""
EMPTY = FUNCTION_WORDS | frozenset(
    "again all also am because but doing done else ever get gets getting give gives go goes going got having he her here "
    "hers him his just know let like may might much must need needs no not only ought own please say says shall she should "
    "somebody someone something still tell than thing things too up use used very want wants whats whether".split()
)
"""Words that do not help to find a passage: besides function words those of asking, of duty and of negation.

Duty and negation stand in almost every passage; what they change in a sentence is checked elsewhere.
"""
