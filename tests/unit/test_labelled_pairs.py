"""Our own labelled pairs: whole sentences over short quotes, enough of them."""

import pytest

from evals.verifying.labelled import LONGEST_QUOTE, own_pairs

BOTH = (*own_pairs("report"), *own_pairs("development"))


@pytest.mark.parametrize("pair", BOTH, ids=lambda pair: pair.id)
def test_a_claim_is_a_whole_sentence_over_a_short_quote(pair):
    assert pair.claim[0].isupper()
    assert pair.claim.endswith(".")
    assert len(pair.quote.split()) <= LONGEST_QUOTE


def test_there_are_three_hundred_pairs_two_hundred_of_them_altered_and_unseen():
    assert len(BOTH) >= 300
    assert sum(not pair.is_faithful for pair in own_pairs("report")) >= 200
    assert len({pair.id for pair in BOTH}) == len(BOTH)
