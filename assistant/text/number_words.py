"""Number words: what each counts, and the ordinals."""

from __future__ import annotations

ONES = (
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen "
    "eighteen nineteen"
).split()
TENS = "twenty thirty forty fifty sixty seventy eighty ninety".split()
NUMBERS = {
    **{word: value for value, word in enumerate(ONES)},
    **{word: value * 10 for value, word in enumerate(TENS, 2)},
}
"""Value of each number that is one word, 0 to 19 and the tens below a hundred."""
ORDINALS = "first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth".split()
