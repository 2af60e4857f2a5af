"""Measures screening on phrasings that were fixed before its code."""
