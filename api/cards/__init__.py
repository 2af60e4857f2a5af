"""Cards for questions whose request is refused: not signed in, too large, not as the API description says, or a fault."""
