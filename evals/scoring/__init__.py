"""Asks a set, grades the outcomes, and turns them into figures."""
