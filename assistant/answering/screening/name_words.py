"""What a word says by itself of being a name: in a list of names, in everyday English, or one slip away from it."""

from __future__ import annotations

from collections.abc import Iterator

from assistant.answering.screening.word_lists import is_everyday, is_given_name, known_words, word_list, words_of


def is_ordinary(word: str) -> bool:
    """Returns whether a word is one of everyday English or of the field."""
    folded = word.lower()
    return is_everyday(folded) or folded in known_words()


def is_no_name(folded: str) -> bool:
    """Returns whether a word in lower case is never a name here."""
    return folded in words_of("names.toml", "no_name") or folded in known_words()


def is_surname(word: str) -> bool:
    """Returns whether a word is in the list of surnames."""
    return word.lower() in word_list("surnames.txt")


def is_weak_or_given(folded: str) -> bool:
    """Returns whether a word in lower case is a name, or a name and a word of English."""
    return folded in word_list("weak_names.txt") or is_given_name(folded)


def may_be_called(word: str) -> bool:
    """Returns whether somebody may be called by a word: a name, or what is no word of English."""
    folded = word.lower().replace("’", "'")
    if is_contraction(folded) or folded.split("'")[0] in words_of("names.toml", "no_name"):
        return False
    folded = folded.removesuffix("'s")
    if folded in words_of("names.toml", "kin_words"):
        return False
    return (
        folded not in known_words()
        and folded not in words_of("names.toml", "no_name")
        and (is_weak_or_given(folded) or not is_ordinary(folded))
    )


def is_first_name(folded: str) -> bool:
    """Returns whether a word in lower case is a given name, or one with a hyphen that begins with one."""
    if is_given_name(folded):
        return True
    parts = [part for part in folded.replace("'", "-").split("-") if part]
    return len(parts) > 1 and parts[0] != "non" and is_given_name(parts[0]) and len(parts[0]) > 2 and len(parts[1]) > 2


def is_contraction(folded: str) -> bool:
    """Returns whether a word in lower case is one such as ``they've``."""
    return folded.endswith(("'ve", "'re", "'ll", "'d", "'m", "n't"))


def is_slip(folded: str) -> bool:
    """Returns whether a word is one slip of the keyboard away from one of everyday English."""
    return len(folded) < 4 or any(is_everyday(each) for each in _one_slip_away(folded))


def _one_slip_away(word: str) -> Iterator[str]:
    for at in range(len(word)):
        yield word[:at] + word[at + 1 :]
        if at + 1 < len(word):
            yield word[:at] + word[at + 1] + word[at] + word[at + 2 :]
        for letter in "abcdefghijklmnopqrstuvwxyz":
            yield word[:at] + letter + word[at + 1 :]
            yield word[:at] + letter + word[at:]
