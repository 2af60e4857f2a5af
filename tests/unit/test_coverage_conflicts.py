import pytest

from assistant.coverage.duties.conflicts import Conflict, conflicts_of
from assistant.model import Duty


@pytest.mark.parametrize(
    ("duty", "strength", "local", "found"),
    [
        ("The school must keep a record.", Duty.MUST, "The school should keep a record.", (Conflict.WEAKER_DUTY,)),
        ("The school should keep a record.", Duty.SHOULD, "A record may be kept.", (Conflict.WEAKER_DUTY,)),
        ("The school should keep a record.", Duty.SHOULD, "The school must keep a record.", ()),
        ("The school must keep a record.", Duty.MUST, "The school has a duty to keep a record.", ()),
        ("Tell them within one day.", Duty.SHOULD, "They are told within three days.", (Conflict.LONGER_TIME_LIMIT,)),
        ("Tell them within three days.", Duty.SHOULD, "They are told within one day.", ()),
        ("Review it every year.", Duty.SHOULD, "It is reviewed every two years.", (Conflict.LONGER_TIME_LIMIT,)),
        (
            "Keep it for at least 10 years.",
            Duty.SHOULD,
            "It is kept for at least 3 years.",
            (Conflict.LONGER_TIME_LIMIT,),
        ),
        (
            "Social workers should lead the enquiry.",
            Duty.SHOULD,
            "The enquiry should be led by the police.",
            (Conflict.OTHER_ACTOR,),
        ),
        ("The manager should decide.", Duty.SHOULD, "The duty administrator should decide.", (Conflict.OTHER_ACTOR,)),
        (
            "The lead should be a senior doctor.",
            Duty.SHOULD,
            "The lead should be a senior nurse.",
            (Conflict.OTHER_ACTOR,),
        ),
        ("Governing bodies should agree it.", Duty.SHOULD, "The school should agree it.", ()),
        ("Staff must seek consent.", Duty.MUST, "Staff must not seek consent.", (Conflict.OPPOSITE,)),
        ("Minutes must not be sent to parents.", Duty.MUST, "Minutes are sent to parents.", (Conflict.OPPOSITE,)),
        ("Minutes must not be sent to parents.", Duty.MUST, "Minutes are never sent to parents.", ()),
        ("The local authority should act.", Duty.SHOULD, "Practitioners should act.", ()),
    ],
)
def test_what_a_local_sentence_has_otherwise_is_told_and_a_stricter_rule_is_not(duty, strength, local, found):
    assert conflicts_of(duty, strength, local) == found
