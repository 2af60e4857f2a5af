"""What the policy team says of answers, what it tries before it publishes, and how the assistant is used."""
