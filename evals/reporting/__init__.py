"""The report of a run: one page that a policy owner can decide by, and the same as data."""
