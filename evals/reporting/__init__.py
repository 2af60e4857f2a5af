"""The report of a run: one page that a policy owner reads and decides by, and the same as data."""
