"""What the documents do not cover, for the policy team: every finding quotes its source, every judgement is theirs."""
