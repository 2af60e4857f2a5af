"""Screening: what happens to a question before anything is searched."""
