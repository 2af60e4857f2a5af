"""Asks a set, grades what came, and turns it into figures."""
