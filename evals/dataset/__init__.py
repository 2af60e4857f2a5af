"""Question sets: format, gold quotes, checks, and the log of openings of the report split."""
