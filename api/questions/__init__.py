"""The log of questions for the policy team, without who asked."""
