"""Measures of the screen on phrasings that were fixed before its code."""
