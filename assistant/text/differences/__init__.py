"""How two texts differ about the same thing: number, time limit, duty word, negation, contact, body."""
